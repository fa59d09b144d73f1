"""What a check found, on disk: a map layer, a workbook, or a table."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from gridgov.check import CheckReport
from gridgov.errors import FormatError
from gridgov.headings import column_titles
from gridgov.language import listed
from gridgov.layers.written_words import WORDS
from gridgov.meanings import TERMS, terms_shown
from gridgov.outputs import replacing
from gridgov.workbook import check_rows, write_workbook

__all__ = ["PROBLEM_FILES", "problem_sheets", "write_problems"]

PROBLEM_FILES = (".gpkg", ".xlsx", ".geojson", ".csv")

LONLAT = 4490


def write_problems(report: CheckReport, path: str | Path, *, overwrite: bool = False) -> None:
    """Write the problems of a check to one file, whole or not at all.

    Parameters
    ----------
    report
        From `check_grids`.
    path
        ``.gpkg``: layer ``problems`` in the CRS of the check, table ``coverage``. ``.xlsx``: sheets
        for the summary, the coverage and the problems. ``.geojson``: problems in CGCS2000 degrees. ``.csv``:
        problems as UTF-8 text, for programs (Excel would change long ids in it).
    overwrite
        Replace a file that exists.

    Raises
    ------
    FormatError, OutputExistsError, OutputLockedError
        Another extension; the file is there; it cannot be written.
    """
    path = Path(path)
    writers = {".gpkg": _geopackage, ".xlsx": _workbook, ".geojson": _geojson, ".csv": _csv}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise FormatError(WORDS("problem_kinds", path=path, kinds=listed(PROBLEM_FILES)))
    if writer is _workbook:
        check_rows({"problems": report.problems}, path, instead=WORDS("gpkg_or_csv"))
    with replacing(path, overwrite=overwrite) as partial:
        writer(report, partial)


def problem_sheets(report: CheckReport) -> dict[str, pd.DataFrame]:
    """Answer the tables of the workbook: counts per department and kind, the ledger, every problem.

    Kinds stand there in both languages, what they mean in the language spoken.
    """
    problems = pd.DataFrame(report.problems.drop(columns="geometry"))
    counts = (
        problems.groupby(["departments", "severity", "kind"], sort=False)
        .agg(count=("kind", "size"), area_m2=("area_m2", "sum"))
        .reset_index()
    )
    counts["meaning"] = [TERMS(f"kind-means.{kind}") for kind in counts["kind"]]
    return {
        "汇总 summary": terms_shown(counts),
        "覆盖 coverage": report.coverage,
        "问题 problems": terms_shown(problems),
    }


def _geopackage(report: CheckReport, path: Path) -> None:
    shapes = _as_multipolygons(report.problems)
    options = {"driver": "GPKG", "geometry_type": "MultiPolygon"}
    pyogrio.write_dataframe(shapes, path, layer="problems", **options)
    pyogrio.write_dataframe(report.coverage, path, layer="coverage", driver="GPKG", append=True)


def _geojson(report: CheckReport, path: Path) -> None:
    from gridgov.datum import transform_geometries

    shapes = _as_multipolygons(report.problems)
    degrees = transform_geometries(shapes.geometry.to_numpy(), source=shapes.crs, target=LONLAT)
    table = shapes.drop(columns="geometry").set_geometry(degrees, crs=LONLAT)
    pyogrio.write_dataframe(table, path, layer="problems", driver="GeoJSON", geometry_type="MultiPolygon")


def _as_multipolygons(problems: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give all rows one geometry type, so that the layer opens as one; rows without a place keep none."""
    shapes = problems.geometry.to_numpy().copy()
    single = shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON
    shapes[single] = (
        shapely.multipolygons(shapes[single], indices=range(int(single.sum()))) if single.any() else []
    )
    return problems.set_geometry(gpd.GeoSeries(shapes, index=problems.index, crs=problems.crs))


def _csv(report: CheckReport, path: Path) -> None:
    pd.DataFrame(report.problems.drop(columns="geometry")).to_csv(
        path, index=False, encoding="utf-8-sig", lineterminator="\r\n"
    )


def _workbook(report: CheckReport, path: Path) -> None:
    sheets = problem_sheets(report)
    write_workbook(sheets, path, titles=column_titles(sheets))

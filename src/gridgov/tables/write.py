"""Tables of incidents written by the ending of their name."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridgov.errors import ArgumentError, SchemaError, examples
from gridgov.frames import column_names, column_values
from gridgov.outputs import replacing
from gridgov.tables.excel import check_size, write_excel
from gridgov.tables.points import geopackage_names, with_coordinates, write_parquet, write_points
from gridgov.tables.read import EXCEL_ENDINGS, PARQUET_ENDINGS, POINT_ENDINGS, check_ending
from gridgov.tables.table import EXCEL_TEXT, MapPoints, TextFormat
from gridgov.tables.text import write_text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["check_table", "save_table", "write_table"]


def write_table(
    table: Any,
    path: str | Path,
    *,
    overwrite: bool = False,
    text: TextFormat | None = None,
    points: MapPoints | None = None,
) -> list[str]:
    """Write a table: the file is there whole, or not at all.

    Parameters
    ----------
    table
        pandas, geopandas or polars DataFrame, or pyarrow Table.
    path
        .csv, .tsv, .txt, .xlsx, .parquet, .gpkg or .geojson.
    overwrite
        Replace a file that is there.
    text
        How to write a text table; UTF-8 with a byte order mark when None, which Excel reads.
    points
        One point per row: the geometry in GeoPackage, GeoJSON and Parquet, two columns ``lon`` and ``lat``
        in text tables and workbooks. A GeoDataFrame brings its own.

    Returns
    -------
    list of str
        Sentences on what had to be written otherwise (columns renamed, another encoding).

    Raises
    ------
    OutputExistsError, OutputLockedError, InputMissingError, ArgumentError
        As :func:`gridgov.outputs.check_output`; ArgumentError also if a spatial file has no points.
    FormatError, SchemaError
        The ending is unknown, or the format cannot hold the table.
    """
    path = Path(path)
    check_ending(path)
    data, own = _polars(table)
    with replacing(path, overwrite=overwrite) as temporary:
        return save_table(data, temporary, name=path, text=text, points=points or own)


def save_table(
    data: "pl.DataFrame",
    path: Path,
    *,
    name: Path,
    text: TextFormat | None = None,
    points: MapPoints | None = None,
) -> list[str]:
    """Write to `path` what will be called `name`; answers as :func:`write_table`."""
    ending = path.suffix.lower()
    if ending in POINT_ENDINGS:
        if points is None:
            raise ArgumentError(f"{name}: a map layer needs a point per row; write .csv, .xlsx or .parquet")
        renamed = _renamed(data.columns, name)
        write_points(data.rename(renamed), path, points)
        return [f"{name.name}: column '{old}' is called '{new}' there." for old, new in renamed.items()]
    if ending in PARQUET_ENDINGS:
        write_parquet(data, path, points)
        return []
    data = data if points is None else with_coordinates(data, points)[0]
    if ending in EXCEL_ENDINGS:
        write_excel(data, path)
        return []
    form = text or EXCEL_TEXT
    if ending == ".tsv":
        form = TextFormat(form.encoding, form.bom, "\t", form.line_end)
    return write_text(data, path, form)


def check_table(names: list[str], data: "pl.DataFrame", path: Path) -> None:
    """Raise what writing would raise of a table with these columns and as many rows as `data`.

    SchemaError for names that clash in the format, FormatError for more than a sheet holds.
    """
    _renamed(names, path)
    if path.suffix.lower() in EXCEL_ENDINGS:
        check_size(data, path, columns=len(names))


def _renamed(names: list[str], path: Path) -> dict[str, str]:
    """Columns that must be renamed to be written to `path`."""
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise SchemaError(f"{path}: several columns have the same name: {examples(repeated)}")
    return geopackage_names(names, where=str(path)) if path.suffix.lower() == ".gpkg" else {}


def _polars(table: Any) -> "tuple[pl.DataFrame, MapPoints | None]":
    import geopandas as gpd
    import polars as pl

    if isinstance(table, pl.DataFrame):
        return table, None
    names = column_names(table)
    points = None
    if isinstance(table, gpd.GeoDataFrame) and table.active_geometry_name is not None:
        names.remove(table.active_geometry_name)
        points = MapPoints(table.geometry.to_numpy(), table.crs)
    columns = {name: column_values(table, name).tolist() for name in names}
    return pl.DataFrame(columns, infer_schema_length=None), points

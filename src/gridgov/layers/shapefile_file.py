"""Shapefiles for offices with old desktop GIS: short names, GB18030, and a list of what the names mean."""

import zipfile
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyogrio

from gridgov.clock import now
from gridgov.language import examples
from gridgov.layers.short_fields import ENCODING, cut_note, field_list, short_names, short_texts
from gridgov.layers.written_words import WORDS
from gridgov.outputs import replacing_together

__all__ = ["shapefile_parts", "write_shapefile"]

ZIPPED: Final = ".shp.zip"

#: The parts that are written, and those that other programs put beside them and that would be out of date.
_PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_INDEXES: Final = (".sbn", ".sbx", ".qix", ".fbn", ".fbx", ".ain", ".aih", ".qpj", ".shp.xml")

#: Where a .dbf states its code page, and GBK there: programs older than the .cpg file look at it.
_CODE_PAGE_AT, _GBK = 29, 0x4D


def write_shapefile(table: gpd.GeoDataFrame, path: Path, *, overwrite: bool = False) -> list[str]:
    """Write polygons as a ``.shp`` with its parts, or all of them in one ``.shp.zip``, whole or not at all.

    Columns are text, numbers or times. Answers what had to be changed, in sentences. Raises as
    :func:`gridgov.outputs.replacing_together`.
    """
    if not path.name.lower().endswith(ZIPPED):
        with replacing_together(shapefile_parts(path), overwrite=overwrite) as folder:
            return _write(table, folder, path.stem)
    with replacing_together([path], overwrite=overwrite) as folder:
        parts = folder / "parts"
        parts.mkdir()
        notes = _write(table, parts, path.name[: -len(ZIPPED)])
        _pack(parts, folder / path.name)
    return notes


def shapefile_parts(path: Path) -> list[Path]:
    """Name every file that belongs to a Shapefile, the ``.shp`` first, the list of its fields last."""
    names = [f"{path.stem}{ending}" for ending in (*_PARTS, *_INDEXES)]
    return [path.with_name(name) for name in (*names, _fields_name(path.stem))]


def _fields_name(stem: str) -> str:
    # Not .csv: in a .zip it would look like a second layer.
    return f"{stem}_fields.txt"


def _write(table: gpd.GeoDataFrame, folder: Path, stem: str) -> list[str]:
    columns = pd.DataFrame(table.drop(columns=table.active_geometry_name))
    columns, cut = short_texts(_times_as_text(columns))
    names = short_names(list(columns.columns))
    short = gpd.GeoDataFrame(columns.rename(columns=names), geometry=table.geometry.array, crs=table.crs)
    pyogrio.write_dataframe(
        short,
        folder / f"{stem}.shp",
        driver="ESRI Shapefile",
        encoding=ENCODING,
        DBF_DATE_LAST_UPDATE=now().strftime("%Y-%m-%d"),
    )
    with (folder / f"{stem}.dbf").open("r+b") as dbf:
        dbf.seek(_CODE_PAGE_AT)
        dbf.write(bytes([_GBK]))
    (folder / _fields_name(stem)).write_text(field_list(names, cut), encoding="utf-8-sig", newline="")
    return [*_short_note(names, stem), *cut_note(cut)]


def _times_as_text(columns: pd.DataFrame) -> pd.DataFrame:
    """Write times out: a Shapefile holds days only."""
    times = [c for c in columns.columns if columns[c].dtype.kind == "M"]
    texts = {c: columns[c].map(lambda when: when.isoformat(), na_action="ignore") for c in times}
    return columns.assign(**texts)


def _short_note(names: dict[str, str], stem: str) -> list[str]:
    changed = [f"{field} = {column}" for column, field in names.items() if column != field]
    if not changed:
        return []
    return [WORDS("short_names", changed=examples(changed), stem=_fields_name(stem))]


def _pack(parts: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w") as packed:
        for part in sorted(parts.iterdir()):
            entry = zipfile.ZipInfo(part.name, date_time=now().timetuple()[:6])
            packed.writestr(entry, part.read_bytes(), compress_type=zipfile.ZIP_DEFLATED)

"""Grids on disk, in the formats that departments ask for; the twin of `read`."""

import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from gridgov.columns import free_names
from gridgov.datum import in_china, transform_geometries, transform_points
from gridgov.errors import ArgumentError, FormatError, SchemaError
from gridgov.language import Many, listed
from gridgov.layers.clock import dated
from gridgov.layers.shapefile_file import shapefile_parts, write_shapefile
from gridgov.layers.written_words import WORDS
from gridgov.outputs import check_output, check_together, replacing, replacing_together
from gridgov.schema import ATTRS

__all__ = ["GRID_FILES", "check_grids_output", "write_grids"]

GRID_FILES: Final = (".gpkg", ".gdb", ".geojson", ".parquet", ".shp", ".shp.zip")

CGCS2000, WGS84 = 4490, 4326

#: Column names that the formats keep for themselves.
_TAKEN: Final = {
    ".gpkg": ("fid", "geom"),
    ".gdb": ("objectid", "shape", "shape_length", "shape_area"),
    ".geojson": ("geometry",),
}

_INT32: Final = np.iinfo(np.int32)

#: A .gdb holds whole numbers beyond 32 bits as doubles, which are not exact beyond this.
_EXACT: Final = 2**53


def write_grids(
    grids: gpd.GeoDataFrame, path: str | Path, *, name: str | None = None, overwrite: bool = False
) -> list[str]:
    """Write a layer of polygons, whole or not at all.

    Parameters
    ----------
    grids
        From `department_grids`, or any table of polygons of a network. Rows without a polygon are left out.
    path
        ``.gpkg``, ``.parquet`` (GeoParquet 1.1), ``.gdb`` (File Geodatabase): in the CRS of `grids`.
        ``.geojson``: in degrees, CGCS2000 in China, else WGS 84. ``.shp``, ``.shp.zip``: Shapefile in GB18030
        with a ``.cpg``, names of ten ASCII letters, and ``<stem>_fields.txt``, which says what they mean.
    name
        Of the layer in a .gpkg or .gdb; the department's, else the file's stem if None.
    overwrite
        Replace what is there.

    Returns
    -------
    What had to be written otherwise, in sentences.

    Raises
    ------
    FormatError, OutputExistsError, OutputLockedError, InputMissingError, ArgumentError
        Another ending; the file is there; it cannot be written; the folder is not there or is the output.
    SchemaError
        There is no polygon to write.

    Notes
    -----
    Common borders stay common in every format: equal vertices are written equal. A .gdb rounds to 0.1 mm.
    With SOURCE_DATE_EPOCH set, the same grids give the same bytes.
    """
    path = Path(path)
    check_grids_output(path, overwrite=overwrite)
    table, notes = _polygons(grids, path)
    name = name or grids.attrs.get(ATTRS, {}).get("department") or path.name.split(".")[0]
    ending = _ending(path)
    if ending in (".shp", ".shp.zip"):
        return [*notes, *write_shapefile(_small_numbers(table), path, overwrite=overwrite)]
    renamed = free_names(list(table.columns.drop("geometry")), taken=_TAKEN.get(ending, ()))
    notes += _renamed_notes(renamed, path)
    table = table.rename(columns=renamed)
    if ending == ".gdb":
        with replacing_together([path], overwrite=overwrite) as folder, dated():
            return [*notes, *_geodatabase(table, folder / path.name, name)]
    with replacing(path, overwrite=overwrite) as partial, dated():
        _FILES[ending](table, partial, name)
    return notes


def check_grids_output(path: str | Path, *, overwrite: bool = False) -> None:
    """Raise what `write_grids` would raise of a path, before any work is done."""
    path = Path(path)
    ending = _ending(path)
    if ending == ".shp":
        check_together(shapefile_parts(path), overwrite=overwrite)
    if ending != ".gdb" or not path.is_dir():
        check_output(path, overwrite=overwrite)
    elif any(path.glob("*.gdbtable")):
        check_together([path], overwrite=overwrite)
    else:
        raise ArgumentError(WORDS("not_gdb", path=path))


def _ending(path: Path) -> str:
    for ending in reversed(GRID_FILES):
        if path.name.lower().endswith(ending):
            return ending
    said = WORDS("zipped_name") if path.suffix.lower() == ".zip" else ""
    raise FormatError(WORDS("grid_kinds", path=path, kinds=listed(GRID_FILES), hint=said))


def _polygons(grids: gpd.GeoDataFrame, path: Path) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Rows with a polygon, in plain columns: text, numbers, and a geometry called so."""
    shapes = grids.geometry.to_numpy()
    areal = np.isin(
        shapely.get_type_id(shapes), [shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON]
    )
    kept = areal & ~shapely.is_empty(shapes)
    if not kept.any():
        raise SchemaError(WORDS("nothing_to_write", path=path))
    table = pd.DataFrame(grids.drop(columns=grids.active_geometry_name))[kept].reset_index(drop=True)
    table.attrs = {}
    table = table.assign(**{str(c): _texts(table[c]) for c in table.columns if table[c].dtype == object})
    left = int((~kept).sum())
    notes = [WORDS("left_out", left=Many(left))] if left else []
    return gpd.GeoDataFrame(table, geometry=shapes[kept], crs=grids.crs), notes


def _texts(values: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.Series([None if _missing(v) else str(v) for v in values], index=values.index, dtype=object)


def _missing(value: object) -> bool:
    return (
        value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value))
    )


def _renamed_notes(renamed: Mapping[str, str], path: Path) -> list[str]:
    return [
        WORDS("column_called", path=path.name, old=old, new=new) for old, new in renamed.items() if old != new
    ]


def _geopackage(table: gpd.GeoDataFrame, path: Path, name: str) -> None:
    options = {"geometry_type": "MultiPolygon", "promote_to_multi": True}
    pyogrio.write_dataframe(table, path, layer=name, driver="GPKG", **options)


def _geojson(table: gpd.GeoDataFrame, path: Path, name: str) -> None:
    minx, miny, maxx, maxy = table.total_bounds
    lon, lat = transform_points((minx + maxx) / 2, (miny + maxy) / 2, source=table.crs, target=WGS84)
    degrees = CGCS2000 if in_china(lon, lat).all() else WGS84
    shapes = transform_geometries(table.geometry.to_numpy(), source=table.crs, target=degrees)
    pyogrio.write_dataframe(table.set_geometry(shapes, crs=degrees), path, layer=name, driver="GeoJSON")


def _parquet(table: gpd.GeoDataFrame, path: Path, _name: str) -> None:
    table.to_parquet(path, compression="zstd", schema_version="1.1.0", write_covering_bbox=True)


def _geodatabase(table: gpd.GeoDataFrame, path: Path, name: str) -> list[str]:
    options = {"geometry_type": "MultiPolygon", "promote_to_multi": True}
    long = [str(c) for c in table.columns if table[c].dtype.kind in "iu" and (table[c].abs() > _EXACT).any()]
    plain = _small_numbers(table.astype(dict.fromkeys(long, str)))
    with warnings.catch_warnings():
        # Names that the format changes are said below, in our words.
        warnings.simplefilter("ignore", RuntimeWarning)
        pyogrio.write_dataframe(plain, path, layer=name, driver="OpenFileGDB", **options)
    fields = pyogrio.read_info(path, layer=0)["fields"].tolist()
    said = [WORDS("long_numbers", path=path.name, columns=listed(long))] if long else []
    return [*said, *_renamed_notes(dict(zip(table.columns.drop("geometry"), fields, strict=True)), path)]


def _small_numbers(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Whole numbers of 32 bits where they fit: older programs know no others."""
    whole = [c for c in table.columns if table[c].dtype.kind in "iu"]
    fits = [c for c in whole if table[c].between(_INT32.min, _INT32.max).all()]
    return table.astype(dict.fromkeys(fits, np.int32))


_FILES: Final[Mapping[str, Callable[[gpd.GeoDataFrame, Path, str], None]]] = {
    ".gpkg": _geopackage,
    ".geojson": _geojson,
    ".parquet": _parquet,
}

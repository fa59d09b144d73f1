"""Incidents as points: GeoPackage, GeoJSON and GeoParquet, types kept."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from gridgov.datum import transform_geometries
from gridgov.errors import ArgumentError, FormatError, InputMissingError, SchemaError, examples
from gridgov.tables.table import MapPoints, Table

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa
    from pyproj import CRS

__all__ = [
    "free_name",
    "geopackage_names",
    "read_parquet",
    "read_points",
    "with_coordinates",
    "write_parquet",
    "write_points",
]

_POINT_TYPES: Final = ("Point", "MultiPoint", "Unknown", "GeometryCollection")
_POINT, _MULTIPOINT = 0, 4
#: GeoPackage's own columns: the row number and the geometry.
_TAKEN_IN_GEOPACKAGE: Final = ("fid", "geom")
_DAMAGED: Final = "the content is not what the ending says, or it is damaged; copy or export it again"
_GEOPARQUET_VERSION: Final = "1.1.0"


def read_points(path: Path, *, layer: str | None = None) -> Table:
    """Table of one point layer of a GeoPackage or GeoJSON file; values keep their types.

    Raises FormatError if the layer holds lines or polygons, InputMissingError if it is not there,
    ArgumentError if there are several and none is named.
    """
    import pyogrio.errors
    import pyogrio.raw

    # Otherwise GDAL turns text that looks like a day into another spelling of it.
    more = {"DATE_AS_STRING": "YES"} if path.suffix.lower() != ".gpkg" else {}
    try:
        meta, rows = pyogrio.raw.read_arrow(path, layer=_layer(path, layer), **more)
    except pyogrio.errors.DataSourceError as error:
        raise FormatError(f"{path}: {_DAMAGED}") from error
    if not meta["geometry_type"]:
        return Table(_polars(rows), path)
    return _table(path, rows, rows.column_names[-1], meta["crs"])


def write_points(data: "pl.DataFrame", path: Path, points: MapPoints, *, layer: str = "incidents") -> None:
    """Write rows with their points; a row without a point has no geometry.

    GeoJSON is written in WGS 84, as its standard (RFC 7946) wants.
    """
    import pyarrow as pa
    import pyogrio.raw

    json_file = path.suffix.lower() != ".gpkg"
    if json_file and points.crs is not None:
        moved = transform_geometries(points.geometry, source=points.crs, target="wgs84")
        points = MapPoints(moved, _crs("EPSG:4326"))
    geometry = free_name("geom", data.columns)
    pyogrio.raw.write_arrow(
        data.to_arrow().append_column(geometry, pa.array(_wkb(points), type=pa.binary())),
        path,
        layer=layer,
        driver="GeoJSON" if json_file else "GPKG",
        geometry_name=geometry,
        geometry_type="Point",
        crs=points.crs.to_string() if points.crs is not None else None,
    )


def read_parquet(path: Path) -> Table:
    """Table of a Parquet or GeoParquet file; values keep their types."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = pq.read_table(path)
    except pa.ArrowInvalid as error:
        raise FormatError(f"{path}: {_DAMAGED}") from error
    described = (rows.schema.metadata or {}).get(b"geo")
    rows = rows.replace_schema_metadata(None)
    if described is None:
        return Table(_polars(rows), path)
    geo = json.loads(described)
    column = geo["primary_column"]
    # The standard: no crs means longitude and latitude in WGS 84, null means unknown.
    crs = geo["columns"][column].get("crs", "OGC:CRS84")
    return _table(path, rows, column, crs)


def write_parquet(data: "pl.DataFrame", path: Path, points: MapPoints | None = None) -> None:
    """Write Parquet, or GeoParquet 1.1 if there are points."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = data.to_arrow()
    if points is not None:
        name = free_name("geometry", data.columns)
        column = {"encoding": "WKB", "geometry_types": ["Point"]}
        crs = points.crs.to_json_dict() if points.crs is not None else None
        geo = {
            "version": _GEOPARQUET_VERSION,
            "primary_column": name,
            "columns": {name: {**column, "crs": crs}},
        }
        rows = rows.append_column(name, pa.array(_wkb(points), type=pa.binary()))
        rows = rows.replace_schema_metadata({"geo": json.dumps(geo)})
    pq.write_table(rows, path, compression="zstd")


def with_coordinates(data: "pl.DataFrame", points: MapPoints) -> "tuple[pl.DataFrame, str, str]":
    """Rows with their points as two columns of numbers, and the names of these (lon, lat if free)."""
    import polars as pl

    lon, lat = free_name("lon", data.columns), free_name("lat", data.columns)
    x, y = shapely.get_x(points.geometry), shapely.get_y(points.geometry)
    columns = [pl.Series(lon, x, nan_to_null=True), pl.Series(lat, y, nan_to_null=True)]
    return data.with_columns(columns), lon, lat


def geopackage_names(names: Sequence[str], *, where: str) -> dict[str, str]:
    """New names for the columns that GeoPackage uses itself: fid becomes fid_1, geom becomes geom_1.

    Raises SchemaError for names that differ only in case: GeoPackage takes them for one.

    >>> geopackage_names(["FID", "编码"], where="a.gpkg")
    {'FID': 'FID_1'}
    """
    folded = [name.casefold() for name in names]
    alike = sorted({name for name in names if folded.count(name.casefold()) > 1})
    if alike:
        raise SchemaError(
            f"{where}: GeoPackage takes the columns {examples(alike)} for one (upper and lower case count as "
            "one); write .csv or .parquet, or --prefix the new columns"
        )
    taken = [name for name in names if name.casefold() in _TAKEN_IN_GEOPACKAGE]
    return {name: free_name(f"{name}_1", names) for name in taken}


def _layer(path: Path, wanted: str | None) -> str:
    import pyogrio
    import pyogrio.errors

    try:
        layers = {str(name): str(kind or "") for name, kind in pyogrio.list_layers(path)}
    except pyogrio.errors.DataSourceError as error:
        raise FormatError(f"{path}: {_DAMAGED}") from error
    if wanted is not None:
        if wanted not in layers:
            raise InputMissingError(f"{path} has no layer '{wanted}'; its layers are {', '.join(layers)}")
        return wanted
    points = [name for name, kind in layers.items() if kind.removeprefix("2.5D ").startswith(_POINT_TYPES)]
    found = points or list(layers)
    if len(found) != 1:
        raise ArgumentError(f"{path} has several layers: {', '.join(found)}; name one: {path}#{found[0]}")
    return found[0]


def _table(path: Path, rows: "pa.Table", column: str, crs: Any) -> Table:
    wkb = rows.column(column).to_numpy(zero_copy_only=False)
    geometry = shapely.from_wkb(wkb)
    single = (shapely.get_type_id(geometry) == _MULTIPOINT) & (shapely.get_num_geometries(geometry) == 1)
    geometry[single] = shapely.get_geometry(geometry[single], 0)
    geometry[shapely.is_empty(geometry)] = None
    wrong = np.flatnonzero((shapely.get_type_id(geometry) != _POINT) & ~shapely.is_missing(geometry))
    if wrong.size:
        kind = geometry[wrong[0]].geom_type
        raise FormatError(
            f"{path}: row {examples([int(row) + 1 for row in wrong])} holds a {kind}, not a point; incidents "
            "are points (layers of polygons go to --cells)"
        )
    points = MapPoints(geometry, _crs(crs) if crs is not None else None)
    return Table(_polars(rows.drop_columns([column])), path, points=points)


def _polars(rows: "pa.Table") -> "pl.DataFrame":
    import polars as pl

    data = pl.from_arrow(rows)
    assert isinstance(data, pl.DataFrame)
    return data


def _wkb(points: MapPoints) -> list[bytes | None]:
    wkb: list[bytes | None] = shapely.to_wkb(points.geometry).tolist()
    return wkb


def _crs(value: Any) -> "CRS":
    from pyproj import CRS

    return CRS.from_user_input(value)


def free_name(name: str, taken: Sequence[str]) -> str:
    """`name`, or else `name`_1, _2 ... : the first that is not taken, ignoring case.

    >>> free_name("lon", ["LON", "lon_1"])
    'lon_2'
    """
    used = {other.casefold() for other in taken}
    if name.casefold() not in used:
        return name
    stem, _, last = name.rpartition("_")
    return free_name(f"{stem}_{int(last) + 1}" if stem and last.isdigit() else f"{name}_1", taken)

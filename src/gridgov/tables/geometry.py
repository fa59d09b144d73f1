"""Points of incidents: geometry columns read, checked and written as columns."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from gridgov.errors import FormatError, SchemaError
from gridgov.language import examples
from gridgov.tables.table import MapPoints
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import polars as pl
    from pyproj import CRS

__all__ = [
    "coordinate_columns",
    "crs_of",
    "free_name",
    "geopackage_names",
    "map_points",
    "with_coordinates",
    "wkb_of",
]

_POINT, _MULTIPOINT = 0, 4
#: GeoPackage's own columns: the row number and the geometry.
_TAKEN_IN_GEOPACKAGE: Final = ("fid", "geom")


def map_points(path: Path, column: Any, crs: "CRS | None", *, first_row: int = 0) -> MapPoints:
    """Points of a column of WKB; rows without one are None, points in a multipoint of one are points.

    Raises FormatError naming the rows, counted from 1 behind `first_row`, that hold another shape.
    """
    geometry = shapely.from_wkb(column.to_numpy(zero_copy_only=False))
    single = (shapely.get_type_id(geometry) == _MULTIPOINT) & (shapely.get_num_geometries(geometry) == 1)
    geometry[single] = shapely.get_geometry(geometry[single], 0)
    geometry[shapely.is_empty(geometry)] = None
    wrong = np.flatnonzero((shapely.get_type_id(geometry) != _POINT) & ~shapely.is_missing(geometry))
    if wrong.size:
        kind = geometry[wrong[0]].geom_type
        raise FormatError(
            WORDS(
                "no_point", path=path, rows=examples([int(row) + first_row + 1 for row in wrong]), kind=kind
            )
        )
    return MapPoints(geometry, crs)


def with_coordinates(data: "pl.DataFrame", points: MapPoints) -> "tuple[pl.DataFrame, str, str]":
    """Rows with their points as two columns of numbers, and the names of these (lon, lat if free)."""
    lon, lat = coordinate_columns(points, data.columns)
    return data.with_columns(lon, lat), lon.name, lat.name


def coordinate_columns(points: MapPoints, taken: Sequence[str]) -> "tuple[pl.Series, pl.Series]":
    """Points as two columns of numbers, called lon and lat if these names are not `taken`."""
    import polars as pl

    x, y = shapely.get_x(points.geometry), shapely.get_y(points.geometry)
    lon, lat = free_name("lon", taken), free_name("lat", taken)
    return pl.Series(lon, x, nan_to_null=True), pl.Series(lat, y, nan_to_null=True)


def geopackage_names(names: Sequence[str], *, where: str) -> dict[str, str]:
    """New names for the columns that GeoPackage uses itself: fid becomes fid_1, geom becomes geom_1.

    Raises SchemaError for names that differ only in case: GeoPackage takes them for one.

    >>> geopackage_names(["FID", "编码"], where="a.gpkg")
    {'FID': 'FID_1'}
    """
    folded = [name.casefold() for name in names]
    alike = sorted({name for name in names if folded.count(name.casefold()) > 1})
    if alike:
        raise SchemaError(WORDS("alike_columns", where=where, alike=examples(alike)))
    taken = [name for name in names if name.casefold() in _TAKEN_IN_GEOPACKAGE]
    return {name: free_name(f"{name}_1", names) for name in taken}


def wkb_of(geometry: NDArray[Any]) -> list[bytes | None]:
    """Points as WKB, None where there is none."""
    wkb: list[bytes | None] = shapely.to_wkb(geometry).tolist()
    return wkb


def crs_of(value: Any) -> "CRS | None":
    """A coordinate system from what a file says of it, None from None."""
    from pyproj import CRS

    return None if value is None else CRS.from_user_input(value)


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

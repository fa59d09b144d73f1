"""Where the rows of a file of weights lie: at points, or in polygons."""

from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gridgov.datum import describe_crs, transform_geometries
from gridgov.errors import SchemaError
from gridgov.language import Many, examples
from gridgov.layers.placement import check_placement, stated_crs
from gridgov.lookup import Atlas, Points, incident_points, read_points
from gridgov.lookup.incidents import coordinate_columns
from gridgov.polygons import mend_polygons
from gridgov.weights.said_words import WORDS

__all__ = ["Rows", "map_points", "map_polygons", "table_points"]

#: Map layers say so when they know no better; in China the points may as well be in a shifted datum.
_CLAIMED_BY_DEFAULT: Final = frozenset({"EPSG:4326", "OGC:CRS84"})


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a file, their index the row in it; `shapes` None for those that have no usable place."""

    table: pd.DataFrame
    notes: tuple[str, ...]
    shapes: NDArray[np.object_]
    crs: Any = None


def table_points(
    rows: Rows, places: Atlas, *, lon: str | None, lat: str | None, crs: object, where: str
) -> Rows:
    """Points of a table's coordinate columns, None where they are no coordinates; `where` is its file."""
    # Several files are read at once: which of them has no such columns is said here.
    coordinate_columns(list(rows.table.columns), lon=lon, lat=lat, where=where)
    points = incident_points(rows.table, places, lon=lon, lat=lat, crs=crs, recorded={})
    return _at(rows, points, places, stated=crs is not None)


def _at(rows: Rows, points: Points, places: Atlas, *, stated: bool) -> Rows:
    """Rows with points in the coordinate system of the places."""
    shapes = np.full(len(points), None, dtype=object)
    x, y = points.in_cells_crs
    usable = np.isfinite(x) & np.isfinite(y)
    shapes[usable] = shapely.points(x[usable], y[usable])
    why = "" if stated else WORDS("nothing_else")
    note = WORDS("read_as", crs=describe_crs(points.crs), why=why)
    return replace(rows, shapes=shapes, crs=places.crs, notes=(*rows.notes, note))


def map_points(rows: Rows, places: Atlas, crs: object) -> Rows:
    """Points of a map layer; a datum that says nothing is not believed in China."""
    single = shapely.get_geometry(rows.shapes, 0)
    several = shapely.get_num_geometries(rows.shapes) > 1
    if several.any():
        where = examples([WORDS("row", row=row) for row in rows.table.index[several]])
        raise SchemaError(WORDS("several_points", rows=where))
    believed = rows.crs is not None and rows.crs.to_string() not in _CLAIMED_BY_DEFAULT
    stated = crs if crs is not None else rows.crs if believed else None
    points = read_points(places, lon=shapely.get_x(single), lat=shapely.get_y(single), crs=stated)
    return _at(rows, points, places, stated=stated is not None)


def map_polygons(rows: Rows, crs: object, where: str) -> Rows:
    """Polygons of a map layer: placed as those of departments are, and repaired."""
    frame = gpd.GeoDataFrame(rows.table, geometry=rows.shapes, crs=rows.crs)
    notes = check_placement(frame, crs=crs, where=where, name="weights")
    stated = stated_crs(frame, crs, where)
    if stated is None:
        raise SchemaError(WORDS("no_place", where=where))
    # Off the shifted degrees of a web map its polygons are in CGCS2000 degrees, as `stated.crs` says.
    shapes = transform_geometries(rows.shapes, source=stated, target=stated.crs)
    mended = mend_polygons(shapes, crs=stated.crs)
    lost = (mended.kind == "no_geometry") & ~shapely.is_missing(shapes)
    if lost.any():
        said = [
            WORDS("row_note", row=row, note=note)
            for row, note in zip(rows.table.index, mended.note, strict=True)
            if note
        ]
        raise SchemaError(WORDS("mixed", where=where, said=examples(said)))
    invalid = int((mended.kind == "invalid").sum())
    repaired = [WORDS("repaired", n=Many(invalid))] if invalid else []
    return replace(rows, shapes=mended.polygons, crs=stated.crs, notes=(*rows.notes, *notes, *repaired))

"""The borders of polygons as segments on the grid."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType

__all__ = ["Rings", "Segments", "rings_in", "rings_of", "segments_of"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments with the polygon that lies on their left.

    Attributes
    ----------
    xy
        (c, 2) corners in grid steps, equal ones several times.
    start, end
        (n,) rows of the corners.
    row
        (n,) the polygon.
    """

    xy: Ints
    start: Ints
    end: Ints
    row: Ints


def segments_of(polygons: Geometries, scale: float) -> Segments:
    """Read the borders of (Multi)Polygons, corners rounded to `scale` grid steps in a metre.

    Which way the rings were drawn changes nothing. Empty polygons have no segments.
    """
    xy, start, end, row = rings_of(polygons)
    return Segments(np.rint(xy * scale).astype(np.int64), start, end, row)


def rings_of(polygons: Geometries) -> tuple[Floats, Ints, Ints, Ints]:
    """Answer all coordinates; per segment of a ring the rows of its ends, and the polygon on its left."""
    xy, rings = shapely.get_coordinates(polygons), rings_in(polygons)
    one = rings.segments()
    turned = np.repeat(_leftward(xy, rings.size) == rings.hole, rings.size - 1)
    row = np.repeat(rings.polygon, rings.size - 1)
    return xy, one + turned, one + ~turned, row


@dataclass(frozen=True, slots=True)
class Rings:
    """The rings of polygons, in the order of their coordinates.

    Attributes
    ----------
    size
        (r,) how many coordinates each has: the last is the first again.
    polygon
        (r,) row of the polygon.
    hole
        (r,) whether it is one.
    """

    size: Ints
    polygon: Ints
    hole: Bools

    def segments(self) -> Ints:
        """Answer the coordinate that each segment begins at; it ends at the next one."""
        goes_on = np.ones(int(self.size.sum()), dtype=bool)
        goes_on[np.cumsum(self.size) - 1] = False
        return np.flatnonzero(goes_on)


def rings_in(polygons: Geometries) -> Rings:
    """Answer the rings of (Multi)Polygons. Of one ring, as most are, none is copied to be counted."""
    polygons = np.asarray(polygons, dtype=object)
    corners = shapely.get_num_coordinates(polygons).astype(np.int64)
    one = shapely.get_type_id(polygons) == GeometryType.POLYGON
    one &= shapely.get_num_interior_rings(polygons) == 0
    several = np.flatnonzero(~one & (corners > 0))
    parts, of = shapely.get_parts(polygons[several], return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    many = (corners > 0).astype(np.int64)
    many[several] = np.bincount(of[part], minlength=len(several))
    polygon = np.repeat(np.arange(len(polygons)), many)
    size, hole, among = corners[polygon], np.zeros(len(polygon), dtype=bool), ~one[polygon]
    size[among] = shapely.get_num_coordinates(rings)
    hole[among] = np.concatenate([part[:1] < 0, part[1:] == part[:-1]])
    return Rings(size, polygon, hole)


def _leftward(xy: Floats, size: Ints) -> Bools:
    """Tell the rings that run anticlockwise; each is closed."""
    first = np.cumsum(size) - size
    x, y = (  # from the first corner: far from the origin, products lose their ends
        along - np.repeat(along[first], size) for along in xy.T
    )
    part = np.zeros(len(xy))
    part[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    return np.asarray((np.add.reduceat(part, first) if len(first) else part) > 0)

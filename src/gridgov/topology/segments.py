"""The borders of polygons as segments on the grid."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.topology.ragged import starts

__all__ = ["Segments", "segments_of"]

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
    rings, owner, hole = _rings(polygons)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    one = np.flatnonzero(ring[1:] == ring[:-1])
    turned = (_leftward(xy, ring, len(rings)) == hole)[ring[one]]
    return xy, one + turned, one + ~turned, owner[ring[one]]


def _rings(polygons: Geometries) -> tuple[Geometries, Ints, Bools]:
    """Answer all rings, the row of the polygon of each, and whether it is a hole."""
    parts, owner = shapely.get_parts(np.asarray(polygons, dtype=object), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    hole = np.zeros(len(rings), dtype=bool)
    hole[1:] = part[1:] == part[:-1]
    return rings, owner[part].astype(np.int64), hole


def _leftward(xy: Floats, ring: Ints, count: int) -> Bools:
    """Tell the rings that run anticlockwise; each is closed."""
    if not len(xy):
        return np.zeros(count, dtype=bool)
    first = starts(ring, count)[:-1]
    x, y = (
        xy - xy[first].take(ring, axis=0)
    ).T  # from the first corner: far from the origin, products lose their ends
    part = np.zeros(len(xy))
    part[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    return np.asarray(np.add.reduceat(part, first) > 0)

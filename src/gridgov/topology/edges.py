"""The edge table of a noded coverage: every segment once, with who lies on each side."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.errors import TopologyError, examples

__all__ = ["EdgeTable", "Neighbours", "edge_table", "neighbours"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

NOBODY = -1


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """Unique segments of a coverage.

    Attributes
    ----------
    a, b
        (n, 2) end points; `a` is the lower one by x, then y.
    left, right
        (n,) row of the polygon on each side seen from `a` to `b`; -1 where nobody is.
    """

    a: Floats
    b: Floats
    left: Ints
    right: Ints

    @property
    def length(self) -> Floats:
        """Length of each segment, in the units of the coordinates."""
        return np.asarray(np.hypot(*(self.b - self.a).T))

    @property
    def outer(self) -> npt.NDArray[np.bool_]:
        """Segments with nobody on one side: the outline, if the polygons are a partition."""
        return np.asarray((self.left == NOBODY) != (self.right == NOBODY))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Pairs of polygons that share a border: rows `i < j`, and the border's `length` in metres."""

    i: Ints
    j: Ints
    length: Floats


def edge_table(polygons: Geometries) -> EdgeTable:
    """Answer who lies on each side of each segment of a noded coverage.

    Parameters
    ----------
    polygons
        (n,) valid Polygons or MultiPolygons whose borders meet only in common vertices. Identity is
        equal float64 coordinates; nothing is rounded.

    Raises
    ------
    TopologyError
        When two polygons lie on the same side of one segment: they overlap.

    Notes
    -----
    n log n in the vertices: 1 million in about a second. T-junctions are not found here; they show as
    one-sided segments inside the coverage (compare `outer` with the outline).
    """
    start, end, row = _segments(polygons)
    forward = (start[:, 0] < end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] < end[:, 1]))
    low = np.where(forward[:, None], start, end)
    high = np.where(forward[:, None], end, start)
    first, edge = _unique_segments(low, high)
    left = _side(edge[forward], row[forward], len(first), low[first])
    right = _side(edge[~forward], row[~forward], len(first), low[first])
    return EdgeTable(low[first], high[first], left, right)


def neighbours(table: EdgeTable) -> Neighbours:
    """Answer which polygons share a border, and how long it is."""
    inner = (table.left != NOBODY) & (table.right != NOBODY) & (table.left != table.right)
    i = np.minimum(table.left, table.right)[inner]
    j = np.maximum(table.left, table.right)[inner]
    if not len(i):
        return Neighbours(i, j, np.zeros(0))
    width = int(j.max()) + 1
    pair, where = np.unique(i * width + j, return_inverse=True)
    return Neighbours(
        pair // width, pair % width, np.bincount(where, weights=table.length[inner]).astype(np.float64)
    )


def _segments(polygons: Geometries) -> tuple[Floats, Floats, Ints]:
    """Every ring segment with its polygon's row, walked so that the polygon lies on the left."""
    parts, owner = shapely.get_parts(shapely.orient_polygons(polygons), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    same &= (xy[1:] != xy[:-1]).any(axis=1)
    row = owner[part[ring[:-1][same]]].astype(np.int64)
    xy = xy + 0.0  # -0.0 and 0.0 are the same place
    return xy[:-1][same], xy[1:][same], row


def _unique_segments(low: Floats, high: Floats) -> tuple[Ints, Ints]:
    """Row of the first of each distinct segment, and for each segment the number of its kind."""
    both = np.concatenate([low, high])
    _, x = np.unique(both[:, 0], return_inverse=True)
    ys, y = np.unique(both[:, 1], return_inverse=True)
    vertices, vertex = np.unique(x.astype(np.int64) * max(len(ys), 1) + y, return_inverse=True)
    key = vertex[: len(low)].astype(np.int64) * max(len(vertices), 1) + vertex[len(low) :]
    _, first, edge = np.unique(key, return_index=True, return_inverse=True)
    return first.astype(np.int64), edge.astype(np.int64)


def _side(edge: Ints, row: Ints, n: int, place: Floats) -> Ints:
    side = np.full(n, NOBODY, dtype=np.int64)
    side[edge] = row
    twice = side[edge] != row
    twice |= np.bincount(edge, minlength=n)[edge] > 1
    if twice.any():
        at = [f"({x:.2f}, {y:.2f})" for x, y in place[np.unique(edge[twice])]]
        rows = sorted({*row[twice].tolist()})
        raise TopologyError(f"polygons overlap along a border: rows {examples(rows)} at {examples(at)}")
    return side

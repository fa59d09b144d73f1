"""Dividing strips: what ends at a strip between two borders goes on across it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.topology.distinct import distinct, in_order
from gridgov.topology.mesh import Mesh
from gridgov.topology.ragged import spread

__all__ = ["strip_parts"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

NONE = -1
NOTHING = (np.zeros(0, dtype=object), np.zeros(0, dtype=np.int64))


def strip_parts(
    polygons: Callable[[Ints], Geometries],
    ground: Mesh,
    piece: Ints,
    *,
    base: Ints,
    strip: Bools,
    precision_m: float,
) -> tuple[Geometries, Ints]:
    """Divide strips among the pieces of the same base that they run along.

    Parameters
    ----------
    polygons
        Answers the polygons of pieces.
    ground, piece
        The mesh they are made of, and (faces,) the piece of each face, -1 for none.
    base
        (n,) the base polygon of each; a strip lies between pieces of its base on one side and the border of
        the base on the other.
    strip
        (n,) which of them are strips.
    precision_m
        The grid that borders lie on.

    Returns
    -------
    (k,) Polygons, and (k,) the strip each is a part of. Strips that nothing ends at have none.

    Notes
    -----
    Where two pieces meet at a strip, their border goes on by the shortest way to the strip's other side.
    """
    mine, other, arc = _sides(ground, piece, strip)
    beside = (other != NONE) & (base[other] == base[mine])
    xy = ground.xy / ground.scale
    ends = _ends(mine[beside], other[beside], ground.arcs.a[arc[beside]], ground.arcs.b[arc[beside]])
    far = ~beside & np.isin(mine, ends[:, 0])
    of, a, b = _segments(ground, arc[far])
    lines = shapely.linestrings(np.stack([xy[a], xy[b]], axis=1))
    shore, shores = _gathered(np.asarray(lines), mine[far][of])
    ends = ends[np.isin(ends[:, 0], shore)]
    if not len(ends):
        return NOTHING
    across = shapely.shortest_line(shapely.points(xy[ends[:, 1]]), shores[np.searchsorted(shore, ends[:, 0])])
    real = shapely.length(across) > 2 * precision_m
    host, cuts = _gathered(across[real], ends[real, 0])
    if not len(host):
        return NOTHING
    parts, owner = _split(polygons(host), cuts, precision_m)
    return parts, host[owner]


def _sides(ground: Mesh, piece: Ints, strip: Bools) -> tuple[Ints, Ints, Ints]:
    """Answer the arcs around strips: the strip, what lies on the other side, and the arc."""
    of = np.append(piece, NONE)
    left, right = of[ground.left], of[ground.right]
    mine, other = np.concatenate([left, right]), np.concatenate([right, left])
    side = np.flatnonzero((mine != other) & np.append(strip, False)[mine])
    return mine[side], other[side], side % max(len(left), 1)


def _segments(ground: Mesh, arc: Ints) -> tuple[Ints, Ints, Ints]:
    """Answer the segments of arcs in an order that does not depend on these: item of `arc`, and vertices."""
    first = ground.arcs.first[arc]
    item, at = spread(first, ground.arcs.first[arc + 1] - first - 1)
    one, other = ground.arcs.vertex[at].astype(np.int64), ground.arcs.vertex[at + 1].astype(np.int64)
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = in_order(low * len(ground.xy) + high)
    return item[order], low[order], high[order]


def _ends(mine: Ints, other: Ints, a: Ints, b: Ints) -> Ints:
    """(k, 2) strips and the vertices at which two of the pieces along them meet."""
    three = np.concatenate([np.stack([mine, vertex, other], axis=1) for vertex in (a, b)])
    three = three[np.lexsort(three.T[::-1])]
    new = np.ones(len(three), dtype=bool)
    new[1:] = (three[1:] != three[:-1]).any(axis=1)
    pairs = three[new, :2]
    again = (pairs[1:] == pairs[:-1]).all(axis=1)
    first = np.ones(len(pairs), dtype=bool)
    first[1:] = ~again
    several = first.copy()
    several[:-1] &= again
    several[-1:] = False
    return np.asarray(pairs[several])


def _gathered(lines: Geometries, key: Ints) -> tuple[Ints, Geometries]:
    """Answer the distinct keys, ascending, and the lines of each as one MultiLineString."""
    keys, number = distinct(key)
    order = np.argsort(number, kind="stable")
    gathered = shapely.multilinestrings(lines[order], indices=number[order])
    return np.asarray(keys, dtype=np.int64), np.asarray(gathered, dtype=object)


def _split(polygons: Geometries, cuts: Geometries, precision_m: float) -> tuple[Geometries, Ints]:
    """Split each polygon along its cuts; those that stay whole have no parts."""
    lines = shapely.union(shapely.boundary(polygons), cuts, grid_size=precision_m)
    parts, owner = shapely.get_parts(shapely.polygonize(lines[:, None]), return_index=True)
    inside = shapely.contains(polygons[owner], shapely.point_on_surface(parts))
    several = np.bincount(owner[inside], minlength=len(polygons)) > 1
    kept = inside & several[owner]
    return parts[kept], owner[kept]

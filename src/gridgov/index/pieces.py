"""The borders of polygons as straight pieces, each once, with who lies on its sides."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridgov.index.compiled import worth_compiling_to_draw

__all__ = ["Pieces", "pieces_of", "split"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NOBODY = -1

#: Odd constants that spread the bits of coordinates (fractions of the golden ratio and of the square root
#: of 2 and 3, as 64-bit numbers).
_SPREAD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0x6A09E667F3BCC909), np.uint64(0xBB67AE8584CAA73B))


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Straight pieces of borders between corners.

    Attributes
    ----------
    corners
        (m, 2) every corner once, in the polygons' own coordinates.
    a, b
        (n,) number of the corner at each end.
    rows
        (n, 2) the polygons whose border this is, -1 for none. Borders that more than two polygons share are
        several equal pieces: of two polygons each.
    side
        (n, 2) +1 where that polygon lies on the left seen from a to b, -1 on the right, 0 for none.
    """

    corners: Floats
    a: Ints
    b: Ints
    rows: NDArray[np.int32]
    side: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.a)


def pieces_of(polygons: NDArray[Any], *, longest: float = np.inf) -> Pieces:
    """Borders of polygons, noded or not, overlapping or not.

    Parameters
    ----------
    polygons
        (n,) Polygons or MultiPolygons without Z; None and empty ones have no border.
    longest
        Pieces longer than this along an axis are split evenly.

    Notes
    -----
    n log n in the vertices. Only equal borders between the same two corners are found to be one piece;
    whether they are changes the cost of what follows, not its answers.
    """
    corners, vertex, row, left, last = _walked(polygons)
    real = np.flatnonzero(~last[:-1] & (vertex[1:] != vertex[:-1]))
    start, end, row, left = vertex[real], vertex[real + 1], row[real], left[real]
    a, b = corners[start], corners[end]
    forward = (a[:, 0] < b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] < b[:, 1]))
    low, high = np.where(forward, start, end), np.where(forward, end, start)
    side = np.where(forward == left, 1, -1).astype(np.int8)
    order, first, second = _paired(low, high, len(corners))
    low, high, row, side = low[order], high[order], row[order], side[order]
    rows = np.column_stack([row[first], np.where(second, row[first + second], NOBODY)]).astype(np.int32)
    sides = np.column_stack([side[first], np.where(second, side[first + second], 0)]).astype(np.int8)
    pieces = Pieces(corners, low[first], high[first], rows, sides)
    return pieces if np.isinf(longest) else _shortened(pieces, longest)


def split(pieces: Pieces, parts: Ints) -> tuple[Pieces, Ints]:
    """Pieces cut evenly into so many parts each, and the number of the piece each part is of."""
    parent = np.repeat(np.arange(len(pieces)), parts)
    if len(parent) == len(pieces):
        return pieces, parent
    step = np.arange(len(parent)) - np.repeat(np.cumsum(parts) - parts, parts)
    inner = step > 0
    start = pieces.corners[pieces.a[parent[inner]]]
    along = (step[inner] / parts[parent[inner]])[:, None]
    added = start + along * (pieces.corners[pieces.b[parent[inner]]] - start)
    number = np.cumsum(inner) - 1 + len(pieces.corners)
    a = np.where(inner, number, pieces.a[parent])
    b = pieces.b[parent].copy()
    followed = np.flatnonzero(inner) - 1
    b[followed] = a[followed + 1]
    corners = np.concatenate([pieces.corners, added])
    return Pieces(corners, a, b, pieces.rows[parent], pieces.side[parent]), parent


def _shortened(pieces: Pieces, longest: float) -> Pieces:
    span = np.abs(pieces.corners[pieces.b] - pieces.corners[pieces.a]).max(axis=1, initial=0)
    return split(pieces, np.maximum(np.ceil(span / longest), 1).astype(np.int64))[0]


def _walked(polygons: NDArray[Any]) -> tuple[Floats, Ints, Ints, NDArray[np.bool_], NDArray[np.bool_]]:
    """Corners once; along all rings the corner, the polygon's row, whether it lies on the left, ring ends."""
    xy, rings, parts, shapes = _ragged(polygons)
    sizes = np.diff(rings)
    corners, vertex = _distinct(xy + 0.0)  # -0.0 and 0.0 are the same place
    row = np.repeat(np.arange(len(polygons)), np.diff(rings[parts[shapes]]))
    hole = np.ones(len(sizes), dtype=np.bool_)
    hole[parts[:-1][np.diff(parts) > 0]] = False
    last = np.zeros(len(xy), dtype=np.bool_)
    last[rings[1:][sizes > 0] - 1] = True
    return corners, vertex, row, np.repeat(_counterclockwise(xy, rings) != hole, sizes), last


def _ragged(polygons: NDArray[Any]) -> tuple[Floats, Ints, Ints, Ints]:
    """Coordinates; where each ring begins in them, each part in the rings, each polygon in the parts."""
    # With a multipolygon among them the answer always has three levels.
    drawn = np.full(len(polygons) + 1, shapely.MultiPolygon(), dtype=object)
    drawn[:-1][~shapely.is_missing(polygons)] = polygons[~shapely.is_missing(polygons)]
    _, xy, offsets = shapely.to_ragged_array(drawn, include_z=False)
    rings, parts, shapes = (np.asarray(level, dtype=np.int64) for level in offsets)
    return np.asarray(xy, dtype=np.float64).reshape(-1, 2), rings, parts, shapes[:-1]


def _counterclockwise(xy: Floats, rings: Ints) -> NDArray[np.bool_]:
    sizes = np.diff(rings)
    at = xy - np.repeat(xy[rings[:-1][sizes > 0]], sizes[sizes > 0], axis=0)
    turned = np.append(at[:-1, 0] * at[1:, 1] - at[1:, 0] * at[:-1, 1], 0.0)
    area = np.zeros(len(sizes))
    # A ring's last corner is its first, the origin here: the step to the next ring adds nothing.
    if len(turned):
        area[sizes > 0] = np.add.reduceat(turned, rings[:-1][sizes > 0])
    return area > 0


def _distinct(xy: Floats) -> tuple[Floats, Ints]:
    """Each place once, and the number of each coordinate's place."""
    if not len(xy):
        return xy, np.zeros(0, dtype=np.int64)
    bits = np.ascontiguousarray(xy).view(np.uint64)
    if worth_compiling_to_draw(len(xy)):
        from gridgov.index.drawing_loops import numbered

        number, first = numbered(bits, _SPREAD)
        return xy[first], number
    mixed = bits[:, 0] * _SPREAD[0] ^ (bits[:, 1] * _SPREAD[1] >> np.uint64(29)) * _SPREAD[2]
    mixed ^= bits[:, 1] * _SPREAD[2]
    order = np.argsort(mixed)
    there = xy[order]
    new = np.ones(len(xy), dtype=np.bool_)
    new[1:] = (there[1:] != there[:-1]).any(axis=1)
    # Places are numbered as they first appear.
    first = np.minimum.reduceat(order, np.flatnonzero(new))
    by_first = np.argsort(first)
    rank = np.empty(len(first), dtype=np.int64)
    rank[by_first] = np.arange(len(first))
    number = np.empty(len(xy), dtype=np.int64)
    number[order] = rank[np.cumsum(new) - 1]
    return xy[first[by_first]], number


def _paired(low: Ints, high: Ints, corners: int) -> tuple[Ints, Ints, Ints]:
    """Order that brings equal pieces together; where each pair begins in it, and 1 where it has a second."""
    if worth_compiling_to_draw(len(low)):
        from gridgov.index.drawing_loops import together

        order = together(low, high, corners)
    else:
        order = np.argsort(low * max(corners, 1) + high, kind="stable")
    lower, higher = low[order], high[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (lower[1:] != lower[:-1]) | (higher[1:] != higher[:-1])
    begin = np.flatnonzero(new)
    place = np.arange(len(order)) - np.repeat(begin, np.diff(np.append(begin, len(order))))
    first = np.flatnonzero(place % 2 == 0)
    followed = np.append(first, len(order))[1:] - first
    return order, first, followed - 1

"""The borders of polygons as straight pieces, each once, with who lies on its sides."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridgov.index.compiled import worth_compiling_to_draw

__all__ = ["Numbered", "Pieces", "pieces_of", "split"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NOBODY = -1

#: What shapely calls a polygon.
_POLYGON = 3

#: Odd constants that spread the bits of coordinates (fractions of the golden ratio and of the square root
#: of 2 and 3, as 64-bit numbers).
_ODD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0x6A09E667F3BCC909), np.uint64(0xBB67AE8584CAA73B))


#: Bytes for each coordinate of what is drawn afterwards, with room. What is not written to is not taken.
_SPARE = 192


class Numbered:
    """Pieces by their `numbers`: (n, 4) the corner at each end, `a` and `b`, and the two `rows` beside it."""

    __slots__ = ()

    numbers: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def a(self) -> NDArray[np.int32]:
        """Number of the corner at one end."""
        return self.numbers[:, 0]

    @property
    def b(self) -> NDArray[np.int32]:
        """Number of the corner at the other end."""
        return self.numbers[:, 1]

    @property
    def rows(self) -> NDArray[np.int32]:
        """(n, 2) whose border each piece is, -1 for none."""
        return self.numbers[:, 2:]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces(Numbered):
    """Straight pieces of borders between corners.

    Attributes
    ----------
    corners
        (m, 2) every corner once, in the polygons' own coordinates.
    numbers
        (n, 4) what is asked together stands together: number of the corner at each end, `a` and `b`; and
        `rows` (n, 2), the polygons whose border this is, -1 for none. Borders that more than two polygons
        share are several equal pieces: of two polygons each.
    side
        (n, 2) +1 where that polygon lies on the left seen from a to b, -1 on the right, 0 for none.
    spare
        Memory that it took to find them, of no more use to them: what is written to already costs less.
    """

    corners: Floats
    numbers: NDArray[np.int32]
    side: NDArray[np.int8]
    spare: NDArray[np.uint8] | None = None


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
    xy, rings, parts, shapes = _ragged(polygons)
    xy += 0.0  # -0.0 and 0.0 are the same place
    owner, left = _rings(xy, rings, parts, shapes)
    if worth_compiling_to_draw(len(xy)):
        pieces = _compiled(xy, rings, owner, left)
    else:
        pieces = _walked(xy, rings, owner, left)
    return pieces if np.isinf(longest) else _shortened(pieces, longest)


def _compiled(xy: Floats, rings: Ints, owner: NDArray[np.int32], left: NDArray[np.bool_]) -> Pieces:
    """What `_walked` finds, with numba."""
    from gridgov.index.piece_loops import pieces_walked

    # numpy asks for large pages, numba does not.
    size = len(xy)
    memory = np.empty(_SPARE * size, dtype=np.uint8)
    corners = memory[: 16 * size].view(np.float64).reshape(size, 2)
    room = memory[16 * size : 32 * size].view(np.int32).reshape(4, size)
    numbers, side = np.empty((size, 4), dtype=np.int32), np.empty((size, 2), dtype=np.int8)
    known, count = pieces_walked(xy, rings, (owner, left), _ODD, (corners, *room), (numbers, side))
    return Pieces(corners[:known].copy(), numbers[:count], side[:count], memory)


def _walked(xy: Floats, rings: Ints, owner: NDArray[np.int32], left: NDArray[np.bool_]) -> Pieces:
    """Pieces in the order in which they are first met along the rings."""
    corners, vertex = _distinct(xy)
    sizes = np.diff(rings)
    last = np.zeros(len(xy), dtype=np.bool_)
    last[rings[1:][sizes > 0] - 1] = True
    real = np.flatnonzero(~last[:-1] & (vertex[1:] != vertex[:-1]))
    start, end = vertex[real], vertex[real + 1]
    on_left = np.repeat(left, sizes)[real]
    forward = _forward(corners, start, end)
    side = np.where(forward == on_left, 1, -1).astype(np.int8)
    low, high = np.where(forward, start, end), np.where(forward, end, start)
    del start, end, vertex, forward, on_left
    first, second = _paired(low, high, len(corners))
    paired = second >= 0
    low, high = low[first], high[first]
    row = np.repeat(owner, sizes)[real]
    other = np.where(paired, row[second], np.int32(NOBODY))
    return Pieces(
        corners,
        np.column_stack([low, high, row[first], other]),
        np.column_stack([side[first], np.where(paired, side[second], np.int8(0))]),
    )


def _forward(corners: Floats, start: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether pieces lead east, or straight north."""
    across = corners[end, 0] - corners[start, 0]
    forward: NDArray[np.bool_] = across > 0
    level = np.flatnonzero(across == 0)
    forward[level] = corners[start[level], 1] < corners[end[level], 1]
    return forward


def split(pieces: Pieces, parts: Ints) -> tuple[Pieces, NDArray[np.int32]]:
    """Pieces cut evenly into so many parts each, and the number of the piece each part is of."""
    parent = np.repeat(np.arange(len(pieces), dtype=np.int32), parts)
    if len(parent) == len(pieces):
        return pieces, parent
    step = np.arange(len(parent)) - np.repeat(np.cumsum(parts) - parts, parts)
    inner = step > 0
    start = pieces.corners[pieces.a[parent[inner]]]
    along = (step[inner] / parts[parent[inner]])[:, None]
    added = start + along * (pieces.corners[pieces.b[parent[inner]]] - start)
    numbers = pieces.numbers[parent]
    numbers[inner, 0] = np.arange(len(added)) + len(pieces.corners)
    followed = np.flatnonzero(inner) - 1
    numbers[followed, 1] = numbers[followed + 1, 0]
    corners = np.concatenate([pieces.corners, added])
    return Pieces(corners, numbers, pieces.side[parent]), parent


def _shortened(pieces: Pieces, longest: float) -> Pieces:
    span = np.abs(pieces.corners[pieces.b] - pieces.corners[pieces.a]).max(axis=1, initial=0)
    return split(pieces, np.maximum(np.ceil(span / longest), 1).astype(np.int64))[0]


def _rings(xy: Floats, rings: Ints, parts: Ints, shapes: Ints) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Of each ring the row of its polygon, and whether that lies on the left of it."""
    owner = np.repeat(np.arange(len(shapes) - 1, dtype=np.int32), np.diff(parts[shapes]))
    hole = np.ones(len(rings) - 1, dtype=np.bool_)
    hole[parts[:-1][np.diff(parts) > 0]] = False
    return owner, _counterclockwise(xy, rings) != hole


def _ragged(polygons: NDArray[Any]) -> tuple[Floats, Ints, Ints, Ints]:
    """Coordinates; where each ring begins in them, each part in the rings, each polygon in the parts."""
    sizes = shapely.get_num_coordinates(polygons)
    simple = (shapely.get_type_id(polygons) == _POLYGON) & (sizes > 0)
    if simple.all() and not shapely.get_num_interior_rings(polygons).any():
        each = np.arange(len(polygons) + 1)
        return shapely.get_coordinates(polygons), np.append(0, np.cumsum(sizes)), each, each
    # With a multipolygon among them the answer always has three levels.
    drawn = np.full(len(polygons) + 1, shapely.MultiPolygon(), dtype=object)
    drawn[:-1][~shapely.is_missing(polygons)] = polygons[~shapely.is_missing(polygons)]
    _, xy, offsets = shapely.to_ragged_array(drawn, include_z=False)
    rings, parts, shapes = (np.asarray(level, dtype=np.int64) for level in offsets)
    return np.asarray(xy, dtype=np.float64).reshape(-1, 2), rings, parts, shapes[:-1]


def _counterclockwise(xy: Floats, rings: Ints) -> NDArray[np.bool_]:
    if worth_compiling_to_draw(len(xy)):
        from gridgov.index.piece_loops import counterclockwise

        left: NDArray[np.bool_] = counterclockwise(xy, rings)
        return left
    sizes = np.diff(rings)
    first = rings[:-1][sizes > 0]
    x, y = (axis - np.repeat(axis[first], sizes[sizes > 0]) for axis in xy.T)
    turned = np.zeros(len(xy))
    np.multiply(x[:-1], y[1:], out=turned[:-1])
    turned[:-1] -= x[1:] * y[:-1]
    area = np.zeros(len(sizes))
    # A ring's last corner is its first, the origin here: the step to the next ring adds nothing.
    if len(turned):
        area[sizes > 0] = np.add.reduceat(turned, rings[:-1][sizes > 0])
    return area > 0


def _distinct(xy: Floats) -> tuple[Floats, NDArray[np.int32]]:
    """Each place once, as they first appear, and the number of each coordinate's place."""
    if not len(xy):
        return xy, np.zeros(0, dtype=np.int32)
    order = _mixed(xy).argsort().astype(np.int32)
    new = np.ones(len(xy), dtype=np.bool_)
    new[1:] = False
    for axis in xy.T:
        there = axis[order]
        new[1:] |= there[1:] != there[:-1]
    del there
    first = np.minimum.reduceat(order, np.flatnonzero(new))
    by_first = np.argsort(first)
    rank = np.empty(len(first), dtype=np.int32)
    rank[by_first] = np.arange(len(first), dtype=np.int32)
    number = np.empty(len(xy), dtype=np.int32)
    number[order] = rank[np.cumsum(new, dtype=np.int32) - 1]
    return xy[first[by_first]], number


def _mixed(xy: Floats) -> NDArray[np.uint64]:
    """Numbers that are equal for equal places, and hardly ever for others."""
    bits = np.ascontiguousarray(xy).view(np.uint64)
    mixed: NDArray[np.uint64] = bits[:, 1] * _ODD[1]
    mixed >>= np.uint64(29)
    mixed *= _ODD[2]
    mixed ^= bits[:, 0] * _ODD[0]
    mixed ^= bits[:, 1] * _ODD[2]
    return mixed


def _paired(
    low: NDArray[np.int32], high: NDArray[np.int32], corners: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Equal ones in pairs, as the first of each appears: the first, and the second or -1."""
    key = low * np.int64(max(corners, 1)) + high
    order = np.argsort(key, kind="stable").astype(np.int32)
    key = key[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = key[1:] != key[:-1]
    del key
    # Where each group of equal ones begins; in it they are paired in their order.
    begin = np.maximum.accumulate(np.where(new, np.arange(len(order), dtype=np.int32), 0))
    at = np.flatnonzero((np.arange(len(order), dtype=np.int32) - begin) % 2 == 0)
    del begin
    paired = np.append(at, len(order))[1:] - at > 1
    first, second = order[at], np.where(paired, order[np.minimum(at + 1, len(order) - 1)], -1)
    by_first = np.argsort(first)
    return first[by_first], second[by_first]

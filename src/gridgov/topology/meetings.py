"""Where segments cross on the grid, and which squares they pass: tested exactly, with whole numbers."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from gridgov.topology.boxes import Boxes
from gridgov.topology.buckets import Buckets, Placed, point_candidates, segment_pairs
from gridgov.topology.distinct import distinct_only

__all__ = ["NEAR", "crossings", "from_key", "key_of", "near_squares", "passes"]

Ints = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

#: Bending moves a segment by less than a step; what it may come to pass by that lies no farther than this.
NEAR = 2
#: So many pairs at a time; more take memory, fewer take calls.
CHUNK = 1 << 16
#: Floating point puts a crossing within 2**-22 steps of its place. Nearer than this to the border between
#: two squares, whole numbers without limit decide.
DOUBTFUL = 1e-6


def key_of(xy: Ints) -> Ints:
    """Answer (n,) numbers of places (n, 2) from 0 to 2**31, in order of x, then y."""
    return np.asarray((xy[:, 0] << 32) + xy[:, 1])


def from_key(key: Ints) -> Ints:
    """Answer the places of numbers."""
    return np.stack([key >> 32, key & 0xFFFFFFFF], axis=1)


def crossings(buckets: Buckets, points: Ints, low: Ints, high: Ints) -> Ints:
    """Keys of the squares in which two segments cross, without those they have a common end in."""
    found, short = [np.zeros(0, dtype=np.int64)], points.astype(np.int32)
    for part in buckets.some():
        boxes = Boxes.of(short, low[part.segment], high[part.segment])
        for one, other in _some(*segment_pairs(part, boxes)):
            found.append(_squares(points, low, high, *_crossing(points, low, high, one, other)))
    return distinct_only(np.concatenate(found))


def _some(one: Short, other: Short) -> Iterator[tuple[Short, Short]]:
    """Give pairs, some thousands at a time."""
    for at in range(0, len(one), CHUNK):
        yield one[at : at + CHUNK], other[at : at + CHUNK]


def _turn(one: Ints, other: Ints) -> Ints:
    """Twice the area of the triangle that two vectors span, negative where the other lies to the right."""
    return np.asarray(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0])


def _crossing(points: Ints, low: Ints, high: Ints, i: Short, j: Short) -> tuple[Short, Short]:
    """Leave those pairs that cross."""
    x, y = points.T
    x0, y0, fx, fy = x[low[i]], y[low[i]], x[low[j]], y[low[j]]
    dx, dy, ex, ey = x[high[i]] - x0, y[high[i]] - y0, x[high[j]] - fx, y[high[j]] - fy
    fx, fy = fx - x0, fy - y0
    # Twice the areas of the triangles: j's ends seen from i, and i's ends seen from j.
    turn = dx * ey - dy * ex
    j0, i0 = dx * fy - dy * fx, fx * ey - fy * ex
    j1, i1 = j0 + turn, i0 - turn
    apart = ((j0 < 0) != (j1 < 0)) & ((i0 < 0) != (i1 < 0))
    cross = apart & (j0 != 0) & (j1 != 0) & (i0 != 0) & (i1 != 0)
    return i[cross], j[cross]


def _squares(points: Ints, low: Ints, high: Ints, i: Short, j: Short) -> Ints:
    """Keys of the squares in which pairs of segments cross."""
    at, other_at = points.take(low[i], axis=0), points.take(low[j], axis=0)
    along, beyond = points.take(high[i], axis=0) - at, points.take(high[j], axis=0) - other_at
    turn, part = _turn(along, beyond), _turn(other_at - at, beyond)
    return key_of(at + np.stack([_rounded(one, part, turn) for one in along.T], axis=1))


def _rounded(along: Ints, part: Ints, turn: Ints) -> Ints:
    """Round along * part / turn, halves up; without a doubt."""
    offset = along * (part / turn)
    answer = np.floor(offset + 0.5).astype(np.int64)
    doubtful = np.abs(offset - np.floor(offset) - 0.5) < DOUBTFUL
    if doubtful.any():
        numerator = along[doubtful].astype(object) * part[doubtful].astype(object)
        answer[doubtful] = (2 * numerator + turn[doubtful]) // (2 * turn[doubtful].astype(object))
    return answer


def near_squares(buckets: Buckets, xy: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints, Bools]:
    """Which segments come near which hot squares, other than those of their own ends, and which pass through.

    The same pair may come twice.
    """
    found = [(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=bool))]
    placed, short = Placed.of(xy, buckets), xy.astype(np.int32)
    for part in buckets.some():
        boxes = Boxes.of(short, low[part.segment], high[part.segment], margin=NEAR)
        for i, p in _some(*point_candidates(part, boxes, placed)):
            close, through = passes(xy, low[i], high[i], p)
            found.append((i[close], p[close], through[close]))
    segment, square, passed = (np.concatenate([part[k] for part in found]) for k in range(3))
    return segment.astype(np.int64), square.astype(np.int64), passed


def passes(xy: Ints, low: Ints, high: Ints, square: Ints | Short) -> tuple[Bools, Bools]:
    """Tell the segments that come within three squares of one, and those that pass through it.

    A square holds its left and lower border, as rounding does.
    """
    x, y = xy.T
    x0, y0, px, py = x[low], y[low], x[square], y[square]
    dx, dy = x[high] - x0, y[high] - y0
    aside = 2 * (dx * (py - y0) - dy * (px - x0))
    reach = dx + np.abs(dy)  # dx is never negative
    # On the lower left corner, which is the square's own: only a falling segment touches it from outside.
    through = (np.abs(aside) < reach) | ((aside == reach) & (dy < 0) & (dx > 0))
    # The ends of a segment are in other squares: it does not end before it has come through this one.
    through &= (
        (x0 <= px) & (px <= x0 + dx) & (np.minimum(y0, y0 + dy) <= py) & (py <= np.maximum(y0, y0 + dy))
    )
    return np.abs(aside) < 3 * reach, through

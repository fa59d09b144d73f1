"""Where segments cross on the grid, and which squares they pass: tested exactly, with whole numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from gridgov.topology.boxes import Boxes
from gridgov.topology.buckets import Buckets, Placed, point_candidates, segment_pairs
from gridgov.topology.distinct import distinct_only

__all__ = ["NEAR", "Near", "from_key", "key_of", "meetings", "near_squares", "passes"]

Ints = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

#: Bending moves a segment by less than a step; what it may come to pass by that lies no farther than this.
NEAR = 2
#: Closer than so many squares is near.
CLOSE = 3
#: So many pairs at a time: fewer take more calls, and what belongs to more does not stay near the processor.
CHUNK = 1 << 14
#: Floating point puts a crossing within 2**-22 steps of its place. Nearer than this to the border between
#: two squares, whole numbers without limit decide.
DOUBTFUL = 1e-6


def key_of(xy: Ints) -> Ints:
    """Answer (n,) numbers of places (n, 2) from 0 to 2**31, in order of x, then y."""
    return np.asarray((xy[:, 0] << 32) + xy[:, 1])


def from_key(key: Ints) -> Ints:
    """Answer the places of numbers."""
    return np.stack([key >> 32, key & 0xFFFFFFFF], axis=1)


@dataclass(frozen=True, slots=True)
class Near:
    """Which segments come near which places, other than their own ends; the same pair may come twice.

    Attributes
    ----------
    segment, place
        (n,) parallel.
    passed
        (n,) whether the segment passes through the square around the place.
    """

    segment: Short
    place: Short
    passed: Bools

    @classmethod
    def of(cls, xy: Ints, low: Ints, high: Ints, segment: Ints | Short, place: Ints) -> Self:
        """Leave those pairs that are near."""
        close, passed = passes(xy, low[segment], high[segment], place)
        some = np.flatnonzero(close)
        return cls(segment[some].astype(np.int32), place[some].astype(np.int32), passed[some])

    @classmethod
    def joined(cls, parts: list[Self]) -> Self:
        """Answer the pairs of all."""
        nothing = np.zeros(0, dtype=np.int32)
        return cls(
            np.concatenate([nothing, *(part.segment for part in parts)]),
            np.concatenate([nothing, *(part.place for part in parts)]),
            np.concatenate([nothing > 0, *(part.passed for part in parts)]),
        )


def meetings(buckets: Buckets, points: Ints, low: Ints, high: Ints) -> tuple[Ints, Near]:
    """Keys of the squares in which two segments cross, and which segments come near which ends of others.

    What crosses in a common end does not cross.
    """
    crossed, near, short = [np.zeros(0, dtype=np.int64)], [], points.astype(np.int32)
    for part in buckets.some():
        ends = low[part.segment], high[part.segment]
        start, end = (short.take(rows, axis=0) for rows in ends)
        begin, along = (np.ascontiguousarray(xy.T, dtype=np.int64) for xy in (start, end - start))
        for one, other in _some(*segment_pairs(part, Boxes.of(start, end))):
            pairs = _Pairs.of(begin, along, one, other)
            crossed.append(pairs.crossings())
            item, place = pairs.near_ends(*ends)
            near.append(Near.of(points, low, high, part.segment[item], place))
    return distinct_only(np.concatenate(crossed)), Near.joined(near)


def _some(one: Short, other: Short) -> Iterator[tuple[Ints, Ints]]:
    """Give pairs, some thousands at a time, as numpy looks them up."""
    for at in range(0, len(one), CHUNK):
        some = slice(at, at + CHUNK)
        yield one[some].astype(np.int64), other[some].astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of segments, and how they lie to each other.

    Attributes
    ----------
    i, j
        (n,) rows of the two.
    x, y, dx, dy, ex, ey
        (n,) where i begins, how far it goes, and how far j goes.
    turn, j0, j1, i0, i1
        (n,) twice the areas of triangles, negative where the second lies to the right: of both, of j's ends
        seen from i, and of i's ends seen from j.
    """

    i: Ints
    j: Ints
    x: Ints
    y: Ints
    dx: Ints
    dy: Ints
    ex: Ints
    ey: Ints
    turn: Ints
    j0: Ints
    j1: Ints
    i0: Ints
    i1: Ints

    @classmethod
    def of(cls, start: Ints, along: Ints, i: Ints, j: Ints) -> Self:
        """Take segments from places (2, n) `along` some way (2, n), and the rows of pairs of them."""
        (x, dx, fx, ex), (y, dy, fy, ey) = (
            (begins[i], goes[i], begins[j], goes[j]) for begins, goes in zip(start, along, strict=True)
        )
        fx -= x
        fy -= y
        turn = dx * ey - dy * ex
        j0, i0 = dx * fy - dy * fx, fx * ey - fy * ex
        return cls(i, j, x, y, dx, dy, ex, ey, turn, j0, j0 + turn, i0, i0 - turn)

    def crossings(self) -> Ints:
        """Keys of the squares in which they cross."""
        apart = ((self.j0 < 0) != (self.j1 < 0)) & ((self.i0 < 0) != (self.i1 < 0))
        at = np.flatnonzero(apart & (self.j0 != 0) & (self.j1 != 0) & (self.i0 != 0) & (self.i1 != 0))
        part, turn = self.i0[at], self.turn[at]
        x, y = self.x[at] + _rounded(self.dx[at], part, turn), self.y[at] + _rounded(self.dy[at], part, turn)
        return key_of(np.stack([x, y], axis=1))

    def near_ends(self, low: Ints, high: Ints) -> tuple[Ints, Ints]:
        """Rows of segments, and the ends of the other one that may be near; `low`, `high` are the ends."""
        found = []
        for mine, other, reach, sides in (
            (self.i, self.j, self.dx + np.abs(self.dy), (self.j0, self.j1)),
            (self.j, self.i, self.ex + np.abs(self.ey), (self.i0, self.i1)),
        ):
            for end, side in zip((low, high), sides, strict=True):
                near = np.flatnonzero(2 * np.abs(side) < CLOSE * reach)
                row, place = mine[near], end[other[near]]
                others = np.flatnonzero((place != low[row]) & (place != high[row]))
                found.append(np.stack([row[others], place[others]]))
        row, place = np.concatenate(found, axis=1)
        return row, place


def _rounded(along: Ints, part: Ints, turn: Ints) -> Ints:
    """Round along * part / turn, halves up; without a doubt."""
    offset = along * (part / turn)
    answer = np.floor(offset + 0.5).astype(np.int64)
    doubtful = np.abs(offset - np.floor(offset) - 0.5) < DOUBTFUL
    if doubtful.any():
        numerator = along[doubtful].astype(object) * part[doubtful].astype(object)
        answer[doubtful] = (2 * numerator + turn[doubtful]) // (2 * turn[doubtful].astype(object))
    return answer


def near_squares(buckets: Buckets, xy: Ints, low: Ints, high: Ints, squares: Ints | None = None) -> Near:
    """Which segments come near which hot squares, some or all; those of their own ends, too."""
    near, placed = [], Placed.of(xy, buckets, squares)
    for part in buckets.some():
        ends = (xy.take(rows[part.segment], axis=0).astype(np.int32) for rows in (low, high))
        boxes = Boxes.of(*ends)
        for segment, square in _some(*point_candidates(part, boxes, placed)):
            near.append(Near.of(xy, low, high, segment, square))
    return Near.joined(near)


def passes(xy: Ints, low: Ints, high: Ints, square: Ints) -> tuple[Bools, Bools]:
    """Tell the segments that come within three squares of one, and those that pass through it.

    Squares beyond the box around a segment count as far: its parts stay in there, however they are bent.
    A square holds its left and lower border, as rounding does.
    """
    x, y = xy.T
    x0, y0, px, py = x[low], y[low], x[square], y[square]
    dx, dy = x[high] - x0, y[high] - y0
    px, py = px - x0, py - y0
    aside = 2 * (dx * py - dy * px)
    reach = dx + np.abs(dy)  # dx is never negative
    inside = (px >= 0) & (px <= dx) & (np.minimum(dy, 0) <= py) & (py <= np.maximum(dy, 0))
    # On the lower left corner, which is the square's own: only a falling segment touches it from outside.
    through = (np.abs(aside) < reach) | ((aside == reach) & (dy < 0) & (dx > 0))
    return inside & (np.abs(aside) < CLOSE * reach), inside & through

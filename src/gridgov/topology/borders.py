"""The borders of polygons as a graph that can be walked."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.schema import PRECISION_M
from gridgov.topology.distinct import distinct_only, firsts, in_order
from gridgov.topology.ragged import starts
from gridgov.topology.segments import rings_in

__all__ = ["Borders"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

NONE = -1

#: So many segments are looked at before all of them are.
LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Borders:
    """Vertices, and every segment between two of them once in each direction.

    Attributes
    ----------
    xy
        (n, 2) vertices, by x, then y.
    vertex
        (c,) the vertex of each coordinate of the polygons, in the order of `shapely.get_coordinates`.
    start, end
        (m,) vertices of the directed segments, by start, then end: those that leave vertex `v` are
        `first[v]:first[v + 1]`.
    first
        (n + 1,) see `start`.
    back
        (m,) the same segment in the other direction.
    length
        (m,) metres.
    """

    xy: Floats
    vertex: Ints
    start: Ints
    end: Ints
    first: Ints
    back: Ints
    length: Floats

    @classmethod
    def of(cls, polygons: Geometries) -> Self:
        """Read the borders of polygons whose coordinates lie on the 1 cm grid; equal ones are one vertex."""
        first, vertex = _distinct(xy := shapely.get_coordinates(polygons))
        begin = rings_in(polygons).segments()
        a, b = vertex[begin], vertex[begin + 1]
        size = max(len(first), 1)
        once = distinct_only((np.minimum(a, b) * size + np.maximum(a, b))[a != b])
        start, end, back, leaving = _both_ways(once // size, once % size, len(first))
        places = xy.take(first, axis=0)
        length = np.hypot(*(places.take(end, axis=0) - places.take(start, axis=0)).T)
        return cls(places, vertex, start, end, leaving, back, length)

    @property
    def degree(self) -> Ints:
        """(n,) how many segments meet in each vertex."""
        return np.diff(self.first)

    def has(self, xy: Floats) -> npt.NDArray[np.bool_]:
        """Tell which places (k, 2) are vertices, to the cm."""
        both = np.rint(np.concatenate([self.xy, xy]) / PRECISION_M).astype(np.int64)
        both -= both.min(axis=0, initial=0)
        key = both[:, 0] * (both[:, 1].max(initial=0) + 1) + both[:, 1]
        return np.isin(key[len(self.xy) :], key[: len(self.xy)])

    def drawn_with(self, other: "Borders") -> bool:
        """Tell whether these borders and others have common vertices, and meet nowhere else."""
        return bool(other.has(self.xy).any()) and self.noded_with(other)

    def noded_with(self, other: "Borders", *, within_m: float = PRECISION_M / 2) -> bool:
        """Tell whether these borders and others meet nowhere but in common vertices, to `within_m`."""
        mine, theirs = self.ends(), other.ends()
        middle = slice(max(len(mine) - LOOKED_AT, 0) // 2, (len(mine) + LOOKED_AT) // 2)
        for some in (mine[middle], mine):  # what is not noded is so in many places
            near = theirs[_over(theirs, some)]
            i, j = shapely.STRtree(_lines(near)).query(_lines(some), predicate="intersects")
            apart = np.abs(some.take(i, axis=0)[:, :, None] - near.take(j, axis=0)[:, None]).max(axis=-1)
            if (apart > within_m).all(axis=(1, 2)).any():
                return False
        return True

    def ends(self) -> Floats:
        """(m / 2, 2, 2) where the segments start and end, each once."""
        once = self.once()
        return np.stack([self.xy.take(at[once], axis=0) for at in (self.start, self.end)], axis=1)

    def once(self) -> Ints:
        """(m / 2,) which segments they are that run to the later vertex: each has one that runs back."""
        return np.flatnonzero(self.start < self.end)

    def onward(self) -> Ints:
        """(m,) the segment that follows each one, -1 where it ends in a vertex of other than two segments."""
        one = np.minimum(self.first[self.end], len(self.start) - 1)
        other = np.minimum(one + 1, len(self.start) - 1)
        beyond = np.where(one == self.back, other, one)
        return np.where(self.degree[self.end] == 2, beyond, NONE)  # noqa: PLR2004 (a border that goes on)

    def directions(self, reach_m: float) -> Floats:
        """(m, 2) unit vectors from the start of each segment to where its border is after `reach_m` metres.

        A border ends at the next junction. Costs some array steps per vertex within reach.
        """
        onward = self.onward()
        last, share = np.empty_like(self.start), np.empty(len(self.start))
        walking = at = np.arange(len(self.start))
        left = np.full(len(self.start), float(reach_m))
        while len(walking):
            length, beyond = self.length[at], onward[at]
            ends = (left <= length) | (beyond == NONE)
            last[walking[ends]], share[walking[ends]] = at[ends], (left / length)[ends]
            goes_on = np.flatnonzero(~ends)
            walking, at, left = walking[goes_on], beyond[goes_on], (left - length)[goes_on]
        start, end, share = self.start[last], self.end[last], np.minimum(1.0, share)
        east, north = (
            along[start] + (along[end] - along[start]) * share - along[self.start] for along in self.xy.T
        )
        length = np.maximum(np.hypot(east, north), PRECISION_M)
        return np.stack([east / length, north / length], axis=1)

    def along(self, moves: Floats, *, fixed: npt.NDArray[np.bool_]) -> Floats:
        """Carry moves of some vertices on along the borders between them.

        Parameters
        ----------
        moves
            (n, 2) metres; only those of fixed vertices are read.
        fixed
            (n,) vertices whose move is known; those of other than two segments must be among them.

        Returns
        -------
        (n, 2) moves, linear by length between two fixed vertices; NaN on rings without any.
        """
        end, length = self.end.copy(), self.length.copy()
        jump = np.where(fixed[self.end], NONE, self.onward())
        for _ in range(len(jump).bit_length()):
            going = np.flatnonzero(jump != NONE)
            if not len(going):
                break
            to = jump[going]
            length[going] += length[to]
            end[going], jump[going] = end[to], jump[to]
        answer = np.where(fixed[:, None], moves, np.nan)
        free = np.flatnonzero(~fixed)
        one, other = self.first[free], self.first[free] + 1
        whole = (jump[one] == NONE) & (jump[other] == NONE)
        free, one, other = free[whole], one[whole], other[whole]
        near = (length[other] / (length[one] + length[other]))[:, None]
        answer[free] = moves.take(end[one], axis=0) * near + moves.take(end[other], axis=0) * (1 - near)
        return answer


def _lines(segments: Floats) -> Geometries:
    return np.asarray(shapely.linestrings(segments), dtype=object)


def _over(segments: Floats, others: Floats) -> npt.NDArray[np.bool_]:
    """Tell which segments (n, 2, 2) reach over the stretch of x where the others lie."""
    x = segments[:, :, 0]
    west, east = others[:, :, 0].min(initial=np.inf), others[:, :, 0].max(initial=-np.inf)
    return np.asarray((x.max(axis=1) >= west) & (x.min(axis=1) <= east))


def _both_ways(low: Ints, high: Ints, count: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Answer start, end, back and first of segments that are given by their lower, then upper vertices.

    Of those that leave a vertex, those to lower vertices come before those to higher ones.
    """
    upward, downward = starts(low, count), starts(high, count)
    order, places = in_order(high), np.arange(len(low))
    up, down = places + downward[low + 1], np.empty_like(places)
    down[order] = places + upward[high[order]]
    start, end, back = np.empty((3, 2 * len(low)), dtype=np.int64)
    for one, other, at, beyond in ((low, high, up, down), (high, low, down, up)):
        start[at], end[at], back[at] = one, other, beyond
    return start, end, back, upward + downward


def _distinct(xy: Floats) -> tuple[Ints, Ints]:
    """Row of the first of each distinct coordinate, by x, then y, and the number of each coordinate."""
    if not len(xy):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    # Column by column: that takes a third of the time of both at once.
    x, y = (np.rint(along / PRECISION_M).astype(np.int64) for along in xy.T)
    x -= x.min()
    y -= y.min()
    return firsts(x * (y.max() + 1) + y)

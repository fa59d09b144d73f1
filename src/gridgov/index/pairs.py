"""Points and the cells that belong to them, as pairs."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridgov.index.compiled import compiled, worth_compiling
from gridgov.index.raster import NOBODY

__all__ = ["PairRoom", "Pairs", "merged_pairs", "sorted_pairs"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]

#: There is room for one pair more for so many points, before more has to be made.
_ONE_IN = 8


class Pairs(NamedTuple):
    """Points and the rows of cells that belong to them, sorted by point, distance, row."""

    point: Ints
    row: Rows
    distance_m: Floats


def sorted_pairs(point: Ints, row: Rows, distance: Floats) -> Pairs:
    """Pairs in their order."""
    order = np.lexsort((row, distance, point))
    return Pairs(point[order], row[order], distance[order])


def merged_pairs(row: Rows, looked: Ints, close: Pairs) -> Pairs:
    """Pairs of the points looked at, and of each other point its row, if it is in any."""
    if worth_compiling(len(row)):
        room = PairRoom(len(row))
        room.add(row, np.sort(looked), close)
        return room.pairs()
    single = row != NOBODY
    single[looked] = False
    plain = np.flatnonzero(single)
    pairs = _room(len(plain) + len(close.point))
    place = np.searchsorted(plain, close.point) + np.arange(len(close.point))
    other = np.ones(len(pairs.point), dtype=np.bool_)
    other[place] = False
    pairs.point[other], pairs.row[other], pairs.distance_m[other] = plain, row[plain], 0.0
    pairs.point[place], pairs.row[place], pairs.distance_m[place] = close
    return pairs


class PairRoom:
    """Where the pairs of points are put down with numba, some points after the other.

    Memory that is asked for and not written to is not taken.
    """

    __slots__ = ("_count", "_next", "_pairs")

    def __init__(self, points: int) -> None:
        self._next, self._count = 0, 0
        self._pairs = _room(points + points // _ONE_IN + 1)

    def add(self, row: Rows, looked: Ints, close: Pairs) -> None:
        """Put down the pairs of the next points: of those looked at, sorted, and the rows of the others.

        Points are counted from 0 in `looked` and `close`.
        """
        loops: Any = compiled()
        most = self._count + len(row) + len(close.point) + 1
        if most > len(self._pairs.point):
            self._grow(most + most // _ONE_IN)
        self._count = loops.merged(row, looked, tuple(close), tuple(self._pairs), self._next, self._count)
        self._next += len(row)

    def _grow(self, size: int) -> None:
        known, self._pairs = self.pairs(), _room(size)
        wider = self.pairs()
        wider.point[:], wider.row[:], wider.distance_m[:] = known

    def pairs(self) -> Pairs:
        """All pairs put down."""
        known, count = self._pairs, self._count
        return Pairs(known.point[:count], known.row[:count], known.distance_m[:count])


def _room(size: int) -> Pairs:
    """Pairs to be filled in, in one block: new pages of memory cost more than what is written there."""
    block = np.empty(20 * size, dtype=np.uint8)
    point, distance_m, row = np.split(block, (8 * size, 16 * size))
    return Pairs(point.view(np.int64), row.view(np.int32), distance_m.view(np.float64))

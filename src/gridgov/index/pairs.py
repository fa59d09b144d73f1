"""Points and the cells that belong to them, as pairs."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridgov.index.raster import NOBODY

__all__ = ["Pairs", "joined_pairs", "merged_pairs", "sorted_pairs", "without_alone"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]


class Pairs(NamedTuple):
    """Points and the rows of cells that belong to them, sorted by point, distance, row."""

    point: Ints
    row: Rows
    distance_m: Floats

    def moved(self, number: int) -> "Pairs":
        """The same of points that so many others come before."""
        return self._replace(point=self.point + number)


_NOTHING: Final = Pairs(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0))


def sorted_pairs(point: Ints, row: Rows, distance: Floats) -> Pairs:
    """Pairs in their order."""
    order = np.lexsort((row, distance, point))
    return Pairs(point[order], row[order], distance[order])


def joined_pairs(parts: Sequence[Pairs]) -> Pairs:
    """Pairs of some points after those of others."""
    point, row, distance = zip(*(_NOTHING, *parts), strict=True)
    return Pairs(np.concatenate(point), np.concatenate(row), np.concatenate(distance))


def without_alone(pairs: Pairs, row: Rows) -> Pairs:
    """Pairs without those of points that have their own row only."""
    apart = np.ones(len(pairs.point) + 1, dtype=np.bool_)
    apart[1:-1] = pairs.point[1:] != pairs.point[:-1]
    kept = ~(apart[1:] & apart[:-1]) | (pairs.row != row[pairs.point])
    return Pairs(pairs.point[kept], pairs.row[kept], pairs.distance_m[kept])


def merged_pairs(row: Rows, close: Pairs) -> Pairs:
    """Pairs of some points, and of each other point its row; `row` is -1 for the former."""
    plain = np.flatnonzero(row != NOBODY)
    size = len(plain) + len(close.point)
    pairs = Pairs(np.empty(size, np.int64), np.empty(size, np.int32), np.empty(size, np.float64))
    place = np.searchsorted(plain, close.point) + np.arange(len(close.point))
    other = np.ones(size, dtype=np.bool_)
    other[place] = False
    pairs.point[other], pairs.row[other], pairs.distance_m[other] = plain, row[plain], 0.0
    pairs.point[place], pairs.row[place], pairs.distance_m[place] = close
    return pairs

"""Points and the cells that belong to them, as pairs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridgov.index.compiled import compiled, worth_compiling
from gridgov.index.raster import NOBODY

__all__ = ["Pairs", "merged_pairs", "sorted_pairs"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]

#: Points counted at a time.
_CHUNK = 1 << 16


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
    size = _somewhere(row) - _somewhere(row[looked]) + len(close.point)
    loops = compiled() if worth_compiling(len(row)) else None
    if loops is not None:
        pairs = _room(size + 1)
        loops.merged(row, np.sort(looked), tuple(close), tuple(pairs))
        return Pairs(pairs.point[:size], pairs.row[:size], pairs.distance_m[:size])
    pairs = _room(size)
    single = row != NOBODY
    single[looked] = False
    plain = np.flatnonzero(single)
    place = np.searchsorted(plain, close.point) + np.arange(len(close.point))
    other = np.ones(size, dtype=np.bool_)
    other[place] = False
    pairs.point[other], pairs.row[other], pairs.distance_m[other] = plain, row[plain], 0.0
    pairs.point[place], pairs.row[place], pairs.distance_m[place] = close
    return pairs


def _somewhere(row: Rows) -> int:
    """How many points are in a polygon; counted in memory that stays in the processor's cache."""
    parts = range(0, len(row), _CHUNK)
    return sum(int(np.count_nonzero(row[begin : begin + _CHUNK] != NOBODY)) for begin in parts)


def _room(size: int) -> Pairs:
    """Pairs to be filled in, in one block: new pages of memory cost more than what is written there."""
    block = np.empty(20 * size, dtype=np.uint8)
    point, distance_m, row = np.split(block, (8 * size, 16 * size))
    return Pairs(point.view(np.int64), row.view(np.int32), distance_m.view(np.float64))

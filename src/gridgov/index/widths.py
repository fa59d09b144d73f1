"""Candidates of points that each look another way around: asked by a few widths, kept by their own."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from gridgov.index.pairs import Pairs

__all__ = ["pairs_of_widths"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Points whose widths differ by less than this factor are asked together, with the widest.
_FACTOR = 1.5
#: Below this many metres all are asked together.
_SMALL_M = 1.0


def pairs_of_widths(within: Callable[[Ints, float], Pairs], widths_m: Floats) -> Pairs:
    """Cells within its own width of each point, sorted by point, distance, row.

    Parameters
    ----------
    within
        The pairs of some points (by number) for one width in metres; points are counted from 0 in them.
    widths_m
        (n,) metres, one per point, finite and not negative.
    """
    found = []
    for points, width in _classes(widths_m):
        pairs = within(points, width)
        number = points[pairs.point]
        own = pairs.distance_m <= widths_m[number]
        found.append((number[own], pairs.row[own], pairs.distance_m[own]))
    if not found:
        return within(np.zeros(0, dtype=np.int64), 0.0)
    point, row, distance = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((row, distance, point))
    return Pairs(point[order], row[order], distance[order])


def _classes(widths_m: Floats) -> Iterator[tuple[Ints, float]]:
    """Points by classes of like widths, with the widest of each."""
    step = np.ceil(np.log(np.maximum(widths_m, _SMALL_M)) / np.log(_FACTOR)).astype(np.int64)
    for number in np.unique(step):
        points = np.flatnonzero(step == number)
        yield points, float(widths_m[points].max())

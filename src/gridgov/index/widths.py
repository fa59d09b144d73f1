"""Candidates of points that each look another way around: asked by a few widths, kept by their own."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from gridgov.index.pairs import Pairs, joined_pairs, sorted_pairs, without_alone

__all__ = ["located_of_widths"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]

#: Points whose widths differ by less than this factor are asked together, with the widest.
_FACTOR = 1.5
#: Below this many metres all are asked together.
_SMALL_M = 1.0


def located_of_widths(
    asked: Callable[[Ints, float], tuple[Rows, Flags, Pairs]], widths_m: Floats
) -> tuple[Rows, Flags, Pairs]:
    """What `gridgov.index.answers.located_within` says of points, each with a width of its own.

    Parameters
    ----------
    asked
        What it says of some points (by number) for one width in metres; points are counted from 0 in it.
    widths_m
        (n,) metres, one per point, finite and not negative.
    """
    row, several = np.empty(len(widths_m), dtype=np.int32), np.empty(len(widths_m), dtype=np.bool_)
    found = []
    for points, width in _classes(widths_m):
        row[points], several[points], pairs = asked(points, width)
        number = points[pairs.point]
        own = pairs.distance_m <= widths_m[number]
        found.append(Pairs(number[own], pairs.row[own], pairs.distance_m[own]))
    return row, several, without_alone(sorted_pairs(*joined_pairs(found)), row)


def _classes(widths_m: Floats) -> Iterator[tuple[Ints, float]]:
    """Points by classes of like widths, with the widest of each."""
    step = np.ceil(np.log(np.maximum(widths_m, _SMALL_M)) / np.log(_FACTOR)).astype(np.int64)
    for number in np.unique(step):
        points = np.flatnonzero(step == number)
        yield points, float(widths_m[points].max())

"""Points asked in the raster with numba, if it is installed: the same answers, several times as fast.

Nothing here is needed: without numba, numpy answers.
"""

import importlib.util
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from gridgov.errors import GridgovWarning
from gridgov.words.locating import WORDS

__all__ = [
    "Loops",
    "compiled",
    "count_points",
    "expect_points",
    "loaded",
    "worth_compiling",
    "worth_compiling_to_draw",
]

#: To load numba takes as long as numpy takes to locate so many points, about half a second.
_WORTH = 2_000_000

#: Loops saved by each point of a table: it is read, located, and its candidates are found.
_PASSES = 3

#: Points that numpy locates in the time in which it draws one piece of border.
_POINTS_PER_PIECE = 20


def worth_compiling(points: int) -> bool:
    """Whether so many points are to be asked with numba: it is there, and loaded already or worth it."""
    return (points >= _WORTH or compiled.cache_info().currsize > 0) and compiled() is not None


def loaded() -> bool:
    """Whether the loops are at hand, for whatever number of rows."""
    return worth_compiling(0)


def expect_points(points: int) -> None:
    """Say that so many points will be asked for cells and candidates, in however many batches."""
    worth_compiling(points * _PASSES)


class _Counted:
    """Points that this process was asked so far by those who cannot know how many will come."""

    points = 0


def count_points(points: int) -> None:
    """Say that so many more points are asked, and that none knows how many will follow.

    As many as so far, it is supposed: numba is loaded when it would have paid already.
    """
    _Counted.points += points
    expect_points(_Counted.points)


def worth_compiling_to_draw(pieces: int) -> bool:
    """Whether a raster of so many pieces of border is to be drawn with numba."""
    return worth_compiling(pieces * _POINTS_PER_PIECE)


class Loops(NamedTuple):
    """The compiled loops over points: all, the flagged ones, those near borders.

    `told_alone` is `told` in one thread; both count flagged points for each `step` of so many. `threads` says
    how many there are to be.
    """

    step: int
    threads: Callable[[], int]
    told: Callable[..., Any]
    told_alone: Callable[..., Any]
    flagged: Callable[..., Any]
    near_pairs: Callable[..., Any]


@cache
def compiled() -> Loops | None:
    """The compiled loops over points, None without numba.

    It is compiled once per machine, which takes some seconds, and kept beside the source or, where that
    cannot be written, in the user's cache folder.
    """
    if importlib.util.find_spec("numba") is None:
        return None
    try:
        from numba import get_num_threads

        from gridgov.index.border_loops import near_pairs
        from gridgov.index.loops import STEP, flagged, told, told_alone
    except ImportError as error:
        warnings.warn(
            WORDS("numba", error=error),
            GridgovWarning,
            stacklevel=2,
        )
        return None
    # With its first loop numba loads what it knows of numpy: here, wherever this is called meanwhile.
    flagged(np.zeros(0, np.uint8), np.zeros(0, np.int64), np.uint8(1))
    return Loops(STEP, get_num_threads, told, told_alone, flagged, near_pairs)

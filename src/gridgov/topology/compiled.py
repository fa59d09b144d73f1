"""The loops of a merge with numba, if it is installed: the same answers in less time.

Nothing here is needed: without numba, numpy answers.
"""

import importlib.util
import warnings
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from gridgov.errors import GridgovWarning
from gridgov.words.locating import WORDS

__all__ = ["Loops", "compiled", "worth_compiling"]

#: To load numba takes about as long as it saves where one step has so many segments: half a second.
_WORTH = 250_000


class Loops(NamedTuple):
    """The compiled loops: segments that cross, squares near segments, walks around cycles."""

    crossing_pairs: Callable[..., Any]
    near_pairs: Callable[..., Any]
    walked: Callable[..., Any]


def worth_compiling(segments: int) -> bool:
    """Whether so many segments are to be asked with numba: it is there, and loaded already or worth it."""
    return (segments >= _WORTH or compiled.cache_info().currsize > 0) and compiled() is not None


@cache
def compiled() -> Loops | None:
    """The compiled loops, None without numba.

    They are compiled once per machine, which takes some seconds, and kept beside the source or, where that
    cannot be written, in the user's cache folder.
    """
    if importlib.util.find_spec("numba") is None:
        return None
    try:
        from gridgov.topology.cycle_loops import walked
        from gridgov.topology.meeting_loops import crossing_pairs, near_pairs
    except ImportError as error:
        warnings.warn(WORDS("numba", error=error), GridgovWarning, stacklevel=2)
        return None
    return Loops(crossing_pairs, near_pairs, walked)

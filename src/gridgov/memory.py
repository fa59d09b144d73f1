"""Memory that is free in this process."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["give_back", "keep_freed", "no_cycles_sought"]

#: What glibc's mallopt sets (malloc.h): free bytes at the end that are not given back, bytes from which on an
#: array has memory of its own, and pools of memory for threads.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
#: Arrays of a batch are smaller than this, and all of them together than that.
_ARRAY, _ARRAYS = 1 << 25, 1 << 28

#: So many polygons take so much memory that giving it back is worth its time.
MANY = 50_000


def keep_freed() -> None:
    """Let the C library (glibc) keep what is freed for arrays to come, of whatever thread.

    For a program whose batches need the same memory again and again: where the system must give it anew, and
    clear it, that takes longer than to write it. For the rest of the process.
    """
    if not sys.platform.startswith("linux"):
        return
    option = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    if option is not None:
        for setting, value in ((_TRIM_THRESHOLD, _ARRAYS), (_MMAP_THRESHOLD, _ARRAY), (_ARENA_MAX, 1)):
            option(setting, value)


def give_back(polygons: int) -> None:
    """Give memory that is free back to the system, where the C library can do so (glibc).

    GEOS asks for millions of small blocks. What is free among them later is of no use to large arrays, which
    take new memory beside it. Takes some hundredths of a second, and as long again when it is asked for anew:
    where no more than some thousand `polygons` were worked on, nothing is given back.
    """
    if polygons < MANY or not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    if trim is not None:
        trim(0)


@contextmanager
def no_cycles_sought() -> Iterator[None]:
    """Let Python not look for objects that hold each other; what nobody holds goes at once, as ever.

    It looks again and again at all objects that are there, and polygons count: with some hundred thousand of
    them that is a tenth of the time of a merge. Where somebody turned it off before, it stays so.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

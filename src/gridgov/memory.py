"""Memory that is free in this process."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["give_back", "no_cycles_sought"]


def give_back() -> None:
    """Give memory that is free back to the system, where the C library can do so (glibc).

    GEOS asks for millions of small blocks. What is free among them later is of no use to large arrays, which
    take new memory beside it. Takes some hundredths of a second.
    """
    if not sys.platform.startswith("linux"):
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

"""Memory that is free in this process."""

import ctypes
import sys

__all__ = ["give_back"]


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

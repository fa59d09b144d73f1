"""The loops that find which pieces meet which pixels; imported only where numba is.

Rows of pixels are drawn by bands, so that what a band needs stays in the processor's cache.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["banded", "listed", "pairs_met"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")
_inlined: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, inline="always")


@_inlined
def _rows_met(low: Any, high: Any, reach: Any, height: Any) -> Any:
    return max(np.int64(np.floor(low - reach)), 0), min(np.int64(np.floor(high + reach)), height - 1)


@_inlined
def _columns_met(ends: Any, row: Any, reach: Any, width: Any) -> Any:
    ua, va, ub, vb = ends
    rise = vb - va
    if rise == 0:
        one, other = ua, ub
    else:
        one = ua + min(max((row - reach - va) / rise, 0.0), 1.0) * (ub - ua)
        other = ua + min(max((row + 1 + reach - va) / rise, 0.0), 1.0) * (ub - ua)
    first = max(np.int64(np.floor(min(one, other) - reach)), 0)
    return first, min(np.int64(np.floor(max(one, other) + reach)), width - 1)


@_compiled
def pairs_met(drawing: Any, grid: Any, reach: Any) -> Any:
    """How many pairs there are of a piece and a pixel that it comes within `reach` of."""
    u, v, a, b = drawing
    width, height = grid
    total = 0
    for i in range(len(a)):
        ends = (u[a[i]], v[a[i]], u[b[i]], v[b[i]])
        lowest, highest = _rows_met(min(ends[1], ends[3]), max(ends[1], ends[3]), reach, height)
        for row in range(lowest, highest + 1):
            first, last = _columns_met(ends, row, reach, width)
            total += last - first + 1
    return total


@_compiled
def banded(drawing: Any, height: Any, band: Any, reach: Any) -> Any:
    """Where the pieces of each band of rows begin in a list, and the list; in their order."""
    _, v, a, b = drawing
    begin = np.zeros((height + band - 1) // band + 2, dtype=np.int64)
    for i in range(len(a)):
        va, vb = v[a[i]], v[b[i]]
        lowest, highest = _rows_met(min(va, vb), max(va, vb), reach, height)
        for k in range(lowest // band, highest // band + 1):
            begin[k + 2] += 1
    for k in range(2, len(begin)):
        begin[k] += begin[k - 1]
    pieces = np.empty(begin[-1], dtype=np.int32)
    for i in range(len(a)):
        va, vb = v[a[i]], v[b[i]]
        lowest, highest = _rows_met(min(va, vb), max(va, vb), reach, height)
        for k in range(lowest // band, highest // band + 1):
            pieces[begin[k + 1]] = i
            begin[k + 1] += 1
    return begin[:-1], pieces


@_compiled
def listed(ends: Any, place: Any, reach: Any, end: Any) -> Any:
    """The pieces of a band pixel by pixel; `end` gets where those of each pixel end in this list."""
    width, height, below, above = place
    end[:] = 0
    for i in range(len(ends)):
        four = (ends[i, 0], ends[i, 1], ends[i, 2], ends[i, 3])
        lowest, highest = _rows_met(min(four[1], four[3]), max(four[1], four[3]), reach, height)
        for row in range(max(lowest, below), min(highest, above - 1) + 1):
            first, last = _columns_met(four, row, reach, width)
            for column in range(first, last + 1):
                end[(row - below) * width + column] += 1
    total, longest = 0, 0
    for pixel in range(len(end)):
        count = end[pixel]
        end[pixel] = total
        total += count
        longest = max(longest, count)
    pieces = np.empty(total, dtype=np.int32)
    for i in range(len(ends)):
        four = (ends[i, 0], ends[i, 1], ends[i, 2], ends[i, 3])
        lowest, highest = _rows_met(min(four[1], four[3]), max(four[1], four[3]), reach, height)
        for row in range(max(lowest, below), min(highest, above - 1) + 1):
            first, last = _columns_met(four, row, reach, width)
            for column in range(first, last + 1):
                at = (row - below) * width + column
                pieces[end[at]] = i
                end[at] += 1
    return pieces, longest

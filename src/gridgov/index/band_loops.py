"""The loops that find which pieces meet which pixels; imported only where numba is.

Rows of pixels are drawn by bands, so that what a band needs stays in the processor's cache.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["banded", "listed"]

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
def banded(drawing: Any, grid: Any, band: Any, reach: Any) -> Any:
    """Where the pieces of each band of rows begin in a list; the list; how many pairs each band has.

    Pieces keep their order. Pairs are of a piece and a pixel that it comes within `reach` of.
    """
    corners, numbers = drawing
    width, height = grid
    bands = (height + band - 1) // band
    begin, pairs = np.zeros(bands + 2, dtype=np.int64), np.zeros(bands, dtype=np.int64)
    for i in range(len(numbers)):
        a, b = numbers[i, 0], numbers[i, 1]
        ends = (corners[a, 0], corners[a, 1], corners[b, 0], corners[b, 1])
        lowest, highest = _rows_met(ends[1], ends[3], reach, height)
        for k in range(lowest // band, highest // band + 1):
            begin[k + 2] += 1
        for row in range(lowest, highest + 1):
            first, last = _columns_met(ends, row, reach, width)
            pairs[row // band] += last - first + 1
    for k in range(2, len(begin)):
        begin[k] += begin[k - 1]
    pieces = np.empty(begin[-1], dtype=np.int32)
    for i in range(len(numbers)):
        low, high = corners[numbers[i, 0], 1], corners[numbers[i, 1], 1]
        lowest, highest = _rows_met(low, high, reach, height)
        for k in range(lowest // band, highest // band + 1):
            pieces[begin[k + 1]] = i
            begin[k + 1] += 1
    return begin[:-1], pieces, pairs


@_compiled
def listed(gathered: Any, count: Any, place: Any, reach: Any, end: Any, pairs: Any) -> Any:
    """List the pieces of a band pixel by pixel, in the last of `pairs`; the longest list of a pixel.

    `gathered` holds the ends of `count` pieces. `end` gets where those of each pixel end in the list. The
    others of `pairs` are room for pixels and pieces as they are found.
    """
    width, height, below, above = place
    pixels, found, listing = pairs
    end[:] = 0
    total = 0
    for i in range(count):
        four = (gathered[i, 0], gathered[i, 1], gathered[i, 2], gathered[i, 3])
        lowest, highest = _rows_met(four[1], four[3], reach, height)
        for row in range(max(lowest, below), min(highest, above - 1) + 1):
            first, last = _columns_met(four, row, reach, width)
            for at in range((row - below) * width + first, (row - below) * width + last + 1):
                pixels[total], found[total] = at, i
                end[at] += 1
                total += 1
    before, longest = 0, 0
    for pixel in range(len(end)):
        here = end[pixel]
        end[pixel] = before
        before += here
        longest = max(longest, here)
    for n in range(total):
        at = pixels[n]
        listing[end[at]] = found[n]
        end[at] += 1
    return longest

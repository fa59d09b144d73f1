"""The loops that find which polygon holds the middle of each pixel; imported only where numba is.

They say what `gridgov.index.fill` says with numpy, bit by bit; there is said why.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["filled"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")

_NOBODY, _SEVERAL = -1, -2


@_compiled
def filled(drawing: Any, side: Any, weight: Any, grid: Any, bands: Any, band: Any, code: Any) -> None:
    """Put down for each pixel the polygon that holds its middle: see `gridgov.index.fill.fill`."""
    corners, numbers = drawing
    width, height = grid
    begin, pieces = bands
    sums = np.empty(band * width, dtype=np.uint64)
    for k in range(len(begin) - 1):
        below, above = k * band, min((k + 1) * band, height)
        sums[:] = 0
        for i in pieces[begin[k] : begin[k + 1]]:
            a, b = numbers[i, 0], numbers[i, 1]
            ua, va, ub, vb = corners[a, 0], corners[a, 1], corners[b, 0], corners[b, 1]
            total = np.uint64(0)
            for member in range(2):
                row = numbers[i, 2 + member]
                if row != _NOBODY:
                    own = weight[row]
                    total += np.uint64(0) - own if side[i, member] > 0 else own
            lowest = max(np.int64(np.ceil(va - 0.5)), below)
            for line in range(lowest, min(np.int64(np.ceil(vb - 0.5)), above)):
                east = ua + (line + 0.5 - va) / (vb - va) * (ub - ua)
                sums[(line - below) * width + np.int64(np.floor(east - 0.5) + 1)] += total
        _named(sums, weight, code[below * width : above * width])


@_compiled
def _named(sums: Any, weight: Any, code: Any) -> None:
    total = np.uint64(0)
    for pixel in range(len(code)):
        total += sums[pixel]
        number = np.int64(total & np.uint64(0xFFFFFFFF))
        if total == 0:
            code[pixel] = _NOBODY
        elif 1 <= number <= len(weight) and total == weight[number - 1]:
            code[pixel] = number - 1
        else:
            code[pixel] = _SEVERAL

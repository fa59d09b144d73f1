"""The loops over points that numba compiles; imported only where numba is.

Time goes into waiting for memory: a pixel here, its record there, its lines and polygons elsewhere. So each
step takes some thousand points through one kind of memory at a time; the processor then asks for many places
before it needs the first.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["told"]

#: Points of one step, and steps that one thread takes in a row.
STEP, STEPS = 2048, 32

#: Flags of a point: it lies in several polygons; it lies near a line.
SEVERAL, CLOSE = np.uint8(1), np.uint8(2)

_HARD = np.uint32(1 << 31)

#: Position of the only bit set, by the upper five bits of its product with a de Bruijn sequence.
_SEQUENCE = np.uint32(0x077CB531)
_POSITION = np.zeros(32, dtype=np.int32)
_POSITION[[((0x077CB531 << bit) & 0xFFFFFFFF) >> 27 for bit in range(32)]] = range(32)

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True)


@numba.njit(parallel=True, nogil=True, cache=True)  # type: ignore[untyped-decorator]
def told(raster: Any, grid: Any, x: Any, y: Any, near: Any) -> Any:
    """Row of each point, and its flags; see `gridgov.index.asking`.

    `raster` holds code, records, lines and rows; `grid` west, south, columns per x, rows per y, width and
    height; `near` is in pixels.
    """
    size, span = len(x), STEP * STEPS
    row = np.empty(size, dtype=np.int32)
    flag = np.empty(size, dtype=np.uint8)
    for part in numba.prange((size + span - 1) // span):
        desk = _desk()
        for first in range(part * span, min((part + 1) * span, size), STEP):
            after = min(first + STEP, size)
            count = _pixels(raster[0], grid, (x[first:after], y[first:after]), row[first:after], desk)
            flag[first:after] = 0
            _records(raster, row[first:after], count, desk)
            _answers(raster, (row[first:after], flag[first:after]), count, desk, near)
    return row, flag


@_compiled
def _desk() -> Any:
    """Where a step keeps what it knows of points that have a record."""
    return (
        np.empty(STEP + 1, dtype=np.int64),
        np.empty(STEP + 1, dtype=np.float32),
        np.empty(STEP + 1, dtype=np.float32),
        np.empty((STEP + 1, 3), dtype=np.int32),
        np.empty(STEP + 1, dtype=np.uint32),
        np.empty(STEP + 1, dtype=np.float32),
        np.empty(STEP + 1, dtype=np.int64),
    )


@_compiled
def _pixels(code: Any, grid: Any, points: Any, row: Any, desk: Any) -> Any:
    """Fetch the pixel of each point; how many have a record."""
    x, y = points
    west, south, columns_per_x, rows_per_y, width, height = grid
    waiting, across, up, _, _, _, place = desk
    for i in range(len(x)):
        u, v = (x[i] - west) * columns_per_x, (y[i] - south) * rows_per_y
        there = (u >= 0) & (u < width) & (v >= 0) & (v < height)
        place[i] = np.int64(v) * width + np.int64(u) if there else -1
    for i in range(len(x)):
        row[i] = code[place[i]] if place[i] >= 0 else -1
    count = 0
    for i in range(len(x)):
        u, v = (x[i] - west) * columns_per_x, (y[i] - south) * rows_per_y
        waiting[count] = i
        across[count] = u - np.floor(u)
        up[count] = v - np.floor(v)
        count += row[i] < -1
    return count


@_compiled
def _records(raster: Any, row: Any, count: Any, desk: Any) -> None:
    """Fetch the records, then try the first two lines of each."""
    _, records, lines, _ = raster
    waiting, across, up, heads, state, nearest, _ = desk
    for k in range(count):
        record = -2 - row[waiting[k]]
        heads[k, 0] = records[record, 0]
        heads[k, 1] = records[record + 1, 0]
        heads[k, 2] = records[record, 1]
        state[k] = np.uint32(records[record, 2])
    for k in range(count):
        line = lines[heads[k, 0]]
        off = line.nu * across[k] + line.nv * up[k] + line.c
        crossed = (off > 0) & (up[k] >= line.low) & (up[k] < line.high)
        state[k] ^= line.mask * np.uint32(crossed)
        nearest[k] = abs(off)
    for k in range(count):
        # The last line for the second: the first again where there is one only, which changes nothing.
        line = lines[min(heads[k, 0] + 1, heads[k, 1] - 1)]
        off = line.nu * across[k] + line.nv * up[k] + line.c
        crossed = (off > 0) & (up[k] >= line.low) & (up[k] < line.high) & (heads[k, 0] + 1 < heads[k, 1])
        state[k] ^= line.mask * np.uint32(crossed)
        nearest[k] = min(nearest[k], abs(off))


@_compiled
def _answers(raster: Any, answer: Any, count: Any, desk: Any, near: Any) -> None:
    """Try the other lines, then fetch the polygons."""
    _, _, lines, rows = raster
    row, flag = answer
    waiting, across, up, heads, state, nearest, place = desk
    longer = 0
    for k in range(count):
        place[longer] = k
        longer += heads[k, 0] + 2 < heads[k, 1]
    for n in range(longer):
        k = place[n]
        for j in range(heads[k, 0] + 2, heads[k, 1]):
            line = lines[j]
            off = line.nu * across[k] + line.nv * up[k] + line.c
            crossed = (off > 0) & (up[k] >= line.low) & (up[k] < line.high)
            state[k] ^= line.mask * np.uint32(crossed)
            nearest[k] = min(nearest[k], abs(off))
    for k in range(count):
        i, bits = waiting[k], state[k]
        hard = (bits & _HARD) != 0
        lowest = bits & (~bits + np.uint32(1))
        at = heads[k, 2] + _POSITION[np.uint32(lowest * _SEQUENCE) >> 27]
        row[i] = -1 if hard or bits == 0 else rows[at]
        several = (bits != lowest) & (not hard)
        close = hard | (nearest[k] <= near)
        flag[i] = SEVERAL * np.uint8(several) + CLOSE * np.uint8(close)

"""One point asked in the raster without arrays, which take longer to make than it takes to answer."""

from typing import Final

import numpy as np

from gridgov.index.raster import (
    BITS,
    FIRST_LINES,
    FIRST_ROWS,
    LINE_WORDS,
    NOBODY,
    ROWS_SHIFT,
    UNIT_WORDS,
    Raster,
)

__all__ = ["plainly_in"]

_LINES: Final = (1 << ROWS_SHIFT) - 1


def plainly_in(raster: Raster, x: float, y: float, *, border_m: float) -> int:
    """Row of the only polygon that holds a point and has no border within `border_m` of it.

    -1 where this is not so, or where the point's own pixel does not tell: then ask
    `gridgov.index.answers`, which says the same.
    """
    grid = raster.grid
    u, v = (x - grid.west) * grid.columns_per_x, (y - grid.south) * grid.rows_per_y
    near = border_m / grid.pixel_m + raster.doubt
    # NaN and infinity are nowhere: comparisons with them are false.
    if not (0 <= u < grid.width and 0 <= v < grid.height and border_m >= 0 and near <= raster.reach):
        return NOBODY
    column, line = int(u), int(v)
    code = raster.code[line * grid.width + column]
    if code >= NOBODY:
        return int(code)
    unit = -2 - int(code)
    bits = _bits(raster, unit, u - column, v - line, near=near)
    if bits <= 0 or bits & (bits - 1):
        return NOBODY
    place = bits.bit_length() - 1
    at = unit * UNIT_WORDS + place + 2
    if place >= FIRST_ROWS:
        further = int(raster.units[unit, 0]) & _LINES
        at += UNIT_WORDS - FIRST_ROWS - 2 + LINE_WORDS * max(further - len(FIRST_LINES), 0)
    return int(raster.units.reshape(-1)[at])


def _bits(raster: Raster, unit: int, u: float, v: float, *, near: float) -> int:
    """Bits of the polygons that hold a place in a pixel; 0 if a line is near, or the record tells nothing."""
    words = raster.units[unit]
    head, bits = int(words[0]), int(words[1])
    count = head & _LINES
    if bits < 0 or not count:
        return max(0, bits)
    further = LINE_WORDS * max(count - len(FIRST_LINES), 0)
    if further:
        begin = unit * UNIT_WORDS
        words = raster.units.reshape(-1)[begin : begin + UNIT_WORDS + further]
    numbers, masks = words.view(np.float32).tolist(), words.tolist()
    for at in range(FIRST_LINES[0], FIRST_LINES[0] + LINE_WORDS * count, LINE_WORDS):
        nu, nv, c, low, high = numbers[at : at + LINE_WORDS - 1]
        off = nu * u + nv * v + c
        if abs(off) <= near:
            return 0
        if off > 0 and low <= v < high:
            bits ^= masks[at + LINE_WORDS - 1] & ((1 << BITS) - 1)
    return bits

"""Points asked in the raster, with numpy."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridgov.index.compiled import compiled, worth_compiling
from gridgov.index.raster import (
    BITS,
    FIRST_LINES,
    HARD,
    LINE_WORDS,
    NOBODY,
    ROWS_SHIFT,
    UNIT_WORDS,
    Raster,
    first_record,
)
from gridgov.index.spread import spread

__all__ = ["Asked", "ask", "ask_again", "ask_compiled", "grid_of", "holders", "lowest_bit"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint32]
Singles = NDArray[np.float32]

#: Points asked at a time: what they need stays in the processor's cache.
_CHUNK = 1 << 16

#: More points than this are shared among threads. Those of a batch have others to work with meanwhile.
_SHARED = 1 << 18

#: Position of the only bit set, by the bit modulo 37 (a prime of which 2 is a primitive root).
_POSITION = np.zeros(37, dtype=np.int64)
_POSITION[[pow(2, bit, 37) for bit in range(32)]] = range(32)


class Asked(NamedTuple):
    """What the raster says of points.

    Attributes
    ----------
    row
        (n,) int32: the polygon each point lies in, the first by rank, -1 for none. Not to be trusted for
        points nearer to a line than the raster's doubt.
    several
        (n,) whether it lies in several polygons; not to be trusted likewise.
    point, record, state, nearest
        Of the points that lie as near to a line as was asked (or in a pixel whose record tells nothing):
        which they are, their record, the bits of the polygons they lie in, and how near, in pixels (0 where
        the record tells nothing).
    """

    row: NDArray[np.int32]
    several: NDArray[np.bool_]
    point: Ints
    record: Ints
    state: Bits
    nearest: NDArray[np.float32]


def ask(raster: Raster, x: Floats, y: Floats, *, near: float, overlaps: bool = False) -> Asked:
    """Which polygon each point lies in, and which points come within `near` pixels of a line.

    With `overlaps` those that lie in several polygons are told of too, however far from a line.
    """
    if worth_compiling(len(x)):
        row, flag, close = ask_compiled(raster, x, y, near=near, overlaps=overlaps)
        again = ask_again(raster, x[close], y[close])
        return again._replace(row=row, several=(flag & 1).view(np.bool_), point=close[again.point])
    parts = [
        _ask(raster, x[begin : begin + _CHUNK], y[begin : begin + _CHUNK], near=near, overlaps=overlaps)
        for begin in range(0, max(len(x), 1), _CHUNK)
    ]
    if len(parts) == 1:
        return parts[0]
    moved = [part._replace(point=part.point + k * _CHUNK) for k, part in enumerate(parts)]
    return Asked(*(np.concatenate(column) for column in zip(*moved, strict=True)))


def ask_compiled(
    raster: Raster, x: Floats, y: Floats, *, near: float, overlaps: bool
) -> tuple[NDArray[np.int32], NDArray[np.uint8], Ints]:
    """Rows of points, with numba; flags, 1 in several polygons, 2 within `near` pixels of a line; near ones.

    With `overlaps` those in several polygons are among the last.
    """
    loops: Any = compiled()
    told = loops.told if len(x) > _SHARED else loops.told_alone
    # One block, large enough for large pages: small ones, new each time, cost a fifth of all.
    block = np.empty(5 * len(x), dtype=np.uint8)
    row, flag = block[: 4 * len(x)].view(np.int32), block[4 * len(x) :]
    counts = np.empty(-(-len(x) // loops.step), dtype=np.int64)
    told(raster.code, raster.units, grid_of(raster), (x, y), np.float32(near), (row, flag, counts))
    return row, flag, loops.flagged(flag, counts, np.uint8(3 if overlaps else 2))


def grid_of(raster: Raster) -> tuple[float, float, float, float, int, int]:
    """The pixels as the compiled loops take them."""
    grid = raster.grid
    return grid.west, grid.south, grid.columns_per_x, grid.rows_per_y, grid.width, grid.height


def ask_again(raster: Raster, x: Floats, y: Floats) -> Asked:
    """What the raster says of all points that have a record, however near a line is; with numpy."""
    return _ask(raster, x, y, near=np.inf, overlaps=False)


def _ask(raster: Raster, x: Floats, y: Floats, *, near: float, overlaps: bool) -> Asked:
    grid = raster.grid
    u, v = grid.across(x), grid.up(y)
    # NaN and infinity are nowhere: comparisons with them are false.
    there = (u >= 0) & (u < grid.width) & (v >= 0) & (v < grid.height)
    column = np.where(there, u, 0.0).astype(np.int32)
    line = np.where(there, v, 0.0).astype(np.int32)
    row = raster.code[line.astype(np.int64) * grid.width + column]
    row[~there] = NOBODY
    point = np.flatnonzero(row < NOBODY)
    record = first_record(row[point]).astype(np.int64)
    across = (u[point] - column[point]).astype(np.float32)
    up = (v[point] - line[point]).astype(np.float32)
    state, nearest = _told(raster, record, across, up)
    place = lowest_bit(state)
    told = place < BITS
    row[point] = NOBODY
    row[point[told]] = raster.polygon(record[told], place[told])
    many = (state & (state - np.uint32(1)) & ~HARD) != 0
    several = np.zeros(len(x), dtype=np.bool_)
    several[point] = many
    close = np.flatnonzero((nearest <= near) | many if overlaps else nearest <= near)
    return Asked(row, several, point[close], record[close], state[close], nearest[close])


def _told(raster: Raster, record: Ints, u: Singles, v: Singles) -> tuple[Bits, Singles]:
    """Bits of the polygons that hold places in their pixel, and the distance to the nearest line."""
    unit = np.take(raster.units, record, axis=0)
    state = unit[:, 1].view(np.uint32).copy()
    nearest = np.full(len(record), np.inf, dtype=np.float32)
    for at in FIRST_LINES:
        crossed, off = _crossed(unit[:, at : at + LINE_WORDS], u, v)
        state ^= crossed
        np.minimum(nearest, off, out=nearest)
    counts = (unit[:, 0] & ((1 << ROWS_SHIFT) - 1)).astype(np.int64) - len(FIRST_LINES)
    longer = np.flatnonzero(counts > 0)
    if len(longer):
        of, place = spread(counts[longer])
        begin = np.flatnonzero(place == 0)
        of = longer[of]
        word = (record[of] + 1) * UNIT_WORDS + place * LINE_WORDS
        lines = raster.units.reshape(-1)[word[:, None] + np.arange(LINE_WORDS)]
        crossed, off = _crossed(lines, u[of], v[of])
        state[longer] ^= np.bitwise_xor.reduceat(crossed, begin)
        nearest[longer] = np.minimum(nearest[longer], np.minimum.reduceat(off, begin))
    nearest[(state & HARD) != 0] = 0
    return state, nearest


def _crossed(lines: NDArray[np.int32], u: Singles, v: Singles) -> tuple[Bits, Singles]:
    """Bits that each place's line switches for it, and how far it is from the line."""
    nu, nv, c, low, high = (lines[:, word].view(np.float32) for word in range(5))
    off = nu * u + nv * v + c
    crossed = (off > 0) & (v >= low) & (v < high)
    return np.where(crossed, lines[:, 5].view(np.uint32), np.uint32(0)), np.abs(off)


def lowest_bit(state: Bits) -> Ints:
    """Position of the lowest bit set; 31 where the record tells nothing, 32 for no bit."""
    lowest = state & (~state + np.uint32(1))
    position: Ints = np.where(lowest == 0, 32, _POSITION[lowest % np.uint32(37)])
    return position


def holders(raster: Raster, record: Ints, state: Bits) -> tuple[Ints, NDArray[np.int32]]:
    """Pairs of a position and a polygon whose bit is set there, in order of rank."""
    of, place, row = raster.polygons(record)
    held = (state[of] >> np.minimum(place, BITS).astype(np.uint32)) & np.uint32(1) != 0
    held &= (state[of] & HARD) == 0
    return of[held], row[held]

"""Points asked in the raster, with numpy."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridgov.index.compiled import compiled, worth_compiling
from gridgov.index.fill import spread
from gridgov.index.raster import BITS, HARD, NOBODY, Raster, first_record

__all__ = ["Asked", "ask", "holders", "lowest_bit"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint32]

#: Points asked at a time: what they need stays in the processor's cache.
_CHUNK = 1 << 16

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
        return _ask_compiled(raster, x, y, near=near, overlaps=overlaps)
    parts = [
        _ask(raster, x[begin : begin + _CHUNK], y[begin : begin + _CHUNK], near=near, overlaps=overlaps)
        for begin in range(0, max(len(x), 1), _CHUNK)
    ]
    if len(parts) == 1:
        return parts[0]
    moved = [part._replace(point=part.point + k * _CHUNK) for k, part in enumerate(parts)]
    return Asked(*(np.concatenate(column) for column in zip(*moved, strict=True)))


def _ask_compiled(raster: Raster, x: Floats, y: Floats, *, near: float, overlaps: bool) -> Asked:
    """The same with numba; the few points that are close are looked at again with numpy."""
    grid = raster.grid
    west, south, width, height = grid.west, grid.south, grid.width, grid.height
    shape = (west, south, grid.columns_per_x, grid.rows_per_y, width, height)
    told: Any = compiled()
    arrays = (raster.code, raster.records, raster.lines, raster.rows)
    row, flag = told(arrays, shape, x, y, np.float32(near))
    several = (flag & 1).view(np.bool_)
    close = np.flatnonzero(flag if overlaps else flag & 2)
    again = _ask(raster, x[close], y[close], near=np.inf, overlaps=False)
    return again._replace(row=row, several=several, point=close[again.point])


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
    row[point[told]] = raster.rows[raster.records[record[told], 1] + place[told]]
    many = (state & (state - np.uint32(1)) & ~HARD) != 0
    several = np.zeros(len(x), dtype=np.bool_)
    several[point] = many
    close = np.flatnonzero((nearest <= near) | many if overlaps else nearest <= near)
    return Asked(row, several, point[close], record[close], state[close], nearest[close])


def _told(
    raster: Raster, record: Ints, u: NDArray[np.float32], v: NDArray[np.float32]
) -> tuple[Bits, NDArray[np.float32]]:
    """Bits of the polygons that hold places in their pixel, and the distance to the nearest line."""
    if not len(record):
        return np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.float32)
    head = raster.records[record]
    counts = raster.records[record + 1, 0] - head[:, 0]
    begin = np.cumsum(counts) - counts
    of = np.repeat(np.arange(len(record)), counts)
    lines = raster.lines[np.arange(len(of)) + np.repeat(head[:, 0] - begin, counts)]
    u, v = u[of], v[of]
    off = lines["nu"] * u + lines["nv"] * v + lines["c"]
    crossed = (off > 0) & (v >= lines["low"]) & (v < lines["high"])
    state = np.bitwise_xor.reduceat(np.where(crossed, lines["mask"], np.uint32(0)), begin)
    state ^= np.ascontiguousarray(head[:, 2]).view(np.uint32)
    nearest = np.minimum.reduceat(np.abs(off), begin)
    nearest[(state & HARD) != 0] = 0
    return state, nearest


def lowest_bit(state: Bits) -> Ints:
    """Position of the lowest bit set; 31 where the record tells nothing, 32 for no bit."""
    lowest = state & (~state + np.uint32(1))
    position: Ints = np.where(lowest == 0, 32, _POSITION[lowest % np.uint32(37)])
    return position


def holders(raster: Raster, record: Ints, state: Bits) -> tuple[Ints, NDArray[np.int32]]:
    """Pairs of a position and a polygon whose bit is set there, in order of rank."""
    of, place = spread(raster.records[record + 1, 1] - raster.records[record, 1])
    held = (state[of] >> place.astype(np.uint32)) & np.uint32(1) != 0
    held &= (state[of] & HARD) == 0
    of, place = of[held], place[held]
    return of, raster.rows[raster.records[record[of], 1] + place]

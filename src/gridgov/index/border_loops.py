"""The loops over points near borders that numba compiles; imported only where numba is.

They say what `gridgov.index.answers` says with numpy, bit by bit.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["near_pairs"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")

_NOBODY, _UNIT, _LINE, _FIRST, _LINES, _SHIFT, _BITS = -1, 16, 6, 4, 127, 7, 31
_DOUBT = np.uint32(1 << 31)

#: Points of one step; lines of a record, at most.
_STEP, _MOST_LINES = 256, 64


@_compiled
def near_pairs(
    raster: Any, borders: Any, grid: Any, points: Any, close: Any, places: Any, limits: Any
) -> Any:
    """Polygons within some metres of each point of `close`, sorted by distance and row.

    `raster` is code, words, the same as numbers, begin and piece; `borders` corners in metres and pieces;
    `points` x and y of all points, `places` of the close ones in metres; `limits` are pixels within which a
    line may be near, pixels of doubt, and metres. Also the positions in `close` that are in doubt, of which
    nothing else is said.
    """
    words, metres = raster[1], limits[2]
    known, lines = _desk()
    unit, _, _, state, begin, _, _ = known
    away, found = lines[1], lines[2]
    point, row, distance = _room(3 * len(close))
    doubtful = np.empty(len(close), dtype=np.int64)
    count, unsure = 0, 0
    for low in range(0, len(close), _STEP):
        some = close[low : low + _STEP]
        _units(raster[0], grid, points, some, known)
        most = count + _crossed(raster, len(some), known, lines[0], limits)
        if most > len(point):
            point, row, distance = _moved((point, row, distance), count, 2 * most)
        _distances(borders, raster[4], places, low, begin[: len(some) + 1], lines)
        for k in range(len(some)):
            if state[k] >> np.uint32(_BITS):
                doubtful[unsure] = low + k
                unsure += 1
                continue
            first = count
            count = _holders(words, unit[k] * _UNIT, state[k], row, distance, count)
            for n in range(begin[k], begin[k + 1]):
                if away[n] <= metres:
                    for member in range(2):
                        count = _put(row, distance, first, count, found[n, member], away[n])
            for n in range(first, count):
                point[n] = some[k]
            _ordered(row, distance, first, count)
    return point[:count], row[:count], distance[:count], doubtful[:unsure]


@_compiled
def _desk() -> Any:
    """Where a step keeps what it knows of points, and of lines: always the same memory, which is quick."""
    known = (
        np.empty(_STEP, dtype=np.int64),
        np.empty(_STEP, dtype=np.float32),
        np.empty(_STEP, dtype=np.float32),
        np.empty(_STEP, dtype=np.uint32),
        np.zeros(_STEP + 1, dtype=np.int64),
        np.empty(_STEP, dtype=np.int32),
        np.empty(_STEP, dtype=np.int32),
    )
    most = _STEP * _MOST_LINES + 1
    lines = (
        np.empty(most, dtype=np.int64),
        np.empty(most, dtype=np.float64),
        np.empty((most, 2), dtype=np.int32),
        np.empty((most, 4), dtype=np.float64),
    )
    return known, lines


@_compiled
def _units(code: Any, grid: Any, points: Any, close: Any, known: Any) -> None:
    """Put down the first unit of each point's record, and where the point lies in its pixel."""
    west, south, columns_per_x, rows_per_y, width, _ = grid
    unit, across, up, _, _, _, _ = known
    for k in range(len(close)):
        u = (points[0][close[k]] - west) * columns_per_x
        v = (points[1][close[k]] - south) * rows_per_y
        column, line = np.int64(u), np.int64(v)
        across[k], up[k] = u - column, v - line
        unit[k] = -2 - np.int64(code[line * width + column])


@_compiled
def _crossed(raster: Any, size: Any, known: Any, line: Any, limits: Any) -> Any:
    """Put down the bits of the polygons that hold each point, the highest for doubt, and its near lines.

    Those of point k are from `begin[k]` to before `begin[k + 1]`. Returns how many pairs there may be.
    """
    _, words, singles, begins, _ = raster
    near, doubt, _ = limits
    unit, across, up, state, begin, head, start = known
    for k in range(size):
        head[k], start[k] = words[unit[k] * _UNIT], begins[unit[k]]
    count, most = 0, 0
    for k in range(size):
        at, lines = unit[k] * _UNIT + _FIRST, head[k] & _LINES
        bits = np.uint32(words[at - 3])
        most += head[k] >> _SHIFT
        for n in range(lines):
            off = singles[at] * across[k] + singles[at + 1] * up[k] + singles[at + 2]
            away = max(abs(off), singles[at + 3] - up[k], up[k] - singles[at + 4])
            crossed = (off > 0) & (up[k] >= singles[at + 3]) & (up[k] < singles[at + 4])
            bits ^= np.uint32(words[at + 5]) if crossed else np.uint32(0)
            bits |= _DOUBT if away <= doubt else np.uint32(0)
            line[count] = start[k] + n
            count += away <= near
            at += _LINE
        state[k], begin[k + 1] = bits, count
    return most + 2 * count


@_compiled
def _distances(borders: Any, piece: Any, places: Any, low: Any, begin: Any, lines: Any) -> None:
    """Put down the metres from points to their near lines, and the rows whose border these are.

    One kind of memory at a time: the processor asks for many places before it needs the first.
    """
    corners, pieces = borders
    line, away, found, ends = lines
    for n in range(begin[-1]):
        line[n] = piece[line[n]]
    for n in range(begin[-1]):
        a, b = pieces[line[n], 0], pieces[line[n], 1]
        found[n, 0], found[n, 1] = pieces[line[n], 2], pieces[line[n], 3]
        ends[n, 0], ends[n, 1] = corners[a, 0], corners[a, 1]
        ends[n, 2], ends[n, 3] = corners[b, 0], corners[b, 1]
    for k in range(len(begin) - 1):
        for n in range(begin[k], begin[k + 1]):
            away[n] = _away(ends[n], places[0][low + k], places[1][low + k])


@_compiled
def _moved(pairs: Any, count: Any, size: Any) -> Any:
    """Pairs in more room."""
    wider = _room(size)
    for n in range(count):
        wider[0][n], wider[1][n], wider[2][n] = pairs[0][n], pairs[1][n], pairs[2][n]
    return wider


@_compiled
def _holders(words: Any, at: Any, state: Any, row: Any, distance: Any, count: Any) -> Any:
    """Put down the polygons that hold a point; how many are put down then."""
    lines = words[at] & _LINES
    for place in range(words[at] >> _SHIFT):
        if state >> np.uint32(place) & np.uint32(1):
            further = at + 14 + _LINE * max(lines - 2, 0) + place
            row[count], distance[count] = words[at + 2 + place if place < 2 else further], 0.0
            count += 1
    return count


@_compiled
def _room(size: Any) -> Any:
    return np.empty(size, np.int64), np.empty(size, np.int32), np.empty(size, np.float64)


@_compiled
def _away(ends: Any, x: Any, y: Any) -> Any:
    """Metres from a point to a piece of border: see `gridgov.index.borders`."""
    ax, ay, bx, by = ends[0], ends[1], ends[2], ends[3]
    east, north = bx - ax, by - ay
    square = east * east + north * north
    if square == 0:
        square = 1.0
    along = ((x - ax) * east + (y - ay) * north) / square
    # Without branches: nobody can foresee them.
    at_b = along >= 1
    end_x, end_y = bx if at_b else ax, by if at_b else ay
    aside = np.sqrt((x - end_x) * (x - end_x) + (y - end_y) * (y - end_y))
    across = np.abs((ay - y) * east - (ax - x) * north) / square * np.sqrt(square)
    return aside if (along <= 0) | at_b else across


@_compiled
def _put(row: Any, distance: Any, first: Any, count: Any, one: Any, away: Any) -> Any:
    """Put down a polygon, or that it is nearer than known; how many are put down then."""
    if one == _NOBODY:
        return count
    for n in range(first, count):
        if row[n] == one:
            distance[n] = min(distance[n], away)
            return count
    row[count], distance[count] = one, away
    return count + 1


@_compiled
def _ordered(row: Any, distance: Any, first: Any, after: Any) -> None:
    """Sort by distance and row."""
    for n in range(first + 1, after):
        one, away = row[n], distance[n]
        place = n
        while place > first and (
            distance[place - 1] > away or (distance[place - 1] == away and row[place - 1] > one)
        ):
            row[place], distance[place] = row[place - 1], distance[place - 1]
            place -= 1
        row[place], distance[place] = one, away

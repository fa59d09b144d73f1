"""The loops over points near borders that numba compiles; imported only where numba is.

They say what `gridgov.index.answers` says with numpy, bit by bit.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["measured", "merged"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")

_NOBODY, _UNIT, _LINES = -1, 16, 127


@_compiled
def measured(records: Any, borders: Any, record: Any, held: Any, places: Any, border_m: Any) -> Any:
    """Polygons within `border_m` of each point, sorted by distance and row.

    `records` are the words, begin and piece of a raster; `borders` x, y, a, b and rows in metres; `held`
    where the polygons that hold each point begin in a list, and the list; `places` x and y in metres.
    """
    words, begins, piece = records
    held_begin, held_row = held
    most = len(held_row)
    for unit in record:
        most += 2 * (words[unit * _UNIT] & _LINES)
    point, row, distance = np.empty(most, np.int64), np.empty(most, np.int32), np.empty(most, np.float64)
    count = 0
    for k in range(len(record)):
        first = count
        for n in range(held_begin[k], held_begin[k + 1]):
            row[count], distance[count] = held_row[n], 0.0
            count += 1
        at = begins[record[k]]
        for n in range(at, at + (words[record[k] * _UNIT] & _LINES)):
            away = _away(borders, piece[n], places[0][k], places[1][k])
            if away <= border_m:
                for member in range(2):
                    count = _put(row, distance, first, count, borders[4][piece[n], member], away)
        for n in range(first, count):
            point[n] = k
        _ordered(row, distance, first, count)
    return point[:count].copy(), row[:count].copy(), distance[:count].copy()


@_compiled
def _away(borders: Any, piece: Any, x: Any, y: Any) -> Any:
    """Metres from a point to a piece of border: see `gridgov.index.borders`."""
    at_x, at_y, a, b, _ = borders
    ax, ay, bx, by = at_x[a[piece]], at_y[a[piece]], at_x[b[piece]], at_y[b[piece]]
    east, north = bx - ax, by - ay
    square = east * east + north * north
    if square == 0:
        square = 1.0
    along = ((x - ax) * east + (y - ay) * north) / square
    if along <= 0:
        return np.sqrt((x - ax) * (x - ax) + (y - ay) * (y - ay))
    if along >= 1:
        return np.sqrt((x - bx) * (x - bx) + (y - by) * (y - by))
    return np.abs((ay - y) * east - (ax - x) * north) / square * np.sqrt(square)


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


@_compiled
def merged(plain: Any, single: Any, close: Any, pairs: Any) -> None:
    """Put down the pairs of the points looked at, and of each `single` one its row."""
    point, row, distance = close
    points, rows, distances = pairs
    count, next_pair = 0, 0
    for i in range(len(plain)):
        if single[i]:
            points[count], rows[count], distances[count] = i, plain[i], 0.0
            count += 1
        while next_pair < len(point) and point[next_pair] == i:
            points[count], rows[count], distances[count] = i, row[next_pair], distance[next_pair]
            count, next_pair = count + 1, next_pair + 1

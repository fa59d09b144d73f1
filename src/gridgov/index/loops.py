"""The loops over points that numba compiles; imported only where numba is.

Time goes into waiting for memory, and into guessing wrong which way a comparison goes. So each step takes
some thousand points through one kind of memory at a time, the processor asking for many places before it
needs the first; and lines are fetched side by side into rows of numbers that are compared without branches.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["STEP", "flagged", "told", "told_alone"]

#: Points of one step, and steps that one thread takes in a row.
STEP, STEPS = 2048, 32

#: Rows of numbers are longer than a step, lest all begin at the same place of the processor's cache.
_APART = 80

#: Flags of a point: it lies in several polygons; it lies near a line.
SEVERAL, CLOSE = np.uint8(1), np.uint8(2)

_HARD = np.uint32(1 << 31)
_UNIT, _LINE, _FIRST, _LINES = 16, 6, 4, 127

#: Position of the only bit set, by the upper five bits of its product with a de Bruijn sequence.
_SEQUENCE = np.uint32(0x077CB531)
_POSITION = np.zeros(32, dtype=np.int32)
_POSITION[[((0x077CB531 << bit) & 0xFFFFFFFF) >> 27 for bit in range(32)]] = range(32)

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")


@numba.njit(parallel=True, nogil=True, cache=True, error_model="numpy")  # type: ignore[untyped-decorator]
def told(code: Any, units: Any, grid: Any, places: Any, near: Any, answer: Any) -> None:
    """Answer points; see `gridgov.index.asking`.

    `grid` is west, south, columns per x, rows per y, width and height; `near` is in pixels. `answer` are the
    row of each point, its flags, and how many points of each step have any.
    """
    size, span = len(places[0]), STEP * STEPS
    for part in numba.prange((size + span - 1) // span):
        _told(code, units, grid, places, near, answer, (part * span, min((part + 1) * span, size)))


@_compiled
def told_alone(code: Any, units: Any, grid: Any, places: Any, near: Any, answer: Any) -> None:
    """The same by one thread, which wakes no others that would wait for more, and be in the way."""
    _told(code, units, grid, places, near, answer, (0, len(places[0])))


@_compiled
def _told(code: Any, units: Any, grid: Any, places: Any, near: Any, answer: Any, part: Any) -> None:
    """Answer some of the points, one step after the other."""
    x, y = places
    words = (units.reshape(-1), units.reshape(-1).view(np.float32))
    points, records, fetched = _desk()
    for first in range(part[0], part[1], STEP):
        after = min(first + STEP, part[1])
        rows, flags = answer[0][first:after], answer[1][first:after]
        count = _pixels(code, grid, (x[first:after], y[first:after]), rows, points)
        longer = _records(words, rows, count, points, records, fetched)
        for number in range(2):
            _cross(count, points[2:], fetched, number, records[2:4])
        number = 2
        while longer > 0:
            longer = _next_line(words, number, longer, points, records, fetched)
            number += 1
        flags[:] = 0
        answer[2][first // STEP] = _answers(words[0], (rows, flags), count, points, records, near)


@_compiled
def flagged(flag: Any, counts: Any, which: Any) -> Any:
    """Points that have one of some flags; most steps have none."""
    found = np.empty(counts.sum() + 1, dtype=np.int64)
    known = 0
    for step in range(len(counts)):
        if counts[step] > 0:
            for i in range(step * STEP, min((step + 1) * STEP, len(flag))):
                found[known] = i
                known += (flag[i] & which) != 0
    return found[:known]


@_compiled
def _desk() -> Any:
    """Where a step keeps what it knows: of points; of records; of lines side by side."""
    points = (
        np.empty(STEP, dtype=np.int32),
        np.empty(STEP + 1, dtype=np.int64),
        np.empty(STEP + _APART, dtype=np.float32),
        np.empty(STEP + _APART, dtype=np.float32),
    )
    records = (
        np.empty(STEP, dtype=np.int64),
        np.empty(STEP, dtype=np.int32),
        np.empty(STEP + _APART, dtype=np.int32),
        np.empty(STEP + _APART, dtype=np.float32),
        np.empty(STEP + 1, dtype=np.int64),
    )
    fetched = (
        np.empty((12, STEP + _APART), dtype=np.float32),
        np.empty((4, STEP + _APART), dtype=np.int32),
        np.empty(STEP + _APART, dtype=np.float32),
    )
    return points, records, fetched


@_compiled
def _pixels(code: Any, grid: Any, points: Any, row: Any, desk: Any) -> Any:
    """Fetch the pixel of each point; how many have a record, and where in their pixels these stand."""
    x, y = points
    west, south, columns_per_x, rows_per_y, width, height = grid
    place, waiting, across, up = desk
    wide = np.float64(width)
    for i in range(len(x)):
        u, v = (x[i] - west) * columns_per_x, (y[i] - south) * rows_per_y
        there = (u >= 0) & (u < width) & (v >= 0) & (v < height)
        # Whole numbers as floats, and few enough for 32 bits: so the processor does several points at once.
        place[i] = np.int32(np.floor(v) * wide + np.floor(u) if there else -1.0)
    for i in range(len(x)):
        row[i] = code[place[i]] if place[i] >= 0 else -1
    count = 0
    for i in range(len(x)):
        waiting[count] = i
        count += row[i] < -1
    for k in range(count):
        i = waiting[k]
        u, v = (x[i] - west) * columns_per_x, (y[i] - south) * rows_per_y
        across[k] = u - np.floor(u)
        up[k] = v - np.floor(v)
    return count


@_compiled
def _records(words: Any, row: Any, count: Any, points: Any, records: Any, fetched: Any) -> Any:
    """Fetch the records and their first two lines; how many have more."""
    whole, single = words
    waiting = points[1]
    begin, lines, state, nearest, more = records
    numbers, bits, _ = fetched
    for k in range(count):
        at = np.int64(-2 - row[waiting[k]]) * _UNIT
        begin[k] = at
        lines[k] = whole[at] & _LINES
        nearest[k] = np.inf
    longer = 0
    for k in range(count):
        at = begin[k]
        for word in range(5):
            numbers[2 + word, k], numbers[7 + word, k] = single[at + 4 + word], single[at + 10 + word]
        bits[0, k], bits[1, k] = whole[at + 9], whole[at + 15]
        state[k] = whole[at + 1]
        more[longer] = k
        longer += lines[k] > 2
    return longer


@_compiled
def _cross(count: Any, place: Any, fetched: Any, number: Any, known: Any) -> None:
    """Cross the lines that were fetched, one for each record."""
    numbers, bits, _ = fetched
    u, v = place
    state, nearest = known
    mask = bits[number]
    nu, nv, c = numbers[2 + 5 * number], numbers[3 + 5 * number], numbers[4 + 5 * number]
    low, high = numbers[5 + 5 * number], numbers[6 + 5 * number]
    for k in range(count):
        off = nu[k] * u[k] + nv[k] * v[k] + c[k]
        crossed = (off > 0) & (v[k] >= low[k]) & (v[k] < high[k])
        state[k] ^= mask[k] if crossed else np.int32(0)
        # A border is as far as its line, and as the rows in which it begins and ends.
        below, above = low[k] - v[k], v[k] - high[k]
        beyond = below if below > above else above  # noqa: FURB136 (without branches, here and below)
        away = abs(off) if abs(off) > beyond else beyond  # noqa: FURB136
        nearest[k] = away if away < nearest[k] else nearest[k]  # noqa: FURB136


@_compiled
def _next_line(words: Any, number: Any, longer: Any, points: Any, records: Any, fetched: Any) -> Any:
    """Fetch and cross line `number` of the records that have so many; how many have still more."""
    whole, single = words
    _, _, across, up = points
    begin, lines, state, nearest, more = records
    numbers, bits, apart = fetched
    there = bits[2]
    for n in range(longer):
        k = more[n]
        at = begin[k] + _FIRST + _LINE * number
        numbers[0, n], numbers[1, n] = across[k], up[k]
        for word in range(5):
            numbers[2 + word, n] = single[at + word]
        bits[0, n] = whole[at + 5]
        there[n], apart[n] = state[k], nearest[k]
    _cross(longer, (numbers[0], numbers[1]), fetched, 0, (there, apart))
    still = 0
    for n in range(longer):
        k = more[n]
        state[k], nearest[k] = there[n], apart[n]
        more[still] = k
        still += lines[k] > number + 1
    return still


@_compiled
def _answers(whole: Any, answer: Any, count: Any, points: Any, records: Any, near: Any) -> Any:
    """Fetch the polygons; how many points have a flag."""
    row, flag = answer
    waiting = points[1]
    begin, lines, state, nearest, _ = records
    known = 0
    for k in range(count):
        i, bits = waiting[k], np.uint32(state[k])
        hard = (bits & _HARD) != 0
        lowest = bits & (~bits + np.uint32(1))
        place = np.int64(_POSITION[np.uint32(lowest * _SEQUENCE) >> 27])
        at = begin[k] + 2 + place if place < 2 else begin[k] + 14 + _LINE * max(lines[k] - 2, 0) + place
        row[i] = -1 if hard or bits == 0 else whole[at]
        several = (bits != lowest) & (not hard)
        close = hard | (nearest[k] <= near)
        flag[i] = SEVERAL * np.uint8(several) + CLOSE * np.uint8(close)
        known += several | close
    return known

"""The loops that draw records; imported only where numba is.

They draw what `gridgov.index.records` draws with numpy, bit by bit; there is said why.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from gridgov.index.band_loops import listed

__all__ = ["records_drawn"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")
_inlined: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, inline="always")

_BITS, _NOBODY, _SEVERAL = 31, -1, -2
_UNIT, _LINE, _FIRST, _ROWS, _SHIFT = 16, 6, 4, 2, 7


@_inlined
def _within(u: Any, v: Any, reach: Any) -> Any:
    return abs(u - 0.5) <= 0.5 + reach and abs(v - 0.5) <= 0.5 + reach


@_compiled
def _draw(line: Any, at: Any, ends: Any, column: Any, row: Any, reach: Any) -> Any:
    """Fill in a line; whether going left can cross it, and whether it lies left of the pixel's middle."""
    ua, va, ub, vb = ends[0] - column, ends[1] - row, ends[2] - column, ends[3] - row
    a_in, b_in = _within(ua, va, reach), _within(ub, vb, reach)
    rise = vb - va
    middle = row + 0.5
    if rise == 0:
        line[at], line[at + 1], line[at + 2] = 0.0, 1.0, -(0.0 * ua + 1.0 * va)
        line[at + 3], line[at + 4] = -np.inf, np.inf
        left = (not a_in) if ua < ub else (not b_in)
        left = left and min(ua, ub) <= 1 + reach and max(ua, ub) >= -reach and abs(va - 0.5) <= 0.5 + reach
        return left, left and middle >= ends[1]
    length = np.hypot(ub - ua, rise) * (1.0 if rise > 0 else -1.0)
    nu, nv = rise / length, (ua - ub) / length
    line[at], line[at + 1], line[at + 2] = nu, nv, -(nu * ua + nv * va)
    low_in, high_in = (a_in, b_in) if rise > 0 else (b_in, a_in)
    line[at + 3] = min(va, vb) if low_in else -np.inf
    line[at + 4] = max(va, vb) if high_in else np.inf
    low = min(ends[1], ends[3]) if low_in else -np.inf
    high = max(ends[1], ends[3]) if high_in else np.inf
    if not (low <= middle < high):
        return True, False
    east = ends[0] + (row + 0.5 - ends[1]) / (ends[3] - ends[1]) * (ends[2] - ends[0])
    return True, np.floor(east - 0.5) + 1 <= column


@_compiled
def _ranked(ranks: Any, count: Any, rank: Any) -> Any:
    """Put a rank into its place among those known; how many there are then."""
    place = count
    while place > 0 and ranks[place - 1] >= rank:
        place -= 1
    if place < count and ranks[place] == rank:
        return count
    for k in range(count, place, -1):
        ranks[k] = ranks[k - 1]
    ranks[place] = rank
    return count + 1


@_compiled
def _bit(ranks: Any, count: Any, rank: Any) -> Any:
    for k in range(count):
        if ranks[k] == rank:
            return np.uint32(np.uint32(1) << np.uint32(k))
    return np.uint32(0)


@_compiled
def _known(listing: Any, begin: Any, end: Any, ranked: Any, holding: Any, holders: Any, ranks: Any) -> Any:
    """Ranks of the polygons that pieces border on and of those that hold the middle; how many they are."""
    known = 0
    for n in range(begin, end):
        for member in range(2):
            rank = ranked[listing[n], member]
            if rank != _NOBODY:
                known = _ranked(ranks, known, rank)
    for n in range(holders):
        known = _ranked(ranks, known, holding[n])
    return known


@_compiled
def _lined(
    ends: Any,
    ranked: Any,
    listing: Any,
    begin: Any,
    end: Any,
    column: Any,
    row: Any,
    reach: Any,
    words: Any,
    singles: Any,
    at: Any,
    ranks: Any,
    known: Any,
) -> Any:
    """Draw the lines of a record; what those left of the middle switch."""
    state = np.uint32(0)
    for n in range(begin, end):
        i = listing[n]
        four = (ends[i, 0], ends[i, 1], ends[i, 2], ends[i, 3])
        crossing, crossed = _draw(singles, at, four, column, row, reach)
        mask = np.uint32(0)
        for member in range(2):
            if crossing and ranked[i, member] != _NOBODY:
                mask ^= _bit(ranks, known, ranked[i, member])
        words[at + _LINE - 1] = np.int32(mask)
        if crossed:
            state ^= mask
        at += _LINE
    return state


@_compiled
def _bare(singles: Any, at: Any) -> None:
    """A line that nothing crosses."""
    singles[at], singles[at + 1], singles[at + 2] = 0.0, 0.0, 9.0
    singles[at + 3], singles[at + 4], singles[at + 5] = np.inf, np.inf, 0.0


@_compiled
def _held(
    holder: Any, pixel: Any, held_pixel: Any, held_row: Any, rank: Any, first: Any, holding: Any
) -> Any:
    """Put down the ranks of those that hold a pixel's middle; where the next pixel's begin, how many."""
    if holder >= 0:
        holding[0] = rank[holder]
        return first, 1
    after = first
    while after < len(held_pixel) and held_pixel[after] == pixel:
        holding[after - first] = rank[held_row[after]]
        after += 1
    return after, after - first


@_compiled
def _headed(words: Any, at: Any, lines: Any, state: Any, ranks: Any, known: Any, by_rank: Any) -> Any:
    """Put down what a record begins with, and its polygons; where its last word ends."""
    words[at], words[at + 1] = lines | known << _SHIFT, np.int32(state)
    words[at + 2] = by_rank[ranks[0]] if known > 0 else 0
    words[at + 3] = by_rank[ranks[1]] if known > 1 else 0
    after = at + _UNIT + _LINE * max(lines - 2, 0)
    for place in range(_ROWS, known):
        words[after] = by_rank[ranks[place]]
        after += 1
    return after


@_compiled
def _rounded(words: Any, begins: Any, after: Any, unit: Any) -> Any:
    """Fill up the last unit of a record; the next unit."""
    while unit * _UNIT < after:
        unit += 1
        begins[unit] = 0
    for word in range(after, unit * _UNIT):
        words[word] = 0
    return unit


@_compiled
def _gathered(drawing: Any, owners: Any, some: Any) -> Any:
    """Ends of pieces, and the ranks of whose border they are."""
    u, v, a, b = drawing
    rows, rank = owners
    ends = np.empty((len(some), 4), dtype=np.float64)
    ranked = np.empty((len(some), 2), dtype=np.int64)
    for k in range(len(some)):
        i = some[k]
        ends[k, 0], ends[k, 1], ends[k, 2], ends[k, 3] = u[a[i]], v[a[i]], u[b[i]], v[b[i]]
        for member in range(2):
            ranked[k, member] = rank[rows[i, member]] if rows[i, member] != _NOBODY else _NOBODY
    return ends, ranked


@_compiled
def records_drawn(
    drawing: Any,
    owners: Any,
    ranking: Any,
    code: Any,
    held: Any,
    grid: Any,
    bands: Any,
    limits: Any,
    out: Any,
) -> Any:
    """Units, where each one's pieces begin, and pieces of a raster, into `out`; how many of both.

    `code` gets the numbers of the records.
    """
    rows, parent = owners
    rank, by_rank = ranking
    held_pixel, held_row = held
    width, height = grid
    begin, order, band = bands
    reach, slack, most_lines = limits
    words, singles, begins, piece = out
    end = np.empty(band * width, dtype=np.int32)
    holding = np.empty(len(rank) + 1, dtype=np.int64)
    unit, drawn, next_held = 0, 0, 0
    for k in range(len(begin) - 1):
        below, above = k * band, min((k + 1) * band, height)
        some = order[begin[k] : begin[k + 1]]
        ends, ranked = _gathered(drawing, (rows, rank), some)
        listing, longest = listed(ends, (width, height, below, above), reach + slack, end)
        ranks = np.empty(2 * longest + len(rank) + 2, dtype=np.int64)
        last = 0
        for row in range(below, above):
            for column in range(width):
                pixel = row * width + column
                first, last = last, end[pixel - below * width]
                holder = code[pixel]
                if first == last and holder != _SEVERAL:
                    continue
                next_held, holders = _held(holder, pixel, held_pixel, held_row, rank, next_held, holding)
                known = _known(listing, first, last, ranked, holding, holders, ranks)
                hard = known > _BITS or last - first > most_lines
                lines, at, state = 0, unit * _UNIT, np.uint32(1 << _BITS)
                begins[unit] = drawn
                if not hard:
                    lines = last - first
                    state = _lined(
                        ends,
                        ranked,
                        listing,
                        first,
                        last,
                        column,
                        row,
                        reach,
                        words,
                        singles,
                        at + _FIRST,
                        ranks,
                        known,
                    )
                    for n in range(holders):
                        state ^= _bit(ranks, known, holding[n])
                    for n in range(first, last):
                        piece[drawn] = parent[some[listing[n]]]
                        drawn += 1
                for number in range(lines, 2):
                    _bare(singles, at + _FIRST + number * _LINE)
                after = _headed(words, at, lines, state, ranks, known, by_rank)
                code[pixel] = -2 - unit
                unit = _rounded(words, begins, after, unit)
    return unit, drawn

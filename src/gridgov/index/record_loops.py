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
    return (abs(u - 0.5) <= 0.5 + reach) & (abs(v - 0.5) <= 0.5 + reach)


@_inlined
def _across(one: Any, other: Any, reach: Any) -> Any:
    return (max(one, other) - 0.5 >= -(0.5 + reach)) & (min(one, other) - 0.5 <= 0.5 + reach)


@_inlined
def _draw(line: Any, at: Any, piece: Any, i: Any, column: Any, row: Any, reach: Any) -> Any:
    """Fill in the line of a gathered piece: can going left cross it, and does it lie left of the middle.

    What is hard to foresee is computed, not branched upon.
    """
    va, vb, middle = piece[i, 1], piece[i, 3], row + 0.5
    west, south = piece[i, 0] - column, va - row
    east, north = piece[i, 2] - column, vb - row
    a_in, b_in = _within(west, south, reach), _within(east, north, reach)
    nu, nv = piece[i, 4], piece[i, 5]
    line[at], line[at + 1], line[at + 2] = nu, nv, -(nu * west + nv * south)
    if va == vb:
        line[at + 3], line[at + 4] = -np.inf, np.inf
        left = not (a_in if west < east else b_in)
        left &= _across(west, east, reach) & (abs(south - 0.5) <= 0.5 + reach)
        return left, left & (middle >= va)
    line[at + 3] = south if a_in else -np.inf
    line[at + 4] = north if b_in else np.inf
    passed = piece[i, 0] + (middle - va) / (vb - va) * (piece[i, 2] - piece[i, 0]) - 0.5 < column
    met = _across(west, east, reach) & _across(south, north, reach)
    return met, met & passed & ((not a_in) | (va <= middle)) & ((not b_in) | (middle < vb))


@_inlined
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


@_inlined
def _bit(ranks: Any, count: Any, rank: Any) -> Any:
    for k in range(count):
        if ranks[k] == rank:
            return np.uint32(np.uint32(1) << np.uint32(k))
    return np.uint32(0)


@_inlined
def _known(listing: Any, begin: Any, end: Any, ranked: Any, holding: Any, holders: Any, ranks: Any) -> Any:
    """Ranks of the polygons that pieces border on and of those that hold the middle; how many they are."""
    known, one, other = 0, _NOBODY, _NOBODY
    for n in range(begin, end):
        before, one = one, ranked[listing[n], 0]
        before_other, other = other, ranked[listing[n], 1]
        if one == before and other == before_other:
            continue  # as a border goes on, mostly
        if one != _NOBODY:
            known = _ranked(ranks, known, one)
        if other != _NOBODY:
            known = _ranked(ranks, known, other)
    for n in range(holders):
        known = _ranked(ranks, known, holding[n])
    return known


@_inlined
def _lined(
    gathered: Any,
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
    state, switched, one, other = np.uint32(0), np.uint32(0), _NOBODY, _NOBODY
    for n in range(begin, end):
        i = listing[n]
        crossing, crossed = _draw(singles, at, gathered, i, column, row, reach)
        if ranked[i, 0] != one or ranked[i, 1] != other:
            one, other = ranked[i, 0], ranked[i, 1]
            switched = _bit(ranks, known, one) ^ _bit(ranks, known, other)
        mask = switched if crossing else np.uint32(0)
        words[at + _LINE - 1] = np.int32(mask)
        state ^= mask if crossed else np.uint32(0)
        at += _LINE
    return state


@_inlined
def _bare(singles: Any, at: Any) -> None:
    """A line that nothing crosses."""
    singles[at], singles[at + 1], singles[at + 2] = 0.0, 0.0, 9.0
    singles[at + 3], singles[at + 4], singles[at + 5] = np.inf, np.inf, 0.0


@_inlined
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


@_inlined
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


@_inlined
def _rounded(words: Any, begins: Any, after: Any, unit: Any) -> Any:
    """Fill up the last unit of a record; the next unit."""
    while unit * _UNIT < after:
        unit += 1
        begins[unit] = 0
    for word in range(after, unit * _UNIT):
        words[word] = 0
    return unit


@_compiled
def _gather(drawing: Any, parent: Any, rank: Any, some: Any, scratch: Any) -> None:
    """Put down the ends and unit normals of pieces, the ranks of whose border they are, and their parents."""
    corners, numbers = drawing
    gathered, ranked, parents = scratch
    for k in range(len(some)):
        i = some[k]
        parents[k] = parent[i]
        a, b = numbers[i, 0], numbers[i, 1]
        ua, va, ub, vb = corners[a, 0], corners[a, 1], corners[b, 0], corners[b, 1]
        run, rise = ub - ua, vb - va
        length = np.sqrt(run * run + rise * rise)
        gathered[k, 0], gathered[k, 1], gathered[k, 2], gathered[k, 3] = ua, va, ub, vb
        if rise == 0:
            gathered[k, 4], gathered[k, 5] = 0.0, 1.0
        else:
            gathered[k, 4], gathered[k, 5] = rise / length, -run / length
        for member in range(2):
            row = numbers[i, 2 + member]
            ranked[k, member] = rank[row] if row != _NOBODY else _NOBODY


@_compiled
def records_drawn(
    drawing: Any,
    parent: Any,
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
    rank, by_rank = ranking
    held_pixel, held_row = held
    width, height = grid
    begin, order, band, met = bands
    reach, slack, most_lines = limits
    words, singles, begins, piece = out
    end = np.empty(band * width, dtype=np.int32)
    holding = np.empty(len(rank) + 1, dtype=np.int64)
    most, pairs_met = 0, 0
    for k in range(len(met)):
        most, pairs_met = max(most, begin[k + 1] - begin[k]), max(pairs_met, met[k])
    scratch = (
        np.empty((most, 6), dtype=np.float64),
        np.empty((most, 2), dtype=np.int64),
        np.empty(most, dtype=np.int32),
    )
    gathered, ranked, parents = scratch
    pairs = (
        np.empty(pairs_met, dtype=np.int32),
        np.empty(pairs_met, dtype=np.int32),
        np.empty(pairs_met, dtype=np.int32),
    )
    listing = pairs[2]
    unit, drawn, next_held = 0, 0, 0
    for k in range(len(begin) - 1):
        below, above = k * band, min((k + 1) * band, height)
        some = order[begin[k] : begin[k + 1]]
        _gather(drawing, parent, rank, some, scratch)
        longest = listed(gathered, len(some), (width, height, below, above), reach + slack, end, pairs)
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
                        gathered,
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
                        piece[drawn] = parents[listing[n]]
                        drawn += 1
                for number in range(lines, 2):
                    _bare(singles, at + _FIRST + number * _LINE)
                after = _headed(words, at, lines, state, ranks, known, by_rank)
                code[pixel] = -2 - unit
                unit = _rounded(words, begins, after, unit)
    return unit, drawn

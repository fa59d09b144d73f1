"""The loops of drawing that numba compiles; imported only where numba is.

They draw what `gridgov.index.fill` and `gridgov.index.records` draw with numpy, bit by bit; there is
said why.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["numbered", "records_drawn", "together", "weighed"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True)
_inlined: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, inline="always")

_BITS, _NOBODY, _SEVERAL = 31, -1, -2


@_compiled
def numbered(keys: Any, spread: Any) -> Any:
    """Number of each pair of 64-bit keys, in order of first appearance, and where each first appears."""
    size = len(keys)
    width = 1
    while width < 2 * size:
        width *= 2
    table = np.full(width, -1, dtype=np.int32)
    number = np.empty(size, dtype=np.int64)
    first = np.empty(size, dtype=np.int64)
    count = 0
    for i in range(size):
        one, other = keys[i, 0], keys[i, 1]
        mixed = (one * spread[0]) ^ (((other * spread[1]) >> np.uint64(29)) * spread[2]) ^ (other * spread[2])
        mixed ^= mixed >> np.uint64(32)
        slot = np.int64(mixed & np.uint64(width - 1))
        while table[slot] >= 0:
            known = first[table[slot]]
            if keys[known, 0] == one and keys[known, 1] == other:
                break
            slot = (slot + 1) & (width - 1)
        if table[slot] < 0:
            table[slot] = count
            first[count] = i
            count += 1
        number[i] = table[slot]
    return number, first[:count]


@_compiled
def together(low: Any, high: Any, corners: Any) -> Any:
    """Order by `low`, then `high`, then position."""
    begin = np.zeros(corners + 1, dtype=np.int64)
    for i in range(len(low)):
        begin[low[i] + 1] += 1
    for corner in range(corners):
        begin[corner + 1] += begin[corner]
    end = begin[:-1].copy()
    order = np.empty(len(low), dtype=np.int64)
    for i in range(len(low)):
        place = end[low[i]]
        while place > begin[low[i]] and high[order[place - 1]] > high[i]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = i
        end[low[i]] += 1
    return order


@_compiled
def weighed(drawing: Any, weight: Any, grid: Any) -> Any:
    """What begins and ends at each pixel: the sums that `fill` names."""
    u, v, a, b, rows, side = drawing
    width, height = grid
    sums = np.zeros(width * height, dtype=np.uint64)
    for i in range(len(a)):
        ua, va, ub, vb = u[a[i]], v[a[i]], u[b[i]], v[b[i]]
        total = np.uint64(0)
        for member in range(2):
            if rows[i, member] != _NOBODY:
                own = weight[rows[i, member]]
                total += np.uint64(0) - own if (side[i, member] > 0) == (vb > va) else own
        for row in range(np.int64(np.ceil(min(va, vb) - 0.5)), np.int64(np.ceil(max(va, vb) - 0.5))):
            east = ua + (row + 0.5 - va) / (vb - va) * (ub - ua)
            sums[row * width + np.int64(np.floor(east - 0.5) + 1)] += total
    return sums


@_inlined
def _rows_met(low: Any, high: Any, reach: Any, height: Any) -> Any:
    return max(np.int64(np.floor(low - reach)), 0), min(np.int64(np.floor(high + reach)), height - 1)


@_inlined
def _columns_met(ends: Any, row: Any, reach: Any, width: Any) -> Any:
    ua, va, ub, vb = ends
    rise = vb - va
    if rise == 0:
        one, other = ua, ub
    else:
        one = ua + min(max((row - reach - va) / rise, 0.0), 1.0) * (ub - ua)
        other = ua + min(max((row + 1 + reach - va) / rise, 0.0), 1.0) * (ub - ua)
    first = max(np.int64(np.floor(min(one, other) - reach)), 0)
    return first, min(np.int64(np.floor(max(one, other) + reach)), width - 1)


@_compiled
def _listed(drawing: Any, grid: Any, reach: Any) -> Any:
    """For each pixel where its pieces end in a list, and the list; they begin where the last's end."""
    u, v, a, b, _, _ = drawing
    width, height = grid
    end = np.zeros(width * height, dtype=np.int32)
    for i in range(len(a)):
        ends = (u[a[i]], v[a[i]], u[b[i]], v[b[i]])
        lowest, highest = _rows_met(min(ends[1], ends[3]), max(ends[1], ends[3]), reach, height)
        for row in range(lowest, highest + 1):
            first, last = _columns_met(ends, row, reach, width)
            for column in range(first, last + 1):
                end[row * width + column] += 1
    total = 0
    for pixel in range(len(end)):
        count = end[pixel]
        end[pixel] = total
        total += count
    pieces = np.empty(total, dtype=np.int32)
    for i in range(len(a)):
        ends = (u[a[i]], v[a[i]], u[b[i]], v[b[i]])
        lowest, highest = _rows_met(min(ends[1], ends[3]), max(ends[1], ends[3]), reach, height)
        for row in range(lowest, highest + 1):
            first, last = _columns_met(ends, row, reach, width)
            for column in range(first, last + 1):
                pieces[end[row * width + column]] = i
                end[row * width + column] += 1
    return end, pieces


@_compiled
def _within(u: Any, v: Any, reach: Any) -> Any:
    return abs(u - 0.5) <= 0.5 + reach and abs(v - 0.5) <= 0.5 + reach


@_compiled
def _draw(line: Any, ends: Any, column: Any, row: Any, reach: Any) -> Any:
    """Fill in a line; whether going left can cross it, and whether it lies left of the pixel's middle."""
    ua, va, ub, vb = ends[0] - column, ends[1] - row, ends[2] - column, ends[3] - row
    a_in, b_in = _within(ua, va, reach), _within(ub, vb, reach)
    rise = vb - va
    middle = row + 0.5
    if rise == 0:
        line.nu, line.nv, line.c = 0.0, 1.0, -(0.0 * ua + 1.0 * va)
        line.low, line.high = -np.inf, np.inf
        left = (not a_in) if ua < ub else (not b_in)
        left = left and min(ua, ub) <= 1 + reach and max(ua, ub) >= -reach and abs(va - 0.5) <= 0.5 + reach
        return left, left and middle >= ends[1]
    length = np.hypot(ub - ua, rise) * (1.0 if rise > 0 else -1.0)
    nu, nv = rise / length, (ua - ub) / length
    line.nu, line.nv, line.c = nu, nv, -(nu * ua + nv * va)
    low_in, high_in = (a_in, b_in) if rise > 0 else (b_in, a_in)
    line.low = min(va, vb) if low_in else -np.inf
    line.high = max(va, vb) if high_in else np.inf
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
def _counted(code: Any, end: Any) -> Any:
    """How many pixels have a record, and the most pieces that one lists."""
    count, longest, begin = 0, 0, 0
    for pixel in range(len(code)):
        count += end[pixel] > begin or code[pixel] == _SEVERAL
        longest = max(longest, end[pixel] - begin)
        begin = end[pixel]
    return count, longest


@_inlined
def _known(listed: Any, members: Any, rank: Any, ranks: Any) -> Any:
    """Ranks of the polygons that pieces border on and of those that hold the middle; how many they are."""
    piece_rows, holding = members
    known = 0
    for i in listed:
        for member in range(2):
            if piece_rows[i, member] != _NOBODY:
                known = _ranked(ranks, known, rank[piece_rows[i, member]])
    for row in holding:
        known = _ranked(ranks, known, rank[row])
    return known


@_inlined
def _lined(drawing: Any, listed: Any, place: Any, out: Any, bits: Any) -> Any:
    """Draw the lines of a record; what those left of the middle switch."""
    u, v, a, b, piece_rows, parent = drawing
    column, row, reach = place
    lines, piece = out
    rank, ranks = bits
    state = np.uint32(0)
    for k in range(len(listed)):
        i = listed[k]
        ends = (u[a[i]], v[a[i]], u[b[i]], v[b[i]])
        crossing, crossed = _draw(lines[k], ends, column, row, reach)
        mask = np.uint32(0)
        for member in range(2):
            if crossing and piece_rows[i, member] != _NOBODY:
                mask ^= _bit(ranks, len(ranks), rank[piece_rows[i, member]])
        lines[k].mask = mask
        if crossed:
            state ^= mask
        piece[k] = parent[i]
    return state


@_inlined
def _no_line(line: Any) -> None:
    line.nu, line.nv, line.c, line.low, line.high = 0.0, 0.0, 9.0, np.inf, np.inf
    line.mask = np.uint32(0)


@_inlined
def _held(code: Any, pixel: Any, held: Any, first: Any, holding: Any) -> Any:
    """Put down the polygons that hold a pixel's middle; where those of the next pixel begin, how many."""
    held_pixel, held_row = held
    if code[pixel] >= 0:
        holding[0] = code[pixel]
        return first, 1
    after = first
    while after < len(held_pixel) and held_pixel[after] == pixel:
        holding[after - first] = held_row[after]
        after += 1
    return after, after - first


@_compiled
def records_drawn(  # noqa: PLR0917
    drawing: Any, ranking: Any, code: Any, held: Any, grid: Any, limits: Any, dtype: Any
) -> Any:
    """Records, lines, pieces and rows of a raster; `code` gets the numbers of the records."""
    rank, by_rank = ranking
    reach, slack, most_lines = limits
    end, pieces = _listed(drawing, grid, reach + slack)
    count, longest = _counted(code, end)
    records = np.empty((count + 1, 3), dtype=np.int32)
    lines = np.empty(len(pieces) + count, dtype=dtype)
    piece = np.empty(len(pieces) + count, dtype=np.int32)
    rows = np.empty(2 * len(pieces) + len(held[0]) + count, dtype=np.int32)
    ranks = np.empty(2 * longest + len(rank) + 2, dtype=np.int64)
    holding = np.empty(len(rank) + 1, dtype=np.int64)
    begin, next_held, lined, ranked, record = 0, 0, 0, 0, 0
    for pixel in range(len(code)):
        listed = pieces[begin : end[pixel]]
        begin = end[pixel]
        if len(listed) == 0 and code[pixel] != _SEVERAL:
            continue
        next_held, holders = _held(code, pixel, held, next_held, holding)
        known = _known(listed, (drawing[4], holding[:holders]), rank, ranks)
        records[record, 0], records[record, 1] = lined, ranked
        for k in range(known):
            rows[ranked + k] = by_rank[ranks[k]]
        ranked += known
        hard = known > _BITS or len(listed) > most_lines
        state = np.uint32(1 << _BITS) if hard else np.uint32(0)
        if not hard:
            place = (pixel % grid[0], pixel // grid[0], reach)
            state ^= _lined(drawing, listed, place, (lines[lined:], piece[lined:]), (rank, ranks[:known]))
            for row in holding[:holders]:
                state ^= _bit(ranks, known, rank[row])
            lined += len(listed)
        if hard or len(listed) == 0:
            _no_line(lines[lined])
            piece[lined] = _NOBODY
            lined += 1
        records[record, 2] = np.int32(state)
        code[pixel] = -2 - record
        record += 1
    records[record, 0], records[record, 1], records[record, 2] = lined, ranked, 0
    return records, lines[:lined], piece[:lined], rows[:ranked].copy()

"""The loops over the bytes of a text table that numba compiles; imported only where numba is.

Places are counted without a sign: numba asks of each one that has a sign whether it counts from the end.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from gridgov.tables.number_loops import put_numbers
from gridgov.tables.raw_bytes import RUN, copy_bytes, copy_run, zeros_below

__all__ = ["ROOM", "gathered", "rows_read", "spliced"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")

_QUOTE, _FEED, _RETURN = (np.uint8(ord(letter)) for letter in '"\n\r')
_NONE, _ONE = np.uint64(0), np.uint64(1)

#: Bytes looked at in a row: what is found of them stays in the processor's cache.
_STEP = 4096

#: Multiplied by it, eight bytes that are 0 or 1 stand as bits in the highest byte.
_GATHER = np.uint64(0x0102040810204080)

#: So many bytes or less are copied in two steps, which is sooner than to find out how many they are.
ROOM = 2 * RUN


@_compiled
def rows_read(content: Any, separator: Any, step: Any, width: Any, columns: Any) -> Any:
    """Where the rows of some lines end, and the numbers in some columns.

    `content` begins with a line end of `step` bytes; what stands behind its last line end is no row.
    `columns` are sorted. Answers the places of all line ends outside of quotes, where the fields of `columns`
    begin and end and their numbers (NaN for what is not plain) in each row that is not empty, and whether all
    is as it should be: one kind of line end, rows of `width` values. If not, fields and numbers say nothing.
    """
    places, quotes = _signs(content, separator)
    if quotes > 0:
        places = _unquoted(content, places)
    count = len(places)
    while count > 0 and content[places[count - 1]] != _FEED:
        count -= 1
    places = places[:count]
    if _equal(content, separator, step, width, places):
        bounds, begins, ends = _equal_rows(step, width, columns, places)
        alike = True
    else:
        bounds, begins, ends, alike = _rows(content, step, width, columns, places)
    # Of rows that lack values not all fields were found.
    numbers = np.empty(begins.shape if alike else (0, 0))
    for n in range(len(numbers)):
        put_numbers(content, begins[n], ends[n], numbers[n])
    return bounds, begins, ends, numbers, alike


@_compiled
def _signs(content: Any, separator: Any) -> Any:
    """Places of separators, quotes and line ends, and how many quotes there are."""
    some, quotes = 0, 0
    for byte in content:
        some += (byte == separator) | (byte == _FEED) | (byte == _RETURN) | (byte == _QUOTE)
        quotes += byte == _QUOTE
    places = np.empty(some, dtype=np.uint32)
    count, place = _NONE, _NONE
    words = np.empty(_STEP // 8, dtype=np.uint64)
    sign = words.view(np.uint8)
    for begin in range(0, len(content), _STEP):
        part = content[begin : begin + _STEP]
        for k in range(len(part)):
            byte = part[k]
            sign[k] = (byte == separator) | (byte == _FEED) | (byte == _RETURN) | (byte == _QUOTE)
        sign[len(part) :] = 0
        for first in range(0, len(words), 8):
            # A bit for each of 64 bytes.
            bits = _NONE
            for k in range(8):
                bits |= ((words[first + k] * _GATHER) >> np.uint64(56)) << np.uint64(8 * k)
            while bits != _NONE:
                places[count] = place + zeros_below(bits)
                count += _ONE
                bits &= bits - _ONE
            place += np.uint64(64)
    return places, quotes


@_compiled
def _unquoted(content: Any, places: Any) -> Any:
    """Places of separators and line ends outside of quotes."""
    count = _NONE
    inside: Any = False
    for k in range(len(places)):
        quote = content[places[k]] == _QUOTE
        inside ^= quote
        places[count] = places[k]
        count += np.uint64(not (inside or quote))
    return places[:count]


@_compiled
def _equal(content: Any, separator: Any, step: Any, width: Any, places: Any) -> Any:
    """Whether every row has `width` values, and all line ends, the first one too, are of `step` bytes."""
    signs = np.uint64(width - 1)
    at, size = _NONE, np.uint64(len(places))
    alike: Any = size > _NONE
    while alike and at < size:
        if at > _NONE:
            alike = at + signs + np.uint64(step) <= size
            for _ in range(signs if alike else _NONE):
                alike &= content[places[at]] == separator
                at += _ONE
        if step == 2 and alike:
            # The last sign is a line feed: behind each other there is one.
            alike = content[places[at]] == _RETURN and places[at] + _ONE == places[at + _ONE]
            at += _ONE
        alike = alike and content[places[at]] == _FEED
        at += _ONE
    return alike


@_compiled
def _equal_rows(step: Any, width: Any, columns: Any, places: Any) -> Any:
    """Ends of rows, and fields, where every row has as many signs."""
    each = np.uint64(width - 1 + step)
    rows = np.uint64(len(places) - step) // each
    bounds = np.empty(rows + _ONE, dtype=np.int64)
    begins, ends = np.empty((len(columns), rows), np.uint32), np.empty((len(columns), rows), np.uint32)
    for row in range(rows + _ONE):
        bounds[row] = places[row * each]
    for n in range(len(columns)):
        # Behind the sign before it, which is the last byte of the line end for the first column.
        begin, end, first = begins[n], ends[n], np.uint64(columns[n] + step - 1)
        for row in range(rows):
            begin[row] = places[row * each + first] + _ONE
            end[row] = places[row * each + first + _ONE]
    return bounds, begins, ends


@_compiled
def _rows(content: Any, step: Any, width: Any, columns: Any, places: Any) -> Any:
    """Ends of rows, and fields, row by row; whether all is as it should be but for empty lines."""
    wanted = len(columns)
    bounds = np.empty(len(places), dtype=np.int64)
    begins, ends = np.empty((wanted, len(places)), np.uint32), np.empty((wanted, len(places)), np.uint32)
    count, rows, column, found = 0, 0, 0, 0
    begin: Any = 0
    row_begin: Any = 0
    alike: Any = True
    for k in range(len(places)):
        place = np.uint64(places[k])
        byte = content[place]
        if byte == _RETURN:
            alike &= step == 2 and content[place + _ONE] == _FEED
            continue
        end: Any = np.int64(place)
        if byte == _FEED:
            end += 1 - step
            alike &= step == 1 or (place > _NONE and content[place - _ONE] == _RETURN)
        if found < wanted and column == columns[found]:
            begins[found, rows], ends[found, rows] = begin, end
            found += 1
        column += 1
        begin = np.int64(place) + 1
        if byte == _FEED:
            if end > row_begin and count > 0:
                alike &= column == width
                rows += 1
            bounds[count] = end
            count += 1
            column, found, row_begin = 0, 0, begin
    return bounds[:count], begins[:, :rows].copy(), ends[:, :rows].copy(), alike


@_compiled
def gathered(content: Any, begin: Any, end: Any, at: Any) -> Any:
    """The bytes of some fields one after the other, and where each begins and the last ends."""
    bounds = np.empty(len(at) + 1, dtype=np.int64)
    bounds[0] = 0
    for k in range(len(at)):
        bounds[k + 1] = bounds[k] + np.int64(end[at[k]]) - np.int64(begin[at[k]])
    text = np.empty(bounds[-1], dtype=np.uint8)
    for k in range(len(at)):
        copy_bytes(text, bounds[k], content, np.int64(begin[at[k]]), bounds[k + 1] - bounds[k])
    return text, bounds


@_compiled
def spliced(content: Any, bounds: Any, one: Any, other: Any, at: Any, done: Any, piece: Any) -> Any:
    """Put rows, each with a text behind it, into `piece`, from row `done` on, as many as it holds.

    `one` and `other` are lists of texts: where each begins and the last ends, and their bytes. `at` says
    which one a row gets, those of the second list counted behind those of the first. `piece` is longer by
    `ROOM` than what it is to hold. Answers the row after the last one, and the bytes put down.
    """
    first, most = len(one[0]) - 1, len(piece) - ROOM
    place: Any = 0
    for k in range(done, len(at)):
        size, n = bounds[k + 1] - bounds[k], at[k]
        if n < first:
            text, length = one[0][n], one[0][n + 1] - one[0][n]
        else:
            text, length = other[0][n - first], other[0][n - first + 1] - other[0][n - first]
        if place + size + length > most:
            return k, place
        _put(piece, place, content, bounds[k], size)
        _put(piece, place + size, one[1] if n < first else other[1], text, length)
        place += size + length
    return len(at), place


@_compiled
def _put(piece: Any, place: Any, content: Any, begin: Any, size: Any) -> None:
    """Copy some bytes; few with those behind them, if there are so many: the next ones take their place."""
    if size <= ROOM and begin + ROOM <= len(content):
        copy_run(piece, place, content, begin)
        copy_run(piece, place + RUN, content, begin + RUN)
    else:
        copy_bytes(piece, place, content, begin, size)

"""The loops over the bytes of a text table that numba compiles; imported only where numba is.

Places are counted without a sign: numba asks of each one that has a sign whether it counts from the end.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["gathered", "rows_read", "spliced"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")

_QUOTE, _FEED, _RETURN, _MINUS, _POINT, _ZERO = (np.uint8(ord(letter)) for letter in '"\n\r-.0')
_NONE, _ONE, _TEN = np.uint64(0), np.uint64(1), np.uint64(10)

#: A whole number of so many digits, and a power of ten of so many zeros, are exact: so is what rounding once
#: makes of one divided by the other.
_MOST_DIGITS, _MOST_DECIMALS = 15, 22
_POWERS = 10.0 ** np.arange(_MOST_DECIMALS + 1)


@_compiled
def rows_read(content: Any, separator: Any, step: Any, width: Any, columns: Any) -> Any:
    """Where the rows of some lines end, and the numbers in some columns.

    `content` begins with a line end of `step` bytes and has one at its end; `columns` are sorted. Answers the
    places of all line ends outside of quotes, where the fields of `columns` begin and end and their numbers
    (NaN for what is not plain) in each row that is not empty, and whether all is as it should be: one kind of
    line end, rows of `width` values.
    """
    places, lines = _signs(content, separator)
    wanted = len(columns)
    bounds = np.empty(lines, dtype=np.int64)
    begins, ends = np.empty((wanted, lines), dtype=np.int64), np.empty((wanted, lines), dtype=np.int64)
    numbers = np.empty((wanted, lines))
    count, rows, column, found = 0, 0, 0, 0
    begin: Any = 0
    row_begin: Any = 0
    inside, alike = False, True
    for k in range(len(places)):
        place = places[k]
        byte = content[place]
        if byte == _QUOTE:
            inside = not inside
        elif inside:
            continue
        elif byte == _RETURN:
            after = place + _ONE
            alike &= step == 2 and (after == len(content) or content[after] == _FEED)
        else:
            end: Any = np.int64(place)
            if byte == _FEED:
                end += 1 - step
                alike &= step == 1 or (place > _NONE and content[place - _ONE] == _RETURN)
            if found < wanted and column == columns[found]:
                begins[found, rows], ends[found, rows] = begin, end
                numbers[found, rows] = _number(content, begin, end)
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
    return bounds[:count], begins[:, :rows], ends[:, :rows], numbers[:, :rows], alike


@_compiled
def _signs(content: Any, separator: Any) -> Any:
    """Places of separators, quotes and line ends, and how many line feeds there are."""
    size, lines = len(content), 0
    words = np.zeros((size + 7) // 8, dtype=np.uint64)
    sign = words.view(np.uint8)
    for k in range(size):
        byte = content[k]
        sign[k] = (byte == separator) | (byte == _FEED) | (byte == _RETURN) | (byte == _QUOTE)
    some = 0
    for k in range(size):
        some += sign[k]
        lines += content[k] == _FEED
    places = np.empty(some, dtype=np.uint64)
    count, place = _NONE, _NONE
    for k in range(len(words)):
        word = words[k]
        while word != _NONE:
            lowest = word & (~word + _ONE)
            places[count] = place + _byte_of(lowest)
            count += _ONE
            word ^= lowest
        place += np.uint64(8)
    return places, lines


@_compiled
def _byte_of(bit: Any) -> Any:
    """The byte in which the only bit of a word is."""
    byte = _NONE
    if bit & np.uint64(0xFFFFFFFF) == _NONE:
        byte += np.uint64(4)
        bit >>= np.uint64(32)
    if bit & np.uint64(0xFFFF) == _NONE:
        byte += np.uint64(2)
        bit >>= np.uint64(16)
    if bit & np.uint64(0xFF) == _NONE:
        byte += _ONE
    return byte


@_compiled
def _number(content: Any, begin: Any, end: Any) -> Any:
    """The number of some digits, as exactly as any reader gives it; NaN for anything else."""
    at, after = np.uint64(begin), np.uint64(end)
    if after > at + _ONE and content[at] == _QUOTE and content[after - _ONE] == _QUOTE:
        at += _ONE
        after -= _ONE
    negative = at < after and content[at] == _MINUS
    if negative:
        at += _ONE
    first, whole, point = at, _NONE, False
    digits: Any = 0
    decimals: Any = 0
    while at < after:
        byte = content[at]
        digit = byte - _ZERO
        if digit <= np.uint8(9):
            whole = whole * _TEN + np.uint64(digit)
            digits += whole > _NONE
            decimals += point
        elif byte == _POINT and not point and at > first:
            point = True
        else:
            return np.nan
        if digits > _MOST_DIGITS or decimals > _MOST_DECIMALS:
            return np.nan
        at += _ONE
    if at == first or content[after - _ONE] == _POINT:
        return np.nan
    number = np.float64(whole) / _POWERS[decimals]
    return -number if negative else number


@_compiled
def gathered(content: Any, begin: Any, end: Any, at: Any) -> Any:
    """The bytes of some fields one after the other, and where each begins and the last ends."""
    bounds = np.empty(len(at) + 1, dtype=np.int64)
    bounds[0] = 0
    for k in range(len(at)):
        bounds[k + 1] = bounds[k] + end[at[k]] - begin[at[k]]
    text = np.empty(bounds[-1], dtype=np.uint8)
    place = _NONE
    for k in range(len(at)):
        place = _copied(text, place, content, begin[at[k]], end[at[k]])
    return text, bounds


@_compiled
def spliced(content: Any, bounds: Any, one: Any, other: Any, at: Any) -> Any:
    """The bytes of rows, each with a text behind it.

    `one` and `other` are lists of texts: where each begins and the last ends, and their bytes. `at` says
    which one a row gets, those of the second list counted behind those of the first.
    """
    first, size = len(one[0]) - 1, 0
    for k in range(len(at)):
        n = at[k]
        size += bounds[k + 1] - bounds[k]
        size += one[0][n + 1] - one[0][n] if n < first else other[0][n - first + 1] - other[0][n - first]
    answer = np.empty(size, dtype=np.uint8)
    place = _NONE
    for k in range(len(at)):
        n = at[k]
        place = _copied(answer, place, content, bounds[k], bounds[k + 1])
        if n < first:
            place = _copied(answer, place, one[1], one[0][n], one[0][n + 1])
        else:
            place = _copied(answer, place, other[1], other[0][n - first], other[0][n - first + 1])
    return answer


@_compiled
def _copied(answer: Any, place: Any, content: Any, begin: Any, end: Any) -> Any:
    """Copy bytes to a place; where they end there."""
    begin, size = np.uint64(begin), np.uint64(end - begin)
    for k in range(size):
        answer[place + k] = content[begin + k]
    return place + size

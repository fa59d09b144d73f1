"""The loops that read plain decimal numbers out of bytes; imported only where numba is.

Places are counted without a sign: numba asks of each one that has a sign whether it counts from the end.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from gridgov.tables.raw_bytes import eight_bytes

__all__ = ["numbers_in", "put_numbers"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")

_QUOTE, _MINUS, _POINT, _ZERO = (np.uint8(ord(letter)) for letter in '"-.0')
_NONE, _ONE, _TEN = np.uint64(0), np.uint64(1), np.uint64(10)

#: A whole number of so many digits, and a power of ten of so many zeros, are exact: so is what rounding once
#: makes of one divided by the other.
_MOST_DIGITS, _MOST_DECIMALS = 15, 22
_POWERS = 10.0 ** np.arange(_MOST_DECIMALS + 1)

#: Digits before a point where those behind it are read eight at once; what no digits come to.
_SOME_DIGITS, _EIGHT, _NO_DIGITS = np.uint64(6), np.uint64(8), np.uint64(1 << 63)
_TENS = np.uint64(10) ** np.arange(9, dtype=np.uint64)

#: Eight digits 0; what takes a byte over 9 into its upper half, and those halves; bytes that hold numbers of
#: two digits, and of four.
_ZEROS, _SIXES, _HIGH = (np.uint64(0x0101010101010101) * np.uint64(byte) for byte in (0x30, 0x06, 0xF0))
_PAIRS, _FOURS = np.uint64(0x00FF00FF00FF00FF), np.uint64(0x0000FFFF0000FFFF)


@_compiled
def put_numbers(content: Any, begin: Any, end: Any, number: Any) -> None:
    """Put down the numbers of some fields."""
    for k in range(len(number)):
        number[k] = _number(content, begin[k], end[k])


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
    first, whole = at, _NONE
    while at < after and content[at] - _ZERO <= np.uint8(9) and at - first < _SOME_DIGITS:
        whole = whole * _TEN + np.uint64(content[at] - _ZERO)
        at += _ONE
    decimals = after - at - _ONE
    # Few digits, a point, and up to eight more, which are read at once.
    if first < at < after and content[at] == _POINT and _NONE < decimals <= _EIGHT and after >= _EIGHT:
        more = _eight_digits(eight_bytes(content, after - _EIGHT), decimals)
        if more == _NO_DIGITS:
            return np.nan
        number = np.float64(whole * _TENS[decimals] + more) / _POWERS[decimals]
    else:
        number = _digits(content, first, after)
    return -number if negative else number


@_compiled
def _eight_digits(word: Any, count: Any) -> Any:
    """The number of the last `count` of eight digits that are the bytes of a word, the lowest first.

    Each pair of digits is made one of two digits, of these each pair one of four, and so on.
    """
    others = np.uint64(8) * (_EIGHT - count)
    digits = ((word ^ _ZEROS) >> others) << others
    if ((digits + _SIXES) | digits) & _HIGH != _NONE:
        return _NO_DIGITS
    digits = (digits * _TEN + (digits >> np.uint64(8))) & _PAIRS
    digits = (digits * np.uint64(100) + (digits >> np.uint64(16))) & _FOURS
    return (digits * np.uint64(10_000) + (digits >> np.uint64(32))) & np.uint64(0xFFFFFFFF)


@_compiled
def _digits(content: Any, first: Any, after: Any) -> Any:
    """The number of any digits with a point among them or none, one by one."""
    at, whole, point = first, _NONE, False
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
    return np.float64(whole) / _POWERS[decimals]


@_compiled
def numbers_in(content: Any, bounds: Any) -> Any:
    """The numbers of some texts one after the other, NaN for what is not plain: also in quotes."""
    numbers = np.empty(len(bounds) - 1)
    for k in range(len(numbers)):
        begin, end = bounds[k], bounds[k + 1]
        quoted = end > begin and content[np.uint64(begin)] == _QUOTE
        numbers[k] = np.nan if quoted else _number(content, begin, end)
    return numbers

"""Whole numbers put in order by sorting them with their places, several times as fast as `argsort`."""

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["distinct", "distinct_only", "in_order", "put_in_order"]

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[Any]

#: A number and its place share the bits of one whole number that is not negative.
BITS = 63


def in_order(values: Numbers) -> Ints:
    """Answer the places of whole numbers in ascending order, equal ones as they stand.

    >>> in_order(np.array([7, 3, 7])).tolist()
    [1, 0, 2]
    """
    packed = _packed(values)
    return np.argsort(values, kind="stable") if packed is None else packed & _places(values)


def put_in_order(values: Numbers) -> tuple[Numbers, Ints]:
    """Answer whole numbers in ascending order, and the place of each, equal ones as they stand.

    >>> [part.tolist() for part in put_in_order(np.array([7, 3, 7]))]
    [[3, 7, 7], [1, 0, 2]]
    """
    packed = _packed(values)
    if packed is None:
        order = np.argsort(values, kind="stable")
        return values[order], order
    order = packed & _places(values)
    packed >>= len(values).bit_length()
    return packed.astype(values.dtype, copy=False), order


def distinct(values: Numbers) -> tuple[Numbers, Ints]:
    """Answer the distinct values, ascending, and the place among them of each value.

    `np.unique` of numpy 2.3 and later hashes, at ten times the cost.

    >>> [part.tolist() for part in distinct(np.array([7, 3, 7]))]
    [[3, 7], [1, 0, 1]]
    """
    ordered, order = put_in_order(values)
    first = _first(ordered)
    place = np.empty(len(values), dtype=np.int64)
    place[order] = np.cumsum(first) - 1
    return ordered[first], place


def distinct_only(values: Numbers) -> Numbers:
    """Answer the distinct values, ascending."""
    ordered = np.sort(values)
    return np.asarray(ordered[_first(ordered)])


def _packed(values: Numbers) -> Ints | None:
    """Answer values in order, in the last bits the place of each; None if they leave no room for places."""
    bits = len(values).bit_length()
    if not len(values) or values.dtype.kind not in "iu":
        return None
    if int(values.min()) < 0 or int(values.max()).bit_length() + bits > BITS:
        return None
    packed = values.astype(np.int64) << bits
    packed |= np.arange(len(values))
    packed.sort()
    return packed


def _places(values: Numbers) -> int:
    """The bits in which the places of values stand."""
    return int((1 << len(values).bit_length()) - 1)


def _first(ordered: Numbers) -> npt.NDArray[np.bool_]:
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first

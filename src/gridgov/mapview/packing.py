"""Whole numbers as text that a page unpacks at once: variable-length bytes in base64."""

import base64
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gridgov.errors import ArgumentError
from gridgov.mapview.said_words import WORDS

__all__ = ["packed", "packed_differences"]

Ints = npt.NDArray[np.int64]

_BITS: Final = 7
_MORE: Final = 1 << _BITS
#: JavaScript works with bits on 32-bit numbers.
_LARGEST: Final = 1 << 31


def packed(values: npt.ArrayLike) -> str:
    """Whole numbers of either sign, small ones in few bytes (zigzag, LEB128, base64).

    Parameters
    ----------
    values
        (n,) whole numbers between -2**30 and 2**30.

    Raises
    ------
    ArgumentError
        A number is out of this range.

    >>> packed([0, -1, 1, 64])
    'AAECgAE='
    """
    numbers = np.asarray(values, dtype=np.int64)
    folded = np.where(numbers < 0, -2 * numbers - 1, 2 * numbers)
    if len(folded) and folded.max() >= _LARGEST:
        raise ArgumentError(WORDS("large_number"))
    size = np.ones(len(folded), dtype=np.int64)
    for k in range(1, 5):
        size += folded >= 1 << (_BITS * k)
    start = np.cumsum(size) - size
    out: npt.NDArray[Any] = np.zeros(int(size.sum()), dtype=np.uint8)
    for k in range(int(size.max(initial=0))):
        there = size > k
        part = (folded[there] >> (_BITS * k)) & (_MORE - 1)
        out[start[there] + k] = part | np.where(size[there] > k + 1, _MORE, 0)
    return base64.b64encode(out.tobytes()).decode("ascii")


def packed_differences(values: npt.ArrayLike) -> str:
    """Whole numbers by how much each differs from the one before; the first from 0."""
    return packed(np.diff(np.asarray(values, dtype=np.int64), prepend=0))

"""Lists of different lengths that stand behind each other in one array."""

import numpy as np
import numpy.typing as npt

__all__ = ["spread"]

Ints = npt.NDArray[np.int64]


def spread(first: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Answer the places of the items of lists, `count` of them from `first` on: which list, and where.

    >>> [part.tolist() for part in spread(np.array([5, 0]), np.array([2, 1]))]
    [[0, 0, 1], [5, 6, 0]]
    """
    which = np.repeat(np.arange(len(count)), count)
    where = np.arange(len(which)) + np.repeat(first - (np.cumsum(count) - count), count)
    return which, where

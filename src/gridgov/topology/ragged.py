"""Lists of different lengths that stand behind each other in one array."""

import numpy as np
import numpy.typing as npt

__all__ = ["spread", "starts"]

Ints = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]


def starts(number: Ints | Short, count: int) -> Ints:
    """Answer where the items of each of `count` lists begin, and behind them the end of the last.

    `number` (n,) ascends: the list of each item.

    >>> starts(np.array([0, 0, 2]), 3).tolist()
    [0, 2, 2, 3]
    """
    answer = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(number, minlength=count), out=answer[1:])
    return answer


def spread(first: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Answer the places of the items of lists, `count` of them from `first` on: which list, and where.

    >>> [part.tolist() for part in spread(np.array([5, 0]), np.array([2, 1]))]
    [[0, 0, 1], [5, 6, 0]]
    """
    which = np.repeat(np.arange(len(count)), count)
    where = (first - (np.cumsum(count) - count)).take(which)  # for short lists quicker than to repeat
    where += np.arange(len(which))
    return which, where

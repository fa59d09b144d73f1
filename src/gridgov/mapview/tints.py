"""Which of a few colours everyone gets, so that neighbours differ."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["TINTS", "neighbours_of", "tints_of"]

Ints = npt.NDArray[np.int64]

#: Paul Tol's "light" scheme (Technical note SRON/EPS/TN/09-002, 2021), made for filling areas below dark
#: words; distinct in normal and colour-blind vision.
TINTS: Final = ("#77AADD", "#EEDD88", "#FFAABB", "#44BB99", "#EE8866", "#99DDFF", "#BBCC33", "#AAAA00")


def neighbours_of(one: Ints, other: Ints, group: Ints) -> tuple[Ints, Ints]:
    """Pairs of groups that share a border, each once, the lower first.

    `one` and `other` are rows on the sides of each border, -1 for nobody; `group` is that of each row, -1 for
    rows of no group.
    """
    both = (one >= 0) & (other >= 0)
    a, b = group[one[both]], group[other[both]]
    there = (a >= 0) & (b >= 0) & (a != b)
    low, high = np.minimum(a, b)[there], np.maximum(a, b)[there]
    width = int(group.max(initial=0)) + 1
    pair = np.unique(low * width + high)
    return pair // width, pair % width


def tints_of(count: int, one: Ints, other: Ints, *, tints: int = len(TINTS)) -> Ints:
    """A number below `tints` for each of `count` groups; those of a pair differ.

    Groups with the fewest neighbours left are taken off first and coloured last. Connected areas of a map
    then need six colours at most; where groups lie in many places and more would be needed, a group gets the
    colour that fewest of its neighbours have.
    """
    around = _around(count, one, other)
    answer = np.full(count, -1, dtype=np.int64)
    for group in reversed(_fewest_first(around)):
        taken = np.bincount(answer[around[group]] + 1, minlength=tints + 1)[1:]
        free = np.flatnonzero(taken == taken.min())
        answer[group] = free[group % len(free)]  # not always the first, so that all colours are used
    return answer


def _around(count: int, one: Ints, other: Ints) -> list[Ints]:
    ends = np.concatenate([one, other])
    order = np.argsort(ends, kind="stable")
    number = np.bincount(ends, minlength=count)
    return np.split(np.concatenate([other, one])[order], np.cumsum(number)[:-1]) if count else []


def _fewest_first(around: Sequence[Ints]) -> list[int]:
    """Groups in the order in which each has the fewest neighbours among those not yet named."""
    left = [len(each) for each in around]
    shelves: list[set[int]] = [set() for _ in range(max(left, default=0) + 1)]
    for group, number in enumerate(left):
        shelves[number].add(group)
    order: list[int] = []
    lowest = 0
    while len(order) < len(around):
        while not shelves[lowest]:
            lowest += 1
        group = shelves[lowest].pop()
        left[group] = -1
        order.append(group)
        for each in around[group].tolist():
            if left[each] > 0:
                shelves[left[each]].remove(each)
                left[each] -= 1
                shelves[left[each]].add(each)
        lowest = max(lowest - 1, 0)
    return order

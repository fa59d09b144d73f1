"""Cycles of a permutation: which one each element is in, and where.

Some elements of each cycle are marks. From all marks at the same time we walk on to the next one; then only
the marks are left to be joined, by pointer doubling.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gridgov.topology.components import components, lowest_of

__all__ = ["cycle_heads", "cycles"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: Besides the elements lower than both beside them, one in 2**SPREAD is a mark, wherever it lies, so that no
#: walk is long: Knuth's multiplier spreads the numbers of elements over 32 bits.
SPREAD, MULTIPLIER, WORD = 4, np.uint32(2654435761), 32

#: Cycles of up to 2**4 elements are found by doubling alone; what is left of longer ones is joined.
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class _Walked:
    """The stretches from mark to mark.

    Attributes
    ----------
    mark
        (m,) elements, ascending; the lowest of each cycle is one.
    stretch, step
        (n,) the mark each element lies behind, as a row of `mark`, and how many steps.
    following, length
        (m,) the mark that comes next, and after how many steps.
    """

    mark: Ints
    stretch: npt.NDArray[np.int32]
    step: npt.NDArray[np.int32]
    following: Ints
    length: Ints


def cycle_heads(following: Ints) -> Ints:
    """Answer the lowest element of the cycle that each element is in.

    Parameters
    ----------
    following
        (n,) a permutation: the element that comes next.

    >>> cycle_heads(np.array([2, 1, 3, 0])).tolist()
    [0, 1, 0, 0]
    """
    walked = _walked(following)
    return np.asarray(walked.mark[_heads(walked.following)][walked.stretch])


def cycles(following: Ints) -> tuple[Ints, Ints]:
    """Answer the heads as `cycle_heads` does, and how many steps each element lies behind its head.

    >>> [part.tolist() for part in cycles(np.array([2, 1, 3, 0]))]
    [[0, 1, 0, 0], [0, 0, 1, 2]]
    """
    walked = _walked(following)
    head = _heads(walked.following)
    step = _steps(walked.following, walked.length, head)
    return walked.mark[head][walked.stretch], step[walked.stretch] + walked.step


def _marks(following: Ints) -> Bools:
    """Tell the elements lower than the ones before and behind them, and some more."""
    element = np.arange(len(following))
    falls = following < element
    answer = np.zeros(len(following), dtype=bool)
    answer[following[falls]] = True
    answer &= ~falls
    answer |= following == element
    answer |= (element.astype(np.uint32) * MULTIPLIER) >> np.uint32(WORD - SPREAD) == 0
    return answer


def _walked(following: Ints) -> _Walked:
    is_mark = _marks(following)
    mark = np.flatnonzero(is_mark)
    stretch, step = np.zeros((2, len(following)), dtype=np.int32)
    stretch[mark] = np.arange(len(mark))
    to, length = np.empty((2, len(mark)), dtype=np.int64)
    walking, here, steps = np.arange(len(mark), dtype=np.int32), following[mark], 1
    while len(walking):
        there = is_mark[here]
        ended = walking[there]
        to[ended], length[ended] = stretch[here[there]], steps
        walking, here = walking[~there], here[~there]
        stretch[here], step[here] = walking, steps
        here, steps = following[here], steps + 1
    return _Walked(mark, stretch, step, to, length)


def _heads(following: Ints) -> Ints:
    """Answer the lowest element of each cycle, by doubling."""
    head = np.minimum(np.arange(len(following)), following)
    jump = following
    for _ in range(ROUNDS - 1):
        jump = jump[jump]
        np.minimum(head, head[jump], out=head)
    apart = np.flatnonzero(head[following] != head)
    if not len(apart):
        return head
    # Each stretch of a long cycle has the lowest element ahead of it by now; stretches that meet are one.
    one, other = head[apart], head[following[apart]]
    known = np.zeros(len(head), dtype=bool)
    known[one] = True
    stretch = np.flatnonzero(known)
    number = np.cumsum(known) - 1
    group = components(len(stretch), number[one], number[other])
    lowest = np.arange(len(head))
    lowest[stretch] = stretch[lowest_of(group)][group]
    return lowest[head]


def _steps(following: Ints, length: Ints, head: Ints) -> Ints:
    """Answer how far each element lies behind its head, where the next one is `length` steps away."""
    ahead, to = length.copy(), following.copy()
    active = np.flatnonzero(to != head)
    while len(active):
        target = to[active]
        more, further = ahead[target], to[target]
        ahead[active] += more
        to[active] = further
        active = active[further != head[active]]
    # Of a head it is the whole cycle.
    return np.asarray(np.where(head == np.arange(len(head)), 0, ahead[head] - ahead))

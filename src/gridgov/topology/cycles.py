"""Cycles of a permutation: which one each element is in, and where, by pointer doubling."""

import numpy as np
import numpy.typing as npt

from gridgov.topology.components import components, lowest_of

__all__ = ["cycle_heads", "steps_from_head"]

Ints = npt.NDArray[np.int64]

#: Cycles of up to 2**4 elements are found by doubling alone; what is left of longer ones is joined.
ROUNDS = 4


def cycle_heads(following: Ints) -> Ints:
    """Answer the lowest element of the cycle that each element is in.

    Parameters
    ----------
    following
        (n,) a permutation: the element that comes next.

    >>> cycle_heads(np.array([2, 1, 3, 0])).tolist()
    [0, 1, 0, 0]
    """
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


def steps_from_head(following: Ints, head: Ints) -> tuple[Ints, Ints]:
    """Answer how many steps each element lies behind its cycle's head, and how long its cycle is.

    >>> steps_from_head(np.array([2, 1, 3, 0]), np.array([0, 1, 0, 0]))[0].tolist()
    [0, 0, 1, 2]
    """
    length = np.bincount(head, minlength=len(head))[head]
    ahead = np.ones(len(head), dtype=np.int64)
    to = following.copy()
    active = np.flatnonzero(to != head)
    while len(active):
        target = to[active]
        more, further = ahead[target], to[target]
        ahead[active] += more
        to[active] = further
        active = active[further != head[active]]
    return (length - ahead) % np.maximum(length, 1), length

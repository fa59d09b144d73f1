"""Welding: vertices of a layer that are one corner, drawn several times."""

import numpy as np
import numpy.typing as npt

from gridgov.topology.distinct import distinct_only, in_order
from gridgov.topology.ragged import spread

__all__ = ["welded"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Onward of a square lie, so many columns aside, the squares from so many rows up to so many: with these each
#: two squares side by side are met once.
ONWARD = ((0, 0, 1), (1, -1, 1))


def welded(places: Ints, many: Ints, *, reach: int) -> Ints:
    """Answer where places are in which those no farther apart than `reach` are one.

    Parameters
    ----------
    places
        (n, 2) distinct places in grid steps, sorted by x, then y.
    many
        (n,) how many vertices each is of.
    reach
        Grid steps.

    Returns
    -------
    (n, 2) The places; those that were welded lie in the middle of what was drawn.

    Notes
    -----
    In order of x, then y, each place takes those within reach that none before it took: none moves farther
    than twice the reach. Costs a sort, and array steps per pair within reach.
    """
    if not len(places):
        return places
    origin = places.min(axis=0)
    near = places - origin
    i, j = _pairs(near, reach)
    if not len(i):
        return places
    into = _taken(len(near), i, j, _apart(near, i, j))
    total = np.bincount(into, weights=many, minlength=len(near))
    middle = np.stack(
        [np.bincount(into, weights=many * along, minlength=len(near)) for along in near.T], axis=1
    )
    taking = np.flatnonzero(np.bincount(into, minlength=len(near)) > 1)
    near[taking] = np.floor(middle[taking] / total[taking, None] + 0.5).astype(np.int64)
    return np.asarray(near.take(into, axis=0) + origin)


def _pairs(places: Ints, reach: int) -> tuple[Ints, Ints]:
    """Answer pairs i < j of places within reach."""
    column, row = places.T // max(reach, 1)
    high = int(row.max()) + 2  # room for the row below the first
    key = (column + 1) * high + row + 1
    order = in_order(key)
    ordered = key[order]
    found = []
    for aside, lowest, highest in ONWARD:
        beside = ordered + aside * high
        low = np.searchsorted(ordered, beside + lowest, side="left")
        which, at = spread(low, np.searchsorted(ordered, beside + highest, side="right") - low)
        found.append(np.stack([order[which], order[at]]))
    one, other = np.concatenate(found, axis=1)
    i, j = np.minimum(one, other), np.maximum(one, other)
    near = (i != j) & (_apart(places, i, j) <= reach)
    key = distinct_only(i[near] * len(places) + j[near])
    return key // len(places), key % len(places)


def _apart(places: Ints, i: Ints, j: Ints) -> Floats:
    along = places.take(j, axis=0) - places.take(i, axis=0)
    return np.asarray(np.hypot(along[:, 0], along[:, 1]))


def _taken(count: int, i: Ints, j: Ints, apart: Floats) -> Ints:
    """Answer the place that takes each place; `i` < `j` are within reach of each other."""
    into = np.arange(count)
    open_ = np.zeros(count, dtype=bool)
    open_[i] = open_[j] = True
    while len(i):
        # Open places without a lower open one within reach take what is within theirs, the nearest each.
        takes = open_.copy()
        takes[j] = False
        offers = takes[i]
        order = np.lexsort((-i[offers], -apart[offers], j[offers]))
        into[j[offers][order]] = i[offers][order]
        open_[takes] = False
        open_[j[offers]] = False
        left = open_[i] & open_[j]
        i, j, apart = i[left], j[left], apart[left]
    return into

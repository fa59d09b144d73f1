"""Welding: vertices of a layer that are one corner, drawn several times."""

import numpy as np
import numpy.typing as npt

from gridgov.topology.distinct import distinct, in_order
from gridgov.topology.ragged import spread

__all__ = ["welded"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Onward of a square lie, so many columns aside, the squares from so many rows up to so many: with these each
#: two squares side by side are met once.
ONWARD = ((0, 0, 1), (1, -1, 1))


def welded(xy: Ints, *, reach: int) -> Ints:
    """Answer places in which those no farther apart than `reach` are one.

    Parameters
    ----------
    xy
        (n, 2) places in grid steps, of several vertices each as often as they stand there.
    reach
        Grid steps.

    Returns
    -------
    (n, 2) The places; those that were welded lie in the middle of what was drawn. The answer does not depend
    on their order.

    Notes
    -----
    In order of x, then y, each place takes those within reach that none before it took: none moves farther
    than twice the reach. Costs a sort, and array steps per pair within reach.
    """
    if not len(xy):
        return xy
    origin = xy.min(axis=0)
    width = int((xy - origin)[:, 1].max()) + 1
    places, where = distinct((xy[:, 0] - origin[0]) * width + xy[:, 1] - origin[1])
    places = np.stack([places // width, places % width], axis=1)
    i, j = _pairs(places, reach)
    if not len(i):
        return xy
    into = _taken(len(places), i, j, _apart(places, i, j))
    many = np.bincount(where, minlength=len(places))
    total = np.bincount(into, weights=many, minlength=len(places))
    middle = np.stack(
        [np.bincount(into, weights=many * along, minlength=len(places)) for along in places.T], axis=1
    )
    taking = np.flatnonzero(np.bincount(into, minlength=len(places)) > 1)
    places[taking] = np.floor(middle[taking] / total[taking, None] + 0.5).astype(np.int64)
    return np.asarray(places[into].take(where, axis=0) + origin)


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
    key = distinct(i[near] * len(places) + j[near])[0]
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

"""Giving thin regions to a neighbour, the best match first."""

import numpy as np
import numpy.typing as npt

from gridgov.topology.components import components
from gridgov.topology.distinct import distinct
from gridgov.topology.edges import Neighbours

__all__ = ["absorb"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NONE = -1


def absorb(
    *, base: Ints, labels: Ints, area: Floats, pairs: Neighbours, seed: Bools, arm: Bools, crumb: Bools
) -> Ints:
    """Answer which seed each region joins, -1 for none; seeds join themselves.

    Parameters
    ----------
    base
        (n,) the unit of the rungs each region lies in; regions never leave it.
    labels
        (n, k) the grid of each layer, in order of precedence; -1 is none and matches nothing.
    area
        (n,) square metres.
    pairs
        Borders between regions.
    seed
        (n,) regions that stay. In a unit without any, the largest region of each connected group does.
    arm
        (n,) arms cut off a wider region. They join another region only if a label matches, and never the
        body they were cut from before all else is settled.
    crumb
        (n,) regions that rounding made: what no region of their own unit touches may leave the unit, and
        what nothing touches joins none. A unit of nothing else keeps them.

    Notes
    -----
    Seeded region growing by levels: each round joins only the pairs with the best match there is, where
    agreeing on the first layer outweighs all later ones; so a strip (a1, b2) between (a1, b1) and (a2, b2)
    becomes a1's, and the first layer's borders stay. Equal matches: the seed with the longest border, then
    the lower row. The order of the rows changes nothing else.
    """
    target = np.where(seed, np.arange(len(seed)), NONE).astype(np.int64)
    both = Neighbours(
        np.concatenate([pairs.i, pairs.j]),
        np.concatenate([pairs.j, pairs.i]),
        np.concatenate([pairs.length, pairs.length]),
    )
    inside = _where(both, base[both.i] == base[both.j])
    own_body = arm[inside.i] & (labels.take(inside.i, axis=0) == labels.take(inside.j, axis=0)).all(axis=1)
    anything = np.zeros(len(seed), dtype=np.int64)
    _grow(target, _where(inside, ~own_body), labels, least=np.where(arm, 1, 0))
    _grow(target, inside, labels, least=anything)
    settled = np.zeros(base.max(initial=NONE) + 1, dtype=bool)
    settled[base[(target != NONE) | ~crumb]] = True
    loose = (target == NONE) & ~(crumb & settled[base])
    if loose.any():
        _crown(target, inside, area, loose=loose)
        _grow(target, inside, labels, least=anything)
    # Last, so that no region of a unit follows one of its crumbs out of it.
    _grow(target, _where(both, crumb[both.i]), labels, least=anything)
    return target


def _where(pairs: Neighbours, wanted: Bools) -> Neighbours:
    return Neighbours(pairs.i[wanted], pairs.j[wanted], pairs.length[wanted])


def _grow(target: Ints, pairs: Neighbours, labels: Ints, *, least: Ints) -> None:
    """Let seeds take their loose neighbours (`pairs.i`), in place, as long as there are any."""
    weight = 1 << np.arange(labels.shape[1], dtype=np.int64)[::-1]
    while True:
        edge = (target[pairs.i] == NONE) & (target[pairs.j] != NONE)
        loose, to, border = pairs.i[edge], target[pairs.j[edge]], pairs.length[edge]
        match = ((labels[loose] == labels[to]) & (labels[loose] != NONE)) @ weight
        allowed = match >= least[loose]
        if not allowed.any():
            return
        best = allowed & (match == match[allowed].max())
        loose, to, border = loose[best], to[best], border[best]
        key, where = distinct(loose * len(target) + to)
        shared = np.bincount(where, weights=border)
        loose, to = key // len(target), key % len(target)
        order = np.lexsort((-to, shared))
        target[loose[order]] = to[order]


def _crown(target: Ints, pairs: Neighbours, area: Floats, *, loose: Bools) -> None:
    """Make the largest `loose` region of each connected group a seed, in place; crumbs connect, too."""
    open_ = target == NONE
    both = _where(pairs, open_[pairs.i] & open_[pairs.j])
    group = components(len(target), both.i, both.j)
    rows = np.flatnonzero(loose)
    order = rows[np.lexsort((-rows, area[rows]))]
    largest = np.full(len(target), NONE, dtype=np.int64)
    largest[group[order]] = order
    crowned = largest[largest != NONE]
    target[crowned] = crowned

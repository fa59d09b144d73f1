"""Filling ground that no grid of a layer covers: it goes to the neighbour of the longest shared border."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgov.topology.components import components
from gridgov.topology.edges import Neighbours, edge_table, neighbours
from gridgov.topology.refine import Refinement
from gridgov.topology.regions import dissolve, join_equal

__all__ = ["fill"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NONE = -1


def fill(refined: Refinement, *, grows: Sequence[npt.NDArray[Any]]) -> Refinement:
    """Give ground without a grid of a layer to the layer's grid that shares the longest border with it.

    Parameters
    ----------
    refined
        The cells; rows of `labels` as in `grows`.
    grows
        For each layer, (grids,) which of its grids may grow. A layer of which none may stays as it is.

    Notes
    -----
    Ground is one piece as far as it is connected inside one unit of `base`, and goes to one grid of the same
    unit; two borders of equal length: to the lower row. What touches no grid that may grow stays. Layers are
    filled one by one and do not see each other, so their order changes nothing. Cells that then have the same
    labels and share a border are one.
    """
    pairs = neighbours(edge_table(refined.cells))
    inside = _where(pairs, refined.base[pairs.i] == refined.base[pairs.j])
    labels = np.column_stack(
        [_filled(refined.labels[:, k], inside, np.asarray(may, bool)) for k, may in enumerate(grows)]
    ).astype(np.int64)
    given = labels != refined.labels
    if not given.any():
        return refined
    cell = join_equal(np.column_stack([refined.base, labels]), pairs)
    first = np.unique(cell, return_index=True)[1]
    return replace(
        refined,
        cells=dissolve(refined.cells, cell),
        base=refined.base[first],
        labels=labels[first],
        overlays=refined.overlays.filled(given, cell),
    )


def _filled(label: Ints, pairs: Neighbours, grows: Bools) -> Ints:
    """Answer one layer's labels after filling; `pairs` are the borders inside units."""
    bare = label == NONE
    if not bare.any() or not grows.any():
        return label
    both = bare[pairs.i] & bare[pairs.j]
    place = components(len(label), pairs.i[both], pairs.j[both])
    edge = _where(pairs, bare[pairs.i] != bare[pairs.j])
    empty = np.where(bare[edge.i], edge.i, edge.j)
    grid = label[np.where(bare[edge.i], edge.j, edge.i)]
    may = grows[grid]
    key, where = np.unique(place[empty[may]] * len(grows) + grid[may], return_inverse=True)
    shared = np.bincount(where, weights=edge.length[may], minlength=len(key))
    order = np.lexsort((-(key % len(grows)), shared))  # the best last, so that it is the one that stays
    to = np.full(len(label), NONE, dtype=np.int64)
    to[key[order] // len(grows)] = key[order] % len(grows)
    return np.where(bare, to[place], label)


def _where(pairs: Neighbours, wanted: Bools) -> Neighbours:
    return Neighbours(pairs.i[wanted], pairs.j[wanted], pairs.length[wanted])

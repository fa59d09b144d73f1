"""Which grids lie along a gap."""

import numpy as np
import numpy.typing as npt

from gridgov.conflicts.ground import NONE
from gridgov.topology.distinct import distinct
from gridgov.topology.mesh import Mesh
from gridgov.topology.parts import parts_of

__all__ = ["along", "places_of"]

Ints = npt.NDArray[np.int64]

TWO = 2


def places_of(mesh: Mesh, face: Ints) -> Ints:
    """Number the connected places that faces make together: for each of `face`, in order."""
    return parts_of(mesh, face, np.zeros(len(face), dtype=np.int64)).part


def along(mesh: Mesh, place: Ints, face: Ints, grid: Ints) -> tuple[Ints, Ints]:
    """Answer the two grids with the longest borders to each place, -1 for none, the lower row first.

    `place` numbers each of `face`; `grid` is that of every face, -1 for none.
    """
    place_of = np.full(len(mesh), NONE, dtype=np.int64)
    place_of[face] = place
    pairs = mesh.pairs
    inner, outer = np.concatenate([pairs.i, pairs.j]), np.concatenate([pairs.j, pairs.i])
    met = np.flatnonzero((place_of[inner] != NONE) & (grid[outer] != NONE))
    grids = max(int(grid.max(initial=NONE)) + 1, 1)
    pair, which = distinct(place_of[inner[met]] * grids + grid[outer[met]])
    size = np.bincount(which, weights=np.tile(pairs.length, 2)[met], minlength=len(pair))
    where, row = np.divmod(pair, grids)
    order = np.lexsort((row, -np.round(size, 2), where))
    nth = np.arange(len(order)) - np.searchsorted(where, where)  # `where` ascends already
    best = np.full((int(place.max(initial=NONE)) + 1, TWO), NONE, dtype=np.int64)
    best[where[nth < TWO], nth[nth < TWO]] = row[order][nth < TWO]
    low, high = best.min(axis=1), best.max(axis=1)
    return np.where(low == NONE, high, low), np.where(low == NONE, NONE, high)

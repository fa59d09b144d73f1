"""Which grids lie along a gap."""

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.check import Ground
from gridgov.conflicts.ground import NONE
from gridgov.schema import PRECISION_M
from gridgov.topology.components import components

__all__ = ["Borders"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Room for one coordinate in a number that holds two.
SPAN = 1 << 32
TWO = 2


class Borders:
    """The segments around all faces: which faces meet along which."""

    def __init__(self, ground: Ground) -> None:
        """Number the ends of all segments; one pass over all vertices."""
        xy, face = shapely.get_coordinates(ground.arrangement.faces, return_index=True)
        steps = np.rint((xy - xy.min(axis=0, initial=np.inf)) / PRECISION_M).astype(np.int64)
        _, spot = np.unique(steps[:, 0] * SPAN + steps[:, 1], return_inverse=True)
        # Between the rings of a face this makes segments that are none; nothing else has them.
        on = face[1:] == face[:-1]
        low, high = np.minimum(spot[1:], spot[:-1])[on], np.maximum(spot[1:], spot[:-1])[on]
        self.key = low.astype(np.int64) * (int(spot.max(initial=0)) + 1) + high
        self.face = face[1:][on].astype(np.int64)
        self.length = np.hypot(*(xy[1:] - xy[:-1])[on].T)
        self.faces = len(ground.arrangement.faces)

    def places(self, face: Ints) -> Ints:
        """Number the connected places that faces make together: for each of `face`, in order."""
        number = np.full(self.faces, NONE, dtype=np.int64)
        number[face] = np.arange(len(face))
        mine = np.flatnonzero(number[self.face] != NONE)
        order = mine[np.argsort(self.key[mine], kind="stable")]
        same = self.key[order[1:]] == self.key[order[:-1]]
        owner = number[self.face[order]]
        return components(len(face), owner[:-1][same], owner[1:][same])

    def along(self, place: Ints, face: Ints, grid: Ints) -> tuple[Ints, Ints]:
        """Answer the two grids with the longest borders to each place, -1 for none, the lower row first.

        `place` numbers each of `face`; `grid` is that of every face, -1 for none.
        """
        where, row, length = self._met(place, face, grid)
        grids = max(int(grid.max(initial=NONE)) + 1, 1)
        pair, which = np.unique(where * grids + row, return_inverse=True)
        size = np.bincount(which, weights=length, minlength=len(pair))
        where, row = np.divmod(pair, grids)
        order = np.lexsort((row, -np.round(size, 2), where))
        nth = np.arange(len(order)) - np.searchsorted(where, where)  # `where` ascends already
        best = np.full((int(place.max(initial=NONE)) + 1, TWO), NONE, dtype=np.int64)
        best[where[nth < TWO], nth[nth < TWO]] = row[order][nth < TWO]
        low, high = best.min(axis=1), best.max(axis=1)
        return np.where(low == NONE, high, low), np.where(low == NONE, NONE, high)

    def _met(self, place: Ints, face: Ints, grid: Ints) -> tuple[Ints, Ints, Floats]:
        """Answer each segment of a place that a grid lies along: the place, the grid, its length."""
        place_of = np.full(self.faces, NONE, dtype=np.int64)
        place_of[face] = place
        bare = np.flatnonzero(place_of[self.face] != NONE)
        order = bare[np.argsort(self.key[bare], kind="stable")]
        keys = self.key[order]
        other = np.flatnonzero(grid[self.face] != NONE)
        at = np.minimum(np.searchsorted(keys, self.key[other]), max(len(keys) - 1, 0))
        met = keys[at] == self.key[other] if len(keys) else np.zeros(len(other), dtype=bool)
        return place_of[self.face[order[at[met]]]], grid[self.face[other[met]]], self.length[other[met]]

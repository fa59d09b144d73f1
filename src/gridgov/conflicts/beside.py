"""Which grids lie along a gap."""

from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.check import Ground
from gridgov.conflicts.ground import NONE
from gridgov.schema import PRECISION_M
from gridgov.topology.components import components

__all__ = ["Corners"]

Ints = npt.NDArray[np.int64]

#: Room for one coordinate in a number that holds two.
SPAN = 1 << 32

TWO = 2
_SIDES: Final[tuple[Literal["left"], Literal["right"]]] = ("left", "right")


class Corners:
    """The corners of all faces: which faces meet where."""

    def __init__(self, ground: Ground) -> None:
        """Number the places where corners are; one pass over all vertices."""
        xy, face = shapely.get_coordinates(ground.arrangement.faces, return_index=True)
        steps = np.rint((xy - xy.min(axis=0, initial=np.inf)) / PRECISION_M).astype(np.int64)
        _, spot = np.unique(steps[:, 0] * SPAN + steps[:, 1], return_inverse=True)
        self.face, self.spot = face.astype(np.int64), spot.astype(np.int64)
        self.spots = int(spot.max(initial=NONE)) + 1

    def places(self, face: Ints) -> Ints:
        """Number the connected places that faces make together: for each of `face`, in order."""
        number = np.full(int(self.face.max(initial=NONE)) + 1, NONE, dtype=np.int64)
        number[face] = np.arange(len(face))
        mine = np.flatnonzero(number[self.face] != NONE)
        follows = mine[:-1][(np.diff(mine) == 1) & (self.face[mine[:-1]] == self.face[mine[1:]])]
        a, b = self.spot[follows], self.spot[follows + 1]
        key = np.minimum(a, b) * self.spots + np.maximum(a, b)
        order = np.argsort(key, kind="stable")
        same = key[order[1:]] == key[order[:-1]]
        owner = number[self.face[follows]]
        return components(len(face), owner[order[:-1]][same], owner[order[1:]][same])

    def along(self, place: Ints, face: Ints, grid: Ints) -> tuple[Ints, Ints]:
        """Answer the two grids that share most corners with each place, -1 for none, the lower row first.

        `place` numbers each of `face`; `grid` is that of every face, -1 for none.
        """
        count = int(place.max(initial=NONE)) + 1
        met = self._met(place, face)
        grids = max(int(grid.max(initial=NONE)) + 1, 1)
        touched = np.zeros(self.spots, dtype=bool)
        touched[met % self.spots] = True
        near = touched[self.spot] & (grid[self.face] != NONE)
        owned = np.unique(self.spot[near] * grids + grid[self.face[near]])
        # Each corner of a place meets each grid that has a corner there.
        start, end = (np.searchsorted(owned // grids, met % self.spots, side=s) for s in _SIDES)
        many = end - start
        offset = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        found = owned[np.repeat(start, many) + offset] % grids
        pair, shared = np.unique(np.repeat(met // self.spots, many) * grids + found, return_counts=True)
        where, row = np.divmod(pair, grids)
        order = np.lexsort((row, -shared, where))
        nth = np.arange(len(order)) - np.searchsorted(where, where)  # `where` ascends already
        best = np.full((count, 2), NONE, dtype=np.int64)
        best[where[nth < TWO], nth[nth < TWO]] = row[order][nth < TWO]
        low, high = best.min(axis=1), best.max(axis=1)
        return np.where(low == NONE, high, low), np.where(low == NONE, NONE, high)

    def _met(self, place: Ints, face: Ints) -> Ints:
        """Answer the corners of each place, as `place * spots + spot`."""
        place_of = np.full(int(self.face.max(initial=NONE)) + 1, NONE, dtype=np.int64)
        place_of[face] = place
        mine = place_of[self.face] != NONE
        return np.unique(place_of[self.face[mine]] * self.spots + self.spot[mine])

"""Two departments laid on each other: every overlap of their grids, once for both directions."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgov.crosswalk.divisions import Patches
from gridgov.crosswalk.relations import relations, wide_overlaps
from gridgov.crosswalk.weights import Portions
from gridgov.topology.refine import Tolerances

__all__ = ["Overlaps", "overlaps_of"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NONE = -1


@dataclass(frozen=True, slots=True)
class Overlaps:
    """What grids of two departments have in common.

    Attributes
    ----------
    first, second
        Names of the departments.
    a, b
        (n,) rows of their grids; -1 where there is none. Each pair is there once; (-1, -1) too, for weight
        that lies in no grid of either.
    area
        (n,) square metres.
    weight
        (n,), or None if nothing was to be counted.
    wide
        (n,) bool: it counts. Not so the strips that two drawings of one border leave.
    """

    first: str
    second: str
    a: Ints
    b: Ints
    area: Floats
    weight: Floats | None
    wide: Bools

    @property
    def meets(self) -> Bools:
        """Overlaps of two grids that count."""
        return np.asarray(self.wide & (self.a != NONE) & (self.b != NONE))

    @property
    def relation(self) -> npt.NDArray[Any]:
        """What each overlap is for its `a`: a relation, ``sliver``, or ``none`` where there is no `b`."""
        named = relations(self.a, self.b, self.meets)
        named[self.b == NONE] = "none"
        return named

    def reversed(self) -> "Overlaps":
        """The same seen from the other department."""
        return replace(self, first=self.second, second=self.first, a=self.b, b=self.a)


def overlaps_of(
    patches: Patches, portions: Portions | None, *, first: str, second: str, limits: Tolerances
) -> Overlaps:
    """Lay two departments on each other.

    An overlap counts if it has a spot as wide as the tolerance and is no smaller than min-area. A grid none
    of whose overlaps is, a market stall for instance, has its largest counted.
    """
    a, b = patches.labels[first], patches.labels[second]
    if portions is not None:
        a = np.concatenate([a, portions.labels[first]])
        b = np.concatenate([b, portions.labels[second]])
    pair, where = np.unique(np.column_stack([a, b]), axis=0, return_inverse=True)
    where = where.ravel().astype(np.int64)
    of_face = where[: len(patches.area)]
    area = _sums(of_face, patches.area, len(pair))
    weight = None if portions is None else _sums(where[len(patches.area) :], portions.weight, len(pair))
    a, b = pair[:, 0], pair[:, 1]
    wide = wide_overlaps(patches.ground, np.arange(len(patches.area)), of_face, area, limits=limits)
    wide |= _largest(a, area, wide) | _largest(b, area, wide)
    return Overlaps(first, second, a, b, area, weight, wide)


def _sums(where: Ints, values: Floats, length: int) -> Floats:
    return np.bincount(where, weights=values, minlength=length).astype(np.float64)


def _largest(grid: Ints, area: Floats, wide: Bools) -> Bools:
    """Tell the largest overlap of each grid that has no wide one; of equal ones the first."""
    has_wide = np.isin(grid, grid[wide])
    wanting = np.flatnonzero(~has_wide & (grid != NONE) & (area > 0))
    order = wanting[np.lexsort((wanting, -area[wanting], grid[wanting]))]
    answer = np.zeros(len(grid), dtype=bool)
    answer[order[np.unique(grid[order], return_index=True)[1]]] = True
    return answer

"""The places that a grid has in each unit it reaches."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgov.topology.components import components
from gridgov.topology.distinct import distinct
from gridgov.topology.edges import Neighbours
from gridgov.topology.regions import dissolve, thin

__all__ = ["wide_places"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NONE = -1


def wide_places(
    polygons: Callable[[Ints], npt.NDArray[Any]],
    area: npt.NDArray[np.float64],
    pairs: Neighbours,
    *,
    base: Ints,
    label: Ints,
    seed: Bools,
    tolerance_m: float,
) -> Bools:
    """Tell the largest region of each place that is as wide as the tolerance and would be given away.

    Parameters
    ----------
    polygons
        Answers the polygons of some regions of a noded coverage.
    area, pairs
        (n,) square metres of each region, and the borders between them.
    base, label
        (n,) the unit and the grid of each region; -1 for what is not asked about. A place is the connected
        ground of one grid in one unit.
    seed
        (n,) regions that stay anyhow: a place that has one needs no other.
    tolerance_m
        What is narrower is another drawing of the unit's border, however long it is; small places that are
        as wide count.
    """
    mine = np.flatnonzero(label != NONE)
    answer = np.zeros(len(area), dtype=bool)
    if not len(mine):
        return answer
    same = (label[pairs.i] != NONE) & (label[pairs.i] == label[pairs.j]) & (base[pairs.i] == base[pairs.j])
    whole = components(len(area), pairs.i[same], pairs.j[same])
    place = distinct(whole[mine])[1]
    wide = ~thin(dissolve(polygons(mine), place), tolerance_m=tolerance_m, min_area_m2=0.0)
    wide[place[seed[mine]]] = False
    order = np.lexsort((-mine, area[mine]))
    largest = np.full(len(wide), NONE, dtype=np.int64)
    largest[place[order]] = mine[order]
    answer[largest[wide]] = True
    return answer

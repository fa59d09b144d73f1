"""One layer as it was drawn, laid over the cells of a merge."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.topology.arrange import Arrangement, arrange

__all__ = ["LAYER", "Overlay", "lay_over"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

NONE = -1

#: The group of the layer's grids in the arrangement; there is no other.
LAYER = 0
_CELLS = 1


@dataclass(frozen=True, slots=True)
class Overlay:
    """The faces that the borders of a layer and those of the cells make together.

    Attributes
    ----------
    arrangement
        The faces, and the grids that cover each: several where grids overlap.
    cell
        (faces,) the cell each face lies in, -1 outside the city.
    grid
        (faces,) row of the grid that was drawn there, of several the smallest; -1 for none, and outside the
        city.
    """

    arrangement: Arrangement
    cell: Ints
    grid: Ints

    def __len__(self) -> int:
        return len(self.cell)


def lay_over(cells: Geometries, layer: Geometries, *, size: Floats) -> Overlay:
    """Lay a layer over the cells.

    Parameters
    ----------
    cells
        (n,) Polygons that do not overlap.
    layer
        (m,) the layer's polygons as drawn; they may overlap, leave gaps and reach outside.
    size
        (m,) what decides where they overlap: the smallest counts.

    Notes
    -----
    Layers are laid over the cells one by one: all of them together make several times as many faces, most of
    which tell nothing about any one department.
    """
    made = arrange([layer, cells])
    cell = made.smallest(_CELLS, shapely.area(cells))
    grid = np.where(cell == NONE, NONE, made.smallest(LAYER, size))
    return Overlay(made.only(LAYER), cell, grid)

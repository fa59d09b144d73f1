"""One layer as it was drawn, laid over the cells of a merge."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.topology.arrange import Arrangement, arrange

__all__ = ["LAYER", "Overlay", "Overlays", "lay_over"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
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
    given
        (faces,) whether the ground had no grid, and was given to a neighbour.
    """

    arrangement: Arrangement
    cell: Ints
    grid: Ints
    given: Bools

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
    return Overlay(made.only(LAYER), cell, grid, np.zeros(len(cell), dtype=bool))


class Overlays:
    """All layers of a merge laid over its cells, each when it is asked for.

    The overlay of a large city takes a hundred megabytes. So it is made each time anew, and whoever needs it
    keeps it; `kept` makes all of them at once.
    """

    __slots__ = ("_count", "_make")

    def __init__(self, make: Callable[[int], Overlay], count: int) -> None:
        """Take what makes the overlay of a layer, and the number of layers."""
        self._make, self._count = make, count

    @classmethod
    def of(cls, made: Sequence[Overlay]) -> Self:
        """Take overlays that are there already."""
        return cls(made.__getitem__, len(made))

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Overlay:
        return self._make(number)

    def __iter__(self) -> Iterator[Overlay]:
        return (self._make(number) for number in range(self._count))

    def kept(self) -> "Overlays":
        """Answer the same, made once and for all."""
        return Overlays.of(tuple(self))

    def filled(self, given: Bools, now: Ints) -> "Overlays":
        """Answer the same after ground without a grid was given to neighbours.

        Parameters
        ----------
        given
            (cells, layers) whether each cell was given.
        now
            (cells,) the cell that each is a part of since then.
        """

        def make(number: int) -> Overlay:
            before = self[number]
            was = before.cell
            return replace(
                before, cell=np.append(now, NONE)[was], given=np.append(given[:, number], False)[was]
            )

        return Overlays(make, len(self))

"""What answers: polygons alone, or with a raster of them."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridgov.index.borders import Borders
from gridgov.index.raster import Raster
from gridgov.index.shapes import Shapes
from gridgov.index.systems import Systems

__all__ = ["Drawn", "Pairs", "Ready"]


class Pairs(NamedTuple):
    """Points and the rows of cells that belong to them, sorted by point, distance, row."""

    point: NDArray[np.int64]
    row: NDArray[np.int32]
    distance_m: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """The polygons, which answer one by one, and where the points stand that they are asked about."""

    shapes: Shapes
    drawn: Systems


@dataclass(frozen=True, slots=True, eq=False)
class Drawn(Ready):
    """The same with a raster, drawn in the system of those points."""

    raster: Raster
    borders: Borders

"""What answers: polygons alone, or with a raster of them."""

from dataclasses import dataclass

from gridgov.index.borders import Borders
from gridgov.index.raster import Raster
from gridgov.index.shapes import Shapes
from gridgov.index.systems import Systems

__all__ = ["Drawn", "Ready"]


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

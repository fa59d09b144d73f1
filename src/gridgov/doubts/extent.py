"""Where the cells lie, in the coordinates of the points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridgov import datum
from gridgov.errors import CRSError
from gridgov.lookup import Atlas

__all__ = ["Extent"]

Floats = NDArray[np.float64]

#: Places along each side of the cells' own extent that are looked at.
_PLACES = 9


@dataclass(frozen=True, slots=True)
class Extent:
    """A box in some coordinate system; NaN where the cells have no place in it, so that it holds nothing."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, atlas: Atlas, crs: object) -> "Extent":
        """The box around the cells, in a coordinate system that `datum.parse_crs` takes."""
        west, south, east, north = atlas.bounds
        along = np.linspace(0, 1, _PLACES)
        x, y = np.meshgrid(west + along * (east - west), south + along * (north - south))
        try:
            x, y = datum.transform_points(x.ravel(), y.ravel(), source=atlas.crs, target=crs)
        except CRSError:  # no way leads there, so that no number of it can be a place among the cells
            return cls(np.nan, np.nan, np.nan, np.nan)
        return cls(float(x.min()), float(y.min()), float(x.max()), float(y.max()))

    def wider(self, by: float) -> "Extent":
        """The box with so much more on every side."""
        return Extent(self.west - by, self.south - by, self.east + by, self.north + by)

    def holds(self, x: Floats, y: Floats) -> NDArray[np.bool_]:
        """Whether each point lies in the box."""
        within = (x >= self.west) & (x <= self.east) & (y >= self.south) & (y <= self.north)
        return np.asarray(within)

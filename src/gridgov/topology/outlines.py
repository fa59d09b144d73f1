"""Polygons of regions as plain arrays, until they are wanted as polygons."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType

from gridgov.topology.ragged import spread

__all__ = ["Outlines"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

#: So many polygons are made at a time.
PART = 1 << 14


@dataclass(frozen=True, slots=True)
class Outlines:
    """Polygons of regions in a third of the memory.

    Attributes
    ----------
    xy
        (v, 2) metres: the vertices of all rings, one ring behind the other, each closed.
    ring
        (r + 1,) where each ring begins in `xy`, and behind them the end of the last.
    polygon
        (p + 1,) where each polygon begins in `ring`: first comes its shell, then its holes.
    region
        (p,) the region of each polygon, ascending; several of a region make one MultiPolygon.
    count
        Number of regions; one without a polygon is an empty one.
    """

    xy: Floats
    ring: Ints
    polygon: Ints
    region: Ints
    count: int

    def __len__(self) -> int:
        return self.count

    def bounds(self) -> Floats:
        """(n, 4) left, bottom, right and top of each region; NaN where nothing is."""
        answer = np.full((self.count, 4), np.nan)
        first = np.flatnonzero(np.diff(self.region, prepend=-1))
        if len(first):
            begin, region = self.ring[self.polygon[first]], self.region[first]
            answer[region, :2] = np.minimum.reduceat(self.xy, begin)
            answer[region, 2:] = np.maximum.reduceat(self.xy, begin)
        return answer

    def polygons(self) -> Geometries:
        """(n,) the Polygon or MultiPolygon of each region."""
        size = np.bincount(self.region, minlength=self.count)
        answer = np.full(self.count, shapely.Polygon(), dtype=object)
        for several, rows in enumerate((np.flatnonzero(size == 1), np.flatnonzero(size > 1))):
            for at in range(0, len(rows), PART):
                some = rows[at : at + PART]
                answer[some] = self._made(some, size[some], several=bool(several))
        return answer

    def _made(self, regions: Ints, size: Ints, *, several: bool) -> Geometries:
        """Make regions of one polygon each, or of `several`; `size` is how many each has."""
        polygon = spread(np.searchsorted(self.region, regions), size)[1]
        rings = self.polygon[polygon + 1] - self.polygon[polygon]
        ring = spread(self.polygon[polygon], rings)[1]
        corners = self.ring[ring + 1] - self.ring[ring]
        xy = self.xy.take(spread(self.ring[ring], corners)[1], axis=0)
        ends = (_ends(corners), _ends(rings), _ends(size))
        if several:
            return np.asarray(shapely.from_ragged_array(GeometryType.MULTIPOLYGON, xy, ends))
        return np.asarray(shapely.from_ragged_array(GeometryType.POLYGON, xy, ends[:2]))


def _ends(size: Ints) -> Ints:
    """Answer where lists of these sizes begin, behind each other, and where the last ends."""
    return np.concatenate([[0], np.cumsum(size)])

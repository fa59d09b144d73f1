"""Answers where points lie among polygons."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridgov.errors import ArgumentError
from gridgov.index.answers import (
    NO_PAIRS,
    Pairs,
    Ready,
    located,
    nearest_pairs,
    pairs_within,
)
from gridgov.index.borders import Borders
from gridgov.index.chart import chart_of
from gridgov.index.pieces import pieces_of
from gridgov.index.records import drawn
from gridgov.index.shapes import MAX_EDGE_DEGREES, Shapes, first_of_each
from gridgov.index.systems import Systems

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["CellIndex", "Pairs"]

Floats = NDArray[np.float64]

#: Points within so many metres of a border are told from the rest without looking into other pixels.
REACH_M = 1.0


class CellIndex:
    """Answers where points lie among polygons; rows are those of the table given.

    Parameters
    ----------
    cells
        Polygons with a CRS, in the order that settles ties: the lowest row wins on a common edge. They
        may overlap. Not kept and not changed.
    points_crs
        Where points will stand: anything `gridgov.datum.parse_crs` takes. None: in the cells' own CRS.

    Notes
    -----
    Every answer is the one that bringing the point to the cells' own CRS and testing it there against every
    polygon, with GEOS, would give. A raster settles nearly all points without either: docs/locating.md.
    Distances are in metres: in the cells' CRS if it is in metres, else in :func:`gridgov.datum.metric_crs`
    of their extent (true to 1 % for a city or a province). Threads may share one index.
    """

    __slots__ = ("_ready", "_size", "_systems")

    def __init__(self, cells: "gpd.GeoDataFrame", *, points_crs: object = None) -> None:
        polygons: NDArray[Any] = shapely.force_2d(np.asarray(cells.geometry.array, dtype=object))
        self._size = len(polygons)
        self._systems = Systems.of(cells.crs, points=points_crs, bounds=tuple(cells.total_bounds))
        self._ready = _ready(polygons, self._systems)

    def __len__(self) -> int:
        return self._size

    def locate(self, *, lon: Any, lat: Any) -> NDArray[np.int32]:
        """Row of the cell each point lies in, -1 for none (also for NaN).

        Exactly on a common edge the lowest row; inside several polygons the smallest, then the lowest row.

        Parameters
        ----------
        lon, lat
            Arrays of one length: degrees, or x and y if `points_crs` is projected.
        """
        return self.locate_overlapping(lon=lon, lat=lat)[0]

    def locate_overlapping(self, *, lon: Any, lat: Any) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """Rows as :meth:`locate` gives them, and whether the point is inside several polygons."""
        ready, x, y = self._asked_in(lon, lat)
        if ready is None:
            return np.full(len(x), -1, dtype=np.int32), np.zeros(len(x), dtype=np.bool_)
        return located(ready, x, y)

    def candidates(self, *, lon: Any, lat: Any, border_m: float) -> Pairs:
        """Every cell that lies within `border_m` metres of each point; 0 m for those it lies in."""
        ready, x, y = self._asked_in(lon, lat)
        return NO_PAIRS if ready is None else pairs_within(ready, x, y, border_m)

    def nearest(self, *, lon: Any, lat: Any, within_m: float = np.inf) -> tuple[NDArray[np.int32], Floats]:
        """Row of and distance to the nearest cell within `within_m` metres; -1 and NaN for none.

        Without a limit every point is measured against whole polygons: for a few points only.
        """
        ready, x, y = self._asked_in(lon, lat)
        rows = np.full(len(x), -1, dtype=np.int32)
        distances = np.full(len(x), np.nan)
        if ready is None or within_m <= 0:
            return rows, distances
        pairs = pairs_within(ready, x, y, within_m) if np.isfinite(within_m) else nearest_pairs(ready, x, y)
        best = first_of_each(pairs.point)
        rows[pairs.point[best]] = pairs.row[best]
        distances[pairs.point[best]] = pairs.distance_m[best]
        return rows, distances

    def _asked_in(self, lon: Any, lat: Any) -> tuple["Ready | None", Floats, Floats]:
        """What answers, None if there is no cell, and the points in the coordinates of its raster."""
        x, y = (np.ascontiguousarray(values, dtype=np.float64) for values in (lon, lat))
        if x.shape != y.shape or x.ndim != 1:
            raise ArgumentError(
                f"lon and lat must be one-dimensional and of one length, not {x.shape} and {y.shape}"
            )
        if not (np.isfinite(x).all() and np.isfinite(y).all()):
            usable = np.isfinite(x) & np.isfinite(y)
            x, y = np.where(usable, x, np.nan), np.where(usable, y, np.nan)
        if self._ready is not None and self._ready.drawn is not self._systems:
            x, y = self._systems.to_cells(x, y)
        return self._ready, x, y


def _ready(polygons: NDArray[Any], systems: Systems) -> Ready | None:
    longest = MAX_EDGE_DEGREES if systems.cells.crs.is_geographic else np.inf
    pieces = pieces_of(polygons, longest=longest)
    if not len(pieces):
        return None
    chart, drawn_in = chart_of(pieces, systems, cells=len(polygons))
    shapes = Shapes(polygons, drawn_in)
    borders = Borders.of(pieces, drawn_in)
    return Ready(drawn(chart, reach_m=REACH_M, rank=shapes.rank), drawn_in, shapes, borders)

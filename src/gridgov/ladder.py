"""The rungs (districts, streets, communities) made into one partition that no cell crosses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.schema import NO_RUNG, NO_RUNG_UNIT, PRECISION_M
from gridgov.steps import step
from gridgov.topology.cut import Cut, Cutter, cut
from gridgov.topology.refine import Tolerances
from gridgov.topology.regions import dissolve, thin
from gridgov.topology.widths import widest

__all__ = ["Ladder", "build_ladder"]

Geometries = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]

NONE = -1

#: A slit is so many times as long as it is wide at its widest, ...
SLIT_LENGTHS = 8.0
#: ... and fills so much of that length times that width; a wedge fills half.
SLIT_FILL = 0.6
#: Narrower ones are none: closing leaves them along a border that bends where two polygons meet.
LEAST_SLIT_M = 0.1


@dataclass(frozen=True, slots=True)
class Ladder:
    """Units of the finest rung, each with its path up the ladder.

    Attributes
    ----------
    units
        (n,) Polygons or MultiPolygons: a noded coverage of the city.
    path
        (n, rungs) row of the unit's polygon in each rung, coarse to fine; -1 where a finer rung has none.
    rungs
        The rungs as they were read, in the work CRS, coarse to fine.
    """

    units: Geometries
    path: Ints
    rungs: Mapping[str, gpd.GeoDataFrame]


@step("rungs")
def build_ladder(
    within: Mapping[str, gpd.GeoDataFrame],
    *,
    drawn: gpd.GeoDataFrame,
    limits: Tolerances,
    seamless: bool = False,
) -> Ladder:
    """Fit the rungs into each other, coarse to fine.

    Parameters
    ----------
    within
        Rungs, coarse to fine, in the work CRS. May be empty.
    drawn
        All departments' grids: without a rung they bound the city, as the one unit `all`.
    limits
        Strips between rungs that are thin by these go to a neighbour inside the coarser unit; wide ones
        keep both names, so that a street that truly lies in two districts has a piece in each.
    seamless
        Whether rungs and grids were merged before: what is left of slits in their outline is meant.
    """
    rungs = dict(within) or {NO_RUNG: _everything(drawn, limits, seamless=seamless)}
    first = next(iter(rungs.values()))
    outline = _outline(np.asarray(first.geometry.array), limits, seamless=seamless)
    units = np.array([outline], dtype=object)
    path = np.zeros((1, 0), dtype=np.int64)
    for number, rung in enumerate(rungs.values()):
        polygons = np.asarray(rung.geometry.array)
        pieces = _cut(units, polygons, limits)
        paths = np.column_stack([path[pieces.base], pieces.label])
        cells = pieces.polygons
        if number == 0:  # wide holes between districts are not part of the city
            cells, paths = cells[paths[:, 0] != NONE], paths[paths[:, 0] != NONE]
        path, unit = np.unique(paths, axis=0, return_inverse=True)
        units = dissolve(cells, unit.ravel().astype(np.int64))
    return Ladder(units, path.astype(np.int64), rungs)


def _cut(units: Geometries, polygons: Geometries, limits: Tolerances) -> Cut:
    """Cut the units by a rung as it was drawn; each of its polygons keeps a piece."""
    none = np.zeros(len(polygons), dtype=bool)
    rung = Cutter(polygons, shapely.area(polygons), keep=~none, first=none, everywhere=none)
    return cut(units, rung, tolerance_m=limits.tolerance_m, min_area_m2=limits.min_area_m2)


def _everything(drawn: gpd.GeoDataFrame, limits: Tolerances, *, seamless: bool) -> gpd.GeoDataFrame:
    table = pd.DataFrame({"grid_id": [NO_RUNG_UNIT], "name": [""], "owner": [None]}, dtype=object)
    outline = _outline(np.asarray(drawn.geometry.array), limits, seamless=seamless)
    return gpd.GeoDataFrame(table, geometry=[outline], crs=drawn.crs)


def _outline(polygons: Geometries, limits: Tolerances, *, seamless: bool) -> shapely.Geometry:
    """Join polygons; thin holes between them belong to them, and so do long thin slits between two of them.

    A notch in the outline, where the borders of two polygons meet, is none of theirs: it stays open. So do
    slits of what is seamless.
    """
    half = limits.tolerance_m / 2
    union = shapely.union_all(polygons)
    filled = shapely.union_all(shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(union))))
    holes = shapely.get_parts(shapely.difference(filled, union))
    narrow = thin(holes, tolerance_m=limits.tolerance_m, min_area_m2=limits.min_area_m2)
    whole = shapely.union_all([union, *holes[narrow]])
    if seamless:
        return whole
    grown = shapely.buffer(whole, half, join_style="mitre")
    closed = shapely.buffer(grown, -half, join_style="mitre")
    places = shapely.get_parts(shapely.difference(closed, whole))
    place, _ = shapely.STRtree(polygons).query(places, predicate="dwithin", distance=PRECISION_M)
    between = np.bincount(place, minlength=len(places)) > 1
    return shapely.union_all([whole, *places[between & _slits(places)]])


def _slits(places: Geometries) -> npt.NDArray[np.bool_]:
    """Tell slits, long and about equally wide, from the wedges where two borders reach the outline."""
    length, width = shapely.length(places) / 2, widest(places).width
    even = (length > SLIT_LENGTHS * width) & (shapely.area(places) > SLIT_FILL * length * width)
    return np.asarray(even & (width > LEAST_SLIT_M))

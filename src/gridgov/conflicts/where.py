"""In whose part of the city a place counts, also where it lies in nobody's."""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.network import Network

__all__ = ["units_near", "units_of_conflicts"]

Units = npt.NDArray[np.object_]


def units_of_conflicts(network: Network, rung: str) -> Units:
    """The unit of a rung in which each conflict is to be settled: its own, else the nearest.

    Conflicts without a place belong to the first unit.
    """
    conflicts, units = network.conflicts, network.cells[rung]
    said = conflicts[rung] if rung in conflicts else pd.Series(None, index=conflicts.index, dtype=object)
    known = said.isin(units)
    answer = said.to_numpy(dtype=object, copy=True)
    answer[~known] = units_near(network.cells, rung, conflicts[~known])
    answer[pd.isna(answer)] = units.min()
    return answer


def units_near(cells: gpd.GeoDataFrame, rung: str, places: gpd.GeoDataFrame) -> Units:
    """The unit of a rung in which each place lies, or the nearest one; None for rows without a place.

    `cells` and `places` are in one CRS, in metres.
    """
    units = np.full(len(places), None, dtype=object)
    shapes: npt.NDArray[Any] = np.asarray(places.geometry.array, dtype=object)
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    nearest = shapely.STRtree(np.asarray(cells.geometry.array, dtype=object)).nearest(shapes[there])
    units[there] = cells[rung].to_numpy(dtype=object)[nearest]
    return units

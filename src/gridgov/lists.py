"""The lists that planners take away from a merge and work through, as plain tables."""

from collections.abc import Mapping
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gridgov.datum import transform_points
from gridgov.departments import BALANCE_COLUMNS, department_grids, lost_grids
from gridgov.network import Network
from gridgov.schema import LAYER_COLUMNS, SEPARATOR, cell_rungs

__all__ = ["LISTS", "network_lists", "uncovered_cells"]

#: Each list by its name, and in words what it holds.
LISTS: Final[Mapping[str, str]] = {
    "crosswalk": (
        "对照表. Which grid, as its department drew it, lies in which cell of the network. grid_share: part "
        "of the grid, sums to 1 for each grid. cell_share: part of the cell. A row without a cell lies "
        "outside the city; 'sliver' is too thin to count."
    ),
    "conflicts": (
        "冲突清单. Where layers disagree and what the merge did there. severity 'decide': people must say "
        "what is right; 'settled': within the tolerance; 'note': good to know."
    ),
    "uncovered": (
        "空白区清单. Cells that lack a grid of some department, those without any first. missing: "
        "departments without a grid there."
    ),
    "lost": (
        "Grids that kept no cell: hidden under smaller ones, too small, or outside the city. now_in: the "
        "grid of the same department that has most of their ground now."
    ),
    "grids": (
        "Every department's grids on the common borders, in square metres. "
        + " ".join(f"{column}: {words}." for column, words in BALANCE_COLUMNS.items())
    ),
}

LONLAT: Final = 4490


def network_lists(network: Network) -> dict[str, pd.DataFrame]:
    """Answer the tables of :data:`LISTS`, in this order; ids are text, missing values None or NaN.

    Notes
    -----
    ``crosswalk`` also has the owner of the grid and the cell's rungs, ``grids`` the balance of
    `department_grids` for all departments.
    """
    grids = [_balance(network, department) for department in network.departments]
    owners = pd.concat(grids, ignore_index=True)[["department", "grid_id", "owner"]]
    rungs = network.cells[["cell_id", *_rung_columns(network)]]
    return {
        "crosswalk": network.crosswalk.merge(owners, how="left", on=["department", "grid_id"]).merge(
            pd.DataFrame(rungs), how="left", on="cell_id"
        ),
        "conflicts": pd.DataFrame(network.conflicts.drop(columns=network.conflicts.active_geometry_name)),
        "uncovered": uncovered_cells(network),
        "lost": lost_grids(network),
        "grids": pd.concat(grids, ignore_index=True),
    }


def uncovered_cells(network: Network) -> pd.DataFrame:
    """List the cells that lack a grid of some department that covers the city.

    Departments for a part of the city, such as a zone (``summary["for_a_part"]``), are not missed elsewhere,
    unless there are no others.

    Returns
    -------
    ``cell_id``, the rungs, ``missing`` and ``covered_by`` (departments, joined by ``|``), ``area_m2``,
    ``lon, lat`` of a point inside (CGCS2000 degrees); cells without any department first, then by area.
    """
    departments = np.array(network.departments, dtype=object)
    wanted = ~np.isin(departments, network.summary.get("for_a_part", []))
    wanted |= not wanted.any()
    has = network.cells[list(departments)].notna().to_numpy()
    lacking = ~has[:, wanted].all(axis=1)
    cells, has = network.cells[lacking], has[lacking]
    table = pd.DataFrame(cells[["cell_id", *_rung_columns(network)]])
    for column, which in (("missing", ~has & wanted), ("covered_by", has)):
        names = [SEPARATOR.join(departments[row]) or None for row in which]
        table[column] = pd.Series(names, index=table.index, dtype=object)
    table["area_m2"] = cells["area_m2"]
    table["lon"], table["lat"] = _places(cells)
    order = np.lexsort((table["cell_id"], -table["area_m2"], has.any(axis=1)))
    return table.iloc[order].reset_index(drop=True)


def _rung_columns(network: Network) -> list[str]:
    rungs = cell_rungs(list(network.cells.columns))
    return [column for rung in rungs for column in (rung, f"{rung}_name")]


def _balance(network: Network, department: str) -> pd.DataFrame:
    grids = department_grids(network, department=department)
    table = pd.DataFrame(grids[[*LAYER_COLUMNS, "special", "cells", *BALANCE_COLUMNS]])
    table.insert(0, "department", np.full(len(table), department, dtype=object))
    return table


def _places(cells: gpd.GeoDataFrame) -> tuple[Any, Any]:
    inside = shapely.point_on_surface(cells.geometry.to_numpy())
    lon, lat = transform_points(shapely.get_x(inside), shapely.get_y(inside), source=cells.crs, target=LONLAT)
    return np.round(lon, 6), np.round(lat, 6)

"""The lists that planners take away from a merge and work through, as plain tables."""

from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gridgov.conflicts import said_conflicts
from gridgov.datum import transform_points
from gridgov.decisions.apply import DECISION_NOTE
from gridgov.departments import BALANCE_COLUMNS, department_grids, lost_grids
from gridgov.network import Network
from gridgov.schema import LAYER_COLUMNS, REGISTER_COLUMNS, SEPARATOR, SUCCESSION_COLUMNS, cell_rungs
from gridgov.words.merging import WORDS

__all__ = ["LISTS", "list_words", "network_lists", "uncovered_cells"]

#: Each list by its name.
LISTS: Final = ("crosswalk", "conflicts", "uncovered", "lost", "register", "succession", "grids")

LONLAT: Final = 4490


def list_words(language: str) -> dict[str, str]:
    """Say what each list holds."""
    say = WORDS.speaker(language)
    columns = say("list.column_end").join(
        say("list.column", column=column, words=say(f"balance.{column}")) for column in BALANCE_COLUMNS
    )
    return {name: say(f"list.{name}") for name in LISTS[:-1]} | {"grids": say("list.grids", columns=columns)}


def network_lists(network: Network, *, language: str = "en") -> dict[str, pd.DataFrame]:
    """Answer the tables of :data:`LISTS`, in this order; ids are text, missing values None or NaN.

    Place, resolution and note of conflicts are in the language.

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
        "conflicts": _conflicts(network, language),
        "uncovered": uncovered_cells(network),
        "lost": lost_grids(network),
        "register": _or_empty(network.register, REGISTER_COLUMNS),
        "succession": _or_empty(network.succession, SUCCESSION_COLUMNS),
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


def _or_empty(table: pd.DataFrame | None, columns: Sequence[str]) -> pd.DataFrame:
    """A table that a network may lack: without rows then."""
    return pd.DataFrame(columns=list(columns)) if table is None else table


def _conflicts(network: Network, language: str) -> pd.DataFrame:
    conflicts = said_conflicts(network.conflicts, language)
    table = pd.DataFrame(conflicts.drop(columns=conflicts.active_geometry_name))
    if DECISION_NOTE not in table:
        # People fill the list in and hand it back: what they note is not what the merge noted.
        table.insert(list(table.columns).index("decided_on") + 1, DECISION_NOTE, pd.Series(dtype=object))
    return table


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

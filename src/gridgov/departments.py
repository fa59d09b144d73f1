"""Each department's own grids on the common borders, and how much of them moved."""

from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from gridgov.columns import free_names
from gridgov.errors import ArgumentError
from gridgov.flows import Flows, flows_of, weight_columns, weight_names
from gridgov.language import Many, examples, listed
from gridgov.network import Network
from gridgov.schema import ATTRS, LAYER_COLUMNS, cell_rungs
from gridgov.topology.regions import dissolve
from gridgov.words.merging import WORDS

__all__ = ["BALANCE_COLUMNS", "department_grids", "lost_grids"]

Ints = npt.NDArray[np.int64]

#: Square metres of one grid, said in words as ``balance.<column>``:
#: ``area_m2 = drawn_m2 - outside_m2 - overlap_m2 - moved_out_m2 + moved_in_m2``.
BALANCE_COLUMNS: Final = (
    "drawn_m2",
    "outside_m2",
    "overlap_m2",
    "moved_out_m2",
    "moved_in_m2",
    "area_m2",
)
_OWN: Final = (*LAYER_COLUMNS, "special", "cells", *BALANCE_COLUMNS, "geometry")


def department_grids(
    network: Network, *, department: str, weight_column: str | None = None
) -> gpd.GeoDataFrame:
    """Give a department its own grids back, on the borders that all departments now share.

    Parameters
    ----------
    network
        From `merge_grids` or `read_network`.
    department
        One of `network.departments`.
    weight_column
        A column of numbers that the merge carried (``--carry police=户数``), such as households: how many of
        them changed grids with the ground is told too.

    Returns
    -------
    GeoDataFrame
        A layer, one row per grid that has cells, sorted by `grid_id`: ``grid_id, name, owner``, the columns
        that were carried, ``special`` (``<department>:<grid_id>`` or None), ``cells`` (how many),
        :data:`BALANCE_COLUMNS`, and with a weight ``<weight>_moved_in, <weight>_moved_out, <weight>_now``.
        The polygons form a valid coverage in the network's CRS.
        ``attrs["gridgov"]["notes"]`` says what is left out.

    Raises
    ------
    ArgumentError
        The network has no such department.
    SchemaError
        The weight was not carried, or is no number.

    Notes
    -----
    What moved is counted from the crosswalk and, where grids lie over each other, from what was drawn: a grid
    loses the ground that the cell's new grid had not drawn as its own. So a campus that lies inside a larger
    grid and stays there is no loss of that grid: it is its ``overlap_m2``. A network that does not hold what
    was drawn tells only how much can have moved. Where the grids of a department do not overlap each other,
    ``moved_in_m2`` of all grids and what was drawn where it now has none add up to the network's
    ``summary["area_m2"]["moved"]``. Weights are spread evenly over what a grid drew for itself alone. About
    1 s for 3,000 grids.
    """
    _check_department(network, department)
    own = network.cells[network.cells[department].notna()]
    ids, group = np.unique(own[department].to_numpy(dtype=str), return_inverse=True)
    group = group.astype(np.int64)
    first = np.unique(group, return_index=True)[1]
    added = () if weight_column is None else weight_names(weight_column)
    about = _described(network, department, own.iloc[first], ids, taken=(*_OWN, *added))
    about["special"] = pd.Series(_special(own, department, ids, group), dtype=object)
    about["cells"] = np.bincount(group, minlength=len(ids)).astype(np.int64)

    flows = flows_of(network, department)
    balance = flows.balance().reindex(ids, fill_value=0.0)
    for column in BALANCE_COLUMNS:
        about[column] = balance[column].to_numpy(dtype=np.float64)
    notes = _lost_notes(network, department, flows)
    if weight_column is not None:
        weights, said = weight_columns(about, flows, column=weight_column, department=department)
        about = about.assign(**dict(zip(added, weights, strict=True)))
        notes += said
    polygons = dissolve(np.asarray(own.geometry.array), group)
    grids = gpd.GeoDataFrame(about, geometry=polygons, crs=network.cells.crs)
    source = f"network {network.version}"
    grids.attrs[ATTRS] = {"department": department, "source": source, "notes": notes, "problems": []}
    return grids


def lost_grids(network: Network) -> pd.DataFrame:
    """List the grids of all departments that have no cell: hidden under smaller ones, slivers, or outside.

    Returns
    -------
    ``department, grid_id, drawn_m2, outside_m2``, then the cell in which most of the grid lies, as
    ``cell_id``, the department's grid there as ``now_in``, and the cell's rungs; None for what lies in none.
    """
    tables = [_lost_of(network, department) for department in network.departments]
    return pd.concat(tables, ignore_index=True)


def _check_department(network: Network, department: str) -> None:
    if department not in network.departments:
        raise ArgumentError(
            WORDS("no_department", department=department, departments=listed(network.departments))
        )


def _described(
    network: Network,
    department: str,
    cells: gpd.GeoDataFrame,
    ids: npt.NDArray[Any],
    *,
    taken: Sequence[str],
) -> pd.DataFrame:
    """Ids, names, owners and all other columns that the network has of a department's grids."""
    if department == network.departments[0]:
        table = pd.DataFrame(network.grids.drop(columns=network.grids.active_geometry_name))
        table = table.set_index("grid_id").loc[ids].reset_index()
        table = table.drop(columns=["special", "cells", "area_m2"])
    else:
        carried = network.provenance.get("carry", {}).get(department, ())
        columns = {name: f"{department}_{name}" for name in ("owner", *carried)}
        table = pd.DataFrame({name: cells[column].to_numpy() for name, column in columns.items()})
        table["grid_id"] = ids.astype(object)
    if "name" not in table:
        table["name"] = network.grid_names(department, ids)
    others = [column for column in table.columns if column not in LAYER_COLUMNS]
    return table[[*LAYER_COLUMNS, *others]].rename(columns=free_names(others, taken=taken))


def _special(own: gpd.GeoDataFrame, department: str, ids: npt.NDArray[Any], group: Ints) -> npt.NDArray[Any]:
    names = np.array([f"{department}:{grid}" for grid in ids], dtype=object)
    marked = own["special"].to_numpy(dtype=object) == names[group]
    found = np.bincount(group[marked], minlength=len(ids)) > 0
    names[~found] = None
    return names


def _lost_ids(network: Network, department: str, flows: Flows) -> list[str]:
    """Grids that were read but have no cell, those without any polygon too."""
    read = network.summary.get("lost", {}).get(department, ())
    here = set(network.cells[department].dropna())
    return sorted(({*flows.drawn.index} | {*read}) - here)


def _lost_notes(network: Network, department: str, flows: Flows) -> list[str]:
    lost = _lost_ids(network, department, flows)
    if not lost:
        return []
    return [WORDS("lost_left_out", many=Many(len(lost)), lost=examples(lost))]


def _lost_of(network: Network, department: str) -> pd.DataFrame:
    flows = flows_of(network, department, exact=False)  # of these only what was drawn is told
    lost = _lost_ids(network, department, flows)
    rows = flows.pieces[flows.pieces["grid_id"].isin(lost)]
    largest = rows.sort_values("area_m2", ascending=False, kind="stable").drop_duplicates("grid_id")
    where = largest.set_index("grid_id")["cell_id"].reindex(lost)
    cells = network.cells.set_index("cell_id").reindex(where.to_numpy(dtype=object))
    balance = flows.balance().reindex(lost, fill_value=0.0)
    answer = {
        "department": np.full(len(lost), department, dtype=object),
        "grid_id": np.array(lost, dtype=object),
        "drawn_m2": balance["drawn_m2"].to_numpy(dtype=np.float64),
        "outside_m2": balance["outside_m2"].to_numpy(dtype=np.float64),
        "cell_id": where.to_numpy(dtype=object),
        "now_in": cells[department].to_numpy(dtype=object),
    }
    for rung in cell_rungs(list(network.cells.columns)):
        answer |= {name: cells[name].to_numpy(dtype=object) for name in (rung, f"{rung}_name")}
    table = pd.DataFrame(answer)
    texts = table.columns.difference(["drawn_m2", "outside_m2"])
    table[texts] = table[texts].astype(object).where(table[texts].notna(), None)
    return table

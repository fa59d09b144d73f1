"""Names, owners, places and areas of what is counted by, from the network."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gridgov.errors import SchemaError
from gridgov.language import listed
from gridgov.network import Network
from gridgov.schema import cell_rungs
from gridgov.tally.keys import Key
from gridgov.tally.said_words import WORDS

if TYPE_CHECKING:
    import polars as pl

__all__ = ["check_versions", "labels", "unit_table"]

#: What a network knows of a unit: its id as `key`, label columns, ``area_m2``.
AREA = "area_m2"


def unit_table(network: Network, key: Key) -> pd.DataFrame | None:
    """Answer every unit of the network that `key` counts by, or None if it counts by something else.

    Returns
    -------
    ``<key>``, ``<key>_name`` and ``<key>_owner`` as far as they are known, ``area_m2``, and for cells, grids
    and departments the ``<rung>_name`` of the units in which most of it lies; sorted by id.
    """
    rungs = cell_rungs(list(network.cells.columns))
    cells = pd.DataFrame(network.cells.drop(columns=network.cells.active_geometry_name))
    if key.unit in rungs:
        table = cells.groupby(key.unit, as_index=False).agg({f"{key.unit}_name": "first", AREA: "sum"})
        return table.rename(columns={key.unit: key.name, f"{key.unit}_name": f"{key.name}_name"})
    places = [f"{rung}_name" for rung in rungs]
    if key.unit == "cell":
        table = cells.rename(columns={"cell_id": key.name})
        return table[[key.name, AREA, *places]].reset_index(drop=True)
    if key.unit == "grid":
        return _grids(network, cells, key, places)
    if key.unit in network.departments:
        owner = f"{key.unit}_owner"
        mine = cells[cells[key.unit].notna()]
        table = mine.groupby(key.unit, as_index=False).agg({owner: "first", AREA: "sum"})
        table = table.merge(_most(mine, key.unit, places), on=key.unit)
        return table.rename(columns={key.unit: key.name, owner: f"{key.name}_owner"})
    return None


def _grids(network: Network, cells: pd.DataFrame, key: Key, places: Sequence[str]) -> pd.DataFrame:
    """The unified grids: cells joined by the first department."""
    grids = pd.DataFrame(network.grids.drop(columns=network.grids.active_geometry_name))
    where = _most(cells.rename(columns={network.departments[0]: "grid_id"}), "grid_id", places)
    table = grids[["grid_id", "name", "owner", AREA]].merge(where, how="left", on="grid_id")
    columns = {"grid_id": key.name, "name": f"{key.name}_name", "owner": f"{key.name}_owner"}
    return table.rename(columns=columns)


def _most(cells: pd.DataFrame, unit: str, places: Sequence[str]) -> pd.DataFrame:
    """Answer the places in which most of each unit lies."""
    groups = cells[cells[unit].notna()].groupby([unit, *places], dropna=False)
    sums = groups[[AREA]].sum().reset_index()
    order = np.argsort(-sums[AREA].to_numpy(dtype=np.float64), kind="stable")
    largest: pd.DataFrame = sums.iloc[order].drop_duplicates(unit)[[unit, *places]]
    return largest


def labels(table: "pl.DataFrame", key: Key) -> "pl.DataFrame | None":
    """Answer what the table itself says of a key: ``<key>_name``, ``<key>_owner``; None if nothing."""
    import polars as pl

    own = [
        f"{key.column}{ending}" for ending in ("_name", "_owner") if f"{key.column}{ending}" in table.columns
    ]
    if not own:
        return None
    known = table.filter(pl.col(key.column).is_not_null())
    renamed = {name: f"{key.name}{name.removeprefix(key.column)}" for name in own}
    return (
        known.group_by(key.column)
        .agg(pl.col(own).drop_nulls().first())
        .rename({**renamed, key.column: key.name} if key.column != key.name else renamed)
    )


def check_versions(table: "pl.DataFrame", network: Network, keys: Sequence[Key], *, where: str) -> list[str]:
    """Answer the versions of other networks that rows were tagged with; cells of theirs are refused.

    Raises
    ------
    SchemaError
        It is counted by cell, and cells of another network are other cells.
    """
    if "network_version" not in table.columns:
        return []
    versions = table["network_version"].drop_nulls().unique().to_list()
    others = sorted(str(version) for version in versions if version != network.version)
    if others and any(key.unit == "cell" for key in keys):
        raise SchemaError(WORDS("other_network", where=where, others=listed(others), version=network.version))
    return others

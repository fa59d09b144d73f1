"""The two spatial tables of a network: cells, and the unified grids they make together."""

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.ladder import Ladder
from gridgov.schema import cell_columns, cell_departments
from gridgov.topology.refine import Refinement
from gridgov.topology.regions import dissolve

__all__ = ["make_cells", "make_drawn", "make_rung", "make_unified_grids", "or_none"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Texts = npt.NDArray[Any]

NONE = -1

#: Whole numbers up to here are exact as floats; longer ones are codes.
EXACT_FLOAT = 2**53


def make_cells(
    refined: Refinement,
    *,
    ladder: Ladder,
    layers: Mapping[str, gpd.GeoDataFrame],
    special: Mapping[str, Bools],
    carry: Mapping[str, Sequence[str]],
    cell_id: Texts,
) -> gpd.GeoDataFrame:
    """Answer the cells table, in the order of `refined.cells` (not yet sorted by id).

    Parameters
    ----------
    refined
        The cells, the unit of the ladder and the grid of each department they lie in.
    ladder, layers
        Where names, owners and carried columns come from; rows as in `refined`.
    special
        For each department, which of its grids are special-purpose.
    carry
        For each department, the columns to bring along.
    cell_id
        (n,) what each cell is called.
    """
    area = shapely.area(refined.cells)
    columns: dict[str, Any] = {}
    for number, (rung, units) in enumerate(ladder.rungs.items()):
        row = ladder.path[refined.base, number]
        columns[rung] = _taken(units, "grid_id", row)
        columns[f"{rung}_name"] = _taken(units, "name", row)
    purpose = np.full(len(area), None, dtype=object)
    for number, (department, layer) in reversed(list(enumerate(layers.items()))):
        row = refined.labels[:, number]
        columns[department] = _taken(layer, "grid_id", row)
        columns[f"{department}_owner"] = _taken(layer, "owner", row)
        for column in carry.get(department, ()):
            columns[f"{department}_{column}"] = _carried(layer[column], row)
        is_special = (row != NONE) & np.append(special[department], False)[row]
        purpose[is_special] = [f"{department}:{grid}" for grid in columns[department][is_special]]
    columns["special"] = purpose
    columns["area_m2"] = area
    columns["cell_id"] = cell_id
    order = cell_columns(layers, ladder.rungs, carry)
    crs = next(iter(layers.values())).crs
    return gpd.GeoDataFrame(pd.DataFrame(columns)[order], geometry=refined.cells, crs=crs)


def make_unified_grids(
    cells: gpd.GeoDataFrame, *, layer: gpd.GeoDataFrame, carry: Sequence[str] = ()
) -> gpd.GeoDataFrame:
    """Join the cells of each grid of the first department: the set of grids that people staff.

    Parameters
    ----------
    cells
        The cells table.
    layer
        The first department's layer, for names and owners.
    carry
        More of its columns to bring along.

    Returns
    -------
    One row per grid that has cells, sorted by `grid_id`: ``grid_id, name, owner``, the carried columns,
    ``special, cells, area_m2``. Cells without a grid of the first department belong to none.
    """
    department = cell_departments(list(cells.columns))[0]
    own = cells[cells[department].notna()]
    ids, group = np.unique(own[department].to_numpy(dtype=str), return_inverse=True)
    first = np.unique(group, return_index=True)[1]
    taken = list(dict.fromkeys(["name", "owner", *carry]))
    table = pd.DataFrame(layer.set_index("grid_id").loc[ids, taken].reset_index())
    clash = {c: f"{department}_{c}" for c in ("special", "cells", "area_m2") if c in table}
    table = table.rename(columns=clash)
    purpose = own["special"].to_numpy(dtype=object)[first]
    mine = np.array([isinstance(p, str) and p.startswith(f"{department}:") for p in purpose], dtype=bool)
    table["special"] = pd.Series(np.where(mine, purpose, None), dtype=object)
    table["cells"] = np.bincount(group, minlength=len(ids)).astype(np.int64)
    polygons = dissolve(np.asarray(own.geometry.array), group.astype(np.int64))
    table["area_m2"] = shapely.area(polygons)
    return gpd.GeoDataFrame(table, geometry=polygons, crs=cells.crs)


def make_rung(cells: gpd.GeoDataFrame, *, rung: str, units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join the cells of each unit of a rung: ``grid_id, name, owner`` and geometry, sorted by id.

    `units` is the rung as it was read: names and owners come from there.
    """
    named = cells[cells[rung].notna()]
    ids, unit = np.unique(named[rung].to_numpy(dtype=str), return_inverse=True)
    table = units.set_index("grid_id").loc[ids, ["name", "owner"]].reset_index()
    polygons = dissolve(np.asarray(named.geometry.array), unit.astype(np.int64))
    return gpd.GeoDataFrame(pd.DataFrame(table), geometry=polygons, crs=cells.crs)


def make_drawn(layers: Mapping[str, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """The grids of all departments that have a place, in one table."""
    tables = [
        pd.DataFrame({"department": name, **{column: layer[column] for column in ("grid_id", "name")}})
        for name, layer in layers.items()
    ]
    shapes = np.concatenate([layer.geometry.to_numpy() for layer in layers.values()])
    placed = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    table = pd.concat(tables, ignore_index=True)[placed].reset_index(drop=True)
    return gpd.GeoDataFrame(table, geometry=shapes[placed], crs=next(iter(layers.values())).crs)


def or_none(values: Any) -> Texts:
    """Answer a column's values with a None behind them, so that row -1 is None; missing values are None."""
    answer = np.full(len(values) + 1, None, dtype=object)
    answer[:-1] = np.where(pd.isna(values), None, values.to_numpy(dtype=object))
    return answer


def _taken(table: gpd.GeoDataFrame, column: str, row: Ints) -> "pd.Series[Any]":
    # As objects: pandas would make Arrow's texts of them, and a network new ones of these, for every row.
    return pd.Series(or_none(table[column])[row], dtype=object)


def _carried(values: "pd.Series[Any]", row: Ints) -> npt.NDArray[Any]:
    """Numbers stay numbers: where a cell has none they are NaN, unless that would round them."""
    kind = values.dtype.kind
    exact = kind == "f" or (kind in "iu" and bool((values.abs() <= EXACT_FLOAT).all()))
    if not exact:
        return np.asarray(or_none(values)[row])
    if (row != NONE).all():
        return np.asarray(values.to_numpy()[row])
    return np.append(values.to_numpy(dtype=np.float64), np.nan)[row]

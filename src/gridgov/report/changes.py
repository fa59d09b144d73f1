"""Which ground of a grid was another's before: as it was drawn, or in an older network."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.datum import transform_geometries
from gridgov.flows import flows_of
from gridgov.network import Network
from gridgov.topology.regions import dissolve

__all__ = ["CHANGE_COLUMNS", "changes_of"]

#: `grid_id` has so many square metres that `from_grid` had before; None where no grid had them.
CHANGE_COLUMNS: Final = ("grid_id", "from_grid", "area_m2")

#: Less than this is rounding.
_LEAST_M2: Final = 1.0


def changes_of(network: Network, department: str, *, previous: Network | None = None) -> pd.DataFrame:
    """Answer :data:`CHANGE_COLUMNS`, largest first within each grid.

    Parameters
    ----------
    network
        Whose grids are told about.
    department
        One of its departments.
    previous
        An older network with this department: what changed since. None: what changed between the grids as
        the department drew them and the network.
    """
    known = None if previous is None else _since(network, previous, department)
    rows = _since_drawn(network, department) if known is None else known
    rows = rows[rows["area_m2"] >= _LEAST_M2]
    order = np.lexsort((rows["from_grid"].fillna(""), -rows["area_m2"], rows["grid_id"]))
    return rows.iloc[order].reset_index(drop=True)


def _since_drawn(network: Network, department: str) -> pd.DataFrame:
    flows = flows_of(network, department)
    moved = flows.pieces[(flows.pieces["moved_m2"] > 0) & flows.pieces["now"].notna()]
    sums = moved.groupby(["now", "grid_id"])["moved_m2"].sum()
    known = sums.groupby(level="now").sum()
    # What a grid gained and no other grid lost was nobody's.
    nobodys = (flows.gained - known.reindex(flows.gained.index, fill_value=0.0)).clip(lower=0.0)
    now = [*sums.index.get_level_values("now"), *nobodys.index]
    before = [*sums.index.get_level_values("grid_id"), *[None] * len(nobodys)]
    return _table(now, before, [*sums, *nobodys])


def _since(network: Network, previous: Network, department: str) -> pd.DataFrame:
    new_ids, new = _grids(network, department)
    old_ids, old = _grids(previous, department)
    if previous.cells.crs != network.cells.crs:
        old = shapely.make_valid(
            transform_geometries(old, source=previous.cells.crs, target=network.cells.crs)
        )
    a, b = shapely.STRtree(old).query(new, predicate="intersects")
    common = shapely.area(shapely.intersection(new[a], old[b]))
    before = np.bincount(a, common, minlength=len(new))
    nobodys = shapely.area(new) - before
    other = new_ids[a] != old_ids[b]
    return _table(
        [*new_ids[a[other]], *new_ids],
        [*old_ids[b[other]], *[None] * len(new_ids)],
        [*common[other], *nobodys],
    )


def _grids(network: Network, department: str) -> tuple[npt.NDArray[np.object_], npt.NDArray[Any]]:
    """Ids and polygons of a department's grids."""
    cells = network.cells[network.cells[department].notna()]
    ids, group = np.unique(cells[department].to_numpy(dtype=str), return_inverse=True)
    return ids.astype(object), dissolve(
        np.asarray(cells.geometry.array, dtype=object), group.astype(np.int64)
    )


def _table(grid: object, before: object, area: object) -> pd.DataFrame:
    columns = {"grid_id": pd.Series(grid, dtype=object), "from_grid": pd.Series(before, dtype=object)}
    return pd.DataFrame({**columns, "area_m2": pd.Series(area, dtype=np.float64)})

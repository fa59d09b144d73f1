"""What a report knows of each grid of a department: who, how large, how many households, what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from gridgov.columns import fold_name
from gridgov.network import Network
from gridgov.report.changes import changes_of

__all__ = ["HOUSEHOLD_NAMES", "PEOPLE_NAMES", "GridFacts", "facts_of"]

#: What carried columns are called that say who is in charge, and how many households there are; best first.
PEOPLE_NAMES: Final = (
    "网格长",
    "网格长姓名",
    "网格负责人",
    "负责人",
    "社区民警",
    "责任民警",
    "网格员",
    "people",
)
HOUSEHOLD_NAMES: Final = ("户数", "居民户数", "总户数", "常住户数", "households")


@dataclass(frozen=True, slots=True)
class GridFacts:
    """A department's grids.

    Attributes
    ----------
    table
        By grid id, sorted: ``name, owner, people, households, incidents``; None or NaN where not known.
    area
        Square metres of each, as merged.
    changes
        As `changes_of` answers.
    """

    table: pd.DataFrame
    area: Mapping[str, float]
    changes: pd.DataFrame

    def changed(self, ids: Sequence[str]) -> list[list[tuple[str | None, float]]]:
        """Answer for each grid which grids (None: none) had so many of its m2 before, the most first."""
        found: dict[str, list[tuple[str | None, float]]] = {}
        columns = (self.changes[name] for name in ("grid_id", "from_grid", "area_m2"))
        for grid, before, area in zip(*columns, strict=True):
            found.setdefault(grid, []).append((before, area))
        return [found.get(grid, []) for grid in ids]

    @property
    def changed_grids(self) -> int:
        """How many grids have ground that was another's."""
        return int(self.changes["grid_id"].nunique())

    def most_changed(self, most: int) -> list[str]:
        """Answer the grids with most ground that was another's, in the order of their ids."""
        sums = self.changes.groupby("grid_id")["area_m2"].sum()
        first = sums.sort_values(ascending=False, kind="stable").head(most)
        return sorted(str(grid) for grid in first.index)


def facts_of(
    network: Network,
    department: str,
    *,
    previous: Network | None = None,
    incidents: "pd.Series[int] | None" = None,
) -> GridFacts:
    """Answer what the network knows of a department's grids; `incidents` are counts by grid id."""
    cells = network.cells[network.cells[department].notna()]
    grid = cells[department].to_numpy(dtype=object)
    ids, first, group = np.unique(grid.astype(str), return_index=True, return_inverse=True)
    area = np.bincount(
        group, shapely.area(np.asarray(cells.geometry.array, dtype=object)), minlength=len(ids)
    )
    about = _about(network, department, cells, ids, first)
    about["incidents"] = np.nan if incidents is None else incidents.reindex(ids, fill_value=0).to_numpy()
    changes = changes_of(network, department, previous=previous)
    return GridFacts(about, dict(zip(ids, area.tolist(), strict=True)), changes)


def _about(network: Network, department: str, cells: Any, ids: Any, first: Any) -> pd.DataFrame:
    if department == network.departments[0]:
        known = pd.DataFrame(network.grids.drop(columns=network.grids.active_geometry_name))
        known = known.set_index("grid_id").reindex(ids)
    else:
        mine = [c for c in cells.columns if c.startswith(f"{department}_")]
        known = pd.DataFrame(cells[mine].iloc[first]).set_index(ids)
        known = known.rename(columns=lambda name: str(name).removeprefix(f"{department}_"))
        known["name"] = network.grid_names(department, ids)
    table = pd.DataFrame(index=pd.Index(ids, dtype=object))
    for name, names in (("name", ("name",)), ("owner", ("owner",)), ("people", PEOPLE_NAMES)):
        table[name] = pd.Series(_texts(known, names), index=table.index, dtype=object)
    table["households"] = _numbers(_texts(known, HOUSEHOLD_NAMES))
    return table


def _texts(known: pd.DataFrame, names: Sequence[str]) -> Any:
    folded = {fold_name(str(column)): column for column in reversed(list(known.columns))}
    found = next((folded[fold_name(name)] for name in names if fold_name(name) in folded), None)
    if found is None:
        return np.full(len(known), None, dtype=object)
    values = known[found].astype(object)
    return values.where(values.notna(), None).to_numpy()


def _numbers(values: Any) -> Any:
    texts = pd.Series(values, dtype=object).map(lambda v: None if v is None else str(v).replace(",", ""))
    return pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64)

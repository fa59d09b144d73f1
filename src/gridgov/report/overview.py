"""What leaders want to see of a network: tables with plain numbers that add up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
import shapely

from gridgov.crosswalk import crosswalk_departments
from gridgov.errors import ArgumentError
from gridgov.network import Network
from gridgov.report.facts import GridFacts
from gridgov.report.said_words import WORDS
from gridgov.schema import KINDS, SEVERITIES, cell_rungs

__all__ = ["Advice", "overview_tables"]

_QUARTILES: Final = {"smallest": 0.0, "tenth": 0.1, "median": 0.5, "nine_tenths": 0.9, "largest": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Ranges that grids should be in: advice of handbooks, never an error.

    Attributes
    ----------
    households
        Of a unified grid: 300 to 500 in Zhengzhou's community grids.
    area_m2
        Square metres by department: about 10,000 for unit grids in built-up areas. Empty: none is given.
    """

    households: tuple[float, float] = (300.0, 500.0)
    area_m2: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for low, high in (self.households, *self.area_m2.values()):
            if not 0 <= low < high:
                raise ArgumentError(WORDS("range", low=low, high=high))


def overview_tables(
    network: Network, facts: Mapping[str, GridFacts], advice: Advice
) -> dict[str, pd.DataFrame]:
    """Answer the tables by name.

    ``coverage`` (per department), ``ground`` (by all, some, none), ``conflicts`` (kind by severity),
    ``conflicts_where`` (open ones by kind and first rung), ``crosswalk``, ``no_owner``, ``size`` (per
    department), and ``households`` (by the first rung) if there are any.
    """
    tables = {
        "coverage": _coverage(network),
        "ground": _ground(network),
        "conflicts": _conflicts(network),
        "conflicts_where": _conflicts_where(network),
        **({} if len(network.departments) == 1 else {"crosswalk": _crosswalk(network)}),
        "no_owner": _no_owner(network, facts),
        "size": _size(facts, advice),
    }
    households = _households(network, facts[network.departments[0]], advice)
    return tables if households is None else {**tables, "households": households}


def _coverage(network: Network) -> pd.DataFrame:
    area = shapely.area(np.asarray(network.cells.geometry.array, dtype=object))
    city = float(area.sum())
    rows = []
    for department in network.departments:
        has = network.cells[department].notna().to_numpy()
        moved = network.summary.get("area_m2", {}).get("moved", {}).get(department, np.nan)
        borders = network.summary.get("borders", {}).get(department, {})
        rows.append(
            {
                "department": department,
                "grids": int(network.cells[department].nunique()),
                "city_m2": city,
                "covered_m2": float(area[has].sum()),
                "missing_m2": float(area[~has].sum()),
                "covered_share": float(area[has].sum()) / city,
                "moved_m2": float(moved),
                "tolerance_m": borders.get("tolerance_m"),
            }
        )
    return pd.DataFrame(rows)


def _ground(network: Network) -> pd.DataFrame:
    """The city as a sum: ground with a grid of every department, of some, of none."""
    parts = {name: network.summary["area_m2"][name] for name in ("by_all", "by_some", "by_none", "city")}
    city = parts["city"] or 1.0
    shares = [area / city for area in parts.values()]
    return pd.DataFrame({"ground": list(parts), "area_m2": list(parts.values()), "area_share": shares})


def _conflicts(network: Network) -> pd.DataFrame:
    found = network.conflicts
    places = found["places"].fillna(1)
    rows = [
        {
            "kind": kind,
            **{
                severity: int(places[mine & (found["severity"] == severity)].sum()) for severity in SEVERITIES
            },
            "area_m2": float(found.loc[mine & (found["severity"] == "decide"), "area_m2"].sum()),
        }
        for kind in KINDS
        if (mine := found["kind"] == kind).any()
    ]
    columns = ["kind", *SEVERITIES, "area_m2"]
    return pd.DataFrame(rows, columns=columns)


def _conflicts_where(network: Network) -> pd.DataFrame:
    rung = cell_rungs(list(network.cells.columns))[0]
    names = network.cells.drop_duplicates(rung).set_index(rung)[f"{rung}_name"]
    found = network.conflicts[network.conflicts["severity"] == "decide"]
    where = found[rung].map(names) if rung in found else pd.Series(None, index=found.index, dtype=object)
    counts = pd.crosstab(where.fillna("").rename("unit"), found["kind"].rename(None))
    return counts.reset_index() if len(found) else pd.DataFrame({"unit": pd.Series(dtype=object)})


def _crosswalk(network: Network) -> pd.DataFrame:
    relations = crosswalk_departments(network).relations
    wide = relations.pivot_table(
        index=["department_a", "department_b"],
        columns="relation",
        values="grids_of_a",
        sort=False,
        fill_value=0,
    )
    wide.columns.name = None
    kept = [name for name in ("1:1", "1:n", "n:1", "n:m", "none") if name in wide.columns]
    return wide[kept].astype(np.int64).reset_index()


def _no_owner(network: Network, facts: Mapping[str, GridFacts]) -> pd.DataFrame:
    tables = []
    for department in network.departments:
        table = facts[department].table
        blank = (
            table["owner"].map(lambda owner: pd.isna(owner) or not str(owner).strip()).to_numpy(dtype=bool)
        )
        ids = table.index[blank]
        tables.append(
            pd.DataFrame(
                {
                    "department": np.full(len(ids), department, dtype=object),
                    "grid_id": ids.to_numpy(dtype=object),
                    "name": table["name"][blank].to_numpy(dtype=object),
                    "area_m2": [facts[department].area[str(grid)] for grid in ids],
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def _size(facts: Mapping[str, GridFacts], advice: Advice) -> pd.DataFrame:
    rows = []
    for department, known in facts.items():
        area = np.array(list(known.area.values()))
        row: dict[str, object] = {"department": department, "grids": len(area)}
        row |= {f"{name}_m2": float(np.quantile(area, at)) for name, at in _QUARTILES.items()}
        if department in advice.area_m2:
            row |= _within(area, advice.area_m2[department])
        rows.append(row)
    return pd.DataFrame(rows)


def _within(
    values: "np.ndarray[tuple[int], np.dtype[np.float64]]", advised: tuple[float, float]
) -> dict[str, object]:
    low, high = advised
    below, above = int((values < low).sum()), int((values > high).sum())
    return {
        "advised": f"{low:,.0f}-{high:,.0f}",
        "below": below,
        "within": len(values) - below - above,
        "above": above,
    }


def _households(network: Network, facts: GridFacts, advice: Advice) -> pd.DataFrame | None:
    """Households of the unified grids, by the unit of the first rung in which most of each lies."""
    known = facts.table["households"].dropna()
    if known.empty:
        return None
    rung, department = cell_rungs(list(network.cells.columns))[0], network.departments[0]
    cells = pd.DataFrame(network.cells[[department, f"{rung}_name", "area_m2"]])
    most = cells.sort_values("area_m2", ascending=False, kind="stable").drop_duplicates(department)
    unit = most.set_index(department)[f"{rung}_name"].reindex(known.index)
    rows = []
    for name, values in known.groupby(unit.to_numpy(dtype=object), sort=True):
        numbers = values.to_numpy(dtype=np.float64)
        row = {"unit": name, "grids": len(numbers), "households": float(numbers.sum())}
        rows.append({**row, "median": float(np.median(numbers)), **_within(numbers, advice.households)})
    return pd.DataFrame(rows)

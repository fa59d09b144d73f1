"""The list of conflicts (冲突清单) as planners get it: sheets of plain tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.conflicts import said_conflicts
from gridgov.datum import in_china, transform_points
from gridgov.decisions.apply import DECISION_NOTE
from gridgov.decisions.words import (
    IGNORE,
    IGNORE_MEANS,
    LEAVE,
    LETTERS,
    MEANINGS,
    SPLIT,
    keep,
    kept_grids,
    offered,
    shown,
)
from gridgov.headings import heading, headings
from gridgov.meanings import kind_shown, term_shown
from gridgov.network import Network
from gridgov.schema import SEPARATOR, SEVERITIES

__all__ = ["ConflictSheet", "conflict_sheets", "how_to", "settled_counts"]

Texts = npt.NDArray[Any]

DECIDE, SETTLED, NOTE = SEVERITIES
LONLAT = 4490

#: Headings in both languages; those of what people fill in are read again by the last word.
HEADINGS: Final[Mapping[str, str]] = {
    **headings(("conflict_id", "kind", "departments")),
    "a": "A",
    "a_owner": "A责任主体 owner",
    "b": "B",
    "b_owner": "B责任主体 owner",
    "others": "其他 others",
    **headings(("places", "area_m2", "moved_m2", "width_m", "weight_changed", "incidents_changed")),
    **headings(("decision", "decided_by", "decided_on")),
    DECISION_NOTE: "备注 note",
    "place": heading("place"),
    "nearest": "最近的网格 nearest_grid",
    **headings(("resolution", "rule")),
    "note": "说明 found",
    **headings(("lon", "lat", "gcj02_lon", "gcj02_lat", "grid_ids")),
}

_SIDES: Final = ("a", "a_owner", "b", "b_owner", "others")

#: Left out where no row has a value.
_OPTIONAL: Final = (
    "others",
    "places",
    "moved_m2",
    "weight_changed",
    "incidents_changed",
    "nearest",
    "rule",
    "gcj02_lon",
    "gcj02_lat",
)


@dataclass(frozen=True, slots=True)
class ConflictSheet:
    """One sheet of conflicts.

    Attributes
    ----------
    departments
        Whose conflicts they are, one or two names; none: notes of all.
    table
        One row per conflict, columns as in :data:`HEADINGS`.
    offered
        For each row the decisions its drop-down offers; none for notes.
    """

    departments: tuple[str, ...]
    table: pd.DataFrame
    offered: Sequence[Sequence[str]]


def conflict_sheets(network: Network, language: str = "en") -> list[ConflictSheet]:
    """Answer what is to be decided, and what was, a sheet per department or pair of them; then the notes.

    On each sheet what needs a decision comes first, in the order of the network's list: by consequence.
    Whose they are is told in the notes only: other sheets are called by it. Place, resolution and note are
    in the language, headings and words of choice in both. What was settled without people is counted by
    :func:`settled_counts`.
    """
    conflicts = network.conflicts
    wanted = (conflicts["severity"] != SETTLED) | conflicts["decision"].notna()
    rows = said_conflicts(conflicts[wanted].reset_index(drop=True), language)
    table = _table(rows, network)
    choices = [
        offered(kind, departments, ids, layers=network.departments)
        for kind, departments, ids in zip(
            rows["kind"], rows["departments"], rows["grid_ids"].fillna(""), strict=True
        )
    ]
    note = (rows["severity"] == NOTE).to_numpy()
    sheets = []
    for name in dict.fromkeys(rows.loc[~note, "departments"]):
        mine = np.flatnonzero((rows["departments"] == name).to_numpy() & ~note)
        own = _filled(table, mine).drop(columns="departments")
        sheets.append(ConflictSheet(tuple(name.split(SEPARATOR)), own, [choices[k] for k in mine]))
    if note.any():
        notes = np.flatnonzero(note)
        sheets.append(ConflictSheet((), _filled(table, notes), [[]] * len(notes)))
    return sheets


def settled_counts(network: Network) -> pd.DataFrame:
    """Count what was settled without people, per kind and pair of grids, the largest first."""
    conflicts = network.conflicts
    rows = conflicts[(conflicts["severity"] == SETTLED) & conflicts["decision"].isna()]
    many = rows["places"] if "places" in rows else pd.Series(1, rows.index)
    table = pd.DataFrame(rows[["kind", "departments", "grid_ids", "area_m2", "width_m"]])
    table["places"] = many.fillna(1).astype(int)
    table["kind"] = [kind_shown(kind) for kind in table["kind"]]
    grouped = table.groupby(["kind", "departments", "grid_ids"], sort=False, dropna=False, as_index=False)
    counts = grouped.agg(places=("places", "sum"), area_m2=("area_m2", "sum"), width_m=("width_m", "max"))
    order = np.lexsort((counts["grid_ids"], counts["departments"], counts["kind"], -counts["area_m2"]))
    return counts.iloc[order].reset_index(drop=True)


def how_to() -> list[tuple[str, str, str, str]]:
    """Say how the list is filled in: kind, word, meaning in Chinese and in English."""
    rows = []
    for kind, means in MEANINGS.items():
        words = {LEAVE: means.leave, IGNORE: IGNORE_MEANS}
        words = ({SPLIT: means.split} if means.split else {}) | words
        words = ({keep(LETTERS[0]): means.keep} if means.keep else {}) | words
        if means.keep and kind != "sliver":
            b = (means.keep[0].replace("A", "B"), means.keep[1].replace("A", "B"))
            words = {keep(LETTERS[0]): means.keep, keep(LETTERS[1]): b} | words
        rows += [
            (kind_shown(kind), shown(word), chinese, english) for word, (english, chinese) in words.items()
        ]
    return rows


def _filled(table: pd.DataFrame, rows: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Some rows, without the columns that say nothing there."""
    some = table.iloc[rows].reset_index(drop=True)
    return some.drop(columns=[c for c in _OPTIONAL if c in some and some[c].isna().all()])


def _table(rows: gpd.GeoDataFrame, network: Network) -> pd.DataFrame:
    known = pd.DataFrame(rows.drop(columns=rows.active_geometry_name))
    known["kind"] = [kind_shown(kind) for kind in rows["kind"]]
    known["rule"] = [None if pd.isna(rule) else term_shown("rule", str(rule)) for rule in rows["rule"]]
    known["decision"] = [None if pd.isna(d) else shown(d) for d in rows["decision"]]
    if DECISION_NOTE not in known:
        known[DECISION_NOTE] = None
    known["nearest"] = _nearest(rows, network.grids)
    known = known.assign(**_sides(rows), **_gcj02(rows))
    if "places" in known:
        known["places"] = known["places"].where(known["places"] > 1)
    return known[[column for column in HEADINGS if column in known and column != "grid_ids"]]


def _sides(rows: gpd.GeoDataFrame) -> dict[str, Texts]:
    """Say who A and B are, with their owners, and who else is there."""
    told = [
        _side(*texts) for texts in rows[["kind", "departments", "grid_ids", "owners"]].fillna("").to_numpy()
    ]
    columns = np.array(told, dtype=object).reshape(len(told), len(_SIDES))
    return {name: columns[:, k] for k, name in enumerate(_SIDES)}


def _side(kind: str, departments: str, grid_ids: str, owners: str) -> list[str | None]:
    """Answer :data:`_SIDES` of one conflict; its owners stand beside its grids."""
    named = kept_grids(kind, departments, grid_ids)
    ids, owned = grid_ids.split(SEPARATOR), owners.split(SEPARATOR)
    if kind == "borders_apart":
        # The grids are those of the department whose border moved; the other's owner comes last.
        moved, stands = dict.fromkeys(owned[: len(ids)]), owned[len(ids) :]
        by = dict(zip(named, ("; ".join(stands), "; ".join(moved)), strict=False))
        rest = [f"{named[-1]}: {', '.join(ids)}"]
    else:
        by = dict(zip(ids, owned, strict=False))
        rest = [f"{letter} {name}" for letter, name in zip(LETTERS[2:], named[2:], strict=False)]
        rest += named[len(LETTERS) :]
    both = [*named[:2], None, None][:2]
    sides = [value for name in both for value in (name, by.get(name or "") or None)]
    return [*sides, "; ".join(rest) or None]


def _nearest(rows: gpd.GeoDataFrame, grids: gpd.GeoDataFrame) -> Texts:
    """Name the nearest unified grid that has a name, with the metres to it."""
    answer = np.full(len(rows), None, dtype=object)
    named = grids[grids["name"].notna()]
    placed = np.flatnonzero(rows["lon"].notna().to_numpy())
    if not len(named) or not len(placed):
        return answer
    lon, lat = (rows[name].to_numpy(float)[placed] for name in ("lon", "lat"))
    x, y = transform_points(lon, lat, source=LONLAT, target=grids.crs)
    spots = np.asarray(shapely.points(x, y))
    shapes = named.geometry.to_numpy()
    at = np.asarray(shapely.STRtree(shapes).nearest(spots))
    far = shapely.distance(spots, shapes[at])
    for k, grid, metres in zip(placed, at, far, strict=True):
        said = f"{named['name'].iloc[grid]} ({named['grid_id'].iloc[grid]})"
        answer[k] = said if metres < 1 else f"{said}, {metres:,.0f} m"
    return answer


def _gcj02(rows: gpd.GeoDataFrame) -> dict[str, npt.NDArray[np.float64]]:
    """Answer the places in GCJ-02, which is defined in China only."""
    lon, lat = rows["lon"].to_numpy(float), rows["lat"].to_numpy(float)
    there = in_china(lon, lat)
    x, y = transform_points(lon, lat, source="cgcs2000", target="gcj02")
    return {
        "gcj02_lon": np.where(there, np.round(x, 6), np.nan),
        "gcj02_lat": np.where(there, np.round(y, 6), np.nan),
    }

"""Decisions carried out on a merge."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.conflicts.messages import message_of, messages_text
from gridgov.decisions.meaning import Asked, CannotError, Conflict, Merged, asked
from gridgov.decisions.table import Decisions
from gridgov.decisions.words import (
    IGNORE,
    LEAVE,
    LETTERS,
    SPLIT,
    kept_grids,
    kept_letter,
    offered,
    shown,
)
from gridgov.filling import Filled
from gridgov.ladder import Ladder
from gridgov.schema import PRECISION_M, SEVERITIES
from gridgov.special import Special
from gridgov.steps import step
from gridgov.told import Told, from_message, told
from gridgov.topology.hold import CRUMB_SHARE, Pins, hold
from gridgov.topology.refine import Tolerances
from gridgov.topology.regions import thin

__all__ = ["DECISION_NOTE", "Applied", "apply_decisions"]

Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

#: Column of the conflicts for what people noted; `note` says what the merge found.
DECISION_NOTE: Final = "decision_note"

DECIDE, SETTLED = SEVERITIES[:2]

#: What differs by less than this in width is as it was asked for: borders are rounded to PRECISION_M.
NOISE_M = 2 * PRECISION_M


@dataclass(frozen=True, slots=True)
class Applied:
    """A merge after decisions.

    Attributes
    ----------
    filled
        The merge, with cells as decided.
    conflicts
        The conflicts with their decisions; those that are decided are `settled`.
    summary
        Plain values: ``decided`` (rows with a decision in the file), of these ``applied``, ``nothing`` (the
        merge was so already, or `leave` and `ignore`), ``refused`` (id -> why, in English, and
        ``refused_messages`` what that is made of), ``unknown`` (ids of no conflict now); ``overruled`` (ids
        of those applied that give way to a decision about the same spot); conflicts still to decide:
        ``open``, of these ``new`` that the file does not list.
    """

    filled: Filled
    conflicts: gpd.GeoDataFrame
    summary: dict[str, Any]


@dataclass(slots=True)
class _Outcome:
    """What one decision came to: what it asked for, or why it cannot be."""

    decision: str
    asks: list[Asked] = field(default_factory=list)
    why_not: Told | None = None
    changes: bool = False


@step("decisions")
def apply_decisions(
    filled: Filled,
    *,
    conflicts: gpd.GeoDataFrame,
    decisions: Decisions,
    layers: Mapping[str, gpd.GeoDataFrame],
    special: Special,
    ladder: Ladder,
    limits: Tolerances,
) -> Applied:
    """Carry out decisions on a merge: every place ends as decided, however narrow it is.

    Parameters
    ----------
    filled
        The merge without decisions.
    conflicts
        Its conflicts, from `find_conflicts`. Matched by ``conflict_id`` only.
    decisions
        What people decided. Where two decisions are about one spot, that of the conflict listed first holds.
    layers, special, ladder
        What the merge was made of, in the work CRS, rows as in `refined`.
    limits
        What is thin: such pieces beside a decided place join a neighbour.

    Notes
    -----
    Conflicts are found before decisions are carried out. So a conflict keeps its id and its place whatever
    is decided, and the same file gives the same network again.
    """
    merged = Merged(filled.refined, layers, special, ladder)
    rows = decisions.rows.set_index("conflict_id")
    decided = rows[rows["decision"].notna()]
    position = {str(one): k for k, one in enumerate(conflicts["conflict_id"])}
    outcomes = {
        position[str(one)]: _outcome(conflicts.iloc[position[str(one)]], str(decision), merged)
        for one, decision in decided["decision"].items()
        if one in position
    }
    asks = [(k, ask) for k in sorted(outcomes) for ask in outcomes[k].asks]
    for k, ask in asks:
        outcomes[k].changes |= bool(len(_differing(merged, ask)))
    if any(outcome.changes for outcome in outcomes.values()):
        pins = _pins(asks)
        held = hold(filled.refined, pins, tolerance_m=limits.largest_m, min_area_m2=limits.min_area_m2)
        filled = replace(filled, refined=held.refined)
    after = Merged(filled.refined, layers, special, ladder)
    overruled = _overruled(after, conflicts, outcomes, min_area_m2=limits.min_area_m2)
    decided_on = _decided(conflicts, outcomes, rows)
    return Applied(filled, decided_on, _summary(decided_on, outcomes, overruled, decisions, conflicts))


def _outcome(row: Any, decision: str, merged: Merged) -> _Outcome:
    allowed = offered(row["kind"], row["departments"], row["grid_ids"], layers=merged.layers)
    if decision not in allowed:
        words = tuple(shown(each) for each in allowed)
        return _Outcome(decision, why_not=told("takes_only", kind=told(f"kind.{row['kind']}"), words=words))
    width = float(row["width_m"]) if pd.notna(row["width_m"]) else 0.0
    conflict = Conflict(row["kind"], row["departments"], row["grid_ids"], row.geometry, width)
    try:
        return _Outcome(decision, asked(conflict, decision, merged))
    except CannotError as reason:
        return _Outcome(decision, why_not=reason.why)


def _differing(merged: Merged, ask: Asked) -> Geometries:
    """Answer the parts of the place that have another grid, if they are wider than rounding."""
    refined = merged.refined
    near = merged.cell_tree.query(ask.place, predicate="intersects")
    other = refined.cells[near[refined.labels[near, ask.layer] != ask.row]]
    parts = shapely.get_parts(shapely.intersection(other, ask.place))
    parts = parts[shapely.area(parts) > 0]
    return np.asarray(parts[~thin(parts, tolerance_m=NOISE_M, min_area_m2=0.0)])


def _overruled(
    after: Merged, conflicts: gpd.GeoDataFrame, outcomes: Mapping[int, _Outcome], *, min_area_m2: float
) -> set[int]:
    """Answer the conflicts of whose place more than crumbs have another grid all the same."""
    place_m2, found = conflicts.geometry.area.to_numpy(), set()
    for k, outcome in outcomes.items():
        for ask in outcome.asks if outcome.changes else ():
            area = shapely.area(_differing(after, ask))
            if ((area >= min_area_m2) | (area >= CRUMB_SHARE * place_m2[k])).any():
                found.add(k)
    return found


def _pins(asks: list[tuple[int, Asked]]) -> Pins:
    shapes = np.empty(len(asks), dtype=object)
    shapes[:] = [shapely.set_precision(ask.place, PRECISION_M) for _, ask in asks]
    numbers = np.array([(ask.layer, ask.row, k) for k, ask in asks], dtype=np.int64)
    return Pins(shapes, layer=numbers[:, 0], row=numbers[:, 1], place=numbers[:, 2])


def _decided(
    conflicts: gpd.GeoDataFrame, outcomes: Mapping[int, _Outcome], rows: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Write decisions and what came of them into the conflicts; what is decided is settled."""
    table = conflicts.reset_index(drop=True).copy()
    listed = rows.reindex(table["conflict_id"])
    for column in ("decided_by", "decided_on"):
        table[column] = pd.Series(listed[column].to_numpy(dtype=object), dtype=object)
    # What the check noted stays in `note`.
    notes = pd.Series(listed["note"].to_numpy(dtype=object), dtype=object)
    table.insert(table.columns.get_loc("decided_on") + 1, DECISION_NOTE, notes)
    changing = ("decision", "severity", "resolution", "messages")
    decision, severity, resolution, messages = (table[name].astype(object).copy() for name in changing)
    for k, outcome in outcomes.items():
        decision[k] = outcome.decision
        came_of_it = _resolution(conflicts.iloc[k], outcome)
        resolution[k] = came_of_it.said("en")
        messages[k] = messages_text(json.loads(messages[k] or "{}") | {"resolution": came_of_it.message()})
        if outcome.why_not is None:
            severity[k] = SETTLED
    columns = dict(zip(changing, (decision, severity, resolution, messages), strict=True))
    table = table.assign(**columns)
    rank = table["severity"].map(list(SEVERITIES).index)
    return table.iloc[np.argsort(rank.to_numpy(), kind="stable")].reset_index(drop=True)


def _resolution(row: Any, outcome: _Outcome) -> Told:
    decision = outcome.decision
    message = message_of(row["messages"], "resolution")
    was = row["resolution"] if message is None else from_message(message)
    letter = kept_letter(decision)
    word = told(decision) if letter is None else told("keep", letter=letter)
    if outcome.why_not is not None:
        return told("cannot_be", was=was, decision=word, why_not=outcome.why_not)
    if decision == LEAVE:
        return told("left_as_merged", was=was)
    if decision == IGNORE:
        return told("not_asked_again", was=was)
    if decision == SPLIT:
        return told("decided_split")
    named = kept_grids(row["kind"], row["departments"], row["grid_ids"])
    return told("decided_for", decision=word, named=named[LETTERS.index(letter or LETTERS[0])])


def _summary(
    table: gpd.GeoDataFrame,
    outcomes: Mapping[int, _Outcome],
    overruled: set[int],
    decisions: Decisions,
    conflicts: gpd.GeoDataFrame,
) -> dict[str, Any]:
    ids = conflicts["conflict_id"].astype(str).tolist()
    listed = set(decisions.rows["conflict_id"])
    decided = decisions.rows.loc[decisions.rows["decision"].notna(), "conflict_id"]
    still = table.loc[table["severity"] == DECIDE, "conflict_id"]
    refused = {ids[k]: outcome.why_not for k, outcome in outcomes.items() if outcome.why_not is not None}
    applied = sum(outcome.changes for outcome in outcomes.values())
    return {
        "source": decisions.source,
        "decided": len(decisions),
        "applied": applied,
        "nothing": len(outcomes) - applied - len(refused),
        "refused": {one: why.said("en") for one, why in refused.items()},
        "refused_messages": {one: why.message() for one, why in refused.items()},
        "overruled": [ids[k] for k in sorted(overruled)],
        "unknown": sorted(set(decided) - set(ids)),
        "open": len(still),
        "new": int((~still.isin(listed)).sum()),
    }

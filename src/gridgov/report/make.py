"""A report made of a network."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from gridgov.conflicts import said_conflicts
from gridgov.datum import describe_crs
from gridgov.errors import ArgumentError
from gridgov.language import Speaker, listed
from gridgov.network import Network
from gridgov.report.content import Report
from gridgov.report.facts import GridFacts, facts_of
from gridgov.report.figures import draw_figures
from gridgov.report.overview import Advice, overview_tables
from gridgov.report.sheets import pair_sheets, unit_sheets
from gridgov.report.words import WORDS
from gridgov.schema import cell_rungs
from gridgov.tally import summarize_incidents

__all__ = ["make_report"]


def make_report(
    network: Network,
    *,
    incidents: Any = None,
    previous: Network | None = None,
    rung: str | None = None,
    advice: Advice | None = None,
    footer: str | None = None,
    made_on: str = "",
    printed_on: str = "",
    language: str = "en",
) -> Report:
    """Make the sheets that people sign and the tables and figures that leaders look at.

    Parameters
    ----------
    network
        From `merge_grids` or `read_network`.
    incidents
        A table that was tagged with it: counts per grid on the sheets, per district and handler in the
        report.
    previous
        An older network: what changed since. None: what the merge changed of the grids as drawn.
    rung
        One sheet for each of its units; ``street`` if there is one, else the lowest rung.
    advice
        Ranges that grids should be in.
    footer
        A line at the foot of each sheet; "Working draft, internal" (内部工作底图) if None.
    made_on, printed_on
        Day of the network, and of the report.
    language
        ``en`` or ``zh``.

    Raises
    ------
    ArgumentError
        No such rung; an older network without these departments.

    Notes
    -----
    A sheet has the unified grids of one unit, or the fourteen grids of two departments that changed most;
    the report's tables, which a workbook holds whole, have all of them.
    """
    say = WORDS.speaker(language)
    names = cell_rungs(list(network.cells.columns))
    chosen = rung or ("street" if "street" in names else names[-1])
    if chosen not in names:
        raise ArgumentError(WORDS("error.rung", name=chosen, there=listed(names)))
    advice = advice or Advice()
    _check_departments(network, previous, advice)
    counts = None if incidents is None else _per_grid(incidents)
    facts = _facts(network, previous, counts)
    tables = overview_tables(network, facts, advice)
    if incidents is not None:
        tables |= _incident_tables(incidents, network, names[0], language)
    units = unit_sheets(network, chosen, facts[network.departments[0]], say)
    figures, notes = draw_figures(tables, facts, advice, say)
    return Report(
        version=network.version,
        made_on=made_on,
        datum=describe_crs(network.cells.crs),
        printed_on=printed_on,
        footer=say("footer.default") if footer is None else footer,
        sheets=[*units, *pair_sheets(network, facts, say)],
        tables={**tables, **_data(network, facts, language)},
        figures=figures,
        language=language,
        notes=[*_notes(network, facts, previous, say), *notes],
    )


def _check_departments(network: Network, previous: Network | None, advice: Advice) -> None:
    unknown = [name for name in advice.area_m2 if name not in network.departments]
    if unknown:
        there = listed(network.departments)
        raise ArgumentError(WORDS("error.department", names=listed(unknown), there=there))
    lacking = [] if previous is None else [d for d in network.departments if d not in previous.departments]
    if lacking:
        raise ArgumentError(WORDS("error.previous", names=listed(lacking)))


def _facts(
    network: Network, previous: Network | None, counts: "pd.Series[int] | None"
) -> dict[str, GridFacts]:
    first = network.departments[0]
    return {
        name: facts_of(network, name, previous=previous, incidents=counts if name == first else None)
        for name in network.departments
    }


def _per_grid(incidents: Any) -> "pd.Series[int]":
    groups = summarize_incidents(incidents, "grid", source="--incidents").groups
    known = groups[groups["grid_id"].notna()]
    return pd.Series(known["incidents"].to_numpy(), index=known["grid_id"].to_numpy(dtype=object))


def _incident_tables(incidents: Any, network: Network, rung: str, language: str) -> dict[str, pd.DataFrame]:
    options: dict[str, Any] = {"network": network, "language": language, "source": "--incidents"}
    by_unit = summarize_incidents(incidents, rung, **options).groups
    tables = {"incidents": by_unit.drop(columns=rung)}
    if "handler" in list(incidents.columns):
        tables["handlers"] = summarize_incidents(incidents, "handler", **options).groups
    return tables


def _data(network: Network, facts: Mapping[str, GridFacts], language: str) -> dict[str, pd.DataFrame]:
    """All grids, all changed ground and all open conflicts, for the workbook."""
    grids, changes = [], []
    for name, known in facts.items():
        table = known.table.reset_index(names="grid_id")
        table.insert(0, "department", name)
        grids.append(table.assign(area_m2=[known.area[grid] for grid in known.table.index]))
        changes.append(known.changes.assign(department=name)[["department", *known.changes.columns]])
    opened = said_conflicts(network.conflicts[network.conflicts["severity"] == "decide"], language)
    return {
        "grids": pd.concat(grids, ignore_index=True).dropna(axis="columns", how="all"),
        "changes": pd.concat(changes, ignore_index=True),
        "open_conflicts": pd.DataFrame(opened.drop(columns=opened.active_geometry_name)),
    }


def _notes(
    network: Network, facts: Mapping[str, GridFacts], previous: Network | None, say: Speaker
) -> Sequence[str]:
    department = network.departments[0]
    table = facts[department].table
    notes = [say("since drawn") if previous is None else say("since previous", version=previous.version)]
    lacking = [column for column in ("people", "households") if table[column].isna().all()]
    return [*notes, *(say(f"note.{column}", department=department) for column in lacking)]

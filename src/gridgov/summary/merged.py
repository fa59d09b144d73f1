"""What a merge did, in sentences."""

from collections.abc import Container, Mapping
from itertools import pairwise
from math import hypot
from typing import Any

from gridgov.alignment import aligned
from gridgov.errors import examples
from gridgov.network import Network
from gridgov.schema import KINDS, NO_RUNG_UNIT
from gridgov.summary.amounts import adding_up, area, counted, share

__all__ = ["network_lines"]

#: Borders that differ by more are said first.
FAR_M = 10.0

#: A shift of a whole layer is told from here on, and in each direction from here on.
SHIFT_M = 1.0
LEAST_WAY_M = 0.1

#: So many of the conflicts that need a decision are named.
MOST_NAMED = 3


def network_lines(network: Network) -> list[str]:
    """Say what was merged, what moved, and what people have to decide."""
    summary, options = network.summary, network.provenance
    return [
        *_far_apart(summary["borders"]),
        *_result(network),
        (
            "Borders that lie closer than the tolerance were taken as one line (--tolerance-m), pieces under "
            f"{options['min_area_m2']:g} m2 joined a neighbour (--min-area-m2)."
        ),
        *_balance(summary, list(network.departments)),
        *_shifted(summary["borders"]),
        *_filled(network),
        *_lost(summary["lost"], summary["rungs"]),
        *_conflicts(network),
    ]


def _result(network: Network) -> list[str]:
    summary = network.summary
    drawn = ", ".join(f"{name} {count:,}" for name, count in summary["departments"].items())
    units = ", ".join(f"{name} {count:,}" for name, count in summary["rungs"].items())
    whole = network.rungs.get("district")
    if whole is not None and whole["grid_id"].tolist() == [NO_RUNG_UNIT]:
        units = "none was given, the layers' outline bounds the city"
    lines = [
        f"Grids: {drawn} (in order of precedence: the first wins). Rungs: {units}.",
        (
            f"They became {counted(summary['unified_grids'], 'unified grid')} and "
            f"{counted(summary['cells'], 'cell')} over {area(summary['area_m2']['city'])}; every spot lies "
            "in exactly one cell (proved: no gap, no overlap, no cell across a rung)."
        ),
    ]
    lines += _rung_order(summary["rungs"])
    return lines + _declared(summary)


def _declared(summary: Mapping[str, Any]) -> list[str]:
    """Say which grids have a purpose of their own, and which may lie in several units."""
    lines, special, declared = [], summary["special"], summary["declared"]
    if special:
        how = f" ({declared['special']:,} declared with --special)" if declared["special"] else ""
        inside = "" if how else " inside other grids"
        lines.append(f"Kept as special-purpose: {counted(special, 'grid')}{inside}{how}.")
    if declared["crossing"]:
        grids = counted(declared["crossing"], "grid")
        lines.append(f"May lie in several units (--allow-cross): {grids}, a cell in each unit they reach.")
    return lines


def _filled(network: Network) -> list[str]:
    """Say what went to the neighbour of the longest shared border, and what is left."""
    filled, part = network.summary["filled"], network.summary["for_a_part"]
    finest = list(network.rungs)[-1]
    lines = []
    for name, m2 in filled.items():
        line = f"{name}: {area(m2['filled'])} without a grid filled (--on-gap fill)"
        if m2["left"] >= 1:
            line += f"; {area(m2['left'])} stay without: no grid in the same {finest} touches them"
        lines.append(f"{line}.")
    lines += [f"{name} is for a part of the city and was not filled." for name in part if filled]
    return lines


def _rung_order(rungs: Mapping[str, int]) -> list[str]:
    return [
        f"Is the order of the rungs right? {fine} has fewer units than {coarse}; "
        "--within goes coarse to fine."
        for coarse, fine in pairwise(rungs)
        if rungs[fine] < rungs[coarse]
    ]


def _balance(summary: Mapping[str, Any], departments: list[str]) -> list[str]:
    areas, part = summary["area_m2"], summary["for_a_part"]
    city = areas["city"]
    besides = (
        f" (besides {', '.join(part)}, for a part of the city)" if 0 < len(part) < len(departments) else ""
    )
    whole, *parts = adding_up(city, [areas["by_all"], areas["by_some"], areas["by_none"]])
    line = (
        f"Of the city's {whole:,} m2, {parts[0]:,} m2 ({share(areas['by_all'], city)}) have a grid of every "
        f"department{besides}, {parts[1]:,} m2 of some, {parts[2]:,} m2 of none."
    )
    rows = []
    for name in departments:
        covered, moved = areas["covered"][name], areas["moved"][name]
        borders = f"{_apart(summary['borders'][name])}; {moved:,.0f} m2 moved"
        rows.append([f"  {name}", f"covers {covered:,.0f} m2 ({share(covered, city)});", borders])
    return [line, *aligned(rows)]


def _far_apart(borders: Mapping[str, Mapping[str, float | None]]) -> list[str]:
    """Say first which borders differ by more than a street is wide."""
    far = [(name, found["apart_m"]) for name, found in borders.items() if (found["apart_m"] or 0) > FAR_M]
    if not far:
        return []
    said = ", ".join(f"{name} by up to {apart:g} m" for name, apart in far)
    return [f"Look at the borders first, they lie more than {FAR_M:g} m apart: {said}."]


def _apart(found: Mapping[str, float | None]) -> str:
    apart = (
        "too few borders lie near others to compare"
        if found["apart_m"] is None
        else f"borders differ by up to {found['apart_m']:g} m"
    )
    return f"{apart}; tolerance {found['tolerance_m']:g} m"


def _shifted(borders: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Say which layers lie aside as a whole, and how far they were moved."""
    lines = []
    for name, found in borders.items():
        east, north = found["shift_m"]
        if hypot(east, north) >= SHIFT_M:
            ways = [f"{abs(m):.1f} m {to}" for m, to in _ways(east, north) if abs(m) >= LEAST_WAY_M]
            lines.append(f"{name} lies aside as a whole and was moved by {' and '.join(ways)}.")
    return lines


def _ways(east: float, north: float) -> list[tuple[float, str]]:
    return [(east, "east" if east > 0 else "west"), (north, "north" if north > 0 else "south")]


def _lost(lost: dict[str, list[str]], rungs: Container[str]) -> list[str]:
    return [
        f"{name}: {counted(len(ids), 'unit' if name in rungs else 'grid')} kept no cell (outside the city, "
        f"covered by smaller ones, or smaller than --min-area-m2): {examples(ids)}."
        for name, ids in lost.items()
        if ids
    ]


def _conflicts(network: Network) -> list[str]:
    counts = {severity: sum(kinds.values()) for severity, kinds in network.summary["conflicts"].items()}
    severity = network.conflicts["severity"]
    places = int(network.conflicts.loc[severity == "settled", "places"].sum())
    lines = [
        (
            f"Conflicts: {counted(counts['decide'], 'needs a decision', 'need a decision')}, "
            f"{counted(counts['settled'], 'was', 'were')} settled within the tolerance, "
            f"{counted(counts['note'], 'is a note', 'are notes')}."
        )
    ]
    for kind, number in network.summary["conflicts"]["decide"].items():
        lines.append(f"  to decide: {number:,} {kind} ({KINDS[kind]})")
    if counts["settled"]:
        lines.append(f"  settled: {counted(places, 'place')}, one row for each pair of grids")
    # A grid that crosses a street crosses its communities too: the largest is enough.
    first = network.conflicts[severity == "decide"].drop_duplicates(["kind", "departments", "grid_ids"])
    return [*lines, *(_first(row._asdict()) for row in first.head(MOST_NAMED).itertuples())]


def _first(row: Mapping[str, Any]) -> str:
    """Say one of the conflicts that matter most, and how many it concerns where that was counted."""
    size = "" if row["area_m2"] != row["area_m2"] else f" {area(row['area_m2'])}"
    note = f" ({row['note']})" if row["note"] else ""
    named = {"incidents_changed": "incidents", "weight_changed": "weight"}
    counts = [f"{name} {row[column]:,.6g}" for column, name in named.items() if row[column] == row[column]]
    said = f", {', '.join(counts)}" if counts else ""
    what = f"{row['departments']} {row['kind']}{size}{said}"
    rank = "first" if counts else "largest"
    return f"  {rank}: {what}, {row['place']}{note}; {row['resolution']}"

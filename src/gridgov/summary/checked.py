"""A check in plain lines: per department what is wrong, the ledger, the worst places, what to do next."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from gridgov.check.report import CheckReport
from gridgov.schema import KINDS, SEVERITIES
from gridgov.summary.amounts import area, counted

__all__ = ["check_lines"]

WORST = 3

#: What a severity asks of the reader.
ASKS = {"decide": "to decide", "settled": "settled", "note": "good to know"}


def check_lines(report: CheckReport) -> list[str]:
    """Say what a check found; one block per department, then notes and what to do next."""
    lines: list[str] = []
    for row in _records(report.coverage):
        found = report.problems[report.problems["departments"] == row["department"]]
        lines += [*_heading(row, found), *_counts(found), "", *_ledger(row), *_worst(found), ""]
    lines += [f"Note: {note}" for note in report.notes]
    return [*lines, "", *_next(report)]


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _heading(row: dict[str, Any], found: pd.DataFrame) -> list[str]:
    grids = counted(row["grids"], "grid")
    if not len(found):
        return [f"{row['department']}: {grids}, nothing wrong"]
    counts = found["severity"].value_counts()
    parts = [f"{counts[s]:,} {ASKS[s]}" for s in SEVERITIES if s in counts]
    return [f"{row['department']}: {grids}; {', '.join(parts)}"]


def _counts(found: pd.DataFrame) -> list[str]:
    """One line per severity and kind: how many, how large together, what it means."""
    rows = []
    for severity in SEVERITIES:
        for kind, meaning in KINDS.items():
            mine = found[(found["severity"] == severity) & (found["kind"] == kind)]
            if len(mine):
                total = mine["area_m2"].sum(min_count=1)
                size = "" if pd.isna(total) else area(total)
                said = _meaning(mine, kind, severity, meaning)
                rows.append((ASKS[severity], f"{len(mine):,}", kind, size, said))
    if not rows:
        return []
    wide = [max(len(row[k]) for row in rows) for k in range(4)]
    return [
        f"  {asks:<{wide[0]}}  {count:>{wide[1]}}  {kind:<{wide[2]}}  {size:>{wide[3]}}  {meaning}"
        for asks, count, kind, size, meaning in rows
    ]


def _meaning(found: pd.DataFrame, kind: str, severity: str, meaning: str) -> str:
    if (found["grid_ids"] == "").all() and (found["note"] != "").all():
        return str(found["note"].iloc[0])
    if (kind, severity) == ("crosses_rung", "note"):
        return "the grid is made of several whole units; nothing needs cutting"
    return meaning


def _ledger(row: dict[str, Any]) -> list[str]:
    """The outline as a sum whose printed numbers add up."""
    parts = ("once", "twice", "missing")
    areas = adding_up([row[f"{part}_m2"] for part in parts], 0)
    shares = adding_up([row[f"{part}_percent"] for part in parts], 2)
    names = ["covered once", "covered twice or more", "missing"]
    special = row["special_m2"]
    if special >= 1:
        names[1] += f" ({special:,.0f} m2 of it by special-purpose grids)"
    rows = [
        *zip(names, areas, shares, strict=True),
        ("together: the outline", sum(areas), sum(shares)),
        ("outside of it", round(row["outside_m2"]), row["outside_percent"]),
    ]
    wide = max(len(name) for name, _, _ in rows)
    return [f"  {name:<{wide}}  {area:>15,.0f} m2  {share:>6.2f} %" for name, area, share in rows]


def _worst(found: pd.DataFrame) -> list[str]:
    open_places = found[(found["severity"] == "decide") & found["area_m2"].notna()]
    worst = open_places.sort_values("area_m2", ascending=False, kind="stable").head(WORST)
    if not len(worst):
        return []
    lines = ["", "  The largest places to decide:"]
    for number, row in enumerate(_records(worst), 1):
        wide = "" if pd.isna(row["width_m"]) else f", {row['width_m']:,.0f} m wide"
        lines.append(f"  {number}. {row['kind']}, {area(row['area_m2'])}{wide}: {row['place']}")
    return lines


def _next(report: CheckReport) -> list[str]:
    if not len(report.problems):
        return ["Nothing to do: the grids can be merged as they are."]
    lines = []
    undecided, settled = report.undecided, int((report.problems["severity"] == "settled").sum())
    if undecided:
        lines.append(
            f"Next: {counted(undecided, 'place needs', 'places need')} a decision by the departments named; "
            "a merge lists them again as conflicts and says what it did there."
        )
    if settled:
        it = "it" if settled == 1 else "them"
        lines.append(
            f"{counted(settled, 'is', 'are')} settled: narrower than {report.tolerance_m:g} m, or repaired. "
            f"Nobody needs to look at {it}; a merge mends {it}."
        )
    return lines or ["Nothing to decide: the grids can be merged as they are."]


def adding_up(values: Sequence[float], digits: int) -> list[float]:
    """Round values so that their sum is the rounded sum: what was cut most is rounded up.

    >>> adding_up([33.333, 33.333, 33.334], 0)
    [33, 33, 34]
    """
    scale = 10**digits
    scaled = [value * scale for value in values]
    whole = [int(value) for value in scaled]
    left = round(sum(scaled)) - sum(whole)
    order = sorted(range(len(values)), key=lambda k: whole[k] - scaled[k])
    for k in order[:left]:
        whole[k] += 1
    return [number / scale if digits else number for number in whole]

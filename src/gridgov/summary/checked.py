"""A check in plain lines: per department what is wrong, the ledger, the worst places, what to do next."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from gridgov.alignment import aligned, padded, width
from gridgov.check.report import CheckReport
from gridgov.language import Many, Messages, Speaker
from gridgov.meanings import TERMS, terms
from gridgov.schema import KINDS, SEVERITIES
from gridgov.summary.amounts import area

__all__ = ["check_lines"]

WORST = 3

WORDS: Final = Messages(
    {
        **terms("kind-means", "severity"),
        **{f"name.{kind}": (kind, TERMS.table[f"kind.{kind}"][1]) for kind in KINDS},
        "nothing wrong": ("{name}: {grids:grid|grids}, nothing wrong", "{name}：{grids} 个网格，没有问题"),
        "heading": ("{name}: {grids:grid|grids}; {parts}", "{name}：{grids} 个网格；{parts}"),
        "comma": (", ", "，"),
        "counted": ("{n} {severity}", "{severity} {n} 处"),
        "whole units": (
            "the grid is made of several whole units; nothing needs cutting",
            "网格由几个完整的区域组成，无需切开",
        ),
        "once": ("covered once", "覆盖一次"),
        "twice": ("covered twice or more", "覆盖两次以上"),
        "twice special": (
            "covered twice or more ({m2} m2 of it by special-purpose grids)",
            "覆盖两次以上（其中专属网格 {m2} 平方米）",
        ),
        "missing": ("missing", "未覆盖"),
        "ledger": ("  {name}  {m2} m2  {share} %", "  {name}  {m2} 平方米  {share} %"),
        "together": ("together: the outline", "合计：外边界之内"),
        "outside": ("outside of it", "外边界之外"),
        "largest": ("  The largest places to decide:", "  最大的待定之处："),
        "wide": (", {m} m wide", "，宽 {m} 米"),
        "place": ("  {number}. {what}: {place}", "  {number}. {what}：{place}"),
        "said": ("Note: {note}", "提示：{note}"),
        "nothing": (
            "Nothing to do: the grids can be merged as they are.",
            "无需处理：网格可以直接合并。",
        ),
        "no grids": (
            "{names} has not one grid: is it the right file and layer?",
            "{names} 一个网格也没有：文件或图层是否选对了？",
        ),
        "nothing to decide": (
            "Nothing to decide: the grids can be merged as they are.",
            "没有待定之处：网格可以直接合并。",
        ),
        "next": (
            (
                "Next: {n:place needs|places need} a decision by the departments named; a merge lists them "
                "again as conflicts and says what it did there."
            ),
            "下一步：{n} 处须由所列部门决定；合并时会再列为冲突，并说明当时如何处理。",
        ),
        "one settled": (
            (
                "{n} is settled: narrower than {m} m, or repaired. "
                "Nobody needs to look at it; a merge mends it."
            ),
            "{n} 处已处理：窄于 {m} 米或已修复，无需查看，合并时自动修正。",
        ),
        "many settled": (
            (
                "{n} are settled: narrower than {m} m, or repaired. "
                "Nobody needs to look at them; a merge mends them."
            ),
            "{n} 处已处理：窄于 {m} 米或已修复，无需逐一查看，合并时自动修正。",
        ),
    }
)


def check_lines(report: CheckReport, *, language: str = "en") -> list[str]:
    """Say what a check found; one block per department, then notes and what to do next."""
    say = WORDS.speaker(language)
    lines: list[str] = []
    for row in _records(report.coverage):
        found = report.problems[report.problems["departments"] == row["department"]]
        lines += [*_heading(row, found, say), *_counts(found, say), "", *_ledger(row, say)]
        lines += [*_worst(found, say), ""]
    lines += [say("said", note=note) for note in report.notes]
    return [*lines, "", *_next(report, say)]


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _heading(row: dict[str, Any], found: pd.DataFrame, say: Speaker) -> list[str]:
    values = {"name": row["department"], "grids": Many(row["grids"])}
    if not len(found):
        return [say("nothing wrong", **values)]
    counts = found["severity"].value_counts()
    there = [severity for severity in SEVERITIES if severity in counts]
    parts = [say("counted", n=Many(counts[each]), severity=say(f"severity.{each}")) for each in there]
    return [say("heading", **values, parts=say("comma").join(parts))]


def _counts(found: pd.DataFrame, say: Speaker) -> list[str]:
    """One line per severity and kind: how many, how large together, what it means."""
    rows = []
    for severity in SEVERITIES:
        for kind in KINDS:
            mine = found[(found["severity"] == severity) & (found["kind"] == kind)]
            if len(mine):
                total = mine["area_m2"].sum(min_count=1)
                size = "" if pd.isna(total) else area(total, say.language)
                asks, name = say(f"severity.{severity}"), say(f"name.{kind}")
                rows.append((asks, f"{len(mine):,}", name, size, _meaning(mine, kind, severity, say)))
    return [f"  {line}" for line in aligned(rows, numbers={1, 3})]


def _meaning(found: pd.DataFrame, kind: str, severity: str, say: Speaker) -> str:
    if (found["grid_ids"] == "").all() and (found["note"] != "").all():
        return str(found["note"].iloc[0])
    return say("whole units" if (kind, severity) == ("crosses_rung", "note") else f"kind-means.{kind}")


def _ledger(row: dict[str, Any], say: Speaker) -> list[str]:
    """The outline as a sum whose printed numbers add up."""
    parts = ("once", "twice", "missing")
    areas = adding_up([row[f"{part}_m2"] for part in parts], 0)
    shares = adding_up([row[f"{part}_percent"] for part in parts], 2)
    special = row["special_m2"]
    twice = say("twice special", m2=f"{special:,.0f}") if special >= 1 else say("twice")
    rows = [
        *zip([say("once"), twice, say("missing")], areas, shares, strict=True),
        (say("together"), sum(areas), sum(shares)),
        (say("outside"), round(row["outside_m2"]), row["outside_percent"]),
    ]
    wide = max(width(name) for name, _, _ in rows)
    return [
        say("ledger", name=padded(name, wide), m2=f"{m2:>15,.0f}", share=f"{part:>6.2f}")
        for name, m2, part in rows
    ]


def _worst(found: pd.DataFrame, say: Speaker) -> list[str]:
    open_places = found[(found["severity"] == "decide") & found["area_m2"].notna()]
    worst = open_places.sort_values("area_m2", ascending=False, kind="stable").head(WORST)
    if not len(worst):
        return []
    lines = ["", say("largest")]
    for number, row in enumerate(_records(worst), 1):
        wide = "" if pd.isna(row["width_m"]) else say("wide", m=f"{row['width_m']:,.0f}")
        name = say(f"name.{row['kind']}")
        what = f"{name}{say('comma')}{area(row['area_m2'], say.language)}{wide}"
        lines.append(say("place", number=number, what=what, place=row["place"]))
    return lines


def _next(report: CheckReport, say: Speaker) -> list[str]:
    if not len(report.problems):
        return [say("nothing")]
    lines = []
    undecided, settled = report.undecided, int((report.problems["severity"] == "settled").sum())
    if undecided:
        lines.append(say("next", n=Many(undecided)))
    if settled:
        key = "one settled" if settled == 1 else "many settled"
        lines.append(say(key, n=Many(settled), m=f"{report.tolerance_m:g}"))
    if empty := report.coverage.loc[report.coverage["grids"] == 0, "department"].tolist():
        lines.append(say("no grids", names=say("comma").join(empty)))
    return lines or [say("nothing to decide")]


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

"""A count of incidents in lines of words and a table, in both languages."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from gridgov.alignment import aligned
from gridgov.language import Messages, Speaker, listed
from gridgov.summary.amounts import share
from gridgov.tally import IncidentSummary, Nearness
from gridgov.tally.words import HEADINGS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST_ROWS", "missing_lines", "tally_lines"]

#: Rows of a table that are shown unless asked otherwise.
MOST_ROWS: Final = 20
_MOST_PAIRS: Final = 5
#: Columns shown on a console; all are in a file.
_HIDDEN: Final = frozenset({"area_m2", "judged"})
_WHOLE: Final = frozenset({"incidents", "closed", "judged", "overdue", "row_a", "row_b"})

WORDS: Final = Messages(
    {
        "counted": ("{source}: {n:,} rows, by {by}", "{source}：{n:,} 行，按{by}统计"),
        "period": ("{first} to {last} (column {column})", "{first} 至 {last}（“{column}”列）"),
        "and": (", ", "、"),
        "closed": (
            "Closed (column {column}): {closed:,} of {n:,} = {share}",
            "办结率（“{column}”列）：{closed:,} / {n:,} = {share}",
        ),
        "hours": (
            "Hours elapsed of those closed: median {median}, 90th percentile {p90}",
            "已办结用时：中位数 {median} 小时，九成分位 {p90} 小时",
        ),
        "overdue": (
            "Overdue (column {column}): {overdue:,} of {judged:,} with a limit that can be judged = {share}",
            "超期率（“{column}”列）：{overdue:,} / {judged:,}（有时限且可判断）= {share}",
        ),
        "sum": ("{column}: {amount} in all", "{column}：合计 {amount}"),
        "density": ("{density} per km2 ({area} km2)", "每平方公里 {density} 条（{area} 平方公里）"),
        "months": ("Per month: {counts}", "按月：{counts}"),
        "none": ("(none)", "（无）"),
        "rest": (
            "... and {n:,} more rows; -o FILE writes all of them, --most N shows more.",
            "…… 另有 {n:,} 行；-o 文件 可全部写出，--most N 可多显示。",
        ),
        "duplicates": (
            "Likely duplicates ({metres:g} m, {hours:g} h, one category): {pairs:,} pairs, {rows:,} repeats",
            "疑似重复（同类、{metres:g} 米、{hours:g} 小时内）：{pairs:,} 对，后报 {rows:,} 行",
        ),
        "pairs": ("The first {n} pairs:", "前 {n} 对："),
        "missing": (
            "{n:,} of {all:,} have no row in {source}:",
            "共 {all:,} 个，其中 {n:,} 个在 {source} 中没有任何记录：",
        ),
        "all there": (
            "Each of {all:,} has at least one row in {source}.",
            "{all:,} 个在 {source} 中都有记录。",
        ),
    }
)


def tally_lines(
    result: IncidentSummary,
    *,
    source: str,
    nearness: Nearness | None = None,
    language: str = "en",
    most: int = MOST_ROWS,
) -> list[str]:
    """Say what was counted: all rows first, with denominators, then the groups as a table."""
    say, heading = WORDS.speaker(language), HEADINGS.speaker(language)
    by = say("and").join(heading.term(name) for name in result.key_names)
    lines = [say("counted", source=source, n=result.total["incidents"], by=by), *_total(result, say), ""]
    lines += _table(result.groups, heading, say, most=most)
    if nearness is not None and result.duplicates is not None:
        lines += ["", *_duplicates(result.duplicates, nearness, say, heading)]
    return lines


def missing_lines(
    result: IncidentSummary, *, source: str, language: str = "en", most: int = MOST_ROWS
) -> list[str]:
    """List the units without any row; `result.missing` is not None."""
    say, heading = WORDS.speaker(language), HEADINGS.speaker(language)
    assert result.missing is not None
    missing = result.missing
    there = int((result.groups["incidents"] > 0).sum() - result.groups[result.key_names[0]].isna().sum())
    everywhere = len(missing) + there
    if not len(missing):
        return [say("all there", all=everywhere, source=source)]
    lines = [say("missing", n=len(missing), all=everywhere, source=source), ""]
    return [*lines, *_table(missing, heading, say, most=most, hidden=frozenset())]


def _total(result: IncidentSummary, say: Speaker) -> list[str]:
    total, columns = result.total, result.columns
    lines = []
    if result.period is not None:
        first, last = result.period
        lines.append(say("period", first=first, last=last, column=columns["time"]))
    if "closed" in total:
        part = share(total["closed"], total["incidents"])
        lines.append(
            say("closed", closed=total["closed"], n=total["incidents"], share=part, column=columns["closed"])
        )
        if total["hours_elapsed_median"] is not None:
            hours = (_number(total[f"hours_elapsed_{name}"]) for name in ("median", "p90"))
            lines.append(say("hours", **dict(zip(("median", "p90"), hours, strict=True))))
    if "overdue" in total:
        part = share(total["overdue"], total["judged"])
        values = {name: total[name] for name in ("overdue", "judged")}
        lines.append(say("overdue", **values, share=part, column=columns["limit"]))
    if "per_km2" in total:
        area = f"{total['area_m2'] / 1e6:,.1f}"
        lines.append(say("density", density=_number(total["per_km2"]), area=area))
    known = {*result.groups.columns} - {*result.key_names}
    lines += [
        say("sum", column=name, amount=_amount(value))
        for name, value in total.items()
        if name in known and name not in HEADINGS.table
    ]
    return [f"  {line}" for line in [*lines, *_months(result, say)]]


def _months(result: IncidentSummary, say: Speaker) -> list[str]:
    if result.months is None:
        return []
    counts = result.months.groupby("month")["incidents"].sum()
    return [say("months", counts=listed((f"{month} {n:,}" for month, n in counts.items()), say.language))]


def _table(
    table: "pd.DataFrame", heading: Speaker, say: Speaker, *, most: int, hidden: frozenset[str] = _HIDDEN
) -> list[str]:
    """The first rows under their headings; numbers to the right."""
    names = [str(name) for name in table.columns if name not in hidden]
    numbers = {at for at, name in enumerate(names) if table[name].dtype != object}
    shown = table[names].head(most)
    rows = [[heading.term(name) for name in names]]
    rows += [_row(row, names, say) for row in shown.to_dict("records")]
    lines = aligned(rows, numbers=numbers)
    if len(table) > most:
        lines.append(say("rest", n=len(table) - most))
    return lines


def _row(row: Mapping[Any, Any], names: Sequence[str], say: Speaker) -> list[str]:
    """One row as it is shown; only the first key says that there is none."""
    shown = [_value(name, row[name]) for name in names]
    return [shown[0] or say("none"), *shown[1:]]


def _value(name: str, value: Any) -> str:
    if value is None or value != value:  # noqa: PLR0124 (NaN)
        return ""
    if isinstance(value, str):
        return value
    if name.endswith("_share"):
        return f"{100 * value:.1f}"
    return f"{value:,.0f}" if name in _WHOLE or name.endswith("_m2") else _amount(value)


def _number(value: float) -> str:
    return f"{value:,.1f}"


def _amount(value: float) -> str:
    """A whole number as such, else with one decimal."""
    return f"{value:,.0f}" if value == round(value) else _number(value)


def _duplicates(pairs: "pd.DataFrame", nearness: Nearness, say: Speaker, heading: Speaker) -> list[str]:
    rows = int(pairs["row_b"].nunique())
    values = {"metres": nearness.metres, "hours": nearness.hours}
    lines = [say("duplicates", pairs=len(pairs), rows=rows, **values)]
    if len(pairs):
        first = pairs.head(_MOST_PAIRS)
        lines += [say("pairs", n=len(first)), *_table(first, heading, say, most=_MOST_PAIRS)]
    return lines

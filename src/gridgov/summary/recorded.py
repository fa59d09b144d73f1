"""Recorded units against located ones, in plain lines."""

from collections.abc import Iterator
from pathlib import Path

from gridgov.language import per_cent
from gridgov.recorded import RecordedReport
from gridgov.summary.amounts import counted

__all__ = ["recorded_lines"]

#: Pairs and labels listed.
_MOST = 5
_DIGITS = 2


def recorded_lines(report: RecordedReport | None, *, listed: Path | None = None) -> list[str]:
    """Say how far recorded and located units agree, who is taken for whom, and why that may be.

    `listed` is the file of the rows that differ. Nothing is said without a report.
    """
    if report is None:
        return []
    form = f", compared by --normalise {report.form}" if report.form else ""
    head = f"Recorded unit ({report.column}) against located unit ({report.against}){form}:"
    if not report.compared:
        none = f"{counted(report.labelled, 'row')} with a label, none of them with a usable coordinate too"
        found = [*_datums(report), *_reasons(report)] if report.reasons else []
        return [f"{head} nothing to compare: {none}.", *found]
    return [
        f"{head} {counted(report.compared, 'row')} with both",
        *_agreement(report),
        *_pairs(report, listed),
        *_labels(report),
        *_datums(report),
        *_reasons(report),
    ]


def _reasons(report: RecordedReport) -> Iterator[str]:
    yield from (f"Likely reason: {each.words}" for each in report.reasons)


def _agreement(report: RecordedReport) -> Iterator[str]:
    yield _line(report.exact, report.compared, "agree")
    if report.border not in {report.exact, *report.within.values()}:
        yield _line(report.border, report.compared, "agree, or the recorded unit is a candidate")
    before = report.exact
    for metres, rows in report.within.items():
        if rows > before:
            yield _line(rows, report.compared, f"lie at most {metres:g} m outside the recorded unit")
        before = rows
    if report.other is not None:
        yield _line(report.other, report.compared, f"agree with {report.other_name}")


def _pairs(report: RecordedReport, listed: Path | None) -> Iterator[str]:
    if not report.differing:
        return
    where = f", all in {listed}" if listed else ""
    yield f"{counted(report.differing, 'row')} differ{'s' if report.differing == 1 else ''}{where}"
    pairs = report.pairs
    for rows, recorded, located in zip(
        pairs["rows"][:_MOST], pairs["recorded_name"][:_MOST], pairs["located_name"][:_MOST], strict=True
    ):
        yield f"  {rows:>9,}  recorded {recorded}, located in {located}"
    if len(pairs) > _MOST:
        rest = int(pairs["rows"].iloc[_MOST:].sum())
        yield f"  {rest:>9,}  in {counted(len(pairs) - _MOST, 'more pair')}"


def _labels(report: RecordedReport) -> Iterator[str]:
    if not report.unknown:
        return
    shown = ", ".join(f"'{label}'" for label in report.labels["label"][:_MOST])
    yield f"  {report.unknown:>9,}  recorded a label that no unit has: {shown}"


def _datums(report: RecordedReport) -> Iterator[str]:
    """Datums tried; nothing if only the one stated is possible."""
    shown = [tried for tried in report.datums if tried.stated or tried.name != "swapped" or tried.agreement]
    if len(shown) <= 1:
        return
    some = report.looked_at < report.labelled - report.unknown
    on = f", tried on {counted(report.looked_at, 'row')}" if some else ""
    yield f"Read in other datums{on}, these agree:"
    for tried in shown:
        more = "more than the next" if tried is report.datums[0] else "less than the best"
        chance = "" if tried.sure else ", which may be chance"
        name = f"{tried.name} (as stated)" if tried.stated else tried.name
        agreement = per_cent(tried.agreement, digits=_DIGITS)
        yield f"  {'':>9}  {agreement:>8}  {name:<19}  {abs(100 * tried.margin):.2f} points {more}{chance}"


def _line(rows: int, of: int, words: str) -> str:
    return f"  {rows:>9,}  {per_cent(rows / of, digits=_DIGITS):>8}  {words}"

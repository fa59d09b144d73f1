"""Recorded units against located ones, in plain lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gridgov.alignment import padded, width
from gridgov.language import Many, per_cent
from gridgov.language import listed as several
from gridgov.summary.recorded_words import WORDS

if TYPE_CHECKING:
    from gridgov.recorded import RecordedReport

__all__ = ["recorded_lines"]

#: Pairs and labels listed.
_MOST = 5
_DIGITS = 2


def recorded_lines(report: "RecordedReport | None", *, listed: Path | None = None) -> list[str]:
    """Say how far recorded and located units agree, who is taken for whom, and why that may be.

    `listed` is the file of the rows that differ. Nothing is said without a report.
    """
    if report is None:
        return []
    form = WORDS("form", form=report.form) if report.form else ""
    head = WORDS("head", column=report.column, against=report.against, form=form)
    if not report.compared:
        found = [*_datums(report), *_reasons(report)] if report.reasons else []
        return [WORDS("nothing", head=head, rows=Many(report.labelled)), *found]
    return [
        WORDS("compared", head=head, rows=Many(report.compared)),
        *_agreement(report),
        *_pairs(report, listed),
        *_labels(report),
        *_datums(report),
        *_reasons(report),
    ]


def _reasons(report: "RecordedReport") -> Iterator[str]:
    yield from (WORDS("reason", words=each.words) for each in report.reasons)


def _agreement(report: "RecordedReport") -> Iterator[str]:
    yield _line(report.exact, report.compared, WORDS("agree"))
    if report.border not in {report.exact, *report.within.values()}:
        yield _line(report.border, report.compared, WORDS("candidate"))
    before = report.exact
    for metres, rows in report.within.items():
        if rows > before:
            yield _line(rows, report.compared, WORDS("within", m=metres))
        before = rows
    if report.other is not None:
        yield _line(report.other, report.compared, WORDS("other", name=report.other_name))


def _pairs(report: "RecordedReport", listed: Path | None) -> Iterator[str]:
    if not report.differing:
        return
    where = WORDS("all in", file=listed) if listed else ""
    yield WORDS("differ", rows=Many(report.differing), where=where)
    pairs = report.pairs
    for rows, recorded, located in zip(
        pairs["rows"][:_MOST], pairs["recorded_name"][:_MOST], pairs["located_name"][:_MOST], strict=True
    ):
        said = WORDS("pair", recorded=recorded, located=located)
        yield f"  {rows:>9,}  {said}"
    if len(pairs) > _MOST:
        rest = int(pairs["rows"].iloc[_MOST:].sum())
        yield f"  {rest:>9,}  {WORDS('more pairs', n=Many(len(pairs) - _MOST))}"


def _labels(report: "RecordedReport") -> Iterator[str]:
    if not report.unknown:
        return
    shown = several(WORDS("quoted", text=label) for label in report.labels["label"][:_MOST])
    yield f"  {report.unknown:>9,}  {WORDS('unknown', labels=shown)}"


def _datums(report: "RecordedReport") -> Iterator[str]:
    """Datums tried; nothing if only the one stated is possible."""
    if all(tried.stated or (tried.name == "swapped" and not tried.agreement) for tried in report.datums):
        return
    names = [WORDS("stated", name=each.name) if each.stated else each.name for each in report.datums]
    room = max(width(name) for name in names)
    some = report.looked_at < report.labelled - report.unknown
    yield WORDS("datums", on=WORDS("tried on", rows=Many(report.looked_at)) if some else "")
    for tried, name in zip(report.datums, names, strict=True):
        key = "more" if tried is report.datums[0] else "less"
        margin = WORDS(key, points=f"{abs(100 * tried.margin):.2f}")
        chance = "" if tried.sure else WORDS("chance")
        agreement = per_cent(tried.agreement, digits=_DIGITS)
        yield f"  {'':>9}  {agreement:>8}  {padded(name, room)}  {margin}{chance}"


def _line(rows: int, of: int, words: str) -> str:
    return f"  {rows:>9,}  {per_cent(rows / of, digits=_DIGITS):>8}  {words}"

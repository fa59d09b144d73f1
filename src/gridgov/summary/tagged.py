"""A tagged file in plain lines: what no rule names, where the rows went, what to look at."""

from collections.abc import Mapping

from gridgov.language import Many, listed
from gridgov.lookup.accuracy import MOST_ACCURACY_M
from gridgov.schema import STATUSES
from gridgov.summary.amounts import share
from gridgov.summary.recorded import recorded_lines
from gridgov.summary.tagged_words import WORDS
from gridgov.summary.trusted import doubt_lines, reach_lines
from gridgov.tag import TagResult

__all__ = ["tag_lines"]

#: Categories and handlers listed before "and .. more".
MOST = 10

#: Datums that are called the same in every language.
_NAMES = {"wgs84": "WGS 84", "cgcs2000": "CGCS2000"}


def tag_lines(result: TagResult) -> list[str]:
    """Say what became of a file of incidents; what needs a person comes first."""
    return [
        *_unnamed(result),
        *_statuses(result),
        *_review(result),
        *reach_lines(result.trust),
        *_cut_accuracy(result),
        *_rejects(result),
        *_handlers(result),
        *doubt_lines(result.trust),
        *recorded_lines(result.trust.recorded, listed=result.mismatches),
        *_written(result),
        *(WORDS("note", note=note) for note in result.notes),
        *_limit(result),
    ]


def _unnamed(result: TagResult) -> list[str]:
    if not result.unnamed_categories:
        return []
    rows = Many(sum(result.unnamed_categories.values()))
    kinds = Many(len(result.unnamed_categories))
    return [
        WORDS("unnamed", kinds=kinds, column=result.category, rows=rows),
        *_counts(result.unnamed_categories),
        "",
    ]


def _statuses(result: TagResult) -> list[str]:
    lines = [WORDS("rows", rows=Many(result.rows), file=result.source.name, how=_how(result))]
    for status in STATUSES:
        rows = result.statuses[status]
        if rows:
            said = WORDS(f"status-means.{status}").replace("border_m", _width(result))
            said = said.replace("nearest_m", WORDS("width", m=result.nearest_m))
            lines.append(f"  {rows:>9,}  {share(rows, result.rows):>7}  {status:<7}  {said}")
    return lines


def _width(result: TagResult) -> str:
    """How far around a point its candidates lie."""
    if result.accuracy_column is not None:
        return WORDS("accuracy width", column=result.accuracy_column, m=result.border_m)
    return WORDS("width", m=max(result.border_m, min(result.accuracy_m or 0, MOST_ACCURACY_M)))


def _cut_accuracy(result: TagResult) -> list[str]:
    """Say that the accuracy of all rows was more than counts."""
    if result.accuracy_m is None or result.accuracy_m <= MOST_ACCURACY_M:
        return []
    return [WORDS("accuracy of all", m=result.accuracy_m, most=MOST_ACCURACY_M)]


def _how(result: TagResult) -> str:
    if not result.coordinates and not result.from_points:
        return WORDS("no coordinates")
    columns = listed(result.coordinates) or WORDS("its points")
    said = "coordinates" if result.crs_stated else "coordinates not stated"
    return WORDS(said, columns=columns, datum=_datum(result.crs))


def _datum(crs: str) -> str:
    return WORDS.term(f"datum.{crs}", otherwise=_NAMES.get(crs, crs))


def _review(result: TagResult) -> list[str]:
    return [WORDS("review", rows=Many(result.review), width=_width(result))] if result.review else []


def _rejects(result: TagResult) -> list[str]:
    if result.rejects is None:
        return []
    part = share(result.rejected, result.rows)
    return [
        WORDS("rejects", rows=Many(result.rejected), share=part, file=result.rejects),
        *(
            f"  {rows:>9,}  {WORDS.term(f'reason.{reason}', otherwise=reason)}"
            for reason, rows in result.reasons.items()
        ),
    ]


def _handlers(result: TagResult) -> list[str]:
    if result.without_handler is None:
        return []
    lines = [WORDS("handlers", n=len(result.handlers)), *_counts(result.handlers)]
    if result.without_handler:
        lines.append(f"  {result.without_handler:>9,}  {WORDS('no handler')}")
    return lines


def _written(result: TagResult) -> list[str]:
    said = "written as" if result.written_as else "written"
    lines = [WORDS(said, file=result.output, form=result.written_as)]
    if result.replaced:
        lines.append(WORDS("replaced", columns=listed(result.replaced)))
    return lines


def _limit(result: TagResult) -> list[str]:
    return [WORDS("limit", limit=result.limit)] if result.beyond_limit else []


def _counts(counts: Mapping[str, int]) -> list[str]:
    lines = [f"  {rows:>9,}  {name}" for name, rows in list(counts.items())[:MOST]]
    if len(counts) > MOST:
        rest = sum(list(counts.values())[MOST:])
        lines.append(f"  {rest:>9,}  {WORDS('more', n=len(counts) - MOST)}")
    return lines

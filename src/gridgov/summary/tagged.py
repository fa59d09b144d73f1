"""A tagged file in plain lines: what no rule names, where the rows went, what to look at."""

from collections.abc import Mapping

from gridgov.lookup.accuracy import MOST_ACCURACY_M
from gridgov.schema import REJECT_REASONS, STATUSES
from gridgov.summary.amounts import counted, share
from gridgov.summary.recorded import recorded_lines
from gridgov.summary.trusted import doubt_lines, reach_lines
from gridgov.tag import TagResult

__all__ = ["tag_lines"]

#: Categories and handlers listed before "and .. more".
MOST = 10

#: How the points were read, in words.
_DATUMS = {
    "gcj02": "GCJ-02 (Amap, Tencent)",
    "bd09": "BD-09 (Baidu)",
    "wgs84": "WGS 84",
    "cgcs2000": "CGCS2000",
}


def tag_lines(result: TagResult) -> list[str]:
    """Say what became of a file of incidents; what needs a person comes first."""
    return [
        *_unnamed(result),
        *_statuses(result),
        *_review(result),
        *reach_lines(result.trust),
        *_rejects(result),
        *_handlers(result),
        *doubt_lines(result.trust),
        *recorded_lines(result.trust.recorded, listed=result.mismatches),
        *_written(result),
        *(f"Note: {note}" for note in result.notes),
        *_limit(result),
    ]


def _unnamed(result: TagResult) -> list[str]:
    if not result.unnamed_categories:
        return []
    rows = sum(result.unnamed_categories.values())
    kinds = counted(len(result.unnamed_categories), "category", "categories")
    return [
        f"No rule names {kinds} of column {result.category} ({counted(rows, 'row')}); add them to the rules:",
        *_listed(result.unnamed_categories),
        "",
    ]


def _statuses(result: TagResult) -> list[str]:
    lines = [f"{counted(result.rows, 'row')} from {result.source.name}, {_how(result)}"]
    for status, meaning in STATUSES.items():
        rows = result.statuses[status]
        if rows:
            said = meaning.replace("border_m", _width(result))
            said = said.replace("nearest_m", f"{result.nearest_m:g} m")
            lines.append(f"  {rows:>9,}  {share(rows, result.rows):>7}  {status:<7}  {said}")
    return lines


def _width(result: TagResult) -> str:
    """How far around a point its candidates lie."""
    if result.accuracy_column is not None:
        return f"its accuracy ({result.accuracy_column}; at least {result.border_m:g} m)"
    return f"{max(result.border_m, min(result.accuracy_m or 0, MOST_ACCURACY_M)):g} m"


def _how(result: TagResult) -> str:
    columns = ", ".join(result.coordinates) or ("its points" if result.from_points else "no coordinates")
    if columns == "no coordinates":
        return columns
    stated = "" if result.crs_stated else " (not stated, so taken as such)"
    return f"coordinates from {columns}, read as {_DATUMS.get(result.crs, result.crs)}{stated}"


def _review(result: TagResult) -> list[str]:
    if not result.review:
        return []
    where = f"where a cell within {_width(result)} would change the owner or handler (column review)"
    return [f"To review: {counted(result.review, 'row')}, {where}."]


def _rejects(result: TagResult) -> list[str]:
    if result.rejects is None:
        return []
    rows = f"{counted(result.rejected, 'row')} ({share(result.rejected, result.rows)})"
    return [
        f"Without an answer: {rows}; in the output, and to be mended and fed again: {result.rejects}",
        *(f"  {rows:>9,}  {REJECT_REASONS.get(reason, reason)}" for reason, rows in result.reasons.items()),
    ]


def _handlers(result: TagResult) -> list[str]:
    if result.without_handler is None:
        return []
    lines = [f"Handlers: {len(result.handlers):,}", *_listed(result.handlers)]
    if result.without_handler:
        lines.append(f"  {result.without_handler:>9,}  located, but no rule says who handles them")
    return lines


def _written(result: TagResult) -> list[str]:
    form = f" ({result.written_as})" if result.written_as else ""
    lines = [f"Written: {result.output}{form}"]
    if result.replaced:
        lines.append(f"  Replaced in it: {', '.join(result.replaced)}")
    return lines


def _limit(result: TagResult) -> list[str]:
    if not result.beyond_limit:
        return []
    return [f"More rows without an answer than --max-rejects {result.limit} allows, so the exit code is 4."]


def _listed(counts: Mapping[str, int]) -> list[str]:
    lines = [f"  {rows:>9,}  {name}" for name, rows in list(counts.items())[:MOST]]
    if len(counts) > MOST:
        rest = sum(list(counts.values())[MOST:])
        lines.append(f"  {rest:>9,}  in {len(counts) - MOST:,} more")
    return lines

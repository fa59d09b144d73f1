"""A report as one HTML text that needs no other file and no network."""

import base64
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gridgov.language import Speaker, per_cent
from gridgov.report.content import Report, Sheet
from gridgov.report.drawing import draw
from gridgov.report.paper import (
    CONFLICT_WIDTHS,
    LEAST_MAP_MM,
    SMALLEST_MAP_MM,
    WIDE_MM,
    Page,
    divide,
    grid_columns,
    row_height,
)
from gridgov.report.words import WORDS
from gridgov.schema import SEPARATOR
from gridgov.tally.words import HEADINGS

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["SPOKEN", "heading", "report_html", "spoken_cell"]

#: Rows of a table for leaders; more are for the workbook.
_MOST_ROWS: Final = 40
#: Changes named in a cell of a sheet.
_MOST_CHANGES: Final = 2
#: Changes named one by one; smaller ones are told together.
_LARGE_M2, _LARGE_SHARE = 100.0, 0.01
_ALWAYS: Final = frozenset({"number", "area_m2"})
#: Columns of machine words, and the group of terms that says them.
SPOKEN: Final = {"kind": "kind", "ground": "ground", "rule": "rule-means", "severity": "severity"}


def report_html(report: Report) -> str:
    """Answer the report as HTML: sheets first, a page of paper each, then the tables and figures.

    Every text of the network is escaped.
    """
    say = WORDS.speaker(report.language)
    return _template().render(
        report=report,
        say=say,
        css=(files("gridgov.report") / "templates" / "report.css").read_text(encoding="utf-8"),
        wide_mm=WIDE_MM,
        sheets=[_sheet(sheet, say, number) for number, sheet in enumerate(report.sheets, start=1)],
        sections=[_section(name, table, say) for name, table in report.tables.items() if name not in _HIDDEN],
        figures={name: base64.b64encode(png).decode() for name, png in report.figures.items()},
        footer=_footer(report, say),
    )


#: Tables for the workbook alone.
_HIDDEN: Final = frozenset({"grids", "changes", "open_conflicts"})


def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("gridgov.report", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("report.html")


def _footer(report: Report, say: Speaker) -> list[str]:
    return [
        say("footer.version", version=report.version, made_on=report.made_on),
        report.datum,
        say("footer.printed", day=report.printed_on),
        report.footer,
    ]


def _sheet(sheet: Sheet, say: Speaker, number: int) -> dict[str, Any]:
    columns = grid_columns(_filled(sheet))
    # As much as fits on one page, ever closer; what does not fit goes on in the usual size.
    ways = [{}, {"compact": True}, {"compact": True, "small": True}]
    tried = [_pages(sheet, columns, say, **way) for way in ways]
    best = min(range(len(ways)), key=lambda k: len(tried[k]))
    pages = tried[best]
    return {
        "small": "small" in ways[best],
        "id": f"s{number}",
        "sheet": sheet,
        "kind": say(f"sheet.{sheet.kind}"),
        "columns": columns,
        "conflict_columns": CONFLICT_WIDTHS,
        "pages": [_page(page, sheet, say) for page in pages],
        "numbers": {"number", "area_m2", "households", "incidents"},
    }


def _pages(
    sheet: Sheet, columns: Mapping[str, float], say: Speaker, *, compact: bool = False, small: bool = False
) -> list[Page]:
    """The rows of a sheet on its pages; compact: what changed on as few lines as possible."""
    texts = [_grid_texts(row, columns, say, compact=compact) for row in sheet.grids.to_dict("records")]
    opened = [_conflict_texts(row) for row in sheet.conflicts.to_dict("records")]
    return divide(
        texts,
        opened,
        grid_heights=[row_height(row, columns, small=small) for row in texts],
        conflict_heights=[row_height(row, CONFLICT_WIDTHS, small=small) for row in opened],
        least_map_mm=SMALLEST_MAP_MM if small else LEAST_MAP_MM,
    )


def _page(page: Page, sheet: Sheet, say: Speaker) -> dict[str, Any]:
    svg = ""
    if page.map_mm:
        svg = draw(sheet.ground, width_mm=WIDE_MM, height_mm=page.map_mm, metres=say("metres"))
    return {"grids": page.grids, "conflicts": page.conflicts, "svg": svg, "last": page.last}


def _filled(sheet: Sheet) -> list[str]:
    """Columns that say something: a sheet of one department does not repeat its name."""
    named = len(set(sheet.grids["department"])) > 1
    return [
        name
        for name in sheet.grids.columns
        if (name != "department" or named)
        and (name in {"number", "area_m2"} or sheet.grids[name].notna().any())
    ]


def _grid_texts(
    row: Mapping[Any, Any], columns: Mapping[str, float], say: Speaker, *, compact: bool
) -> dict[str, list[str]]:
    texts = {name: [_plain(name, row[name])] for name in columns if name != "changed"}
    lines = _changes(row["changed"], row["area_m2"], say, most=1 if compact else _MOST_CHANGES)
    return {**texts, "changed": ["; ".join(lines)] if compact and lines else lines}


def _changes(
    changed: Sequence[tuple[str | None, float]], area_m2: float, say: Speaker, *, most: int
) -> list[str]:
    """A line for each large change, and one for all others together."""
    large = [one for one in changed if one[1] >= min(_LARGE_M2, _LARGE_SHARE * area_m2)][:most]
    lines = [f"{before or say('no grid')} {area:,.0f}" for before, area in large]
    rest = changed[len(large) :]
    if rest:
        total = f"{sum(area for _, area in rest):,.0f}"
        lines.append(say("more changes" if large else "small changes", n=len(rest), m2=total))
    return lines


def _conflict_texts(row: Mapping[Any, Any]) -> dict[str, list[str]]:
    texts = {name: [_plain(name, row[name])] for name in CONFLICT_WIDTHS}
    for name in ("grid_ids", "owners"):
        texts[name] = str(row[name] or "").split(SEPARATOR)[:4]
    return texts


def _plain(name: str, value: Any) -> str:
    """A value as people read it; nothing where it is not known."""
    if value is None or value != value:  # noqa: PLR0124 (NaN)
        return ""
    if isinstance(value, str):
        return value
    if name.endswith("share"):
        return per_cent(value, digits=1)
    whole = float(value) == round(float(value)) or name.endswith("_m2")
    return f"{value:,.0f}" if whole else f"{value:,.1f}"


def _section(name: str, table: pd.DataFrame, say: Speaker) -> dict[str, Any]:
    shown = table.head(_MOST_ROWS)
    columns = [[spoken_cell(str(name), value, say) for value in shown[name]] for name in shown.columns]
    rows = list(zip(*columns, strict=True))
    return {
        "title": say(f"section.{name}"),
        "columns": [heading(str(column), say) for column in table.columns],
        "numbers": [pd.api.types.is_numeric_dtype(table[column]) for column in table.columns],
        "rows": rows,
        "more": say("more", n=len(table) - len(shown)) if len(table) > len(shown) else "",
    }


def heading(column: str, say: Speaker) -> str:
    """Answer what a column is called: a word of ours, or its own name."""
    for key in (f"column.{column}", f"kind.{column}"):
        if key in WORDS.table:
            return say(key)
    return HEADINGS.speaker(say.language).term(column)


def spoken_cell(column: str, value: Any, say: Speaker) -> str:
    """Answer a value as people read it: machine words in the language, numbers rounded."""
    if column in SPOKEN and f"{SPOKEN[column]}.{value}" in WORDS.table:
        return say(f"{SPOKEN[column]}.{value}")
    return _plain(column, value)

"""The list of conflicts on disk: a workbook that people fill in and send back (冲突清单.xlsx)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.decisions.sheets import (
    HEADINGS,
    ConflictSheet,
    conflict_sheets,
    how_to,
    settled_counts,
)
from gridgov.decisions.words import shown
from gridgov.errors import FormatError
from gridgov.language import spoken
from gridgov.outputs import check_output, replacing
from gridgov.tables.decisions_file import check_decisions_kept
from gridgov.tables.words import WORDS
from gridgov.workbook import MOST_CHARACTERS, check_rows, column_width, new_workbook, pair_name

if TYPE_CHECKING:
    import pandas as pd

    from gridgov.network import Network

__all__ = ["check_conflicts_output", "fill_conflicts", "write_conflicts"]

WORKBOOK: Final = ".xlsx"

#: Sheets that are no departments' names; those may not hold a blank.
HOW_TO, NOTES, COUNTS = "说明 how to", "提示 notes", "已处理 settled"

#: What stands above the table of words on the first sheet.
_INTRODUCTION: Final = """\
请在各部门表的“决定”列中从下拉列表选择，填写决定人、日期、备注，再运行 gridgov merge ... --decisions 本文件。
A、B 是同一行 A、B 两列的网格（边界不一致时为部门）。留空表示尚未决定。
只按冲突编号读取，其他列可以改动，行可以排序、筛选、删除。
Choose in the column 'decision' of the departments' sheets, and say who decided, when, and why.
Then run: gridgov merge ... --decisions THIS_FILE
A and B are the grids in the columns A and B (departments, where borders differ). Blank means undecided.
Rows are read by conflict_id only: other columns may be changed, rows sorted, filtered and deleted."""

_NUMBERS: Final = {
    "area_m2": "#,##0",
    "moved_m2": "#,##0",
    "width_m": "0.0",
    "lon": "0.000000",
    "lat": "0.000000",
    "gcj02_lon": "0.000000",
    "gcj02_lat": "0.000000",
    "weight_changed": "#,##0.##",
    "incidents_changed": "#,##0",
    "places": "#,##0",
}
_TEXT, _DAY = "@", "yyyy-mm-dd"

#: To be filled in: the drop-down and what people write get room.
_WIDTHS: Final = {"decision": 18, "decided_by": 14, "decided_on": 14, "decision_note": 24}
_FILLED_IN: Final = frozenset(_WIDTHS)

#: What the .xlsx format allows in a drop-down's list and its message.
_LIST_CHARACTERS = 255


def write_conflicts(network: "Network", path: str | Path, *, overwrite: bool = False) -> dict[str, int]:
    """Write the list of conflicts as a workbook, whole or not at all.

    Parameters
    ----------
    network
        From `merge_grids` or `read_network`. Decisions that it was merged with are filled in.
    path
        ``.xlsx``: a sheet that says how to fill it in, a sheet per department and pair of departments with
        what needs a decision and what was decided, the notes, and counts of what was settled. Headings and
        words of choice are in both languages, sentences in the one spoken.
    overwrite
        Replace a file that exists, but no list in which people decided what is not decided in `network`.

    Returns
    -------
    Rows that are ``open``, ``decided``, ``notes``, and ``settled`` pairs of grids.

    Raises
    ------
    FormatError, OutputExistsError, OutputLockedError, InputMissingError
        Another ending, or more rows than a sheet holds; it is there; it cannot be written.
    """
    check_conflicts_output(path, overwrite=overwrite)
    check_decisions_kept(path, network.conflicts)
    with replacing(path, overwrite=overwrite) as partial:
        return fill_conflicts(network, partial)


def check_conflicts_output(path: str | Path, *, overwrite: bool = False) -> None:
    """Raise what `write_conflicts` would raise of a path, before any work is done."""
    if Path(path).suffix.lower() != WORKBOOK:
        raise FormatError(WORDS("conflicts_kind", path=path))
    check_output(path, overwrite=overwrite)


def fill_conflicts(network: "Network", path: Path) -> dict[str, int]:
    """Write the workbook to a path where nothing is; answers as `write_conflicts`."""
    sheets, counts = conflict_sheets(network, spoken()), settled_counts(network)
    tables = {name: sheet.table for name, sheet in _named(sheets).items()} | {COUNTS: counts}
    check_rows(tables, path, instead=WORDS("instead_tables"))
    with new_workbook(path, default_date_format=_DAY) as book:
        _introduce(book)
        for name, sheet in _named(sheets).items():
            _write(book, name, sheet.table, offered=sheet.offered)
        _write(book, COUNTS, counts)
    severity = network.conflicts["severity"]
    # A decision that cannot be carried out stands beside a conflict that is still open.
    decided = (severity == "settled") & network.conflicts["decision"].notna()
    found = {"open": severity == "decide", "decided": decided, "notes": severity == "note"}
    return {**{name: int(which.sum()) for name, which in found.items()}, "settled": len(counts)}


def _named(sheets: Sequence[ConflictSheet]) -> dict[str, ConflictSheet]:
    """Name sheets by their departments."""
    named: dict[str, ConflictSheet] = {}
    for sheet in sheets:
        names = sheet.departments
        taken = {**named, HOW_TO: None, NOTES: None, COUNTS: None}
        if len(names) > 1:
            named[pair_name(names[0], names[1], taken)] = sheet
        else:
            named[pair_name(names[0], "", taken).removesuffix(" - ") if names else NOTES] = sheet
    return named


def _introduce(book: Any) -> None:
    sheet = book.add_worksheet(HOW_TO)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate((26, 22, 44, 66)):
        sheet.set_column(column, column, width)
    lines = _INTRODUCTION.splitlines()
    for row, words in enumerate(lines):
        sheet.write_string(row, 0, words)
    top = len(lines) + 1
    sheet.write_row(top, 0, ["类型 kind", "决定 decision", "含义", "meaning"], bold)
    for row, row_words in enumerate(how_to(), start=top + 1):
        sheet.write_row(row, 0, row_words, wrapped)


def _write(
    book: Any, name: str, table: "pd.DataFrame", *, offered: Sequence[Sequence[str]] | None = None
) -> None:
    sheet = book.add_worksheet(name)
    header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    filled_in: dict[str, Any] = {"bg_color": "#FFF8DC", "border": 4, "border_color": "#C0C0C0"}
    for number, column in enumerate(table.columns):
        look: dict[str, Any] = {"num_format": _DAY if column == "decided_on" else _NUMBERS.get(column, _TEXT)}
        if column in _FILLED_IN:
            look |= filled_in
        width = _WIDTHS.get(column) or min(column_width("", table[column]), 60)
        sheet.set_column(number, number, max(width, 13), book.add_format(look))
    sheet.freeze_panes(1, 1 if offered is not None else 0)
    sheet.autofilter(0, 0, len(table), max(len(table.columns) - 1, 0))
    sheet.set_row(0, 34)
    sheet.write_row(0, 0, [HEADINGS[column] for column in table.columns], header)
    day = book.add_format({"num_format": _DAY, **filled_in})
    for row, values in enumerate(_rows(table), start=1):
        for at, value in enumerate(values):
            if isinstance(value, dt.date):
                sheet.write_datetime(row, at, value, day)
            elif value is not None:
                sheet.write(row, at, value)
    if offered is not None:
        _offer(sheet, table, offered)


def _rows(table: "pd.DataFrame") -> "list[list[Any]]":
    """Rows of text, numbers, dates and None."""
    import pandas as pd

    days = {column for column in ("decided_on",) if column in table}
    columns = []
    for column in table.columns:
        values = [None if pd.isna(value) else value for value in table[column]]
        if column in days:
            values = [value and dt.date.fromisoformat(value) for value in values]
        columns.append([v[:MOST_CHARACTERS] if isinstance(v, str) else v for v in values])
    return [list(row) for row in zip(*columns, strict=True)]


def _offer(sheet: Any, table: "pd.DataFrame", offered: Sequence[Sequence[str]]) -> None:
    """Give every cell of decisions the drop-down of its conflict; runs of equal ones share it."""
    at = list(table.columns).index("decision")
    meaning = _meanings()
    row = 1
    for (kind, words), run in groupby(zip(table["kind"], map(tuple, offered), strict=True)):
        many = len(list(run))
        if words:
            sheet.data_validation(row, at, row + many - 1, at, _drop_down(kind, words, meaning))
        row += many


def _drop_down(kind: str, words: Sequence[str], meaning: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    lines = [
        f"{shown(word)}: {meaning[kind, shown(word)]}" for word in words if (kind, shown(word)) in meaning
    ]
    return {
        "validate": "list",
        "source": [shown(word) for word in words],
        "input_title": kind,
        "input_message": "\n".join(lines)[:_LIST_CHARACTERS],
        "error_title": "决定 decision",
        "error_message": "请从下拉列表中选择。Choose from the list.",
    }


def _meanings() -> dict[tuple[str, str], str]:
    return {(kind, word): chinese for kind, word, chinese, _ in how_to()}

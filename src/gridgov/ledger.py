"""A department's Excel ledger made a table: header found, merged cells filled, totals left out."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from gridgov.columns import alias_hits, numbered_name
from gridgov.errors import SchemaError
from gridgov.ids import fold_id, text_values
from gridgov.language import Many, examples
from gridgov.words.reading import WORDS

__all__ = ["ledger_table"]

#: A header stands among the first rows and has few; a taller merged cell beside it belongs to the data.
_HEADER_WITHIN: Final = 20
_HEADER_ROWS: Final = 3

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计|(?:grand|sub)?-?total|sum)(?=[:(]|\d|$)")
_TOTAL_ENDING = re.compile(r"(?:合计|总计|小计)$")
_LINE_BREAK = re.compile(r"\s*[\r\n]+\s*")


def ledger_table(
    rows: Sequence[Sequence[object]] | np.ndarray,
    *,
    merged: Iterable[tuple[int, int, int, int]] = (),
    header_row: int | None = None,
) -> tuple[pd.DataFrame, list[str]]:
    """Table of text from the raw rows of a worksheet, and sentences on what was skipped and filled.

    Parameters
    ----------
    rows
        Every row of the sheet from its first, title and blank rows too; cells of text, numbers or None.
    merged
        Merged ranges as (first row, first column, last row, last column), all from 0, both ends included.
    header_row
        Row of the column names, from 1 as Excel counts; None finds the row with most known column names
        among the first 20.

    Returns
    -------
    (DataFrame, list of str)
        Columns of text with None where a cell is blank; the rows below the header in their order, without
        blank rows, totals (合计, 小计 ...) and repeated headers. Its index is the row in the sheet, from 1.

    Raises
    ------
    SchemaError
        There is no row `header_row`, or the sheet is blank.

    Notes
    -----
    A header of two rows (网格长 over 姓名 and 电话) is seen by a merged cell that spans both; its names are
    joined by ``_``.

    Examples
    --------
    >>> table, notes = ledger_table([["台账", None], ["网格编码", "责任单位"], [7.0, "a"], ["合计", "1"]])
    >>> table.to_dict("records")
    [{'网格编码': '7', '责任单位': 'a'}]
    """
    notes: list[str] = []
    cells = _cells(rows)
    merged = [each for each in merged if each[0] < cells.shape[0] and each[1] < cells.shape[1]]
    filled = _filled(cells, merged)
    first, last = _header(filled, merged, header_row, notes)
    names, kept = _names(filled[first : last + 1], filled[last + 1 :], notes)
    body, below = filled[last + 1 :, kept], np.arange(last + 2, len(filled) + 1)
    ranges = sum(each[0] > last for each in merged)
    if ranges:
        notes.append(WORDS("merged_filled", ranges=Many(ranges)))
    table = pd.DataFrame(body, columns=names, index=below, dtype=object)
    return _rows_that_count(table, filled[last, kept], notes), notes


def _cells(rows: Sequence[Sequence[object]] | np.ndarray) -> np.ndarray:
    """Cells as trimmed text or None, shape (rows, columns)."""
    listed = [list(row) for row in rows]
    width = max((len(row) for row in listed), default=0)
    flat = [cell for row in listed for cell in [*row, *[None] * (width - len(row))]]
    cells = text_values(flat).reshape(len(listed), width)
    if not pd.notna(cells).any():
        raise SchemaError(WORDS("table_blank"))
    return cells


def _filled(cells: np.ndarray, merged: Iterable[tuple[int, int, int, int]]) -> np.ndarray:
    filled = cells.copy()
    for top, left, bottom, right in merged:
        filled[top : bottom + 1, left : right + 1] = cells[top, left]
    return filled


def _header(
    cells: np.ndarray,
    merged: Sequence[tuple[int, int, int, int]],
    header_row: int | None,
    notes: list[str],
) -> tuple[int, int]:
    """First and last row of the header, from 0."""
    if header_row is not None:
        if not 1 <= header_row <= len(cells):
            raise SchemaError(WORDS("no_such_row", header_row=header_row, rows=len(cells)))
        first = header_row - 1
    else:
        first = int(np.argmax([alias_hits(row) for row in cells[:_HEADER_WITHIN]]))
        said = "" if alias_hits(cells[first]) else WORDS("header_guessed")
        notes.append(WORDS("header_from", first=first + 1, hint=said))
    spans = [each for each in merged if each[0] <= first <= each[2] and each[2] - each[0] < _HEADER_ROWS]
    top = min([first, *(each[0] for each in spans)])
    return top, max([first, *(each[2] for each in spans)])


def _names(header: np.ndarray, body: np.ndarray, notes: list[str]) -> tuple[list[str], list[int]]:
    """Unique names of the columns that have a name or values, and which columns those are."""
    names, kept, changed = list[str](), list[int](), list[str]()
    for column, words in enumerate(header.T):
        parts = dict.fromkeys(_LINE_BREAK.sub("", word) for word in words if word is not None)
        if not parts and not pd.notna(body[:, column]).any():
            continue
        name = "_".join(parts) or f"column_{column + 1}"
        unique = numbered_name(name, {each.lower() for each in names})
        if unique != name or not parts:
            changed.append(unique)
        names.append(unique)
        kept.append(column)
    if changed:
        notes.append(WORDS("columns_called", changed=examples(changed)))
    return names, kept


def _rows_that_count(table: pd.DataFrame, header: np.ndarray, notes: list[str]) -> pd.DataFrame:
    """The table without blank rows, totals and repeated headers; the last two are said."""
    cells = table.to_numpy(dtype=object)
    blank = pd.isna(cells).all(axis=1)
    total = np.array([_is_total(row) for row in cells], dtype=bool) & ~blank
    known = pd.notna(header)
    again = (cells == header)[:, known].all(axis=1) & ~blank
    for what, rows in ((WORDS("totals"), total), (WORDS("repeated_names"), again & ~total)):
        if rows.any():
            listed = examples([WORDS("row_number", row=row) for row in table.index[rows]])
            notes.append(WORDS("rows_left_out", n=Many(int(rows.sum())), what=what, rows=listed))
    counts: pd.DataFrame = table[~(blank | total | again)]
    return counts


def _is_total(row: np.ndarray) -> bool:
    """Whether a row sums up others: its first cell begins or ends with a word for it, or a cell is one.

    >>> _is_total(np.array([None, "合 计", "25"], dtype=object))
    True
    """
    words = [fold_id(cell) for cell in row if cell is not None]
    if not words:
        return False
    first = words[0]
    return bool(_TOTAL.match(first) or _TOTAL_ENDING.search(first)) or any(map(_TOTAL.fullmatch, words))

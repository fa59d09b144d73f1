"""Excel workbooks read as text."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.errors import ArgumentError, FormatError, InputMissingError
from gridgov.language import examples, listed
from gridgov.tables.table import BATCH_ROWS, TableStream, in_batches
from gridgov.tables.text_form import name_columns
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import polars as pl

__all__ = ["open_excel", "read_sheets"]

#: Excel keeps numbers as doubles and shows 15 digits.
_SURE_DIGITS: Final = 15
_LONG_NUMBER: Final = rf"^-?\d{{{_SURE_DIGITS + 1},}}$"
#: A double has 16 digits at most that mean something; then come zeros.
_CUT_NUMBER: Final = rf"^-?\d{{{_SURE_DIGITS + 1}}}0+$"
#: How a time without a day comes out of a workbook.
_NO_DAY: Final = "1899-12-31 "


def open_excel(
    path: Path,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    blank_rows: bool = False,
    batch_rows: int = BATCH_ROWS,
) -> TableStream:
    """Columns of text from one sheet; a blank cell is null. A sheet is read as a whole.

    The header is row `header_row` (from 1), else the first row with more than one value: a title above it
    is passed over, and said. Rows without any value are passed over,
    and said, unless `blank_rows`. Raises FormatError, InputMissingError for
    a sheet that is not there, ArgumentError if several sheets hold something and none is named.
    """
    book = _book(path)
    sheet, cells = _sheet(path, book, sheet)
    header = _header(cells) if header_row is None else header_row - 1
    if not 0 <= header < cells.height:
        raise FormatError(WORDS("no_header_row", path=path, sheet=sheet, row=header + 1))
    given = [value or "" for value in cells.row(header)]
    names, notes = name_columns(path, given)
    data = cells.slice(header + 1)
    data.columns = names
    titles = {row: _title(cells, row) for row in range(1, header + 1)}
    notes += [WORDS("title_row", row=row, title=title) for row, title in titles.items() if title]
    notes += _lost_digits(book, sheet, header, data)
    if not blank_rows:
        data, notes = _without_blank_rows(data, notes)
    return TableStream(path, tuple(names), in_batches(data, batch_rows), notes=notes, first_row=header + 2)


def read_sheets(path: Path) -> "dict[str, pl.DataFrame]":
    """Every sheet by its name, as cells of text from the first row on; raises FormatError."""
    book = _book(path)
    return {name: _cells(book, name) for name in book.sheet_names}


def _book(path: Path) -> Any:
    import fastexcel

    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        raise FormatError(WORDS("no_workbook", path=path)) from error


def _sheet(path: Path, book: Any, wanted: str | None) -> "tuple[str, pl.DataFrame]":
    names: list[str] = book.sheet_names
    if wanted is not None and wanted not in names:
        raise InputMissingError(WORDS("no_sheet", path=path, wanted=wanted, names=listed(names)))
    sheets = {name: _cells(book, name) for name in ([wanted] if wanted else names)}
    filled = {name: cells for name, cells in sheets.items() if not cells.is_empty()}
    if not filled:
        raise FormatError(WORDS("sheet_blank", path=path, sheet=f"#{wanted}" if wanted else ""))
    if len(filled) > 1:
        raise ArgumentError(
            WORDS("several_sheets", path=path, names=listed(filled), first=next(iter(filled)))
        )
    return next(iter(filled.items()))


def _cells(book: Any, sheet: str) -> "pl.DataFrame":
    import polars as pl

    cells: pl.DataFrame = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()
    return cells.with_columns(pl.all().str.strip_prefix(_NO_DAY))


def _header(cells: "pl.DataFrame") -> int:
    wanted = min(2, cells.width)
    for number, row in enumerate(cells.iter_rows()):
        if sum(bool(value and value.strip()) for value in row) >= wanted:
            return number
    return 0


def _title(cells: "pl.DataFrame", row: int) -> str:
    return " ".join(value for value in cells.row(row - 1) if value)


def _without_blank_rows(data: "pl.DataFrame", notes: list[str]) -> "tuple[pl.DataFrame, list[str]]":
    import polars as pl

    kept = data.filter(pl.any_horizontal(pl.all().is_not_null()))
    blank = data.height - kept.height
    return kept, [*notes, *([WORDS("blank_rows", blank=blank)] if blank else [])]


def _lost_digits(book: Any, sheet: str, header: int, data: "pl.DataFrame") -> list[str]:
    """A note on columns of numbers too long for Excel: their last digits are not what was typed."""
    suspects = [number for number, column in enumerate(data) if column.str.contains(_LONG_NUMBER).any()]
    if not suspects:
        return []
    typed = book.load_sheet(
        sheet, header_row=None, skip_rows=header + 1, use_columns=suspects
    ).selected_columns
    lost = [
        data.columns[number]
        for number, column in zip(suspects, typed, strict=True)
        # Where text stands among the numbers (a total), only the zeros behind the last sure digit tell.
        if column.dtype in {"float", "int"} or _all_cut(data.to_series(number))
    ]
    if not lost:
        return []
    return [WORDS("digits_lost", columns=examples(lost), most=_SURE_DIGITS)]


def _all_cut(column: "pl.Series") -> bool:
    long = column.filter(column.str.contains(_LONG_NUMBER).fill_null(value=False))
    return bool(long.str.contains(_CUT_NUMBER).all())

"""Excel workbooks for people: ids stay text, numbers are shown rounded, nothing becomes a formula."""

import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from gridgov.clock import now
from gridgov.errors import FormatError
from gridgov.words.files import WORDS

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "AS_TYPED",
    "MOST_CHARACTERS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "check_rows",
    "column_width",
    "new_workbook",
    "pair_name",
    "parts_folder",
    "set_day",
    "write_workbook",
]

#: Limits of the .xlsx format (ECMA-376), the header row included.
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
MOST_CHARACTERS: Final = 32_767

#: Excel's limit for the name of a sheet.
_SHEET_NAME: Final = 31

#: What xlsxwriter must be told so that '=..' is no formula, 'http..' no link (at most 65,530 of them fit) and
#: '007' not the number 7; row by row takes little memory.
AS_TYPED: Final[Mapping[str, bool]] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}

#: How numbers are shown, by the end of their column's name; all digits are in the cell.
_NUMBERS: Final = {
    "_m2": "#,##0",
    "_percent": "0.00",
    "_m": "0.0",
    "lon": "0.000000",
    "lat": "0.000000",
    "weight": "#,##0.##",
    "_km2": "#,##0.0",
    "_median": "0.0",
    "_p90": "0.0",
    "_between": "0.0",
}
_SHARE: Final = "0.00%"
_TEXT: Final = "@"

#: Rows that a picture takes, so that they stand below each other.
_PICTURE_ROWS: Final = 26

#: Columns are as wide as what stands in their first rows, within limits, in characters.
_LOOKED_AT, _NARROWEST, _WIDEST = 1000, 8, 48


def check_rows(tables: "Mapping[str, pd.DataFrame]", path: Path, *, instead: str, above: int = 1) -> None:
    """Raise FormatError, naming what to write `instead`, for a table longer than a sheet.

    `above` rows of a sheet stand above the values.
    """
    for name, table in tables.items():
        if len(table) > MOST_ROWS - above:
            raise FormatError(
                WORDS(
                    "sheet_full",
                    path=path,
                    most=MOST_ROWS - above,
                    name=name,
                    rows=len(table),
                    instead=instead,
                )
            )


def pair_name(a: str, b: str, taken: Mapping[str, object]) -> str:
    """Answer two names in one that Excel takes: 31 characters, unique ignoring case."""
    used = {name.casefold() for name in taken}
    number = 1
    while True:
        end = f" {number}" if number > 1 else ""
        room = (_SHEET_NAME - len(" - ") - len(end)) // 2
        short = max(room, 2 * room - min(len(a), len(b)))
        name = f"{a[:short]} - {b[:short]}{end}"
        if name.casefold() not in used:
            return name
        number += 1


def parts_folder() -> "TemporaryDirectory[str]":
    """A folder for the parts of one workbook (``tmpdir``), which goes with them even if Ctrl-C ends it."""
    return TemporaryDirectory(prefix="gridgov-", ignore_cleanup_errors=True)


@contextmanager
def new_workbook(path: Path | BinaryIO, **options: Any) -> Iterator[Any]:
    """A workbook (xlsxwriter) that is written to a path or stream at the end, with the day of `now`."""
    import xlsxwriter

    with (
        parts_folder() as folder,
        xlsxwriter.Workbook(path, {**AS_TYPED, **options, "tmpdir": folder}) as book,
    ):
        set_day(book)
        yield book


def set_day(book: Any) -> None:
    """Say when a workbook was made: SOURCE_DATE_EPOCH if it is set, for equal bytes."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        book.set_properties({"created": now().replace(tzinfo=None)})


def write_workbook(
    tables: "Mapping[str, pd.DataFrame]",
    path: Path | BinaryIO,
    *,
    headings: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
    pictures: Mapping[str, Sequence[bytes]] | None = None,
) -> None:
    """Write one sheet per table.

    Parameters
    ----------
    tables
        Sheet name -> table.
    path
        Where to write, or a stream; whoever calls sees to it that nothing is overwritten
        (`outputs.replacing`).
    headings
        Sheet name -> a sentence above its column names.
    titles
        Column -> what its header says, if it is not its name.
    pictures
        Sheet name -> PNG pictures, one below the other, on a sheet of their own.

    Notes
    -----
    Text columns have the text format, so that a code typed into them later stays text too. Header rows are
    frozen, columns can be filtered and are as wide as their texts. A text longer than a cell holds is cut.
    """
    headings, titles = headings or {}, titles or {}
    with new_workbook(path) as book:
        bold = book.add_format({"bold": True})
        formats = {
            shown: book.add_format({"num_format": shown}) for shown in {*_NUMBERS.values(), _SHARE, _TEXT}
        }
        for name, table in tables.items():
            sheet = book.add_worksheet(name)
            above = 1 + (name in headings)
            for number, column in enumerate(table.columns):
                values = table[column]
                width = column_width(titles.get(column, column), values)
                sheet.set_column(number, number, width, formats.get(_shown(column, values)))
            sheet.freeze_panes(above, 0)
            sheet.autofilter(above - 1, 0, above - 1 + len(table), max(len(table.columns) - 1, 0))
            if name in headings:
                sheet.write_string(0, 0, headings[name])
            sheet.write_row(above - 1, 0, [titles.get(column, column) for column in table.columns], bold)
            for number, row in enumerate(_plain_rows(table), start=above):
                sheet.write_row(number, 0, row)
        for name, pngs in (pictures or {}).items():
            sheet = book.add_worksheet(name)
            for number, png in enumerate(pngs):
                sheet.insert_image(number * _PICTURE_ROWS, 0, f"{number}.png", {"image_data": BytesIO(png)})


def _shown(column: str, values: "pd.Series[Any]") -> str:
    import pandas as pd

    if not pd.api.types.is_numeric_dtype(values):
        return _TEXT
    if "share" in column:
        return _SHARE
    return next((form for end, form in _NUMBERS.items() if column.endswith(end)), "")


def column_width(column: str, values: "pd.Series[Any]") -> int:
    """Answer the characters a column needs, Chinese ones counted twice; numbers are shown rounded."""
    texts = {column, *(value for value in values.head(_LOOKED_AT) if isinstance(value, str))}
    return min(max(max(map(_characters, texts)) + 2, _NARROWEST), _WIDEST)


def _characters(text: str) -> int:
    """How many characters wide a text is, Chinese ones counted twice."""
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def _plain_rows(table: "pd.DataFrame") -> Iterator[list[Any]]:
    """Rows of text, numbers and None; a text longer than a cell holds is cut."""
    missing = table.isna().to_numpy()
    for row, gone in zip(table.itertuples(index=False, name=None), missing, strict=True):
        values = [None if no else value for value, no in zip(row, gone, strict=True)]
        yield [value[:MOST_CHARACTERS] if isinstance(value, str) else value for value in values]

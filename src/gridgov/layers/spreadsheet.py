"""Tables from offices: every cell of an .xlsx sheet or a .csv as text, before anything is interpreted."""

import csv
import itertools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final
from xml.etree import ElementTree as ET

import pandas as pd

from gridgov.encodings import text_encoding
from gridgov.errors import FormatError, InputMissingError, SchemaError
from gridgov.language import examples, listed
from gridgov.layers.formats import kind_of
from gridgov.layers.words import WORDS
from gridgov.ledger import ledger_table

__all__ = ["Sheet", "list_sheets", "read_sheet"]

#: Excel keeps 15 significant digits of a number; longer codes were rounded when the file was saved.
EXACT_DIGITS: Final = 15

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CELL: Final = re.compile(r"([A-Z]+)(\d+)")
_LETTERS: Final = 26
_DELIMITERS: Final = ",;\t|"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows` of text (None = blank), rows and columns counted as in the file, from 0.

    `merged` are (first row, first column, last row, last column); `rounded` are numeric cells whose
    digits were lost in Excel, as (row, column). `more` rows follow that were only counted.
    """

    source: str
    rows: list[list[str | None]]
    encoding: str | None = None
    merged: tuple[tuple[int, int, int, int], ...] = ()
    rounded: tuple[tuple[int, int], ...] = ()
    more: int = 0

    def table(self, *, header_row: int | None = None) -> tuple[pd.DataFrame, list[str]]:
        """Rows below the header as columns of text, and notes. Raises SchemaError naming the file."""
        try:
            table, notes = ledger_table(
                self.rows, merged=self.merged, header_row=header_row or self._full_first_row()
            )
        except SchemaError as error:
            raise SchemaError(f"{self.source}: {error}") from error
        return table, [*self._found(), *notes]

    def _full_first_row(self) -> int | None:
        """1 if every cell of the first row has a text of its own: names of columns, not a title."""
        first = self.rows[0] if self.rows else []
        return 1 if len(first) > 1 and None not in first and len(set(first)) == len(first) else None

    def _found(self) -> list[str]:
        notes = []
        if self.encoding not in {None, "utf-8", "utf-8-sig", "ascii"}:
            notes.append(WORDS("text_read_as", encoding=self.encoding))
        for column in sorted({column for _, column in self.rounded}):
            cells = [f"{_letters(column)}{row + 1}" for row, at in self.rounded if at == column]
            numbers = WORDS("one_number") if len(cells) == 1 else WORDS("numbers", n=len(cells))
            notes.append(
                WORDS("digits_lost", numbers=numbers, digits=EXACT_DIGITS, cells=examples(cells, most=3))
            )
        return notes


def list_sheets(path: Path) -> list[str]:
    """Sheets of an .xlsx that hold anything; for a .csv its stem. Raises FormatError."""
    if kind_of(path) == "CSV":
        return [path.stem]
    book = _open(path)
    return [name for name in book.sheet_names if _values(book, name, path)]


def read_sheet(
    path: Path, *, sheet: str | None = None, encoding: str | None = None, most: int | None = None
) -> Sheet:
    """Read one sheet whole, or of a .csv the first `most` rows and count the others.

    Raises InputMissingError if there is no such sheet, or several and none was named; FormatError;
    EncodingError.
    """
    if kind_of(path) == "CSV":
        return _read_csv(path, encoding, most)
    book = _open(path)
    name = _choose(path, book.sheet_names if sheet else list_sheets(path), sheet)
    merged, rounded, origin = _marks(path, name)
    rows = _values(book, name, path)
    indent: list[str | None] = [None] * origin[1]
    blank: list[str | None] = [None] * (origin[1] + (len(rows[0]) if rows else 0))
    return Sheet(
        f"{path.name}#{name}",
        [*(list(blank) for _ in range(origin[0])), *(indent + row for row in rows)],
        merged=tuple(merged),
        rounded=tuple(rounded),
    )


def _read_csv(path: Path, stated: str | None, most: int | None) -> Sheet:
    encoding = text_encoding(path, declared=stated)
    with path.open(encoding=encoding, newline="") as file:
        first_line = file.readline()
        file.seek(0)
        lines = csv.reader(file, delimiter=max(_DELIMITERS, key=first_line.count))
        try:
            rows = list(itertools.islice(lines, most))
            more = sum(1 for _ in lines)
        except csv.Error as error:
            raise FormatError(WORDS("no_csv", path=path.name, line=lines.line_num, error=error)) from error
    width = max((len(row) for row in rows), default=0)
    cells = [[value if value.strip() else None for value in row] for row in rows]
    cells = [row + [None] * (width - len(row)) for row in cells]
    return Sheet(path.name, cells, encoding=encoding, more=more)


def _open(path: Path) -> Any:
    import fastexcel

    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        locked = "password" in str(error).lower() or path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
        why = WORDS("xlsx_locked") if locked else WORDS("xlsx_damaged")
        raise FormatError(WORDS("no_xlsx", path=path.name, why=why)) from error


def _choose(path: Path, names: list[str], wanted: str | None) -> str:
    if wanted is not None and wanted not in names:
        raise InputMissingError(WORDS("no_sheet", path=path.name, wanted=wanted, names=listed(names)))
    if wanted is None and len(names) > 1:
        raise InputMissingError(
            WORDS("which_sheet", path=path.name, n=len(names), names=examples(names), first=names[0])
        )
    if not names:
        raise FormatError(WORDS("sheets_empty", path=path.name))
    return wanted or names[0]


def _values(book: Any, name: str, path: Path) -> list[list[str | None]]:
    """Cells from the first used row and column on."""
    import fastexcel

    try:
        table = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_arrow()
    except fastexcel.FastExcelError as error:
        raise FormatError(WORDS("sheet_unreadable", path=path.name, name=name, error=error)) from error
    columns = [
        [v if v is None or v.strip() else None for v in column.to_pylist()] for column in table.columns
    ]
    rows = [list(row) for row in zip(*columns, strict=True)]
    first = next((i for i, row in enumerate(rows) if any(value is not None for value in row)), len(rows))
    return rows[first:]


def _marks(
    path: Path, name: str
) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, int]], tuple[int, int]]:
    """Merged ranges, rounded numbers and the first used cell, which fastexcel does not tell."""
    merged, rounded, used = [], [], []
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_part(archive, name)) as xml:
            for element in _elements(xml):
                if element.tag == f"{_MAIN}mergeCell":
                    first, _, last = element.get("ref", "A1").partition(":")
                    merged.append((*_position(first), *_position(last or first)))
                elif element.find(f"{_MAIN}v") is not None or element.find(f"{_MAIN}is") is not None:
                    at = _position(element.get("r", "A1"))
                    used.append(at)
                    if element.get("t", "n") == "n" and _long(element.findtext(f"{_MAIN}v")):
                        rounded.append(at)
    except (KeyError, zipfile.BadZipFile, ET.ParseError) as error:
        raise FormatError(WORDS("sheet_damaged", path=path.name, name=name, error=error)) from error
    origin = (min((r for r, _ in used), default=0), min((c for _, c in used), default=0))
    return merged, rounded, origin


def _elements(xml: IO[bytes]) -> Iterator[ET.Element]:
    for _, element in ET.iterparse(xml):  # noqa: S314 - expands no entities of other files
        if element.tag in {f"{_MAIN}c", f"{_MAIN}mergeCell"}:
            yield element
        if element.tag == f"{_MAIN}row":
            element.clear()


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    wanted = next(s for s in book.iter(f"{_MAIN}sheet") if s.get("name") == sheet)
    target = targets[wanted.get(f"{_REL}id")]
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _position(reference: str) -> tuple[int, int]:
    """Row and column from 0 of a reference such as ``B3``.

    >>> _position("B3"), _position("AA1")
    ((2, 1), (0, 26))
    """
    match = _CELL.fullmatch(reference.replace("$", ""))
    letters, digits = match.groups() if match else ("A", "1")
    column = 0
    for letter in letters:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def _letters(column: int) -> str:
    """Letters of a column from 0.

    >>> _letters(1), _letters(26)
    ('B', 'AA')
    """
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def _long(number: str | None) -> bool:
    """Whether a stored number has more digits than Excel keeps.

    >>> _long("41010400100100312"), _long("4.1010400100100301E+16"), _long("34.720000000000006")
    (True, True, False)
    """
    try:
        return number is not None and abs(float(number)) >= 10**EXACT_DIGITS
    except ValueError:
        return False

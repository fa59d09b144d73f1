"""What is wrong with a text table, with the line: only asked once something is known to be wrong."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, Final

from gridgov.errors import FormatError
from gridgov.language import Many, examples
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.table import TextFormat
from gridgov.tables.words import WORDS

__all__ = ["check_quotes", "line_of_longest", "only_row", "wrong_rows"]

_BEGINNING: Final = 40


def check_quotes(file: ByteFile, form: TextFormat) -> None:
    """Raise FormatError if a quote is not closed: it would swallow the rows after it."""
    line = 1
    with _rows(file, form) as rows:
        try:
            for _row in rows:
                line = rows.line_num + 1
        except csv.Error as error:
            raise FormatError(WORDS("quote_open", file=file.shown, line=line)) from error


def line_of_longest(file: ByteFile, form: TextFormat) -> int:
    """The line on which the longest row begins."""
    longest, found, begins = -1, 1, 1
    with _rows(file, form) as rows:
        for values in rows:
            if (length := sum(map(len, values))) > longest:
                longest, found = length, begins
            begins = rows.line_num + 1
    return found


def only_row(file: ByteFile, form: TextFormat) -> list[str]:
    """The values of the first row that has some."""
    check_quotes(file, form)
    with _rows(file, form) as rows:
        first: list[str] = next(filter(None, rows))
        return first


def wrong_rows(file: ByteFile, form: TextFormat, wrong: "list[Any]", *, blank_rows: bool) -> str:
    """Words on rows of another length than the header, by the lines on which they begin.

    `wrong` holds pyarrow's invalid rows; their numbers do not count empty lines unless `blank_rows`.
    """
    shown = {row.number: row for row in wrong[:5]}
    lines = dict(zip(shown, _lines(file, form, shown, blank_rows=blank_rows), strict=False))
    said = [
        WORDS("line_has", line=lines.get(number, number), n=Many(row.actual_columns))
        for number, row in shown.items()
    ]
    listed = examples([*said, *wrong[5:]])
    title = WORDS("is_title") if wrong[0].expected_columns == 1 else ""
    first = lines.get(wrong[0].number, wrong[0].number)
    return WORDS(
        "wrong_rows",
        file=file.shown,
        n=wrong[0].expected_columns,
        title=title,
        listed=listed,
        first=first,
        text=wrong[0].text[:_BEGINNING],
    )


def _lines(file: ByteFile, form: TextFormat, rows: Iterable[int], *, blank_rows: bool) -> Iterator[int]:
    """Lines on which rows begin; rows count from 1 and are sorted."""
    wanted = iter(rows)
    row = next(wanted, None)
    with _rows(file, form) as reader:
        number = line = 0
        for values in reader:
            begins, line = line + 1, reader.line_num
            number += bool(values) or blank_rows
            if number == row and (values or blank_rows):
                yield begins
                row = next(wanted, None)
                if row is None:
                    return


@contextmanager
def _rows(file: ByteFile, form: TextFormat) -> Iterator[Any]:
    """Python's own reader, strict; values may be of any length."""
    encoding = "utf-8-sig" if form.encoding == "utf-8" else form.encoding
    limit = csv.field_size_limit(1 << 30)
    try:
        with file.stream() as stream, TextIOWrapper(stream, encoding=encoding, newline="") as text:
            yield csv.reader(text, delimiter=form.separator, strict=True)
    finally:
        csv.field_size_limit(limit)

"""Text tables (CSV) read and written without changing a value.

pyarrow reads them, because it names the rows that have too few or too many values; polars pads the short
ones silently.
"""

import codecs
import csv
import mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.encodings import text_encoding
from gridgov.errors import EncodingError, FormatError, SchemaError, examples
from gridgov.tables.table import EXCEL_TEXT, Table, TextFormat

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

__all__ = ["read_text", "read_text_rows", "write_text"]

_SEPARATORS: Final = (",", "\t", ";")
_HEAD_BYTES: Final = 1 << 16
_HEAD_ROWS: Final = 50
#: pyarrow must be told each column's type by name; no incident table is wider.
_MOST_COLUMNS: Final = 4096
_SLICE_ROWS: Final = 100_000


def read_text(path: Path, *, encoding: str | None = None, blank_rows: bool = False) -> Table:
    """Table of text from a CSV, TSV or TXT file; an empty value is null, a quoted empty one is ''.

    Empty lines are no rows unless `blank_rows`, or unless there is only one column.

    Raises FormatError for a file without a header, with NUL bytes, with a quote that is not closed, or
    with rows of another length than the header; SchemaError for column names that repeat.
    """
    import polars as pl

    rows, form, notes = read_text_rows(path, encoding=encoding, blank_rows=blank_rows)
    data = pl.from_arrow(rows)
    assert isinstance(data, pl.DataFrame)
    return Table(data, path, text=form, notes=tuple(notes))


def read_text_rows(
    path: Path, *, encoding: str | None = None, blank_rows: bool = False
) -> tuple["pa.Table", TextFormat, list[str]]:
    """As `read_text`, as an Arrow table with format and notes: for machines on which polars cannot run."""
    import pyarrow.compute as pc

    if path.stat().st_size == 0:
        raise FormatError(f"{path}: the file is empty")
    form = _form(path, text_encoding(path, declared=encoding))
    _check_nul(path, form)
    rows = _rows(path, form, blank_rows=blank_rows)
    names, notes = _names(path, rows)
    rows = rows.slice(1).rename_columns(names)
    if any(pc.any(pc.match_substring(column, "\n")).as_py() for column in rows.columns):
        _check_quotes(path, form)
    return rows, form, notes


def write_text(data: "pl.DataFrame", path: Path, form: TextFormat = EXCEL_TEXT) -> list[str]:
    """Write a CSV file in `form`; answers what had to be done otherwise.

    GBK and GB2312 are written as GB18030, which holds them and every other character. If another encoding
    lacks a character, the file is written as UTF-8 with a byte order mark.
    """
    if form.encoding == "utf-8":
        data.write_csv(path, include_bom=form.bom, separator=form.separator, line_terminator=form.line_end)
        return []
    encoding = "gb18030" if form.encoding.lower().startswith("gb") else form.encoding
    try:
        with path.open("w", encoding=encoding, newline="") as file:
            for first, piece in enumerate(data.iter_slices(_SLICE_ROWS)):
                header = first == 0
                file.write(
                    piece.write_csv(
                        include_header=header, separator=form.separator, line_terminator=form.line_end
                    )
                )
            if data.is_empty():
                file.write(data.write_csv(separator=form.separator, line_terminator=form.line_end))
    except UnicodeEncodeError as error:
        lacking = error.object[error.start]
        write_text(data, path, TextFormat("utf-8", True, form.separator, form.line_end))
        return [f"Written as UTF-8: {form.encoding} has no '{lacking}'."]
    return []


def _form(path: Path, encoding: str) -> TextFormat:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    bom = encoding.endswith("-sig") or encoding in {"utf-16", "utf-32"}
    name = "gb18030" if encoding.lower() in {"gbk", "gb2312", "cp936"} else encoding.removesuffix("-sig")
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    if not text.strip("\ufeff\r\n \t"):
        raise FormatError(f"{path}: the file is empty, or begins with {_HEAD_BYTES:,} blanks")
    separator = "\t" if path.suffix.lower() == ".tsv" else _separator(text)
    return TextFormat(name, bom, separator, "\r\n" if "\r\n" in text else "\n")


def _separator(text: str) -> str:
    """The separator that cuts the first rows into equal numbers of values, most of them if several do."""
    lines = text.splitlines(keepends=True)[:_HEAD_ROWS]

    def quality(separator: str) -> tuple[bool, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        # The last row may be cut off by the end of the head.
        equal = len(set(widths[:-1] or widths)) == 1
        return equal and widths[0] > 1, widths[0] if widths else 0

    return max(_SEPARATORS, key=quality)


def _check_nul(path: Path, form: TextFormat) -> None:
    if form.encoding.startswith(("utf-16", "utf-32")):
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = content.find(b"\0")
        if found >= 0:
            line = content[:found].count(b"\n") + 1
            raise FormatError(
                f"{path}: line {line} holds a NUL byte; the file is damaged or is no text table"
            )


def _rows(path: Path, form: TextFormat, *, blank_rows: bool) -> "pa.Table":
    """Every row, the header included, as columns of text."""
    import pyarrow as pa

    wrong: list[Any] = []
    try:
        rows = _parse(path, form, wrong, blank_rows=blank_rows)
        if rows.num_columns == 1 and not blank_rows:
            # In a table of one column an empty line is a row without a value.
            wrong.clear()
            rows = _parse(path, form, wrong, blank_rows=True)
    except pa.ArrowInvalid as error:
        _check_quotes(path, form)
        raise FormatError(f"{path} cannot be read as a text table: {error}") from error
    except UnicodeDecodeError as error:
        said = f"{path} is not {form.encoding.upper()}: {error}"
        raise EncodingError(f"{said}; state its encoding with --encoding") from error
    if wrong:
        _check_quotes(path, form)
        raise FormatError(_wrong_rows(path, wrong))
    return rows


def _parse(path: Path, form: TextFormat, wrong: list[Any], *, blank_rows: bool) -> "pa.Table":
    """Rows as pyarrow reads them; those of another length than the first are put into `wrong`."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    def note(row: Any) -> str:
        wrong.append(row)
        return "skip"

    return arrow_csv.read_csv(
        path,
        # With threads the numbers of the wrong rows would be unknown.
        read_options=arrow_csv.ReadOptions(
            use_threads=False, encoding=form.encoding, autogenerate_column_names=True
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=form.separator,
            newlines_in_values=True,
            ignore_empty_lines=not blank_rows,
            invalid_row_handler=note,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types={f"f{number}": pa.string() for number in range(_MOST_COLUMNS)},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def _wrong_rows(path: Path, wrong: "list[Any]") -> str:
    listed = examples([f"row {row.number} has {row.actual_columns}" for row in wrong])
    title = "; is it a title? Then remove it" if wrong[0].expected_columns == 1 else ""
    return (
        f"{path}: the header (row 1) names {wrong[0].expected_columns} columns{title}. "
        f"Of the values, {listed}. Row {wrong[0].number} begins '{wrong[0].text[:40]}'. "
        "Mend these rows, for example by quoting values that hold a separator"
    )


def _names(path: Path, rows: "pa.Table") -> tuple[list[str], list[str]]:
    if rows.num_rows == 0:
        raise FormatError(f"{path}: the file has no header row")
    given = [column[0].as_py() or "" for column in rows.columns]
    return name_columns(path, given)


def name_columns(path: Path, given: list[str]) -> tuple[list[str], list[str]]:
    """Column names of a header row, those without a name called column_<n>, and a note on these.

    Raises SchemaError if names repeat.
    """
    names = [name if name.strip() else f"column_{number}" for number, name in enumerate(given, start=1)]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise SchemaError(f"{path}: several columns have the same name: {examples(repeated)}; rename them")
    made = [name for name, said in zip(names, given, strict=True) if name != said]
    return names, [f"Columns without a name are called {examples(made)}."] if made else []


def _check_quotes(path: Path, form: TextFormat) -> None:
    """Raise FormatError if a quote is not closed: it would swallow the rows after it."""
    encoding = "utf-8-sig" if form.encoding == "utf-8" else form.encoding
    line = 1
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=form.separator, strict=True)
        try:
            for _row in reader:
                line = reader.line_num + 1
        except csv.Error as error:
            raise FormatError(
                f"{path}: in the row that begins on line {line} a quote is not closed, or stands inside a "
                "quoted value without being doubled"
            ) from error

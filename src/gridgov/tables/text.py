"""Text tables (CSV) read without changing a value, batch by batch.

pyarrow reads them, because it names the rows that have too few or too many values; polars pads the short
ones silently.
"""

import io
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from gridgov.errors import FormatError
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.few_rows import few_columns
from gridgov.tables.line_blocks import Wanted, line_blocks
from gridgov.tables.table import BATCH_ROWS, Batch, TableStream, TextFormat, in_batches
from gridgov.tables.text_batches import MOST_COLUMNS, text_batches
from gridgov.tables.text_faults import check_quotes, line_of_longest, only_row, wrong_rows
from gridgov.tables.text_form import name_columns, text_form
from gridgov.tables.text_lines import CARRIED_ENCODINGS, RowsLostError, quotes_hold
from gridgov.tables.text_scan import scan_text
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

__all__ = ["open_text", "read_text_rows", "text_columns"]

#: Read at a time; a row may not be longer.
BLOCK_BYTES: Final = 1 << 23
#: Looked at to guess how many rows there are.
_HEAD_BYTES: Final = 1 << 16


def open_text(
    file: ByteFile,
    *,
    encoding: str | None = None,
    tabs: bool = False,
    blank_rows: bool = False,
    batch_rows: int = BATCH_ROWS,
    block_bytes: int = BLOCK_BYTES,
) -> TableStream:
    """Columns of text from a CSV, TSV or TXT file; an empty value is null, a quoted empty one is ''.

    Empty lines are no rows unless `blank_rows`, or unless there is only one column.

    Raises FormatError for a file without a header, with NUL bytes, with a quote that is not closed, or
    with rows of another length than the header; SchemaError for column names that repeat. What is wrong with
    a row is raised when its batch is asked for.
    """
    text = _Text.of(file, encoding=encoding, tabs=tabs, blank_rows=blank_rows, block_bytes=block_bytes)
    names, notes, tables = text.tables()

    def batches() -> Iterator[Batch]:
        for number, rows in enumerate(tables):
            if number == 0 or len(rows):
                yield from in_batches(_frame(rows), batch_rows)

    def carried(columns: Sequence[str], numbers: Sequence[str]) -> Iterator[Batch] | None:
        wanted = Wanted(tuple(names), tuple(columns), tuple(numbers))
        return text.carried(wanted, batch_rows) if text.can_carry(names) else None

    return TableStream(
        file.path,
        tuple(names),
        batches(),
        text=text.form,
        notes=notes,
        done=lambda: text.read / file.size,
        rows_about=_rows_about(file),
        carried=carried,
        close=text.close,
    )


def _rows_about(file: ByteFile) -> int:
    """How many rows a file has if they are as long as the first ones."""
    some = file.head(_HEAD_BYTES)
    return file.size * max(some.count(b"\n"), 1) // max(len(some), 1)


def _frame(rows: "pa.Table") -> "pl.DataFrame":
    import polars as pl

    frame = pl.from_arrow(rows)
    assert isinstance(frame, pl.DataFrame)
    return frame


def read_text_rows(
    path: Path, *, encoding: str | None = None, blank_rows: bool = False
) -> tuple["pa.Table", TextFormat, list[str]]:
    """All rows as an Arrow table, with format and notes: for machines on which polars cannot run."""
    import pyarrow as pa

    text = _Text.of(ByteFile.of(path), encoding=encoding, tabs=_has_tabs(path), blank_rows=blank_rows)
    _, notes, tables = text.tables()
    return pa.concat_tables(tables), text.form, notes


def text_columns(path: Path, *, encoding: str | None = None) -> dict[str, list[str | None]]:
    """All rows by columns, blank rows among them: for tables that people write, which are small."""
    file, tabs = ByteFile.of(path), _has_tabs(path)
    few = few_columns(file, scan_text(file, encoding=encoding), tabs=tabs) if file.size else None
    if few is not None:
        return few
    rows, _, _ = read_text_rows(path, encoding=encoding, blank_rows=True)
    return dict(rows.to_pydict())


def _has_tabs(path: Path) -> bool:
    return path.suffix.lower() == ".tsv"


class _Text:
    """A text table in blocks, the header among its rows; `read` counts the bytes read so far.

    `close` lets go of it once `tables` was called.
    """

    def __init__(
        self, file: ByteFile, form: TextFormat, *, quotes: bool, blank_rows: bool, block_bytes: int
    ) -> None:
        self.file, self.form, self.quotes = file, form, quotes
        self.blank_rows, self.block_bytes, self.read = blank_rows, block_bytes, 0
        self.close: Callable[[], None] = lambda: None

    @classmethod
    def of(
        cls,
        file: ByteFile,
        *,
        encoding: str | None,
        tabs: bool,
        blank_rows: bool,
        block_bytes: int = BLOCK_BYTES,
    ) -> "_Text":
        """A text table whose bytes were all looked at once."""
        if not file.size:
            raise FormatError(WORDS("empty_file", path=file.shown))
        scan = scan_text(file, encoding=encoding)
        form = text_form(file, scan.encoding, tabs=tabs)
        return cls(file, form, quotes=scan.quotes, blank_rows=blank_rows, block_bytes=block_bytes)

    def tables(self) -> "tuple[list[str], list[str], Iterator[pa.Table]]":
        """Names of the columns, notes on them, and the rows in pieces, at least one."""
        blocks, given = self.blocks(), self._header()
        self.close = blocks.close
        rows: Iterator[pa.Table] = blocks
        if given is None:
            first = next(blocks, None)
            if first is None:
                raise FormatError(WORDS("no_header", file=self.file.shown))
            given, rows = _first_row(first), chain([first], blocks)
        names, notes = name_columns(self.file.shown, given)
        return names, notes, _below_header(rows, names)

    def _header(self) -> list[str] | None:
        """The first row, read from the first bytes alone; None where these do not surely tell it."""
        import pyarrow as pa

        if self.form.encoding not in CARRIED_ENCODINGS:
            return None
        head, wrong = self.file.head(_HEAD_BYTES), list[Any]()
        stream = io.BytesIO(head[: head.rfind(b"\n") + 1])
        try:
            with closing(self._batches(stream, wrong, blank_rows=False)) as batches:
                rows = next(batches, None)
        except pa.ArrowInvalid:
            return None
        # A table of one column may have empty lines as rows; a first row alone may go on behind these bytes.
        sure = rows is not None and rows.num_columns > 1 and rows.num_rows > 1 and not wrong
        return _first_row(rows) if sure else None

    def can_carry(self, names: Sequence[str]) -> bool:
        """Whether the ends of rows are certain, so that lines can be carried as they are."""
        if self.form.encoding not in CARRIED_ENCODINGS or len(names) == 1 or self.blank_rows:
            return False
        return not self.quotes or quotes_hold(self.file, self.form)

    def carried(self, wanted: Wanted, batch_rows: int) -> Iterator[Batch]:
        """Batches of some columns, with their lines; raises as `blocks` for what is wrong."""
        blocks = line_blocks(self.file, self.form, wanted, block_bytes=self.block_bytes, read=self._note_read)
        try:
            for number, block in enumerate(blocks):
                if number == 0 or len(block):
                    yield from block.batches(batch_rows)
        except RowsLostError as error:
            # What is wrong with a row is said by these; a row may be longer than a block, and not than two.
            for _ in self.blocks():
                pass
            raise self._long_row() from error

    def _note_read(self, read: int) -> None:
        self.read = read

    def blocks(self) -> "Generator[pa.Table]":
        """Tables of text columns; raises for what is wrong in each before giving it."""
        import pyarrow as pa

        try:
            blocks = self._blocks(blank_rows=self.blank_rows)
            first = next(blocks, None)
            if first is not None and first.num_columns == 1 and not self.blank_rows:
                # In a table of one column an empty line is a row without a value.
                blocks = self._blocks(blank_rows=True)
                first = next(blocks, None)
            if first is not None:
                yield first
                yield from blocks
        except pa.ArrowInvalid as error:
            if "cannot infer number of columns" in str(error):
                # pyarrow wants a line break behind the last row.
                yield pa.table({f"f{n}": [name] for n, name in enumerate(only_row(self.file, self.form))})
                return
            check_quotes(self.file, self.form)
            if "straddling" in str(error):
                raise self._long_row() from error
            raise FormatError(WORDS("no_text_table", file=self.file.shown, error=error)) from error

    def _long_row(self) -> FormatError:
        line = line_of_longest(self.file, self.form)
        return FormatError(WORDS("long_row", file=self.file.shown, line=line, most=self.block_bytes >> 20))

    def _batches(
        self, stream: BinaryIO, wrong: list[Any], *, blank_rows: bool
    ) -> "Generator[pa.RecordBatch]":
        return text_batches(
            stream,
            self.form,
            wrong,
            quotes=self.quotes,
            blank_rows=blank_rows,
            block_bytes=self.block_bytes,
            columns=self.columns,
        )

    @cached_property
    def columns(self) -> int:
        """No row has more columns: what the first one may have, where it surely ends with its line."""
        if self.form.encoding not in CARRIED_ENCODINGS:
            return MOST_COLUMNS
        head = self.file.head(_HEAD_BYTES).lstrip(b"\r\n")
        first, end, _ = head.partition(b"\n")
        if not end or b'"' in first:
            return MOST_COLUMNS
        # In powers of two, so that what pyarrow is told is soon made for all of them.
        return min(MOST_COLUMNS, 1 << first.count(self.form.separator.encode()).bit_length())

    def _blocks(self, *, blank_rows: bool) -> "Iterator[pa.Table]":
        import pyarrow as pa

        wrong: list[Any] = []
        unchecked = self.quotes
        with (
            self.file.open() as opened,
            closing(self._batches(opened.stream, wrong, blank_rows=blank_rows)) as batches,
        ):
            for batch in batches:
                self.read = opened.file.tell()
                if wrong:
                    check_quotes(self.file, self.form)
                    raise FormatError(wrong_rows(self.file, self.form, wrong, blank_rows=blank_rows))
                if unchecked and _has_line_breaks(batch):
                    check_quotes(self.file, self.form)
                    unchecked = False
                yield pa.Table.from_batches([batch])
        if wrong:
            raise FormatError(wrong_rows(self.file, self.form, wrong, blank_rows=blank_rows))


def _has_line_breaks(rows: "pa.RecordBatch") -> bool:
    """Whether a value of some rows goes on over several lines."""
    import pyarrow.compute as pc  # takes as long as to read a small file

    return any(pc.any(pc.match_substring(column, "\n")).as_py() for column in rows.columns)


def _first_row(rows: "pa.Table | pa.RecordBatch") -> list[str]:
    return [column[0].as_py() or "" for column in rows.columns]


def _below_header(blocks: "Iterator[pa.Table]", names: list[str]) -> "Iterator[pa.Table]":
    for number, rows in enumerate(blocks):
        yield rows.slice(int(number == 0)).rename_columns(names)

"""Rows of a text table kept as the bytes they came as, so that answers can be set behind them.

Only the columns that are asked for are parsed. For that it must be certain where each row ends: `quotes_hold`
says whether quotes tell it, `line_blocks` gives the rows.
"""

import codecs
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gridgov.frames import arrow_flags, arrow_places
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.table import TextFormat

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["CARRIED_ENCODINGS", "RowsLostError", "TextLines", "line_blocks", "quotes_hold", "split_rows"]

#: Encodings in which no byte of another letter looks like a separator, a quote or a line end.
CARRIED_ENCODINGS: Final = frozenset({"utf-8", "gb18030"})

_QUOTE, _FEED, _RETURN = b'"\n\r'

#: Read at a time, unless a row is longer: so little that the batches under way take little memory.
_READ_BYTES: Final = 1 << 21


@dataclass(frozen=True, slots=True, eq=False)
class TextLines:
    """Some rows of a text table.

    Attributes
    ----------
    rows
        pyarrow LargeBinaryArray: the bytes of each row, behind the line end of the row before.
    names, form
        Columns and format of the table.
    """

    rows: "pa.LargeBinaryArray"
    names: tuple[str, ...]
    form: TextFormat

    def __len__(self) -> int:
        return len(self.rows)

    def slice(self, begin: int, size: int) -> "TextLines":
        """Some rows one after the other."""
        return TextLines(self.rows.slice(begin, size), self.names, self.form)

    def take(self, at: "NDArray[np.intp]") -> "pa.Table":
        """All columns of some rows, as text."""
        content = _whole(self.rows.take(arrow_places(at)), self.form.line_end)
        return parsed(memoryview(bytes(content) + b"\n"), self.names, self.names, self.form)

    def with_behind(self, texts: "pa.LargeBinaryArray") -> tuple[memoryview, bytes]:
        """The bytes of all rows, each with a text behind it, in whole lines; the last line end apart."""
        import pyarrow as pa
        import pyarrow.compute as pc

        line_end = self.form.line_end if len(self) else ""

        nothing = pa.LargeBinaryArray.from_buffers(
            pa.large_binary(), 1, [None, pa.py_buffer(np.zeros(2, dtype=np.int64)), pa.py_buffer(b"")]
        )[0]
        rows = pc.binary_join_element_wise(self.rows, texts, nothing)
        return _whole(rows, line_end), line_end.encode()


class RowsLostError(Exception):
    """Rows of a block are longer than a block, or of another width than the header."""


def _whole(rows: "pa.LargeBinaryArray", line_end: str) -> memoryview:
    """The bytes of rows behind each other, without the line end before the first one."""
    if not len(rows):
        return memoryview(b"")
    _, bounds, content = rows.buffers()
    ends = np.frombuffer(bounds, dtype=np.int64)[rows.offset : rows.offset + len(rows) + 1]
    return memoryview(content)[ends[0] + len(line_end) : ends[-1]]


def parsed(content: memoryview, names: Sequence[str], columns: Sequence[str], form: TextFormat) -> "pa.Table":
    """Some columns of whole lines as text, an empty value null.

    Raises RowsLostError if a row has another width than `names`.
    """
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    if not len(content):
        return pa.schema([(name, pa.string()) for name in columns]).empty_table()
    if form.encoding != "utf-8":
        content = memoryview(bytes(content).decode(form.encoding).encode())
    wrong: list[Any] = []

    def note(row: Any) -> str:
        wrong.append(row)
        return "skip"

    table = arrow_csv.read_csv(
        pa.BufferReader(pa.py_buffer(content)),
        # One block: a row may be as long as all of it.
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=len(content) + 1, column_names=list(names)
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=form.separator, newlines_in_values=True, invalid_row_handler=note
        ),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=list(columns),
            column_types=dict.fromkeys(columns, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    if wrong:
        raise RowsLostError
    return table


def line_blocks(
    file: ByteFile,
    names: Sequence[str],
    form: TextFormat,
    columns: Sequence[str],
    *,
    block_bytes: int,
    read: Callable[[int], None],
) -> "Iterator[tuple[pa.Table, TextLines | None]]":
    """The rows of a file in which quotes hold, below its header, block by block; at least one block.

    Some columns as text, and the lines; or all columns and None where line ends are of several kinds, so that
    they are no part of the rows. `read` is told the bytes read so far of the file on disk.

    Raises RowsLostError.
    """
    line_end, header, rest = form.line_end.encode(), True, b""
    with file.open() as opened:
        while (piece := opened.stream.read(min(block_bytes, _READ_BYTES))) or rest:
            read(opened.file.tell())
            # Every row of a block stands behind a line end, also the first one.
            whole = line_end + rest + (piece or line_end)
            bounds, alike = _bounds(whole, form)
            end = int(bounds[-1]) + len(line_end)
            if np.diff(bounds).max(initial=0) > block_bytes or len(whole) - end > block_bytes:
                raise RowsLostError
            if len(bounds) == 1 and piece:
                rest = whole[end:]
                continue
            rest = whole[end:] if piece else b""
            block = memoryview(whole)[:end]
            yield _block(block, bounds, names, form, columns, header=header, alike=alike)
            header = False


def _block(
    whole: memoryview,
    bounds: "NDArray[np.int64]",
    names: Sequence[str],
    form: TextFormat,
    columns: Sequence[str],
    *,
    header: bool,
    alike: bool,
) -> "tuple[pa.Table, TextLines | None]":
    import pyarrow as pa

    step = len(form.line_end)
    if not alike:
        return parsed(whole[step:], names, names, form).slice(int(header)), None
    filled = np.diff(bounds) > step
    first = int(filled.argmax()) + 1 if header else 0
    bounds, filled = bounds[first:], filled[first:]
    pieces = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(filled), [None, pa.py_buffer(bounds), pa.py_buffer(whole)]
    )
    rows = pieces if filled.all() else pieces.filter(arrow_flags(filled))
    begin = int(bounds[0]) + step if len(rows) else len(whole)
    table = parsed(whole[begin:], names, columns, form)
    if len(table) != len(rows):
        raise RowsLostError
    return table, TextLines(rows, tuple(names), form)


def split_rows(text: bytes) -> "pa.LargeBinaryArray":
    """The rows of a text in which quotes hold and line ends are line feeds."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = b"\n" + text
    bounds, _ = _bounds(whole, TextFormat())
    rows = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(bounds) - 1, [None, pa.py_buffer(bounds), pa.py_buffer(whole)]
    )
    return pc.binary_replace_slice(rows, 0, 1, b"")


def _bounds(whole: bytes, form: TextFormat) -> "tuple[NDArray[np.int64], bool]":
    """Where line ends stand that end a row, and whether all of them are those of `form`."""
    content = np.frombuffer(whole, dtype=np.uint8)
    quotes = np.flatnonzero(content == _QUOTE) if b'"' in whole else None
    feeds = _outside(np.flatnonzero(content == _FEED), quotes)
    returns = _outside(np.flatnonzero(content == _RETURN), quotes) if b"\r" in whole else feeds[:0]
    if form.line_end == "\n":
        return feeds, not len(returns)
    return feeds - 1, np.array_equal(feeds - 1, returns)


def _outside(places: "NDArray[np.intp]", quotes: "NDArray[np.intp] | None") -> "NDArray[np.int64]":
    """Places outside of quoted values: those with an even number of quotes before them."""
    if quotes is not None:
        places = places[np.searchsorted(quotes, places) % 2 == 0]
    return places.astype(np.int64, copy=False)


def quotes_hold(file: ByteFile, form: TextFormat) -> bool:
    """Whether every quote of a file opens a value, closes it, or is doubled inside it (RFC 4180).

    Then a line end is the end of a row exactly where an even number of quotes stands before it.
    """
    separator, inside = ord(form.separator), 0
    for number, some in enumerate(file.pieces()):
        piece = some if number else some.removeprefix(codecs.BOM_UTF8)
        if b'"' not in piece:
            continue
        content = np.frombuffer(b"\n" + piece + b"\n", dtype=np.uint8)
        quotes = np.flatnonzero(content == _QUOTE)
        opening, closing = quotes[inside::2], quotes[1 - inside :: 2]
        # A quote that opens right behind one that closes is the second of a doubled one.
        if not np.isin(content[opening - 1], (separator, _FEED, _QUOTE)).all():
            return False
        if not np.isin(content[closing + 1], (separator, _FEED, _RETURN, _QUOTE)).all():
            return False
        inside = (inside + len(quotes)) % 2
    return not inside

"""Rows of a text table kept as the bytes they came as, so that answers can be set behind them.

For that it must be certain where each row ends: `quotes_hold` says whether quotes tell it.
"""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gridgov.frames import arrow_places
from gridgov.index.compiled import loaded
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.table import Behind, TextFormat

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = [
    "CARRIED_ENCODINGS",
    "RowsLostError",
    "TextLines",
    "bounds_of",
    "bytes_of",
    "parsed",
    "quotes_hold",
    "split_rows",
]

#: Encodings in which no byte of another letter looks like a separator, a quote or a line end.
CARRIED_ENCODINGS: Final = frozenset({"utf-8", "gb18030"})

#: So many rows are worked on one by one.
_FEW_ROWS: Final = 5000

#: Bytes put together before they are written: so few that they are still in the second cache of a processor.
_PIECE_BYTES: Final = 1 << 18

_QUOTE, _FEED, _RETURN = b'"\n\r'


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

    @classmethod
    def joined(cls, lines: "Sequence[TextLines]") -> "TextLines":
        """The rows of the same table one after the other."""
        import pyarrow as pa

        return cls(pa.concat_arrays([each.rows for each in lines]), lines[0].names, lines[0].form)

    def take(self, at: "NDArray[np.intp]") -> "TextLines":
        """Some rows."""
        if len(at) > _FEW_ROWS:
            return TextLines(self.rows.take(arrow_places(at)), self.names, self.form)
        # Without what Arrow computes with, which need not be loaded for a few rows.
        bounds, content = bytes_of(self.rows)
        begins, ends = bounds[at], bounds[at + 1]
        texts = [content.data[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        return TextLines(_rows_of(texts), self.names, self.form)

    def with_before(self, names: Sequence[str], texts: Sequence[bytes]) -> "TextLines | None":
        """The rows with columns before their own: `texts` hold these of each row, and a separator.

        None where a value stands in quotes, which may not be needed.
        """
        step = len(self.form.line_end.encode())
        parts = ((row[:step], text, row[step:]) for text, row in zip(texts, _each(self.rows), strict=True))
        rows = _rows_of([b"".join(part) for part in parts])
        if (bytes_of(rows)[1] == _QUOTE).any():
            return None
        return TextLines(rows, (*names, *self.names), self.form)

    def table(self) -> "pa.Table":
        """All columns, as text."""
        content = _whole(self.rows, self.form.line_end)
        return parsed(memoryview(bytes(content) + b"\n"), self.names, self.names, self.form)

    def with_behind(self, behind: Behind) -> "Iterator[memoryview | bytes]":
        """The bytes of all rows, each with a text behind it, in whole lines.

        They come in pieces, each to be used before the next one takes its memory.
        """
        if not len(self):
            return
        line_end = self.form.line_end.encode()
        skipped = len(line_end)
        for piece in self._pieces(behind):
            yield memoryview(piece)[skipped:]
            skipped = 0
        yield line_end

    def _pieces(self, behind: Behind) -> "Iterator[Any]":
        if loaded():
            yield from self._spliced(behind)
        elif len(self) <= _FEW_ROWS:
            yield self._joined(behind)
        else:
            yield self._joined_by_arrow(behind)

    def _spliced(self, behind: Behind) -> "Iterator[memoryview]":
        from gridgov.tables.line_loops import ROOM, spliced

        bounds, content = bytes_of(self.rows)
        one, other = bytes_of(behind.one), bytes_of(behind.other)
        longest = [int(np.diff(ends).max(initial=0)) for ends in (bounds, one[0], other[0])]
        piece = np.empty(max(_PIECE_BYTES, longest[0] + max(longest[1:])) + ROOM, dtype=np.uint8)
        done = 0
        while done < len(self):
            done, size = spliced(content, bounds, one, other, behind.at, done, piece)
            yield piece[:size].data

    def _joined(self, behind: Behind) -> bytes:
        texts = _each(behind.one) + _each(behind.other)
        return b"".join(
            chain.from_iterable(zip(_each(self.rows), (texts[k] for k in behind.at), strict=True))
        )

    def _joined_by_arrow(self, behind: Behind) -> Any:
        import pyarrow as pa
        import pyarrow.compute as pc

        texts = pa.concat_arrays([behind.one, behind.other]).take(arrow_places(behind.at))
        nothing = pa.LargeBinaryArray.from_buffers(
            pa.large_binary(), 1, [None, pa.py_buffer(np.zeros(2, dtype=np.int64)), pa.py_buffer(b"")]
        )[0]
        return _whole(pc.binary_join_element_wise(self.rows, texts, nothing), "")


class RowsLostError(Exception):
    """Rows of a block are longer than a block, or of another width than the header."""


def _whole(rows: "pa.LargeBinaryArray", line_end: str) -> memoryview:
    """The bytes of rows behind each other, without the line end before the first one."""
    if not len(rows):
        return memoryview(b"")
    ends, content = bytes_of(rows)
    return memoryview(content.data)[ends[0] + len(line_end) : ends[-1]]


def bytes_of(texts: "pa.LargeBinaryArray") -> "tuple[NDArray[np.int64], NDArray[np.uint8]]":
    """Where each text begins and the last ends, and the bytes in which they do."""
    _, bounds, content = texts.buffers()
    ends = np.frombuffer(bounds, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    letters = np.frombuffer(content or b"", dtype=np.uint8)
    # Loops are compiled for what may be changed and what may not.
    for array in (ends, letters):
        array.setflags(write=False)
    return ends, letters


def _rows_of(texts: "Sequence[bytes | memoryview]") -> "pa.LargeBinaryArray":
    bounds = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    return _texts_of(np.frombuffer(b"".join(texts), dtype=np.uint8), bounds)


def _each(texts: "pa.LargeBinaryArray") -> list[memoryview]:
    ends, content = bytes_of(texts)
    return [content.data[begin:end] for begin, end in pairwise(ends.tolist())]


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


def split_rows(text: bytes) -> "pa.LargeBinaryArray":
    """The rows of a text in which quotes hold and line ends are line feeds."""
    whole = b"\n" + text
    feeds, _ = bounds_of(whole, TextFormat())
    content = np.frombuffer(whole, dtype=np.uint8)
    letters = np.ones(len(content), dtype=np.bool_)
    letters[feeds] = False
    return _texts_of(content[letters], feeds - np.arange(len(feeds)))


def _texts_of(content: "NDArray[np.uint8]", bounds: "NDArray[np.int64]") -> "pa.LargeBinaryArray":
    import pyarrow as pa

    given = [None, pa.py_buffer(np.ascontiguousarray(bounds)), pa.py_buffer(content)]
    return pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(bounds) - 1, given)


def bounds_of(whole: "bytes | NDArray[np.uint8]", form: TextFormat) -> "tuple[NDArray[np.int64], bool]":
    """Where line ends stand that end a row, and whether all of them are those of `form`."""
    content = np.frombuffer(whole, dtype=np.uint8)
    quotes = np.flatnonzero(content == _QUOTE)
    feeds = _outside(np.flatnonzero(content == _FEED), quotes)
    returns = _outside(np.flatnonzero(content == _RETURN), quotes)
    if form.line_end == "\n":
        return feeds, not len(returns)
    return feeds - 1, np.array_equal(feeds - 1, returns)


def _outside(places: "NDArray[np.intp]", quotes: "NDArray[np.intp]") -> "NDArray[np.int64]":
    """Places outside of quoted values: those with an even number of quotes before them."""
    if len(quotes) and len(places):
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

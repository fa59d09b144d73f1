"""A text table read block by block: the bytes of its rows, and what is wanted of their values."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import numpy as np

from gridgov.coordinates import PlainNumbers
from gridgov.frames import arrow_flags, without_polars
from gridgov.index.compiled import loaded
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.table import Batch, TextFormat
from gridgov.tables.text_lines import RowsLostError, TextLines, bounds_of, parsed

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["Block", "Wanted", "line_blocks"]

#: Read at a time, unless a row is longer: so little that the batches under way take little memory.
_READ_BYTES: Final = 1 << 23


class Wanted(NamedTuple):
    """All columns of a table, those wanted as text, and those wanted as numbers where that is quicker."""

    names: tuple[str, ...]
    texts: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some rows of a text table.

    Attributes
    ----------
    rows
        pyarrow Table of the columns wanted, or of all; None for no column.
    lines
        The rows as they came; None where line ends are of several kinds, so that they are no part of rows.
    numbers
        Columns that were read as numbers.
    """

    rows: "pa.Table | None"
    lines: TextLines | None
    numbers: dict[str, PlainNumbers] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows if self.lines is None else self.lines)  # type: ignore[arg-type]

    def batches(self, batch_rows: int) -> Iterator[Batch]:
        """The rows cut into batches, at least one."""
        rows = self._rows()
        for begin in range(0, max(len(self), 1), batch_rows):
            numbers = {name: column.slice(begin, batch_rows) for name, column in self.numbers.items()}
            lines = self.lines and self.lines.slice(begin, batch_rows)
            yield Batch(rows.slice(begin, batch_rows), lines=lines, numbers=numbers)

    def _rows(self) -> Any:
        """The columns wanted: as polars has them, unless there are none, or too few rows to load it."""
        if self.rows is None:
            import pyarrow as pa

            return pa.table({})
        if without_polars(len(self)):
            return self.rows
        import polars as pl

        return pl.from_arrow(self.rows)


class _Read(NamedTuple):
    """What the loops found in whole lines; see `line_loops.rows_read`."""

    bounds: "NDArray[np.int64]"
    begins: "list[NDArray[np.uint32]]"
    ends: "list[NDArray[np.uint32]]"
    numbers: "list[NDArray[np.float64]]"


def line_blocks(
    file: ByteFile, form: TextFormat, wanted: Wanted, *, block_bytes: int, read: Callable[[int], None]
) -> Iterator[Block]:
    """The rows of a file in which quotes hold, below its header, block by block; at least one block.

    `read` is told the bytes read so far of the file on disk.

    Raises RowsLostError.
    """
    line_end, header, rest = form.line_end.encode(), True, b""
    with file.open() as opened:
        while True:
            # Every row of a block stands behind a line end, also the first one.
            whole, more = _filled(opened.stream, line_end + rest, min(block_bytes, _READ_BYTES), line_end)
            if not (more or rest):
                return
            read(opened.file.tell())
            loops = _read(whole, form, wanted)
            bounds, alike = (loops.bounds, True) if loops else bounds_of(whole, form)
            end = int(bounds[-1]) + len(line_end)
            sizes = np.diff(bounds)
            if sizes.max(initial=0) > block_bytes or len(whole) - end > block_bytes:
                raise RowsLostError
            if len(bounds) == 1 and more:
                rest = whole[end:].tobytes()
                continue
            rest = whole[end:].tobytes() if more else b""
            block = whole[:end].data.toreadonly()
            if alike:
                yield _block(block, bounds, sizes, form, wanted, header=header, loops=loops)
            else:
                rows = parsed(block[len(line_end) :], wanted.names, wanted.names, form)
                yield Block(rows.slice(int(header)), None)
            header = False


def _filled(stream: BinaryIO, begin: bytes, size: int, end: bytes) -> "tuple[NDArray[np.uint8], int]":
    """Some bytes, and at most `size` of a stream behind them, or `end` if none are left; how many it gave."""
    first = len(begin)
    whole = np.empty(first + size + len(end), dtype=np.uint8)
    whole[:first] = np.frombuffer(begin, dtype=np.uint8)
    more = stream.readinto(whole[first : first + size].data)  # type: ignore[attr-defined]  # typeshed lacks it
    if more:
        return whole[: first + more], more
    whole[first : first + len(end)] = np.frombuffer(end, dtype=np.uint8)
    return whole[: first + len(end)], 0


def _read(whole: "NDArray[np.uint8]", form: TextFormat, wanted: Wanted) -> _Read | None:
    """What the loops find; None without them, and where not all is as it should be."""
    if not wanted.numbers or not loaded():
        return None
    from gridgov.tables.line_loops import rows_read

    columns = np.array([wanted.names.index(name) for name in wanted.numbers])
    order = np.argsort(columns)
    *found, alike = rows_read(
        np.frombuffer(whole.data.toreadonly(), dtype=np.uint8),
        np.uint8(ord(form.separator)),
        len(form.line_end),
        len(wanted.names),
        columns[order],
    )
    if not alike:
        return None
    back = np.argsort(order)
    return _Read(found[0], *([some[n] for n in back] for some in found[1:]))


def _block(
    whole: memoryview,
    bounds: "NDArray[np.int64]",
    sizes: "NDArray[np.int64]",
    form: TextFormat,
    wanted: Wanted,
    *,
    header: bool,
    loops: _Read | None,
) -> Block:
    import pyarrow as pa

    step = len(form.line_end)
    filled = sizes > step
    first = int(filled.argmax()) + 1 if header else 0
    bounds, filled = bounds[first:], filled[first:]
    pieces = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(filled), [None, pa.py_buffer(bounds), pa.py_buffer(whole)]
    )
    rows = pieces if filled.all() else pieces.filter(arrow_flags(filled))
    begin = int(bounds[0]) + step if len(rows) else len(whole)
    texts = wanted.texts if loops else (*wanted.texts, *wanted.numbers)
    table = parsed(whole[begin:], wanted.names, texts, form) if texts else None
    if table is not None and len(table) != len(rows):
        raise RowsLostError
    numbers = {} if loops is None else _numbers(whole, loops, wanted, form, first=int(header))
    return Block(table, TextLines(rows, wanted.names, form), numbers)


def _numbers(
    whole: memoryview, loops: _Read, wanted: Wanted, form: TextFormat, *, first: int
) -> dict[str, PlainNumbers]:
    content = np.frombuffer(whole, dtype=np.uint8)
    columns = {}
    for name, begin, end, number in zip(wanted.numbers, loops.begins, loops.ends, loops.numbers, strict=True):
        texts = _Fields(content, begin[first:], end[first:], form.encoding).of
        columns[name] = PlainNumbers(number[first:], texts)
    return columns


class _Fields(NamedTuple):
    """Values of one column: the bytes of a block, and where they begin and end."""

    content: "NDArray[np.uint8]"
    begin: "NDArray[np.uint32]"
    end: "NDArray[np.uint32]"
    encoding: str

    def of(self, at: "NDArray[np.intp]") -> "pl.Series":
        from gridgov.tables.line_loops import gathered

        text, bounds = gathered(self.content, self.begin, self.end, at)
        texts = _texts(text, bounds, self.encoding)
        bare = texts.str.strip_prefix('"').str.strip_suffix('"').str.replace_all('""', '"', literal=True)
        return bare.zip_with(texts.str.starts_with('"'), texts)


def _texts(text: "NDArray[np.uint8]", bounds: "NDArray[np.int64]", encoding: str) -> "pl.Series":
    import polars as pl
    import pyarrow as pa

    content = text.tobytes()
    if encoding == "utf-8" or content.isascii():
        texts = pl.from_arrow(
            pa.LargeStringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(content))
        )
        assert isinstance(texts, pl.Series)
        return texts
    ends = bounds.tolist()
    return pl.Series([content[a:b].decode(encoding) for a, b in pairwise(ends)], dtype=pl.String)

"""Rows of a text table as pyarrow reads them, with nothing of Python left in its threads afterwards.

pyarrow reads ahead in threads of its own. What these hold of Python they can let go only while Python runs:
one that does so when Python ends takes the whole process down (SIGABRT, with all it would have said).
"""

import time
import weakref
from collections.abc import Callable, Generator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from gridgov.tables.table import TextFormat

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["MOST_COLUMNS", "text_batches"]

#: pyarrow must be told each column's type by name; no incident table is wider.
MOST_COLUMNS: Final = 4096
#: What pyarrow copies into memory of its own at a time.
_COPIED_BYTES: Final = 1 << 16
#: Threads let go within a millisecond; no end is waited for longer than this, in seconds.
_PATIENCE_S: Final = 10.0
_LOOK_S: Final = 0.0005


def text_batches(
    stream: BinaryIO,
    form: TextFormat,
    wrong: list[Any],
    *,
    quotes: bool,
    blank_rows: bool,
    block_bytes: int,
    columns: int = MOST_COLUMNS,
) -> "Generator[pa.RecordBatch]":
    """Text columns ``f0``, ``f1`` ... of all rows, the header among them, in blocks of `block_bytes`.

    Rows of another length than the header go to `wrong` instead. `quotes` says whether values may be quoted;
    there are at most so many `columns`. Close it to stop early. Raises what pyarrow raises of a table that it
    cannot read.
    """
    from pyarrow import csv as arrow_csv

    given: list[Any] = [_Bytes(stream), _noting(wrong)]
    held = [weakref.ref(each) for each in given]
    try:
        # Called from here: an error would keep what a function of its own was given.
        yield from arrow_csv.open_csv(
            _utf8(given[0], form),
            # With threads the numbers of the wrong rows would be unknown.
            read_options=arrow_csv.ReadOptions(
                use_threads=False, block_size=block_bytes, autogenerate_column_names=True
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=form.separator,
                newlines_in_values=quotes,
                ignore_empty_lines=not blank_rows,
                invalid_row_handler=given[1],
            ),
            convert_options=_as_texts(columns),
        )
    finally:
        given.clear()
        _wait_for_threads(held)


@lru_cache(maxsize=8)
def _as_texts(columns: int) -> Any:
    """Every column as text, whatever stands in it; to name many takes longer than to read a short file."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    return arrow_csv.ConvertOptions(
        column_types={f"f{number}": pa.string() for number in range(columns)},
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )


def _wait_for_threads(held: "list[weakref.ref[Any]]") -> None:
    """Wait until nothing holds these any more: then no thread has anything of Python left to let go."""
    begun = time.monotonic()
    while any(ref() is not None for ref in held) and time.monotonic() - begun < _PATIENCE_S:
        time.sleep(_LOOK_S)


class _Bytes:
    """A stream that pyarrow reads; nobody else holds it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.read = stream.read
        self.closed = False

    def close(self) -> None:
        """The stream is not its own."""
        self.closed = True


def _noting(wrong: list[Any]) -> Callable[[Any], str]:
    """What keeps rows of another length than the header."""

    def note(row: Any) -> str:
        wrong.append(row)
        return "skip"

    return note


def _utf8(given: _Bytes, form: TextFormat) -> "pa.NativeFile":
    """The bytes as UTF-8, copied: they are pyarrow's own, whichever thread has them last."""
    import pyarrow as pa

    utf8 = pa.transcoding_input_stream(pa.PythonFile(given, mode="r"), form.encoding, "utf-8")
    return pa.BufferedInputStream(utf8, _COPIED_BYTES)

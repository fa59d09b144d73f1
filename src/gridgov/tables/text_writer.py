"""Text tables written batch by batch, as a text table came."""

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from gridgov.errors import EncodingError
from gridgov.frames import without_polars
from gridgov.tables.byte_file import ByteFile, packed
from gridgov.tables.plain_rows import plain_rows
from gridgov.tables.table import EXCEL_TEXT, Batch, Behind, TextFormat
from gridgov.tables.text_lines import TextLines
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import polars as pl

__all__ = ["TextWriter"]

_SLICE_ROWS = 100_000
_SIGNS = frozenset("=+-@\t\r")
_FORMULA = r"^[=+\-@\t\r]"
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_LETTERS = 1 << 20


def _without_formulas(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Texts that a spreadsheet would take for formulas, with an apostrophe in front; numbers stay."""
    import polars as pl

    text = pl.col(pl.String)
    formula = text.str.contains(_FORMULA) & ~text.str.contains(_NUMBER)
    names = {name: f"'{name}" for name in frame.columns if name[:1] in _SIGNS}
    return frame.with_columns(pl.when(formula).then("'" + text).otherwise(text).name.keep()).rename(names)


def _flat(frame: "pl.DataFrame") -> "pl.DataFrame":
    """What a text table cannot hold: lists and structures as JSON, bytes as hexadecimal digits."""
    import polars as pl

    frame = frame.with_columns(pl.col(pl.Binary).bin.encode("hex"))
    nested = [column for column in frame.get_columns() if column.dtype.is_nested()]
    return frame.with_columns(
        pl.Series(
            column.name,
            [None if value is None else _json(value) for value in column.to_list()],
            dtype=pl.String,
        )
        for column in nested
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


class TextWriter:
    """Write a CSV file in `form`.

    GBK and GB2312 are written as GB18030, which holds them and every other character. If another encoding
    lacks a character, the file becomes UTF-8 with a byte order mark, and says so when it is closed.
    """

    def __init__(
        self,
        to: Path | BinaryIO,
        form: TextFormat = EXCEL_TEXT,
        *,
        packing: str | None = None,
        safe: bool = False,
    ) -> None:
        self._path = to if isinstance(to, Path) else None
        self._form, self._packing, self._safe = form, packing, safe
        self._header, self._notes = True, list[str]()
        self._file: IO[bytes] = packed(to, packing) if isinstance(to, Path) else to
        self._encoding = "gb18030" if form.encoding.lower().startswith("gb") else form.encoding
        self._begin()

    def write(self, batch: Batch) -> None:
        """Add rows; the first ones bring the header."""
        if isinstance(batch.lines, TextLines) and batch.behind is not None:
            self._write_lines(batch.lines, batch.behind)
            return
        if not self._write_few(batch):
            self._write_frame(batch.frame())

    def _write_lines(self, lines: TextLines, behind: Behind) -> None:
        """Add lines of a table that is written in the same form."""
        self._write_header([*lines.names, *behind.names])
        for piece in lines.with_behind(behind):
            self._file.write(piece)
        # polars writes to the file behind Python's buffer.
        self._file.flush()

    def _write_few(self, batch: Batch) -> bool:
        """Add rows that need no polars; answers whether they were."""
        import pyarrow as pa

        rows = batch.rows
        if self._safe or batch.added or not (isinstance(rows, pa.Table) and without_polars(len(rows))):
            return False
        texts = plain_rows([column.to_pylist() for column in rows.columns], self._form.separator)
        if texts is None:
            return False
        self._write_header(rows.column_names)
        self._put("".join(f"{text}{self._form.line_end}" for text in texts).encode())
        return True

    def _write_header(self, names: Sequence[str]) -> None:
        """Begin with the names of the columns, if nothing was written before."""
        texts = plain_rows([[name] for name in names], self._form.separator) if self._header else None
        if texts is not None:
            self._put(f"{texts[0]}{self._form.line_end}".encode())
            self._header = False

    def _put(self, text: bytes) -> None:
        """Add text, given as UTF-8."""
        if self._encoding == "utf-8":
            self._file.write(text)
            # polars writes to the file behind Python's buffer.
            self._file.flush()
        else:
            self._encode(text)

    def _write_frame(self, frame: "pl.DataFrame") -> None:
        if self._encoding == "utf-8":
            self._csv(frame, self._file)
            return
        for begin in range(0, max(frame.height, 1), _SLICE_ROWS):
            text = io.BytesIO()
            self._csv(frame.slice(begin, _SLICE_ROWS), text)
            self._encode(text.getvalue())

    def flush(self) -> None:
        """Give on what was written."""
        self._file.flush()

    def describe(self, told: Mapping[str, Any]) -> None:
        """It has no place for that."""

    def close(self) -> list[str]:
        """End the file; answers what had to be done otherwise."""
        self._file.close()
        return self._notes

    def abandon(self) -> None:
        """Let go of the file, whole or not."""
        self._file.close()

    def _csv(self, frame: "pl.DataFrame", file: IO[bytes]) -> None:
        frame = _flat(frame)
        frame = _without_formulas(frame) if self._safe else frame
        frame.write_csv(
            file,
            include_header=self._header,
            separator=self._form.separator,
            line_terminator=self._form.line_end,
        )
        self._header = False

    def _begin(self) -> None:
        if self._encoding.startswith(("utf-16", "utf-32")):
            # Each piece encoded alone would have a mark of its own.
            mark = "\ufeff".encode(f"{self._encoding}-le") if self._form.bom else b""
            self._file.write(mark)
            self._encoding = f"{self._encoding}-le" if self._form.bom else self._encoding
        elif self._encoding == "utf-8" and self._form.bom:
            self._file.write("\ufeff".encode())
        # polars writes to the file behind Python's buffer.
        self._file.flush()

    def _encode(self, text: bytes) -> None:
        try:
            self._file.write(text.decode().encode(self._encoding))
        except UnicodeEncodeError as error:
            lacking = error.object[error.start]
            if self._path is None:
                said = WORDS("encoding_lacks", encoding=self._form.encoding, lacking=lacking)
                raise EncodingError(WORDS("cannot_write", said=said)) from error
            self._notes.append(WORDS("written_utf8", encoding=self._form.encoding, lacking=lacking))
            self._become_utf8()
            self._file.write(text)
            self._file.flush()

    def _become_utf8(self) -> None:
        assert self._path is not None
        self._file.close()
        before = self._path.with_name(f"{self._path.name}.before")
        self._path.replace(before)
        try:
            self._file = packed(self._path, self._packing)
            self._file.write("\ufeff".encode())
            with ByteFile(before, self._packing).stream() as old_bytes:
                old = io.TextIOWrapper(old_bytes, self._encoding, newline="")
                for text in iter(lambda: old.read(_LETTERS), ""):
                    self._file.write(text.encode())
        finally:
            before.unlink()
        self._encoding = "utf-8"

"""Text tables written batch by batch, as a text table came."""

import io
from pathlib import Path
from typing import IO, TYPE_CHECKING

from gridgov.tables.byte_file import ByteFile, packed
from gridgov.tables.table import EXCEL_TEXT, Batch, TextFormat

if TYPE_CHECKING:
    import polars as pl

__all__ = ["TextWriter"]

_SLICE_ROWS = 100_000
_LETTERS = 1 << 20


class TextWriter:
    """Write a CSV file in `form`.

    GBK and GB2312 are written as GB18030, which holds them and every other character. If another encoding
    lacks a character, the file becomes UTF-8 with a byte order mark, and says so when it is closed.
    """

    def __init__(self, path: Path, form: TextFormat = EXCEL_TEXT, *, packing: str | None = None) -> None:
        self._path, self._form, self._packing = path, form, packing
        self._header, self._notes = True, list[str]()
        self._file: IO[bytes] = packed(path, packing)
        self._encoding = "gb18030" if form.encoding.lower().startswith("gb") else form.encoding
        self._begin()

    def write(self, batch: Batch) -> None:
        """Add rows; the first ones bring the header."""
        frame = batch.frame()
        if self._encoding == "utf-8":
            self._csv(frame, self._file)
            return
        for begin in range(0, max(frame.height, 1), _SLICE_ROWS):
            text = io.BytesIO()
            self._csv(frame.slice(begin, _SLICE_ROWS), text)
            self._encode(text.getvalue())

    def close(self) -> list[str]:
        """End the file; answers what had to be done otherwise."""
        self._file.close()
        return self._notes

    def abandon(self) -> None:
        """Let go of the file, whole or not."""
        self._file.close()

    def _csv(self, frame: "pl.DataFrame", file: IO[bytes]) -> None:
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
            self._notes.append(f"Written as UTF-8: {self._form.encoding} has no '{lacking}'.")
            self._become_utf8()
            self._file.write(text)
            self._file.flush()

    def _become_utf8(self) -> None:
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

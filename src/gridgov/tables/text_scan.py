"""One look over all bytes of a text table, for what would only come out in the middle of work."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gridgov.encodings import bytes_encoding, marked_encoding
from gridgov.errors import FormatError
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.words import WORDS

__all__ = ["TextScan", "scan_text"]

#: So few bytes are decoded in the time it takes to load what decodes more of them faster.
_FEW_BYTES: Final = 1 << 20

#: Letters of one, two, three and four bytes begin with this byte or a higher one.
_FIRST_OF: Final = (0x00, 0xC0, 0xE0, 0xF0)
_LETTER_GOES_ON: Final = 0x80


@dataclass(frozen=True, slots=True)
class TextScan:
    """In what a text table is written, as `encodings.text_encoding` answers it, and if it has quotes."""

    encoding: str
    quotes: bool

    @property
    def wide(self) -> bool:
        """Whether zero bytes are part of its letters."""
        return self.encoding.startswith(("utf-16", "utf-32"))


def scan_text(file: ByteFile, *, encoding: str | None = None) -> TextScan:
    """Read all bytes once.

    Raises FormatError with the line for a NUL byte, EncodingError with the line for bytes of no encoding.

    Notes
    -----
    Half a second for 1 GB of valid UTF-8.
    """
    marked = marked_encoding(file.head(4))
    valid = encoding is None and marked in {None, "utf-8-sig"}
    quotes, nul, letters = False, False, _Utf8()
    for piece in file.cuts():
        nul = nul or b"\0" in piece
        quotes = quotes or b'"' in piece
        valid = valid and letters.go_on(piece)
    if valid and not nul and letters.whole:
        return TextScan(marked or "utf-8", quotes)
    scan = TextScan(bytes_encoding(file.stream, declared=encoding, where=file.path.name), quotes)
    if nul and not scan.wide:
        raise FormatError(WORDS("nul_byte", file=file.shown, line=_line_of(file, b"\0")))
    return scan


def _line_of(file: ByteFile, byte: bytes) -> int:
    """The line on which a byte first stands, which is there."""
    line = 1
    for piece in file.pieces():
        if (found := piece.find(byte)) >= 0:
            return line + piece.count(b"\n", 0, found)
        line += piece.count(b"\n")
    return line


class _Utf8:
    """Whether bytes that come in pieces are UTF-8, also where a piece ends within a letter."""

    def __init__(self) -> None:
        self._begun = b""

    @property
    def whole(self) -> bool:
        """Whether the pieces so far end with a letter."""
        return not self._begun

    def go_on(self, piece: bytes) -> bool:
        """Whether the bytes so far are UTF-8, but for the end of this piece."""
        if piece.isascii():
            return self.whole
        # Where the first letter of its own begins; where none does, bytes of another one are too many.
        begin = next((at for at in range(min(len(piece), 4)) if not _goes_on(piece[at])), min(len(piece), 4))
        head = self._begun + piece[:begin]
        cut = len(piece) - _begun_bytes(piece)
        self._begun = piece[cut:]
        return _valid(memoryview(head)) and _valid(memoryview(piece)[begin:cut])


def _goes_on(byte: int) -> bool:
    """Whether a byte stands within a letter."""
    return _LETTER_GOES_ON <= byte < _FIRST_OF[1]


def _begun_bytes(piece: bytes) -> int:
    """How many bytes at the end are those of a letter that goes on."""
    for size in range(1, min(len(piece), 3) + 1):
        byte = piece[-size]
        if not _goes_on(byte):
            return size if size < sum(byte >= first for first in _FIRST_OF) else 0
    return 0


def _valid(piece: memoryview) -> bool:
    if len(piece) < _FEW_BYTES:
        return _is_decoded(piece)
    import pyarrow as pa

    # Four times as fast as Python's own decoding, and nothing is kept.
    bounds = pa.py_buffer(np.array([0, len(piece)], dtype=np.int64))
    text = pa.LargeStringArray.from_buffers(1, bounds, pa.py_buffer(piece))
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _is_decoded(piece: memoryview) -> bool:
    """The same by Python, without pyarrow, which takes longer to load."""
    try:
        str(piece, "utf-8")
    except UnicodeDecodeError:
        return False
    return True

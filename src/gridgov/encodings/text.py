"""In which encoding a text file is."""

import codecs
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from gridgov.encodings.names import SURELY_UTF8, codec, shown
from gridgov.encodings.words import WORDS
from gridgov.errors import EncodingError, InputMissingError

__all__ = ["bytes_encoding", "marked_encoding", "text_encoding"]

#: Gives the same bytes from their beginning, each time it is asked.
Reopen = Callable[[], AbstractContextManager[BinaryIO]]

_CHUNK: Final = 1 << 20
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: A file with more zero bytes than this share is not text in a one-byte encoding: UTF-16 without its mark.
_ZEROS: Final = 0.1

_FAULT_BYTES: Final = 16


def text_encoding(path: str | Path, *, declared: str | None = None) -> str:
    """In which encoding a text file is: by its mark (BOM), else UTF-8, else GB18030; all of it is decoded.

    Parameters
    ----------
    path
        A text file, e.g. CSV or GeoJSON.
    declared
        What the user stated. It wins, but the file must be valid in it.

    Returns
    -------
    str
        A name that Python's `open` takes: ``utf-8``, ``utf-8-sig`` (with a mark), ``utf-16``, ``utf-32``,
        ``gb18030``, or `declared`.

    Raises
    ------
    EncodingError
        Neither fits, or `declared` does not; says the line and the byte.

    Notes
    -----
    Reads the whole file in chunks of 1 MB: about 1 s per GB of ASCII, 5 s per GB of Chinese text.
    """
    path = Path(path)
    if not path.is_file():
        raise InputMissingError(WORDS("no_file", path=path))
    return bytes_encoding(lambda: path.open("rb"), declared=declared, where=path.name)


def bytes_encoding(reopen: Reopen, *, declared: str | None = None, where: str) -> str:
    """In which encoding bytes are that `reopen` gives from their beginning; as :func:`text_encoding`."""
    with reopen() as stream:
        marked = marked_encoding(stream.read(4))
    if declared is not None:
        stated = codec(declared, where=where)
        _insist(reopen, stated, where=where)
        return marked if marked == "utf-8-sig" and stated == "utf-8" else stated
    if marked is not None:
        fault = _first_fault(reopen, marked)
        if fault is not None:
            raise EncodingError(WORDS("mark_is_wrong", where=where, encoding=marked, fault=fault))
        return marked
    return _unmarked(reopen, where=where)


def marked_encoding(start: bytes) -> str | None:
    """What the byte order mark at the start of a file says, or None."""
    return next((name for mark, name in _BOMS if start.startswith(mark)), None)


def _unmarked(reopen: Reopen, *, where: str) -> str:
    with reopen() as stream:
        first = stream.read(_CHUNK)
    if first.count(0) > _ZEROS * len(first):
        raise EncodingError(WORDS("zero_bytes", where=where))
    fault = _first_fault(reopen, "utf-8")
    if fault is None:
        return "utf-8"
    if fault.letters >= SURELY_UTF8:
        raise EncodingError(WORDS("utf8_up_to", where=where, fault=fault))
    worse = _first_fault(reopen, "gb18030")
    if worse is None:
        return "gb18030"
    raise EncodingError(WORDS("neither", where=where, utf8=fault, gb=worse, option=WORDS("state_encoding")))


@dataclass(frozen=True, slots=True)
class _Fault:
    """Where decoding failed: byte from 0, line from 1, and how many letters beyond ASCII came before it."""

    byte: int
    line: int
    letters: int
    raw: bytes

    def __str__(self) -> str:
        return WORDS("line_byte", line=self.line, byte=self.byte, raw=shown(self.raw))


def _first_fault(reopen: Reopen, encoding: str) -> _Fault | None:
    """The first bytes of the file that are not valid, or None."""
    with reopen() as stream:
        return _fault_in(stream, encoding)


def _fault_in(stream: BinaryIO, encoding: str) -> _Fault | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    byte = letters = 0
    line, last = 1, False
    while not last:
        chunk = stream.read(_CHUNK)
        last = not chunk
        waiting = decoder.getstate()[0]
        try:
            text = decoder.decode(chunk, final=last)
        except UnicodeDecodeError as error:
            valid = error.object[: error.start]
            letters += _wide_letters(valid.decode(encoding, errors="ignore"))
            raw = error.object[error.start : error.start + _FAULT_BYTES]
            return _Fault(byte - len(waiting) + error.start, line + valid.count(b"\n"), letters, raw)
        byte += len(chunk)
        line += text.count("\n")
        letters += 0 if text.isascii() or letters >= SURELY_UTF8 else _wide_letters(text)
    return None


def _wide_letters(text: str) -> int:
    return len(text) - len(text.encode("ascii", errors="ignore"))


def _insist(reopen: Reopen, encoding: str, *, where: str) -> None:
    fault = _first_fault(reopen, encoding)
    if fault is not None:
        raise EncodingError(WORDS("not_in", where=where, encoding=encoding, fault=fault))

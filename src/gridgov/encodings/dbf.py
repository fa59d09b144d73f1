"""The text in a .dbf file as raw bytes: field names and the values that are not plain ASCII."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import IO, Final

import numpy as np

from gridgov.encodings.words import WORDS
from gridgov.errors import FormatError

__all__ = ["DbfHeader", "DbfText", "dbf_header", "dbf_texts"]

_BLOCK_BYTES: Final = 1 << 22
_HEADER_BYTES: Final = 32
_FIELD_BYTES: Final = 32
_NAME_BYTES: Final = 11
_END_OF_FIELDS: Final = 0x0D
_DELETED: Final = ord("*")
_NOT_ASCII: Final = 0x80


@dataclass(frozen=True, slots=True)
class DbfHeader:
    """What the header of a .dbf says; `fields` are (raw name, type, start in the record, width)."""

    rows: int
    header_bytes: int
    record_bytes: int
    code_page: int
    fields: tuple[tuple[bytes, str, int, int], ...]


@dataclass(frozen=True, slots=True)
class DbfText:
    """One value with bytes beyond ASCII: row from 1 (0 = a field name), raw field name, padding cut off.

    `full` says that it fills its field, so that the last character may be cut in two.
    """

    row: int
    field: bytes
    value: bytes
    full: bool


def dbf_header(stream: IO[bytes], *, where: str = "") -> DbfHeader:
    """Header of a .dbf, read from the start of `stream`; the stream then stands at the first record.

    Raises FormatError if it is no .dbf or is cut off.
    """
    start = stream.read(_HEADER_BYTES)
    header_bytes = int.from_bytes(start[8:10], "little")
    record_bytes = int.from_bytes(start[10:12], "little")
    described = stream.read(max(header_bytes - _HEADER_BYTES, 0))
    if len(start) + len(described) < header_bytes or not record_bytes or header_bytes <= _HEADER_BYTES:
        raise FormatError(WORDS("no_dbf", where=where, n=_HEADER_BYTES))
    fields, offset = [], 1
    for begin in range(0, len(described) - _FIELD_BYTES + 1, _FIELD_BYTES):
        field = described[begin : begin + _FIELD_BYTES]
        if field[0] == _END_OF_FIELDS:
            break
        fields.append((field[:_NAME_BYTES].split(b"\0")[0], chr(field[11]), offset, field[16]))
        offset += field[16]
    return DbfHeader(
        int.from_bytes(start[4:8], "little"), header_bytes, record_bytes, start[29], tuple(fields)
    )


def dbf_texts(stream: IO[bytes], header: DbfHeader) -> Iterator[list[DbfText]]:
    """Field names, then block by block the distinct text values of undeleted rows that are not ASCII."""
    yield [
        DbfText(0, name, name, len(name) >= _NAME_BYTES - 1)
        for name, *_ in header.fields
        if not name.isascii()
    ]
    step = max(_BLOCK_BYTES // header.record_bytes, 1)
    bounds = [*range(0, header.rows, step), header.rows]
    for first, last in pairwise(bounds):
        raw = stream.read((last - first) * header.record_bytes)
        rows = len(raw) // header.record_bytes
        block = np.frombuffer(raw, np.uint8, rows * header.record_bytes).reshape(rows, -1)
        yield [text for field in header.fields if field[1] == "C" for text in _texts(block, field, first)]


def _texts(block: np.ndarray, field: tuple[bytes, str, int, int], first: int) -> Iterator[DbfText]:
    name, _, start, width = field
    values = block[:, start : start + width]
    rows = np.flatnonzero((values >= _NOT_ASCII).any(axis=1) & (block[:, 0] != _DELETED))
    if not rows.size:
        return
    raw = np.ascontiguousarray(values[rows]).view(f"S{width}").ravel()
    unique, where = np.unique(raw, return_index=True)
    for value, row in zip(unique.tolist(), rows[where].tolist(), strict=True):
        text = value.rstrip(b" ")
        yield DbfText(first + row + 1, name, text, len(text) == width)

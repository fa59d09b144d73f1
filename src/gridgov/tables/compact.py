"""Values as Thrift's compact protocol writes them, which is how the footer of a Parquet file is written.

What a field means need not be known: `read_struct` gives every field, `struct_bytes` writes them all again.
"""

import struct
from typing import Any, Final, NamedTuple

__all__ = [
    "BINARY",
    "I16",
    "I64",
    "LIST",
    "STRUCT",
    "Field",
    "Listed",
    "Struct",
    "read_struct",
    "struct_bytes",
]

#: Kinds of values; what is true or false is a kind in the place of a value.
_TRUE, _FALSE, _BYTE, I16, _I32, I64, _DOUBLE, BINARY, LIST, _SET, _MAP, STRUCT = range(1, 13)

_NUMBERS: Final = frozenset({I16, _I32, I64})

#: Longer lists, and field numbers farther from the one before, are written in full.
_SHORT: Final = 15

#: The low seven bits of a byte hold a number's, the highest says that it goes on.
_SEVEN, _MORE = 0x7F, 0x80


class Field(NamedTuple):
    """A value and its kind."""

    kind: int
    value: Any


class Listed(NamedTuple):
    """Values of one kind."""

    kind: int
    values: list[Any]


#: Field number -> field.
Struct = dict[int, Field]


def read_struct(content: bytes) -> Struct:
    """The struct that some bytes begin with.

    Raises ValueError or IndexError if they are none.

    >>> read_struct(bytes.fromhex("15 04 18 02 68 69 00"))
    {1: Field(kind=5, value=2), 2: Field(kind=8, value=b'hi')}
    """
    return _Reader(content).struct()


def struct_bytes(fields: Struct) -> bytes:
    """A struct as bytes; the same ones that it was read from.

    >>> struct_bytes({1: Field(5, 2), 2: Field(BINARY, b"hi")}).hex()
    '15041802686900'
    """
    written = bytearray()
    _put_struct(written, fields)
    return bytes(written)


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def struct(self) -> Struct:
        fields: Struct = {}
        number = 0
        while head := self._byte():
            kind, step = head & _SHORT, head >> 4
            number = number + step if step else self._signed()
            fields[number] = Field(kind, kind == _TRUE if kind in (_TRUE, _FALSE) else self._value(kind))
        return fields

    def _value(self, kind: int) -> Any:
        if kind in _NUMBERS:
            return self._signed()
        if kind == BINARY:
            return self._bytes(self._number())
        if kind == STRUCT:
            return self.struct()
        if kind in (LIST, _SET):
            return self._listed()
        if kind in (_TRUE, _FALSE, _BYTE):
            return self._byte()
        if kind == _DOUBLE:
            return struct.unpack("<d", self._bytes(8))[0]
        # The footer of Parquet has no maps.
        raise ValueError(kind)

    def _listed(self) -> Listed:
        head = self._byte()
        kind, size = head & _SHORT, head >> 4
        size = self._number() if size == _SHORT else size
        return Listed(kind, [self._value(kind) for _ in range(size)])

    def _byte(self) -> int:
        self._at += 1
        return self._content[self._at - 1]

    def _bytes(self, size: int) -> bytes:
        found = self._content[self._at : self._at + size]
        if len(found) < size:
            raise IndexError(size)
        self._at += size
        return found

    def _number(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & _SEVEN) << shift
            shift += 7
            if byte < _MORE:
                return number

    def _signed(self) -> int:
        number = self._number()
        return (number >> 1) ^ -(number & 1)


def _put_struct(to: bytearray, fields: Struct) -> None:
    before = 0
    for number, (given, value) in sorted(fields.items()):
        kind = (_TRUE if value else _FALSE) if given in (_TRUE, _FALSE) else given
        if 0 < number - before <= _SHORT:
            to.append((number - before) << 4 | kind)
        else:
            to.append(kind)
            _put_signed(to, number)
        if kind not in (_TRUE, _FALSE):
            _put_value(to, kind, value)
        before = number
    to.append(0)


def _put_value(to: bytearray, kind: int, value: Any) -> None:
    if kind in _NUMBERS:
        _put_signed(to, value)
    elif kind == BINARY:
        _put_number(to, len(value))
        to += value
    elif kind == STRUCT:
        _put_struct(to, value)
    elif kind in (LIST, _SET):
        _put_listed(to, value)
    elif kind == _DOUBLE:
        to += struct.pack("<d", value)
    else:
        to.append(value)


def _put_listed(to: bytearray, listed: Listed) -> None:
    size = len(listed.values)
    to.append(min(size, _SHORT) << 4 | listed.kind)
    if size >= _SHORT:
        _put_number(to, size)
    for value in listed.values:
        _put_value(to, listed.kind, value)


def _put_number(to: bytearray, number: int) -> None:
    while number > _SEVEN:
        to.append(number & _SEVEN | _MORE)
        number >>= 7
    to.append(number)


def _put_signed(to: bytearray, number: int) -> None:
    _put_number(to, number << 1 if number >= 0 else (-number << 1) - 1)

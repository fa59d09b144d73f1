"""The row groups of a Parquet file as the bytes they are, carried into another file beside more columns.

A file of Parquet is row groups one after the other, in each the bytes of one column after the other, and a
footer that says where they begin. So columns can be added without a look at those that are there.
"""

import os
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final

from gridgov.tables.compact import (
    BINARY,
    I16,
    I64,
    LIST,
    STRUCT,
    Field,
    Listed,
    Struct,
    read_struct,
    struct_bytes,
)

__all__ = ["NAME", "Footer", "GroupPart", "RowGroups", "footer_of", "row_groups"]

#: What a file begins and ends with.
NAME: Final = b"PAR1"

#: Fields of a footer (`FileMetaData` of parquet.thrift).
_SCHEMA, _ROWS, _GROUPS, _TOLD, _ORDERS, _LOCKED = 2, 3, 4, 5, 7, 8
#: Of an element of the schema: how many stand below it.
_BELOW: Final = 5
#: Of a row group.
_COLUMNS, _ALL_BYTES, _GROUP_ROWS, _GROUP_BEGIN, _PACKED_BYTES, _ORDINAL = 1, 2, 3, 5, 6, 7
#: Of a column in a row group: another file it lies in, a place nobody reads any more, what is said of it, and
#: (from there on) places of what is not carried: lists of pages, keys.
_FILE, _OLD_PLACE, _SAID, _PLACES = 1, 2, 3, 4
#: Of what is said of it: the size of its bytes, unpacked and packed, places in the file, and places of
#: filters, which are not carried.
_UNPACKED, _PACKED, _DATA, _INDEX, _WORDS, _FILTERS = 6, 7, 9, 10, 11, (14, 15)

#: A footer of more bytes takes long to read.
_LARGEST_FOOTER: Final = 1 << 21
#: Answers to the rows of a group are written together: to so many they fit into memory.
_MOST_ROWS: Final = 1 << 21
#: Smaller groups, if there are several, are better put together.
_FEWEST_ROWS: Final = 50_000
#: Copied at a time.
_PIECE: Final = 1 << 22


@dataclass(frozen=True, slots=True, eq=False)
class RowGroups:
    """The row groups of a file.

    Attributes
    ----------
    path, footer
        The file, and what it says of itself.
    schema
        pyarrow Schema of its columns, without metadata.
    rows
        Rows of each group.
    """

    path: Path
    footer: Struct
    schema: Any
    rows: list[int]

    def copied(self, group: int, to: IO[bytes]) -> list[Struct]:
        """Copy the bytes of a group; answers its columns as the footer of the other file has them.

        Raises EOFError if the file ends before.
        """
        columns = []
        with self.path.open("rb") as file:
            for column in _columns(self.footer[_GROUPS].value.values[group]):
                begin, size = _extent(column)
                columns.append(_moved(column, to.tell() - begin))
                file.seek(begin)
                while size:
                    piece = file.read(min(size, _PIECE))
                    if not piece:
                        raise EOFError
                    to.write(piece)
                    size -= len(piece)
        return columns


@dataclass(frozen=True, slots=True)
class GroupPart:
    """Rows `begin` to `end` of a row group."""

    groups: RowGroups
    group: int
    begin: int
    end: int

    def __len__(self) -> int:
        return self.end - self.begin

    @property
    def last(self) -> bool:
        """Whether the group ends with them."""
        return self.end == self.groups.rows[self.group]


def row_groups(path: Path, schema: Any) -> RowGroups | None:
    """The row groups of a file; None where they are better read and written anew, or cannot be carried."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - _LARGEST_FOOTER, 0))
        end = file.read()
    try:
        footer = read_struct(footer_of(memoryview(end)))
        groups = footer[_GROUPS].value.values
        rows = [group[_GROUP_ROWS].value for group in groups]
        columns = list(chain.from_iterable(map(_columns, groups)))
        inside = all(_inside(column, size) for column in columns)
    except (ValueError, LookupError, AttributeError, TypeError):
        return None
    small = len(rows) > 1 and sum(rows) < _FEWEST_ROWS * len(rows)
    if not inside or _LOCKED in footer or not sum(rows) or small or max(rows) > _MOST_ROWS:
        return None
    return RowGroups(path, footer, schema, rows)


def footer_of(end: memoryview) -> bytes:
    """The footer in the last bytes of a file. Raises ValueError if it is none, or not all of it is there."""
    length = int.from_bytes(end[-8:-4], "little")
    if bytes(end[-4:]) != NAME or length > len(end) - 8:
        raise ValueError(length)
    return bytes(end[-8 - length : -8])


class Footer:
    """The footer of a file that is written: columns carried from another one, and columns added."""

    def __init__(self, carried: Struct) -> None:
        self._carried = carried
        self._groups: list[Struct] = []
        self._added: Struct = {}

    def add(self, carried: list[Struct], added: bytes, rows: int, *, at: int) -> None:
        """Add a row group: columns copied there, and those of a file with this footer, copied to `at`."""
        self._added = read_struct(added)
        [group] = self._added[_GROUPS].value.values
        columns = [*carried, *(_moved(column, at) for column in _columns(group))]
        said = [column[_SAID].value for column in columns]
        begin = min(_extent(column)[0] for column in columns)
        self._groups.append(
            {
                _COLUMNS: Field(LIST, Listed(STRUCT, columns)),
                _ALL_BYTES: Field(I64, sum(each[_UNPACKED].value for each in said)),
                _GROUP_ROWS: Field(I64, rows),
                _GROUP_BEGIN: Field(I64, begin),
                _PACKED_BYTES: Field(I64, sum(each[_PACKED].value for each in said)),
                _ORDINAL: Field(I16, len(self._groups)),
            }
        )

    def end(self, told: dict[str, str]) -> bytes:
        """The end of the file; `told` is what it says of itself by keys."""
        footer = dict(self._carried)
        root, *elements = footer[_SCHEMA].value.values
        other, *more = self._added[_SCHEMA].value.values
        below = root[_BELOW].value + other[_BELOW].value
        root = {**root, _BELOW: root[_BELOW]._replace(value=below)}
        footer[_SCHEMA] = Field(LIST, Listed(STRUCT, [root, *elements, *more]))
        footer[_ROWS] = Field(I64, sum(group[_GROUP_ROWS].value for group in self._groups))
        footer[_GROUPS] = Field(LIST, Listed(STRUCT, self._groups))
        pairs = [
            {1: Field(BINARY, key.encode()), 2: Field(BINARY, text.encode())} for key, text in told.items()
        ]
        footer[_TOLD] = Field(LIST, Listed(STRUCT, pairs))
        orders = footer.pop(_ORDERS, None)
        if orders is not None and _ORDERS in self._added:
            both = [*orders.value.values, *self._added[_ORDERS].value.values]
            footer[_ORDERS] = Field(LIST, Listed(STRUCT, both))
        content = struct_bytes(footer)
        return content + len(content).to_bytes(4, "little") + NAME


def _columns(group: Struct) -> list[Struct]:
    columns: list[Struct] = group[_COLUMNS].value.values
    return columns


def _extent(column: Struct) -> tuple[int, int]:
    """Where the bytes of a column in a row group begin, and how many there are."""
    said = column[_SAID].value
    places = [said[number].value for number in (_DATA, _INDEX, _WORDS) if number in said]
    # Some writers say 0 for what is not there.
    return min(place for place in places if place > 0), said[_PACKED].value


def _inside(column: Struct, end: int) -> bool:
    begin, size = _extent(column)
    return _FILE not in column and begin >= len(NAME) and begin + size <= end


def _moved(column: Struct, step: int) -> Struct:
    """What a footer says of a column whose bytes stand `step` bytes farther."""
    said = dict(column[_SAID].value)
    for number in (_DATA, _INDEX, _WORDS):
        if number in said and said[number].value > 0:
            said[number] = said[number]._replace(value=said[number].value + step)
    for number in _FILTERS:
        said.pop(number, None)
    moved = {number: field for number, field in column.items() if number < _PLACES}
    return {**moved, _OLD_PLACE: Field(I64, 0), _SAID: Field(STRUCT, said)}

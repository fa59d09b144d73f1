"""Parquet and GeoParquet written batch by batch."""

import base64
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from gridgov.errors import FormatError
from gridgov.tables.geometry import free_name, wkb_of
from gridgov.tables.row_groups import NAME, Footer, GroupPart, footer_of
from gridgov.tables.table import Batch
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import pyarrow as pa
    from pyproj import CRS

__all__ = ["ParquetWriter"]

_GEOPARQUET_VERSION: Final = "1.1.0"

#: Under this name Arrow finds which of its types the columns of a file have.
_SCHEMA: Final = "ARROW:schema"

#: So many first rows tell whether a column has values again and again; if more than this share are different,
#: a list of them takes longer to make than it saves.
_SAMPLE, _MOST_DIFFERENT = 20_000, 0.5


class ParquetWriter:
    """Write Parquet, or GeoParquet 1.1 if there are points."""

    def __init__(self, path: Path, *, crs: "CRS | None" = None, spatial: bool = False) -> None:
        self._path, self._crs, self._spatial = path, crs, spatial
        self._writer: Any = None
        self._schema: Any = None
        self._carrying: _Carrying | None = None

    def write(self, batch: Batch) -> None:
        """Add rows as one row group; parts of a row group with answers are carried as the bytes they are."""
        import pyarrow as pa

        if isinstance(batch.lines, GroupPart) and batch.coded:
            self._carrying = self._carrying or _Carrying(self._path, batch.lines)
            self._carrying.write(batch.lines, pa.table(dict(batch.coded)))
            return
        rows = batch.table()
        if self._spatial and batch.points is not None:
            name = free_name("geometry", rows.column_names)
            rows = rows.append_column(name, pa.array(wkb_of(batch.points.geometry), type=pa.binary()))
            if self._writer is None:
                rows = rows.replace_schema_metadata({"geo": json.dumps(self._described(name))})
        if self._writer is None:
            # What its types are is told when it is closed: codes of words are texts for those who read it.
            self._writer = _writer(self._path, rows, _listed(rows), batch.coded)
            self._schema = _plain(rows.schema, batch.coded)
        self._writer.write_table(_as_first(rows, self._writer.schema))

    def flush(self) -> None:
        """Nothing can be read of it before it is closed."""

    def describe(self, told: Mapping[str, Any]) -> None:
        """Say where the file comes from in its metadata, under the key gridgov."""
        (self._carrying or self._writer).add_key_value_metadata(
            {"gridgov": json.dumps(told, ensure_ascii=False)}
        )

    def close(self) -> list[str]:
        """End the file."""
        writer = self._carrying or self._writer
        schema = self._schema if self._carrying is None else self._carrying.schema
        writer.add_key_value_metadata({_SCHEMA: base64.b64encode(schema.serialize()).decode()})
        writer.close()
        return []

    def abandon(self) -> None:
        """Let go of the file, whole or not."""
        if self._carrying is not None:
            self._carrying.abandon()
        if self._writer is not None:
            self._writer.close()

    def _described(self, name: str) -> dict[str, Any]:
        crs = self._crs.to_json_dict() if self._crs is not None else None
        column = {"encoding": "WKB", "geometry_types": ["Point"], "crs": crs}
        return {"version": _GEOPARQUET_VERSION, "primary_column": name, "columns": {name: column}}


class _Carrying:
    """Writes row groups of another file as the bytes they are, each with columns added."""

    def __init__(self, path: Path, part: GroupPart) -> None:
        self._file: IO[bytes] = path.open("wb")
        self._file.write(NAME)
        self._groups, self._footer = part.groups, Footer(part.groups.footer)
        self._waiting: list[pa.Table] = []
        self._told: dict[str, str] = {}
        self._first: pa.Schema | None = None
        self._listed: list[str] | bool = True

    @property
    def schema(self) -> "pa.Schema":
        """The types of all columns for those who read them."""
        import pyarrow as pa

        added = self._first
        assert added is not None
        return pa.schema([*self._groups.schema, *_plain(added, added.names)])

    def write(self, part: GroupPart, added: "pa.Table") -> None:
        """Add some rows of a group; they are written with its last ones."""
        if self._first is None:
            self._first, self._listed = added.schema, _listed(added)
        self._waiting.append(_as_first(added, self._first))
        if part.last:
            self._write_group(part)

    def _write_group(self, part: GroupPart) -> None:
        import pyarrow as pa

        rows = pa.concat_tables(self._waiting)
        if len(self._waiting) > 1:
            rows = rows.unify_dictionaries().combine_chunks()
        self._waiting = []
        sink = pa.BufferOutputStream()
        with _writer(sink, rows, self._listed, rows.column_names) as writer:
            writer.write_table(rows, row_group_size=len(rows))
        written = memoryview(sink.getvalue())
        try:
            carried = part.groups.copied(part.group, self._file)
        except EOFError as error:
            raise FormatError(WORDS("damaged", path=part.groups.path)) from error
        begin = self._file.tell()
        self._file.write(written)
        self._footer.add(carried, footer_of(written), len(rows), at=begin)

    def add_key_value_metadata(self, told: Mapping[str, str]) -> None:
        """Say something of the file by keys."""
        self._told |= told

    def close(self) -> None:
        """End the file."""
        assert not self._waiting
        self._file.write(self._footer.end(self._told))
        self._file.close()

    def abandon(self) -> None:
        """Let go of the file."""
        self._file.close()


def _writer(to: Any, rows: "pa.Table", listed: "list[str] | bool", coded: Collection[str]) -> Any:
    """A writer of rows like these; least and greatest words are not told: to find them takes the longest."""
    import pyarrow.parquet as pq

    told = [name for name in rows.column_names if name not in coded]
    return pq.ParquetWriter(
        to,
        rows.schema,
        compression="zstd",
        use_dictionary=listed,
        write_statistics=told,
        store_schema=False,
    )


def _listed(rows: "pa.Table") -> "list[str] | bool":
    """Columns whose values are written as a list of those that differ, and positions in it."""
    import pyarrow as pa

    if any(pa.types.is_nested(field.type) for field in rows.schema):
        return True
    some = rows.slice(0, _SAMPLE)
    return [name for name in rows.column_names if _repeats(some.column(name))]


def _repeats(column: "pa.ChunkedArray") -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        return True
    try:
        return bool(pc.count_distinct(column).as_py() <= _MOST_DIFFERENT * len(column))
    except pa.ArrowNotImplementedError:
        return True


def _plain(schema: "pa.Schema", coded: Collection[str]) -> "pa.Schema":
    """A schema whose coded columns are texts."""
    for at, field in enumerate(schema):
        if field.name in coded and hasattr(field.type, "value_type"):
            schema = schema.set(at, field.with_type(field.type.value_type))
    return schema


def _as_first(rows: "pa.Table", schema: "pa.Schema") -> "pa.Table":
    """Rows with the types of the first batch, where a type was not sure: a column without any value."""
    return (
        rows.cast(schema)
        if rows.schema.types != schema.types
        else rows.replace_schema_metadata(schema.metadata)
    )

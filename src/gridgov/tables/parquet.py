"""Parquet and GeoParquet, batch by batch, types kept."""

import base64
import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.errors import FormatError
from gridgov.tables.geometry import crs_of, free_name, map_points, wkb_of
from gridgov.tables.table import BATCH_ROWS, Batch, TableStream
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import pyarrow as pa
    from pyproj import CRS

__all__ = ["ParquetWriter", "open_parquet"]

_GEOPARQUET_VERSION: Final = "1.1.0"

#: Under this name Arrow finds which of its types the columns of a file have.
_SCHEMA: Final = "ARROW:schema"

#: So many first rows tell whether a column has values again and again; if more than this share are different,
#: a list of them takes longer to make than it saves.
_SAMPLE, _MOST_DIFFERENT = 20_000, 0.5


def open_parquet(path: Path, *, batch_rows: int = BATCH_ROWS) -> TableStream:
    """Rows of a Parquet or GeoParquet file with the types they have."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise FormatError(WORDS("damaged", path=path)) from error
    described = (file.schema_arrow.metadata or {}).get(b"geo")
    geo = json.loads(described) if described else None
    column = geo["primary_column"] if geo else None
    names = tuple(name for name in file.schema_arrow.names if name != column)
    read = 0

    def batches() -> Iterator[Batch]:
        nonlocal read
        try:
            for rows in _tables(file, batch_rows):
                points = None
                if column is not None:
                    points = map_points(path, rows.column(column), crs, first_row=read)
                read += len(rows)
                yield Batch(rows.drop_columns([column]) if column else rows, points)
        except (pa.ArrowInvalid, OSError) as error:
            if getattr(error, "errno", None) is not None:
                raise
            raise FormatError(WORDS("damaged", path=path)) from error
        finally:
            file.close()

    # The standard: no crs means longitude and latitude in WGS 84, null means unknown.
    crs = crs_of(geo["columns"][column].get("crs", "OGC:CRS84")) if geo else None
    all_rows = file.metadata.num_rows
    return TableStream(
        path,
        names,
        batches(),
        spatial=geo is not None,
        crs=crs,
        done=lambda: read / all_rows if all_rows else 1.0,
        rows_about=all_rows,
    )


def _tables(file: Any, batch_rows: int) -> "Iterator[pa.Table]":
    import pyarrow as pa

    if not file.metadata.num_rows:
        yield file.schema_arrow.remove_metadata().empty_table()
    for batch in file.iter_batches(batch_size=batch_rows):
        yield pa.Table.from_batches([batch]).replace_schema_metadata(None)


class ParquetWriter:
    """Write Parquet, or GeoParquet 1.1 if there are points."""

    def __init__(self, path: Path, *, crs: "CRS | None" = None, spatial: bool = False) -> None:
        self._path, self._crs, self._spatial = path, crs, spatial
        self._writer: Any = None
        self._schema: Any = None

    def write(self, batch: Batch) -> None:
        """Add rows as one row group."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        rows = batch.table()
        if self._spatial and batch.points is not None:
            name = free_name("geometry", rows.column_names)
            rows = rows.append_column(name, pa.array(wkb_of(batch.points.geometry), type=pa.binary()))
            if self._writer is None:
                rows = rows.replace_schema_metadata({"geo": json.dumps(self._described(name))})
        if self._writer is None:
            # What its types are is told when it is closed: codes of words are texts for those who read it.
            self._writer = pq.ParquetWriter(
                self._path, rows.schema, compression="zstd", use_dictionary=_listed(rows), store_schema=False
            )
            self._schema = _plain(rows.schema, batch.coded)
        self._writer.write_table(_as_first(rows, self._writer.schema))

    def flush(self) -> None:
        """Nothing can be read of it before it is closed."""

    def describe(self, told: Mapping[str, Any]) -> None:
        """Say where the file comes from in its metadata, under the key gridgov."""
        self._writer.add_key_value_metadata({"gridgov": json.dumps(told, ensure_ascii=False)})

    def close(self) -> list[str]:
        """End the file."""
        schema = base64.b64encode(self._schema.serialize()).decode()
        self._writer.add_key_value_metadata({_SCHEMA: schema})
        self._writer.close()
        return []

    def abandon(self) -> None:
        """Let go of the file, whole or not."""
        if self._writer is not None:
            self._writer.close()

    def _described(self, name: str) -> dict[str, Any]:
        crs = self._crs.to_json_dict() if self._crs is not None else None
        column = {"encoding": "WKB", "geometry_types": ["Point"], "crs": crs}
        return {"version": _GEOPARQUET_VERSION, "primary_column": name, "columns": {name: column}}


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

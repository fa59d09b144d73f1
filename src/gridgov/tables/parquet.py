"""Parquet and GeoParquet, batch by batch, types kept."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridgov.errors import FormatError
from gridgov.tables.geometry import crs_of, map_points
from gridgov.tables.row_groups import GroupPart, RowGroups, row_groups
from gridgov.tables.table import BATCH_ROWS, Batch, TableStream
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["open_parquet"]


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
    groups = None if geo else row_groups(path, file.schema_arrow.remove_metadata())
    read = 0

    def batches() -> Iterator[Batch]:
        nonlocal read
        try:
            for rows, part in _tables(file, groups, batch_rows):
                points = None
                if column is not None:
                    points = map_points(path, rows.column(column), crs, first_row=read)
                read += len(rows)
                yield Batch(rows.drop_columns([column]) if column else rows, points, lines=part)
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


def _tables(
    file: Any, groups: RowGroups | None, batch_rows: int
) -> "Iterator[tuple[pa.Table, GroupPart | None]]":
    """The rows in batches; none goes from one row group into the next if these can be carried."""
    import pyarrow as pa

    if not file.metadata.num_rows:
        yield file.schema_arrow.remove_metadata().empty_table(), None
    for group in [None] if groups is None else range(len(groups.rows)):
        end, some = 0, None if group is None else [group]
        for batch in file.iter_batches(batch_size=batch_rows, row_groups=some):
            begin, end = end, end + len(batch)
            part = None if groups is None or group is None else GroupPart(groups, group, begin, end)
            yield pa.Table.from_batches([batch]).replace_schema_metadata(None), part

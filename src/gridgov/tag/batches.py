"""Incidents in a stream of Arrow batches, from one program through gridgov to another."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridgov.assign import BORDER_M, NEAREST_M
from gridgov.errors import ArgumentError
from gridgov.lookup import Atlas
from gridgov.tables import Batch, TableFormat, TableStream
from gridgov.tag.added import Added
from gridgov.tag.asking import Asking
from gridgov.tag.options import TagOptions
from gridgov.tag.tally import Tally
from gridgov.tag.words import WORDS

if TYPE_CHECKING:
    import pyarrow as pa

    from gridgov.owners import Rules
    from gridgov.tag.asked import Asked

__all__ = ["answered", "asking_of", "assign_batches"]


def asking_of(columns: Sequence[str], cells: object, options: TagOptions, *, called: str) -> Asking:
    """How batches with such columns are asked; messages call them `called`."""
    stream = TableStream(Path(called), tuple(columns), iter(()))
    return Asking.of(stream, Atlas.of(cells), options, output=stream.path, form=TableFormat("parquet"))


def answered(rows: "pa.Table", asking: Asking, added: Added) -> "tuple[Asked, pa.Table]":
    """The answers for some rows, and the rows with them behind."""
    asked = asking.ask(Batch(rows))
    return asked, Batch(rows, added=added.columns(asked.answers)).table()


def assign_batches(
    reader: Any,
    cells: object,
    *,
    lon: str | None = None,
    lat: str | None = None,
    crs: object = None,
    border_m: float = BORDER_M,
    nearest_m: float = NEAREST_M,
    accuracy_m: float | None = None,
    accuracy_column: str | None = None,
    place: Sequence[str] | Mapping[str, str] | None = None,
    rules: "Rules | None" = None,
    category: str | None = None,
    time: str | None = None,
    prefix: str = "",
    columns: Sequence[str] | None = None,
    rename: Mapping[str, str] | None = None,
) -> "pa.RecordBatchReader":
    """Incidents with their cell, grid, owners and handler, batch by batch.

    Parameters
    ----------
    reader
        pyarrow RecordBatchReader, or whatever has ``__arrow_c_stream__``: a DuckDB relation, a polars
        DataFrame, a pyarrow Table, a dataset's scanner as reader.
    cells
        A `Network`, its `.cells`, or one unmerged layer from `read_grids`.
    lon, lat, crs, border_m, nearest_m, accuracy_m, accuracy_column, place, rules, category, time, prefix, \
columns, rename
        As in `assign_incidents`.

    Returns
    -------
    pyarrow.RecordBatchReader
        The same batches in the same order, their columns untouched, the answers behind. It also has
        ``__arrow_c_stream__``. A batch is read when one is asked for, so that memory does not grow.

    Raises
    ------
    ArgumentError
        `reader` gives no Arrow batches; else as `assign_incidents`.
    SchemaError, CRSError, RulesError
        As `assign_incidents`; what a row is to blame for is raised when its batch is read.

    >>> import geopandas as gpd
    >>> import pyarrow as pa
    >>> from shapely import box
    >>> wards = gpd.GeoDataFrame(
    ...     {"grid_id": ["1"], "name": None, "owner": ["north"]},
    ...     geometry=[box(-77.1, 38.9, -77.0, 39.0)],
    ...     crs="EPSG:4326",
    ... )
    >>> given = pa.table({"lon": [-77.05], "lat": [38.95]})
    >>> assign_batches(given, wards, columns=["grid_id", "cell_status"]).read_all().to_pylist()
    [{'lon': -77.05, 'lat': 38.95, 'grid_id': '1', 'cell_status': 'inside'}]
    """
    import pyarrow as pa

    if isinstance(reader, pa.RecordBatchReader):
        given = reader
    elif hasattr(reader, "__arrow_c_stream__"):
        given = pa.RecordBatchReader.from_stream(reader)
    else:
        raise ArgumentError(WORDS("no_batches", name=type(reader).__name__))
    options = TagOptions(
        lon=lon,
        lat=lat,
        crs=crs,
        border_m=border_m,
        nearest_m=nearest_m,
        accuracy_m=accuracy_m,
        accuracy_column=accuracy_column,
        place=place,
        rules=rules,
        category=category,
        time=time,
        prefix=prefix,
        columns=columns,
        rename=rename or {},
    )
    asking = asking_of(given.schema.names, cells, options, called="the batches")
    added, tally = Added(asking.names), Tally(asking)
    schema = answered(given.schema.empty_table(), asking, added)[1].schema

    def batches() -> "Iterator[pa.RecordBatch]":
        for batch in given:
            asked, rows = answered(pa.Table.from_batches([batch]), asking, added)
            tally.add(asked)
            yield from rows.cast(schema).combine_chunks().to_batches()
        tally.end()

    return pa.RecordBatchReader.from_batches(schema, batches())

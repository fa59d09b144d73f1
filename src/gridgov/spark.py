"""Incidents assigned on a cluster: the same columns and answers as `assign_incidents`, row for row."""

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from gridgov import datum
from gridgov.assign import BORDER_M, NEAREST_M
from gridgov.errors import ArgumentError, CRSError, SchemaError
from gridgov.index import count_points
from gridgov.language import examples
from gridgov.lookup import DEFAULT_CRS, Atlas
from gridgov.lookup.words import WORDS
from gridgov.tag.added import Added
from gridgov.tag.asking import Asking
from gridgov.tag.batches import answered, asking_of
from gridgov.tag.options import TagOptions

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from gridgov.owners import Rules

__all__ = ["assign"]

#: Rows asked at a time: Spark hands over 10,000, and each asking costs some milliseconds of its own.
_ROWS: Final = 100_000

#: A task has one core, and so numba one thread, unless the workers' environment says otherwise.
_THREADS: Final = ("NUMBA_NUM_THREADS", "1")


def assign(
    df: "DataFrame",
    cells: object,
    *,
    lon: str | None = None,
    lat: str | None = None,
    crs: object = None,
    border_m: float = BORDER_M,
    nearest_m: float = NEAREST_M,
    place: Sequence[str] | Mapping[str, str] | None = None,
    rules: "Rules | None" = None,
    category: str | None = None,
    time: str | None = None,
    prefix: str = "",
    columns: Sequence[str] | None = None,
    rename: Mapping[str, str] | None = None,
    accuracy_m: float | None = None,
    accuracy_column: str | None = None,
) -> "DataFrame":
    """Incidents of a Spark DataFrame with their cell, grid, owners and handler.

    Parameters
    ----------
    df
        One incident per row. Nothing of it is read yet.
    cells
        A `Network`, its `.cells`, one unmerged layer, or an `Atlas`. It is made ready here, once, and sent to
        every executor.
    lon, lat, crs, border_m, nearest_m, accuracy_m, accuracy_column
        As in `assign_incidents`; in China `crs` must be said in any case, for no task sees all rows.
    place, rules, category, time, prefix, columns, rename
        As in `assign_incidents`.

    Returns
    -------
    pyspark.sql.DataFrame
        Every row of `df` once, the answers added at its end; rows stay in their partitions and in their order
        there. Lazy, as everything in Spark: rows are asked when an action needs them.

    Raises
    ------
    SchemaError, ArgumentError, CRSError, RulesError
        As in `assign_incidents`, at once, for all that follows from columns and options. Two rules that
        contradict each other on one row fail the task that finds it, with the same words.

    Notes
    -----
    `DataFrame.mapInArrow` with the cells as a broadcast variable: no shuffle, no state, so that a task run
    again gives the same rows. Executors need gridgov of the same version. Cost: docs/spark.md.
    """
    atlas = Atlas.of(cells)
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
    asking = asking_of(df.columns, atlas, options, called="the DataFrame")
    if asking.replaced:
        raise SchemaError(WORDS("already_has", clashes=examples(asking.replaced)))
    if asking.coordinates and crs is None and atlas.in_china():
        raise CRSError(
            "points in China need their datum: say crs= gcj02 (Amap, Tencent, most apps; 600 m off), "
            "bd09 (Baidu; 1.3 km off), or cgcs2000 or wgs84 (surveys, satellite receivers)"
        )
    schema = _schema(df, asking)
    atlas.index.asked_in(datum.parse_crs(DEFAULT_CRS if crs is None else crs)).draw()
    with warnings.catch_warnings():
        # Of a pandas newer than Spark knows; nothing here goes through pandas.
        warnings.simplefilter("ignore", FutureWarning)
        return df.mapInArrow(_task(_broadcast(df, asking)), schema=schema)


def _schema(df: "DataFrame", asking: Asking) -> Any:
    """The columns of `df`, and those that are added: of no rows, so that what cannot be asked is refused."""
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_type
    from pyspark.sql.types import StructField, StructType

    nothing = pa.schema([(name, pa.string()) for name in df.columns]).empty_table()
    _, table = answered(nothing, asking, Added(asking.names))
    added = [table.schema.field(name) for name in asking.names.values()]
    return StructType([*df.schema.fields, *(StructField(f.name, from_arrow_type(f.type)) for f in added)])


def _broadcast(df: "DataFrame", value: object) -> Any:
    from pyspark.errors import PySparkException

    try:
        return df.sparkSession.sparkContext.broadcast(value)
    except (PySparkException, AttributeError) as error:
        raise ArgumentError(
            "gridgov.spark needs a session of its own driver, not Spark Connect: run it with spark-submit"
        ) from error


def _task(broadcast: Any) -> "Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]":
    """What runs on the executors, once for each partition."""

    def task(batches: "Iterable[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        asking = broadcast.value
        added = Added(asking.names)
        os.environ.setdefault(*_THREADS)
        for rows in _helpings(batches):
            # A worker lives on for more tasks than this one.
            count_points(rows.num_rows)
            yield from answered(rows, asking, added)[1].combine_chunks().to_batches()

    return task


def _helpings(batches: "Iterable[pa.RecordBatch]") -> "Iterator[pa.Table]":
    """The rows of some batches at a time, in their order."""
    import pyarrow as pa

    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= _ROWS:
            yield pa.Table.from_batches(waiting).combine_chunks()
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting).combine_chunks()

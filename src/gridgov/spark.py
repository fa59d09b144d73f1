"""Incidents assigned on a cluster: the same columns and answers as `assign_incidents`, row for row."""

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gridgov import frames
from gridgov.answering import answer_columns
from gridgov.assign import BORDER_M, NEAREST_M
from gridgov.errors import ArgumentError, CRSError
from gridgov.index import count_points
from gridgov.lookup import (
    Answers,
    Atlas,
    IncidentRules,
    added_names,
    incident_points,
    incident_widths,
    place_points,
    recorded_columns,
)
from gridgov.lookup.incidents import coordinate_columns

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray
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
    asking = _Asking.of(
        df.columns,
        atlas,
        lon=lon,
        lat=lat,
        crs=crs,
        place=place,
        rules=IncidentRules.of(df.columns, atlas, rules, category=category, time=time),
        widths={"border_m": border_m, "accuracy_m": accuracy_m, "column": accuracy_column},
        nearest_m=nearest_m,
        naming={"columns": columns, "prefix": prefix, "rename": rename or {}},
    )
    _make_ready(df, atlas, asking)
    with warnings.catch_warnings():
        # Of a pandas newer than Spark knows; nothing here goes through pandas.
        warnings.simplefilter("ignore", FutureWarning)
        return df.mapInArrow(_task(_broadcast(df, (atlas, asking))), schema=_schema(df, atlas, asking))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """All that is known before the rows are: how they are asked, and what the answers are called."""

    lon: str | None
    lat: str | None
    crs: object
    recorded: Mapping[str, str]
    rules: IncidentRules
    widths: Mapping[str, Any]
    nearest_m: float
    names: Mapping[str, str]

    @classmethod
    def of(
        cls,
        columns: Sequence[str],
        atlas: Atlas,
        *,
        lon: str | None,
        lat: str | None,
        crs: object,
        place: Sequence[str] | Mapping[str, str] | None,
        rules: IncidentRules,
        widths: Mapping[str, Any],
        nearest_m: float,
        naming: Mapping[str, Any],
    ) -> "_Asking":
        recorded = recorded_columns(columns, atlas, place)
        found = coordinate_columns(columns, lon=lon, lat=lat, required=not recorded)
        if found and crs is None and atlas.in_china():
            raise CRSError(
                "points in China need their datum: say crs= gcj02 (Amap, Tencent, most apps; 600 m off), "
                "bd09 (Baidu; 1.3 km off), or cgcs2000 or wgs84 (surveys, satellite receivers)"
            )
        names = added_names(atlas, carried=rules.carried(), taken=columns, **naming)
        return cls(
            lon=lon,
            lat=lat,
            crs=crs,
            recorded=recorded,
            rules=rules,
            widths=widths,
            nearest_m=nearest_m,
            names=names,
        )

    def answers(self, atlas: Atlas, table: "pa.Table") -> "Mapping[str, Answers | NDArray[Any]]":
        """The answers of some rows, by the names of the assignment columns."""
        recorded = {rung: frames.column_values(table, name) for rung, name in self.recorded.items()}
        points = incident_points(
            table, atlas, lon=self.lon, lat=self.lat, crs=self.crs, recorded=recorded, whole=False
        )
        widths = incident_widths(table, **self.widths)
        return answer_columns(
            atlas,
            points,
            place_points(atlas, points, border_m=widths.metres, nearest_m=self.nearest_m),
            recorded=recorded,
            handling=self.rules.handling(table),
            further=[name for name in self.names if name in atlas.further],
        )


def _make_ready(df: "DataFrame", atlas: Atlas, asking: _Asking) -> None:
    """Have the index drawn here once, not by every executor; refuse what these columns cannot be asked."""
    import pyarrow as pa

    from gridgov import datum
    from gridgov.lookup.points import DEFAULT_CRS

    nothing = pa.schema([(name, pa.string()) for name in df.columns]).empty_table()
    asking.answers(atlas, nothing)
    atlas.index.asked_in(datum.parse_crs(DEFAULT_CRS if asking.crs is None else asking.crs)).draw()


def _broadcast(df: "DataFrame", value: object) -> Any:
    from pyspark.errors import PySparkException

    try:
        return df.sparkSession.sparkContext.broadcast(value)
    except (PySparkException, AttributeError) as error:
        raise ArgumentError(
            "gridgov.spark needs a session of its own driver, not Spark Connect: run it with spark-submit"
        ) from error


def _schema(df: "DataFrame", atlas: Atlas, asking: _Asking) -> Any:
    """The columns of `df`, and those that are added."""
    from pyspark.sql.pandas.types import from_arrow_type
    from pyspark.sql.types import StructField, StructType

    added = [StructField(new, from_arrow_type(_type(atlas, name))) for name, new in asking.names.items()]
    return StructType([*df.schema.fields, *added])


def _type(atlas: Atlas, name: str) -> "pa.DataType":
    """Arrow's type of an assignment column, the same whatever the rows hold."""
    import pyarrow as pa

    if name == "cell_distance_m":
        return pa.float64()
    if name == "review":
        return pa.bool_()
    values = atlas.further.get(name)
    return pa.string() if values is None else _array(values).type


def _array(values: "NDArray[Any]") -> "pa.Array":
    """A column of the cells as Arrow has it: text if it holds text or nothing."""
    import pyarrow as pa

    array = pa.array(values, from_pandas=True)
    return array.cast(pa.string()) if pa.types.is_null(array.type) else array


def _task(broadcast: Any) -> "Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]":
    """What runs on the executors, once for each partition."""

    def task(batches: "Iterable[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        atlas, asking = broadcast.value
        os.environ.setdefault(*_THREADS)
        for table in _helpings(batches):
            # A worker lives on for more tasks than this one.
            count_points(table.num_rows)
            yield _with_answers(table, atlas, asking)

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


def _with_answers(table: "pa.Table", atlas: Atlas, asking: _Asking) -> "pa.RecordBatch":
    import pyarrow as pa

    answers = asking.answers(atlas, table)
    for name, new in asking.names.items():
        table = table.append_column(new, _column(answers[name], _type(atlas, name)))
    [batch] = table.to_batches() or [pa.RecordBatch.from_pylist([], schema=table.schema)]
    return batch


def _column(column: "Answers | NDArray[Any]", kind: "pa.DataType") -> "pa.Array":
    """A column of answers as Arrow has it; values of the cells are gathered, not made again."""
    import pyarrow as pa
    from pyarrow import compute

    if not isinstance(column, Answers):
        return pa.array(column, type=kind, from_pandas=True)
    values = pa.array(column.values, type=kind, from_pandas=True)
    # -1 is the last value, None.
    codes = np.where(column.codes < 0, column.codes + len(values), column.codes)
    gathered = values.take(pa.array(codes))
    if not len(column.rows):
        return gathered
    other = np.zeros(len(codes), dtype=np.bool_)
    other[column.rows] = True
    order = np.argsort(column.rows, kind="stable")
    texts = pa.array(column.texts[order], type=kind, from_pandas=True)
    return compute.replace_with_mask(gathered, pa.array(other), texts)

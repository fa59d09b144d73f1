"""Rows whose recorded unit is not the located one: a list of their own, to be looked at."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from gridgov.tables import Batch, unpacked

if TYPE_CHECKING:
    from gridgov.recorded import Mismatches

__all__ = ["MISMATCH_COLUMNS", "mismatches_batch", "mismatches_path"]

#: First columns of the list: data row of the input, from 1; ids of the units; metres from the point to the
#: unit recorded, empty where the cells have no such unit.
MISMATCH_COLUMNS: Final = ("_row", "_recorded", "_located", "_distance_m")


def mismatches_path(output: str | Path) -> Path:
    """Where the list goes unless told otherwise: beside the output.

    >>> mismatches_path("tagged.xlsx").name
    'tagged.mismatches.csv'
    """
    return Path(output).with_name(f"{unpacked(output).stem}.mismatches.csv")


def mismatches_batch(differing: Batch, found: "Mismatches", *, first_row: int) -> Batch:
    """The rows that differ as they came, behind their number, units and distance.

    `found` counts from row `first_row`. Columns of an earlier list are replaced.
    """
    import polars as pl
    import pyarrow as pa

    rows, distance = (
        differing.rows,
        [None if np.isnan(metres) else metres for metres in found.distance_m.tolist()],
    )
    values = (found.row + first_row, found.recorded.tolist(), found.located.tolist(), distance)
    if isinstance(rows, pl.DataFrame):
        types = (pl.Int64, pl.String, pl.String, pl.Float64)
        columns = [pl.Series(*each) for each in zip(MISMATCH_COLUMNS, values, types, strict=True)]
        old = [name for name in rows.columns if name in MISMATCH_COLUMNS]
        return Batch(rows.drop(old).select(*columns, pl.all()), differing.points)
    rows = rows.drop_columns([name for name in rows.column_names if name in MISMATCH_COLUMNS])
    kinds = (pa.int64(), pa.string(), pa.string(), pa.float64())
    for place, (name, column, kind) in enumerate(zip(MISMATCH_COLUMNS, values, kinds, strict=True)):
        rows = rows.add_column(place, name, pa.array(column, kind))
    return Batch(rows, differing.points)

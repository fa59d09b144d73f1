"""Columns of typed tables whose plain numbers are read without a look at each text."""

from typing import TYPE_CHECKING, Any

import numpy as np

from gridgov.index.compiled import loaded

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["plain_numbers"]


def plain_numbers(rows: Any, name: str) -> "NDArray[np.float64] | None":
    """Numbers of a column of a pyarrow Table, NaN for what is none, or not surely one as it stands.

    None for other tables, for columns of other types than float64 and text, and without the loops for text.
    """
    import pyarrow as pa

    if not isinstance(rows, pa.Table) or rows.column(name).num_chunks != 1:
        return None
    column = rows.column(name).chunk(0)
    if column.type == pa.float64():
        numbers = np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
    elif column.type in (pa.string(), pa.large_string()) and loaded():
        numbers = _of_texts(column)
    else:
        return None
    return numbers


def _of_texts(column: "pa.Array") -> "NDArray[np.float64]":
    from gridgov.tables.number_loops import numbers_in

    _, bounds, content = column.buffers()
    wide = str(column.type) == "large_string"
    ends = np.frombuffer(bounds, dtype=np.int64 if wide else np.int32)
    ends = ends[column.offset : column.offset + len(column) + 1].astype(np.int64)
    letters = np.frombuffer(content or b"", dtype=np.uint8)
    letters.setflags(write=False)
    numbers: NDArray[np.float64] = numbers_in(letters, ends)
    if column.null_count:
        numbers[np.asarray(column.is_null().to_numpy(zero_copy_only=False))] = np.nan
    return numbers

"""Tables of any kind (pandas, geopandas, polars, Arrow) read and added to as arrays.

pandas, polars and pyarrow are imported only when a table of theirs comes in.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gridgov.errors import ArgumentError, SchemaError
from gridgov.language import examples
from gridgov.words.reading import WORDS

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = [
    "arrow_coded",
    "arrow_flags",
    "arrow_places",
    "arrow_texts",
    "column_names",
    "column_values",
    "is_spatial",
    "polars_series",
    "row_count",
    "take_rows",
    "text_column",
    "with_columns",
    "without_polars",
]


_PLAIN = frozenset({str, type(None)})
_TEXT_TYPES = frozenset({"string", "large_string", "string_view"})

#: So many rows are read and written sooner than polars or pandas is loaded.
_FEW_ROWS = 5000


def column_names(table: Any) -> list[str]:
    """Names of the columns of `table`, in order.

    Raises
    ------
    ArgumentError
        `table` is not a pandas, geopandas, polars or Arrow table.

    >>> import pandas as pd
    >>> column_names(pd.DataFrame({"lon": [113.7], "lat": [34.7]}))
    ['lon', 'lat']
    """
    if _kind(table) == "arrow":
        return list(table.column_names)
    return [str(name) for name in table.columns]


def row_count(table: Any) -> int:
    """Number of rows of `table`."""
    return int(table.num_rows) if _kind(table) == "arrow" else len(table)


def take_rows(table: Any, at: NDArray[np.intp]) -> Any:
    """Some rows of a polars or Arrow table, by their numbers."""
    if _kind(table) == "polars":
        return table[at]
    return table.take(arrow_places(at))


def arrow_places(at: NDArray[Any]) -> "pa.Int64Array":
    """Whole numbers as Arrow has them; `pyarrow.array` would do it too, but imports pandas."""
    import pyarrow as pa

    numbers = np.ascontiguousarray(at, dtype=np.int64)
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])


def arrow_texts(texts: Sequence[str | None]) -> "pa.StringArray":
    """Texts as Arrow has them."""
    import pyarrow as pa

    written = [(text or "").encode() for text in texts]
    ends = np.cumsum([0, *map(len, written)], dtype=np.int32)
    there = np.packbits([text is not None for text in texts], bitorder="little")
    given = (pa.py_buffer(ends), pa.py_buffer(b"".join(written)), pa.py_buffer(there))
    return pa.StringArray.from_buffers(len(written), *given)


def arrow_coded(code: NDArray[np.int32], texts: Sequence["pa.StringArray"]) -> "pa.Array":
    """Texts as positions in some lists one after the other, -1 for none; all of the texts are different."""
    import pyarrow as pa

    words = pa.concat_arrays(texts)
    if not len(words):
        return pa.nulls(len(code), pa.string())
    there = code >= 0
    given = [pa.py_buffer(np.packbits(there, bitorder="little")), pa.py_buffer(np.where(there, code, 0))]
    kind = pa.dictionary(pa.int32(), pa.string())
    return pa.DictionaryArray.from_buffers(kind, len(code), given, words)


def arrow_flags(flags: NDArray[np.bool_]) -> "pa.BooleanArray":
    """True and False as Arrow has them."""
    import pyarrow as pa

    bits = np.packbits(flags, bitorder="little")
    return pa.Array.from_buffers(pa.bool_(), len(flags), [None, pa.py_buffer(bits)])


def column_values(table: Any, name: str) -> NDArray[np.object_]:
    """Values of one column as Python objects; None where a value is missing (NaN, NaT and NA too).

    Raises
    ------
    SchemaError
        There is no such column, or several.

    >>> import pandas as pd
    >>> column_values(pd.DataFrame({"lon": [113.7, float("nan")]}), "lon").tolist()
    [113.7, None]
    """
    names = column_names(table)
    if names.count(name) != 1:
        found = WORDS("columns_twice", name=name) if name in names else WORDS("no_column_called", name=name)
        raise SchemaError(WORDS("the_columns_are", found=found, names=examples(names, most=30)))
    kind = _kind(table)
    if kind == "pandas":
        return _objects(table.iloc[:, names.index(name)].to_numpy(dtype=object))
    if kind == "polars":
        return _objects(table[name].to_list())
    column = table.column(name)
    if str(column.type) in _TEXT_TYPES and not without_polars(len(column)):
        texts: NDArray[np.object_] = column.to_numpy()
        return texts
    return _objects(column.to_pylist())


def without_polars(rows: int) -> bool:
    """Whether so few rows are worked on value by value, for polars is not loaded yet."""
    return rows <= _FEW_ROWS and "polars" not in sys.modules


def text_column(table: Any, name: str) -> Any:
    """Values of a column: a polars Series of text of a polars or Arrow table, else as `column_values`.

    So are those of an Arrow table of few rows. Raises SchemaError as that does.
    """
    kind = _kind(table)
    plain = kind == "pandas" or (kind == "arrow" and without_polars(row_count(table)))
    if plain or column_names(table).count(name) != 1:
        return column_values(table, name)
    import polars as pl

    column = table[name] if kind == "polars" else table.column(name)
    if kind == "arrow" and str(column.type) in _TEXT_TYPES:
        column = pl.from_arrow(column)
    if isinstance(column, pl.Series) and column.dtype == pl.String:
        return column
    return column_values(table, name)


def with_columns(table: Any, columns: Mapping[str, Any]) -> Any:
    """Give `table` with `columns` added at the end: the same kind of table, rows, order and index.

    Parameters
    ----------
    table
        pandas or geopandas DataFrame, polars DataFrame or pyarrow Table. It is not changed.
    columns
        One array per name, a value per row; None and NaN are missing values. A name the table has is
        replaced where it stands.

    Raises
    ------
    ArgumentError
        `table` is of another kind, or an array has another length.

    >>> import pandas as pd
    >>> with_columns(pd.DataFrame({"a": [1, 2]}, index=[7, 7]), {"b": np.array(["x", None])})
       a    b
    7  1    x
    7  2  NaN
    """
    kind, rows = _kind(table), row_count(table)
    wrong = [name for name, values in columns.items() if len(values) != rows]
    if wrong:
        raise ArgumentError(WORDS("rows_but", rows=rows, wrong=examples(wrong)))
    if kind == "pandas":
        return _with_pandas(table, columns)
    return _with_polars(table, columns) if kind == "polars" else _with_arrow(table, columns)


def is_spatial(table: Any) -> bool:
    """Whether a table is a GeoDataFrame; geopandas is not imported to say so."""
    return isinstance(table, _class_of("geopandas", "GeoDataFrame"))


def _class_of(module: str, name: str) -> Any:
    """A class of a module that may not be imported, or not wholly yet: then nobody has one of its objects."""
    return getattr(sys.modules.get(module), name, ())


def _kind(table: Any) -> str:
    if isinstance(table, _class_of("pandas", "DataFrame")):
        return "pandas"
    if isinstance(table, _class_of("polars", "DataFrame")):
        return "polars"
    if isinstance(table, _class_of("pyarrow", "Table")):
        return "arrow"
    if isinstance(table, _class_of("polars", "LazyFrame")):
        raise ArgumentError(WORDS("lazy_frame"))
    raise ArgumentError(WORDS("table_type", name=type(table).__name__))


def _with_pandas(table: "pd.DataFrame", columns: Mapping[str, Any]) -> "pd.DataFrame":
    import pandas as pd

    answer = table.copy(deep=False)
    for name, values in columns.items():
        array = _typed(values)
        # Text as pandas' own text type, so that it is the same whether or not the first value is missing.
        answer[name] = pd.array(array, dtype="str") if _is_text(array) else array
    return answer


def _with_polars(table: Any, columns: Mapping[str, Any]) -> Any:
    return table.with_columns([polars_series(name, values) for name, values in columns.items()])


def polars_series(name: str, values: Any) -> "pl.Series":
    """A column as polars has it: text if it holds text or nothing; None and NaN are missing values."""
    import polars as pl

    array = _typed(values)
    dtype = pl.String if _is_text(array) else None
    given = array.tolist() if array.dtype == object else array
    return pl.Series(name, given, dtype=dtype, nan_to_null=True)


def _with_arrow(table: Any, columns: Mapping[str, Any]) -> Any:
    import pyarrow as pa

    for name, values in columns.items():
        array = _typed(values)
        column = pa.array(array, type=pa.string() if _is_text(array) else None, from_pandas=True)
        if name in table.column_names:
            table = table.set_column(table.column_names.index(name), name, column)
        else:
            table = table.append_column(name, column)
    return table


def _typed(values: Any) -> NDArray[Any]:
    array: NDArray[Any] = values if isinstance(values, np.ndarray) else np.asarray(values)
    if array.dtype.kind in "OUST":
        return _objects(array.astype(object))
    return array


def _is_text(array: NDArray[Any]) -> bool:
    """Whether a column is text; one without any value is."""
    if array.dtype != object:
        return False
    if _plain(array):
        return True
    import pandas as pd

    return pd.api.types.infer_dtype(array, skipna=True) in {"string", "empty"}


def _plain(array: NDArray[np.object_]) -> bool:
    """Whether there is nothing but text and None."""
    return {*map(type, array)} <= _PLAIN


def _objects(values: Sequence[object] | NDArray[np.object_]) -> NDArray[np.object_]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    if _plain(array):
        return array
    import pandas as pd

    missing = pd.isna(array)
    if missing.any():
        array[missing] = None
    return array

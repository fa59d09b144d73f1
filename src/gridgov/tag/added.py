"""Answers made into the columns that are added to a table."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gridgov import frames
from gridgov.errors import SchemaError
from gridgov.lookup import Answers
from gridgov.tables import arrow_column
from gridgov.tag.words import WORDS

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["Added"]


class Added:
    """Makes columns of answers, the same types in every batch; what the cells hold is converted once.

    Parameters
    ----------
    names
        Answer column -> its name in the table.
    fill
        Whether a column of that name that the table has is kept, and filled only where it is empty.
    """

    def __init__(self, names: Mapping[str, str], *, fill: bool = False) -> None:
        self._names, self._fill = names, fill
        self._known: dict[str, tuple[Any, pl.Series]] = {}

    def columns(
        self, answers: "Mapping[str, Answers | NDArray[Any]]", rows: Any = None
    ) -> "tuple[pl.Series, ...]":
        """The columns to be set for some rows of the table, under their names in it."""
        made = (self._column(name, new, answers[name]) for name, new in self._names.items())
        if not self._fill or rows is None:
            return tuple(made)
        there = frames.column_names(rows)
        return tuple(_filled(rows, series) if series.name in there else series for series in made)

    def arrow(self, name: str, new: str, column: "Answers | NDArray[Any]") -> "pa.Array":
        """One of the columns as Arrow has it."""
        return arrow_column(self._column(name, new, column))

    def _column(self, name: str, new: str, column: "Answers | NDArray[Any]") -> "pl.Series":
        if not isinstance(column, Answers):
            return _series(new, column)
        known = self._known.get(name)
        if known is None or (known[0] is not column.values and len(column.values) > 1):
            known = self._known[name] = (column.values, frames.polars_series(new, column.values))
        # -1 is the last value for polars too.
        series = known[1].gather(column.codes)
        if not len(column.rows):
            return series
        return series.scatter(column.rows, frames.polars_series(new, column.texts))


def _series(name: str, values: "NDArray[Any]") -> "pl.Series":
    import polars as pl

    if values.dtype == object and values.strides == (0,):
        return pl.Series(name, [None], dtype=pl.String).new_from_index(0, len(values))
    return frames.polars_series(name, values)


def _filled(rows: Any, answers: "pl.Series") -> "pl.Series":
    """A column as it is, with answers where it is empty or blank and there is one."""
    import polars as pl

    given = rows[answers.name] if isinstance(rows, pl.DataFrame) else pl.from_arrow(rows.column(answers.name))
    assert isinstance(given, pl.Series)
    if given.dtype in {pl.Categorical, pl.Enum}:
        given = given.cast(pl.String)
    if given.dtype == pl.String:
        empty = given.is_null() | (given.str.strip_chars() == "")
        return answers.cast(pl.String).zip_with(empty & answers.is_not_null(), given).alias(answers.name)
    if given.dtype.is_float() if answers.dtype.is_float() else given.dtype == answers.dtype:
        return given.fill_null(answers.cast(given.dtype)).alias(answers.name)
    if given.null_count() == len(given):
        return answers
    raise SchemaError(WORDS("holds_no_text", column=answers.name))

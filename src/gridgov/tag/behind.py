"""Answers made into the text that stands behind the lines of a text table."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gridgov.frames import without_polars
from gridgov.lookup import Answers
from gridgov.tables import Behind, TextFormat, plain_rows, split_rows
from gridgov.tag.added import Added
from gridgov.tag.plainly import USUAL

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["AnswersBehind", "takes_polars"]

Columns = Mapping[str, "Answers | NDArray[Any]"]

_TEXTS: Final = frozenset({str, type(None)})

#: So many values are written one by one before it pays to load polars, and one more for so many rows: that is
#: no time, and polars takes memory.
_FEW_VALUES, _ROWS_A_VALUE = 200_000, 20


def takes_polars(rows: int, *, cells: int, columns: int) -> bool:
    """Whether the answers to so many rows are made into text with polars."""
    return min(rows, cells) * columns > _FEW_VALUES


class AnswersBehind:
    """Makes the text behind each line.

    Rows in the middle of one cell have the same answers: these are written once for each cell, as soon as
    there were more rows than cells. All others are written one by one.

    Parameters
    ----------
    added
        Makes columns of answers.
    names
        Answer column -> its name in the table, in order.
    form
        How the table is written.
    """

    def __init__(self, added: Added, names: Mapping[str, str], form: TextFormat) -> None:
        self._added, self._names, self._form = added, names, form
        self._rows = self._values = 0
        self._of_cells: pa.LargeBinaryArray | None = None

    def of(
        self, answers: Columns, cell: "NDArray[np.int32]", odd: "NDArray[np.intp] | None" = None
    ) -> Behind:
        """Text of some rows' answers.

        `cell` is the row of each one's cell. Only the rows `odd`, if given, may have other answers than the
        usual ones of it.
        """
        names = tuple(self._names.values())
        ids = answers["cell_id"]
        assert isinstance(ids, Answers)
        cells = len(ids.values)
        self._rows += len(cell)
        if self._rows <= cells:
            texts = self._written(answers)
            return Behind(names, texts, texts[:0], np.arange(len(cell)))
        if self._of_cells is None:
            self._of_cells = self._written(self._usual(answers, cell, cells))
        if odd is None:
            odd = np.flatnonzero(self._odd(answers, cell))
        else:
            there = cell[odd]
            some = {name: _taken(answers[name], odd, cell=cell, there=there) for name in self._names}
            odd = odd[self._odd(some, there)]
        at = cell.astype(np.int64)
        at[odd] = cells + np.arange(len(odd))
        some = {name: _taken(column, odd) for name, column in answers.items() if name in self._names}
        return Behind(names, self._of_cells, self._written(some), at)

    def _odd(self, answers: Columns, cell: "NDArray[np.int32]") -> "NDArray[np.bool_]":
        """Rows that do not have the usual answers of their cell."""
        odd = cell < 0
        for name in self._names:
            column = answers[name]
            if isinstance(column, Answers):
                if column.codes is not cell:
                    odd |= column.codes != USUAL.get(name, -1)
                odd[column.rows] = True
            elif column.dtype == object:
                odd |= column != None  # noqa: E711 (element by element)
            else:
                odd |= column != 0
        return np.asarray(odd)

    def _usual(self, answers: Columns, cell: "NDArray[np.int32]", cells: int) -> Columns:
        """The usual answers of each cell; those of the last, which stands for none, are not used."""
        rows = np.arange(cells)
        usual: dict[str, Answers | NDArray[Any]] = {}
        for name in self._names:
            column = answers[name]
            if isinstance(column, Answers):
                own = column.codes is cell
                usual[name] = Answers(rows if own else np.full(cells, USUAL.get(name, -1)), column.values)
            else:
                usual[name] = np.full(cells, None if column.dtype == object else 0, dtype=column.dtype)
        return usual

    def _written(self, answers: Columns) -> "pa.LargeBinaryArray":
        given = [answers[name] for name in self._names]
        self._values += len(given) * len(given[0])
        few = without_polars(0) and self._values <= _FEW_VALUES + self._rows // _ROWS_A_VALUE
        text = _few(given, self._form.separator) if few else None
        if text is None:
            text = _many(self._added.columns(answers), self._form.separator)
        return split_rows(text.encode(self._form.encoding))


def _taken(
    column: "Answers | NDArray[Any]",
    at: "NDArray[np.intp]",
    *,
    cell: "NDArray[np.int32] | None" = None,
    there: "NDArray[np.int32] | None" = None,
) -> "Answers | NDArray[Any]":
    """Answers of some rows; codes that are those of `cell` itself become `there` itself."""
    if not isinstance(column, Answers):
        return column[at]
    place = np.searchsorted(column.rows, at)
    other = np.flatnonzero(np.append(column.rows, -1)[place] == at)
    codes = column.codes[at] if there is None or column.codes is not cell else there
    return Answers(codes, column.values, other, column.texts[place[other]])


def _few(columns: "Sequence[Answers | NDArray[Any]]", separator: str) -> str | None:
    """The rows of columns as a text table has them, each behind a separator; None if `plain_rows` says so.

    Also for answers that are no texts: of what type a column is may be told only by those of other rows.
    """
    values = [each.objects() if isinstance(each, Answers) else each for each in columns]
    for column, given in zip(columns, values, strict=True):
        if isinstance(column, Answers) and not _TEXTS.issuperset(map(type, given)):
            return None
    rows = plain_rows([each.tolist() for each in values], separator)
    return None if rows is None else "".join(f"{separator}{row}\n" for row in rows)


def _many(columns: "Sequence[pl.Series]", separator: str) -> str:
    """The same with polars."""
    import polars as pl

    # A column without values stands before the first separator.
    nothing = pl.Series("", [None], dtype=pl.String).new_from_index(0, len(columns[0]))
    names = [str(number) for number in range(len(columns))]
    rows = pl.DataFrame(
        [nothing, *(column.rename(name) for column, name in zip(columns, names, strict=True))]
    )
    return rows.write_csv(include_header=False, separator=separator)

"""Answers made into columns of Arrow whose texts are codes of words, as Parquet stores them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gridgov.frames import arrow_coded
from gridgov.lookup import Answers
from gridgov.tag.added import Added

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["AnswersCoded"]


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The different texts among the values of a column.

    Attributes
    ----------
    values
        What may be answered, as in `Answers`.
    code
        Position of each value in `texts`, -1 for None.
    texts, at
        The texts as Arrow has them, and the position of each.
    """

    values: "NDArray[np.object_]"
    code: "NDArray[np.int32]"
    texts: "pa.StringArray"
    at: Mapping[str, int]

    @classmethod
    def of(cls, values: "NDArray[np.object_]") -> "_Words | None":
        """None if there are others than texts."""
        given = values.tolist()
        if not {*map(type, given)} <= {str, type(None)}:
            return None
        at: dict[str, int] = {}
        code = [-1 if text is None else at.setdefault(text, len(at)) for text in given]
        return cls(values, np.array(code, dtype=np.int32), _arrow(list(at)), at)

    def of_these(self, values: "NDArray[np.object_]") -> bool:
        """Whether these are the same values: the very array, or one text made anew for every batch."""
        one = len(values) == 1 and len(self.values) == 1
        return self.values is values or (one and bool(self.values[0] == values[0]))


class AnswersCoded:
    """Makes columns of answers; what the cells hold is converted once.

    Parameters
    ----------
    added
        Makes the columns that hold no text.
    names
        Answer column -> its name in the table, in order.
    """

    def __init__(self, added: Added, names: Mapping[str, str]) -> None:
        self._added, self._names = added, names
        self._known: dict[str, _Words | None] = {}

    def of(self, answers: "Mapping[str, Answers | NDArray[Any]]") -> "dict[str, pa.Array]":
        """Columns of some rows, under their names in the table."""
        return {new: self._column(name, new, answers[name]) for name, new in self._names.items()}

    def _column(self, name: str, new: str, column: "Answers | NDArray[Any]") -> "pa.Array":
        words = self._words(name, column) if isinstance(column, Answers) else None
        if words is None or not isinstance(column, Answers):
            return self._added.arrow(name, new, column)
        code, more = words.code[column.codes], dict[str, int]()
        for row, text in zip(column.rows.tolist(), column.texts.tolist(), strict=True):
            if text is None:
                code[row] = -1
            else:
                known = words.at.get(text)
                code[row] = more.setdefault(text, len(words.at) + len(more)) if known is None else known
        return arrow_coded(code, [words.texts, *([_arrow(list(more))] if more else [])])

    def _words(self, name: str, column: Answers) -> _Words | None:
        known = self._known.get(name)
        if name not in self._known or (known and not known.of_these(column.values)):
            known = self._known[name] = _Words.of(column.values)
        return known


def _arrow(texts: list[str]) -> "pa.StringArray":
    import polars as pl
    import pyarrow as pa

    return pl.Series(texts, dtype=pl.String).to_arrow().cast(pa.string())

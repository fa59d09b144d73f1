"""What incidents are counted by, and the columns that hold it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gridgov.columns import best_columns, find_column
from gridgov.errors import ArgumentError, SchemaError
from gridgov.language import listed
from gridgov.tally.said_words import WORDS

__all__ = ["MONTH", "Key", "best_column", "find_keys"]

#: Words for columns that an assignment adds.
_ADDED: Final = {"cell": "cell_id", "grid": "grid_id"}
CATEGORY: Final = "category"
MONTH: Final = "month"


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that is counted by: the `unit` as asked for, its `column`, its `name` in the answer."""

    unit: str
    column: str
    name: str


def find_keys(
    by: Sequence[str], columns: Sequence[str], *, category: str | None = None, where: str = ""
) -> list[Key]:
    """Answer a key per word of `by`.

    Parameters
    ----------
    by
        ``cell``, ``grid``, ``handler``, ``category``, ``month``, a rung, a department, or any column;
        ``grid=COLUMN`` says in which column it stands.
    columns
        Those of the table.
    category
        Column of the category, if it is not found by its name.
    where
        The table's name, for messages.

    Raises
    ------
    ArgumentError
        Nothing to count by, or one thing twice.
    SchemaError
        A column is not there.
    """
    keys = [_key(word.strip(), columns, category, where) for word in by if word.strip()]
    if not keys:
        raise ArgumentError(WORDS("say_by"))
    names = [key.name for key in keys]
    if len(set(names)) < len(names):
        raise ArgumentError(WORDS("named_twice", by=",".join(by)))
    return keys


def best_column(
    columns: Sequence[str], role: str, *, given: str | None, option: str, where: str
) -> str | None:
    """Answer the column stated, or the only one of the best rank, or None."""
    if given is not None:
        return find_column(columns, role, given=given, option=option, where=where)
    found = best_columns(columns, role)
    return found[0] if len(found) == 1 else None


def _key(word: str, columns: Sequence[str], category: str | None, where: str) -> Key:
    unit, equals, stated = (part.strip() for part in word.partition("="))
    if equals:
        column = find_column(columns, CATEGORY, given=stated, option="--by", where=where)
        return Key(unit, str(column), _ADDED.get(unit, unit))
    if unit == MONTH and MONTH not in columns:
        return Key(MONTH, MONTH, MONTH)
    if unit == CATEGORY and CATEGORY not in columns:
        column = find_column(columns, CATEGORY, given=category, option="--category", where=where)
        return Key(unit, str(column), CATEGORY)
    column = _ADDED.get(unit, unit)
    if column not in columns:
        there = listed(columns)
        raise SchemaError(WORDS("no_by_column", where=where, column=column, unit=unit, columns=there))
    return Key(unit, column, column)

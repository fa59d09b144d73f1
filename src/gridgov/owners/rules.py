"""Handler rules as written: one row says who acts on what, where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gridgov.errors import RulesError, examples
from gridgov.owners import words

if TYPE_CHECKING:
    from gridgov.owners.matching import BoundRules, Handled

__all__ = ["Rules"]


@dataclass(frozen=True, slots=True)
class Rules:
    """Rows of a rules table, blank rows left out.

    Attributes
    ----------
    source
        File name the rules came from; `handler_rule` is ``<source>:<row>``.
    rows
        Row number of each rule as a spreadsheet shows it (the header is row 1).
    handlers_written, departments, valid_from, valid_to
        Who and when of each rule; None = blank.
    columns
        All other columns by name, as written; None = blank. Conditions and carried ones.
    expected_conditions
        Names in `columns` that stand left of who: written as conditions. Where the incident's own columns
        are not known (one point looked up), give these as None, so that no rule loses a condition.
    """

    source: str
    rows: tuple[int, ...]
    handlers_written: tuple[str | None, ...]
    departments: tuple[str | None, ...]
    valid_from: tuple[date | None, ...]
    valid_to: tuple[date | None, ...]
    columns: Mapping[str, tuple[str | None, ...]]
    expected_conditions: tuple[str, ...] = ()

    @classmethod
    def from_table(
        cls, table: pd.DataFrame, *, source: str = "rules.csv", first_row: int = 2
    ) -> "Rules":
        """Rules from a table of text.

        Parameters
        ----------
        table
            One rule per row; blank cells are None, NaN or ''. Keep blank rows, or row numbers shift.
        source
            File the table came from, for messages and `handler_rule`.
        first_row
            Spreadsheet row of the first row of `table`; more than 2 if titles stood above the header.

        Raises
        ------
        RulesError
            With every fault: no column `handler` or `department`, a rule that says nobody, a date that is
            none, `valid_from` after `valid_to`, a column name used twice.
        """
        return _read(table, source=PurePath(source).name, first_row=first_row)

    def __len__(self) -> int:
        return len(self.rows)

    def label(self, rule: int) -> str:
        """What `handler_rule` calls rule number `rule`: 'rules.csv:7'."""
        return f"{self.source}:{self.rows[rule]}"

    @property
    def dated(self) -> bool:
        """Whether a rule has `valid_from` or `valid_to`, so that incidents need a time."""
        return any(day is not None for day in (*self.valid_from, *self.valid_to))

    @property
    def categories(self) -> tuple[str, ...]:
        """Every category a rule names, in the order of the rules."""
        return self.values_of(next(filter(words.is_category, self.columns), ""))

    def values_of(self, column: str) -> tuple[str, ...]:
        """Every value the rules name in `column`, trimmed and folded, in the order of the rules."""
        cells = self.columns.get(column, ())
        return tuple(dict.fromkeys(value for cell in cells for value in words.alternatives(cell)))

    def bind(self, columns: Iterable[str]) -> "BoundRules":
        """Decide which columns of the rules are conditions, by the columns incidents and cells have.

        Parameters
        ----------
        columns
            Names of all columns of the incidents and of their cells, with ``category`` if it is known:
            rungs come with ``<rung>_name``, departments with ``<department>_owner``.

        Raises
        ------
        RulesError
            With every fault: a department no cell has, a category or rung column without counterpart.
        """
        from gridgov.owners.matching import bind_rules

        return bind_rules(self, columns)

    def handlers(self, columns: Mapping[str, np.ndarray], *, when: np.ndarray | None = None) -> "Handled":
        """Who handles each incident: `bind` and `BoundRules.handlers` in one call.

        >>> import pandas as pd, numpy as np
        >>> table = pd.DataFrame({"category": ["路灯", None], "handler": ["住建局", "街道办"]})
        >>> found = Rules.from_table(table).handlers({"category": np.array(["路灯", "井盖"], dtype=object)})
        >>> list(found.handler), list(found.handler_rule)
        (['住建局', '街道办'], ['rules.csv:2', 'rules.csv:3'])
        """
        return self.bind(columns).handlers(columns, when=when)

    def unnamed_categories(self, categories: np.ndarray, *, column: str | None = None) -> dict[str, int]:
        """Categories of incidents that no rule names, with the number of incidents, most first.

        Parameters
        ----------
        categories
            Category of each incident; blanks are no category.
        column
            Name of the category column if it is no usual word for it.
        """
        named = {*self.categories, *(self.values_of(column) if column else ())}
        counts = pd.Series(categories, dtype=object).map(words.folded, na_action="ignore").value_counts()
        return {str(value): int(count) for value, count in counts.items() if value not in named}


def _read(table: pd.DataFrame, *, source: str, first_row: int) -> Rules:
    raise NotImplementedError

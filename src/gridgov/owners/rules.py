"""Handler rules as written: one row says who acts on what, where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np

from gridgov.errors import RulesError
from gridgov.language import examples, sentences
from gridgov.owners import words
from gridgov.owners.said_words import WORDS

if TYPE_CHECKING:
    import pandas as pd

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
    def from_table(cls, table: "pd.DataFrame", *, source: str = "rules.csv", first_row: int = 2) -> "Rules":
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
        columns = [table.iloc[:, at] for at in range(table.shape[1])]
        return _read(list(table.columns), columns, source=PurePath(source).name, first_row=first_row)

    @classmethod
    def from_columns(
        cls, columns: Mapping[str, Sequence[str | None]], *, source: str = "rules.csv", first_row: int = 2
    ) -> "Rules":
        """The same from columns of text by name, without pandas."""
        name = PurePath(source).name
        return _read(list(columns), list(columns.values()), source=name, first_row=first_row)

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
        from gridgov.owners.binding import bind_rules

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
        import pandas as pd

        named = {*self.categories, *(self.values_of(column) if column else ())}
        counts = pd.Series(categories, dtype=object).map(words.folded, na_action="ignore").value_counts()
        return {str(value): int(count) for value, count in counts.items() if value not in named}


def _read(header: Sequence[Any], table: Sequence[Iterable[Any]], *, source: str, first_row: int) -> Rules:
    written = [[words.written(value) for value in column] for column in table]
    names = _names(header, written, source)
    roles = {role: _role(names, role) for role in words.ROLES}
    if not (roles["handler"] or roles["department"]):
        raise RulesError(WORDS("no_who", source=source, names=examples(list(names), most=10)))
    texts = {name: written[at] for name, at in names.items()}
    filled = [
        at
        for at, row in enumerate(zip(*texts.values(), strict=True))
        if any(text is not None for text in row)
    ]
    columns = {name: tuple(column[at] for at in filled) for name, column in texts.items()}

    def part(role: str) -> tuple[str | None, ...]:
        return columns[roles[role]] if roles[role] else (None,) * len(filled)

    rows = tuple(first_row + at for at in filled)
    rules = Rules(
        source=source,
        rows=rows,
        handlers_written=part("handler"),
        departments=part("department"),
        valid_from=tuple(map(words.parse_date, part("valid_from"))),
        valid_to=tuple(map(words.parse_date, part("valid_to"))),
        columns={name: column for name, column in columns.items() if name not in roles.values()},
        expected_conditions=_expected(list(names), set(roles.values())),
    )
    faults = [*_nobody(rules), *_dates(rules, part("valid_from"), part("valid_to"))]
    if not rows:
        faults.append(WORDS("holds_no_rule"))
    if faults:
        raise RulesError(f"{source}: " + sentences(faults))
    return rules


def _names(header: Sequence[Any], written: Sequence[Sequence[str | None]], source: str) -> dict[str, int]:
    """Column names and positions; columns with neither name nor values are nothing."""
    names = dict[str, int]()
    for at, column in enumerate(header):
        name = words.written(column)
        if name is None:
            if any(text is not None for text in written[at]):
                raise RulesError(WORDS("no_name", source=source, at=at + 1))
        elif any(words.key(name) == words.key(other) for other in names):
            raise RulesError(WORDS("name_twice", source=source, name=name))
        else:
            names[name] = at
    return names


def _role(names: Iterable[str], role: str) -> str:
    """The column that plays a role; '' if none does."""
    spelled = {words.key(name): name for name in names}
    return next((spelled[fold] for word in words.ROLES[role] if (fold := words.key(word)) in spelled), "")


def _expected(names: Sequence[str], roles: set[str]) -> tuple[str, ...]:
    who = min(at for at, name in enumerate(names) if name in roles)
    return tuple(
        name
        for at, name in enumerate(names)
        if name not in roles and (words.surely_condition(name) or (at < who and not words.carried(name)))
    )


def _nobody(rules: Rules) -> list[str]:
    who = zip(rules.rows, rules.handlers_written, rules.departments, strict=True)
    rows = [row for row, handler, department in who if handler is None and department is None]
    return [WORDS("no_handler", rows=examples(rows))] if rows else []


def _dates(rules: Rules, starts: Sequence[str | None], ends: Sequence[str | None]) -> list[str]:
    faults = []
    for name, written, read in (("valid_from", starts, rules.valid_from), ("valid_to", ends, rules.valid_to)):
        wrong = [
            WORDS("row_text", row=row, text=text)
            for row, text, day in zip(rules.rows, written, read, strict=True)
            if text is not None and day is None
        ]
        if wrong:
            faults.append(WORDS("no_date", name=name, wrong=examples(wrong)))
    spans = zip(rules.rows, rules.valid_from, rules.valid_to, strict=True)
    turned = [row for row, start, end in spans if start and end and start > end]
    if turned:
        faults.append(WORDS("turned", turned=examples(turned)))
    return faults

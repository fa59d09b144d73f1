"""Rules, the cells and incidents they are checked on, and what they decide there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np

from gridgov.columns import find_column
from gridgov.frames import column_names, column_values, row_count
from gridgov.language import examples
from gridgov.network import Network
from gridgov.owners import words
from gridgov.owners.conditions import Codes, Condition
from gridgov.owners.rules import Rules
from gridgov.owners.trial import Trial, Verdict
from gridgov.schema import ATTRS, SEPARATOR

__all__ = ["EVERYWHERE", "Case", "make_case"]

EVERYWHERE: Final = "everywhere"

#: More places than this share one finding: a street each would bury the others.
MANY_PLACES: Final = 20

#: What the only department of an unmerged layer is called if the layer does not say.
UNNAMED_DEPARTMENT: Final = "grid"


@dataclass(frozen=True)
class Case:
    """A trial of rules with its verdicts, and the incidents it is about.

    Attributes
    ----------
    trial, verdicts
        All that can happen on these cells, and what the rules decide for each category.
    incidents
        The columns that rules test, by name; None = without incidents.
    incident_rows
        How many incidents there are.
    today
        Rules that ended before are expired.
    """

    trial: Trial
    verdicts: tuple[Verdict, ...]
    incidents: Mapping[str, np.ndarray] | None
    incident_rows: int | None
    today: date

    @property
    def rules(self) -> Rules:
        """The rules on trial."""
        return self.trial.bound.rules

    def labels(self, rules: Iterable[int]) -> str:
        """Rows of these rules, as a finding names them."""
        return SEPARATOR.join(self.rules.label(rule) for rule in rules)

    @cached_property
    def counts(self) -> Counter[str]:
        """Incidents of each category."""
        import pandas as pd

        if self.incidents is None or self.trial.category is None:
            return Counter()
        values = pd.Series(self.incidents[self.trial.category.columns[0]], dtype=object).dropna()
        return Counter({str(v): int(n) for v, n in values.map(words.folded).value_counts().items()})

    @cached_property
    def categories(self) -> Mapping[str, int]:
        """Every category that rules or incidents name, with the number of its verdict."""
        category = self.trial.category
        return {"": 0} if category is None else {**dict.fromkeys(self.counts, 0), **category.named_values}

    def names(self, category: str) -> bool:
        """Whether a rule names this category."""
        return self.trial.category is not None and category in self.trial.category.named_values

    def incidents_of(self, categories: Iterable[str]) -> int | None:
        """How many incidents have these categories; None if that is not known."""
        known = self.incidents is not None and self.trial.category is not None
        return sum(self.counts[name] for name in categories) if known else None

    @cached_property
    def occurring(self) -> Mapping[str, Codes]:
        """For each category of the incidents, the combinations of other values that occur with it."""
        import pandas as pd

        others, category = self.trial.others, self.trial.category
        if self.incidents is None or not others:
            return {}
        sizes = tuple(len(condition.allowed) for condition in others)
        codes = [condition.codes(self.incidents[condition.columns[0]]) for condition in others]
        numbers = np.ravel_multi_index(codes, sizes)
        if category is None:
            return {"": np.unique(numbers)}
        names = pd.Series(self.incidents[category.columns[0]], dtype=object).map(words.folded)
        groups = pd.Series(numbers).groupby(names.to_numpy())
        return {str(name): np.unique(found) for name, found in groups}

    def spots(self, places: Codes) -> Iterator[tuple[str, int]]:
        """Name and number of cells of each place; a whole district, everywhere, and many are one."""
        known, left = self.trial.places, np.zeros(len(self.trial.places.names), dtype=bool)
        left[places] = True
        if left.all():
            yield EVERYWHERE, len(known.cells)
            return
        units = np.array(known.units)
        for unit in dict.fromkeys(known.units):
            inside = units == unit
            if unit and inside.sum() > 1 and left[inside].all():
                yield unit, int(inside[known.cells].sum())
                left &= ~inside
        rest = np.flatnonzero(left)
        if len(rest) > MANY_PLACES:
            yield examples([known.names[place] for place in rest], most=3), int(left[known.cells].sum())
            return
        for place in rest:
            yield known.names[place], int((known.cells == place).sum())

    def deciding(self) -> set[int]:
        """Rules that decide somewhere, or would but for a contradiction."""
        winners = {int(rule) for verdict in self.verdicts for rule in np.unique(verdict.winner)}
        return winners | {rule for verdict in self.verdicts for pair in verdict.disagreeing for rule in pair}

    def deciding_before(self, rule: int) -> list[int]:
        """The rules that decide where `rule` applies."""
        category, applies = self.trial.category, self.trial.applying(rule)
        codes = np.flatnonzero(category.allowed[:, rule]) if category else [0]
        winners = [np.unique(self.verdicts[code].winner[applies]) for code in codes]
        return sorted({int(winner) for found in winners for winner in found})

    def missing(self, condition: Condition) -> set[str]:
        """Values that rules name under a condition and that no cell, or no incident, has."""
        columns = self._where(condition)
        coded = [condition.codes(columns[name]) for name in condition.columns if name in columns]
        found = (
            set(np.unique(np.concatenate(coded)).tolist()) if coded else {*condition.named_values.values()}
        )
        return {value for value, code in condition.named_values.items() if code not in found}

    def known(self, condition: Condition) -> list[str]:
        """Values that cells, or incidents, have under a condition."""
        import pandas as pd

        columns = self._where(condition)
        there = [columns[name] for name in condition.columns if name in columns]
        values = [words.folded(value) for column in there for value in pd.unique(column)]
        return [value for value in values if value]

    def is_expired(self, rule: int) -> bool:
        """Whether a rule's last day is over."""
        end = self.rules.valid_to[rule]
        return end is not None and end < self.today

    def _where(self, condition: Condition) -> Mapping[str, np.ndarray]:
        return self.trial.columns if condition.place else (self.incidents or {})


def make_case(rules: Rules, cells: Any, incidents: Any, *, category: str | None, today: date) -> Case:
    """Try rules on cells and incidents; see `check_rules`."""
    columns, size = _cell_values(cells)
    present = [*columns, "category"]
    if incidents is None:
        present += [name for name in rules.expected_conditions if not words.surely_condition(name)]
    else:
        present += column_names(incidents)
    bound = rules.bind(dict.fromkeys(present))
    tested = [c for c in bound.conditions if words.is_category(c.name) or c.columns[0] == category]
    first = tested[0] if tested else None
    values = None
    if incidents is not None:
        wanted = {c.columns[0] for c in bound.conditions if not c.place}
        values = _incident_values(incidents, wanted, category=category, required=first is not None)
    trial = Trial.of(bound, columns, size=size, category=first, today=today)
    rows = None if incidents is None else row_count(incidents)
    return Case(trial, tuple(trial.verdicts()), values, rows, today)


def _cell_values(cells: Any) -> tuple[dict[str, np.ndarray], int]:
    """Columns of the cells; those of an unmerged layer are called by its department."""
    table = cells.cells if isinstance(cells, Network) else cells
    names = [name for name in column_names(table) if name != table.active_geometry_name]
    columns = {name: column_values(table, name) for name in names}
    if "cell_id" not in columns:
        department = table.attrs.get(ATTRS, {}).get("department") or UNNAMED_DEPARTMENT
        columns = {f"{department}_{name}": values for name, values in columns.items()}
        columns[department] = columns.pop(f"{department}_grid_id")
    return columns, row_count(table)


def _incident_values(
    incidents: Any, wanted: Iterable[str], *, category: str | None, required: bool
) -> dict[str, np.ndarray]:
    names = column_names(incidents)
    found = find_column(names, "category", given=category, required=required, where="incidents")
    columns = {name: found if name == "category" else name for name in wanted}
    return {name: column_values(incidents, column) for name, column in columns.items() if column}

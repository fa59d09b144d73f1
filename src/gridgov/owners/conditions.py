"""What incidents say to each condition, coded so that a million rows cost as much as their few kinds.

Every condition answers with an :data:`Answer`: a code for each incident and, for each code, the rules
that it allows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gridgov.owners import words
from gridgov.owners.kinds import kinds_of
from gridgov.owners.rules import Rules

__all__ = ["Answer", "Condition", "answer_dates", "answer_owner", "days_of"]

Codes = npt.NDArray[np.int64]
Allowed = npt.NDArray[np.bool_]

#: Codes (n,) of n incidents, and allowed (codes, rules).
Answer = tuple[Codes, Allowed]


@dataclass(frozen=True, slots=True)
class Condition:
    """One column of the rules, tested against columns of incidents or cells.

    Attributes
    ----------
    name
        Column of the rules.
    columns
        Columns that may hold a value it names: a rung's ids and names, a department's ids and owners.
    place
        Whether they are columns of the cells, so that the condition says where.
    named_values
        Code of each value the rules name; 0 is any other value, or none.
    allowed
        (codes, rules): the rules that a value allows.
    """

    name: str
    columns: tuple[str, ...]
    place: bool
    named_values: Mapping[str, int]
    allowed: Allowed

    @classmethod
    def of(cls, rules: Rules, name: str, *, columns: tuple[str, ...], place: bool) -> "Condition":
        """The condition that a column of the rules is."""
        cells = [words.alternatives(cell) for cell in rules.columns[name]]
        values = {value: code for code, value in enumerate(rules.values_of(name), start=1)}
        allowed = np.tile([not cell for cell in cells], (len(values) + 1, 1))
        for rule, cell in enumerate(cells):
            allowed[[values[value] for value in cell], rule] = True
        return cls(name, columns, place, values, allowed)

    @property
    def named(self) -> Allowed:
        """(rules,): whether a rule has this condition."""
        named: Allowed = ~self.allowed[0]
        return named

    def answer(self, columns: Mapping[str, np.ndarray]) -> Answer:
        """What each incident says; a rule holds if any of the columns has a value it names."""
        codes, allowed = self.codes(columns[self.columns[0]]), self.allowed
        for other in self.columns[1:]:
            codes, kinds = kinds_of(codes * len(self.allowed) + self.codes(columns[other]))
            first, second = np.divmod(np.array(kinds, dtype=np.int64), len(self.allowed))
            allowed = allowed[first] | self.allowed[second]
        return codes, allowed

    def codes(self, values: np.ndarray) -> Codes:
        """Code of each value."""
        kinds, unique = kinds_of(np.asarray(values, dtype=object))
        codes = [self.named_values.get(words.folded(value) or "", 0) for value in unique]
        return np.array([*codes, 0], dtype=np.int64)[kinds]


def answer_owner(owners: np.ndarray, needing: Allowed) -> Answer:
    """Whether an owner is there for the rules that need one: (n,) owners, (rules,) needing."""
    kinds, unique = kinds_of(np.asarray(owners, dtype=object))
    there = np.array([*(words.folded(owner) is not None for owner in unique), False])[kinds]
    return there.astype(np.int64), np.vstack([~needing, np.ones_like(needing)])


def answer_dates(rules: Rules, days: npt.NDArray[np.int64]) -> Answer:
    """Which rules are valid on each day: (n,) proleptic days, 0 = unknown, which only undated rules take."""
    start = np.array([day.toordinal() if day else 1 for day in rules.valid_from])
    end = np.array([day.toordinal() if day else np.iinfo(np.int32).max for day in rules.valid_to])
    bounds = np.unique(np.concatenate([[1], start, end + 1]))
    valid = (start <= bounds[:, None]) & (bounds[:, None] <= end)
    undated = [not (first or last) for first, last in zip(rules.valid_from, rules.valid_to, strict=True)]
    return np.searchsorted(bounds, days, side="right").astype(np.int64), np.vstack([undated, valid])


def days_of(when: np.ndarray) -> npt.NDArray[np.int64]:
    """The day of each time as written, counted as `datetime.date.toordinal`; 0 where none can be read."""
    if np.issubdtype(np.asarray(when).dtype, np.datetime64):
        epoch = np.datetime64("0001-01-01", "D")
        days = (np.asarray(when).astype("datetime64[D]") - epoch).astype(np.int64) + 1
        return np.where(np.isnat(when), 0, days)
    heads: Sequence[str] = [str(time).lstrip()[: words.DATE_WIDTH] for time in when]
    kinds, unique = kinds_of(np.array(heads, dtype=object))
    ordinals = [day.toordinal() if (day := words.parse_date(head)) else 0 for head in unique]
    return np.array([*ordinals, 0], dtype=np.int64)[kinds]

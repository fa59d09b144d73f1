"""Rules tried on everything that can happen: every category, place, other condition and day from now on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import product

import numpy as np

from gridgov.owners.conditions import Allowed, Answer, Codes, Condition, answer_dates, answer_owner
from gridgov.owners.deciding import combine, decide
from gridgov.owners.matching import BoundRules
from gridgov.schema import cell_rungs

__all__ = ["Places", "Trial", "Verdict"]


@dataclass(frozen=True, slots=True)
class Places:
    """Places that rules can tell apart, and what they allow.

    Attributes
    ----------
    names
        In words: '管城回族区, run_by 经开区'; '' if rules tell no places apart.
    units
        The unit of the coarsest rung that rules test, '' if they test none.
    cells
        (cells,): number of each cell's place.
    allowed
        (places, rules).
    """

    names: tuple[str, ...]
    units: tuple[str, ...]
    cells: Codes
    allowed: Allowed

    @classmethod
    def of(cls, bound: BoundRules, columns: Mapping[str, np.ndarray], size: int) -> "Places":
        """Places of `size` cells with these columns."""
        import pandas as pd

        tested = [condition for condition in bound.conditions if condition.place]
        answers = [condition.answer(columns) for condition in tested]
        units = [pd.factorize(columns[c.columns[0]])[0] + 1 for c in tested if _is_rung(c)]
        needed = [answer_owner(columns[owner], bound.needing(name)) for name, owner in bound.owners.items()]
        cells, first = combine([*units, *(codes for codes, _ in (*answers, *needed))], size)
        allowed = [kinds[codes[first]] for codes, kinds in (*answers, *needed)]
        names = [_name_column(condition, columns, first) for condition in tested]
        names += [
            ["" if there else f"without {name} owner" for there in codes[first]]
            for name, (codes, _) in zip(bound.owners, needed, strict=True)
        ]
        coarse = next((names[at] for at, c in enumerate(tested) if _is_rung(c)), [""] * len(first))
        told = [", ".join(filter(None, parts)) for parts in zip(*names, strict=True)] or [""] * len(first)
        return cls(tuple(told), tuple(coarse), cells, _all(allowed, len(first), len(bound.rules)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What rules decide for one category.

    Attributes
    ----------
    winner
        (places, others, days): the deciding rule, or -1.
    disagreeing
        For two rules that contradict each other, the numbers of the places where they do.
    """

    winner: Codes
    disagreeing: Mapping[tuple[int, int], Codes]


@dataclass(frozen=True, slots=True)
class Trial:
    """All that can happen to rules on these cells.

    Attributes
    ----------
    category
        The condition on the category; None if rules have none.
    others, other_codes, others_allowed
        Conditions on the incident beyond its category; (others, conditions) every combination of the
        values they name, 0 = any other value; (others, rules).
    days_allowed
        (days, rules): today, and every later day on which a rule begins or has ended.
    """

    bound: BoundRules
    columns: Mapping[str, np.ndarray]
    places: Places
    category: Condition | None
    others: tuple[Condition, ...]
    other_codes: Codes
    others_allowed: Allowed
    days_allowed: Allowed

    @classmethod
    def of(
        cls,
        bound: BoundRules,
        columns: Mapping[str, np.ndarray],
        *,
        size: int,
        category: Condition | None,
        today: date,
    ) -> "Trial":
        """Lay out everything that can happen on `size` cells with these columns."""
        others = tuple(c for c in bound.conditions if not c.place and c is not category)
        combinations = list(product(*(range(len(condition.allowed)) for condition in others)))
        codes = np.array(combinations, dtype=np.int64).reshape(len(combinations), len(others))
        allowed = [condition.allowed[codes[:, at]] for at, condition in enumerate(others)]
        days, kinds = answer_dates(bound.rules, _days(bound, today))
        return cls(
            bound=bound,
            columns=columns,
            places=Places.of(bound, columns, size),
            category=category,
            others=others,
            other_codes=codes,
            others_allowed=_all(allowed, len(codes), len(bound.rules)),
            days_allowed=kinds[days],
        )

    def verdicts(self) -> Iterator[Verdict]:
        """The verdict for each category rules name, after the one for any other category."""
        size = len(self.category.allowed) if self.category else 1
        return (self._verdict(code) for code in range(size))

    def applying(self, rule: int) -> Allowed:
        """(places, others, days): where a rule applies, whoever decides there."""
        place, other, day = (
            allowed[:, rule] for allowed in (self.places.allowed, self.others_allowed, self.days_allowed)
        )
        applies: Allowed = place[:, None, None] & other[:, None] & day
        return applies

    def _verdict(self, code: int) -> Verdict:
        bound, kept = self.bound, np.arange(len(self.bound.rules))
        if self.category is not None:
            kept = np.flatnonzero(self.category.allowed[code])
        parts = [self.places.allowed, self.others_allowed, self.days_allowed]
        shape = tuple(len(part) for part in parts)
        grid = np.indices(shape).reshape(3, -1)
        answers: list[Answer] = [(codes, part[:, kept]) for codes, part in zip(grid, parts, strict=True)]
        if not len(kept):
            return Verdict(np.full(shape, -1), {})
        decision = decide(answers, bound.rank[kept], bound.who[kept])
        winner = np.append(kept, -1)[decision.winner].reshape(shape)
        pairs = {
            (int(kept[first]), int(kept[second])): np.unique(grid[0][kinds])
            for (first, second), kinds in decision.disagreeing.items()
        }
        found = {pair: self._contradicting(pair, places) for pair, places in pairs.items()}
        return Verdict(winner, {pair: places for pair, places in found.items() if len(places)})

    def _contradicting(self, pair: tuple[int, int], places: Codes) -> Codes:
        """Of these places, those with a cell on which both rules name different handlers."""
        rows = np.flatnonzero(np.isin(self.places.cells, places))
        owners = {owner: self.columns[owner][rows] for owner in self.bound.owners.values()}
        differ = self.bound.differ(*pair, owners, size=len(rows))
        return np.unique(self.places.cells[rows[differ]])


def _is_rung(condition: Condition) -> bool:
    return bool(cell_rungs(condition.columns))


def _name_column(condition: Condition, columns: Mapping[str, np.ndarray], first: Codes) -> list[str]:
    """What a condition calls each place: the unit of a rung, else the value that rules name."""
    if _is_rung(condition):
        ids, names = (columns[column][first] for column in condition.columns[:2])
        return [str(name or unit or "") for unit, name in zip(ids, names, strict=True)]
    said = dict.fromkeys(range(len(first)), "")
    values = [None, *condition.named_values]
    for column in condition.columns:
        for at, code in enumerate(condition.codes(columns[column][first])):
            said[at] = said[at] or (f"{condition.name} {values[code]}" if code else "")
    return list(said.values())


def _all(allowed: Sequence[Allowed], kinds: int, rules: int) -> Allowed:
    return reduce(np.logical_and, allowed, np.ones((kinds, rules), dtype=bool))


def _days(bound: BoundRules, today: date) -> Codes:
    starts = [day.toordinal() for day in bound.rules.valid_from if day]
    ends = [day.toordinal() + 1 for day in bound.rules.valid_to if day]
    now = today.toordinal()
    return np.array([now, *sorted({day for day in (*starts, *ends) if day > now})], dtype=np.int64)

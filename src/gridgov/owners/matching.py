"""Rules bound to the columns of incidents and cells, and what they decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gridgov.errors import RulesError
from gridgov.language import Many, both, listed, sentences
from gridgov.owners import words
from gridgov.owners.conditions import Allowed, Answer, Codes, Condition, answer_dates, answer_owner, days_of
from gridgov.owners.deciding import combine, decide
from gridgov.owners.rules import Rules
from gridgov.owners.said_words import WORDS

__all__ = ["BoundRules", "Handled"]

_SHOWN = 5  # pairs of contradicting rows in one message


@dataclass(frozen=True, slots=True)
class Handled:
    """Who handles each incident, row by row.

    Attributes
    ----------
    handler
        Who must act; None where no rule matches.
    handler_rule
        The deciding row, ``rules.csv:7`` as a spreadsheet counts (the header is row 1); None likewise.
    carried
        Columns of the rules that are no conditions, as ``rule_<name>``.
    notes
        Sentences a person should read.
    """

    handler: np.ndarray
    handler_rule: np.ndarray
    carried: Mapping[str, np.ndarray]
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class BoundRules:
    """Rules whose conditions are known; bind once, then ask for batch after batch.

    Attributes
    ----------
    conditions
        Columns of the rules that are tested.
    carried
        Columns of the rules that go along with the answer, as ``rule_<name>``.
    owners
        For each department that rules name alone, the column of its grids' owners.
    notes
        Sentences a person should read: what was taken as what, and what looks like a slip.
    """

    rules: Rules
    conditions: tuple[Condition, ...]
    carried: tuple[str, ...]
    owners: Mapping[str, str]
    notes: tuple[str, ...]

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns of incidents and cells that :meth:`handlers` reads."""
        tested = [column for condition in self.conditions for column in condition.columns]
        return tuple(dict.fromkeys([*tested, *self.owners.values()]))

    @property
    def rank(self) -> npt.NDArray[np.int32]:
        """(rules,): the highest decides: more conditions first, those of places alone after all others."""
        named = np.array([condition.named for condition in self.conditions]).reshape(-1, len(self.rules))
        local = np.array([condition.place for condition in self.conditions], dtype=bool)
        beyond_place = named[~local].any(axis=0)
        ranks = named.sum(axis=0) + beyond_place * (len(self.conditions) + 1)
        return np.asarray(ranks, dtype=np.int32)

    @property
    def who(self) -> npt.NDArray[np.int64]:
        """(rules,): equal numbers say the same handler, or the same department's owner."""
        named = [
            (True, words.folded(handler)) if handler else (False, words.key(department))
            for handler, department in zip(self.rules.handlers_written, self.rules.departments, strict=True)
        ]
        numbers = {one: number for number, one in enumerate(dict.fromkeys(named))}
        return np.array([numbers[one] for one in named], dtype=np.int64)

    def needing(self, department: str) -> Allowed:
        """(rules,): whether a rule leaves the handler to the owner of this department's grid."""
        alone = zip(self.rules.handlers_written, self.rules.departments, strict=True)
        return np.array([not handler and department == other for handler, other in alone])

    def handlers(
        self,
        columns: Mapping[str, np.ndarray],
        *,
        when: np.ndarray | None = None,
        counted_as: str = "incident",
    ) -> Handled:
        """Who handles each incident.

        Parameters
        ----------
        columns
            (n,) values by name, at least those in `needs`; blanks are None, NaN or ''.
        when
            (n,) time of each incident, text or datetimes, the date first: 2026-03-05 08:12, 2026/3/5. The
            date counts as written, without time zones. Where none can be read, rules without dates apply.
        counted_as
            What one row is called in a message.

        Raises
        ------
        RulesError
            Naming both rows, where two rules with equally many conditions disagree on an incident; or when
            rules have dates and `when` is not given.

        Notes
        -----
        n for the columns, plus kinds of incidents x rules; a million rows of 5 columns take about a second.
        """
        answers = [condition.answer(columns) for condition in self.conditions]
        answers += [answer_owner(columns[owner], self.needing(name)) for name, owner in self.owners.items()]
        answers, notes = self._dated(answers, when)
        size = len(next(iter(columns.values()), []))
        kinds, first = combine([codes for codes, _ in answers], size)
        decision = decide([(codes[first], allowed) for codes, allowed in answers], self.rank, self.who)
        self._refuse_disagreement(decision.disagreeing, kinds, columns, counted_as)
        return self._answer(decision.winner[kinds], columns, notes)

    def _dated(self, answers: list[Answer], when: np.ndarray | None) -> tuple[list[Answer], tuple[str, ...]]:
        if not self.rules.dated:
            return answers, ()
        if when is None:
            raise RulesError(WORDS("say_time", source=self.rules.source))
        days = days_of(when)
        blind = int((days == 0).sum())
        notes = (WORDS("no_readable_time", blind=Many(blind)),)
        return [*answers, answer_dates(self.rules, days)], notes if blind else ()

    def _answer(self, winner: Codes, columns: Mapping[str, np.ndarray], notes: tuple[str, ...]) -> Handled:
        def spread(values: Sequence[str | None]) -> np.ndarray:
            return np.array([*values, None], dtype=object)[winner]

        labels = [self.rules.label(rule) for rule in range(len(self.rules))]
        carried = {f"rule_{name}": spread(self.rules.columns[name]) for name in self.carried}
        return Handled(self.resolve(winner, columns), spread(labels), carried, notes)

    def resolve(self, winner: Codes, columns: Mapping[str, np.ndarray]) -> np.ndarray:
        """The handler each incident's rule (-1 = none) names: its text, or the owner in `columns`."""
        handler = np.array([*self.rules.handlers_written, None], dtype=object)[winner]
        for department, owner in self.owners.items():
            rows = np.append(self.needing(department), False)[winner]
            handler[rows] = np.asarray(columns[owner], dtype=object)[rows]
        return handler

    def _refuse_disagreement(
        self,
        pairs: Mapping[tuple[int, int], Codes],
        kinds: Codes,
        columns: Mapping[str, np.ndarray],
        counted_as: str,
    ) -> None:
        """Raise if tied rules name different handlers once departments have become owners."""
        faults = []
        for (first, second), disagreeing in pairs.items():
            rows = np.flatnonzero(np.isin(kinds, disagreeing))
            here = {column: np.asarray(columns[column], dtype=object)[rows] for column in self.needs}
            if (differ := self.differ(first, second, here, size=len(rows))).any():
                faults.append(self._disagreement((first, second), differ, here, counted_as))
        if faults:
            more = WORDS("such_pairs", n=len(faults)) if len(faults) > _SHOWN else ""
            untested = WORDS("untested", names=listed(self.carried)) if self.carried else ""
            named = sentences(faults[:_SHOWN])
            raise RulesError(WORDS("give_another", faults=named, more=more, untested=untested))

    def differ(self, first: int, second: int, columns: Mapping[str, np.ndarray], *, size: int) -> Allowed:
        """Where two rules name different handlers, for `size` incidents or cells."""
        named = [self.resolve(np.full(size, rule), columns) for rule in (first, second)]
        return np.array([words.folded(a) != words.folded(b) for a, b in zip(*named, strict=True)])

    def _disagreement(
        self, pair: tuple[int, int], differ: Allowed, columns: Mapping[str, np.ndarray], counted_as: str
    ) -> str:
        row = int(differ.argmax())
        tested = [c for c in self.conditions if c.named[list(pair)].any()]
        like = listed(f"{c.name} {words.written(columns[c.columns[0]][row])}" for c in tested)
        named = both(WORDS("rule_says", label=self.rules.label(rule), said=self.said(rule)) for rule in pair)
        cases = WORDS(f"cases.{counted_as}", n=Many(int(differ.sum())))
        return WORDS("both_match", named=named, cases=cases, like=like or WORDS("any"))

    def said(self, rule: int) -> str:
        """Who a rule names, in words."""
        return self.rules.handlers_written[rule] or WORDS("owner_of", department=self.rules.departments[rule])

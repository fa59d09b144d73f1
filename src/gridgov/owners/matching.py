"""Rules bound to the columns of incidents and cells, and what they decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from gridgov.owners.rules import Rules

__all__ = ["BoundRules", "Handled", "bind_rules"]


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
    """Rules whose conditions are known.

    Attributes
    ----------
    conditions
        Names of the rules' condition columns.
    carried
        Names of the columns that go along with the answer, as ``rule_<name>``.
    needs
        Columns of incidents and cells that :meth:`handlers` reads; give it at least these.
    notes
        Sentences a person should read: what was taken as what, and what looks like a slip.
    """

    rules: Rules
    conditions: tuple[str, ...]
    carried: tuple[str, ...]
    needs: tuple[str, ...]
    notes: tuple[str, ...]

    def handlers(self, columns: Mapping[str, np.ndarray], *, when: np.ndarray | None = None) -> Handled:
        """Who handles each incident; see `Rules.handlers`."""
        raise NotImplementedError


def bind_rules(rules: Rules, columns: Iterable[str]) -> BoundRules:
    """See `Rules.bind`."""
    raise NotImplementedError

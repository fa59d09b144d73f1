"""Conflicts given to people and their decisions carried out.

`words` says which decision means what for which kind of conflict; `table` checks what people wrote;
`meaning` turns a decision into ground that must belong to a grid, `division` halves a place; `apply` carries
all of them out on a merge; `sheets` is the list of conflicts as people get it.
"""

from gridgov.decisions.apply import Applied, apply_decisions
from gridgov.decisions.table import DECISION_COLUMNS, Decisions

__all__ = ["DECISION_COLUMNS", "Applied", "Decisions", "apply_decisions"]

"""Handler rules: who must act on an incident, by its category and place (处置单位).

A rule is one row of a table. Its conditions are the columns that incidents or cells have too, a blank
cell matches anything, and `handler` or `department` says who. :class:`Rules` holds the rows as written,
:meth:`Rules.bind` finds out which columns are conditions, :func:`check_rules` says what is wrong with
them before the night's job does.
"""

from typing import TYPE_CHECKING

from gridgov.owners.matching import BoundRules, Handled
from gridgov.owners.rules import Rules

if TYPE_CHECKING:
    from gridgov.owners.findings import check_rules

__all__ = ["BoundRules", "Handled", "Rules", "check_rules"]


def __getattr__(name: str) -> object:
    if name != "check_rules":
        raise AttributeError(f"module 'gridgov.owners' has no attribute '{name}'")
    # Who only applies rules need not load what tries them.
    from gridgov.owners.findings import check_rules

    return check_rules

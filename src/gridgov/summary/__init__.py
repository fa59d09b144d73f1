"""Results in plain sentences, for the command line; one module per kind of result."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gridgov.summary.checked import check_lines
    from gridgov.summary.crosswalked import crosswalk_lines
    from gridgov.summary.decided import decision_lines, list_lines
    from gridgov.summary.exported import grids_lines, lists_lines
    from gridgov.summary.files import facts_lines
    from gridgov.summary.merged import network_lines
    from gridgov.summary.recorded import recorded_lines
    from gridgov.summary.rules import rules_lines
    from gridgov.summary.tagged import tag_lines
    from gridgov.summary.tallied import missing_lines, tally_lines

__all__ = [
    "check_lines",
    "crosswalk_lines",
    "decision_lines",
    "facts_lines",
    "grids_lines",
    "list_lines",
    "lists_lines",
    "missing_lines",
    "network_lines",
    "recorded_lines",
    "rules_lines",
    "tag_lines",
    "tally_lines",
]

#: Name -> module: what is not asked for is not loaded.
_HOME: Final = {
    "check_lines": "checked",
    "crosswalk_lines": "crosswalked",
    "decision_lines": "decided",
    "facts_lines": "files",
    "grids_lines": "exported",
    "list_lines": "decided",
    "lists_lines": "exported",
    "missing_lines": "tallied",
    "network_lines": "merged",
    "recorded_lines": "recorded",
    "rules_lines": "rules",
    "tag_lines": "tagged",
    "tally_lines": "tallied",
}


def __getattr__(name: str) -> object:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'gridgov.summary' has no attribute '{name}'")
    return getattr(import_module(f"gridgov.summary.{home}"), name)

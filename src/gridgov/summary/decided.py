"""What came of people's decisions, in sentences."""

from collections.abc import Mapping
from typing import Any

from gridgov.errors import examples
from gridgov.summary.amounts import counted

__all__ = ["decision_lines", "list_lines"]


def decision_lines(summary: Mapping[str, Any]) -> list[str]:
    """Say how many decisions were carried out, did nothing or fit nowhere; nothing if none were given.

    `summary` is that of a network.
    """
    told = summary.get("decisions")
    if told is None:
        return []
    lines = [
        (
            f"Decisions: {counted(told['decided'], 'conflict')} decided in {told['source']}; "
            f"{told['applied']:,} applied, {told['nothing']:,} changed nothing (leave, ignore, or merged so "
            "already)."
        )
    ]
    refused = [f"{one} ({why})" for one, why in told["refused"].items()]
    if refused:
        lines.append(f"  {len(refused):,} cannot be carried out: {examples(refused)}.")
    if told["overruled"]:
        lines.append(
            f"  {len(told['overruled']):,} in part give way to a decision about the same spot that is listed "
            f"before: {examples(told['overruled'])}."
        )
    if told["unknown"]:
        are = "is of no conflict" if len(told["unknown"]) == 1 else "are of no conflict"
        lines.append(f"  {len(told['unknown']):,} {are} now: {examples(told['unknown'])}.")
    new = f"of these {told['new']:,} new (not in {told['source']})"
    lines.append(f"  Still to decide: {told['open']:,}, {new}.")
    return lines


def list_lines(rows: Mapping[str, int]) -> list[str]:
    """Say how long the list of conflicts is; `rows` as `write_conflicts` answers."""
    notes, settled = counted(rows["notes"], "note"), counted(rows["settled"], "group")
    open_and_done = f"{rows['open']:,} to decide, {rows['decided']:,} decided"
    return [f"List of conflicts: {open_and_done}, {notes}; settled between {settled} of grids."]

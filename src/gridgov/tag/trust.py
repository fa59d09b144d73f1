"""How far a file of incidents can be trusted: what is counted batch by batch while it is tagged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gridgov.doubts import CoordinateDoubts, Doubt
from gridgov.lookup import Atlas, Handling, Placed, Points, Widths
from gridgov.reach import HandlerReach

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gridgov.recorded import Mismatches, RecordedReport, RecordedTally
    from gridgov.recorded.check import Recorded

__all__ = ["Trust", "Trusted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """What was counted, for a summary.

    Attributes
    ----------
    reach
        Metres -> rows that would have another handler (or owner) if they stood so far off; empty unless an
        accuracy was stated.
    reach_of, reach_rows
        ``handler`` or ``owner``: what was compared; rows with a cell, which were.
    accuracy
        Rows whose accuracy was ``blank``, ``unusable`` or ``beyond`` what counts.
    recorded
        Recorded units against located ones, None if none were to be checked.
    doubts
        Coordinates that are hardly where something happened.
    """

    reach: Mapping[float, int] = field(default_factory=dict)
    reach_of: str = "handler"
    reach_rows: int = 0
    accuracy: Mapping[str, int] = field(default_factory=dict)
    recorded: "RecordedReport | None" = None
    doubts: tuple[Doubt, ...] = ()


class Trust:
    """Counts all of it; one for a file, fed with every batch in the file's order.

    Any batches of the same file tell the same.

    Parameters
    ----------
    atlas
        The cells asked.
    with_accuracy
        Count how many rows would have another handler.
    with_rules
        Whether there are handlers at all.
    recorded
        Recorded units to check, and the column that holds them; None for none.
    """

    def __init__(
        self, atlas: Atlas, *, with_accuracy: bool, with_rules: bool, recorded: "Recorded | None" = None
    ) -> None:
        self._reach = HandlerReach(atlas, with_rules=with_rules) if with_accuracy else None
        self._accuracy = dict.fromkeys(("blank", "unusable", "beyond"), 0)
        self._doubts = CoordinateDoubts(atlas)
        self._recorded = recorded
        self._tally = None if recorded is None else _tally(recorded)

    def add(
        self,
        points: Points,
        placed: Placed,
        *,
        widths: Widths,
        handler: "NDArray[np.object_]",
        handling: Handling,
        labels: "NDArray[np.object_] | None" = None,
    ) -> "Mismatches | None":
        """Count a batch that was placed and answered; its rows that differ, if `labels` are to be checked."""
        for name in self._accuracy:
            self._accuracy[name] += getattr(widths, name)
        self._doubts.add(points, placed)
        if self._reach is not None:
            self._reach.add(points, placed, handler, handling)
        if self._tally is None or labels is None:
            return None
        return self._tally.add(labels, points, placed, widths=widths)

    def told(self) -> Trusted:
        """What was counted, after the last batch."""
        report = None
        if self._recorded is not None and self._tally is not None:
            from gridgov.recorded.check import recorded_report

            told = self._recorded
            report = recorded_report(self._tally, column=told.column, other_name=told.other_name)
        return Trusted(
            reach=self._reach.rows if self._reach else {},
            reach_of=self._reach.compares if self._reach else "handler",
            reach_rows=self._reach.points if self._reach else 0,
            accuracy={name: rows for name, rows in self._accuracy.items() if rows},
            recorded=report,
            doubts=tuple(self._doubts.found()),
        )


def _tally(recorded: "Recorded") -> "RecordedTally":
    # Few jobs check recorded units.
    from gridgov.recorded import RecordedTally

    return RecordedTally(recorded.units, other=recorded.other)

"""How far a file of incidents can be trusted: what is counted batch by batch while it is tagged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gridgov.lookup import Atlas, Handling, Placed, Points, Widths
from gridgov.reach import HandlerReach

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    """

    reach: Mapping[float, int] = field(default_factory=dict)
    reach_of: str = "handler"
    reach_rows: int = 0
    accuracy: Mapping[str, int] = field(default_factory=dict)


class Trust:
    """Counts all of it; one for a file, fed with every batch in the file's order.

    Any batches of the same file tell the same.
    """

    def __init__(self, atlas: Atlas, *, with_accuracy: bool, with_rules: bool) -> None:
        self._reach = HandlerReach(atlas, with_rules=with_rules) if with_accuracy else None
        self._accuracy = dict.fromkeys(("blank", "unusable", "beyond"), 0)

    def add(
        self,
        points: Points,
        placed: Placed,
        *,
        widths: Widths,
        handler: "NDArray[np.object_]",
        handling: Handling,
    ) -> None:
        """Count a batch that was placed and answered."""
        for name in self._accuracy:
            self._accuracy[name] += getattr(widths, name)
        if self._reach is not None:
            self._reach.add(points, placed, handler, handling)

    def told(self) -> Trusted:
        """What was counted so far."""
        return Trusted(
            reach=self._reach.rows if self._reach else {},
            reach_of=self._reach.compares if self._reach else "handler",
            reach_rows=self._reach.points if self._reach else 0,
            accuracy={name: rows for name, rows in self._accuracy.items() if rows},
        )

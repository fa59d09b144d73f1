"""Incidents with their answers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gridgov import frames
from gridgov.lookup import Answers, Handling, Placed, Points, Widths
from gridgov.tables import Batch, GroupPart, MapPoints, TextLines

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Asked"]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Some incidents as they came (`incidents`, `input_points`), how they were read, and their answers.

    `labels` are the recorded units to be checked, None if none are; `lines` the rows as in `Batch`.
    All but the rows `odd` lie in the middle of one cell, if that is known; then `placed` lists the candidates
    of `odd` only.
    """

    incidents: Any
    input_points: MapPoints | None
    points: Points
    widths: Widths
    placed: Placed
    handling: Handling
    answers: "Mapping[str, Answers | NDArray[Any]]"
    labels: "NDArray[np.object_] | None"
    lines: list[str] | TextLines | GroupPart | None = None
    odd: "NDArray[np.intp] | None" = None

    def __len__(self) -> int:
        return len(self.points)

    def taken(self, at: "NDArray[np.intp]") -> Batch:
        """Some of the incidents with all of their columns."""
        points = self.input_points
        some = points and MapPoints(points.geometry[at], points.crs)
        if isinstance(self.lines, TextLines):
            return Batch(Batch(self.lines.take(at).table()).frame(), some)
        return Batch(frames.take_rows(self.incidents, at), some)

    def codes(self, name: str) -> "NDArray[Any]":
        """Answers of one column as positions of words."""
        column = self.answers[name]
        assert isinstance(column, Answers)
        return column.codes

    def texts(self, name: str, at: "NDArray[np.intp]") -> "NDArray[np.object_]":
        """Answers of one column for some of the incidents."""
        column = self.answers[name]
        return column.at(at) if isinstance(column, Answers) else column[at]

    def plain(self, name: str) -> "NDArray[Any]":
        """Answers of one column, a value per row."""
        column = self.answers[name]
        return column.objects() if isinstance(column, Answers) else column

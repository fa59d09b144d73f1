"""Rows of a text table set aside, gathered so that many are parsed and written at a time."""

from typing import TYPE_CHECKING, Final

import numpy as np

from gridgov.tables import TextLines

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Gathered"]

#: So many rows are not gathered further: as Python has them, each takes some hundred bytes.
_MOST_ROWS: Final = 10_000


class Gathered:
    """Lines with the number of each row, from 1, and why it was set aside."""

    def __init__(self) -> None:
        self._lines: list[TextLines] = []
        self._numbers: list[NDArray[np.intp]] = []
        self._reasons: list[str | None] = []

    def __len__(self) -> int:
        return len(self._reasons)

    @property
    def enough(self) -> bool:
        """Whether they should be written before there are more."""
        return len(self) >= _MOST_ROWS

    def add(self, lines: TextLines, numbers: "NDArray[np.intp]", reasons: list[str | None]) -> None:
        """Set rows aside."""
        self._lines.append(lines)
        self._numbers.append(numbers)
        self._reasons += reasons

    def taken(self) -> "tuple[TextLines, NDArray[np.intp], list[str | None]]":
        """All of them; none are left."""
        lines = TextLines.joined(self._lines)
        numbers, reasons = np.concatenate(self._numbers), self._reasons
        self._lines, self._numbers, self._reasons = [], [], []
        return lines, numbers, reasons

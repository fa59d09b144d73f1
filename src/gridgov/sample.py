"""Some of many rows, evenly spread, and the same ones whatever batches they come in."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Sample"]


class Sample:
    """Keeps every k-th row; k doubles whenever more than `most` would be kept.

    Which rows are kept depends on how many there are, not on how they were cut.
    """

    __slots__ = ("_kept", "_places", "_seen", "_step", "most")

    def __init__(self, most: int) -> None:
        self.most = most
        self._seen, self._step = 0, 1
        self._places: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._kept: list[NDArray[Any]] = []

    def add(self, *columns: NDArray[Any]) -> None:
        """Take from rows given as columns of one length, always as many columns."""
        first = -self._seen % self._step
        rows = np.arange(first, len(columns[0]), self._step)
        self._places = np.concatenate([self._places, rows + self._seen])
        new = [column[rows] for column in columns]
        self._kept = (
            [np.concatenate(pair) for pair in zip(self._kept, new, strict=True)] if self._kept else new
        )
        self._seen += len(columns[0])
        while len(self._places) > self.most:
            self._step *= 2
            stay = self._places % self._step == 0
            self._places, self._kept = self._places[stay], [column[stay] for column in self._kept]

    def __len__(self) -> int:
        return len(self._places)

    @property
    def columns(self) -> tuple[NDArray[Any], ...]:
        """The rows kept, as columns; none if none were ever added."""
        return tuple(self._kept)

"""Boxes around segments: a quick look at which of them may meet."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

__all__ = ["Boxes"]

Short = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes around segments.

    Attributes
    ----------
    left, right, bottom, top
        (n,) grid steps; the border of a box is in it.
    """

    left: Short
    right: Short
    bottom: Short
    top: Short

    @classmethod
    def of(cls, start: Short, end: Short) -> Self:
        """Box segments between places (n, 2); none goes to the left."""
        (x, y), (right, other) = start.T, end.T
        return cls(x.copy(), right.copy(), np.minimum(y, other), np.maximum(y, other))

    def __getitem__(self, rows: Any) -> "Boxes":
        return Boxes(*(getattr(self, name)[rows] for name in self.__slots__))

    def meet(self, other: "Boxes") -> Bools:
        """Tell the boxes that have a place in common with the other one of their row."""
        answer = self.left <= other.right
        answer &= other.left <= self.right
        answer &= self.bottom <= other.top
        answer &= other.bottom <= self.top
        return np.asarray(answer)

    def hold(self, x: Short, y: Short) -> Bools:
        """Tell the boxes that hold the place of their row."""
        answer = self.left <= x
        answer &= x <= self.right
        answer &= self.bottom <= y
        answer &= y <= self.top
        return np.asarray(answer)

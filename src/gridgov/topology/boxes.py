"""Segments with the boxes around them: a quick look at which of them may meet."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

__all__ = ["Boxes"]

Ints = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

#: No grid step is farther out.
FARTHEST = (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class Boxes:
    """Segments and the boxes around them.

    Attributes
    ----------
    left, right, bottom, top
        (n,) grid steps; the border of a box is in it.
    low, high
        (n,) rows of the end points of the segment.
    """

    left: Short
    right: Short
    bottom: Short
    top: Short
    low: Short
    high: Short

    @classmethod
    def of(cls, points: Short, low: Ints, high: Ints, *, margin: int = 0) -> Self:
        """Box segments between places (n, 2) from 0 on, given by rows, with so many steps more."""
        start, end = points.take(low, axis=0), points.take(high, axis=0)
        left, bottom = (np.minimum(start, end) - np.int32(margin)).T
        right, top = (np.minimum(np.maximum(start, end), FARTHEST - margin) + np.int32(margin)).T
        ends = low.astype(np.int32), high.astype(np.int32)
        return cls(left.copy(), right.copy(), bottom.copy(), top.copy(), *ends)

    def __getitem__(self, rows: Any) -> "Boxes":
        return Boxes(*(getattr(self, name)[rows] for name in self.__slots__))

    def meet(self, other: "Boxes") -> Bools:
        """Tell the boxes that have a place in common with the other one of their row, but no end point."""
        answer = self.left <= other.right
        answer &= other.left <= self.right
        answer &= self.bottom <= other.top
        answer &= other.bottom <= self.top
        for one in (self.low, self.high):
            answer &= one != other.low
            answer &= one != other.high
        return np.asarray(answer)

    def hold(self, x: Short, y: Short, point: Short) -> Bools:
        """Tell the boxes that hold the place of their row, unless the `point` there is an end of theirs."""
        answer = self.left <= x
        answer &= x <= self.right
        answer &= self.bottom <= y
        answer &= y <= self.top
        answer &= point != self.low
        answer &= point != self.high
        return np.asarray(answer)

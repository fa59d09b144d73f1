"""Coordinates of which most were read already, as plain decimal numbers, while a table was read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

__all__ = ["PlainNumbers"]


@dataclass(frozen=True, slots=True, eq=False)
class PlainNumbers:
    """A column of texts.

    Attributes
    ----------
    number
        (n,) float64, the numbers of those that are digits, with a minus and a decimal point at the most; NaN
        for the others.
    texts
        Gives the texts of some rows, by their positions.
    """

    number: NDArray[np.float64]
    texts: "Callable[[NDArray[np.intp]], pl.Series]"

    @property
    def shape(self) -> tuple[int, ...]:
        """As an array has it."""
        return self.number.shape

    def slice(self, begin: int, size: int) -> "PlainNumbers":
        """Some rows one after the other."""
        return PlainNumbers(self.number[begin : begin + size], lambda at: self.texts(at + begin))

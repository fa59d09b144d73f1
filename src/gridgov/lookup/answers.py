"""A column of answers as it is found: for each point which value of a list."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Answers", "constant"]

Texts = NDArray[np.object_]


def _nowhere() -> NDArray[np.intp]:
    return np.zeros(0, dtype=np.intp)


def _nothing() -> Texts:
    return np.zeros(0, dtype=object)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """One value per point: ``values[codes]``, but `texts` at the points `rows`.

    Attributes
    ----------
    codes
        (n,) position in `values`, -1 for the last, which is None.
    values
        What may be answered; the same array for every batch.
    rows, texts
        Points that have another value, and these values.
    """

    codes: NDArray[Any]
    values: Texts
    rows: NDArray[np.intp] = field(default_factory=_nowhere)
    texts: Texts = field(default_factory=_nothing)

    def __len__(self) -> int:
        return len(self.codes)

    def objects(self) -> Texts:
        """The values, None where there is none."""
        spread: Texts = self.values[self.codes]
        spread[self.rows] = self.texts
        return spread

    def at(self, points: NDArray[np.intp]) -> Texts:
        """The values of some points."""
        if len(self.rows):
            return np.asarray(self.objects()[points])
        return np.asarray(self.values[self.codes[points]])


def constant(value: object, size: int) -> Answers:
    """The same value for every point."""
    values = np.empty(1, dtype=object)
    values[0] = value
    return Answers(np.broadcast_to(np.int32(0), size), values)

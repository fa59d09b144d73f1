"""Spots put into square buckets: which of them lie near which places."""

from dataclasses import dataclass
from math import ceil
from typing import Self

import numpy as np
import numpy.typing as npt

from gridgov.topology.distinct import put_in_order
from gridgov.topology.ragged import spread

__all__ = ["Spots"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spots:
    """Spots by the bucket they lie in.

    Attributes
    ----------
    xy
        (n, 2) in metres.
    width
        Metres that a bucket is wide.
    origin, rows
        The lower left corner of all, and how many rows of buckets there are.
    key
        (n,) number of the bucket, column by column, ascending.
    spot
        (n,) which spot it is.
    """

    xy: Floats
    width: float
    origin: Floats
    rows: int
    key: Ints
    spot: Ints

    @classmethod
    def of(cls, xy: Floats, *, width: float) -> Self:
        """Put spots (n, 2) into buckets."""
        origin = xy.min(axis=0) if len(xy) else np.zeros(2)
        column, row = ((along - low) // width for along, low in zip(xy.T, origin, strict=True))
        rows = int(row.max(initial=0)) + 1
        key, spot = put_in_order((column * rows + row).astype(np.int64))
        return cls(xy, width, origin, rows, key, spot)

    def near(self, places: Floats, *, within_m: float) -> tuple[Ints, Ints]:
        """Answer which places (m, 2) lie no farther than so many metres from which spots, as rows of both."""
        column, row = ((places - self.origin) // self.width).astype(np.int64).T
        aside = ceil(within_m / self.width)
        low, high = np.maximum(row - aside, 0), np.minimum(row + aside, self.rows - 1)
        found = [np.zeros((2, 0), dtype=np.int64)]
        for beside in range(-aside, aside + 1):
            first = np.searchsorted(self.key, (column + beside) * self.rows + low, side="left")
            last = np.searchsorted(self.key, (column + beside) * self.rows + high, side="right")
            place, at = spread(first, np.where(low <= high, last - first, 0))
            found.append(np.stack([place, self.spot[at]]))
        place, spot = np.concatenate(found, axis=1)
        apart = places.take(place, axis=0) - self.xy.take(spot, axis=0)
        near = np.flatnonzero(np.hypot(apart[:, 0], apart[:, 1]) <= within_m)
        return place[near], spot[near]

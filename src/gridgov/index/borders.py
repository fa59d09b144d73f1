"""How far points are from the borders of polygons, in metres."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridgov.index.pieces import Pieces
from gridgov.index.systems import Systems

__all__ = ["Borders"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """Pieces of border in metres.

    Attributes
    ----------
    x, y
        (m,) corners in metres.
    a, b
        (n,) the corner at each end of a piece.
    rows
        (n, 2) whose border it is, -1 for none.
    """

    x: Floats
    y: Floats
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, pieces: Pieces, systems: Systems) -> "Borders":
        """The borders that pieces in the cells' coordinates are."""
        x, y = systems.to_metres(*(np.ascontiguousarray(axis) for axis in pieces.corners.T))
        return cls(x, y, pieces.a, pieces.b, pieces.rows)

    def distance(self, piece: Ints, x: Floats, y: Floats) -> Floats:
        """Metres from each point to its piece: to the line between its ends, or to the nearer end."""
        a, b = self.a[piece], self.b[piece]
        ax, ay = self.x[a], self.y[a]
        east, north = self.x[b] - ax, self.y[b] - ay
        square = east * east + north * north
        square[square == 0] = 1.0  # then both ends are the same
        along = ((x - ax) * east + (y - ay) * north) / square
        across = np.abs((ay - y) * east - (ax - x) * north) / square * np.sqrt(square)
        to_a = np.sqrt((x - ax) ** 2 + (y - ay) ** 2)
        to_b = np.sqrt((x - self.x[b]) ** 2 + (y - self.y[b]) ** 2)
        return np.where(along <= 0, to_a, np.where(along >= 1, to_b, across))

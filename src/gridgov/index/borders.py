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
    """Pieces of border in metres; what is asked together stands together.

    Attributes
    ----------
    corners
        (m, 2) corners in metres.
    pieces
        (n, 4) int32: the corner at each end of a piece, and the rows whose border it is, -1 for none, as in
        `Pieces.numbers`.
    """

    corners: Floats
    pieces: NDArray[np.int32]

    @classmethod
    def of(cls, pieces: Pieces, systems: Systems) -> "Borders":
        """The borders that pieces in the cells' coordinates are."""
        corners = pieces.corners
        if not systems.measured:
            corners = np.column_stack(systems.to_metres(*(np.ascontiguousarray(axis) for axis in corners.T)))
        return cls(corners, pieces.numbers)

    def rows(self, piece: Ints) -> NDArray[np.int32]:
        """Whose border each piece is: (k, 2) rows, -1 for none."""
        return self.pieces[piece, 2:]

    def distance(self, piece: Ints, x: Floats, y: Floats) -> Floats:
        """Metres from each point to its piece: to the line between its ends, or to the nearer end."""
        (ax, ay), (bx, by) = (self.corners[self.pieces[piece, end]].T for end in (0, 1))
        east, north = bx - ax, by - ay
        square = east * east + north * north
        square[square == 0] = 1.0  # then both ends are the same
        along = ((x - ax) * east + (y - ay) * north) / square
        across = np.abs((ay - y) * east - (ax - x) * north) / square * np.sqrt(square)
        to_a = np.sqrt((x - ax) ** 2 + (y - ay) ** 2)
        to_b = np.sqrt((x - bx) ** 2 + (y - by) ** 2)
        nearest: Floats = np.where(along <= 0, to_a, np.where(along >= 1, to_b, across))
        return nearest

"""The raster: for each pixel one cell, or what it takes to tell which cell a place in it belongs to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridgov.index.grid import Grid

__all__ = ["BITS", "EDGE", "HARD", "NOBODY", "Raster", "first_record"]

NOBODY = -1

#: Polygons that a record can tell apart: one bit each. The bit above says the record tells nothing.
BITS = 31
HARD = np.uint32(1 << BITS)

#: A line of a record: unit normal (east of the line positive), its offset, the lowest row it is crossed in,
#: the first row above, and the bits of the polygons it borders on.
EDGE = np.dtype(
    [("nu", "f4"), ("nv", "f4"), ("c", "f4"), ("low", "f4"), ("high", "f4"), ("mask", "u4")], align=True
)


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Pixels, and records of those that are not all in one cell.

    Attributes
    ----------
    code
        (height * width,) row of the cell that holds all of the pixel, -1 for none, -2 - k for record k.
    records
        (k + 1, 3) int32: where the record's lines and its polygons begin, and the bits of the polygons that
        hold the far left of the pixel's own small world (see `gridgov.index.records`). The last row closes
        the one before.
    lines
        Of dtype EDGE, at least one of each record.
    piece
        (lines,) which piece of border each line is, -1 for none.
    rows
        The polygons of each record, the smallest first; bit i stands for the i-th of them.
    doubt, reach
        In pixels: points this near to a line are to be asked in the cells' coordinates; a record holds every
        piece within `reach` of its pixel.
    """

    grid: Grid
    code: NDArray[np.int32]
    records: NDArray[np.int32]
    lines: NDArray[np.void]
    piece: NDArray[np.int32]
    rows: NDArray[np.int32]
    doubt: float
    reach: float


def first_record(code: NDArray[np.int32]) -> NDArray[np.int32]:
    """Number of the record of codes below -1."""
    return -2 - code

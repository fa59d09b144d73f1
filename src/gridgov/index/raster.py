"""The raster: for each pixel one cell, or what it takes to tell which cell a place in it belongs to."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gridgov.index.grid import Grid
from gridgov.index.spread import spread

__all__ = [
    "BITS",
    "FIRST_LINES",
    "FIRST_ROWS",
    "HARD",
    "LINE_WORDS",
    "NOBODY",
    "NO_LINE",
    "ROWS_SHIFT",
    "UNIT_WORDS",
    "Raster",
    "aligned",
    "first_record",
    "to_alignment",
]

NOBODY = -1

#: Polygons that a record can tell apart: one bit each. The bit above says the record tells nothing.
BITS = 31
HARD = np.uint32(1 << BITS)

#: Words of 4 bytes of a unit (64 bytes: what the processor fetches at a time), and of a line.
UNIT_WORDS: Final = 16
LINE_WORDS: Final = 6

#: Where the two lines that every record has begin, and its first two polygons; how the first word is cut.
FIRST_LINES: Final = (4, 10)
FIRST_ROWS, ROWS_SHIFT = 2, 7

#: A line far away that nothing crosses.
NO_LINE = np.array([0.0, 0.0, 9.0, np.inf, np.inf, 0.0], dtype=np.float32)

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Pixels, and records of those that are not all in one cell.

    Attributes
    ----------
    code
        (height * width,) row of the cell that holds all of the pixel, -1 for none, -2 - k for the record that
        begins at unit k.
    units
        (k, 16) int32. A record is one unit, or several in a row::

            0      number of its lines, up to 64, and of its polygons (from bit 7)
            1      bits of the polygons that hold the far left of the pixel's own small world
            2, 3   its first two polygons, the smallest first; bit i stands for the i-th of them
            4-15   its first two lines, those that are missing far away
            16-    its other lines, then its other polygons

        A line is six words: unit normal (east of the line positive) and offset, the lowest row it is crossed
        in, the first row above (float32), and the bits of the polygons it borders on.
    begin
        (k,) int32: where in `piece` the pieces of the record that begins at this unit begin.
    piece
        Which piece of border each line is.
    doubt, reach
        In pixels: points this near to a line are to be asked in the cells' coordinates; a record holds every
        piece within `reach` of its pixel.
    """

    grid: Grid
    code: NDArray[np.int32]
    units: NDArray[np.int32]
    begin: NDArray[np.int32]
    piece: NDArray[np.int32]
    doubt: float
    reach: float

    def lines(self, record: Ints) -> Ints:
        """How many lines each record has."""
        return np.asarray(self.units[record, 0] & ((1 << ROWS_SHIFT) - 1), dtype=np.int64)

    def told(self, record: Ints) -> NDArray[np.bool_]:
        """Whether each record tells anything."""
        return np.asarray(self.units[record, 1] >= 0)

    def polygons(self, record: Ints) -> tuple[Ints, Ints, NDArray[np.int32]]:
        """All polygons of each record: position of the record, place among its polygons, row."""
        of, place = spread((self.units[record, 0] >> ROWS_SHIFT).astype(np.int64))
        return of, place, self.polygon(record[of], place)

    def polygon(self, record: Ints, place: Ints) -> NDArray[np.int32]:
        """The polygon that a bit of each record stands for."""
        further = UNIT_WORDS + LINE_WORDS * np.maximum(self.lines(record) - 2, 0) - FIRST_ROWS
        at = record * UNIT_WORDS + place + np.where(place < FIRST_ROWS, 2, further)
        return np.asarray(self.units.reshape(-1)[at])

    def pieces(self, record: Ints) -> tuple[Ints, Ints]:
        """All pieces of border of each record: position of the record, piece."""
        of, place = spread(self.lines(record))
        return of, self.piece[self.begin[record[of]] + place].astype(np.int64)


def first_record(code: NDArray[np.int32]) -> NDArray[np.int32]:
    """First unit of the record of codes below -1."""
    return -2 - code


def aligned(words: int, spare: NDArray[np.uint8] | None = None) -> NDArray[np.int32]:
    """So many words of memory that begin where the processor begins to fetch, if possible spare ones."""
    size = 4 * (words + UNIT_WORDS)
    memory = spare if spare is not None and len(spare) >= size else np.empty(size, dtype=np.uint8)
    laid = memory[:size].view(np.int32)
    skipped = to_alignment(laid)
    return laid[skipped : skipped + words]


def to_alignment(memory: NDArray[np.int32]) -> int:
    """How many words there are before the first at which the processor begins to fetch."""
    return int(-(memory.ctypes.data // 4) % UNIT_WORDS)

"""Records laid out in units: see `gridgov.index.raster.Raster`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridgov.index.raster import FIRST_LINES, FIRST_ROWS, LINE_WORDS, NO_LINE, ROWS_SHIFT, UNIT_WORDS
from gridgov.index.spread import spread

__all__ = ["LINE", "Packed", "packed"]

Ints = NDArray[np.int64]

#: A line before it is laid out.
LINE = np.dtype(
    [("nu", "f4"), ("nv", "f4"), ("c", "f4"), ("low", "f4"), ("high", "f4"), ("mask", "u4")], align=True
)


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Records laid out: the first unit of each, the units, and where each unit's pieces begin."""

    first: Ints
    units: NDArray[np.int32]
    begin: NDArray[np.int32]


def packed(
    state: NDArray[np.uint32],
    *,
    lines: NDArray[np.void],
    line_counts: Ints,
    rows: NDArray[np.int32],
    row_counts: Ints,
) -> Packed:
    """Lay out records with their lines, and with their polygons by rank, each record's after the last's."""
    further = LINE_WORDS * np.maximum(line_counts - len(FIRST_LINES), 0)
    words = UNIT_WORDS + further + np.maximum(row_counts - FIRST_ROWS, 0)
    sizes = -(-words // UNIT_WORDS)
    first = np.cumsum(sizes) - sizes
    flat = np.zeros(int(sizes.sum()) * UNIT_WORDS, dtype=np.int32)
    head = first * UNIT_WORDS
    flat[head] = line_counts | row_counts << ROWS_SHIFT
    flat[head + 1] = state.view(np.int32)
    of, place = spread(row_counts)
    flat[head[of] + place + np.where(place < FIRST_ROWS, 2, UNIT_WORDS - FIRST_ROWS + further[of])] = rows
    word = np.arange(LINE_WORDS)
    for number, at in enumerate(FIRST_LINES):
        bare = head[line_counts <= number] + at
        flat[bare[:, None] + word] = NO_LINE.view(np.int32)
    of, place = spread(line_counts)
    at = head[of] + FIRST_LINES[0] + place * LINE_WORDS
    flat[at[:, None] + word] = lines.view(np.int32).reshape(-1, LINE_WORDS)
    begin = np.zeros(len(flat) // UNIT_WORDS, dtype=np.int32)
    begin[first] = np.cumsum(line_counts) - line_counts
    return Packed(first, flat.reshape(-1, UNIT_WORDS), begin)

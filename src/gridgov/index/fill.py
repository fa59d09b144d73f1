"""Which polygons hold the middle of each pixel: crossings along the rows of pixels, summed up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridgov.index.chart import Chart
from gridgov.index.raster import NOBODY
from gridgov.index.spread import spread

__all__ = ["SEVERAL", "Crossings", "column_after", "covers", "fill", "weight_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Code of a pixel whose middle lies in several polygons.
SEVERAL = -2

#: A sum of weights says how many polygons there are and, if it is one, which: number, count, check.
_COUNT, _CHECK = np.uint64(32), np.uint64(48)
_MIX = np.uint64(0x9E3779B97F4A7C15)

#: Pixels summed up at a time.
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Crossings:
    """Where pieces cross the middle of a row of pixels: `pixel` is the first whose middle lies east of it."""

    piece: Ints
    pixel: Ints


def crossings_of(chart: Chart) -> Crossings:
    """Every crossing of a piece with the middle of a row."""
    first = np.ceil(chart.v[chart.a] - 0.5).astype(np.int64)
    after = np.ceil(chart.v[chart.b] - 0.5).astype(np.int64)
    piece, step = spread(after - first)
    row = first[piece] + step
    column = column_after(chart, piece, row)
    return Crossings(piece, row * chart.grid.width + column.astype(np.int64))


def column_after(chart: Chart, piece: Ints, row: Ints) -> Floats:
    """First column whose middle lies east of the piece's line, at the middle of a row."""
    a, b = chart.a[piece], chart.b[piece]
    va, ua = chart.v[a], chart.u[a]
    east = ua + (row + 0.5 - va) / (chart.v[b] - va) * (chart.u[b] - ua)
    return np.asarray(np.floor(east - 0.5) + 1)


def fill(chart: Chart, crossings: Crossings) -> NDArray[np.int32]:
    """For each pixel the polygon that holds its middle, -1 for none, SEVERAL.

    Exact for valid polygons that do not overlap; what it calls SEVERAL is looked at by `covers`.
    """
    weights = np.zeros(len(chart.grid), dtype=np.uint64)
    for member in range(chart.rows.shape[1]):
        row, side = chart.rows[:, member], chart.side[:, member]
        weight = weight_of(row)
        # Pieces lead up: going east over one, what lies on its left ends.
        weight = np.where(side > 0, np.uint64(0) - weight, weight)
        weight[row == NOBODY] = 0
        np.add.at(weights, crossings.pixel, weight[crossings.piece])
    return _named(weights, len(chart.rows) and int(chart.rows.max()) + 1)


def weight_of(row: NDArray[np.int32]) -> NDArray[np.uint64]:
    """What a polygon adds to the sums: its number, one to the count, and a check."""
    number = row.astype(np.uint64) + np.uint64(1)
    check = (number * _MIX) >> _CHECK
    return number + (np.uint64(1) << _COUNT) + (check << _CHECK)


def _named(weights: NDArray[np.uint64], rows: int) -> NDArray[np.int32]:
    """The polygon a running sum of weights stands for."""
    code = np.empty(len(weights), dtype=np.int32)
    carried = np.uint64(0)
    for begin in range(0, len(weights), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        total = np.cumsum(weights[block], dtype=np.uint64) + carried
        carried = total[-1]
        number = (total & np.uint64(0xFFFFFFFF)).astype(np.int64)
        one = (number >= 1) & (number <= rows)
        one &= total == weight_of((np.where(one, number, 1) - 1).astype(np.int32))
        code[block] = np.where(one, number - 1, np.where(total == 0, NOBODY, SEVERAL))
    return code


def covers(chart: Chart, crossings: Crossings | None, code: NDArray[np.int32]) -> tuple[Ints, Ints]:
    """Pixels that are SEVERAL, with each polygon that holds their middle; sorted by pixel.

    `crossings` None: they are found if there is such a pixel.
    """
    if not (code == SEVERAL).any():
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    begin, end, polygon = _runs(chart, crossings or crossings_of(chart))
    several = np.concatenate([[0], np.cumsum(code == SEVERAL)])
    run, step = spread(several[end] - several[begin])
    pixel = np.flatnonzero(code == SEVERAL)[several[begin[run]] + step]
    order = np.argsort(pixel, kind="stable")
    return pixel[order], polygon[run[order]]


def _runs(chart: Chart, crossings: Crossings) -> tuple[Ints, Ints, Ints]:
    """Pixels from `begin` to before `end` whose middles lie in a polygon: between two crossings of it."""
    rows = chart.rows[crossings.piece]
    pixel, polygon = np.repeat(crossings.pixel, rows.shape[1]), rows.ravel().astype(np.int64)
    pixel, polygon = pixel[polygon != NOBODY], polygon[polygon != NOBODY]
    order = np.lexsort((pixel, polygon))
    pixel, polygon = pixel[order], polygon[order]
    return pixel[0::2], pixel[1::2], polygon[0::2]

"""Records of the pixels that borders run through, drawn from a chart.

A record sees a small world: its pixel, a little wider, and the pieces of border that meet it. A piece that
leaves this world is thought to go on straight for ever, so that each is a line, a half-line or a segment.
Far to the left of the pixel all heights then lie in the same polygons, those of the record's state; which
polygons hold a place in the pixel follows from the lines between it and the far left: each one crossed
switches the polygons it borders on.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridgov.index.chart import Chart
from gridgov.index.compiled import worth_compiling_to_draw
from gridgov.index.fill import column_after, covers, crossings_of, fill
from gridgov.index.packing import LINE, Packed, packed
from gridgov.index.raster import BITS, HARD, NOBODY, UNIT_WORDS, Raster, first_record, to_alignment
from gridgov.index.spread import spread

__all__ = ["MOST_LINES", "SLACK", "drawn"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint32]

#: More lines than this in one pixel are not worth trying one by one.
MOST_LINES = 64

#: Records see at most so much farther than their pixel, and at least so many times the doubt.
_WIDEST, _DOUBTS = 0.25, 4.0

#: Pieces are listed in every pixel that they come so much nearer to than they need, against rounding.
SLACK = 1e-7

#: Pixels drawn at a time.
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """The records of some rows of pixels: which pixels, laid out, and the pieces that their lines are."""

    pixel: Ints
    records: Packed
    piece: NDArray[np.int32]


def drawn(chart: Chart, *, reach_m: float, rank: Ints, spare: NDArray[np.uint8] | None = None) -> Raster:
    """The raster of a chart.

    Parameters
    ----------
    reach_m
        Records hold pieces this far from their pixel, if that is not more than a quarter of a pixel.
    rank
        Of each polygon: of several that hold a place, the one with the lowest rank is the answer.
    spare
        Memory that nobody needs any more.
    """
    grid = chart.grid
    reach = max(min(reach_m / grid.pixel_m, _WIDEST) + chart.doubt, _DOUBTS * chart.doubt)
    if worth_compiling_to_draw(len(chart)):
        from gridgov.index.drawing import drawn_compiled

        return drawn_compiled(chart, rank=rank, reach=reach, spare=spare)
    crossings = crossings_of(chart)
    code = fill(chart, crossings)
    held = covers(chart, crossings, code)
    del crossings
    height = max(1, _BLOCK // grid.width)
    laid = _LaidOut(code)
    for below in range(0, grid.height, height):
        above = min(below + height, grid.height)
        laid.add(_part(chart, code, held, rank=rank, reach=reach, below=below, above=above))
    return laid.raster(chart, reach)


class _LaidOut:
    """Records laid out part after part, in memory that grows where it stands: a copy would double it."""

    def __init__(self, code: NDArray[np.int32]) -> None:
        self._code = code
        self._memory = np.empty(UNIT_WORDS, dtype=np.int32)
        self._skipped, self._units, self._pieces = 0, 0, 0
        self._begin: list[NDArray[np.int32]] = []
        self._piece: list[NDArray[np.int32]] = []

    def add(self, part: _Part) -> None:
        """Lay out the records of some rows of pixels, and put their numbers into the pixels."""
        at, records = self._units, part.records
        self._units += len(records.units)
        self._grow()
        self._laid()[at:] = records.units
        begin = np.zeros(len(records.units), dtype=np.int32)
        begin[records.first] = records.begin[records.first] + self._pieces
        self._begin.append(begin)
        self._piece.append(part.piece)
        self._pieces += len(part.piece)
        self._code[part.pixel] = first_record((at + records.first).astype(np.int32))

    def _grow(self) -> None:
        words, before = self._units * UNIT_WORDS, self._skipped
        kept = len(self._memory) - UNIT_WORDS
        self._memory.resize(words + UNIT_WORDS, refcheck=False)
        self._skipped = to_alignment(self._memory)
        if self._skipped != before:
            self._memory[self._skipped : self._skipped + kept] = self._memory[before : before + kept]

    def _laid(self) -> NDArray[np.int32]:
        words = slice(self._skipped, self._skipped + self._units * UNIT_WORDS)
        return self._memory[words].reshape(-1, UNIT_WORDS)

    def raster(self, chart: Chart, reach: float) -> Raster:
        """The raster of all that was laid out."""
        begin, piece = np.concatenate(self._begin), np.concatenate(self._piece)
        return Raster(chart.grid, self._code, self._laid(), begin, piece, chart.doubt, reach)


def _part(
    chart: Chart,
    code: NDArray[np.int32],
    held: tuple[Ints, Ints],
    *,
    rank: Ints,
    reach: float,
    below: int,
    above: int,
) -> _Part:
    """The records of the rows of pixels from `below` to before `above`."""
    first, after = below * chart.grid.width, above * chart.grid.width
    piece, pixel = _met(chart, reach, below=below, above=above)
    key = (pixel - first) * len(chart) + piece
    key.sort()
    pixel, piece = np.divmod(key, max(len(chart), 1))
    del key
    among = slice(*np.searchsorted(held[0], [first, after]))
    held_in = held[0][among] - first
    bordered = np.zeros(after - first, dtype=np.bool_)
    bordered[pixel] = bordered[held_in] = True
    number = np.cumsum(bordered) - 1
    at, pixel, drawn_in = number[pixel], pixel + first, np.flatnonzero(bordered) + first
    lines, crossed = _lines(chart, piece, pixel, reach)

    # Who can hold places of a pixel: those whose border is listed, and those that hold its middle.
    holder = code[drawn_in].astype(np.int64)
    single = np.flatnonzero(holder >= 0)
    middle_at = np.concatenate([single, number[held_in]])
    middle = np.concatenate([holder[single], held[1][among]])
    members = chart.rows[piece].astype(np.int64)
    listed = members != NOBODY
    row_at, rows, bit = _lists(
        np.concatenate([np.repeat(at, listed.sum(axis=1)), middle_at]),
        np.concatenate([members[listed], middle]),
        rank=rank,
        size=len(drawn_in),
    )
    bits = np.zeros(members.shape, dtype=np.uint32)
    bits[listed] = bit[: listed.sum()]
    lines["mask"] = np.where(lines["mask"], np.bitwise_xor.reduce(bits, axis=1), 0)
    state = np.zeros(len(drawn_in), dtype=np.uint32)
    np.bitwise_xor.at(state, middle_at, bit[listed.sum() :])
    np.bitwise_xor.at(state, at[crossed], lines["mask"][crossed])
    row_counts, line_counts = np.diff(row_at, append=len(rows)), np.bincount(at, minlength=len(state))
    hard = (row_counts > BITS) | (line_counts > MOST_LINES)
    state[hard] = HARD
    kept = ~hard[at]
    records = packed(
        state,
        lines=lines[kept],
        line_counts=np.where(hard, 0, line_counts),
        rows=rows,
        row_counts=row_counts,
    )
    return _Part(drawn_in, records, chart.parent[piece[kept]].astype(np.int32))


def _met(chart: Chart, reach: float, *, below: int, above: int) -> tuple[Ints, Ints]:
    """Pieces and the pixels they come within `reach` of."""
    reach += SLACK
    low, high = chart.v[chart.a], chart.v[chart.b]
    some = np.flatnonzero((high + reach >= below) & (low - reach <= above))
    first = np.maximum(np.floor(low[some] - reach).astype(np.int64), below)
    last = np.minimum(np.floor(high[some] + reach).astype(np.int64), above - 1)
    found, step = spread(last - first + 1)
    row, piece = first[found] + step, some[found]
    ua, ub, va = chart.u[chart.a[piece]], chart.u[chart.b[piece]], low[piece]
    rise = high[piece] - va
    flat = rise == 0
    rise[flat] = 1.0
    ends = [
        np.where(flat, level, np.clip((bound - va) / rise, 0.0, 1.0))
        for level, bound in ((0.0, row - reach), (1.0, row + 1 + reach))
    ]
    east = [ua + along * (ub - ua) for along in ends]
    first = np.maximum(np.floor(np.minimum(*east) - reach).astype(np.int64), 0)
    last = np.minimum(np.floor(np.maximum(*east) + reach).astype(np.int64), chart.grid.width - 1)
    found, step = spread(last - first + 1)
    return piece[found], row[found] * chart.grid.width + first[found] + step


def _lines(
    chart: Chart, piece: Ints, pixel: Ints, reach: float
) -> tuple[NDArray[np.void], NDArray[np.bool_]]:
    """The line of each piece in a pixel's own coordinates, and whether it lies left of the middle.

    The mask is 1 where going left can cross the line.
    """
    row, column = np.divmod(pixel, chart.grid.width)
    a, b = chart.a[piece], chart.b[piece]
    ua, va, ub, vb = (
        values - shift
        for values, shift in (
            (chart.u[a], column),
            (chart.v[a], row),
            (chart.u[b], column),
            (chart.v[b], row),
        )
    )
    a_in, b_in = (_within(u, v, reach) for u, v in ((ua, va), (ub, vb)))
    run, rise = chart.u[b] - chart.u[a], chart.v[b] - chart.v[a]
    flat = rise == 0
    length = np.sqrt(run * run + rise * rise)
    length[flat] = 1.0
    lines = np.zeros(len(piece), dtype=LINE)
    nu, nv = rise / length, np.where(flat, 1.0, -run / length)
    lines["nu"], lines["nv"], lines["c"] = nu, nv, -(nu * ua + nv * va)
    lines["low"] = np.where(a_in & ~flat, va, -np.inf)
    lines["high"] = np.where(b_in & ~flat, vb, np.inf)
    # A level piece that leaves to the left bends upward there: all above it cross it, none below.
    left = np.where(ua < ub, ~a_in, ~b_in)
    left &= _across(ua, ub, reach) & (np.abs(va - 0.5) <= 0.5 + reach)
    # A piece that ends just before this world, and is listed against rounding only, does not go on in it.
    met = _across(ua, ub, reach) & _across(va, vb, reach)
    lines["mask"] = np.where(flat, left, met)
    # The same comparisons as those that found what holds the middle, lest the two contradict each other.
    middle = row + 0.5
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        passed = column_after(chart, piece, row) <= column
    passed &= (~a_in | (chart.v[a] <= middle)) & (~b_in | (middle < chart.v[b]))
    return lines, np.where(flat, left & (middle >= chart.v[a]), passed)


def _within(u: Floats, v: Floats, reach: float) -> NDArray[np.bool_]:
    return np.asarray((np.abs(u - 0.5) <= 0.5 + reach) & (np.abs(v - 0.5) <= 0.5 + reach))


def _across(one: Floats, other: Floats, reach: float) -> NDArray[np.bool_]:
    """Whether two ends lie on different sides of the world, or within it, along an axis."""
    east, west = np.maximum(one, other), np.minimum(one, other)
    return np.asarray((east - 0.5 >= -(0.5 + reach)) & (west - 0.5 <= 0.5 + reach))


def _lists(at: Ints, polygon: Ints, *, rank: Ints, size: int) -> tuple[Ints, NDArray[np.int32], Bits]:
    """Where each record's polygons begin, the polygons by rank, and each entry's bit."""
    count = max(len(rank), 1)
    known, number = np.unique(at * count + rank[polygon], return_inverse=True)
    begin = np.searchsorted(known, np.arange(size) * count)
    by_rank = np.argsort(rank)
    place = number - begin[at]
    # Beyond the last bit the record is hard, and its bits are not read.
    bit = np.left_shift(np.uint32(1), np.minimum(place, BITS).astype(np.uint32), dtype=np.uint32)
    return begin, by_rank[known % count].astype(np.int32), bit

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
from gridgov.index.fill import column_after, covers, crossings_of, fill, fill_compiled, spread
from gridgov.index.raster import BITS, EDGE, HARD, NOBODY, Raster, first_record

__all__ = ["drawn"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint32]

#: More lines than this in one pixel are not worth trying one by one.
MOST_LINES = 64

#: Records see at most so much farther than their pixel, and at least so many times the doubt.
_WIDEST, _DOUBTS = 0.25, 4.0

#: Pieces are listed in every pixel that they come so much nearer to than they need, against rounding.
_SLACK = 1e-7

#: Pixels drawn at a time.
_BLOCK = 1 << 20

#: A line far away that nothing crosses, for records without lines.
_NO_LINE = np.array([(0.0, 0.0, 9.0, np.inf, np.inf, 0)], dtype=EDGE)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """The records of some rows of pixels; places in `lines` and `rows` counted from this part's first."""

    pixel: Ints
    line_at: Ints
    row_at: Ints
    state: Bits
    lines: NDArray[np.void]
    piece: NDArray[np.int32]
    rows: NDArray[np.int32]


def drawn(chart: Chart, *, reach_m: float, rank: Ints) -> Raster:
    """The raster of a chart.

    Parameters
    ----------
    reach_m
        Records hold pieces this far from their pixel, if that is not more than a quarter of a pixel.
    rank
        Of each polygon: of several that hold a place, the one with the lowest rank is the answer.
    """
    grid = chart.grid
    reach = max(min(reach_m / grid.pixel_m, _WIDEST) + chart.doubt, _DOUBTS * chart.doubt)
    if worth_compiling_to_draw(len(chart.a)):
        return _drawn_compiled(chart, rank=rank, reach=reach)
    crossings = crossings_of(chart)
    code = fill(chart, crossings)
    held = covers(chart, crossings, code)
    del crossings
    height = max(1, _BLOCK // grid.width)
    parts = [
        _part(chart, code, held, rank=rank, reach=reach, below=below, above=min(below + height, grid.height))
        for below in range(0, grid.height, height)
    ]
    return _joined(chart, code, parts, reach)


def _drawn_compiled(chart: Chart, *, rank: Ints, reach: float) -> Raster:
    """The same with numba."""
    from gridgov.index.drawing_loops import records_drawn

    code = fill_compiled(chart)
    held = covers(chart, None, code)
    grid = (chart.grid.width, chart.grid.height)
    drawing = (chart.u, chart.v, chart.a, chart.b, chart.rows, chart.parent)
    ranking, limits = (rank, np.argsort(rank)), (reach, _SLACK, MOST_LINES)
    records, lines, piece, rows = records_drawn(drawing, ranking, code, held, grid, limits, EDGE)
    return Raster(chart.grid, code, records, lines, piece, rows, chart.doubt, reach)


def _joined(chart: Chart, code: NDArray[np.int32], parts: list[_Part], reach: float) -> Raster:
    lines = np.cumsum([0, *(len(part.lines) for part in parts)])
    rows = np.cumsum([0, *(len(part.rows) for part in parts)])
    line_at = np.concatenate([p.line_at + at for p, at in zip(parts, lines, strict=False)] + [lines[-1:]])
    row_at = np.concatenate([p.row_at + at for p, at in zip(parts, rows, strict=False)] + [rows[-1:]])
    state = np.concatenate([*(part.state for part in parts), np.zeros(1, np.uint32)])
    pixel = np.concatenate([part.pixel for part in parts])
    code[pixel] = first_record(np.arange(len(pixel), dtype=np.int32))
    return Raster(
        chart.grid,
        code,
        np.column_stack([line_at.astype(np.int32), row_at.astype(np.int32), state.view(np.int32)]),
        np.concatenate([part.lines for part in parts]),
        np.concatenate([part.piece for part in parts]),
        np.concatenate([part.rows for part in parts]),
        chart.doubt,
        reach,
    )


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
    key = (pixel - first) * len(chart.a) + piece
    key.sort()
    pixel, piece = np.divmod(key, max(len(chart.a), 1))
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
    hard = (np.diff(np.append(row_at, len(rows))) > BITS) | (
        np.bincount(at, minlength=len(state)) > MOST_LINES
    )
    state[hard] = HARD
    return _packed(drawn_in, at, row_at, state, lines, chart.parent[piece], rows)


def _packed(  # noqa: PLR0917
    pixel: Ints,
    at: Ints,
    row_at: Ints,
    state: Bits,
    lines: NDArray[np.void],
    piece: Ints,
    rows: NDArray[np.int32],
) -> _Part:
    """The part, hard records and those without lines holding one line that nothing crosses."""
    kept = (state != HARD)[at]
    at, lines, piece = at[kept], lines[kept], piece[kept]
    bare = np.flatnonzero(np.bincount(at, minlength=len(pixel)) == 0)
    at = np.concatenate([at, bare])
    order = np.argsort(at, kind="stable")
    lines = np.concatenate([lines, np.repeat(_NO_LINE, len(bare))])[order]
    known = np.concatenate([piece, np.full(len(bare), NOBODY)])[order].astype(np.int32)
    return _Part(pixel, np.searchsorted(at[order], np.arange(len(pixel))), row_at, state, lines, known, rows)


def _met(chart: Chart, reach: float, *, below: int, above: int) -> tuple[Ints, Ints]:
    """Pieces and the pixels they come within `reach` of."""
    reach += _SLACK
    va, vb = chart.v[chart.a], chart.v[chart.b]
    low, high = np.minimum(va, vb), np.maximum(va, vb)
    some = np.flatnonzero((high + reach >= below) & (low - reach <= above))
    first = np.maximum(np.floor(low[some] - reach).astype(np.int64), below)
    last = np.minimum(np.floor(high[some] + reach).astype(np.int64), above - 1)
    found, step = spread(last - first + 1)
    row, piece = first[found] + step, some[found]
    ua, ub, va = chart.u[chart.a[piece]], chart.u[chart.b[piece]], va[piece]
    rise = vb[piece] - va
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
    rise = vb - va
    flat, up = rise == 0, rise > 0
    length = np.where(flat, 1.0, np.hypot(ub - ua, rise)) * np.where(up | flat, 1.0, -1.0)
    lines = np.zeros(len(piece), dtype=EDGE)
    nu, nv = np.where(flat, 0.0, rise / length), np.where(flat, 1.0, (ua - ub) / length)
    lines["nu"], lines["nv"], lines["c"] = nu, nv, -(nu * ua + nv * va)
    lines["low"] = np.where(np.where(up, a_in, b_in) & ~flat, np.minimum(va, vb), -np.inf)
    lines["high"] = np.where(np.where(up, b_in, a_in) & ~flat, np.maximum(va, vb), np.inf)
    # A level piece that leaves to the left bends upward there: all above it cross it, none below.
    left = np.where(ua < ub, ~a_in, ~b_in)
    left &= (
        (np.minimum(ua, ub) <= 1 + reach) & (np.maximum(ua, ub) >= -reach) & (np.abs(va - 0.5) <= 0.5 + reach)
    )
    lines["mask"] = ~flat | left
    # The same comparisons as those that found what holds the middle, lest the two contradict each other.
    middle = row + 0.5
    low = np.where(np.where(up, a_in, b_in), np.minimum(chart.v[a], chart.v[b]), -np.inf)
    high = np.where(np.where(up, b_in, a_in), np.maximum(chart.v[a], chart.v[b]), np.inf)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        passed = column_after(chart, piece, row) <= column
    crossed = np.where(flat, left & (middle >= chart.v[a]), (low <= middle) & (middle < high) & passed)
    return lines, crossed


def _within(u: Floats, v: Floats, reach: float) -> NDArray[np.bool_]:
    return np.asarray((np.abs(u - 0.5) <= 0.5 + reach) & (np.abs(v - 0.5) <= 0.5 + reach))


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

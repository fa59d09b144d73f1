"""One point asked without arrays, which take longer to make than it takes to answer."""

from itertools import pairwise
from math import inf, isfinite, sqrt
from typing import Final, NamedTuple

import numpy as np

from gridgov.index.borders import Borders
from gridgov.index.raster import (
    BITS,
    FIRST_LINES,
    FIRST_ROWS,
    LINE_WORDS,
    NOBODY,
    ROWS_SHIFT,
    UNIT_WORDS,
    Raster,
)
from gridgov.index.ready import Drawn

__all__ = ["Seen", "seen"]

_LINES: Final = (1 << ROWS_SHIFT) - 1
_BITS: Final = (1 << BITS) - 1

#: Nothing lies so near to the end of the raster, in pixels (its margin is wider).
_MOST_PIXELS: Final = 1.0

#: Metres by which a distance may differ from the one that `gridgov.index.answers` finds: sines are rounded
#: in other ways there. Where so little would decide, that is asked.
_ROUNDING_M: Final = 1e-6


class Seen(NamedTuple):
    """What a look at one point tells.

    Attributes
    ----------
    row
        The polygon it lies in, the first by rank; -1 for none.
    several
        Whether it lies inside several.
    near
        (metres, row) of all polygons within some metres, sorted; 0 m for those that hold it.
    """

    row: int
    several: bool
    near: list[tuple[float, int]]


def seen(ready: Drawn, x: float, y: float, *, within_m: float) -> Seen | None:
    """What lies at a point and within some metres of it; None where its own pixel does not tell.

    Then ask `gridgov.index.answers`, which says the same.
    """
    raster = ready.raster
    grid = raster.grid
    near = within_m / grid.pixel_m + raster.doubt
    if not (0 <= near <= min(raster.reach, _MOST_PIXELS)):
        return None
    u, v = (x - grid.west) * grid.columns_per_x, (y - grid.south) * grid.rows_per_y
    # NaN and infinity are nowhere: comparisons with them are false.
    if not (0 <= u < grid.width and 0 <= v < grid.height):
        return _away(ready, x, y)
    column, line = int(u), int(v)
    code = raster.code.item(line * grid.width + column)
    if code >= NOBODY:
        return Seen(code, False, [] if code == NOBODY else [(0.0, code)])
    unit = -2 - code
    told = _told(raster, unit, u - column, v - line)
    if told is None:
        return None
    bits, offs = told
    nearest = min(offs, default=inf)
    if nearest > near:
        row, several, held = _held(raster, unit, bits)
        return Seen(row, several, [(0.0, one) for one in sorted(held)])
    if nearest <= raster.doubt:
        place = ready.drawn.point_to_cells(x, y)
        row, several, held = _asked(ready, unit, place)
    else:
        place = ready.drawn.place_to_cells(x, y)
        row, several, held = _held(raster, unit, bits)
    first = raster.begin.item(unit)
    pieces = [raster.piece.item(first + n) for n, off in enumerate(offs) if off <= near]
    at = ready.drawn.place_to_metres(*place)
    found = _near(ready, pieces, at, held=held, within_m=within_m)
    return None if found is None else Seen(row, several, found)


def _away(ready: Drawn, x: float, y: float) -> Seen | None:
    """A point off the raster: nothing is near, if it stands for no other place."""
    if not (isfinite(x) and isfinite(y)):
        return None
    grid, systems = ready.raster.grid, ready.drawn
    if not systems.same:
        if systems.strange(np.array([x]), np.array([y]), west=grid.west, south=grid.south)[0]:
            return None
        there = systems.place_to_cells(x, y)
        if not (isfinite(there[0]) and isfinite(there[1])):
            return None
    return Seen(NOBODY, False, [])


def _told(raster: Raster, unit: int, u: float, v: float) -> tuple[int, list[float]] | None:
    """Bits of the polygons that hold a place in a pixel, how far each line is; None: no telling."""
    words = raster.units[unit]
    masks = words.tolist()
    bits, count = masks[1], masks[0] & _LINES
    if bits < 0:
        return None
    if count > len(FIRST_LINES):
        begin = unit * UNIT_WORDS
        further = LINE_WORDS * (count - len(FIRST_LINES))
        words = raster.units.reshape(-1)[begin : begin + UNIT_WORDS + further]
        masks = words.tolist()
    numbers = words.view(np.float32).tolist()
    offs = []
    for at in range(FIRST_LINES[0], FIRST_LINES[0] + LINE_WORDS * count, LINE_WORDS):
        nu, nv, c, low, high = numbers[at : at + LINE_WORDS - 1]
        off = nu * u + nv * v + c
        offs.append(abs(off))
        if off > 0 and low <= v < high:
            bits ^= masks[at + LINE_WORDS - 1] & _BITS
    return bits, offs


def _places(bits: int) -> list[int]:
    """Positions of the bits set."""
    return [place for place in range(bits.bit_length()) if bits >> place & 1]


def _polygon(raster: Raster, unit: int, place: int) -> int:
    """The polygon that a bit of a record stands for."""
    at = unit * UNIT_WORDS + place + 2
    if place >= FIRST_ROWS:
        further = raster.units.item(unit * UNIT_WORDS) & _LINES
        at += UNIT_WORDS - FIRST_ROWS - 2 + LINE_WORDS * max(further - len(FIRST_LINES), 0)
    return raster.units.item(at)


def _held(raster: Raster, unit: int, bits: int) -> tuple[int, bool, list[int]]:
    """The polygon a place is in, whether it is inside several, and all that hold it: as bits say."""
    held = [_polygon(raster, unit, place) for place in _places(bits)]
    return (held[0] if held else NOBODY), len(held) > 1, held


def _asked(ready: Drawn, unit: int, place: tuple[float, float]) -> tuple[int, bool, list[int]]:
    """The same, asked of the polygons of a record themselves, edges included."""
    number = int(ready.raster.units[unit, 0]) >> ROWS_SHIFT
    listed = [_polygon(ready.raster, unit, each) for each in range(number)]
    held, inside = ready.shapes.meeting(listed, *place)
    row = next((each for each in listed if each in inside), min(held, default=NOBODY))
    return row, len(inside) > 1, held


def _near(
    ready: Drawn, pieces: list[int], at: tuple[float, float], *, held: list[int], within_m: float
) -> list[tuple[float, int]] | None:
    """Metres to all polygons near a place, 0 to those that hold it; None if rounding decides."""
    exact = ready.drawn.same and ready.drawn.measured
    metres: dict[int, float] = dict.fromkeys(held, 0.0)
    for piece in pieces:
        away, rows = _measured(ready.borders, piece, *at)
        if not exact and abs(away - within_m) < _ROUNDING_M:
            return None
        if away <= within_m:
            for row in rows:
                if row != NOBODY:
                    metres[row] = min(away, metres.get(row, away))
    found = sorted([(away, row) for row, away in metres.items()])
    if not exact and any(0 < other[0] - one[0] < _ROUNDING_M for one, other in pairwise(found)):
        return None
    return found


def _measured(borders: Borders, piece: int, x: float, y: float) -> tuple[float, list[int]]:
    """Metres from a point to a piece of border, and whose that is: see `gridgov.index.borders`."""
    a, b, *rows = borders.pieces[piece].tolist()
    return _metres(borders.corners[a].tolist(), borders.corners[b].tolist(), x, y), rows


def _metres(a: list[float], b: list[float], x: float, y: float) -> float:
    """Metres from a point to the straight line between two corners."""
    (ax, ay), (bx, by) = a, b
    east, north = bx - ax, by - ay
    square = (east * east + north * north) or 1.0  # 0: both ends are the same
    along = ((x - ax) * east + (y - ay) * north) / square
    if along <= 0:
        return sqrt((x - ax) * (x - ax) + (y - ay) * (y - ay))
    if along >= 1:
        return sqrt((x - bx) * (x - bx) + (y - by) * (y - by))
    return abs((ay - y) * east - (ax - x) * north) / square * sqrt(square)

"""One point asked without arrays, which take longer to make than it takes to answer."""

from math import inf, isfinite, sqrt
from struct import Struct
from typing import Any, Final

import numpy as np

from gridgov.index.raster import BITS, FIRST_LINES, FIRST_ROWS, LINE_WORDS, NOBODY, ROWS_SHIFT, UNIT_WORDS
from gridgov.index.ready import Drawn

__all__ = ["Seen", "View"]

_LINES: Final = (1 << ROWS_SHIFT) - 1
_TOLD: Final = 1 << BITS

#: How a record begins, a line, a piece of border and a corner, as they lie in memory.
_HEAD: Final = Struct("=iIii")
_LINE: Final = Struct("=5fI")
_PIECE: Final = Struct("=4i")
_CORNER: Final = Struct("=2d")
_WORD_BYTES: Final = 4

#: Nothing lies so near to the end of the raster, in pixels (its margin is wider).
_MOST_PIXELS: Final = 1.0

#: Metres by which a distance may differ from the one that `gridgov.index.answers` finds: sines are rounded
#: in other ways there. Where so little would decide, that is asked.
_ROUNDING_M: Final = 1e-6


#: What a look at one point tells: the polygon it lies in, the first by rank, -1 for none; whether it lies
#: inside several; and (metres, row) of all polygons within some metres, sorted, 0 m for those that hold it.
Seen = tuple[int, bool, list[tuple[float, int]]]


class View:
    """A raster, and the borders in it, as plain memory: numbers come out of it without arrays."""

    __slots__ = (
        "_begin",
        "_code",
        "_corners",
        "_doubt",
        "_exact",
        "_grid",
        "_most",
        "_piece",
        "_pieces",
        "_pixel_m",
        "_to_cells",
        "_to_metres",
        "_words",
        "ready",
    )

    def __init__(self, ready: Drawn) -> None:
        raster, borders = ready.raster, ready.borders
        grid = raster.grid
        self.ready = ready
        self._grid = (grid.west, grid.south, grid.columns_per_x, grid.rows_per_y, grid.width, grid.height)
        self._code, self._words = _memory(raster.code), _memory(raster.units)
        self._begin, self._piece = _memory(raster.begin), _memory(raster.piece)
        self._corners, self._pieces = _memory(borders.corners), _memory(borders.pieces)
        self._to_cells, self._to_metres = ready.drawn.place_to_cells, ready.drawn.place_to_metres
        self._exact = ready.drawn.same and ready.drawn.measured
        self._pixel_m, self._doubt = grid.pixel_m, raster.doubt
        self._most = min(raster.reach, _MOST_PIXELS)

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave out the memory, which is found again."""
        return View, (self.ready,)

    def seen(self, x: float, y: float, *, within_m: float) -> Seen | None:
        """What lies at a point and within some metres of it; None where its own pixel does not tell.

        Then ask `gridgov.index.answers`, which says the same.
        """
        near = within_m / self._pixel_m + self._doubt
        if not (0 <= near <= self._most):
            return None
        west, south, columns_per_x, rows_per_y, width, height = self._grid
        u, v = (x - west) * columns_per_x, (y - south) * rows_per_y
        # NaN and infinity are nowhere: comparisons with them are false.
        if not (0 <= u < width and 0 <= v < height):
            return _away(self.ready, x, y)
        column, line = int(u), int(v)
        code = self._code[line * width + column]
        if code >= NOBODY:
            return code, False, [] if code == NOBODY else [(0.0, code)]
        unit = -2 - code
        told = self._told(unit, u - column, v - line, near)
        if told is None:
            return None
        rows, lines = told
        row, several = (rows[0] if rows else NOBODY), len(rows) > 1
        if not lines:
            return row, several, [(0.0, one) for one in sorted(rows)]
        if lines[0][0] > self._doubt:
            place = self._to_cells(x, y)
        else:
            place = self.ready.drawn.point_to_cells(x, y)
            row, several, rows = self._asked(unit, place)
        found = self._near(lines, *self._to_metres(*place), held=rows, within_m=within_m)
        return None if found is None else (row, several, found)

    def _told(
        self, unit: int, u: float, v: float, near: float
    ) -> tuple[list[int], list[tuple[float, int]]] | None:
        """The polygons that hold a place in a pixel, by rank, and what lines are near; None: no telling.

        A line is near if it, and some part of it, is within `near` pixels; (pixels, place in `piece`) is said
        of each, the nearest first.
        """
        begin = unit * UNIT_WORDS
        head, bits, first, second = _HEAD.unpack_from(self._words, _WORD_BYTES * begin)
        if bits & _TOLD:
            return None
        begin += FIRST_LINES[0]
        lines, place = [], self._begin[unit]
        for nu, nv, c, low, high, mask in _LINE.iter_unpack(
            self._words[begin : begin + LINE_WORDS * (head & _LINES)]
        ):
            off = nu * u + nv * v + c
            if off > 0 and low <= v < high:
                bits ^= mask
            if -near <= off <= near and low - near <= v <= high + near:
                lines.append((abs(off), place))
            place += 1
        lines.sort()
        if bits == 1:
            return [first], lines
        if bits == 2:  # noqa: PLR2004 (the second bit)
            return [second], lines
        return [self._polygon(unit, bit) for bit in range(bits.bit_length()) if bits >> bit & 1], lines

    def _polygon(self, unit: int, place: int) -> int:
        """The polygon that a bit of a record stands for."""
        at = unit * UNIT_WORDS
        if place < FIRST_ROWS:
            return int(self._words[at + 2 + place])
        further = max((self._words[at] & _LINES) - len(FIRST_LINES), 0)
        return int(self._words[at + UNIT_WORDS + LINE_WORDS * further + place - FIRST_ROWS])

    def _asked(self, unit: int, place: tuple[float, float]) -> tuple[int, bool, list[int]]:
        """What a place lies in, asked of the polygons of a record themselves, edges included."""
        number = self._words[unit * UNIT_WORDS] >> ROWS_SHIFT
        listed = [self._polygon(unit, each) for each in range(number)]
        held, inside = self.ready.shapes.meeting(listed, *place)
        row = next((each for each in listed if each in inside), min(held, default=NOBODY))
        return row, len(inside) > 1, held

    def _near(
        self, lines: list[tuple[float, int]], x: float, y: float, *, held: list[int], within_m: float
    ) -> list[tuple[float, int]] | None:
        """Metres to all polygons near a place, 0 to those that hold it; None if rounding decides."""
        exact, pieces, corners = self._exact, self._pieces, self._corners
        metres = {}
        for row in held:
            metres[row] = 0.0
        for _, place in lines:
            a, b, left, right = _PIECE.unpack_from(pieces, _PIECE.size * self._piece[place])
            one = _CORNER.unpack_from(corners, _CORNER.size * a)
            other = _CORNER.unpack_from(corners, _CORNER.size * b)
            away = _metres(one, other, x, y)
            if not exact and -_ROUNDING_M < away - within_m < _ROUNDING_M:
                return None
            if away <= within_m:
                for row in (left, right):
                    if row != NOBODY and away < metres.get(row, inf):
                        metres[row] = away
        found = [(away, row) for row, away in metres.items()]
        found.sort()
        return found if exact or _apart(found) else None


def _apart(found: list[tuple[float, int]]) -> bool:
    """Whether rounding decides nothing of the order of what was found."""
    before = -inf
    for away, _ in found:
        if 0 < away - before < _ROUNDING_M:
            return False
        before = away
    return True


def _memory(array: np.ndarray) -> memoryview:
    """The numbers of an array one by one."""
    return np.ascontiguousarray(array).reshape(-1).data


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
    return NOBODY, False, []


def _metres(a: tuple[float, ...], b: tuple[float, ...], x: float, y: float) -> float:
    """Metres from a point to the straight line between two corners: see `gridgov.index.borders`."""
    (ax, ay), (bx, by) = a, b
    east, north, to_x, to_y = bx - ax, by - ay, x - ax, y - ay
    square = (east * east + north * north) or 1.0  # 0: both ends are the same
    along = (to_x * east + to_y * north) / square
    if along <= 0:
        return sqrt(to_x * to_x + to_y * to_y)
    if along >= 1:
        return sqrt((x - bx) * (x - bx) + (y - by) * (y - by))
    return abs(to_y * east - to_x * north) / square * sqrt(square)

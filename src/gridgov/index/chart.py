"""The borders of cells drawn in the coordinates of the points, and how far off they may be there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridgov.index.compiled import worth_compiling_to_draw
from gridgov.index.grid import Grid, grid_over
from gridgov.index.pieces import Numbered, Pieces, split
from gridgov.index.systems import Systems

__all__ = ["Chart", "chart_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: A straight border bends when it is brought to other coordinates: pieces are cut so short that no part
#: lies farther than this from the straight line between its ends, in metres.
STRAIGHT_M = 0.001

#: Points so near a border (m) are asked in the cells' own coordinates: twice the bend, and the way there
#: and back (GCJ-02 and BD-09: 0.01 mm, projections: 0.001 mm).
DOUBT_M = 2.5 * STRAIGHT_M

#: Coordinates in pixels are rounded to float32: a line may be off by so many pixels.
ROUNDING = 1e-6

#: Corners whose way there and back is tried; places and step (m) where the bend is measured; its safety.
_TRIED, _BENT, _STEP_M, _SAFETY = 500, 500, 100.0, 2.0

#: GCJ-02 has a kink along 105 E (a square root of the distance from it): within so many degrees pieces are
#: cut to a metre. Outside of its box it does not shift at all.
_KINK, _NEAR_KINK, _KINK_M = 105.0, 0.002, 1.0
_BOX = ((72.004, 137.8347), (0.8293, 55.8271))
_SHIFT = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Chart(Numbered):
    """Straight pieces in pixels.

    Attributes
    ----------
    corners
        (m, 2) column `u` and row `v` of each corner.
    numbers, side
        As in `Pieces`; a is not above b, and the sides are seen from a to b.
    parent
        (n,) the piece in the cells' coordinates that this is a part of.
    doubt
        In pixels: points this near to a piece are to be asked in the cells' coordinates.
    """

    grid: Grid
    corners: Floats
    numbers: NDArray[np.int32]
    side: NDArray[np.int8]
    parent: NDArray[np.int32]
    doubt: float

    @property
    def u(self) -> Floats:
        """Columns of the corners."""
        return self.corners[:, 0]

    @property
    def v(self) -> Floats:
        """Rows of the corners."""
        return self.corners[:, 1]


def chart_of(pieces: Pieces, systems: Systems, *, cells: int) -> tuple[Chart, Systems]:
    """The pieces in pixels of the points' coordinates, and the systems they are drawn for.

    Where pieces cannot be drawn straight, they are drawn for points in the cells' own system: when corners
    do not come back to where they were, or lie across the edge of GCJ-02.
    """
    cut, parent = split(pieces, _parts(pieces, systems))
    drawn = cut.corners if systems.same else np.column_stack(systems.to_points(*cut.corners.T))
    if not systems.same and not _comes_back(cut.corners, drawn, systems):
        return chart_of(pieces, systems.own(), cells=cells)
    grid = grid_over(drawn, systems, pieces=len(pieces), cells=cells)
    doubt = ROUNDING
    if not systems.same:
        doubt += max(DOUBT_M, 4 * _largest_bend(cut, drawn, grid, systems)) / grid.pixel_m
    corners = np.empty(drawn.shape)
    corners[:, 0], corners[:, 1] = grid.across(drawn[:, 0]), grid.up(drawn[:, 1])
    return Chart(grid, corners, *_upward(corners, cut), parent, doubt), systems


def _upward(corners: Floats, pieces: Pieces) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """Numbers and sides of pieces, those turned around that lead down."""
    if worth_compiling_to_draw(len(pieces)):
        from gridgov.index.piece_loops import turned_upward

        numbers, side = pieces.numbers.copy(), pieces.side.copy()
        turned_upward(corners, numbers, side)
        return numbers, side
    down = (corners[pieces.a, 1] > corners[pieces.b, 1])[:, None]
    ends = np.where(down, pieces.numbers[:, 1::-1], pieces.numbers[:, :2])
    return np.hstack([ends, pieces.rows]), np.where(down, -pieces.side, pieces.side)


def _parts(pieces: Pieces, systems: Systems) -> Ints:
    """Into how many parts each piece is cut to stay straight."""
    if systems.same:
        return np.ones(len(pieces), dtype=np.int64)
    a, b = pieces.corners[pieces.a], pieces.corners[pieces.b]
    length = np.hypot(*(b - a).T)
    bend, unit_m = _bend(pieces.corners, systems)
    parts = np.ceil(length * np.sqrt(bend / (8 * STRAIGHT_M)))
    if systems.points.offset and _meets_kink(pieces.corners, systems):
        ends = [systems.to_points(*end.T)[0] for end in (a, b)]
        kinked = (np.minimum(*ends) < _KINK + _NEAR_KINK) & (np.maximum(*ends) > _KINK - _NEAR_KINK)
        parts = np.where(kinked, np.maximum(parts, np.ceil(length * unit_m / _KINK_M)), parts)
    whole: Ints = np.maximum(parts, 1).astype(np.int64)
    return whole


def _meets_kink(corners: Floats, systems: Systems) -> bool:
    """Whether the cells may lie on both sides of 105 E."""
    extent = np.column_stack([corners.min(axis=0), corners.max(axis=0)])
    lon, _ = systems.to_points(*(axis.ravel() for axis in np.meshgrid(*extent)))
    # Where they bulge between the corners of their extent.
    return bool(lon.min() - 0.1 < _KINK < lon.max() + 0.1)


def _bend(corners: Floats, systems: Systems) -> tuple[float, float]:
    """Metres off per squared length of a chord, times 8, at its largest; metres of a unit of length."""
    some = corners[:: max(1, len(corners) // _BENT)]
    unit_m = _unit_m(some, systems)
    step = _STEP_M / unit_m
    worst = 0.0
    for move in (np.array([step, 0.0]), np.array([0.0, step]), np.array([step, step]) / np.sqrt(2)):
        ends = [np.column_stack(systems.to_points(*(some + way * move).T)) for way in (-1, 0, 1)]
        off = (ends[0] + ends[2]) / 2 - ends[1]
        worst = max(worst, float(_in_metres(ends[1], off, systems).max(initial=0.0)))
    return _SAFETY * worst * 8 / (2 * step) ** 2, unit_m


def _unit_m(corners: Floats, systems: Systems) -> float:
    """Metres of a unit of the cells' coordinates, the longer axis."""
    step = 1e-4 if systems.cells.crs.is_geographic else 10.0
    here = np.column_stack(systems.to_metres(*corners.T))
    moves = ([step, 0.0], [0.0, step])
    there = [np.column_stack(systems.to_metres(*(corners + move).T)) for move in moves]
    return float(max(np.hypot(*(end - here).T).max() for end in there) / step)


def _in_metres(places: Floats, off: Floats, systems: Systems) -> Floats:
    """Lengths in metres of small steps `off` at `places`, both in the points' coordinates."""
    if not systems.points.crs.is_geographic:
        scale = systems.points.crs.axis_info[0].unit_conversion_factor
        return np.asarray(np.hypot(*off.T) * scale)
    north = 111_700.0  # metres of a degree of latitude, at most
    return np.asarray(np.hypot(off[:, 0] * north * np.cos(np.radians(places[:, 1])), off[:, 1] * north))


def _comes_back(corners: Floats, drawn: Floats, systems: Systems) -> bool:
    """Whether all corners can be drawn, and some of them brought back lie where they were."""
    if not np.isfinite(drawn).all():
        return False
    if systems.points.offset:
        inside = [
            (axis > low + way * _SHIFT) & (axis < high - way * _SHIFT)
            for way in (1, -1)
            for axis, (low, high) in zip(drawn.T, _BOX, strict=True)
        ]
        if not (inside[0] & inside[1]).all() and (inside[2] & inside[3]).any():
            return False
    some = slice(None, None, max(1, len(corners) // _TRIED))
    back = np.column_stack(systems.to_cells(*drawn[some].T))
    off = np.hypot(*(back - corners[some]).T) * _unit_m(corners[some], systems)
    return bool((off < STRAIGHT_M / 2).all())


def _largest_bend(cut: Pieces, drawn: Floats, grid: Grid, systems: Systems) -> float:
    """Metres between the middles of some pieces and where they are drawn."""
    some = slice(None, None, max(1, len(cut) // _BENT))
    a, b = cut.a[some], cut.b[some]
    middle = np.column_stack(systems.to_points(*((cut.corners[a] + cut.corners[b]) / 2).T))
    off = (middle - (drawn[a] + drawn[b]) / 2) * [grid.columns_per_x, grid.rows_per_y]
    return float(np.hypot(*off.T).max(initial=0.0) * grid.pixel_m)

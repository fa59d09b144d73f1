"""What the raster says, with the polygons themselves asked wherever it leaves a doubt."""

import numpy as np
from numpy.typing import NDArray

from gridgov.index.asking import ask, ask_compiled
from gridgov.index.compiled import worth_compiling
from gridgov.index.near import around, close_compiled, close_pairs, holding
from gridgov.index.pairs import Pairs, merged_pairs, sorted_pairs
from gridgov.index.raster import NOBODY
from gridgov.index.ready import Drawn, Ready

__all__ = ["located", "located_within", "nearest_pairs", "pairs_within", "plainly"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]

#: Farther from points than this, in pixels, the polygons themselves are asked.
_MOST_PIXELS = 3.0


def located(ready: Ready, x: Floats, y: Floats) -> tuple[Rows, Flags]:
    """Row of each point, -1 for none, and whether it lies inside several polygons."""
    if not isinstance(ready, Drawn):
        row, several = np.full(len(x), NOBODY, dtype=np.int32), np.zeros(len(x), dtype=np.bool_)
        there = ready.drawn.to_cells(x, y)
        point, answer, many = ready.shapes.best(*ready.shapes.covering(*there), *there)
        row[point], several[point] = answer, many
        return row, several
    asked = ask(ready.raster, x, y, near=ready.raster.doubt)
    strange = _strange(ready, x, y, asked.row)
    doubtful = np.concatenate([asked.point, strange])
    return _settled(ready, (x, y), (asked.row, asked.several), doubtful, asked.record)


def located_within(ready: Ready, x: Floats, y: Floats, border_m: float) -> tuple[Rows, Flags, Pairs]:
    """What `located` and `pairs_within` say, the raster asked once if both can be told from that."""
    if isinstance(ready, Drawn) and worth_compiling(len(x)):
        pixels = border_m / ready.raster.grid.pixel_m + ready.raster.doubt
        if pixels <= ready.raster.reach:
            close = close_compiled(ready, x, y, border_m=border_m, pixels=pixels)
            strange = _strange(ready, x, y, close.row)
            pairs = _all_pairs(ready, x, y, (close.row, close.point, close.pairs), strange, border_m=border_m)
            doubtful = np.concatenate([close.doubtful, strange])
            row, several = _settled(ready, (x, y), (close.row, close.several), doubtful, close.record)
            return row, several, pairs
    return *located(ready, x, y), pairs_within(ready, x, y, border_m)


def plainly(ready: Ready, x: Floats, y: Floats, border_m: float) -> Rows | None:
    """Row of each point that no border is near, -1 for the others; None if one look does not tell."""
    if not isinstance(ready, Drawn) or not worth_compiling(len(x)):
        return None
    raster = ready.raster
    pixels = border_m / raster.grid.pixel_m + raster.doubt
    if pixels > raster.reach:
        return None
    row, _, close = ask_compiled(raster, x, y, near=pixels, overlaps=True)
    row[close] = NOBODY
    return row


def _settled(
    ready: Drawn, places: tuple[Floats, Floats], found: tuple[Rows, Flags], doubtful: Ints, record: Ints
) -> tuple[Rows, Flags]:
    """Rows and flags with those of doubtful points, the first of which have records, asked of polygons."""
    row, several = found
    if not len(doubtful):
        return row, several
    x, y = places
    there = ready.drawn.to_cells(x[doubtful], y[doubtful])
    of, held = holding(ready, record, there)
    best, answer, many = ready.shapes.best(of, held, *there)
    row[doubtful], several[doubtful] = NOBODY, False
    row[doubtful[best]], several[doubtful[best]] = answer, many
    return row, several


def pairs_within(ready: Ready, x: Floats, y: Floats, border_m: float) -> Pairs:
    """Every polygon within `border_m` of each point; 0 m for those that hold it."""
    if not isinstance(ready, Drawn):
        return sorted_pairs(*_among_all(ready, np.arange(len(x)), x, y, border_m=border_m))
    raster = ready.raster
    pixels = border_m / raster.grid.pixel_m + raster.doubt
    if pixels > _MOST_PIXELS:
        return sorted_pairs(*_among_all(ready, np.arange(len(x)), x, y, border_m=border_m))
    if pixels <= raster.reach and worth_compiling(len(x)):
        close = close_compiled(ready, x, y, border_m=border_m, pixels=pixels)
        row, looked, pairs = close.row, close.point, close.pairs
    else:
        asked = ask(raster, x, y, near=pixels, overlaps=True)
        row, looked = asked.row, asked.point
        if pixels <= raster.reach:
            pairs = close_pairs(ready, asked, x, y, border_m=border_m)
        else:
            looked, pairs = around(ready, asked, x, y, border_m=border_m, pixels=pixels)
    strange = _strange(ready, x, y, row)
    return _all_pairs(ready, x, y, (row, looked, pairs), strange, border_m=border_m)


def _all_pairs(
    ready: Drawn, x: Floats, y: Floats, found: tuple[Rows, Ints, Pairs], strange: Ints, *, border_m: float
) -> Pairs:
    """Pairs of the points looked at, of those that stand for other places, and of all others."""
    row, looked, pairs = found
    if len(strange):
        point, other, distance = _among_all(ready, strange, x, y, border_m=border_m)
        pairs = sorted_pairs(
            np.concatenate([pairs.point, point]),
            np.concatenate([pairs.row, other]),
            np.concatenate([pairs.distance_m, distance]),
        )
    return merged_pairs(row, np.concatenate([looked, strange]), pairs)


def nearest_pairs(ready: Ready, x: Floats, y: Floats) -> Pairs:
    """The nearest polygons of each point, however far."""
    there = ready.drawn.to_metres(*ready.drawn.to_cells(x, y))
    return sorted_pairs(*ready.shapes.nearest(*there))


def _strange(ready: Drawn, x: Floats, y: Floats, row: Rows) -> Ints:
    """Points outside that may stand for other places."""
    if ready.drawn.same:
        return np.zeros(0, dtype=np.int64)
    grid, outside = ready.raster.grid, np.flatnonzero(row == NOBODY)
    away = ready.drawn.strange(x[outside], y[outside], west=grid.west, south=grid.south)
    return outside[away]


def _among_all(
    ready: Ready, point: Ints, x: Floats, y: Floats, *, border_m: float
) -> tuple[Ints, Rows, Floats]:
    """Pairs of points with all polygons that hold them or are near, asked of the polygons themselves."""
    there = ready.drawn.to_cells(x[point], y[point])
    of, row = ready.shapes.covering(*there)
    near = ready.shapes.near(*ready.drawn.to_metres(*there), border_m)
    size = len(ready.shapes)
    other = ~np.isin(near[0] * size + near[1], of * size + row)
    return (
        np.concatenate([point[of], point[near[0][other]]]),
        np.concatenate([row, near[1][other]]),
        np.concatenate([np.zeros(len(of)), near[2][other]]),
    )

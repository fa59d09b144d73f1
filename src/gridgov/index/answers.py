"""What the raster says, with the polygons themselves asked wherever it leaves a doubt."""

from functools import partial
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from gridgov.index.asking import ask, ask_compiled
from gridgov.index.compiled import worth_compiling
from gridgov.index.near import around, close_pairs, close_parts, holding
from gridgov.index.pairs import Pairs, joined_pairs, sorted_pairs, without_alone
from gridgov.index.raster import NOBODY
from gridgov.index.ready import Drawn, Ready

__all__ = ["located", "located_within", "nearest_pairs", "plainly"]

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
    """What `located` says, and every polygon within `border_m` of points that have others than their row.

    Those that hold a point are 0 m from it. The raster is asked once if both can be told from that.
    """
    if not isinstance(ready, Drawn) or _pixels(ready, border_m) > _MOST_PIXELS:
        row, several = located(ready, x, y)
        pairs = sorted_pairs(*_among_all(ready, np.arange(len(x)), x, y, border_m=border_m))
        return row, several, without_alone(pairs, row)
    if _looks_once(ready, len(x), border_m):
        return _located_in_parts(ready, x, y, border_m)
    pixels = _pixels(ready, border_m)
    asked = ask(ready.raster, x, y, near=pixels, overlaps=True)
    strange = _strange(ready, x, y, asked.row)
    near = close_pairs if pixels <= ready.raster.reach else partial(around, pixels=pixels)
    pairs = _with_strange(
        ready, x, y, near(ready, asked, x, y, border_m=border_m), strange, border_m=border_m
    )
    unsure = asked.nearest <= ready.raster.doubt
    doubtful = np.concatenate([asked.point[unsure], strange])
    row, several = _settled(ready, (x, y), (asked.row, asked.several), doubtful, asked.record[unsure])
    return row, several, without_alone(pairs, row)


def _looks_once(ready: Ready, points: int, border_m: float) -> TypeGuard[Drawn]:
    """Whether one look tells what is so near, and is taken with numba."""
    if not isinstance(ready, Drawn) or not worth_compiling(points):
        return False
    return _pixels(ready, border_m) <= ready.raster.reach


def _pixels(ready: Drawn, border_m: float) -> float:
    """Pixels within which a line may be as near as some metres."""
    return border_m / ready.raster.grid.pixel_m + ready.raster.doubt


def _located_in_parts(ready: Drawn, x: Floats, y: Floats, border_m: float) -> tuple[Rows, Flags, Pairs]:
    """The same with numba, some points after the others."""
    row, several = np.empty(len(x), dtype=np.int32), np.empty(len(x), dtype=np.bool_)
    found = []
    for part, close in close_parts(ready, x, y, border_m=border_m, pixels=_pixels(ready, border_m)):
        places = x[part], y[part]
        strange = _strange(ready, *places, close.row)
        pairs = _with_strange(ready, *places, close.pairs, strange, border_m=border_m)
        doubtful = np.concatenate([close.doubtful, strange])
        row[part], several[part] = _settled(ready, places, (close.row, close.several), doubtful, close.record)
        found.append(without_alone(pairs, row[part]).moved(part.start))
    return row, several, joined_pairs(found)


def plainly(ready: Ready, x: Floats, y: Floats, border_m: float) -> Rows | None:
    """Row of each point that no border is near, -1 for the others; None if one look does not tell."""
    if not _looks_once(ready, len(x), border_m):
        return None
    row, _, close = ask_compiled(ready.raster, x, y, near=_pixels(ready, border_m), overlaps=True)
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


def _with_strange(
    ready: Drawn, x: Floats, y: Floats, pairs: Pairs, strange: Ints, *, border_m: float
) -> Pairs:
    """Pairs with those of points that may stand for other places."""
    if not len(strange):
        return pairs
    point, row, distance = _among_all(ready, strange, x, y, border_m=border_m)
    return sorted_pairs(
        np.concatenate([pairs.point, point]),
        np.concatenate([pairs.row, row]),
        np.concatenate([pairs.distance_m, distance]),
    )


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

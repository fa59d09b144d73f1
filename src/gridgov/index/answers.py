"""What the raster says, with the polygons themselves asked wherever it leaves a doubt."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridgov.index.asking import Asked, ask, ask_again, ask_compiled, grid_of, holders
from gridgov.index.borders import Borders
from gridgov.index.compiled import compiled, worth_compiling
from gridgov.index.raster import NOBODY, Raster, first_record
from gridgov.index.shapes import Shapes, first_of_each
from gridgov.index.systems import Systems

__all__ = ["Drawn", "Pairs", "Ready", "located", "nearest_pairs", "pairs_within"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]

#: Farther from points than this, in pixels, the polygons themselves are asked.
_MOST_PIXELS = 3.0

#: Points and pieces of border measured at a time.
_CHUNK = 1 << 18


class Pairs(NamedTuple):
    """Points and the rows of cells that belong to them, sorted by point, distance, row."""

    point: Ints
    row: Rows
    distance_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """The polygons, which answer one by one, and where the points stand that they are asked about."""

    shapes: Shapes
    drawn: Systems


@dataclass(frozen=True, slots=True, eq=False)
class Drawn(Ready):
    """The same with a raster, drawn in the system of those points."""

    raster: Raster
    borders: Borders


def located(ready: Ready, x: Floats, y: Floats) -> tuple[Rows, Flags]:
    """Row of each point, -1 for none, and whether it lies inside several polygons."""
    if not isinstance(ready, Drawn):
        row, several = np.full(len(x), NOBODY, dtype=np.int32), np.zeros(len(x), dtype=np.bool_)
        there = ready.drawn.to_cells(x, y)
        point, answer, many = ready.shapes.best(*ready.shapes.covering(*there), *there)
        row[point], several[point] = answer, many
        return row, several
    asked = ask(ready.raster, x, y, near=ready.raster.doubt)
    row, several = asked.row, asked.several
    doubtful = np.concatenate([asked.point, _strange(ready, x, y, row)])
    if not len(doubtful):
        return row, several
    there = ready.drawn.to_cells(x[doubtful], y[doubtful])
    of, held = _holding(ready, asked.record, there)
    best, answer, many = ready.shapes.best(of, held, *there)
    row[doubtful], several[doubtful] = NOBODY, False
    row[doubtful[best]], several[doubtful[best]] = answer, many
    return row, several


def pairs_within(ready: Ready, x: Floats, y: Floats, border_m: float) -> Pairs:
    """Every polygon within `border_m` of each point; 0 m for those that hold it."""
    if not isinstance(ready, Drawn):
        return _sorted(*_among_all(ready, np.arange(len(x)), x, y, border_m=border_m))
    raster = ready.raster
    pixels = border_m / raster.grid.pixel_m + raster.doubt
    if pixels > _MOST_PIXELS:
        return _sorted(*_among_all(ready, np.arange(len(x)), x, y, border_m=border_m))
    if pixels <= raster.reach and worth_compiling(len(x)):
        row, looked, pairs = _close_compiled(ready, x, y, border_m=border_m, pixels=pixels)
    else:
        asked = ask(raster, x, y, near=pixels, overlaps=True)
        row, looked = asked.row, asked.point
        if pixels <= raster.reach:
            pairs = _close(ready, asked, x, y, border_m=border_m)
        else:
            looked, pairs = _around(ready, asked, x, y, border_m=border_m, pixels=pixels)
    strange = _strange(ready, x, y, row)
    if len(strange):
        point, other, distance = _among_all(ready, strange, x, y, border_m=border_m)
        pairs = _sorted(
            np.concatenate([pairs.point, point]),
            np.concatenate([pairs.row, other]),
            np.concatenate([pairs.distance_m, distance]),
        )
    return _merged(row, np.concatenate([looked, strange]), pairs)


def nearest_pairs(ready: Ready, x: Floats, y: Floats) -> Pairs:
    """The nearest polygons of each point, however far."""
    there = ready.drawn.to_metres(*ready.drawn.to_cells(x, y))
    return _sorted(*ready.shapes.nearest(*there))


def _strange(ready: Drawn, x: Floats, y: Floats, row: Rows) -> Ints:
    """Points outside that may stand for other places."""
    if ready.drawn.same:
        return np.zeros(0, dtype=np.int64)
    grid, outside = ready.raster.grid, np.flatnonzero(row == NOBODY)
    away = ready.drawn.strange(x[outside], y[outside], west=grid.west, south=grid.south)
    return outside[away]


def _holding(ready: Drawn, record: Ints, there: tuple[Floats, Floats]) -> tuple[Ints, Rows]:
    """Pairs of a point and a polygon that holds it, edges included: asked of the polygons themselves.

    The first points have records; the rest may lie anywhere.
    """
    raster = ready.raster
    told = raster.told(record)
    listed, anywhere = np.flatnonzero(told), np.ones(len(there[0]), dtype=np.bool_)
    anywhere[listed] = False
    of, _, rows = raster.polygons(record[listed])
    point, row = ready.shapes.touching(listed[of], rows, *there)
    rest = np.flatnonzero(anywhere)
    if not len(rest):
        return point, row
    far, holds = ready.shapes.covering(there[0][rest], there[1][rest])
    return np.concatenate([point, rest[far]]), np.concatenate([row, holds])


def _close(ready: Drawn, asked: Asked, x: Floats, y: Floats, *, border_m: float) -> Pairs:
    """Pairs of the points whose own pixel's record holds all that is near."""
    there = ready.drawn.to_cells(x[asked.point], y[asked.point])
    held = _covering(ready, asked, there)
    of = np.arange(len(asked.point))
    pairs = _measured(ready, of, asked.record, asked.point, held=held, there=there, border_m=border_m)
    return _sorted(*pairs)


def _close_compiled(
    ready: Drawn, x: Floats, y: Floats, *, border_m: float, pixels: float
) -> tuple[Rows, Ints, Pairs]:
    """Row of each point, those with a line near, and their pairs: with numba but for the few in doubt."""
    raster, borders = ready.raster, ready.borders
    row, flag = ask_compiled(raster, x, y, near=pixels)
    close = np.flatnonzero(flag)
    loops: Any = compiled()
    words = raster.units.reshape(-1)
    *pairs, doubtful = loops.near_pairs(
        (raster.code, words, words.view(np.float32), raster.begin, raster.piece),
        (borders.x, borders.y, borders.a, borders.b, borders.rows),
        grid_of(raster),
        (x, y),
        close,
        ready.drawn.to_metres(*ready.drawn.to_cells(x[close], y[close])),
        (np.float32(pixels), np.float32(raster.doubt), border_m),
    )
    left = close[doubtful]
    asked = ask_again(raster, x[left], y[left])
    more = _close(ready, asked, x[left], y[left], border_m=border_m)
    place = np.searchsorted(pairs[0], left[more.point])
    both = zip(pairs, (left[more.point], more.row, more.distance_m), strict=True)
    return row, close, Pairs(*(np.insert(known, place, found) for known, found in both))


def _around(
    ready: Drawn, asked: Asked, x: Floats, y: Floats, *, border_m: float, pixels: float
) -> tuple[Ints, Pairs]:
    """Points with a border within some pixels, and their pairs."""
    met, record = _neighbouring(ready.raster, x, y, pixels)
    marked = np.zeros(len(x), dtype=np.bool_)
    marked[met] = marked[asked.point] = True
    looked, number = np.flatnonzero(marked), np.cumsum(marked) - 1
    there = ready.drawn.to_cells(x[looked], y[looked])
    close = number[asked.point]
    of, row = _covering(ready, asked, tuple(axis[close] for axis in there))
    plain = np.ones(len(looked), dtype=np.bool_)
    plain[close] = False
    plain &= asked.row[looked] != NOBODY
    held = (
        np.concatenate([close[of], np.flatnonzero(plain)]),
        np.concatenate([row, asked.row[looked[plain]]]),
    )
    pairs = _measured(ready, number[met], record, looked, held=held, there=there, border_m=border_m)
    return looked, _sorted(*pairs)


def _neighbouring(raster: Raster, x: Floats, y: Floats, pixels: float) -> tuple[Ints, Ints]:
    """Pairs of a point and a record whose pixel comes within some pixels of it."""
    grid = raster.grid
    u, v = grid.across(x), grid.up(y)
    some = np.flatnonzero(
        (u > -pixels) & (u < grid.width + pixels) & (v > -pixels) & (v < grid.height + pixels)
    )
    u, v = u[some], v[some]
    column, line = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    steps = range(-int(np.ceil(pixels)), int(np.ceil(pixels)) + 1)
    found: list[tuple[Ints, Ints]] = []
    for east, north in ((east, north) for east in steps for north in steps):
        there = (column + east >= 0) & (column + east < grid.width)
        there &= (line + north >= 0) & (line + north < grid.height)
        aside = np.maximum(np.abs(u - column - east - 0.5) - 0.5, 0)
        above = np.maximum(np.abs(v - line - north - 0.5) - 0.5, 0)
        there &= aside * aside + above * above <= pixels * pixels
        at = np.flatnonzero(there)
        code = raster.code[(line[at] + north) * grid.width + column[at] + east]
        bordered = code < NOBODY
        found.append((some[at[bordered]], first_record(code[bordered]).astype(np.int64)))
    return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])


def _covering(ready: Drawn, asked: Asked, there: tuple[Floats, ...]) -> tuple[Ints, Rows]:
    """Pairs of a position in `asked.point` and a polygon that holds that point, edges included."""
    doubtful = asked.nearest <= ready.raster.doubt
    sure, unsure = np.flatnonzero(~doubtful), np.flatnonzero(doubtful)
    of, row = holders(ready.raster, asked.record[sure], asked.state[sure])
    at, held = _holding(ready, asked.record[unsure], (there[0][unsure], there[1][unsure]))
    return np.concatenate([sure[of], unsure[at]]), np.concatenate([row, held])


def _measured(
    ready: Drawn,
    of: Ints,
    record: Ints,
    point: Ints,
    *,
    held: tuple[Ints, Rows],
    there: tuple[Floats, ...],
    border_m: float,
) -> tuple[Ints, Rows, Floats]:
    """Pairs of polygons that hold points, and of others whose border in some records is near.

    `of` and `held[0]` are positions in `point`, as are the places `there`.
    """
    x, y = ready.drawn.to_metres(there[0], there[1])
    untold = ~ready.raster.told(record)
    unasked = np.zeros(len(point), dtype=np.bool_)
    unasked[of[untold]] = True
    asked = np.flatnonzero(unasked)
    far = ready.shapes.near(x[asked], y[asked], border_m)
    found = [(asked[far[0]], far[1], far[2])]
    for begin in range(0, len(of), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        found.append(_borders_near(ready, of[part], record[part], x, y, border_m=border_m))
    found.append((held[0], held[1], np.zeros(len(held[0]))))
    position, row, distance = (np.concatenate(column) for column in zip(*found, strict=True))
    key = position * len(ready.shapes) + row
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(first_of_each(key[order]))
    best = order[first]
    # Those that hold a point are at 0 m, nearer than their own border.
    return point[position[best]], row[best], np.minimum.reduceat(distance[order], first)


def _borders_near(
    ready: Drawn, of: Ints, record: Ints, x: Floats, y: Floats, *, border_m: float
) -> tuple[Ints, Rows, Floats]:
    """Pairs of a position and a polygon whose border in one of its records is near, with its distance."""
    pair, piece = ready.raster.pieces(record)
    of = of[pair]
    distance = ready.borders.distance(piece, x[of], y[of])
    close = distance <= border_m
    of, piece, distance = of[close], piece[close], distance[close]
    rows = ready.borders.rows[piece]
    sides = rows.shape[1]
    whose = rows.ravel() != NOBODY
    return np.repeat(of, sides)[whose], rows.ravel()[whose], np.repeat(distance, sides)[whose]


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


def _sorted(point: Ints, row: Rows, distance: Floats) -> Pairs:
    order = np.lexsort((row, distance, point))
    return Pairs(point[order], row[order], distance[order])


def _merged(row: Rows, looked: Ints, close: Pairs) -> Pairs:
    """Pairs of the points looked at, and of each other point its row, if it is in any."""
    single = row != NOBODY
    single[looked] = False
    size = np.count_nonzero(single) + len(close.point)
    pairs = Pairs(np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int32), np.empty(size))
    loops = compiled() if worth_compiling(len(row)) else None
    if loops is not None:
        loops.merged(row, single, tuple(close), tuple(pairs))
        return pairs
    plain = np.flatnonzero(single)
    place = np.searchsorted(plain, close.point) + np.arange(len(close.point))
    other = np.ones(size, dtype=np.bool_)
    other[place] = False
    pairs.point[other], pairs.row[other], pairs.distance_m[other] = plain, row[plain], 0.0
    pairs.point[place], pairs.row[place], pairs.distance_m[place] = close
    return pairs

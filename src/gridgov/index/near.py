"""Polygons near points, found with what the raster knows of the lines in each pixel."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridgov.index.asking import Asked, ask_again, ask_compiled, grid_of, holders
from gridgov.index.compiled import compiled
from gridgov.index.pairs import Pairs, sorted_pairs
from gridgov.index.raster import NOBODY, Raster, first_record
from gridgov.index.ready import Drawn
from gridgov.index.shapes import first_of_each

__all__ = ["Close", "around", "close_pairs", "close_parts", "holding"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]

#: Points and pieces of border measured at a time.
_CHUNK = 1 << 18

#: Points looked at at a time with numba: what was fetched of them is still in the processor's cache when
#: those near borders are looked at again, and they are many enough for what numpy does in between.
_PART = 1 << 18


def close_pairs(ready: Drawn, asked: Asked, x: Floats, y: Floats, *, border_m: float) -> Pairs:
    """Pairs of the points whose own pixel's record holds all that is near."""
    there = ready.drawn.to_cells(x[asked.point], y[asked.point])
    held = _covering(ready, asked, there)
    of = np.arange(len(asked.point))
    pairs = _measured(ready, of, asked.record, asked.point, held=held, there=there, border_m=border_m)
    return sorted_pairs(*pairs)


class Close(NamedTuple):
    """What the loops say of points.

    Attributes
    ----------
    row, several
        As in `Asked`; not to be trusted for doubtful points.
    point, pairs
        Points with a line near, and their pairs.
    doubtful, record
        Those of them so near that the polygons were asked, and their records.
    """

    row: Rows
    several: Flags
    point: Ints
    pairs: Pairs
    doubtful: Ints
    record: Ints


def close_parts(
    ready: Drawn, x: Floats, y: Floats, *, border_m: float, pixels: float
) -> Iterator[tuple[slice, Close]]:
    """Parts of points in their order, and what the loops say of each; as many threads as numba has look."""
    loops: Any = compiled()
    parts = [slice(begin, min(begin + _PART, len(x))) for begin in range(0, len(x), _PART)]

    def look(part: slice) -> tuple[slice, Close]:
        return part, _close_compiled(ready, x[part], y[part], border_m=border_m, pixels=pixels)

    threads = min(loops.threads(), len(parts))
    if threads <= 1:
        yield from map(look, parts)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(look, parts)


def _close_compiled(ready: Drawn, x: Floats, y: Floats, *, border_m: float, pixels: float) -> Close:
    """Points and the polygons near them, with numba but for the few in doubt."""
    raster, borders = ready.raster, ready.borders
    row, flag, close = ask_compiled(raster, x, y, near=pixels, overlaps=True)
    loops: Any = compiled()
    words = raster.units.reshape(-1)
    *pairs, doubtful = loops.near_pairs(
        (raster.code, words, words.view(np.float32), raster.begin, raster.piece),
        (borders.corners, borders.pieces),
        grid_of(raster),
        (x, y),
        close,
        ready.drawn.to_metres(*ready.drawn.to_cells(x[close], y[close])),
        (np.float32(pixels), np.float32(raster.doubt), border_m),
    )
    # In place: new pages of memory cost more than what is written there.
    several = np.bitwise_and(flag, 1, out=flag).view(np.bool_)
    if not len(doubtful):
        return Close(row, several, close, Pairs(*pairs), doubtful, doubtful)
    left = close[doubtful]
    asked = ask_again(raster, x[left], y[left])
    more = close_pairs(ready, asked, x[left], y[left], border_m=border_m)
    place = np.searchsorted(pairs[0], left[more.point])
    both = zip(pairs, (left[more.point], more.row, more.distance_m), strict=True)
    merged = Pairs(*(np.insert(known, place, found) for known, found in both))
    return Close(row, several, close, merged, left[asked.point], asked.record)


def around(ready: Drawn, asked: Asked, x: Floats, y: Floats, *, border_m: float, pixels: float) -> Pairs:
    """Pairs of the points with a border within some pixels."""
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
    return sorted_pairs(*pairs)


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


def holding(ready: Drawn, record: Ints, there: tuple[Floats, Floats]) -> tuple[Ints, Rows]:
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


def _covering(ready: Drawn, asked: Asked, there: tuple[Floats, ...]) -> tuple[Ints, Rows]:
    """Pairs of a position in `asked.point` and a polygon that holds that point, edges included."""
    doubtful = asked.nearest <= ready.raster.doubt
    sure, unsure = np.flatnonzero(~doubtful), np.flatnonzero(doubtful)
    of, row = holders(ready.raster, asked.record[sure], asked.state[sure])
    at, held = holding(ready, asked.record[unsure], (there[0][unsure], there[1][unsure]))
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
    rows = ready.borders.rows(piece)
    sides = rows.shape[1]
    whose = rows.ravel() != NOBODY
    return np.repeat(of, sides)[whose], rows.ravel()[whose], np.repeat(distance, sides)[whose]

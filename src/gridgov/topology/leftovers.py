"""Vertices where borders were cut by others that are there no more."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.topology.distinct import distinct

__all__ = ["without_leftovers"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

#: A cut moves a border by less than this many steps of the grid on which it was made.
ASIDE_STEPS = 1.5
#: Rings of fewer coordinates keep all of them.
LEAST_COORDINATES = 6


def without_leftovers(cells: Geometries, *, fine_m: float, coarse: int) -> Geometries:
    """Take vertices out of straight borders that one or two cells have between the same two others.

    Parameters
    ----------
    cells
        (n,) Polygons, a noded coverage on the fine grid.
    fine_m
        Metres of its steps.
    coarse
        What was drawn lies on every so many of these: only vertices beside that grid can be leftovers.

    Notes
    -----
    A border then runs where it was drawn; rounded to the coarse grid, each leftover would move it.
    """
    form, xy, (rings, *offsets) = shapely.to_ragged_array(cells)
    steps = np.rint(xy / fine_m).astype(np.int64)
    ends = np.zeros(len(xy), dtype=bool)
    ends[rings[:-1]] = ends[rings[1:] - 1] = True
    small = np.repeat(np.diff(rings) < LEAST_COORDINATES, np.diff(rings))
    rows = np.flatnonzero((steps % coarse != 0).any(axis=1))
    if not len(rows):
        return cells
    low = steps.min(axis=0)
    high = int((steps[:, 1] - low[1]).max()) + 1
    key = (steps[:, 0] - low[0]) * high + steps[:, 1] - low[1]
    before, after = key[rows - 1], key[np.minimum(rows + 1, len(key) - 1)]
    place = distinct(key[rows])[1]
    one, other = np.minimum(before, after), np.maximum(before, after)
    fixed = ends[rows] | small[rows] | ~_straight(steps, rows)
    kept = np.zeros(int(place.max()) + 1, dtype=bool)
    kept[place[fixed]] = True
    for value in (one, other):
        first = np.zeros(len(kept), dtype=np.int64)
        first[place] = value
        kept[place[first[place] != value]] = True
    gone = np.zeros(len(xy), dtype=bool)
    gone[rows[~kept[place]]] = True
    rings = rings - np.concatenate([[0], np.cumsum(gone)])[rings]
    return np.asarray(shapely.from_ragged_array(form, xy[~gone], (rings, *offsets)), dtype=object)


def _straight(steps: Ints, rows: Ints) -> Bools:
    """Tell the vertices that lie on the way between those before and behind them."""
    start, end = steps[rows - 1], steps[np.minimum(rows + 1, len(steps) - 1)]
    along, away = end - start, steps[rows] - start
    cross = along[:, 0] * away[:, 1] - along[:, 1] * away[:, 0]
    dot, square = (along * away).sum(axis=1), (along**2).sum(axis=1)
    return np.asarray((dot > 0) & (dot < square) & (np.abs(cross) <= ASIDE_STEPS * np.sqrt(square)))

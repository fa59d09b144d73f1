"""Where a problem is, in words: the units it lies in and the grids it is at."""

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.check.ground import Drawn
from gridgov.told import Sayings, Told, known_told, told

__all__ = [
    "grids_around",
    "outside_every",
    "place_told",
    "place_words",
    "places_said",
    "rung_told",
    "unit_names",
    "units_at",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Grids this near to a gap border it: rounding moves a vertex by up to 0.7 cm.
TOUCH_M = 0.05

#: How many grids the words name.
NAMED = 2

#: A strip between two grids ends at one or two more; with others around it is no strip.
STRIP = 4


def units_at(rungs: Mapping[str, gpd.GeoDataFrame], x: Floats, y: Floats) -> dict[str, Ints]:
    """Answer, per rung, the row of the unit each point lies in (the first of several), -1 for none."""
    here = np.isfinite(x) & np.isfinite(y)
    xy = np.stack([np.where(here, x, 0.0), np.where(here, y, 0.0)], axis=1)
    points = np.asarray(shapely.points(xy))
    answer = {}
    for rung, units in rungs.items():
        point, row = shapely.STRtree(units.geometry.to_numpy()).query(points, predicate="intersects")
        at = np.full(len(points), len(units), dtype=np.int64)
        np.minimum.at(at, point, row)
        answer[rung] = np.where(here & (at < len(units)), at, -1)
    return answer


def unit_names(units: gpd.GeoDataFrame) -> list[str]:
    """Answer each unit's name, its id where it has none."""
    names = units["name"].to_numpy(dtype=object)
    return [
        str(i) if pd.isna(n) or not str(n).strip() else str(n)
        for i, n in zip(units["grid_id"], names, strict=True)
    ]


def grids_around(
    drawn: Drawn,
    rows: Sequence[tuple[int, ...]],
    shapes: Sequence[Any],
    x: Floats,
    y: Floats,
    *,
    near: Sequence[bool],
) -> list[Ints]:
    """Answer the grids of each problem: its own `rows`, or those around it, from the nearest to `x, y`."""
    answer = [np.array(own, dtype=np.int64) for own in rows]
    which = np.flatnonzero(np.asarray(near, dtype=bool))
    if not len(which):
        return answer
    places = np.empty(len(which), dtype=object)
    places[:] = [shapes[int(k)] for k in which]
    grids = drawn.layer.geometry.to_numpy()
    found, row = shapely.STRtree(grids).query(places, predicate="dwithin", distance=TOUCH_M)
    spots = np.asarray(shapely.points(np.stack([x[which], y[which]], axis=1)))
    distance = shapely.distance(spots[found], grids[row])
    order = np.lexsort((row, np.round(distance, 2), found))
    found, row = found[order], row[order]
    for number, k in enumerate(which):
        first, last = np.searchsorted(found, [number, number + 1])
        answer[k] = row[first:last].astype(np.int64)
    return answer


def place_words(
    rungs: Mapping[str, gpd.GeoDataFrame],
    units: Mapping[str, Ints],
    ids: Sequence[Sequence[str]],
    *,
    near: Sequence[bool],
    somewhere: Sequence[bool],
) -> list[str]:
    """Say where each problem is: '管城回族区 / 航海东路街道, at grid 12'; '' or a `Told`.

    `near`: it lies between the grids, not in them. `somewhere`: it has a place at all.
    """
    names = {rung: unit_names(layer) for rung, layer in rungs.items()}
    words = []
    for k, (own, beside, placed) in enumerate(zip(ids, near, somewhere, strict=True)):
        inside = " / ".join(names[rung][at[k]] for rung, at in units.items() if at[k] >= 0)
        if rungs and placed and not inside:
            inside = outside_every(next(iter(rungs)))
        words.append(place_told(inside, own, beside=beside))
    return words


def outside_every(rung: str) -> Told:
    """Say that a place lies in no unit of a rung."""
    return told("outside_every", rung=rung_told(rung))


def rung_told(rung: str) -> str:
    """Answer the name of a rung, as it is called in each language."""
    return known_told("rung", rung)


def place_told(inside: str, ids: Sequence[str], *, beside: bool) -> str:
    """Say in which unit a place is, and at or between which grids; '' if neither is known."""
    at = _at(ids, beside=beside)
    return told("in_unit", inside=inside, at=at) if inside and at else at or inside


def places_said(inside: Sequence[str], ids: Sequence[Sequence[str]], *, beside: bool) -> Sayings:
    """Say where many places are, as `place_told` does; none has more than two ids."""
    answer = Sayings.of(inside)
    for many in (1, 2):
        rows = [row for row, own in enumerate(ids) if len(own) == many]
        one, *other = (Sayings.of([ids[row][k] for row in rows]) for k in range(many))
        if other:
            at = Sayings.made("between_grids" if beside else "at_grids", one=one, other=other[0])
        else:
            at = Sayings.made("beside_grid" if beside else "at_grid", grid=one)
        within = [k for k, row in enumerate(rows) if inside[row]]
        at.put(within, Sayings.made("in_unit", inside=answer[[rows[k] for k in within]], at=at[within]))
        answer.put(rows, at)
    return answer


def _at(ids: Sequence[str], *, beside: bool) -> str:
    if not ids:
        return ""
    if len(ids) == 1:
        return told("beside_grid" if beside else "at_grid", grid=ids[0])
    if len(ids) > STRIP:
        key = "among_grids" if beside else "at_many"
        return told(key, grids=tuple(ids[:NAMED]), more=len(ids) - NAMED)
    return told("between_grids" if beside else "at_grids", one=ids[0], other=ids[1])

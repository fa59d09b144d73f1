"""Strips between two drawings of one border, which the merge gave to one side."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.cells import or_none
from gridgov.check import Ground
from gridgov.check.ground import wide
from gridgov.check.places import place_words, units_at
from gridgov.check.problems import NOISE_M
from gridgov.datum import transform_points
from gridgov.schema import SEPARATOR
from gridgov.topology.refine import Refinement
from gridgov.topology.widths import widest

__all__ = ["border_strips"]

Ints = npt.NDArray[np.int64]

NONE = -1
LONLAT = 4490


def border_strips(
    refined: Refinement, ground: Ground, *, layers: Mapping[str, gpd.GeoDataFrame]
) -> gpd.GeoDataFrame:
    """Answer the `borders_apart` rows: per department and pair of its grids, the area that changed sides.

    A face belongs here when its department's grid is not the one its cell has: the strip was too thin to
    be a cell. `departments` names who kept the border and whose border moved; `grid_ids` are the latter's
    grids, from | to. Strips wider than the tolerance, made of several thin faces, are to be decided unless
    they are what crosses a rung, which is listed as such; narrower than rounding they are left out.
    """
    names = list(layers)
    tables = [_of_department(refined, ground, number, names, layers) for number in range(len(names))]
    return gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), geometry="geometry", crs=_crs(layers))


def _crs(layers: Mapping[str, gpd.GeoDataFrame]) -> Any:
    return next(iter(layers.values())).crs


def _of_department(
    refined: Refinement, ground: Ground, number: int, names: list[str], layers: Mapping[str, gpd.GeoDataFrame]
) -> gpd.GeoDataFrame:
    layer = layers[names[number]]
    face = np.flatnonzero(refined.face_cell != NONE)
    cell = refined.face_cell[face]
    was, now = refined.face_labels[face, number], refined.labels[cell, number]
    moved = (was != now) & (was != NONE)
    face, was, now = face[moved], was[moved], now[moved]
    kept = _keeper(refined, face, number)
    key, where = np.unique(np.stack([kept, was, now], axis=1), axis=0, return_inverse=True)
    where = where.ravel()
    order = np.argsort(where, kind="stable")
    groups = np.split(refined.arrangement.faces[face[order]], np.cumsum(np.bincount(where))[:-1])
    strips = np.empty(len(key), dtype=object)
    for k in range(len(key)):
        strips[k] = shapely.coverage_union_all(groups[k])
    keepers = [names[k] if k != NONE else next(iter(ground.rungs)) for k in key[:, 0]]
    told = _told(layer, keepers, was=key[:, 1], now=key[:, 2])
    told["departments"] = [f"{keeper}{SEPARATOR}{names[number]}" for keeper in keepers]
    told["severity"] = np.where(
        (key[:, 0] != NONE) & wide(strips, tolerance_m=ground.tolerance_m), "decide", "settled"
    ).astype(object)
    table = gpd.GeoDataFrame(_measured(strips, told, ground, layer.crs), geometry=strips, crs=layer.crs)
    return table[table["width_m"] > NOISE_M]


def _keeper(refined: Refinement, face: Ints, number: int) -> Ints:
    """Answer whose border stands: the first other department whose grid the face kept; -1: a rung's.

    A grid that has no cell in the face's unit reached over the unit's border there, and that one stands.
    """
    cell = refined.face_cell[face]
    same = refined.face_labels[face] == refined.labels[cell]
    same &= refined.face_labels[face] != NONE
    same[:, number] = False
    grids = refined.face_labels[:, number].max(initial=NONE) + 2  # room for none, which is -1
    at_home = np.unique(refined.base * grids + refined.labels[:, number])
    was = refined.face_labels[face, number]
    over = ~np.isin(refined.base[cell] * grids + was, at_home)
    return np.where(same.any(axis=1) & ~over, same.argmax(axis=1), NONE).astype(np.int64)


def _told(layer: gpd.GeoDataFrame, keepers: list[str], *, was: Ints, now: Ints) -> dict[str, Any]:
    """Say whose strips they were, whose they are now, and why."""
    grid, owner = or_none(layer["grid_id"]), or_none(layer["owner"])
    ids = [[g for g in pair if g is not None] for pair in zip(grid[was], grid[now], strict=True)]
    owners = [[str(o) for o in pair if o is not None] for pair in zip(owner[was], owner[now], strict=True)]
    return {
        "grid_ids": [SEPARATOR.join(pair) for pair in ids],
        "owners": [SEPARATOR.join(dict.fromkeys(pair)) for pair in owners],
        "resolution": [
            f"given to {'no grid' if to is None else to}: the border of {keeper} is kept"
            for to, keeper in zip(grid[now], keepers, strict=True)
        ],
    }


def _measured(strips: npt.NDArray[Any], told: dict[str, Any], ground: Ground, crs: Any) -> dict[str, Any]:
    """Add how large the strips are and where."""
    spots = widest(strips)
    units = units_at(ground.rungs, spots.x, spots.y)
    lon, lat = transform_points(spots.x, spots.y, source=crs, target=LONLAT)
    ids = [text.split(SEPARATOR) for text in told["grid_ids"]]
    return {
        "kind": np.full(len(strips), "borders_apart", dtype=object),
        **told,
        "area_m2": np.round(shapely.area(strips), 2),
        "width_m": np.round(spots.width, 2),
        "place": place_words(ground.rungs, units, ids, near=[False] * len(ids), somewhere=[True] * len(ids)),
        "note": np.full(len(strips), "", dtype=object),
        "lon": np.round(lon, 7),
        "lat": np.round(lat, 7),
        **{rung: or_none(ground.rungs[rung]["grid_id"])[at] for rung, at in units.items()},
    }

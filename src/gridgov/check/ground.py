"""What a department's grids are judged against: the arrangement, the rungs and the tolerances."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from gridgov.topology.arrange import Arrangement
from gridgov.topology.components import components
from gridgov.topology.edges import Neighbours, edge_table, neighbours
from gridgov.topology.regions import dissolve

__all__ = ["Drawn", "Ground", "Pieces", "covers", "drawn_on", "ground_of", "pieces"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Ground:
    """An arrangement of rungs and layers, ready for the questions of a check.

    Attributes
    ----------
    arrangement
        Faces and who covers them.
    pairs
        Faces that share a border.
    open
        (faces,) bool: the face has nothing beside it on some border.
    rungs
        Layers of the rungs, coarse to fine, in the arrangement's CRS.
    rung_groups
        The group number of each rung in the arrangement.
    tolerance_m, min_area_m2
        What is narrow, what is small.
    """

    arrangement: Arrangement
    pairs: Neighbours
    open: Bools
    rungs: Mapping[str, gpd.GeoDataFrame]
    rung_groups: Mapping[str, int]
    tolerance_m: float
    min_area_m2: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """One department's grids on the ground.

    Attributes
    ----------
    layer, department
        The layer in the arrangement's CRS, rows as in the arrangement; and its name.
    row, face
        Parallel: grid `row` covers face `face`.
    depth
        (faces,) how many of the grids cover each face.
    outline
        (faces,) bool: the face lies in the area that the grids should cover once.
    area
        (grids,) square metres of each grid.
    ids, owners
        Of the grids; '' for no owner.
    """

    layer: gpd.GeoDataFrame
    department: str
    row: Ints
    face: Ints
    depth: Ints
    outline: Bools
    area: Floats
    ids: list[str]
    owners: list[str]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Connected places: (n,) the `label` of each, its Polygon and its `area` in m2."""

    label: Ints
    polygons: Geometries
    area: Floats


def ground_of(
    arrangement: Arrangement,
    *,
    rungs: Mapping[str, gpd.GeoDataFrame],
    rung_groups: Mapping[str, int],
    tolerance_m: float,
    min_area_m2: float,
) -> Ground:
    """Prepare an arrangement for checking; one for all departments, or one for each."""
    table = edge_table(arrangement.faces)
    alone = np.zeros(len(arrangement.faces), dtype=bool)
    alone[np.maximum(table.left, table.right)[table.outer]] = True
    return Ground(
        arrangement, neighbours(table), alone, dict(rungs), dict(rung_groups), tolerance_m, min_area_m2
    )


def covers(ground: Ground, group: int) -> tuple[Ints, Ints]:
    """Answer rows and faces, parallel: polygon `row` of `group` covers `face`."""
    mine = ground.arrangement.group == group
    return ground.arrangement.row[mine], ground.arrangement.face[mine]


def drawn_on(layer: gpd.GeoDataFrame, ground: Ground, *, group: int, department: str) -> Drawn:
    """Lay one department's grids on the ground."""
    row, face = covers(ground, group)
    depth = np.bincount(face, minlength=len(ground.arrangement.faces)).astype(np.int64)
    area = np.bincount(row, weights=ground.arrangement.area[face], minlength=len(layer)).astype(np.float64)
    ids = [str(value) for value in layer["grid_id"]]
    owners = ["" if pd.isna(value) else str(value).strip() for value in layer["owner"]]
    return Drawn(layer, department, row, face, depth, _outline(ground, depth), area, ids, owners)


def _outline(ground: Ground, depth: Ints) -> Bools:
    """Tell the faces the grids should cover: the coarsest rung, else the grids and what they enclose."""
    if ground.rung_groups:
        coarsest = next(iter(ground.rung_groups.values()))
        inside = np.zeros(len(depth), dtype=bool)
        inside[covers(ground, coarsest)[1]] = True
        return inside
    bare = depth == 0
    joined = bare[ground.pairs.i] & bare[ground.pairs.j]
    place = components(len(depth), ground.pairs.i[joined], ground.pairs.j[joined])
    outdoors = np.zeros(len(depth), dtype=bool)
    outdoors[place[ground.open & bare]] = True
    return np.asarray(~(bare & outdoors[place]))


def pieces(ground: Ground, *, label: Ints, face: Ints) -> Pieces:
    """Join faces of one label that share a border into connected places.

    Parameters
    ----------
    label, face
        (n,) parallel, any order: a face may bear several labels, each only once.

    Notes
    -----
    Other layers cut the faces finer than one department drew them; joining first makes the answer the same
    in an arrangement of one department and in one of all.
    """
    count = max(len(ground.arrangement.faces), 1)
    key = np.unique(label * count + face)
    label, face = key // count, key % count
    i, j = _joined(ground.pairs, key, face, label, count)
    place = components(len(key), i, j)
    first = np.unique(place, return_index=True)[1]
    area = np.bincount(place, weights=ground.arrangement.area[face]).astype(np.float64)
    polygons = dissolve(ground.arrangement.faces[face], place) if len(key) else np.zeros(0, dtype=object)
    return Pieces(label[first], polygons, area)


def _joined(pairs: Neighbours, key: Ints, face: Ints, label: Ints, count: int) -> tuple[Ints, Ints]:
    """Answer which items (face with label) share a border with an item of the same label."""
    by_face = np.argsort(face, kind="stable")
    many = np.bincount(face, minlength=count)
    start = np.concatenate([[0], np.cumsum(many)])
    both = (many[pairs.i] > 0) & (many[pairs.j] > 0)
    left, right = pairs.i[both], pairs.j[both]
    repeats = many[left]
    offset = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    item = by_face[np.repeat(start[left], repeats) + offset]
    wanted = label[item] * count + np.repeat(right, repeats)
    found = np.minimum(np.searchsorted(key, wanted), max(len(key) - 1, 0))
    same = key[found] == wanted if len(key) else np.zeros(0, dtype=bool)
    return item[same], found[same]

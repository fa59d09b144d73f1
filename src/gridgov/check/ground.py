"""What a department's grids are judged against: the arrangement, the rungs and the tolerances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.topology.arrange import Arrangement
from gridgov.topology.components import components
from gridgov.topology.edges import edge_table, neighbours
from gridgov.topology.regions import dissolve

__all__ = [
    "Drawn",
    "Ground",
    "Items",
    "Pieces",
    "covers",
    "drawn_on",
    "ground_of",
    "pieces",
    "together",
    "wide",
    "wide_pieces",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

#: Area of a circle, in squares of its diameter, a little less for rounding.
CIRCLE = 0.999 * np.pi / 4
ROUNDING_M = 1e-3


@dataclass(frozen=True, slots=True)
class Ground:
    """An arrangement of rungs and layers, ready for the questions of a check.

    Attributes
    ----------
    arrangement
        Faces and who covers them.
    rungs
        Layers of the rungs, coarse to fine, in the arrangement's CRS.
    rung_groups
        The group number of each rung in the arrangement.
    tolerance_m, min_area_m2
        What is narrow, what is small.
    """

    arrangement: Arrangement
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
class Items:
    """Faces with a label, parallel, any order: a face may bear several labels."""

    label: Ints
    face: Ints

    def __getitem__(self, which: Any) -> "Items":
        return Items(self.label[which], self.face[which])


@dataclass(frozen=True, slots=True)
class Pieces:
    """Connected places.

    Attributes
    ----------
    label, polygons, area
        (n,) of each place; m2.
    faces
        (n,) the faces it is made of.
    """

    label: Ints
    polygons: Geometries
    area: Floats
    faces: Sequence[Ints]

    def __getitem__(self, which: Any) -> "Pieces":
        rows = np.arange(len(self.label))[which]
        return Pieces(self.label[rows], self.polygons[rows], self.area[rows], [self.faces[k] for k in rows])


def ground_of(
    arrangement: Arrangement,
    *,
    rungs: Mapping[str, gpd.GeoDataFrame],
    rung_groups: Mapping[str, int],
    tolerance_m: float,
    min_area_m2: float,
) -> Ground:
    """Prepare an arrangement for checking; one for all departments, or one for each."""
    return Ground(arrangement, dict(rungs), dict(rung_groups), tolerance_m, min_area_m2)


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
    table = edge_table(ground.arrangement.faces)
    pairs = neighbours(table)
    open_ = np.zeros(len(depth), dtype=bool)  # nothing lies beside it on some border
    open_[np.maximum(table.left, table.right)[table.outer]] = True
    bare = depth == 0
    joined = bare[pairs.i] & bare[pairs.j]
    place = components(len(depth), pairs.i[joined], pairs.j[joined])
    outdoors = np.zeros(len(depth), dtype=bool)
    outdoors[place[open_ & bare]] = True
    return np.asarray(~(bare & outdoors[place]))


def pieces(ground: Ground, items: Items) -> Pieces:
    """Join faces of one label that share a border into connected places.

    Notes
    -----
    Other layers cut the faces finer than one department drew them; joining first makes the answer the same
    in an arrangement of one department and in one of all.
    """
    if not len(items.label):
        return Pieces(items.label, np.zeros(0, dtype=object), np.zeros(0), [])
    count = len(ground.arrangement.faces)
    key = np.unique(items.label * count + items.face)
    label, face = key // count, key % count
    i, j = _joined(ground, key, label, face)
    place = components(len(key), i, j)
    first = np.unique(place, return_index=True)[1]
    area = np.bincount(place, weights=ground.arrangement.area[face]).astype(np.float64)
    polygons = dissolve(ground.arrangement.faces[face], place)
    order = np.argsort(place, kind="stable")
    faces = np.split(face[order], np.cumsum(np.bincount(place))[:-1])
    return Pieces(label[first], polygons, area, faces)


def wide(polygons: Geometries, *, tolerance_m: float) -> Bools:
    """Tell the polygons into which a circle of `tolerance_m` fits, the cheapest doubts first."""
    answer = shapely.area(polygons) >= CIRCLE * tolerance_m**2
    box = shapely.bounds(polygons[answer])
    answer[answer] = (box[:, 2:] - box[:, :2] >= tolerance_m - ROUNDING_M).all(axis=1)
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(polygons[answer]))
    sides = np.hypot(*np.diff(corners.reshape(-1, 5, 2)[:, :3], axis=1).transpose(2, 0, 1))
    answer[answer] = (sides >= tolerance_m - ROUNDING_M).all(axis=1)
    answer[answer] = _fits(polygons[answer], tolerance_m)
    return np.asarray(answer)


def _fits(polygons: Geometries, width_m: float) -> Bools:
    """Tell the polygons that erosion by half the width leaves something of."""
    # A polygon with an inscribed circle of radius r has area <= length * r, so a wider one cannot vanish.
    answer = 2 * shapely.area(polygons) >= width_m * shapely.length(polygons)
    doubtful = polygons[~answer]
    core = shapely.buffer(doubtful, -width_m / 2, quad_segs=2)
    # Of a strip that vanishes GEOS may leave a piece turned inside out, which lies beside it.
    answer[~answer] = ~shapely.is_empty(core) & shapely.intersects(doubtful, shapely.point_on_surface(core))
    return np.asarray(answer)


def wide_pieces(ground: Ground, items: Items) -> Pieces:
    """Answer only the places into which a circle of the tolerance fits, most of the rest unlooked at."""
    labels, group = np.unique(items.label, return_inverse=True)
    area = np.bincount(group, weights=ground.arrangement.area[items.face], minlength=len(labels))
    asked = np.flatnonzero(area >= CIRCLE * ground.tolerance_m**2)
    mine = np.isin(group, asked)
    parts, owner = shapely.get_parts(together(ground, items.face[mine], group[mine]), return_index=True)
    broad = wide(parts, tolerance_m=ground.tolerance_m)
    parts, label = parts[broad], labels[asked[owner[broad]]]
    return _places(ground, items[np.isin(items.label, label)], parts, label)


def together(ground: Ground, face: Ints, group: Ints) -> Geometries:
    """Join the faces of each group that there is, in ascending order, to one (Multi)Polygon."""
    order = np.lexsort((face, group))
    face, group = face[order], group[order]
    starts = np.flatnonzero(np.r_[True, np.diff(group) != 0]) if len(group) else order
    many = np.diff(np.append(starts, len(group)))
    shapes = ground.arrangement.faces[face[starts]]
    # One after the other: for strips of a few faces GEOS is quicker than joining all of them at once.
    for number in np.flatnonzero(many > 1).tolist():
        first = starts[number]
        under = face[first : first + many[number]]
        shapes[number] = shapely.coverage_union_all(ground.arrangement.faces[under])
    return np.asarray(shapes)


def _places(ground: Ground, items: Items, polygons: Geometries, label: Ints) -> Pieces:
    """Answer polygons, each made of faces of its label, with those faces."""
    faces = ground.arrangement.faces[items.face]
    place, item = shapely.STRtree(faces).query(polygons)
    mine = items.label[item] == label[place]
    place, item = place[mine], item[mine]
    shapely.prepare(polygons)
    mine = shapely.intersects(polygons[place], shapely.point_on_surface(faces[item]))
    place, face = place[mine], items.face[item[mine]]
    order = np.lexsort((face, place))
    ends = np.cumsum(np.bincount(place, minlength=len(polygons)))
    split = np.split(face[order], ends[:-1]) if len(polygons) else []
    return Pieces(label, polygons, shapely.area(polygons), split)


def _joined(ground: Ground, key: Ints, label: Ints, face: Ints) -> tuple[Ints, Ints]:
    """Answer which items (face with label) share a border with an item of the same label."""
    used, number = np.unique(face, return_inverse=True)
    pairs = neighbours(edge_table(ground.arrangement.faces[used]))
    by_face = np.argsort(number, kind="stable")
    many = np.bincount(number, minlength=len(used))
    start = np.concatenate([[0], np.cumsum(many)])
    repeats = many[pairs.i]
    offset = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    item = by_face[np.repeat(start[pairs.i], repeats) + offset]
    wanted = label[item] * len(ground.arrangement.faces) + np.repeat(used[pairs.j], repeats)
    found = np.minimum(np.searchsorted(key, wanted), max(len(key) - 1, 0))
    same = key[found] == wanted
    return item[same], found[same]

"""What a department's grids are judged against: the arrangement, the rungs and the tolerances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from gridgov.topology.arrange import Arrangement
from gridgov.topology.components import components
from gridgov.topology.distinct import distinct_only
from gridgov.topology.parts import Parts, has_room, parts_of

__all__ = [
    "Drawn",
    "Ground",
    "Items",
    "Pieces",
    "covers",
    "drawn_on",
    "ground_of",
    "pieces",
    "places",
    "wide",
    "wide_pieces",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

NOBODY = -1


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
    depth = np.bincount(face, minlength=len(ground.arrangement)).astype(np.int64)
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
    mesh = ground.arrangement.mesh
    open_ = np.zeros(len(depth) + 1, dtype=bool)  # nothing lies beside it on some border
    open_[mesh.left[mesh.right == NOBODY]] = open_[mesh.right[mesh.left == NOBODY]] = True
    bare = depth == 0
    joined = bare[mesh.pairs.i] & bare[mesh.pairs.j]
    place = components(len(depth), mesh.pairs.i[joined], mesh.pairs.j[joined])
    outdoors = np.zeros(len(depth), dtype=bool)
    outdoors[place[open_[:-1] & bare]] = True
    return np.asarray(~(bare & outdoors[place]))


def pieces(ground: Ground, items: Items) -> Pieces:
    """Join faces of one label that share a border into connected places.

    Notes
    -----
    Other layers cut the faces finer than one department drew them; joining first makes the answer the same
    in an arrangement of one department and in one of all.
    """
    faces = len(ground.arrangement)
    label, face = np.divmod(distinct_only(items.label * faces + items.face), max(faces, 1))
    found = parts_of(ground.arrangement.ground, face, label)
    return places(found, np.ones(len(found), dtype=bool))


def wide_pieces(ground: Ground, items: Items) -> Pieces:
    """Answer only the places into which a circle of the tolerance fits; of the rest no polygon is made."""
    order = np.lexsort((items.face, items.label))
    found = parts_of(ground.arrangement.ground, items.face[order], items.label[order])
    return places(found, found.wide(ground.tolerance_m))


def places(found: Parts, which: Bools) -> Pieces:
    """Answer some parts as places."""
    items = np.flatnonzero(which[found.part])
    order = items[np.argsort(found.part[items], kind="stable")]
    ends = np.cumsum(np.bincount(found.part[items], minlength=len(found))[which])
    faces = np.split(found.face[order], ends[:-1]) if len(ends) else []
    return Pieces(found.group[which], found.polygons(which), found.area[which], faces)


def wide(polygons: Geometries, *, tolerance_m: float) -> Bools:
    """Tell the polygons into which a circle of `tolerance_m` fits."""
    return has_room(polygons, tolerance_m)

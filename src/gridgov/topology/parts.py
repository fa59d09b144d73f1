"""Connected parts of groups of faces: their size, which of them are wide, and their polygons."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.topology.components import components
from gridgov.topology.erosion import vanish
from gridgov.topology.mesh import Mesh
from gridgov.topology.ragged import spread
from gridgov.topology.regions import dissolve

__all__ = ["CIRCLE", "Parts", "has_room", "parts_of"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

NOBODY = -1

#: Area of a circle, in squares of its diameter, a little less for rounding.
CIRCLE = 0.999 * np.pi / 4
ROUNDING_M = 1e-3


@dataclass(frozen=True, slots=True)
class Parts:
    """Connected parts of groups of faces.

    Attributes
    ----------
    face, part
        (m,) parallel: face `face` is in part `part`; as the faces and groups were given.
    group, area, length
        (n,) of each part: its group, square metres, and metres of outline with the holes.
    """

    ground: Mesh | Geometries
    face: Ints
    part: Ints
    group: Ints
    area: Floats
    length: Floats

    def __len__(self) -> int:
        return len(self.group)

    def polygons(self, which: Bools) -> Geometries:
        """Answer the polygons of some parts."""
        number = np.where(which, np.cumsum(which) - 1, NOBODY)[self.part]
        mine = number != NOBODY
        face, number = self.face[mine], number[mine]
        if isinstance(self.ground, Mesh):
            return self.ground.dissolve(face, number)
        return dissolve(self.ground[face], number)

    def wide(self, width_m: float) -> Bools:
        """Tell the parts into which a circle of this diameter fits, the cheapest doubts first."""
        # A polygon with an inscribed circle of radius r has area <= length * r, so a wider one is sure.
        answer = 2 * self.area >= width_m * self.length
        known = self.ground.narrow(width_m) if isinstance(self.ground, Mesh) else None
        doubtful = ~answer & (self.area >= CIRCLE * width_m**2) & ~self._in_one(known)
        answer[doubtful] = has_room(self.polygons(doubtful), width_m)
        if known is not None:
            item = np.flatnonzero((doubtful & ~answer)[self.part])
            known[self.face[item]] = known.max(initial=NOBODY) + 1 + self.part[item]
        return answer

    def _in_one(self, place: Ints | None) -> Bools:
        """Tell the parts that lie in one place as a whole; `place` is that of each face, -1 for none."""
        one = np.full(len(self), NOBODY, dtype=np.int64)
        if place is not None:
            one[self.part] = place[self.face]
            one[self.part[place[self.face] != one[self.part]]] = NOBODY
        return np.asarray(one != NOBODY)


def has_room(polygons: Geometries, width_m: float) -> Bools:
    """Tell the polygons into which a circle of this diameter fits, the cheapest doubts first."""
    answer = shapely.area(polygons) >= CIRCLE * width_m**2
    box = shapely.bounds(polygons[answer]).reshape(-1, 4)
    answer[answer] = (box[:, 2:] - box[:, :2] >= width_m - ROUNDING_M).all(axis=1)
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(polygons[answer]))
    sides = np.hypot(*np.diff(corners.reshape(-1, 5, 2)[:, :3], axis=1).transpose(2, 0, 1))
    answer[answer] = (sides >= width_m - ROUNDING_M).all(axis=1)
    answer[answer] = _fits(polygons[answer], width_m)
    return np.asarray(answer)


def _fits(polygons: Geometries, width_m: float) -> Bools:
    """Tell the polygons that erosion by half the width leaves something of."""
    # A polygon with an inscribed circle of radius r has area <= length * r, so a wider one cannot vanish.
    answer = 2 * shapely.area(polygons) >= width_m * shapely.length(polygons)
    answer[~answer] = ~vanish(polygons[~answer], width_m / 2)
    return np.asarray(answer)


def parts_of(ground: Mesh | Geometries, face: Ints, group: Ints) -> Parts:
    """Find the parts of groups of faces that are connected by borders.

    Parameters
    ----------
    ground
        The faces: a mesh, or polygons. Of polygons nobody knows who borders whom: a group is one part.
    face, group
        (m,) parallel: face `face` is in group `group`. A face may be in several groups, once in each.

    Notes
    -----
    Parts are numbered in the order of their first faces. Costs array steps over the borders of these faces.
    """
    if not isinstance(ground, Mesh):
        numbers, part = np.unique(group, return_inverse=True)
        area, length = shapely.area(ground[face]), shapely.length(ground[face])
        return Parts(ground, face, part, numbers, *(_sums(part, of, len(numbers)) for of in (area, length)))
    i, j, shared = _meeting(ground, face, group)
    part = components(len(face), i, j)
    count = int(part.max(initial=NOBODY)) + 1
    group_of = np.zeros(count, dtype=np.int64)
    group_of[part] = group
    # Borders between two faces of a part are inside it.
    length = _sums(part, ground.perimeter[face], count) - 2 * _sums(part[i], shared, count)
    return Parts(ground, face, part, group_of, _sums(part, ground.area[face], count), length)


def _meeting(mesh: Mesh, face: Ints, group: Ints) -> tuple[Ints, Ints, Floats]:
    """Answer which faces of equal groups share a border, as they stand in `face`, and how much."""
    item, pair = spread(mesh.first_pair[face], mesh.first_pair[face + 1] - mesh.first_pair[face])
    beside = mesh.pairs.j[pair]
    number = np.full(len(mesh), NOBODY, dtype=np.int64)
    number[face] = np.arange(len(face))
    other = number[beside]
    if not np.array_equal(number[face], np.arange(len(face))):  # faces are in several groups
        some = np.flatnonzero(other != NOBODY)
        item, pair = item[some], pair[some]
        order = np.lexsort((face, group))
        key = group[order] * len(mesh) + face[order]
        wanted = group[item] * len(mesh) + beside[some]
        found = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        other = np.where(key[found] == wanted, order[found], NOBODY)
    same = np.flatnonzero((other != NOBODY) & (group[other] == group[item]))
    return item[same], other[same], mesh.pairs.length[pair[same]]


def _sums(where: Ints, values: Floats, length: int) -> Floats:
    return np.bincount(where, weights=values, minlength=length).astype(np.float64)

"""The arrangement of layers: the faces all their borders make together, and who covers each face."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.schema import PRECISION_M

__all__ = ["Arrangement", "arrange"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

NONE = -1

#: Faces with a mean width of fewer grid steps than this are labelled away from their tips, ...
THIN_STEPS = 20
#: ... by so many steps, twice what snap-rounding moves, or by as many as the face is wide enough for.
SAFE_STEPS = (1.5, 0.75, 0.35)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Faces and, for each, the polygons that cover it.

    Attributes
    ----------
    faces
        (n,) Polygons: a noded coverage, sorted by representative point (x, then y). Enclosed faces that
        nobody covers are there too.
    area
        (n,) square metres.
    face, group, row
        (m,) parallel: face `face` is covered by polygon `row` of group `group`; sorted by face, group, row.
    """

    faces: Geometries
    area: Floats
    face: Ints
    group: Ints
    row: Ints

    def smallest(self, group: int, size: Floats) -> Ints:
        """Row of the smallest polygon of `group` that covers each face, -1 for none; ties: the first row.

        `size` gives the area of each polygon of the group.
        """
        mine = self.group == group
        face, row = self.face[mine], self.row[mine]
        order = np.lexsort((row, size[row], face))[::-1]
        answer = np.full(len(self.faces), NONE, dtype=np.int64)
        answer[face[order]] = row[order]
        return answer


def arrange(groups: Sequence[Geometries], *, precision_m: float = PRECISION_M) -> Arrangement:
    """Cut the plane along all borders of all groups.

    Parameters
    ----------
    groups
        Arrays of valid (Multi)Polygons in one projected CRS, in metres. They may overlap and leave gaps.
    precision_m
        All borders are snap-rounded to this grid, so that faces meet in common vertices.

    Notes
    -----
    GEOS snap-rounding (OverlayNG): about 12 CPU s for three layers of 5,000 grids.
    """
    polygons = np.concatenate([np.asarray(group, dtype=object) for group in groups])
    drawn = polygons[~shapely.is_empty(polygons)]
    noded = shapely.union_all(shapely.boundary(drawn), grid_size=precision_m)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inside = _inside(faces, precision_m)
    order = np.lexsort((shapely.get_y(inside), shapely.get_x(inside)))
    faces, inside = faces[order], inside[order]
    face, group, row = _covers(groups, inside)
    return Arrangement(faces, shapely.area(faces), face, group, row)


def _inside(faces: Geometries, precision_m: float) -> Geometries:
    """Answer a point in each face, well away from its borders where it can be.

    Snap-rounding moves borders by up to 0.7 of a grid step, so a point in the tip of a thin face may have
    come from the other side. Thin faces are asked where they are wide enough for this not to matter.
    """
    inside = np.asarray(shapely.point_on_surface(faces))
    thin = np.flatnonzero(2 * shapely.area(faces) < shapely.length(faces) * THIN_STEPS * precision_m)
    for steps in SAFE_STEPS:
        cores = shapely.buffer(faces[thin], -steps * precision_m, quad_segs=1)
        safe = ~shapely.is_empty(cores)
        inside[thin[safe]] = shapely.point_on_surface(cores[safe])
        thin = thin[~safe]
    return inside


def _covers(groups: Sequence[Geometries], inside: Geometries) -> tuple[Ints, Ints, Ints]:
    found: list[tuple[Ints, Ints, Ints]] = []
    for number, group in enumerate(groups):
        face, row = shapely.STRtree(group).query(inside, predicate="intersects")
        found.append((face, np.full(len(face), number), row))
    face, group_number, row = (
        np.concatenate([np.asarray(part[k], dtype=np.int64) for part in found]) for k in range(3)
    )
    order = np.lexsort((row, group_number, face))
    return face[order], group_number[order], row[order]

"""Polygons joined to larger ones, by the segments that only one side of them has."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.schema import PRECISION_M
from gridgov.topology.distinct import distinct
from gridgov.topology.edges import distinct_places
from gridgov.topology.rings import polygons_around
from gridgov.topology.segments import rings_of

__all__ = ["joined"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]


def joined(faces: Geometries, region: Ints) -> Geometries:
    """Join the faces of each region; regions are numbered from 0 without a gap.

    Notes
    -----
    Faces on the 1 cm grid are joined here; others by GEOS, one region after the other.
    """
    xy, start, end, row = rings_of(faces)
    steps = np.rint(xy / PRECISION_M)
    scale = 1 / PRECISION_M
    if not (steps / scale == xy).all():
        return _joined_by_geos(faces, region)
    first, vertex = distinct_places(xy)
    start, end, of = vertex[start], vertex[end], region[row]
    there = start != end
    start, end, of = start[there], end[there], of[there]
    _, edge = distinct(np.minimum(start, end) * max(len(first), 1) + np.maximum(start, end))
    _, side = distinct(edge * (int(region.max(initial=0)) + 1) + of)
    balance = np.bincount(side, weights=np.where(start < end, 1, -1))
    outer = balance[side] != 0  # inner segments stand there once in each direction
    return polygons_around(
        steps[first].astype(np.int64),
        start[outer],
        end[outer],
        of[outer],
        count=int(region.max(initial=-1)) + 1,
        places=xy[first],
    )


def _joined_by_geos(faces: Geometries, region: Ints) -> Geometries:
    order = np.argsort(region, kind="stable")
    starts = np.flatnonzero(np.diff(region[order])) + 1
    groups = np.split(faces[order], starts)
    answer = np.empty(len(groups), dtype=object)
    for number, group in enumerate(groups):
        answer[number] = shapely.coverage_union_all(group)
    return answer

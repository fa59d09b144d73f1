"""Regions: faces of equal labels joined, which of them are thin, and the thin arms of wide ones."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType

from gridgov.topology.components import components
from gridgov.topology.distinct import distinct, distinct_only, in_order
from gridgov.topology.edges import Neighbours
from gridgov.topology.erosion import eroded, vanish

__all__ = ["MIN_ARM_M2", "arms", "between", "dissolve", "join_equal", "thin"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

#: An arm smaller than this stays with its body: a corner is not an arm.
MIN_ARM_M2 = 2000.0

#: Round the opening's corners by this much less, so that its arcs do not shave the body's own border.
ARC_SLACK_M = 0.05

#: Area of a circle of radius 1, a little less: around a corner GEOS draws chords.
CIRCLE = 3.1


def join_equal(labels: Ints, pairs: Neighbours) -> Ints:
    """Number the connected groups of faces whose labels are equal.

    Parameters
    ----------
    labels
        (n, k) one row of labels per face.
    pairs
        Which faces share a border.

    Returns
    -------
    (n,) region of each face, numbered from 0 in order of the lowest face.
    """
    same = np.ones(len(pairs.i), dtype=bool)
    for label in labels.T:
        same &= label[pairs.i] == label[pairs.j]
    return components(len(labels), pairs.i[same], pairs.j[same])


def between(pairs: Neighbours, region: Ints) -> Neighbours:
    """Answer the borders between regions from those between the faces they are made of."""
    i, j = region[pairs.i], region[pairs.j]
    apart = i != j
    low, high = np.minimum(i, j)[apart], np.maximum(i, j)[apart]
    width = int(region.max(initial=0)) + 1
    pair, where = distinct(low * width + high)
    length = np.bincount(where, weights=pairs.length[apart], minlength=len(pair))
    return Neighbours(pair // width, pair % width, length.astype(np.float64))


def dissolve(faces: Geometries, region: Ints) -> Geometries:
    """Join the faces of each region.

    Parameters
    ----------
    faces
        (n,) valid Polygons or MultiPolygons. Those of one region must be a noded coverage; others may
        overlap them.
    region
        (n,) regions; the answer has one polygon for each that there is, in ascending order.

    Returns
    -------
    Polygons, and MultiPolygons of regions that are not connected. A region of one face is that face.
    """
    numbers, group = distinct(np.asarray(region, dtype=np.int64))
    size = np.bincount(group, minlength=len(numbers))
    answer = np.empty(len(numbers), dtype=object)
    order = in_order(group)
    end = np.cumsum(size)
    answer[:] = faces[order[end - 1]]
    for many in distinct_only(size[size > 1]).tolist():  # regions of so many faces at a time
        rows = np.flatnonzero(size == many)
        mine = faces[order[(end[rows] - many)[:, None] + np.arange(many)]]
        answer[rows] = shapely.coverage_union_all(mine, axis=1)
    return answer


def thin(polygons: Geometries, *, tolerance_m: float, min_area_m2: float) -> Bools:
    """Tell the polygons under `min_area_m2` or without a spot `tolerance_m` wide."""
    area, length = shapely.area(polygons), shapely.length(polygons)
    answer = area < min_area_m2
    # A polygon with an inscribed circle of radius r has area <= length * r, so a wider one cannot vanish.
    maybe = ~answer & (2 * area < length * tolerance_m)
    answer[maybe] = vanish(polygons[maybe], tolerance_m / 2)
    return np.asarray(answer)


def arms(polygons: Geometries, *, tolerance_m: float) -> tuple[Geometries, Ints]:
    """Find the arms, narrower than `tolerance_m`, of polygons that are wide elsewhere.

    Returns
    -------
    (k,) Polygons, and (k,) the row of the polygon each belongs to.
    """
    half, reach = tolerance_m / 2, tolerance_m / 2 + ARC_SLACK_M
    area, length = shapely.area(polygons), shapely.length(polygons)
    # The opening lacks the arms, and a little at each corner; along the border it reaches over by the slack.
    whole = area + ARC_SLACK_M * length
    # Most lack little for sure.
    maybe = np.flatnonzero(whole - _grown(_left(polygons, half), reach) > MIN_ARM_M2)
    body = eroded(polygons[maybe], half)
    left = shapely.area(body)
    # Eroding a shape without arms takes about length * half; an arm takes less than its border promises.
    doubtful = (area[maybe] - left < length[maybe] * half - MIN_ARM_M2 / 2) & ~shapely.is_empty(body)
    doubtful &= whole[maybe] - _grown(left, reach) > MIN_ARM_M2
    body, suspect = body[doubtful], maybe[doubtful]
    opened = shapely.buffer(body, reach)
    lacking = whole[suspect] - shapely.area(opened) > MIN_ARM_M2
    suspect, opened = suspect[lacking], opened[lacking]
    rest, owner = shapely.get_parts(shapely.difference(polygons[suspect], opened), return_index=True)
    big = shapely.area(rest) > MIN_ARM_M2
    found, of = _cut_straight(polygons[suspect], body[lacking], rest[big], owner[big], reach_m=reach)
    return found, suspect[of].astype(np.int64)


def _cut_straight(
    polygons: Geometries, body: Geometries, found: Geometries, owner: Ints, *, reach_m: float
) -> tuple[Geometries, Ints]:
    """Let arms end about straight across, where they end in an arc around the body.

    Nobody draws a border like an arc of half the tolerance.
    """
    which = np.unique(owner)
    opened = shapely.buffer(body[which], reach_m, join_style="bevel")
    wider, of = shapely.get_parts(shapely.difference(polygons[which], opened), return_index=True)
    arm, part = shapely.STRtree(wider).query(shapely.point_on_surface(found), predicate="intersects")
    part = np.unique(part[which[of[part]] == owner[arm]])
    return wider[part], which[of[part]]


def _left(polygons: Geometries, depth_m: float) -> Floats:
    """Answer how many square metres erosion leaves of each polygon at least, by area and length alone.

    What lies so deep in a polygon without holes has a border shorter than the polygon's by a circle of that
    radius at least (Sz.-Nagy 1959); each hole may make it longer by one.
    """
    area, length = shapely.area(polygons), shapely.length(polygons)
    circles = 1 - shapely.get_num_interior_rings(polygons)
    left = area - depth_m * (length - np.pi * depth_m * circles)
    sure = (shapely.get_type_id(polygons) == GeometryType.POLYGON) & (length >= 2 * np.pi * depth_m)
    return np.where(sure, np.maximum(left, 0.0), 0.0)


def _grown(area: Floats, reach_m: float) -> Floats:
    """Answer how many square metres shapes have at least once they have grown.

    None grows by less than a circle of its area does (Brunn and Minkowski).
    """
    return np.asarray((np.sqrt(area) + np.sqrt(CIRCLE) * reach_m) ** 2)

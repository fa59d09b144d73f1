"""Grids that lie inside another grid of their own layer."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

__all__ = ["NESTED_SHARE", "hosts"]

Geometries = npt.NDArray[Any]

#: A grid with this share of its area inside another one is special-purpose (campus, market); when the other
#: lies as deep in the first, one of them was drawn twice instead.
NESTED_SHARE = 0.9

#: Areas are known to this share of them.
ROUNDING = 1e-6

#: The middle of a polygon is sought as near as this share of the side of a square of its area.
CLOSE = 0.2

NONE = -1


def hosts(polygons: Geometries, *, share: float = NESTED_SHARE) -> npt.NDArray[np.int64]:
    """Answer, for each polygon, the row of the smallest larger polygon that holds `share` of it, or -1.

    Two polygons that hold so much of each other are one place drawn twice, and neither is nested.
    """
    area = shapely.area(polygons)
    inner, outer = shapely.STRtree(polygons).query(polygons)
    larger = area[outer] > area[inner]
    inner, outer = inner[larger], outer[larger]
    maybe = _common_boxes(shapely.bounds(polygons), inner, outer) >= share * area[inner]
    inner, outer = inner[maybe], outer[maybe]
    for centre in (shapely.centroid, _middle):  # the cheap one first: most are done with it
        beside = _circles_beside(centre(polygons[inner]), polygons[inner], polygons[outer])
        maybe = beside <= (ROUNDING + 1 - share) * area[inner]
        inner, outer = inner[maybe], outer[maybe]
    both = shapely.area(shapely.intersection(polygons[inner], polygons[outer]))
    held = (both >= share * area[inner]) & (both < share * area[outer])
    inner, outer = inner[held], outer[held]
    order = np.lexsort((outer, area[outer], inner))[::-1]
    answer = np.full(len(polygons), NONE, dtype=np.int64)
    answer[inner[order]] = outer[order]
    return answer


def _common_boxes(bounds: npt.NDArray[np.float64], inner: Any, outer: Any) -> npt.NDArray[np.float64]:
    """Answer the area that the boxes around two polygons have in common: no less than the polygons have."""
    one, other = bounds.take(inner, axis=0), bounds.take(outer, axis=0)
    low = np.maximum(one[:, :2], other[:, :2])
    high = np.minimum(one[:, 2:], other[:, 2:])
    return np.asarray(np.prod(np.maximum(high - low, 0.0), axis=1))


def _middle(polygons: Geometries) -> Geometries:
    """Answer about the middle of the largest circle in each polygon."""
    near = CLOSE * np.sqrt(shapely.area(polygons))
    return np.asarray(shapely.get_point(shapely.maximum_inscribed_circle(polygons, tolerance=near), 0))


def _circles_beside(centre: Geometries, inner: Geometries, outer: Geometries) -> npt.NDArray[np.float64]:
    """Answer the area of a circle around each centre that lies in one polygon and not in the other."""
    room = np.minimum(shapely.distance(centre, shapely.boundary(inner)), shapely.distance(centre, outer))
    room[~shapely.intersects(centre, inner)] = 0.0
    return np.asarray(np.pi * room**2)

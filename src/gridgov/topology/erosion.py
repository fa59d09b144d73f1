"""What is left of polygons when their borders move inwards."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.schema import PRECISION_M

__all__ = ["eroded", "vanish"]

Geometries = npt.NDArray[Any]
Bools = npt.NDArray[np.bool_]

#: A polygon is first asked with fewer corners: its border moves by no more than this share of the depth.
PLAIN = 1 / 8
#: Corners turned inwards are rounded by chords, which lie this much nearer to them than the depth.
CHORD = 0.92

#: Of rings with fewer points GEOS takes some for turned inside out that are not, and drops them: a polygon of
#: few corners with one wide spot vanishes.
LEAST_POINTS = 9

#: What is left of a strip exactly as wide as twice the depth is this small, by rounding: nothing.
NOTHING_M2 = 1e-6


def eroded(polygons: Geometries, depth_m: Any, *, quad_segs: int = 2) -> Geometries:
    """Answer what is left of each polygon `depth_m` away from its border, empty where nothing is.

    Parameters
    ----------
    polygons
        (n,) Polygons or MultiPolygons in metres.
    depth_m
        A number, or (n,).
    quad_segs
        Segments that round a corner turned inwards; with few of them a little more is left.

    Notes
    -----
    Of a strip that vanishes GEOS may leave a piece turned inside out, which lies beside the strip: only what
    lies in the polygon counts, or so near to it as rounding moves a point.
    """
    core = _inwards(polygons, depth_m, quad_segs)
    left = np.flatnonzero(~shapely.is_empty(core))
    parts, owner = shapely.get_parts(core[left], return_index=True)
    real = shapely.dwithin(polygons[left[owner]], shapely.point_on_surface(parts), PRECISION_M)
    real &= shapely.area(parts) > NOTHING_M2
    for number in np.unique(owner[~real]).tolist():
        core[left[number]] = shapely.multipolygons(parts[(owner == number) & real])
    return core


def vanish(polygons: Geometries, depth_m: float) -> Bools:
    """Tell the polygons of which `eroded` leaves nothing.

    Notes
    -----
    What lies too deep in a polygon with fewer corners lies too deep in this one too, less what its border
    moved. So most slivers are done with a few corners, at a third of the cost.
    """
    plain = shapely.simplify(polygons, PLAIN * depth_m, preserve_topology=False)
    shallow = _inwards(plain, (CHORD - PLAIN) * depth_m, quad_segs=2)
    answer = (shapely.area(shallow) <= NOTHING_M2) & shapely.is_valid(plain)
    answer[~answer] = shapely.is_empty(eroded(polygons[~answer], depth_m))
    return np.asarray(answer)


def _inwards(polygons: Geometries, depth_m: Any, quad_segs: int) -> Geometries:
    """Move borders inwards as GEOS does, with no ring of so few points that it may be dropped."""
    shapes = np.array(polygons, dtype=object)
    # What is smaller than a circle of that radius vanishes in any case.
    large = np.flatnonzero(shapely.area(shapes) > np.pi * np.square(depth_m))
    parts, owner = shapely.get_parts(shapes[large], return_index=True)
    rings = shapely.get_exterior_ring(parts)
    few = np.flatnonzero(shapely.get_num_points(rings) < LEAST_POINTS)
    apart = np.full(len(large), np.inf)
    np.minimum.at(apart, owner[few], shapely.length(rings[few]) / LEAST_POINTS)
    fill = np.isfinite(apart)
    shapes[large[fill]] = shapely.segmentize(shapes[large[fill]], apart[fill])
    return np.asarray(shapely.buffer(shapes, -np.asarray(depth_m), quad_segs=quad_segs))

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
    core = np.asarray(shapely.buffer(polygons, -np.asarray(depth_m), quad_segs=quad_segs))
    left = np.flatnonzero(~shapely.is_empty(core))
    parts, owner = shapely.get_parts(core[left], return_index=True)
    real = shapely.dwithin(polygons[left[owner]], shapely.point_on_surface(parts), PRECISION_M)
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
    shallow = shapely.buffer(plain, -(CHORD - PLAIN) * depth_m, quad_segs=2)
    answer = shapely.is_empty(shallow) & shapely.is_valid(plain)
    answer[~answer] = shapely.is_empty(eroded(polygons[~answer], depth_m))
    return np.asarray(answer)

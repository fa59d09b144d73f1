"""Polygons that keep others from being a coverage with them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

__all__ = ["are_coverage", "misfits"]

Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

#: The inside of a segment has nothing in common with a polygon.
APART = "FF*******"


def are_coverage(polygons: Geometries) -> bool:
    """Tell whether polygons are a coverage: none overlaps another, and they meet in common vertices only."""
    return bool(shapely.coverage_is_valid(polygons)) or not misfits(polygons).any()


def misfits(polygons: Geometries) -> Bools:
    """Tell the polygons (n,) that overlap others, or meet them elsewhere than in common vertices.

    Notes
    -----
    Where a polygon meets another in a vertex in which the other's hole touches its shell, GEOS (3.14) takes
    outer segments for faults. It is believed only where another polygon is more than beside their ends.
    """
    edges = shapely.coverage_invalid_edges(polygons)
    lines, row = shapely.get_parts(edges, return_index=True)
    xy, line = shapely.get_coordinates(lines, return_index=True)
    begin = np.flatnonzero(line[1:] == line[:-1])
    segments = np.asarray(shapely.linestrings(np.stack([xy[begin], xy[begin + 1]], axis=1)))
    segment, other = shapely.STRtree(polygons).query(segments, predicate="intersects")
    mine = row[line[begin]][segment]
    met = (other != mine) & ~shapely.relate_pattern(segments[segment], polygons[other], APART)
    answer = np.zeros(len(polygons), dtype=bool)
    answer[mine[met]] = True
    return answer

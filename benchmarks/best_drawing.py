"""The cells that a faultless merge would make of what the departments drew.

It knows which drawn borders are the same, and lets the best drawing of each count: the district's, else A's,
B's, C's. A merge by precedence that is nearer to the truth has been lucky: what is left is how far the best
drawings are off.
"""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from blocks import City, Floats, Ints
from departments import Drawn, Shapes, enclosed
from truth import cell_of_block, joined


def best_drawing(
    city: City,
    *,
    district: Ints,
    drawn: Mapping[str, Drawn],
    named: pd.DataFrame,
    premises: gpd.GeoDataFrame,
) -> gpd.GeoDataFrame:
    """Cells like `truth.true_cells`, along the best drawing of each border.

    Parameters
    ----------
    city
        The blocks and their edges.
    district
        Number of each block's district, whose borders are true.
    drawn
        The departments' drawings, the best first.
    named
        As for `true_cells`.
    premises
        Special-purpose grids as their department drew them.
    """
    faces = enclosed(_borders(city, district, drawn))
    cell = cell_of_block(city, named)
    first = np.unique(cell, return_index=True)[1]
    return joined(faces, cell[_block_of(faces, city)], named.iloc[first], premises)


def _borders(city: City, district: Ints, drawn: Mapping[str, Drawn]) -> Shapes:
    """Each edge where anybody has a border, as who is the best there drew it, meeting in the best corners."""
    sides = np.where(city.sides >= 0, district[city.sides], -1)
    outer = np.flatnonzero(sides[:, 0] != sides[:, 1])
    line = {int(edge): city.arcs[edge] for edge in outer}
    corner: dict[int, Floats] = {}
    _meet(corner, city, line)
    for one in drawn.values():
        theirs = dict(zip(one.edge.tolist(), map(shapely.get_coordinates, one.lines), strict=True))
        line = {**theirs, **line}
        _meet(corner, city, theirs)
    pulled = [_pulled(points, [corner[node] for node in city.edges[edge]]) for edge, points in line.items()]
    return np.array([shapely.LineString(points) for points in pulled], dtype=object)


def _meet(corner: dict[int, Floats], city: City, lines: Mapping[int, Floats]) -> None:
    """Put the ends of lines in corners that no better drawing has."""
    for edge, points in lines.items():
        for node, place in zip(city.edges[edge].tolist(), points[[0, -1]], strict=True):
            corner.setdefault(node, place)


def _pulled(points: Floats, ends: list[Floats]) -> Floats:
    """The line from one place to another: it bends near its ends alone."""
    along = np.linspace(0, 1, len(points))[:, None]
    near, far = np.clip(1 - 3 * along, 0, 1), np.clip(3 * along - 2, 0, 1)
    pulled = points + (ends[0] - points[0]) * near + (ends[1] - points[-1]) * far
    # Exactly, so that lines meet.
    pulled[0], pulled[-1] = ends
    return np.asarray(pulled)


def _block_of(faces: Shapes, city: City) -> Ints:
    """A block that lies in each face; the one at its inner point where borders cross and none does."""
    blocks = city.blocks()
    block = shapely.STRtree(blocks).query_nearest(shapely.point_on_surface(faces), all_matches=False)[1]
    face, inside = shapely.STRtree(shapely.point_on_surface(blocks)).query(faces, predicate="contains")
    block[face] = inside
    return np.asarray(block)

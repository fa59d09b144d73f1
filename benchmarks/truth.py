"""The true cells of a city, and points that know in which one they lie."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from blocks import City, Ints
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

#: Sample points: enough for a share of 0.01 %, and for the shape of a small cell.
POINTS_PER_CELL: Final = 30
LEAST_POINTS, MOST_POINTS = 150_000, 1_500_000

Shapes = NDArray[np.object_]


def true_cells(city: City, named: pd.DataFrame, premises: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Blocks side by side with the same names, joined; premises are cells of their own.

    Parameters
    ----------
    city
        The blocks.
    named
        ``district, A, B, C`` of each block, None where a department has no grid.
    premises
        Special-purpose grids with their ``gid``; each lies inside one block.
    """
    cell = cell_of_block(city, named)
    return joined(city.blocks(), cell, named.iloc[np.unique(cell, return_index=True)[1]], premises)


def joined(shapes: Shapes, cell: Ints, named: pd.DataFrame, premises: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Shapes side by side joined to cells 0, 1, ..., with premises cut out as cells of their own."""
    pieces = gpd.GeoSeries(shapes).groupby(cell)
    shapes = pieces.agg(lambda parts: shapely.coverage_union_all(parts.to_numpy())).to_numpy(dtype=object)
    yards = np.asarray(premises.geometry.array)
    yard, host = shapely.STRtree(shapes).query(yards, predicate="within")
    inside = named.iloc[host].assign(A=premises["gid"].to_numpy(dtype=object)[yard])
    for one in np.unique(host):
        shapes[one] = shapely.difference(shapes[one], shapely.union_all(yards[yard[host == one]]))
    table = pd.concat([named, inside], ignore_index=True)
    return gpd.GeoDataFrame(table, geometry=np.append(shapes, yards[yard]), crs=premises.crs)


def cell_of_block(city: City, named: pd.DataFrame) -> Ints:
    """Number of the true cell of each block."""
    key = pd.factorize(named.fillna("").agg("|".join, axis=1))[0]
    sides = city.sides[(city.sides >= 0).all(axis=1)]
    sides = sides[key[sides[:, 0]] == key[sides[:, 1]]]
    graph = coo_array((np.ones(len(sides)), tuple(sides.T)), shape=(len(key), len(key)))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def sample_points(cells: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Points spread evenly over the cells: ``x, y``, the names, ``cell`` and ``border_m``.

    `cell` is the row of the true cell, `border_m` the distance to the nearest border of any.
    """
    shapes = np.asarray(cells.geometry.array)
    wanted = int(np.clip(POINTS_PER_CELL * len(shapes), LEAST_POINTS, MOST_POINTS))
    west, south, east, north = cells.total_bounds
    share = shapely.area(shapes).sum() / ((east - west) * (north - south))
    xy = rng.uniform((west, south), (east, north), (int(wanted / share), 2))
    cell, point = shapely.STRtree(shapely.points(xy)).query(shapes, predicate="contains")
    named = pd.DataFrame(cells.drop(columns="geometry")).iloc[cell].reset_index(drop=True)
    x, y = xy[point].T
    return named.assign(cell=cell, x=x, y=y, border_m=_distance(xy[point], shapes))


def _distance(xy: NDArray[np.float64], shapes: Shapes) -> NDArray[np.float64]:
    """Distance to the nearest segment of a border: a tree of segments is quicker than one of rings."""
    points, ring = shapely.get_coordinates(shapely.get_rings(shapes), return_index=True)
    on = ring[:-1] == ring[1:]
    segments = shapely.linestrings(np.stack([points[:-1][on], points[1:][on]], axis=1))
    _, distance = shapely.STRtree(segments).query_nearest(
        shapely.points(xy), return_distance=True, all_matches=False
    )
    return np.asarray(distance)

"""Vertices where borders were cut by others that are there no more."""

import numpy as np
from shapely import Polygon, box

from gridgov.topology.leftovers import without_leftovers


def left(*cells):
    return without_leftovers(np.array(cells, dtype=object), fine_m=0.001, coarse=10)


def corners(cell):
    return set(cell.exterior.coords)


def test_a_vertex_beside_the_grid_leaves_a_straight_border_on_both_sides():
    west = [(0, 0), (5, 0), (5.302, 50.333), (5.6, 100), (0, 100), (0, 50)]
    east = [(5, 0), (10, 0), (10, 50), (10, 100), (5.6, 100), (5.302, 50.333)]
    found = left(Polygon(west), Polygon(east))
    assert corners(found[0]) == set(west) - {(5.302, 50.333)}
    assert corners(found[1]) == set(east) - {(5.302, 50.333)}


def test_a_vertex_where_a_third_cell_meets_stays():
    west = [(0, 0), (5, 0), (5.302, 50.333), (5.6, 100), (0, 100), (0, 50)]
    south = [(5, 0), (10, 0), (10, 20), (10, 50), (5.302, 50.333)]
    north = [(5.302, 50.333), (10, 50), (10, 80), (10, 100), (5.6, 100)]
    found = left(Polygon(west), Polygon(south), Polygon(north))
    assert [corners(cell) for cell in found] == [set(west), set(south), set(north)]


def test_bends_and_vertices_on_the_grid_stay():
    bend = [(0, 0), (5, 0), (5.323, 50.333), (5.6, 100), (0, 100), (0, 50)]
    on_it = [(0, 0), (5, 0), (5.3, 50), (5.6, 100), (0, 100), (0, 50)]
    found = left(Polygon(bend), Polygon(on_it), box(20, 0, 30, 10))
    assert corners(found[0]) == set(bend)
    assert corners(found[1]) == set(on_it)

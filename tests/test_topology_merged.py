"""Layers that look as a merge leaves them, and their vertices on borders of units."""

import numpy as np
from shapely import Polygon, box

from gridgov.topology.merged import are_merged, with_vertices

HALVES = np.array([box(0, 0, 500, 1000), box(500, 0, 1000, 1000)], dtype=object)


def layer(*shapes):
    return np.array(shapes, dtype=object)


def crossing(y, *, noded):
    """Two grids above each other, with the vertex on the border of the halves or without it."""
    middle = [(500, y)] if noded else []
    low = Polygon([(0, 0), (500, 0), (1000, 0), (1000, y), *middle, (0, y)])
    return layer(low, Polygon([(0, y), *middle, (1000, y), (1000, 1000), (500, 1000), (0, 1000)]))


def with_vertex(y):
    west = Polygon([(0, 0), (500, 0), (500, y), (500, 1000), (0, 1000), (0, y)])
    return layer(west, Polygon([(500, 0), (1000, 0), (1000, y), (1000, 1000), (500, 1000), (500, y)]))


def test_layers_are_merged_where_they_meet_in_common_vertices_only():
    assert are_merged([with_vertex(400), crossing(400, noded=True)])
    assert not are_merged([HALVES, crossing(400, noded=True)])
    assert not are_merged([with_vertex(400), crossing(400, noded=False)])
    assert not are_merged([HALVES, crossing(400, noded=False)])


def test_a_layer_that_overlaps_itself_was_not_merged():
    overlapping = layer(*with_vertex(400), box(0, 0, 10, 10))
    assert not are_merged([overlapping, crossing(400, noded=True)])


def test_a_lone_layer_tells_nothing_without_units():
    assert not are_merged([HALVES])
    assert are_merged([HALVES], units=layer(box(0, 0, 1000, 1000)))


def test_a_lone_layer_with_slits_was_not_merged_unless_units_tell():
    west = Polygon([(0, 0), (499.5, 0), (499.5, 990), (500, 1000), (0, 1000)])
    apart, city = layer(west, HALVES[1]), layer(box(0, 0, 1000, 1000))
    assert not are_merged([apart], units=city)
    assert are_merged([apart], units=city, bounded=True)


def test_units_take_the_vertices_on_their_slanted_borders_and_no_others():
    slanted = layer(Polygon([(0, 0), (500, 0), (503, 1000), (0, 1000)]))
    on_it = Polygon([(100, 100), (501, 333.33), (100, 333.33)])
    beside_it = Polygon([(100, 400), (501.18, 400), (100, 500)])
    found = with_vertices(slanted, [layer(on_it, beside_it)])
    assert list(found[0].exterior.coords) == [(0, 0), (500, 0), (501, 333.33), (503, 1000), (0, 1000), (0, 0)]

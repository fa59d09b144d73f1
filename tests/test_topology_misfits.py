"""What keeps polygons from being a coverage."""

import numpy as np
from shapely import Polygon, box

from gridgov.network import prove_partition
from gridgov.topology.misfits import are_coverage, misfits

#: A hole that touches the shell at (0, 0), where another polygon touches it too: nothing is wrong with that.
HOLED = Polygon([(0, 0), (10, -5), (10, 8)], [[(0, 0), (5, 1), (5, -1)]])
TIP = Polygon([(0, 0), (-10, 6), (-10, 4)])


def polygons(*shapes):
    return np.array(shapes, dtype=object)


def test_a_polygon_may_touch_another_where_its_hole_touches_its_shell():
    found = polygons(TIP, HOLED)
    assert not misfits(found).any()
    assert are_coverage(found)
    prove_partition(found, unit=np.array([0, 1]), units=found)


def test_overlaps_and_borders_without_a_common_vertex_are_misfits():
    left, right = box(0, 0, 10, 10), box(10, 2, 20, 12)
    assert misfits(polygons(left, box(9, 0, 20, 10), box(50, 0, 60, 10))).tolist() == [True, True, False]
    assert misfits(polygons(left, right)).any()
    assert misfits(polygons(box(0, 0, 10, 10), box(2, 2, 4, 4))).any()


def test_a_misfit_beside_such_a_touch_is_found():
    found = polygons(TIP, HOLED, box(-9, 4.5, -8, 5))
    assert misfits(found).tolist() == [True, False, True]
    assert not are_coverage(found)


def test_polygons_side_by_side_are_a_coverage():
    halves = polygons(box(0, 0, 10, 10), box(10, 0, 20, 10))
    assert are_coverage(halves)
    assert not misfits(halves).any()

import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from gridgov.errors import TopologyError
from gridgov.topology.edges import at_outer, edge_table, neighbours

# +---+---+
# | 0 | 1 |
# +---+---+
TWO = np.array([box(0, 0, 1, 1), box(1, 0, 2, 1)], dtype=object)


def test_a_shared_segment_stands_once_with_both_rows():
    table = edge_table(TWO)
    inner = (table.left >= 0) & (table.right >= 0)
    assert len(table.left) == 7
    assert inner.sum() == 1
    assert {table.left[inner][0], table.right[inner][0]} == {0, 1}


def test_left_and_right_are_seen_from_a_to_b():
    table = edge_table(np.array([box(0, 0, 1, 1)], dtype=object))
    for a, b, left, right in zip(table.a, table.b, table.left, table.right, strict=True):
        middle, along = (a + b) / 2, b - a
        on_the_left = shapely.Point(middle + 0.1 * np.array([-along[1], along[0]]))
        assert box(0, 0, 1, 1).contains(on_the_left) == (left == 0)
        assert (left == 0) != (right == 0)


def test_the_winding_of_the_rings_changes_nothing():
    reversed_rings = shapely.reverse(TWO)
    one, other = edge_table(TWO), edge_table(reversed_rings)
    assert np.array_equal(one.left, other.left)
    assert np.array_equal(one.right, other.right)


def test_the_one_sided_segments_of_a_partition_are_its_outline():
    table = edge_table(TWO)
    assert table.length[table.outer].sum() == shapely.union_all(TWO).length


def test_a_hole_is_a_ring_with_its_polygon_outside():
    ring = Polygon(box(0, 0, 3, 3).exterior.coords, [box(1, 1, 2, 2).exterior.coords])
    table = edge_table(np.array([ring, box(1, 1, 2, 2)], dtype=object))
    inner = (table.left >= 0) & (table.right >= 0)
    assert inner.sum() == 4
    assert set((table.left + table.right)[inner]) == {1}


def test_parts_of_a_multipolygon_share_its_row():
    apart = shapely.multipolygons([box(0, 0, 1, 1), box(5, 0, 6, 1)])
    table = edge_table(np.array([apart], dtype=object))
    assert set(np.maximum(table.left, table.right)) == {0}


def test_a_t_junction_shows_as_one_sided_segments_inside():
    tall = np.array([box(0, 0, 1, 2), box(1, 0, 2, 1), box(1, 1, 2, 2)], dtype=object)
    table = edge_table(tall)
    assert table.length[table.outer].sum() > shapely.union_all(tall).length


def test_two_owners_on_one_side_raise_with_the_place():
    with pytest.raises(TopologyError, match=r"rows 0, 1 at \(0\.00, 0\.00\)"):
        edge_table(np.array([box(0, 0, 1, 1), box(0, 0, 1, 1)], dtype=object))


def test_one_ulp_apart_is_not_the_same_place():
    nudged = box(np.nextafter(1.0, 2.0), 0, 2, 1)
    table = edge_table(np.array([TWO[0], nudged], dtype=object))
    assert not ((table.left >= 0) & (table.right >= 0)).any()


def test_minus_zero_is_zero():
    table = edge_table(np.array([box(-1, 0, -0.0, 1), box(0.0, 0, 1, 1)], dtype=object))
    assert ((table.left >= 0) & (table.right >= 0)).sum() == 1


def test_neighbours_answer_the_length_of_the_common_border():
    pairs = neighbours(
        edge_table(np.array([box(0, 0, 2, 2), box(2, 0, 3, 2), box(5, 5, 6, 6)], dtype=object))
    )
    assert (pairs.i.tolist(), pairs.j.tolist(), pairs.length.tolist()) == ([0], [1], [2.0])


def test_polygons_that_touch_in_a_point_are_no_neighbours():
    pairs = neighbours(edge_table(np.array([box(0, 0, 1, 1), box(1, 1, 2, 2)], dtype=object)))
    assert len(pairs.i) == 0


def test_no_polygons_make_an_empty_table():
    assert len(edge_table(np.empty(0, dtype=object)).left) == 0


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (box(10, 2, 20, 8), "ends within a side"),
        (box(2, 2, 8, 8), "lies inside"),
        (box(5, 5, 15, 15), "crosses"),
    ],
)
def test_a_polygon_at_fault_is_among_those_at_outer_segments(other, what):
    sound = [box(0, 0, 10, 10), box(-10, 0, 0, 10), box(0, -10, 10, 0), box(-10, -10, 0, 0)]
    around = [box(-99, -99, 99, -10), box(-99, 10, 99, 99)]
    polygons = np.array([*around, *sound, other])
    rows = at_outer(polygons, edge_table(polygons))
    assert not shapely.coverage_is_valid(polygons[rows]), what


def test_polygons_with_neighbours_all_around_are_not_at_an_outer_segment():
    polygons = np.array([box(x, y, x + 1, y + 1) for x in range(4) for y in range(4)])
    rows = at_outer(polygons, edge_table(polygons))
    assert set(range(16)) - set(rows.tolist()) == {5, 6, 9, 10}

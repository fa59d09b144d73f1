import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from gridgov.topology.refine import Tolerances, refine

CITY = np.array([box(0, 0, 1000, 1000)], dtype=object)
LIMITS = Tolerances(tolerance_m=25.0, min_area_m2=300.0)


def merged(*layers, base=CITY, limits=LIMITS):
    arrays = [np.array(layer, dtype=object) for layer in layers]
    keep = [shapely.area(layer) >= limits.min_area_m2 for layer in arrays]
    return refine(base, arrays, keep=keep, limits=limits)


def labels(result):
    return sorted(map(tuple, result.labels.tolist()))


def test_one_layer_comes_back_as_it_was():
    result = merged([box(0, 0, 400, 1000), box(400, 0, 1000, 1000)])
    assert shapely.area(result.cells).tolist() == [400_000.0, 600_000.0]


def test_layers_that_cross_make_their_common_refinement():
    left_right = [box(0, 0, 500, 1000), box(500, 0, 1000, 1000)]
    low_high = [box(0, 0, 1000, 500), box(0, 500, 1000, 1000)]
    assert labels(merged(left_right, low_high)) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_borders_within_the_tolerance_become_the_first_layers():
    result = merged(
        [box(0, 0, 500, 1000), box(500, 0, 1000, 1000)],
        [box(0, 0, 520, 1000), box(520, 0, 1000, 1000)],
    )
    assert labels(result) == [(0, 0), (1, 1)]
    assert shapely.area(result.cells).tolist() == [500_000.0, 500_000.0]


def test_borders_beyond_the_tolerance_make_a_cell():
    result = merged(
        [box(0, 0, 500, 1000), box(500, 0, 1000, 1000)],
        [box(0, 0, 530, 1000), box(530, 0, 1000, 1000)],
    )
    assert labels(result) == [(0, 0), (1, 0), (1, 1)]


def test_a_thin_gap_joins_a_neighbour_and_a_wide_one_stays_empty():
    thin = merged([box(0, 0, 490, 1000), box(510, 0, 1000, 1000)])
    wide = merged([box(0, 0, 400, 1000), box(600, 0, 1000, 1000)])
    assert labels(thin) == [(0,), (1,)]
    assert labels(wide) == [(-1,), (0,), (1,)]


def test_the_smaller_of_two_overlapping_grids_names_the_place():
    result = merged([box(0, 0, 1000, 1000), box(400, 400, 600, 600)])
    assert labels(result) == [(0,), (1,)]
    assert shapely.area(result.cells[result.labels[:, 0] == 1]).sum() == pytest.approx(40_000)


def test_a_thin_grid_that_is_kept_keeps_its_largest_piece():
    canal = box(495, 0, 505, 1000)
    result = merged([box(0, 0, 495, 1000), canal, box(505, 0, 1000, 1000)])
    assert labels(result) == [(0,), (1,), (2,)]


def test_a_grid_smaller_than_a_sliver_is_absorbed():
    result = merged([box(0, 0, 500, 1000), box(500, 0, 1000, 1000), box(500, 500, 510, 510)])
    assert labels(result) == [(0,), (1,)]


def test_what_lies_outside_the_units_is_left_out():
    result = merged([box(-500, 0, 500, 1000), box(500, 0, 1500, 1000)])
    assert shapely.union_all(result.cells).equals(CITY[0])


def test_no_cell_crosses_a_unit_even_for_a_sliver():
    units = np.array([box(0, 0, 505, 1000), box(505, 0, 1000, 1000)], dtype=object)
    result = merged([box(0, 0, 500, 1000), box(500, 0, 1000, 1000)], base=units)
    for unit, cell in zip(result.base, result.cells, strict=True):
        assert cell.difference(units[unit]).area < 1e-6
    assert shapely.area(result.cells).sum() == pytest.approx(1_000_000)


def test_an_arm_along_another_layers_border_is_cut_off():
    # B's border runs 15 m off A's at the top and far off at the bottom: the strip above is no cell's.
    a = [box(0, 0, 500, 1000), box(500, 0, 1000, 1000)]
    bent = shapely.Polygon([(0, 0), (700, 0), (700, 300), (515, 300), (515, 1000), (0, 1000)])
    result = merged(a, [bent, CITY[0].difference(bent)])
    assert labels(result) == [(0, 0), (1, 0), (1, 1)]
    strip = result.cells[(result.labels == (1, 0)).all(axis=1)][0]
    assert strip.bounds[3] < 330


def test_an_arm_that_all_layers_draw_stays():
    # One layer alone: a lane belongs to the grid that drew it, however thin.
    lane = shapely.Polygon(
        [(0, 0), (400, 0), (400, 490), (1000, 490), (1000, 510), (400, 510), (400, 1000), (0, 1000)]
    )
    rest = shapely.get_parts(CITY[0].difference(lane))
    result = merged([lane, *rest])
    assert result.cells[(result.labels == (0,)).all(axis=1)][0].equals(lane)


def test_an_arm_of_a_layer_drawn_on_the_others_stays():
    # Four blocks; the layer has their borders, and divides the first one with an arm of 8 m by 380 m.
    blocks = [box(x, y, x + 500, y + 500) for x in (0, 500) for y in (0, 500)]
    arm = box(0, 0, 100, 500).union(box(100, 200, 480, 208))
    result = merged(blocks, [arm, blocks[0].difference(arm), *blocks[1:]])
    assert result.cells[(result.labels == (0, 0)).all(axis=1)][0].equals(arm)


def test_islands_of_one_label_are_cells_of_their_own():
    pair = shapely.multipolygons([box(0, 0, 200, 200), box(800, 800, 1000, 1000)])
    result = merged([pair, CITY[0].difference(pair)])
    assert labels(result) == [(0,), (0,), (1,)]


def test_an_empty_layer_changes_nothing():
    result = merged([box(0, 0, 500, 1000), box(500, 0, 1000, 1000)], [])
    assert labels(result) == [(0, -1), (1, -1)]


def test_units_without_any_layer_polygon_are_one_empty_cell():
    assert labels(merged([box(5000, 5000, 6000, 6000)])) == [(-1,)]


boxes = st.tuples(*[st.integers(0, 900)] * 2, *[st.integers(20, 600)] * 2).map(
    lambda b: box(b[0], b[1], b[0] + b[2], b[1] + b[3])
)


@settings(max_examples=40, deadline=None)
@given(st.lists(boxes, min_size=1, max_size=6), st.lists(boxes, max_size=6))
def test_any_boxes_fill_the_city_exactly_once(one, two):
    result = merged(one, two)
    assert shapely.coverage_is_valid(result.cells)
    assert shapely.is_valid(result.cells).all()
    assert shapely.area(result.cells).sum() == pytest.approx(1_000_000, rel=1e-12)
    assert shapely.union_all(result.cells).equals(CITY[0])


# Grids that come first, and grids that may lie in several units -------------------------------------------


def test_what_comes_first_names_what_it_covers_though_it_is_larger():
    block, campus = box(0, 0, 500, 500), box(0, 0, 1000, 600)
    first = [np.array([False, True])]
    plain = merged([block, campus])
    ahead = refine(CITY, [np.array([block, campus])], keep=[np.ones(2, bool)], limits=LIMITS, first=first)
    assert (labels(plain), labels(ahead)) == ([(-1,), (0,), (1,)], [(-1,), (1,)])


def test_of_what_comes_first_the_smallest_names_a_place():
    shapes = np.array([box(0, 0, 1000, 1000), box(0, 0, 800, 1000), box(0, 0, 600, 1000)])
    first = [np.array([False, True, True])]
    found = refine(CITY, [shapes], keep=[np.ones(3, bool)], limits=LIMITS, first=first)
    assert dict(zip(found.labels[:, 0].tolist(), shapely.area(found.cells).tolist(), strict=True)) == {
        0: 200_000.0,
        1: 200_000.0,
        2: 600_000.0,
    }


UNITS = np.array([box(0, 0, 500, 1000), box(500, 0, 1000, 1000)], dtype=object)


def reaching(quarter, *others, limits=LIMITS, crossing=True):
    """The ground around a quarter, the quarter, and further layers, in two units."""
    layers = [np.array([CITY[0].difference(quarter), quarter]), *(np.array(layer) for layer in others)]
    keep = [np.ones(len(layer), bool) for layer in layers]
    everywhere = [np.zeros(len(layer), bool) for layer in layers]
    everywhere[0][1] = crossing
    found = refine(UNITS, layers, keep=keep, limits=limits, everywhere=everywhere)
    return sorted({(int(u), int(g)) for u, g in zip(found.base, found.labels[:, 0], strict=True)})


SMALL = Tolerances(tolerance_m=5.0, min_area_m2=300.0)


def test_a_grid_keeps_a_small_place_in_a_unit_it_is_declared_to_reach():
    # 12 x 20 m in the east: under min-area, but as wide as the tolerance.
    quarter = shapely.union_all([box(300, 400, 500, 600), box(500, 490, 512, 510)])
    assert reaching(quarter, limits=SMALL) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert reaching(quarter, limits=SMALL, crossing=False) == [(0, 0), (0, 1), (1, 0)]


def test_a_strip_narrower_than_the_tolerance_is_another_drawing_of_the_units_border():
    assert reaching(box(300, 200, 504, 800), limits=SMALL) == [(0, 0), (0, 1), (1, 0)]


def test_a_place_is_kept_though_another_layer_cuts_it_into_thin_pieces():
    quarter = box(300, 490, 510, 510)
    cut = [box(0, 0, 1000, 497), box(0, 497, 1000, 504), box(0, 504, 1000, 1000)]
    limits = Tolerances(tolerance_m=9.0, min_area_m2=300.0)
    assert reaching(quarter, cut, limits=limits) == [(0, 0), (0, 1), (1, 0), (1, 1)]

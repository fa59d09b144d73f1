import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from gridgov.network import prove_partition
from gridgov.topology.fill import fill
from gridgov.topology.refine import Tolerances, refine

CITY = np.array([box(0, 0, 1000, 1000)], dtype=object)
HALVES = np.array([box(0, 0, 500, 1000), box(500, 0, 1000, 1000)], dtype=object)
LIMITS = Tolerances(tolerance_m=25.0, min_area_m2=300.0)


def filled(*layers, base=CITY, grows=None):
    arrays = [np.array(layer, dtype=object) for layer in layers]
    everywhere = [np.ones(len(layer), dtype=bool) for layer in arrays]
    refined = refine(base, arrays, keep=everywhere, limits=LIMITS)
    return fill(refined, grows=everywhere if grows is None else grows)


def rows(filling):
    return sorted(map(tuple, np.column_stack([filling.base, filling.labels]).tolist()))


def test_a_hole_goes_to_the_neighbour_of_the_longest_shared_border():
    # 0 is the west, 1 the east; the hole between them touches 1 on three of its four sides.
    east = box(400, 0, 1000, 1000).difference(box(400, 400, 600, 600))
    found = filled([box(0, 0, 400, 1000), east])
    assert rows(found) == [(0, 0), (0, 1)]
    assert shapely.area(found.cells).tolist() == [400_000.0, 600_000.0]


def test_borders_of_one_grid_count_together_even_in_several_cells():
    # Below the hole two grids of 120 m each; above it one grid that another layer cuts into two halves.
    first = [box(0, 0, 500, 400), box(500, 0, 1000, 400), box(0, 600, 1000, 1000)]
    found = filled(first, [box(0, 0, 500, 1000), box(500, 0, 1000, 1000)])
    hole = found.overlays[0].arrangement.faces[found.overlays[0].given]
    assert shapely.union_all(hole).equals(box(0, 400, 1000, 600))
    assert rows(found) == [(0, 0, 0), (0, 1, 1), (0, 2, 0), (0, 2, 1)]


def test_of_two_borders_of_one_length_the_lower_row_wins():
    found = filled([box(600, 0, 1000, 1000), box(0, 0, 400, 1000)])
    assert sorted(shapely.area(found.cells).tolist()) == [400_000.0, 600_000.0]
    assert found.labels[shapely.area(found.cells).argmax()].tolist() == [0]


def test_a_hole_over_a_units_border_goes_to_a_grid_of_each_unit():
    first = [box(0, 0, 500, 400), box(0, 600, 500, 1000), box(500, 0, 1000, 300), box(500, 500, 1000, 1000)]
    found = filled(first, base=HALVES)
    assert rows(found) == [(0, 0), (0, 1), (1, 2), (1, 3)]
    prove_partition(found.cells, unit=found.base, units=HALVES)


def test_what_touches_no_grid_of_its_unit_stays():
    found = filled([box(0, 0, 500, 1000)], base=HALVES)
    assert rows(found) == [(0, 0), (1, -1)]
    assert not any(overlay.given.any() for overlay in found.overlays)


def test_what_may_not_grow_does_not_and_is_no_neighbour():
    special = box(400, 400, 600, 600)
    found = filled([box(0, 0, 400, 1000), special], grows=[np.array([True, False])])
    assert rows(found) == [(0, 0), (0, 1)]
    assert shapely.area(found.cells[found.labels[:, 0] == 1]).tolist() == [40_000.0]


def test_a_layer_of_which_no_grid_may_grow_stays_as_it_is():
    found = filled([box(0, 0, 400, 1000)], grows=[np.array([False])])
    assert rows(found) == [(0, -1), (0, 0)]


def test_filled_ground_joins_the_cell_of_its_grid_and_other_layers_keep_theirs():
    urban = [box(0, 0, 1000, 500), box(0, 500, 1000, 1000)]
    found = filled([box(0, 0, 400, 1000)], urban)
    assert rows(found) == [(0, 0, 0), (0, 0, 1)]
    assert shapely.area(found.cells).tolist() == [500_000.0, 500_000.0]


def test_faces_know_their_new_cell():
    found = filled([box(0, 0, 400, 1000), box(600, 0, 1000, 1000)])
    overlay = found.overlays[0]
    inside = overlay.cell >= 0
    area = np.bincount(overlay.cell[inside], weights=overlay.arrangement.area[inside])
    assert area.tolist() == pytest.approx(shapely.area(found.cells).tolist())


def test_the_order_of_layers_changes_nothing():
    a = [box(0, 0, 400, 1000), box(500, 0, 1000, 600)]
    b = [box(0, 0, 1000, 300), box(0, 700, 600, 1000)]
    one, other = filled(a, b), filled(b, a)
    assert rows(one) == sorted((u, y, x) for u, x, y in rows(other))


def squares(numbers):
    return [box(x, y, x + 200, y + 200) for x, y in ((n % 5 * 200, n // 5 * 200) for n in numbers)]


layers = st.lists(
    st.lists(st.integers(0, 24), min_size=1, max_size=24, unique=True).map(squares), min_size=1, max_size=3
)


@given(layers)
@settings(max_examples=40)
def test_filling_keeps_the_partition_and_leaves_no_ground_beside_a_grid(drawn):
    units = np.array([box(0, 0, 600, 1000), box(600, 0, 1000, 1000)], dtype=object)
    found = filled(*drawn, base=units)
    refined = found
    prove_partition(refined.cells, unit=refined.base, units=units)
    for k in range(len(drawn)):
        named = refined.labels[:, k] >= 0
        for unit in (0, 1):
            here = refined.base == unit
            assert named[here].all() or not named[here].any()


@given(layers)
@settings(max_examples=40)
def test_filled_again_nothing_changes(drawn):
    units = np.array([box(0, 0, 600, 1000), box(600, 0, 1000, 1000)], dtype=object)
    found = filled(*drawn, base=units)
    again = []
    for k in range(len(drawn)):
        rows_ = np.unique(found.labels[found.labels[:, k] >= 0, k])
        again.append([shapely.union_all(found.cells[found.labels[:, k] == row]) for row in rows_])
    once_more = filled(*again, base=units)
    assert sorted(shapely.to_wkt(shapely.normalize(once_more.cells))) == sorted(
        shapely.to_wkt(shapely.normalize(found.cells))
    )

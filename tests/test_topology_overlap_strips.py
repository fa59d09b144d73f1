"""Narrow overlaps of a layer go where both grids keep closest to the areas that were drawn."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box
from shapely.affinity import translate

from gridgov.topology.arrange import arrange
from gridgov.topology.borders import Borders
from gridgov.topology.coverage import as_coverage
from gridgov.topology.overlap_strips import balanced

WIDE = 12.0


def clean(polygons, first=None):
    shapes = np.array(polygons, dtype=object)
    return as_coverage(shapes, borders=Borders.of(shapes), gap_m=WIDE, first=first)


def blocks(shifts):
    """Nine blocks side by side, of different sizes; some were shifted (row -> metres east and north)."""
    x, y = [0, 101, 203, 298], [0, 97, 199, 306]
    drawn = [box(x[k], y[j], x[k + 1], y[j + 1]) for j in range(3) for k in range(3)]
    return [translate(block, *shifts.get(row, (0, 0))) for row, block in enumerate(drawn)]


def drift(found, polygons):
    return np.abs(shapely.area(found) - shapely.area(polygons)) / shapely.area(polygons)


@pytest.mark.parametrize("size", [80.0, 120.0])
def test_a_shifted_grid_does_not_grow_at_its_neighbours_cost(size):
    # Five metres off its neighbours in the west, and on the ground of one, smaller or larger, in the east.
    drawn = [box(0, 0, 95, 50), box(0, 50, 95, 100), box(100, 0, 200, 100), box(195, 0, 195 + size, 100)]
    drawn += [box(0, -50, 400, 0), box(0, 100, 400, 150)]
    assert drift(clean(drawn), drawn).max() < 0.001


def test_where_nothing_is_gained_elsewhere_the_smaller_one_has_the_strip():
    drawn = [box(0, 0, 200, 100), box(195, 0, 295, 100)]
    assert shapely.area(clean(drawn)).tolist() == [19_500, 10_000]


@pytest.mark.parametrize(("east", "declared"), [(187, False), (195, True)])
def test_in_wide_overlaps_the_smaller_one_stands_and_a_declared_one_in_any(east, declared):
    # The slit in the west is so wide that both would be nearer to their areas if the strip changed hands.
    drawn = [box(0, 0, 90, 50), box(0, 50, 90, 100), box(100, 0, 200, 100), box(east, 0, east + 120, 100)]
    drawn += [box(0, -50, 400, 0), box(0, 100, 400, 150)]
    first = np.arange(len(drawn)) == (2 if declared else len(drawn))
    assert clean(drawn, first)[2].covers(box(100, 0, 200, 100))


def test_a_strip_that_changed_hands_counts_for_the_next_one():
    """The grid in the middle lost two strips and got a slit: with one of the strips it has enough."""
    middle, west, east = box(0, 0, 100, 100), box(-90, 0, 5, 100), box(95, 0, 190, 100)
    drawn = [middle, west, east, box(-195, 0, -95, 50), box(-195, 50, -95, 100), box(193, 0, 293, 50)]
    drawn += [
        box(193, 50, 293, 100),
        box(-195, -100, 293, 0),
        box(-195, 100, 0, 206),
        box(100, 100, 293, 206),
    ]
    drawn += [box(0, 106, 50, 206), box(50, 106, 100, 206)]
    assert shapely.area(clean(drawn))[:3].tolist() == [10_100, 9_500, 9_800]


def test_a_grid_inside_another_one_stays():
    inside = box(40, 0, 44, 30)  # narrower than any tolerance
    found = clean([box(0, 0, 100, 100), inside])
    assert found[1].equals(inside)


shifts = st.dictionaries(
    st.integers(0, 8), st.tuples(*[st.integers(-1500, 1500).map(lambda cm: cm / 100)] * 2), max_size=4
)


@given(shifts, st.permutations(range(9)))
def test_every_change_keeps_the_areas_closer_whatever_the_order(shifts, order):
    polygons = np.array(blocks(shifts), dtype=object)
    made = arrange([polygons])
    drawn_m2, free = shapely.area(polygons), np.zeros(9, dtype=bool)
    smallest = made.smallest(0, shapely.area(polygons))
    told = {"drawn_m2": drawn_m2, "fixed": free, "width_m": WIDE}
    label = balanced(made, smallest, **told)
    covered = {(f, r) for f, r in zip(made.face.tolist(), made.row.tolist(), strict=True)}
    assert all((face, row) in covered for face, row in enumerate(label.tolist()) if row >= 0)
    assert np.array_equal(label < 0, smallest < 0)

    def off(labels):
        held = np.bincount(labels[labels >= 0], made.area[labels >= 0], 9)
        return (np.abs(held - drawn_m2) / drawn_m2).sum()

    assert off(label) <= off(smallest) + 1e-9
    assert np.array_equal(balanced(made, label, **told), label), "no change would be better"
    assert np.array_equal(balanced(made, smallest, **told | {"fixed": ~free}), smallest)
    turned = np.array(order)
    now = arrange([polygons[turned]])
    other = now.smallest(0, drawn_m2[turned])
    other = balanced(now, other, **told | {"drawn_m2": drawn_m2[turned]})
    assert np.array_equal(np.append(turned, -1)[other], label)


def test_no_polygons_and_a_single_one():
    assert clean([]).tolist() == []
    lone = box(0, 0, 10, 10)
    made = arrange([np.array([lone], dtype=object)])
    label = np.zeros(1, dtype=np.int64)
    none = np.zeros(1, dtype=bool)
    assert balanced(made, label, drawn_m2=np.array([100.0]), fixed=none, width_m=WIDE).tolist() == [0]

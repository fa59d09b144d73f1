import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from gridgov.topology.widths import widest

sides = st.floats(min_value=0.05, max_value=5000)


@given(sides, sides)
def test_a_rectangle_is_as_wide_as_its_shorter_side(a, b):
    assert widest(np.array([box(0, 0, a, b)])).width[0] == pytest.approx(min(a, b), rel=0.02)


def test_a_circle_is_as_wide_as_its_diameter():
    circle = shapely.buffer(shapely.Point(7, 9), 50, quad_segs=32)
    found = widest(np.array([circle]))
    assert found.width[0] == pytest.approx(100, rel=0.02)
    assert (found.x[0], found.y[0]) == pytest.approx((7, 9), abs=1)


def test_the_widest_spot_lies_in_the_head_not_in_the_tail():
    kite = shapely.union_all([box(0, 0, 100, 100), box(100, 49, 900, 51)])
    found = widest(np.array([kite]))
    assert found.width[0] == pytest.approx(100, rel=0.02)
    assert 40 < found.x[0] < 60


def test_a_ring_is_as_wide_as_its_band():
    ring = shapely.difference(box(0, 0, 100, 100), box(10, 10, 90, 90))
    assert widest(np.array([ring])).width[0] == pytest.approx(10 * 2 / (1 + 2**-0.5), rel=0.03)


def test_of_several_parts_the_widest_counts():
    parts = shapely.union_all([box(0, 0, 5, 100), box(50, 0, 70, 100)])
    assert widest(np.array([parts])).width[0] == pytest.approx(20, rel=0.02)


def test_nothing_is_no_width():
    found = widest(np.array([shapely.Polygon()]))
    assert found.width[0] == 0
    assert np.isnan(found.x[0])


def test_no_polygons_give_no_widths():
    assert len(widest(np.zeros(0, dtype=object)).width) == 0

"""Halving places: each spot goes to the nearer ground, and nothing is lost."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from gridgov.decisions.division import divide


def parts(place, *grounds, width_m):
    return divide(place, np.array(grounds, dtype=object), width_m=width_m)


def test_a_strip_is_halved_along_its_middle():
    north, south = parts(box(0, 0, 100, 10), box(0, 10, 100, 99), box(0, -99, 100, 0), width_m=10)
    assert north.area == pytest.approx(500, rel=0.01)
    assert north.bounds == pytest.approx((0, 5, 100, 10), abs=0.3)
    assert south.area + north.area == pytest.approx(1000)


def test_a_round_place_is_divided_among_all_around_it():
    place = shapely.Point(474_000, 3_843_000).buffer(50)
    x, y = 474_000, 3_843_000
    half, west, east = box(x - 99, y, x + 99, y + 99), box(x - 99, y - 99, x, y), box(x, y - 99, x + 99, y)
    found = parts(place, *(shapely.difference(ground, place) for ground in (half, west, east)), width_m=100)
    assert np.allclose(shapely.area(found) / place.area, [0.5, 0.25, 0.25], atol=0.01)


def test_a_ground_that_does_not_adjoin_gets_nothing():
    found = parts(box(0, 0, 100, 10), box(0, 10, 100, 99), box(0, -99, 100, -5), width_m=10)
    assert shapely.area(found).tolist() == [1000, 0]


def test_without_any_ground_beside_it_there_is_no_answer():
    assert parts(box(0, 0, 9, 9), box(50, 50, 60, 60), width_m=9) is None


@settings(max_examples=40)
@given(width=st.floats(0.5, 80), slope=st.floats(-0.4, 0.4), length=st.floats(20, 300))
def test_the_parts_are_the_place_and_do_not_overlap(width, slope, length):
    low = [(0, 0), (length, slope * length)]
    place = shapely.Polygon([*low, (length, slope * length + width), (0, width)])
    south = shapely.Polygon([*low, (length, -500), (0, -500)])
    north = shapely.Polygon([(0, width), (length, slope * length + width), (length, 900), (0, 900)])
    one, other = parts(place, south, north, width_m=width)
    assert shapely.symmetric_difference(shapely.union(one, other), place).area < 0.02 * length
    assert shapely.intersection(one, other).area < 0.02 * length
    # The line is straight to within the step it was walked in.
    assert abs(one.area - other.area) < 0.1 * place.area + 0.2 * length

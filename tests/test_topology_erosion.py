"""The quick test of what vanishes agrees with eroding everything."""

import numpy as np
import pytest
import shapely

from gridgov.topology.erosion import eroded, vanish


def wiggly(random, *, width, corners=40):
    """A strip about as wide as this, along a line that wanders."""
    along = np.cumsum(random.uniform(2, 15, corners))
    middle = np.cumsum(random.normal(0, 4, corners))
    half = width / 2 * random.uniform(0.6, 1.1, (2, corners))
    upper, lower = np.stack([along, middle + half[0]], axis=1), np.stack([along, middle - half[1]], axis=1)
    return shapely.make_valid(shapely.Polygon([*upper, *lower[::-1]]), method="structure")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("times", [0.1, 0.8, 1.5, 1.7, 1.9, 2.0, 2.1, 2.3, 4.0])
def test_strips_vanish_as_eroding_says(seed, times):
    random = np.random.default_rng([seed, int(10 * times)])
    strips = np.array([wiggly(random, width=times * 10.0) for _ in range(60)], dtype=object)
    assert vanish(strips, 10.0).tolist() == shapely.is_empty(eroded(strips, 10.0)).tolist()


def test_holes_slits_and_parts_count():
    ring = shapely.Point(0, 0).buffer(60).difference(shapely.Point(0, 0).buffer(45))
    slit = shapely.box(0, 0, 40, 40).difference(shapely.box(19.9, 0, 20.1, 39))
    parts = shapely.MultiPolygon([shapely.box(0, 0, 5, 90), shapely.box(50, 0, 71, 21)])
    shapes = np.array([ring, slit, parts, shapely.Polygon()], dtype=object)
    assert vanish(shapes, 7.0).tolist() == [False, False, False, True]
    assert vanish(shapes, 7.6).tolist() == [True, False, False, True]
    assert vanish(shapes, 10.6).tolist() == [True, True, True, True]


#: A circle of 13 m radius and more lies in each; GEOS leaves nothing of them 12.475 m inside.
FEW_CORNERS = [
    "((61.78 30.22, 35.28 19.68, -18.78 17.78, -28.85 14.84, -14.86 -43.02, -3.98 -17.25, 61.78 30.22))",
    "((98.53 7.3, -138.07 13.04, -128.82 1.59, -152.38 -21.35, 160.64 -4.46, 98.53 7.3))",
    "((-21.66 23.36, -28.62 30.38, -42.3 3.13, -74 -0.09, -12.41 -18.3, 10.99 -19.53, -21.66 23.36))",
]


def test_a_polygon_of_few_corners_with_one_wide_spot_does_not_vanish():
    single = shapely.from_wkt([f"POLYGON {rings}" for rings in FEW_CORNERS])
    assert shapely.is_empty(shapely.buffer(single, -12.475, quad_segs=2)).all(), "the reason for all this"
    assert not shapely.is_empty(eroded(single, 12.475)).any()
    far = shapely.box(1000, 1000, 1100, 1100)
    several = np.array([shapely.MultiPolygon([shape, far]) for shape in single], dtype=object)
    assert shapely.get_num_geometries(eroded(several, 12.475)).tolist() == [2, 2, 2]
    assert not vanish(single, 12.475).any()


def test_a_polygon_exactly_as_wide_as_twice_the_depth_vanishes():
    corner_twice = shapely.Polygon([(0, 9), (0, 73), (43, 73), (43, 0), (1, 0), (0, 0)])
    polygons = np.array([corner_twice, shapely.box(0, 0, 43, 73)], dtype=object)
    assert shapely.is_empty(eroded(polygons, 21.5)).tolist() == [True, True]
    assert vanish(polygons, 21.5).tolist() == [True, True]


def test_no_polygons_vanish():
    assert vanish(np.zeros(0, dtype=object), 5.0).tolist() == []

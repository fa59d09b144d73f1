"""Which polygon lies inside which."""

import numpy as np
import pytest
import shapely
from shapely import box

from gridgov.topology.nested import hosts


@pytest.mark.parametrize(("radius", "held"), [(10, True), (17, True), (19, False)])
def test_a_polygon_is_held_with_a_tenth_of_it_missing_even_around_its_centre(radius, held):
    yard = box(450, 450, 550, 550)
    around = box(0, 0, 1000, 1000) - shapely.Point(500, 500).buffer(radius)
    assert hosts(np.array([yard, around], dtype=object)).tolist() == [1 if held else -1, -1]


def slowly(polygons):
    """Pair by pair: the smallest larger polygon that holds nine tenths, and is not held as much itself."""
    area = shapely.area(polygons)
    answer = []
    for mine, size in zip(polygons, area, strict=True):
        both = shapely.area(shapely.intersection(mine, polygons))
        held = np.flatnonzero((area > size) & (both >= 0.9 * size) & (both < 0.9 * area))
        answer.append(int(held[np.argmin(area[held])]) if len(held) else -1)
    return answer


@pytest.mark.parametrize("seed", range(5))
def test_polygons_of_any_shape_are_held_as_one_by_one(seed):
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    stars = [
        shapely.Polygon(middle + size * rng.uniform(0.2, 1, (12, 1)) * np.c_[np.cos(angle), np.sin(angle)])
        for middle, size in zip(rng.uniform(0, 400, (80, 2)), rng.uniform(5, 150, 80), strict=True)
    ]
    polygons = np.array(stars, dtype=object)
    found = hosts(polygons).tolist()
    assert found == slowly(polygons)
    assert max(found) >= 0

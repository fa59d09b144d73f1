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

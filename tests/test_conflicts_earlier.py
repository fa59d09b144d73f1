"""What departments of higher precedence drew at a strip."""

import geopandas as gpd
import numpy as np
from shapely import box, point_on_surface

from gridgov.conflicts.earlier import drawn_there, layers_as_drawn
from gridgov.special import Special

#: A campus (row 1) lies in the first grid.
DRAWN = [box(0, 0, 100, 100), box(20, 20, 40, 40), box(100, 0, 200, 100)]
STRIPS = np.array([box(30, 25, 32, 35), box(98, 0, 100, 100), box(250, 0, 252, 100)], dtype=object)


def asked(*, first=()):
    layer = gpd.GeoDataFrame(geometry=DRAWN, crs=4547)
    declared = np.isin(np.arange(len(DRAWN)), first)
    special = Special(kept={"police": declared}, declared={"police": declared}, crossing={})
    return drawn_there(point_on_surface(STRIPS), layers_as_drawn({"police": layer}, special))[:, 0].tolist()


def test_the_smallest_grid_that_was_drawn_there_counts():
    assert asked() == [1, 0, -1]


def test_a_declared_grid_comes_before_a_smaller_one():
    assert asked(first=[0]) == [0, 0, -1]


def test_without_layers_before_it_nobody_drew_anything():
    assert drawn_there(point_on_surface(STRIPS), []).shape == (3, 0)


def test_many_places_are_answered_as_each_one_by_itself():
    random = np.random.default_rng(4)
    corners, size = random.integers(0, 90, (40, 2)), random.integers(1, 40, (40, 2))
    drawn = [box(*low, *(low + side)) for low, side in zip(corners, size, strict=True)]
    places = np.array([box(x, y, x + 1, y + 1) for x, y in random.integers(0, 100, (200, 2))], dtype=object)
    first = random.random(40) < 0.1
    special = Special(kept={"police": first}, declared={"police": first}, crossing={})
    layer = gpd.GeoDataFrame(geometry=drawn, crs=4547)

    def slowly(place):
        over = [row for row, grid in enumerate(drawn) if grid.intersects(place.point_on_surface())]
        return min(over, key=lambda row: (not first[row], drawn[row].area, row), default=-1)

    found = drawn_there(point_on_surface(places), layers_as_drawn({"police": layer}, special))[:, 0]
    assert found.tolist() == [slowly(place) for place in places]

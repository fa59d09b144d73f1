from dataclasses import replace
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box, union_all

from gridgov.departments import BALANCE_COLUMNS, department_grids
from gridgov.flows import flows_of
from gridgov.merge import merge_grids

CITY = 400


def strips(borders):
    """Strips of a city of 400 m, cut at these borders."""
    edges = [0, *sorted(borders), CITY]
    shapes = [box(474_000 + a, 3_843_000, 474_000 + b, 3_843_200) for a, b in pairwise(edges)]
    ids = [f"G{n}" for n in range(len(shapes))]
    return gpd.GeoDataFrame({"grid_id": ids, "name": None, "owner": "a"}, geometry=shapes, crs=4547)


def drawn_apart(places):
    """Grids of another department in that city: where each begins, and how wide it is; some may overlap."""
    shapes = [box(474_000 + x, 3_843_000, 474_000 + x + wide, 3_843_200) for x, wide in places]
    ids = [str(n) for n in range(len(shapes))]
    return gpd.GeoDataFrame({"grid_id": ids, "name": None, "owner": "b"}, geometry=shapes, crs=4547)


borders = st.lists(st.integers(1, CITY - 1), min_size=1, max_size=4, unique=True)


@settings(max_examples=8, deadline=None)
@given(first=borders, second=borders, missing=st.booleans())
def test_without_overlaps_what_moved_is_what_the_merge_says_moved(first, second, missing):
    """What went to another grid, came from none or went to none is the summary's `moved`, to the m2."""
    layer = strips(second)
    network = merge_grids({"a": strips(first), "b": layer.iloc[1:] if missing else layer})
    for name in network.departments:
        grids = department_grids(network, department=name)
        pieces = flows_of(network, name).pieces
        to_none = pieces[pieces["now"].isna() & pieces["cell_id"].notna()]["area_m2"].sum()
        moved = network.summary["area_m2"]["moved"][name]
        assert grids["moved_in_m2"].sum() + to_none == pytest.approx(moved, abs=1e-3)


@settings(max_examples=8, deadline=None)
@given(
    first=borders,
    boxes=st.lists(st.tuples(st.integers(0, 350), st.integers(20, 300)), min_size=1, max_size=4),
)
def test_the_balance_adds_up_whatever_a_department_drew_twice(first, boxes):
    city = strips([])
    network = merge_grids({"a": strips(first), "b": drawn_apart(boxes)}, within={"district": city})
    sums = flows_of(network, "b").balance()
    assert (sums[list(BALANCE_COLUMNS)].to_numpy() >= 0).all()
    left = sums["drawn_m2"] - sums["outside_m2"] - sums["overlap_m2"] - sums["moved_out_m2"]
    np.testing.assert_allclose(left + sums["moved_in_m2"], sums["area_m2"], atol=1e-3)
    grids = department_grids(network, department="b").set_index("grid_id")
    np.testing.assert_allclose(sums["area_m2"][grids.index], grids.area, atol=1e-3)


def test_what_two_grids_drew_is_no_ground_that_moved_though_there_was_room_for_it():
    """Grid 1 has the 50 m that both drew, and beyond its other border 20 m that nobody drew."""
    network = merge_grids({"b": drawn_apart([(0, 250), (200, 180)])}, within={"district": strips([])})
    grids = department_grids(network, department="b").set_index("grid_id").round()
    assert grids.loc["0", list(BALANCE_COLUMNS)].tolist() == [50_000, 0, 10_000, 0, 0, 40_000]
    assert grids.loc["1", list(BALANCE_COLUMNS)].tolist() == [36_000, 0, 0, 0, 4_000, 40_000]
    without = department_grids(replace(network, drawn=None), department="b").set_index("grid_id").round()
    assert without.loc["0", ["overlap_m2", "moved_out_m2"]].tolist() == [6_000, 4_000]


@settings(max_examples=8, deadline=None)
@given(
    first=borders,
    boxes=st.lists(st.tuples(st.integers(0, 350), st.integers(20, 300)), min_size=2, max_size=5),
)
def test_what_was_drawn_twice_is_what_the_drawings_share_with_the_grids_of_now(first, boxes):
    city = strips([])
    network = merge_grids({"a": strips(first), "b": drawn_apart(boxes)}, within={"district": city})
    drawn = network.drawn[network.drawn["department"] == "b"].set_index("grid_id").geometry
    now = department_grids(network, department="b").set_index("grid_id").geometry
    sums = flows_of(network, "b").balance()
    for grid, shape in drawn.intersection(city.geometry[0]).items():
        others = [now[one].intersection(drawn[one]) for one in now.index if one != grid]
        twice = shape.intersection(union_all(others)).area
        assert sums["overlap_m2"][grid] == pytest.approx(twice, abs=1.0)

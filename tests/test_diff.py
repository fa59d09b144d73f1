"""Two networks compared: every place that changed, and none that did not."""

from dataclasses import replace

import geopandas as gpd
import pytest
from shapely import box

from gridgov import Network, diff_networks

EAST, NORTH = 475_000.0, 3_843_000.0


def network(cells, *, version="v1", departments=("police",), crs="EPSG:4547"):
    """A network of boxes: id -> (box in metres from the corner, police grid, owner)."""
    shapes = [box(EAST + a, NORTH + b, EAST + c, NORTH + d) for (a, b, c, d), _, _ in cells.values()]
    frame = gpd.GeoDataFrame(
        {
            "cell_id": list(cells),
            "district": "410104",
            "district_name": "管城回族区",
            **{
                name: [values[k] for values in cells.values()]
                for d in departments
                for k, name in ((1, d), (2, f"{d}_owner"))
            },
            "special": None,
            "area_m2": [shape.area for shape in shapes],
        },
        geometry=shapes,
        crs="EPSG:4547",
    ).to_crs(crs)
    provenance = {"departments": list(departments), "network_version": version}
    grids = frame.rename(columns={"cell_id": "grid_id"})
    return Network(frame, grids, frame.iloc[:0], frame.iloc[:0], {}, {}, provenance)


BEFORE = {
    "c1": ((0, 0, 100, 100), "P1", "一所"),
    "c2": ((100, 0, 200, 100), "P2", "二所"),
}


def places(old, new, **options):
    """Old cell, new cell, what changed, m2."""
    found = diff_networks(old, new, **options).places
    return [
        (a, b, c, round(d))
        for a, b, c, d in found[["old_cell", "new_cell", "changed", "area_m2"]].itertuples(index=False)
    ]


def test_equal_networks_differ_nowhere():
    assert places(network(BEFORE), network(BEFORE)) == []


def test_a_border_that_moved_is_the_strip_between():
    after = {"c1": ((0, 0, 110, 100), "P1", "一所"), "c2": ((110, 0, 200, 100), "P2", "二所")}
    assert places(network(BEFORE), network(after)) == [("c2", "c1", "police|police_owner", 1000)]


def test_another_owner_is_a_change_of_the_whole_cell():
    after = BEFORE | {"c2": ((100, 0, 200, 100), "P2", "三所")}
    assert places(network(BEFORE), network(after)) == [("c2", "c2", "police_owner", 10000)]


def test_other_cell_ids_are_no_change():
    after = {f"x{name}": values for name, values in BEFORE.items()}
    assert places(network(BEFORE), network(after)) == []


def test_a_cell_cut_in_two_is_no_change_while_its_values_stay():
    after = {
        "c1": ((0, 0, 100, 100), "P1", "一所"),
        "c2": ((100, 0, 200, 50), "P2", "二所"),
        "c3": ((100, 50, 200, 100), "P2", "二所"),
    }
    assert places(network(BEFORE), network(after)) == []


def test_a_grid_that_came_where_none_was_is_a_change():
    before = BEFORE | {"c2": ((100, 0, 200, 100), None, None)}
    assert places(network(before), network(BEFORE)) == [("c2", "c2", "police|police_owner", 10000)]


def test_ground_that_left_and_joined_the_city_is_told():
    after = {"c1": BEFORE["c1"], "c3": ((0, 100, 100, 150), "P3", "三所")}
    assert places(network(BEFORE), network(after)) == [("c2", None, "", 10000), (None, "c3", "", 5000)]


def test_strips_as_narrow_as_rounding_are_left_out():
    after = {"c1": ((0, 0, 100.1, 100), "P1", "一所"), "c2": ((100.1, 0, 200, 100), "P2", "二所")}
    assert places(network(BEFORE), network(after)) == []
    assert len(places(network(BEFORE), network(after), min_width_m=0.01)) == 1


def test_the_largest_change_comes_first():
    after = {
        "c1": ((0, 0, 80, 100), "P1", "一所"),
        "c2": ((80, 0, 150, 100), "P2", "二所"),
        "c3": ((150, 0, 200, 100), "P1", "一所"),
    }
    assert [area for *_, area in places(network(BEFORE), network(after))] == [5000, 2000]


def test_networks_in_other_coordinate_systems_are_compared():
    moved = network(BEFORE | {"c2": ((100, 0, 200, 100), "P2", "三所")}, crs="EPSG:4526")
    found = diff_networks(network(BEFORE), moved)
    assert found.places.crs == moved.cells.crs
    assert found.places["area_m2"].round().tolist() == [10000]


def test_departments_that_only_one_has_are_named_and_not_compared():
    both = network(BEFORE, departments=("police", "urban"))
    found = diff_networks(network(BEFORE), both)
    assert (found.added, found.removed, len(found.places)) == (("urban",), (), 0)
    assert diff_networks(both, network(BEFORE)).removed == ("urban",)
    assert found.columns == ("district", "police", "police_owner")


def test_comparing_changes_neither_network():
    old, new = network(BEFORE), network(BEFORE | {"c2": ((100, 0, 200, 100), "P9", "九所")})
    copies = [replace(each, cells=each.cells.copy()) for each in (old, new)]
    diff_networks(old, new)
    for each, copy in zip((old, new), copies, strict=True):
        assert each.cells.equals(copy.cells)


@pytest.mark.parametrize("swap", [False, True])
def test_the_area_of_changes_is_the_same_both_ways(swap):
    after = {"c1": ((0, 0, 130, 100), "P1", "一所"), "c2": ((130, 0, 200, 100), "P2", "二所")}
    pair = [network(BEFORE), network(after)]
    assert sum(area for *_, area in places(*(pair[::-1] if swap else pair))) == 3000

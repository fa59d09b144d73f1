"""The list of conflicts: what is decided place by place, what is settled in one row per pair of grids."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import box
from shapely.affinity import translate

from gridgov import make_grids, merge_grids
from gridgov.check.ground import wide
from gridgov.conflicts.rows import strip_width
from gridgov.schema import RULES

X0, Y0 = 474_000, 3_843_000  # in EPSG:4547, near Zhengzhou

#: West and east, 1 km2 together; the owners are called as the grids.
WEST, EAST = box(0, 0, 500, 1000), box(500, 0, 1000, 1000)


def layer(department, **grids):
    shapes = [translate(shape, X0, Y0) for shape in grids.values()]
    owners = [f"owner {grid}" for grid in grids]
    frame = gpd.GeoDataFrame({"grid_id": list(grids), "owner": owners}, geometry=shapes, crs=4547)
    return make_grids(frame, department=department)


def conflicts(*, given=None, **layers):
    """Conflicts of layers in a city of two districts, with a tolerance of 25 m."""
    return merge_grids(
        {name: layer(name, **grids) for name, grids in layers.items()},
        within={"district": layer("district", W=WEST, E=EAST)},
        tolerance_m=25,
        **(given or {}),
    ).conflicts


def of(found, kind):
    return found[found["kind"] == kind]


def points(*xy, weight=None):
    table = {} if weight is None else {"weight": weight}
    return gpd.GeoDataFrame(table, geometry=[shapely.Point(X0 + x, Y0 + y) for x, y in xy], crs=4547)


def toothed():
    """Two grids whose common border at y = 500 has two teeth of 100 x 10 m that belong to both."""
    south = shapely.union_all([box(0, 0, 500, 500), box(100, 500, 200, 510), box(300, 500, 400, 510)])
    return {"s": south, "n": box(0, 500, 500, 1000), "e": EAST}


def test_narrow_places_between_two_grids_are_one_row():
    row = of(conflicts(police=toothed()), "overlap").iloc[0]
    assert (row.severity, row.places, row.area_m2) == ("settled", 2, 2000.0)
    assert row.width_m == pytest.approx(10, rel=0.05)
    assert shapely.get_num_geometries(row.geometry) == 2


def test_wide_places_between_two_grids_are_a_row_each():
    teeth = [box(50, 500, 150, 560), box(300, 500, 400, 560)]
    grids = {"s": shapely.union_all([box(0, 0, 500, 500), *teeth]), "n": box(0, 500, 500, 1000), "e": EAST}
    found = of(conflicts(police=grids), "overlap")
    assert (found["severity"] == "decide").all()
    assert found["area_m2"].tolist() == [6000.0, 6000.0]
    assert found["conflict_id"].is_unique


def test_a_wide_and_a_narrow_place_of_two_grids_are_told_apart():
    teeth = [box(50, 500, 150, 560), box(300, 500, 400, 510)]
    grids = {"s": shapely.union_all([box(0, 0, 500, 500), *teeth]), "n": box(0, 500, 500, 1000), "e": EAST}
    found = of(conflicts(police=grids), "overlap").set_index("severity")
    assert found["area_m2"].to_dict() == {"decide": 6000.0, "settled": 1000.0}


def test_a_gap_names_the_two_grids_beside_it_and_their_owners():
    row = of(
        conflicts(police={"s": box(0, 0, 500, 495), "n": box(0, 505, 500, 1000), "e": EAST}), "gap"
    ).iloc[0]
    assert row.grid_ids.split("|") == ["n", "s"]
    assert row.owners.split("|") == ["owner n", "owner s"]
    assert row.moved_m2 == row.area_m2 == 5000.0
    assert "between grids n and s" in row.place


def test_owners_stand_beside_their_grids_and_that_of_the_kept_border_comes_last():
    found = conflicts(
        police={"s": box(0, 0, 500, 500), "n": box(0, 500, 500, 1000), "e": EAST},
        urban={"u": box(0, 0, 500, 510), "v": box(0, 510, 500, 1000), "x": EAST},
    )
    row = of(found, "borders_apart").iloc[0]
    assert (row.departments, row.grid_ids) == ("police|urban", "u|v")
    assert row.owners == "owner u|owner v|owner n"
    assert row.rule == "precedence"


def test_what_moved_adds_up_to_the_summary():
    network = merge_grids(
        {"police": layer("police", **toothed()), "urban": layer("urban", u=box(0, 0, 500, 490), x=EAST)},
        within={"district": layer("district", W=WEST, E=EAST)},
        tolerance_m=25,
    )
    rows = network.conflicts[network.conflicts["kind"].isin(["borders_apart", "gap", "uncovered"])]
    moved = rows["moved_m2"].groupby(rows["departments"].str.rpartition("|")[2]).sum()
    for name, area in network.summary["area_m2"]["moved"].items():
        assert moved.get(name, 0.0) == pytest.approx(area, abs=1)


def test_rules_are_words_that_are_explained():
    found = conflicts(police=toothed(), urban={"u": box(-60, 0, 500, 510), "x": EAST})
    assert set(found["rule"]) <= set(RULES)
    assert of(found, "outside")["rule"].tolist() == ["hard border"]


def test_a_district_at_fault_is_listed_where_nothing_else_is():
    away = box(3000, 0, 3500, 1000)
    district = layer("district", W=shapely.union_all([WEST, away]))
    police = layer("police", w=WEST, a=away)
    (row,) = merge_grids({"police": police}, within={"district": district}).conflicts.itertuples()
    assert (row.kind, row.severity, row.departments, row.grid_ids) == ("multipart", "note", "district", "W")
    assert row.district is None


def test_without_households_and_incidents_their_counts_are_empty():
    found = conflicts(police=toothed())
    assert found[["weight_changed", "incidents_changed"]].isna().all(axis=None)


def test_households_in_an_open_place_all_count_and_in_a_settled_one_those_whose_grid_changed():
    grids = {"s": box(0, 0, 500, 400), "n": box(0, 505, 500, 1000), "e": EAST}
    urban = {"u": box(0, 0, 500, 510), "v": box(0, 510, 500, 1000), "x": EAST}
    police = {"s": box(0, 0, 500, 500), "n": box(0, 500, 500, 1000), "e": EAST}
    bare = of(conflicts(police=grids, given={"weights": points((250, 450), weight=[7])}), "uncovered")
    assert bare["weight_changed"].tolist() == [7.0]
    given = {"weights": points((250, 505), (250, 900), weight=[5, 11])}
    apart = of(conflicts(police=police, urban=urban, given=given), "borders_apart")
    assert apart["weight_changed"].tolist() == [5.0]


def test_polygons_count_by_area():
    grids = {"s": box(0, 0, 500, 400), "n": box(0, 500, 500, 1000), "e": EAST}
    block = gpd.GeoDataFrame({"weight": [10]}, geometry=[box(X0, Y0 + 450, X0 + 500, Y0 + 550)], crs=4547)
    bare = of(conflicts(police=grids, given={"weights": block}), "uncovered")
    assert bare["weight_changed"].tolist() == pytest.approx([5.0])


def test_a_small_place_with_many_incidents_comes_before_a_large_one():
    grids = {
        "s": box(0, 0, 500, 440).difference(box(200, 100, 260, 160)),
        "n": box(0, 500, 500, 1000),
        "e": EAST,
    }
    by_area = of(conflicts(police=grids), "uncovered")["area_m2"].tolist()
    given = {"incidents": points((230, 130), (231, 131))}
    by_incidents = of(conflicts(police=grids, given=given), "uncovered")
    assert by_area == sorted(by_area, reverse=True)
    assert by_incidents["area_m2"].tolist() == by_area[::-1]
    assert by_incidents["incidents_changed"].tolist() == [2.0, 0.0]


def test_the_id_of_a_settled_row_does_not_depend_on_the_place():
    def shifted(x):
        south = shapely.union_all([box(0, 0, 500, 500), box(x, 500, x + 100, 510)])
        return {"s": south, "n": box(0, 500, 500, 1000), "e": EAST}

    one, other = (of(conflicts(police=shifted(x)), "overlap")["conflict_id"].tolist() for x in (50, 350))
    assert one == other


def crossings(*, street=500, community=500):
    """Crossings of a grid over the borders of streets and communities at these x, by rung."""
    within = {
        "district": layer("district", D=box(0, 0, 1000, 1000)),
        "street": layer("street", s1=box(0, 0, street, 1000), s2=box(street, 0, 1000, 1000)),
        "community": layer("community", c1=box(0, 0, community, 1000), c2=box(community, 0, 1000, 1000)),
    }
    police = layer("police", P1=box(0, 0, 700, 1000), P2=box(700, 0, 1000, 1000))
    found = of(merge_grids({"police": police}, within=within, tolerance_m=25).conflicts, "crosses_rung")
    found = found[found["departments"] == "police"]
    return {note.partition(":")[0]: one for note, one in found[["note", "conflict_id"]].to_numpy()}


def test_a_crossing_of_a_street_and_one_of_a_community_do_not_change_ids_when_a_border_moves():
    one = crossings()
    assert len(one) == 2
    assert not any(each.endswith("-2") for each in one.values())
    assert crossings(street=499, community=501) == one == crossings(street=501, community=499)
    alone = crossings(street=700)
    assert alone == {"community": one["community"]}


def test_no_spreadsheet_takes_an_id_for_a_number():
    found = conflicts(police=toothed())["conflict_id"]
    assert found.str.fullmatch(r"[ghjkmnpqrstuvwxy][0-9a-f]{9}(-\d+)?").all()


def test_a_strip_is_as_wide_as_a_rectangle_of_its_area_and_outline():
    strips = shapely.box(0, 0, [100, 300, 20], [8, 0.5, 20])
    width = strip_width(shapely.area(strips), shapely.length(strips))
    assert width == pytest.approx([8, 0.5, 20])


def test_a_crooked_strip_is_not_wide_where_erosion_turns_it_inside_out():
    ring = [(0.72, 0.06), (0.14, 0.15), (-4.45, 0.52), (-3.83, 7.22), (2.33, 4.23), (34.88, 12.41)]
    ring += [(77.65, 23.77), (87.9, 26.19), (108.72, 18.48), (125.83, 11.25), (174.36, -27.34)]
    ring += [(200.72, -15.35), (232.57, 24.34), (203.96, 13.47), (138.6, -9.16), (104.82, -17.16)]
    ring += [(72.98, -31.01), (45.65, -12.15), (18.64, 7.2), (3.42, 14.19), (-10.91, 22.58)]
    strips = np.array([shapely.LineString(ring).buffer(3.5), box(0, 0, 100, 30)], dtype=object)
    assert wide(strips, tolerance_m=25).tolist() == [False, True]

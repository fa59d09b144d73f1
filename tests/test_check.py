"""Each kind of problem on a drawing of a few squares, and the ledger."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from shapely.affinity import translate

from gridgov import schema
from gridgov.check import check_grids, ground_of, layer_problems
from gridgov.errors import ArgumentError, SchemaError
from gridgov.topology.arrange import arrange

X0, Y0 = 474_352, 3_843_000


def layer(*shapes, ids=None, owners=None, names=None):
    number = len(shapes)
    columns = {
        "grid_id": ids or [str(n + 1) for n in range(number)],
        "name": names or [None] * number,
        "owner": owners or [f"owner {n + 1}" for n in range(number)],
    }
    return gpd.GeoDataFrame(columns, geometry=[translate(s, X0, Y0) for s in shapes], crs=4547)


def two_districts():
    """A | B, each 300 x 400."""
    return layer(box(0, 0, 300, 400), box(300, 0, 600, 400), ids=["10", "20"], names=["东区", "西区"])


def found(*shapes, within=None, **more):
    return check_grids({"police": layer(*shapes, **more)}, within=within).problems


def rows(problems, kind):
    return problems[problems["kind"] == kind].reset_index(drop=True)


def only(problems, kind):
    assert problems["kind"].tolist() == [kind]
    return problems.iloc[0]


def test_squares_side_by_side_have_no_problem():
    assert found(box(0, 0, 200, 200), box(200, 0, 400, 200)).empty


def test_squares_that_fill_their_districts_have_no_problem():
    assert found(box(0, 0, 300, 400), box(300, 0, 600, 400), within={"district": two_districts()}).empty


def test_without_a_problem_the_columns_are_there_all_the_same():
    problems = found(box(0, 0, 300, 400), box(300, 0, 600, 400), within={"district": two_districts()})
    assert list(problems.columns) == [*schema.PROBLEM_COLUMNS, "district", "geometry"]


def test_a_vertex_on_the_straight_side_of_a_neighbour_is_no_problem():
    slanted = shapely.Polygon([(0, 0), (333.33, 0), (400, 271.7), (0, 271.7)])
    upper = shapely.Polygon([(333.33, 0), (800, 0), (800, 271.7), (400, 271.7), (366.669, 135.861)])
    assert found(slanted, upper).empty


def test_a_narrow_overlap_is_settled():
    row = only(found(box(0, 0, 210, 200), box(200, 0, 400, 200)), "overlap")
    assert (row.severity, row.grid_ids, row.owners) == ("settled", "1|2", "owner 1|owner 2")
    assert row.area_m2 == pytest.approx(2000)
    assert row.width_m == pytest.approx(10, rel=0.02)


def test_a_wide_overlap_is_to_be_decided():
    row = only(found(box(0, 0, 240, 200), box(200, 0, 400, 200)), "overlap")
    assert (row.severity, row.note) == ("decide", "16.7 % of 1 and 20.0 % of 2")


def test_two_grids_that_overlap_in_two_places_are_two_rows():
    comb = shapely.union_all([box(0, 0, 100, 300), box(100, 0, 160, 100), box(100, 200, 160, 300)])
    assert len(rows(found(comb, box(100, 0, 300, 300)), "overlap")) == 2


def test_three_grids_over_one_place_are_three_pairs():
    problems = rows(found(box(0, 0, 240, 200), box(200, 0, 400, 200), box(150, 50, 350, 400)), "overlap")
    assert sorted(problems["grid_ids"]) == ["1|2", "1|3", "2|3"]


def test_a_grid_inside_another_is_special_purpose_not_an_overlap():
    row = only(found(box(0, 0, 200, 200), box(50, 50, 100, 100)), "nested")
    assert (row.severity, row.grid_ids) == ("note", "2|1")


def test_a_special_purpose_grid_may_be_smaller_than_min_area():
    assert found(box(0, 0, 200, 200), box(50, 50, 60, 60))["kind"].tolist() == ["nested"]


def test_a_grid_drawn_twice_is_an_overlap_not_nested():
    problems = found(box(0, 0, 200, 200), box(0, 0, 200, 199))
    assert only(problems, "overlap").severity == "decide"


def test_grids_that_reading_found_equal_are_listed_once():
    twice = layer(box(0, 0, 200, 200), box(0, 0, 200, 200))
    entry = {
        "kind": "duplicate_geometry",
        "grid_ids": ["1", "2"],
        "area_m2": 40000.0,
        "note": "",
        "wkt": None,
    }
    twice.attrs[schema.ATTRS] = {"department": "police", "problems": [entry]}
    row = only(check_grids(twice).problems, "duplicate_geometry")
    assert (row.severity, row.grid_ids) == ("decide", "1|2")


def test_a_strip_enclosed_by_grids_is_a_gap():
    grids = [box(0, 0, 100, 200), box(110, 0, 200, 200), box(0, 200, 200, 300), box(0, -100, 200, 0)]
    row = only(found(*grids), "gap")
    assert (row.severity, row.area_m2) == ("settled", pytest.approx(2000))
    assert set(row.grid_ids.split("|")) == {"1", "2", "3", "4"}
    assert row.place == "between grids 1 and 2"


def test_a_slit_open_to_the_outside_is_a_gap_too():
    row = only(found(box(0, 0, 100, 200), box(110, 0, 200, 200), box(0, 200, 200, 300)), "gap")
    assert row.area_m2 == pytest.approx(2000, rel=0.01)


def test_a_slit_between_two_grids_that_touch_nowhere_is_a_gap():
    assert only(found(box(0, 0, 100, 200), box(110, 0, 200, 200)), "gap").width_m == pytest.approx(
        10, rel=0.02
    )


def test_a_notch_in_one_grid_is_no_gap():
    notch = shapely.Polygon(
        [(0, 0), (100, 0), (100, 90), (0, 100), (100, 110), (100, 200), (0, 200), (-50, 100)]
    )
    assert found(notch).empty


def test_a_jagged_coast_is_no_gap():
    x = np.arange(0, 400, 10.0)
    coast = [(400, 200), (0, 200), *zip(x, np.tile([0.0, 6.0], 20), strict=True), (400, 0)]
    west, east = box(-1, -50, 200, 250), box(200, -50, 500, 250)
    whole = shapely.Polygon(coast)
    assert found(shapely.intersection(whole, west), shapely.intersection(whole, east)).empty


def test_a_wide_hole_is_uncovered():
    ring = shapely.difference(box(0, 0, 300, 300), box(100, 100, 200, 200))
    row = only(found(ring), "uncovered")
    assert (row.severity, row.area_m2) == ("decide", pytest.approx(10000))


def test_what_grids_leave_of_their_district_is_uncovered():
    problems = found(box(0, 0, 300, 400), box(300, 0, 600, 300), within={"district": two_districts()})
    row = only(problems, "uncovered")
    assert (row.place, row.district) == ("西区, between grids 2 and 1", "20")
    assert row.area_m2 == pytest.approx(30000)


def test_a_long_narrow_arm_of_an_uncovered_area_is_a_gap_of_its_own():
    grids = [box(0, 0, 300, 400), box(310, 0, 600, 300)]
    problems = found(*grids, within={"district": two_districts()})
    assert problems["kind"].tolist() == ["uncovered", "gap"]
    assert rows(problems, "gap")["area_m2"][0] == pytest.approx(3000, rel=0.05)
    assert problems["area_m2"].sum() == pytest.approx(33000)


def test_a_part_beyond_the_outline_is_outside():
    grids = [box(0, 0, 300, 400), box(300, 0, 610, 400)]
    row = only(found(*grids, within={"district": two_districts()}), "outside")
    assert (row.severity, row.grid_ids, row.place) == ("settled", "2", "outside every district, at grid 2")
    assert row.district is None


def test_a_wide_part_beyond_the_outline_is_to_be_decided():
    grids = [box(0, 0, 300, 400), box(300, 0, 700, 400)]
    assert only(found(*grids, within={"district": two_districts()}), "outside").severity == "decide"


def test_without_rungs_nothing_is_outside():
    assert rows(found(box(0, 0, 300, 400), box(900, 0, 1200, 400)), "outside").empty


def test_a_grid_widely_in_two_districts_crosses_the_rung():
    grids = [box(0, 0, 200, 400), box(200, 0, 600, 400)]
    row = only(found(*grids, within={"district": two_districts()}), "crosses_rung")
    assert (row.severity, row.grid_ids, row.area_m2) == ("decide", "2", pytest.approx(40000))
    assert row.width_m == pytest.approx(100, rel=0.02)
    assert row.note == "district: 西区 75 %, 东区 25 %"


def test_a_narrow_strip_over_a_district_border_is_only_counted():
    grids = [box(0, 0, 290, 400), box(290, 0, 600, 400)]
    report = check_grids({"police": layer(*grids)}, within={"district": two_districts()})
    assert report.problems.empty
    assert "district: 1 narrow strip (4,000 m2)" in report.notes[1]


def test_a_grid_made_of_whole_units_is_a_note():
    row = only(found(box(0, 0, 600, 400), within={"district": two_districts()}), "crosses_rung")
    assert (row.severity, row.note) == ("note", "made of whole units of district: 东区 50 %, 西区 50 %")


def test_each_rung_that_is_crossed_is_a_row():
    streets = layer(box(0, 0, 300, 400), box(300, 0, 600, 200), box(300, 200, 600, 400), ids=["1", "2", "3"])
    grids = [box(0, 0, 200, 400), box(200, 0, 600, 200), box(200, 200, 600, 400)]
    problems = found(*grids, within={"district": two_districts(), "street": streets})
    assert len(rows(problems, "crosses_rung")) == 4


def test_a_grid_under_min_area_is_a_sliver():
    row = only(found(box(0, 0, 200, 200), box(200, 0, 210, 20)), "sliver")
    assert (row.severity, row.note) == ("decide", "smaller than 300 m2")


def test_a_large_min_area_is_said_with_its_thousands():
    grids = layer(box(0, 0, 200, 200), box(200, 0, 250, 50))
    assert (
        only(check_grids({"police": grids}, min_area_m2=3000).problems, "sliver").note
        == "smaller than 3,000 m2"
    )


def test_a_grid_smaller_than_the_rounding_is_a_sliver_too():
    row = only(found(box(0, 0, 200, 200), box(300, 0, 300.001, 0.001)), "sliver")
    assert (row.grid_ids, row.area_m2) == ("2", 0)


def test_a_long_thin_grid_is_a_sliver():
    row = only(found(box(0, 0, 200, 200), box(200, 0, 220, 200)), "sliver")
    assert row.note == "nowhere 25 m wide"


def test_a_grid_in_pieces_is_noted_with_all_but_the_largest():
    pieces = shapely.union_all([box(0, 0, 200, 200), box(900, 0, 950, 50)])
    row = only(found(pieces), "multipart")
    assert (row.severity, row.area_m2) == ("note", 2500)


def test_a_grid_without_an_owner_is_noted():
    problems = found(box(0, 0, 200, 200), box(200, 0, 400, 200), owners=["a", " "])
    assert only(problems, "no_owner").grid_ids == "2"


def test_a_layer_without_owners_is_one_note():
    row = only(found(box(0, 0, 200, 200), box(200, 0, 400, 200), owners=[None, None]), "no_owner")
    assert row.note.startswith("none of the 2 grids has an owner")


def test_what_reading_mended_is_a_row_at_its_place():
    grids = layer(box(0, 0, 200, 200))
    grids.attrs[schema.ATTRS] = {
        "department": "police",
        "problems": [
            {
                "kind": "invalid",
                "grid_ids": ["1"],
                "area_m2": 5.0,
                "note": "bow",
                "wkt": "POINT (474362 3843150)",
            },
            {"kind": "no_geometry", "grid_ids": ["9"], "area_m2": None, "note": "row 9", "wkt": None},
        ],
    }
    problems = check_grids(grids).problems
    assert problems["kind"].tolist() == ["no_geometry", "invalid"]
    assert problems["severity"].tolist() == ["decide", "settled"]
    assert problems["grid_ids"].tolist() == ["9", "1"]
    spot = gpd.GeoSeries(gpd.points_from_xy(problems.lon[1:], problems.lat[1:]), crs=4490).to_crs(4547)[0]
    assert (spot.x, spot.y) == pytest.approx((474362, 3843150), abs=0.02)


def test_problems_are_in_metres_and_lon_lat_in_degrees():
    grids = layer(box(0, 0, 240, 200), box(200, 0, 400, 200)).to_crs(4490)
    problems = check_grids({"police": grids}).problems
    assert problems.crs.to_epsg() == 4547
    assert problems["area_m2"][0] == pytest.approx(8000, abs=5)
    assert grids.geometry[0].contains(shapely.Point(problems["lon"][0], problems["lat"][0]))


def test_each_department_is_checked_by_itself():
    report = check_grids({"a": layer(box(0, 0, 200, 200)), "b": layer(box(100, 0, 300, 200))})
    assert report.problems.empty
    assert report.coverage["department"].tolist() == ["a", "b"]


def test_what_needs_a_decision_comes_first():
    problems = found(box(0, 0, 210, 200), box(200, 0, 400, 200), box(360, 0, 600, 200))
    assert problems["severity"].tolist() == ["decide", "settled"]


def test_input_layers_stay_as_they_are():
    grids = layer(box(0, 0, 240.123456, 200), box(200, 0, 400, 200))
    before = grids.copy()
    check_grids({"police": grids})
    assert grids.equals(before)


def test_the_arrangement_of_all_departments_gives_the_same_problems():
    districts = two_districts()
    police = layer(box(0, 0, 320, 190), box(250, 0, 640, 200), box(0, 205, 600, 300), box(100, 100, 150, 150))
    other = layer(box(-20, 90, 333, 260), box(222, 17, 580, 411))
    alone = check_grids({"police": police}, within={"district": districts}).problems
    shapes = [each.geometry.to_numpy() for each in (districts, other, police)]
    limits = {"tolerance_m": 25.0, "min_area_m2": 300.0}
    ground = ground_of(arrange(shapes), rungs={"district": districts}, rung_groups={"district": 0}, **limits)
    together = layer_problems(police, ground, group=2, department="police")
    columns = ["kind", "severity", "grid_ids", "area_m2", "place", "note", "district"]
    assert together[columns].values.tolist() == alone[columns].values.tolist()


def test_no_layer_is_an_error():
    with pytest.raises(ArgumentError, match="police=FILE"):
        check_grids({})


def test_a_table_that_is_no_layer_is_refused_by_name():
    with pytest.raises(SchemaError, match="police: column 'owner' is missing"):
        check_grids({"police": layer(box(0, 0, 9, 9)).drop(columns="owner")})


def test_the_ledger_counts_each_part():
    grids = [box(0, 0, 320, 400), box(300, 0, 610, 300)]
    row = check_grids({"p": layer(*grids)}, within={"district": two_districts()}).coverage.iloc[0]
    assert (row.outline_m2, row.once_m2, row.twice_m2, row.missing_m2, row.outside_m2) == pytest.approx(
        (240_000, 206_000, 6_000, 28_000, 3_000)
    )


def test_the_ledger_names_what_special_purpose_grids_cover_twice():
    row = check_grids(layer(box(0, 0, 200, 200), box(50, 50, 100, 100))).coverage.iloc[0]
    assert (row.twice_m2, row.special_m2) == (2500, 2500)


def test_the_ledger_counts_open_slits_as_missing():
    row = check_grids(layer(box(0, 0, 100, 200), box(110, 0, 200, 200))).coverage.iloc[0]
    assert row.missing_m2 == pytest.approx(2000, rel=0.01)


corner = st.integers(min_value=-5000, max_value=70_000).map(lambda cm: cm / 100)
side = st.integers(min_value=2, max_value=40_000).map(lambda cm: cm / 100)
rectangles = st.lists(st.tuples(corner, corner, side, side), min_size=1, max_size=8)


@given(rectangles)
@settings(max_examples=25, deadline=None)
def test_the_ledger_adds_up_whatever_is_drawn(drawn):
    districts = two_districts()
    shapes = [box(x, y, x + w, y + h) for x, y, w, h in drawn]
    row = check_grids({"p": layer(*shapes)}, within={"district": districts}).coverage.iloc[0]
    assert row.once_m2 + row.twice_m2 + row.missing_m2 == pytest.approx(row.outline_m2, rel=1e-9)
    assert row.outline_m2 == pytest.approx(240_000, abs=1e-3)
    union = shapely.union_all(layer(*shapes).geometry.to_numpy())
    outline = shapely.union_all(districts.geometry.to_numpy())
    assert row.missing_m2 == pytest.approx(outline.difference(union).area, abs=1e-3)
    assert row.outside_m2 == pytest.approx(union.difference(outline).area, abs=1e-3)
    assert row.once_percent + row.twice_percent + row.missing_percent == pytest.approx(100)


def test_a_layer_for_a_part_of_the_city_is_not_blamed_for_the_rest():
    found_ones = found(box(200, 0, 400, 100), within={"district": two_districts()})
    severities = found_ones.set_index("kind")["severity"].to_dict()
    assert severities == {"uncovered": "note", "crosses_rung": "note"}


def test_an_uncovered_place_in_two_units_says_how_they_share_it():
    problems = found(box(0, 0, 300, 200), box(300, 0, 600, 200), within={"district": two_districts()})
    row = only(problems, "uncovered")
    assert row.note == "district: 东区 50 %, 西区 50 %"


def test_what_concerns_the_whole_layer_has_no_place():
    squares = box(0, 0, 300, 400), box(300, 0, 600, 400)
    row = only(found(*squares, owners=[None, None], within={"district": two_districts()}), "no_owner")
    assert row.place == ""


def test_a_wide_place_with_many_grids_around_lies_among_them():
    ring = [box(x, y, x + 100, y + 100) for x in (0, 100, 200) for y in (0, 100, 200) if (x, y) != (100, 100)]
    assert only(found(*ring), "uncovered").place == "among grids 2, 4 and 6 more"

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPoint, Point, box

from gridgov import (
    ArgumentError,
    CRSError,
    Rules,
    RulesError,
    SchemaError,
    assign_incidents,
    assign_points,
    make_grids,
    read_grids,
)
from gridgov.datum import transform_points, wgs84_to_gcj02

EAST, NORTH = 475_000.0, 3_843_000.0
METRES = "EPSG:4547"
SHARED = Path(__file__).parents[2] / "shared" / "data"
DC, ZHENGZHOU = SHARED / "dc", SHARED / "zhengzhou"


def at(*places):
    """Points so many metres east and north of the lower left corner of the four cells."""
    return {
        "lon": np.array([EAST + x for x, _ in places]),
        "lat": np.array([NORTH + y for _, y in places]),
        "points_crs": METRES,
    }


def incidents(*places, **columns):
    return pd.DataFrame({"x": [EAST + x for x, _ in places], "y": [NORTH + y for _, y in places], **columns})


def layer(*squares, owners=None, department="police"):
    ids = [str(number) for number in range(len(squares))]
    grids = gpd.GeoDataFrame(
        {"grid_id": ids, "name": None, "owner": owners}, geometry=list(squares), crs=METRES
    )
    grids.attrs["gridgov"] = {"department": department}
    return grids


def square(x, y, size):
    return box(EAST + x, NORTH + y, EAST + x + size, NORTH + y + size)


def texts(column):
    return [None if pd.isna(value) else value for value in column]


# Where a point lies ---------------------------------------------------------------------------------------


def test_a_point_well_inside_knows_its_cell_grids_and_owners(four_network):
    row = assign_points(four_network, **at((150, 50))).iloc[0]
    assert row["cell_id"] == "b"
    assert row["grid_id"] == "P2"
    assert row["cell_status"] == "inside"
    assert row["cell_candidates"] == "b"
    assert row["cell_distance_m"] == 0.0
    assert (row["district"], row["district_name"], row["street_name"]) == ("410104", "管城回族区", "城关镇")
    assert (row["police"], row["police_owner"], row["urban_owner"]) == ("P2", "二所", "一队")
    assert row["network_version"] == "v1"


def test_columns_stand_in_the_order_of_the_schema(four_network):
    assert list(assign_points(four_network, **at((1, 1))).columns) == [
        *("grid_id", "cell_id", "cell_status", "cell_candidates", "cell_distance_m", "review"),
        *("district", "district_name", "street", "street_name"),
        *("police", "police_owner", "urban", "urban_owner"),
        *("handler", "handler_rule", "reject_reason", "network_version"),
    ]


def test_near_a_border_the_containing_cell_answers_and_the_distance_is_to_the_next(four_cells):
    row = assign_points(four_cells, **at((99.5, 50)), border_m=1).iloc[0]
    assert (row["cell_id"], row["cell_status"], row["cell_candidates"]) == ("a", "border", "a|b")
    assert row["cell_distance_m"] == pytest.approx(0.5)


def test_exactly_on_a_corner_the_lowest_id_answers_and_all_are_candidates(four_cells):
    row = assign_points(four_cells, **at((100, 100)), border_m=0).iloc[0]
    assert (row["cell_id"], row["cell_status"], row["cell_candidates"]) == ("a", "border", "a|b|c|d")
    assert row["cell_distance_m"] == 0.0


def test_candidates_stand_by_distance_then_id(four_cells):
    row = assign_points(four_cells, **at((199, 99.5)), border_m=200).iloc[0]
    assert row["cell_candidates"] == "b|d|a|c"
    equal = assign_points(four_cells, **at((95, 95)), border_m=6).iloc[0]
    assert equal["cell_candidates"] == "a|b|c"


def test_a_point_in_no_cell_is_outside_and_says_so(four_cells):
    row = assign_points(four_cells, **at((-10, 50))).iloc[0]
    assert (row["cell_status"], row["reject_reason"]) == ("outside", "outside")
    assert texts([row["cell_id"], row["grid_id"], row["cell_candidates"], row["police"]]) == [None] * 4
    assert np.isnan(row["cell_distance_m"])


def test_a_point_in_no_cell_takes_the_nearest_within_reach(four_cells):
    row = assign_points(four_cells, **at((-10, 50)), nearest_m=10).iloc[0]
    assert (row["cell_id"], row["cell_status"], row["cell_candidates"]) == ("a", "near", "a")
    assert row["cell_distance_m"] == pytest.approx(10)
    assert texts([row["reject_reason"]]) == [None]


def test_a_near_point_has_all_candidates_within_border_m_its_answer_first(four_cells):
    row = assign_points(four_cells, **at((-1, 100)), nearest_m=5, border_m=2).iloc[0]
    assert (row["cell_id"], row["cell_candidates"]) == ("a", "a|c")


def test_rows_without_coordinates_are_rejected_with_a_reason(four_cells):
    found = assign_points(
        four_cells, lon=[np.nan, "0", "x", EAST], lat=[np.nan, "0", "1", None], points_crs=METRES
    )
    assert found["cell_status"].tolist() == ["reject"] * 4
    assert found["reject_reason"].tolist() == ["blank", "zero", "text", "half"]
    assert not found["review"].any()


def test_the_order_of_the_cells_given_does_not_matter(four_cells):
    shuffled = four_cells.iloc[[2, 0, 3, 1]]
    points = at((100, 100), (50, 50), (150, 150))
    pd.testing.assert_frame_equal(assign_points(shuffled, **points), assign_points(four_cells, **points))


# Unmerged layers ------------------------------------------------------------------------------------------


def test_in_overlapping_grids_the_smallest_answers():
    found = assign_points(layer(square(0, 0, 300), square(100, 100, 100)), **at((150, 150), (10, 10)))
    assert found["cell_status"].tolist() == ["overlap", "inside"]
    assert found["grid_id"].tolist() == ["1", "0"]
    assert found["cell_candidates"].tolist() == ["1|0", "0"]
    assert found["cell_distance_m"].tolist() == [0.0, 0.0]


def test_of_equal_grids_the_lowest_id_answers():
    assert assign_points(layer(square(0, 0, 9), square(0, 0, 9)), **at((5, 5)))["cell_id"].tolist() == ["0"]


def test_ids_are_compared_as_text():
    grids = layer(square(0, 0, 9), square(0, 0, 9))
    grids["grid_id"] = ["9", "10"]
    assert assign_points(grids, **at((5, 5)))["cell_id"].tolist() == ["10"]


def test_an_unmerged_layer_is_its_own_department(four_cells):
    found = assign_points(layer(square(0, 0, 9), owners=["一所"], department="police"), **at((5, 5)))
    assert found[["cell_id", "grid_id", "police", "police_owner"]].iloc[0].tolist() == ["0", "0", "0", "一所"]


def test_a_layer_without_a_name_is_called_grid():
    grids = layer(square(0, 0, 9))
    grids.attrs.clear()
    assert {"grid", "grid_owner"} <= set(assign_points(grids, **at((5, 5))).columns)


def test_an_empty_layer_answers_outside():
    assert assign_points(layer(), **at((5, 5)))["cell_status"].tolist() == ["outside"]


def test_layers_as_make_grids_gives_them_are_taken():
    raw = gpd.GeoDataFrame({"编码": ["7"]}, geometry=[square(0, 0, 9)], crs=METRES)
    found = assign_points(make_grids(raw, department="urban"), **at((5, 5)))
    assert found["urban"].tolist() == ["7"]


@pytest.mark.parametrize("cells", [pd.DataFrame({"cell_id": []}), "network.gpkg", None])
def test_what_is_no_cells_is_refused(cells):
    with pytest.raises(ArgumentError, match="cells must be a Network"):
        assign_points(cells, **at((5, 5)))


def test_a_frame_that_is_neither_cells_nor_layer_is_refused():
    with pytest.raises(SchemaError, match="neither a column 'cell_id'"):
        assign_points(gpd.GeoDataFrame({"x": [1]}, geometry=[square(0, 0, 9)], crs=METRES), **at((5, 5)))


# Review ---------------------------------------------------------------------------------------------------


def test_review_asks_only_where_owners_differ():
    same = layer(square(0, 0, 10), square(10, 0, 10), owners=["一所", "一所"])
    differ = layer(square(0, 0, 10), square(10, 0, 10), owners=["一所", "二所"])
    assert assign_points(same, **at((10, 5)))["review"].tolist() == [False]
    assert assign_points(differ, **at((10, 5), (5, 5)))["review"].tolist() == [True, False]


def test_review_looks_at_the_owners_of_every_department(four_cells):
    # Between a and b only police changes, between c and d urban too, between a and c neither.
    found = assign_points(four_cells, **at((100, 50), (100, 150), (50, 100)))
    assert found["review"].tolist() == [True, True, False]


def test_review_asks_where_only_the_handler_differs(four_cells):
    rules = Rules.from_table(pd.DataFrame({"district": ["管城回族区", "金水区"], "handler": ["甲", "乙"]}))
    found = assign_incidents(incidents((50, 100), (50, 50)), four_cells, crs=METRES, rules=rules)
    assert found["handler"].tolist() == ["甲", "甲"]
    assert found["review"].tolist() == [True, False]


def test_a_point_outside_but_within_border_m_of_an_owned_grid_is_for_review(four_cells):
    found = assign_points(four_cells, **at((-0.5, 50)), border_m=1)
    assert (found["cell_status"][0], found["cell_candidates"][0], found["review"][0]) == (
        "outside",
        "a",
        True,
    )


# Coordinate systems ---------------------------------------------------------------------------------------


def degrees(x, y):
    return transform_points(np.array([EAST + x]), np.array([NORTH + y]), source=METRES, target="EPSG:4490")


def test_points_in_china_need_their_datum(four_cells):
    lon, lat = degrees(50, 50)
    with pytest.raises(CRSError, match=r"gcj02.*bd09.*cgcs2000"):
        assign_points(four_cells, lon=lon, lat=lat)


def test_gcj02_points_are_moved_to_where_they_are(four_cells):
    lon, lat = wgs84_to_gcj02(*degrees(50, 50))
    assert assign_points(four_cells, lon=lon, lat=lat, points_crs="gcj02")["cell_id"].tolist() == ["a"]
    assert assign_points(four_cells, lon=lon, lat=lat, points_crs="wgs84")["cell_status"].tolist() == [
        "outside"
    ]


def test_metres_without_a_crs_are_recognised(four_cells):
    with pytest.raises(CRSError, match="EPSG:4547"):
        assign_points(four_cells, lon=[EAST + 50], lat=[NORTH + 50])


def test_elsewhere_degrees_are_wgs84():
    wards = layer(box(-77.1, 38.8, -77.0, 38.9)).set_crs("EPSG:4326", allow_override=True)
    assert assign_points(wards, lon=[-77.05], lat=[38.85])["cell_status"].tolist() == ["inside"]


def test_exchanged_coordinates_are_named(four_cells):
    lon, lat = degrees(50, 50)
    assert assign_points(four_cells, lon=lat, lat=lon, points_crs="wgs84")["reject_reason"].tolist() == [
        "swapped"
    ]


@pytest.mark.parametrize(("lon", "lat"), [([1.0], [1.0, 2.0]), ([[1.0]], [[1.0]]), (1.0, 1.0)])
def test_arrays_of_other_shapes_are_refused(four_cells, lon, lat):
    with pytest.raises(ArgumentError, match="one-dimensional"):
        assign_points(four_cells, lon=lon, lat=lat, points_crs=METRES)


@pytest.mark.parametrize("wrong", [{"border_m": -1}, {"nearest_m": -1}, {"border_m": np.nan}])
def test_distances_below_zero_are_refused(four_cells, wrong):
    with pytest.raises(ArgumentError, match="0 m or more"):
        assign_points(four_cells, **at((5, 5)), **wrong)


def test_answers_stand_on_the_index_of_a_series(four_cells):
    lon = pd.Series([EAST + 50], index=["case 7"])
    found = assign_points(four_cells, lon=lon, lat=pd.Series([NORTH + 50]), points_crs=METRES)
    assert found.index.tolist() == ["case 7"]


# Promises -------------------------------------------------------------------------------------------------

PLACES = st.lists(
    st.tuples(st.sampled_from([-5, 0, 50, 99.5, 100, 200, 201]), st.sampled_from([-1, 0, 60, 100, 200])),
    max_size=12,
)


@settings(deadline=None, max_examples=25)
@given(PLACES, st.integers(1, 4))
def test_cutting_the_points_in_parts_changes_nothing(four_cells, places, size):
    whole = assign_points(four_cells, **at(*places), nearest_m=2)
    assert len(whole) == len(places)
    parts = [
        assign_points(four_cells, **at(*places[i : i + size]), nearest_m=2)
        for i in range(0, len(places), size)
    ]
    if parts:
        pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)


@settings(deadline=None, max_examples=25)
@given(PLACES)
def test_every_point_has_one_row_that_agrees_with_the_plainest_loop(four_cells, places):
    found = assign_points(four_cells, **at(*places), border_m=1, nearest_m=3)
    for place, (_, row) in zip(places, found.iterrows(), strict=True):
        point = Point(EAST + place[0], NORTH + place[1])
        away = sorted(
            (p.distance(point), i) for i, p in zip(four_cells["cell_id"], four_cells.geometry, strict=True)
        )
        inside = [i for d, i in away if d == 0]
        near = [i for d, i in away if d <= 1]
        answer = min(inside) if inside else (away[0][1] if away[0][0] <= 3 else None)
        assert texts([row["cell_id"]]) == [answer]
        rest = [i for i in near if i != answer]
        assert texts([row["cell_candidates"]]) == [
            "|".join([answer, *rest]) if answer else "|".join(near) or None
        ]


# Incident tables ------------------------------------------------------------------------------------------


def kinds_of_table():
    table = incidents((50, 50), (150, 50), (-50, 0), 编号=["007", "008", "009"])
    points = gpd.GeoDataFrame(
        table[["编号"]], geometry=gpd.points_from_xy(table["x"], table["y"], crs=METRES)
    ).set_index(pd.Index([5, 3, 3]))
    return {
        "pandas": table.set_index(pd.Index([5, 3, 3])),
        "geopandas": points,
        "polars": pl.from_pandas(table),
        "arrow": pa.Table.from_pandas(table, preserve_index=False),
    }


@pytest.mark.parametrize("kind", ["pandas", "geopandas", "polars", "arrow"])
def test_a_table_comes_back_as_its_own_kind_with_its_rows_in_order(four_cells, kind):
    table = kinds_of_table()[kind]
    found = assign_incidents(table, four_cells, crs=METRES)
    assert type(found) is type(table)
    rows = found.to_pandas() if kind in ("polars", "arrow") else found
    assert rows["编号"].tolist() == ["007", "008", "009"]
    assert rows["cell_status"].tolist() == ["inside", "inside", "outside"]
    assert texts(rows["cell_id"]) == ["a", "b", None]
    if kind in ("pandas", "geopandas"):
        assert found.index.tolist() == [5, 3, 3]


def test_a_table_given_is_not_changed(four_cells):
    table = incidents((50, 50))
    before = table.copy()
    assign_incidents(table, four_cells, crs=METRES)
    pd.testing.assert_frame_equal(table, before)


def test_points_of_a_geodataframe_are_in_its_own_crs(four_cells):
    lon, lat = degrees(50, 50)
    table = gpd.GeoDataFrame(geometry=[Point(lon[0], lat[0]), None, Point()], crs="EPSG:4490")
    assert assign_incidents(table, four_cells)["cell_status"].tolist() == ["inside", "reject", "reject"]


def test_geometries_that_are_no_points_are_refused(four_cells):
    table = gpd.GeoDataFrame(geometry=[MultiPoint([(1, 1)])], crs=METRES)
    with pytest.raises(SchemaError, match="not points: 0"):
        assign_incidents(table, four_cells)


def test_one_column_may_hold_both_coordinates(four_cells):
    lon, lat = degrees(150, 50)
    table = pd.DataFrame({"位置": [f"{lon[0]},{lat[0]}"]})
    assert assign_incidents(table, four_cells, lon="位置", crs="cgcs2000")["cell_id"].tolist() == ["b"]


def test_columns_are_found_by_their_usual_names(four_cells):
    lon, lat = degrees(150, 50)
    table = pd.DataFrame({"纬度": lat.astype(str), "经度": lon.astype(str)})
    assert assign_incidents(table, four_cells, crs="cgcs2000")["cell_id"].tolist() == ["b"]


def test_a_longitude_named_alone_finds_its_latitude(four_cells):
    lon, lat = degrees(150, 50)
    table = pd.DataFrame({"纬度": lat, "经度": lon})
    assert assign_incidents(table, four_cells, lon="经度", crs="cgcs2000")["cell_id"].tolist() == ["b"]


def test_a_table_without_coordinates_says_which_option_names_them(four_cells):
    with pytest.raises(SchemaError, match="--lon"):
        assign_incidents(pd.DataFrame({"a": [1]}), four_cells, crs=METRES)


def test_a_name_the_table_has_is_refused_and_a_prefix_offered(four_cells):
    table = incidents((50, 50), police=["x"])
    with pytest.raises(SchemaError, match=r"police.*--prefix"):
        assign_incidents(table, four_cells, crs=METRES)
    found = assign_incidents(table, four_cells, crs=METRES, prefix="p_")
    assert found[["police", "p_police"]].iloc[0].tolist() == ["x", "P1"]


def test_columns_may_be_chosen_and_renamed(four_cells):
    found = assign_incidents(
        incidents((50, 50)),
        four_cells,
        crs=METRES,
        columns=["police_phone", "grid_id"],
        rename={"grid_id": "所属网格编码"},
        prefix="p_",
    )
    assert list(found.columns) == ["x", "y", "p_police_phone", "所属网格编码"]
    assert found.iloc[0, 2:].tolist() == ["1", "P1"]


@pytest.mark.parametrize("wrong", [{"columns": ["nothing"]}, {"rename": {"所属网格编码": "grid_id"}}])
def test_columns_that_are_not_there_are_refused(four_cells, wrong):
    with pytest.raises(ArgumentError, match=r"--columns|--rename"):
        assign_incidents(incidents((50, 50)), four_cells, crs=METRES, **wrong)


# Handlers and recorded places -----------------------------------------------------------------------------


def rules(**columns):
    return Rules.from_table(pd.DataFrame(columns, dtype=object))


def test_the_handler_follows_category_and_place(four_cells):
    table = incidents((50, 50), (50, 150), (50, 50), 小类=["信号灯", "信号灯", "井盖"])
    known = rules(
        category=["信号灯", "信号灯"], district=["管城回族区", "410105"], handler=["住建局", "城管局"]
    )
    found = assign_incidents(table, four_cells, crs=METRES, rules=known, category="小类")
    assert texts(found["handler"]) == ["住建局", "城管局", None]
    assert texts(found["handler_rule"]) == ["rules.csv:2", "rules.csv:3", None]


def test_a_rule_that_names_a_department_means_the_owner_of_its_grid_there(four_cells):
    table = incidents((50, 50), (150, 50), 小类=["治安", "治安"])
    known = rules(category=["治安"], department=["police"])
    found = assign_incidents(table, four_cells, crs=METRES, rules=known, category="小类")
    assert found["handler"].tolist() == ["一所", "二所"]


def test_other_columns_of_the_rules_come_along(four_cells):
    known = rules(小类=["井盖"], handler=["城管局"], 时限=["4小时"])
    found = assign_incidents(incidents((50, 50), 小类=["井盖"]), four_cells, crs=METRES, rules=known)
    assert found["rule_时限"].tolist() == ["4小时"]


def test_nobody_handles_what_is_outside_or_rejected(four_cells):
    table = incidents((-50, 0), (50, 50), 小类=["井盖", "井盖"])
    table.loc[1, "x"] = np.nan
    found = assign_incidents(table, four_cells, crs=METRES, rules=rules(小类=["井盖"], handler=["城管局"]))
    assert texts(found["handler"]) == [None, None]


def test_dated_rules_look_at_the_time_column(four_cells):
    table = incidents(
        (50, 50), (50, 50), 小类=["井盖"] * 2, 上报时间=["2025-12-31 23:00", "2026-01-01 01:00"]
    )
    known = rules(小类=["井盖"], handler=["城管局"], valid_from=["2026-01-01"])
    found = assign_incidents(table, four_cells, crs=METRES, rules=known, time="上报时间")
    assert texts(found["handler"]) == [None, "城管局"]


def test_without_a_coordinate_the_recorded_place_answers(four_cells):
    table = pd.DataFrame(
        {"x": [None, "0"], "y": [None, "0"], "所属区县": ["管城区", "金水区"], "所属街道": ["北下街", None]}
    )
    found = assign_incidents(
        table,
        four_cells,
        lon="x",
        lat="y",
        crs=METRES,
        place=["所属区县", "所属街道"],
        rules=rules(district=["管城回族区", "金水区"], handler=["甲", "乙"]),
    )
    assert found["cell_status"].tolist() == ["place", "place"]
    assert found["district"].tolist() == ["410104", "410105"]
    assert texts(found["street_name"]) == ["北下街街道", None]
    assert found["handler"].tolist() == ["甲", "乙"]
    assert texts(found["reject_reason"]) == [None, None]
    assert texts(found["cell_id"]) == [None, None]
    assert texts(found["police"]) == [None, None]


def test_a_usable_coordinate_wins_over_the_recorded_place(four_cells):
    table = incidents((50, 150), (-50, 0), 所属区县=["管城区", "管城区"])
    found = assign_incidents(table, four_cells, crs=METRES, place=["所属区县"])
    assert found["cell_status"].tolist() == ["inside", "outside"]
    assert texts(found["district_name"]) == ["金水区", None]


def test_a_table_with_places_only_needs_no_coordinates(four_cells):
    found = assign_incidents(pd.DataFrame({"所属区县": ["金水", "无"]}), four_cells, place=["所属区县"])
    assert found["cell_status"].tolist() == ["place", "reject"]
    assert texts(found["reject_reason"]) == [None, "blank"]


def test_a_missing_datum_comes_with_the_agreement_of_each(four_cells):
    lon, lat = wgs84_to_gcj02(*degrees(50, 150))
    table = pd.DataFrame({"经度": lon, "纬度": lat, "所属区县": ["金水区"]})
    with pytest.raises(CRSError, match=r"gcj02 100.0%, bd09 0.0%, cgcs2000 0.0%"):
        assign_incidents(table, four_cells, place=["所属区县"])


@pytest.mark.skipif(not DC.exists(), reason="needs the shared data")
def test_washingtons_crimes_fall_into_the_wards_recorded():
    wards = gpd.read_file(DC / "dc_layers.gpkg", layer="ward_2012")
    grids = make_grids(wards, department="ward", columns={"id": "WARD"})
    crimes = pd.read_csv(DC / "crime_2016_30d.csv", dtype=str)
    found = assign_incidents(crimes, grids, border_m=5)
    recorded = crimes["WARD"].notna()
    assert (found["grid_id"] == crimes["WARD"])[recorded].mean() >= 0.997
    among = [
        ward in candidates.split("|")
        for ward, candidates in zip(crimes["WARD"], found["cell_candidates"], strict=True)
    ]
    assert np.mean(np.array(among)[recorded]) >= 0.998


@pytest.mark.skipif(not ZHENGZHOU.exists(), reason="needs the shared data")
def test_zhengzhous_places_fall_into_the_districts_recorded_both_being_gcj02():
    districts = read_grids(ZHENGZHOU / "districts_gcj02.geojson", department="district", crs="gcj02")
    places = pd.read_csv(ZHENGZHOU / "poi_points_gcj02.csv", dtype=str)
    found = assign_incidents(places, districts, crs="gcj02", columns=["district_name", "cell_status"])
    assert (found["district_name"] == places["区县"]).mean() >= 0.987


def test_rules_that_disagree_only_beyond_the_border_count_candidates_not_incidents():
    cells = layer(square(0, 0, 100), square(100, 0, 100), owners=["north", "south"])
    rules = Rules.from_table(pd.DataFrame({"police": ["1", "1"], "handler": ["A", "B"]}))
    with pytest.raises(
        RulesError, match=r"rules\.csv:2 \(A\) and rules\.csv:3 \(B\) both match 1 candidate cell "
    ):
        assign_incidents(incidents((99.5, 50)), cells, crs=METRES, rules=rules)
    with pytest.raises(RulesError, match="both match 1 incident "):
        assign_incidents(incidents((150, 50)), cells, crs=METRES, rules=rules)

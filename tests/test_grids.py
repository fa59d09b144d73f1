"""Layers made from polygons as they come."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box, from_wkt

from gridgov.errors import ArgumentError, CRSError, SchemaError
from gridgov.grids import make_grids
from gridgov.schema import READ_KINDS
from gridgov.schema_faults import check_layer

A, B, C = box(0, 0, 10, 10), box(10, 0, 20, 10), box(20, 0, 30, 10)
BOW_TIE = from_wkt("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))")


def frame(ids, shapes, *, crs=4547, **columns):
    return gpd.GeoDataFrame({"网格编码": ids, **columns}, geometry=list(shapes), crs=crs)


def notes(layer):
    return " / ".join(layer.attrs["gridgov"]["notes"])


def problems(layer, kind):
    return [each for each in layer.attrs["gridgov"]["problems"] if each["kind"] == kind]


def test_a_layer_has_its_columns_in_order():
    layer = make_grids(
        frame(["1", "2"], [A, B], 电话=["x", "y"], 责任单位=["甲", "乙"], 网格名称=["n", "m"]),
        department="police",
    )
    assert list(layer.columns) == ["grid_id", "name", "owner", "电话", "geometry"]
    assert layer["owner"].tolist() == ["甲", "乙"]


def test_a_layer_is_what_the_schema_says():
    check_layer(make_grids(frame([1, 2], [A, BOW_TIE]), department="police"))


def test_what_was_taken_is_said():
    layer = make_grids(frame(["1"], [A], 责任单位=["甲"]), department="police")
    assert "columns taken: id = 网格编码, owner = 责任单位" in notes(layer)


def test_a_layer_remembers_department_and_source():
    said = make_grids(frame(["1"], [A]), department="police", source="jw.shp").attrs["gridgov"]
    assert (said["department"], said["source"]) == ("police", "jw.shp")


@pytest.mark.parametrize(
    "ids", [[410104001, 410104002], [410104001.0, 410104002.0], ["410104001 ", "410104002"]]
)
def test_ids_are_text(ids):
    assert make_grids(frame(ids, [A, B]), department="police")["grid_id"].tolist() == [
        "410104001",
        "410104002",
    ]


def test_an_id_that_lost_digits_is_said():
    layer = make_grids(frame([41010400100100123.0, 1.0], [A, B]), department="police")
    assert "digits are lost in 1 id," in notes(layer)


def test_stated_columns_win():
    table = frame(["1", "2"], [A, B], wg=["x", "y"], boss=["p", "q"])
    layer = make_grids(table, department="police", columns={"id": "wg", "owner": "boss"})
    assert layer["grid_id"].tolist() == ["x", "y"]
    assert layer["owner"].tolist() == ["p", "q"]
    assert "网格编码" in layer.columns


def test_an_unknown_role_is_refused():
    with pytest.raises(ArgumentError, match="columns takes id, name, owner, not phone"):
        make_grids(frame(["1"], [A]), department="police", columns={"phone": "x"})


def test_a_missing_id_column_names_file_columns_and_option():
    table = frame(["1"], [A]).rename(columns={"网格编码": "foo"})
    with pytest.raises(SchemaError, match=r"jw\.shp: no column looks like the id; name one with --id.*foo"):
        make_grids(table, department="police", source="jw.shp")


def test_an_id_column_of_zeros_is_not_taken_for_ids():
    table = gpd.GeoDataFrame({"Id": [0, 0], "geometry": [A, B]}, crs=4547)
    with pytest.raises(SchemaError, match=r"'Id' is 0 in every row.*--id"):
        make_grids(table, department="police")


def test_an_id_column_that_is_blank_names_every_grid_by_its_row():
    assert make_grids(frame([None, ""], [A, B]), department="police")["grid_id"].tolist() == ["?1", "?2"]


def test_an_id_column_of_zeros_gives_way_to_one_that_holds_ids():
    table = gpd.GeoDataFrame({"Id": [7, 8], "编码": [0, 0], "geometry": [A, B]}, crs=4547)
    layer = make_grids(table, department="police")
    assert layer["grid_id"].tolist() == ["7", "8"]
    assert "编码" in notes(layer)


def test_no_owner_column_means_no_owner_and_is_said():
    layer = make_grids(frame(["1"], [A]), department="police")
    assert layer["owner"].isna().all()
    assert "--owner" in notes(layer)


def test_a_source_column_called_like_a_layers_own_is_renamed_and_said():
    layer = make_grids(
        frame(["1"], [A], owner=["alt"], 主管=["neu"]), department="police", columns={"owner": "主管"}
    )
    assert (layer["owner"][0], layer["owner_1"][0]) == ("neu", "alt")
    assert "owner -> owner_1" in notes(layer)


def test_no_coordinate_system_is_an_error_with_the_option():
    with pytest.raises(CRSError, match=r"jw: the coordinate system is not known.*--crs"):
        make_grids(frame(["1"], [A], crs=None), department="police", source="jw")


def test_a_stated_coordinate_system_counts_over_the_files():
    layer = make_grids(frame(["1"], [A], crs=4326), department="police", crs="EPSG:4547")
    assert layer.crs.to_epsg() == 4547
    assert "as stated" in notes(layer)


def test_gcj02_is_taken_to_true_degrees():
    shifted = box(113.70, 34.70, 113.71, 34.71)
    layer = make_grids(frame(["1"], [shifted], crs=4326), department="police", crs="gcj02")
    assert layer.crs.to_epsg() == 4490
    assert layer.geometry[0].centroid.distance(shifted.centroid) == pytest.approx(0.006, abs=0.002)
    assert "GCJ-02" in notes(layer)


def test_a_blank_id_becomes_its_row_and_is_reported():
    layer = make_grids(frame(["1", None, " "], [A, B, C]), department="police")
    assert layer["grid_id"].tolist() == ["1", "?2", "?3"]
    assert [each["grid_ids"] for each in problems(layer, "duplicate_id")] == [["?2"], ["?3"]]


def test_equal_shapes_of_one_id_collapse():
    layer = make_grids(frame(["1", "1", "2"], [A, A, B]), department="police")
    assert layer["grid_id"].tolist() == ["1", "2"]
    assert layer.geometry[0].equals(A)
    assert "2 rows" in problems(layer, "duplicate_id")[0]["note"]


def test_different_shapes_of_one_id_become_one_multipart_in_place():
    layer = make_grids(frame(["1", "2", "1"], [A, B, C]), department="police")
    assert layer["grid_id"].tolist() == ["1", "2"]
    assert layer.geometry[0].equals(shapely.union(A, C))
    assert layer.geometry[0].geom_type == "MultiPolygon"
    assert problems(layer, "duplicate_id")[0]["grid_ids"] == ["1"]


def test_rows_of_one_grid_share_the_first_value_that_is_there():
    layer = make_grids(
        frame(["1", "1"], [A, C], 责任单位=[None, "乙"], n=[1, 2], 网格名称=["x", "y"]), department="police"
    )
    assert layer[["owner", "name", "n"]].iloc[0].tolist() == ["乙", "x", 1]


def test_owners_that_differ_within_one_id_are_named():
    layer = make_grids(frame(["1", "1"], [A, C], 责任单位=["甲", "乙"]), department="police")
    assert "owners differ (甲, 乙)" in problems(layer, "duplicate_id")[0]["note"]


def test_one_polygon_with_two_ids_is_reported():
    layer = make_grids(frame(["1", "2", "3"], [A, box(0, 0, 10, 10, ccw=False), C]), department="police")
    assert layer["grid_id"].tolist() == ["1", "2", "3"]
    problem = problems(layer, "duplicate_geometry")[0]
    assert (problem["grid_ids"], problem["area_m2"]) == (["1", "2"], 100.0)


def test_points_and_empty_rows_among_polygons_are_left_out_and_reported():
    layer = make_grids(
        frame(["1", "2", "3", "4"], [A, Point(1, 1), None, shapely.Polygon()]), department="police"
    )
    assert layer["grid_id"].tolist() == ["1"]
    assert [each["grid_ids"] for each in problems(layer, "no_geometry")] == [["2"], ["3"], ["4"]]
    assert "3 rows without a polygon left out: 2, 3, 4" in notes(layer)


def test_a_file_of_points_is_no_layer():
    with pytest.raises(SchemaError, match=r"poi: no row has a polygon \(the row has a Point"):
        make_grids(frame(["1"], [Point(1, 1)]), department="police", source="poi")


def test_an_invalid_polygon_is_repaired_and_reported_with_its_place():
    layer = make_grids(frame(["1"], [BOW_TIE]), department="police")
    problem = problems(layer, "invalid")[0]
    assert (problem["grid_ids"], problem["area_m2"], problem["wkt"]) == (["1"], 50.0, "POINT (5 5)")


def test_an_empty_layer_is_a_layer():
    layer = make_grids(frame([], []), department="police")
    check_layer(layer)
    assert len(layer) == 0
    assert "empty" in notes(layer)


def test_an_empty_layer_needs_no_columns():
    check_layer(make_grids(gpd.GeoDataFrame(geometry=[], crs=4490), department="police"))


def test_a_layer_stays_a_layer():
    layer = make_grids(frame(["1", "1"], [A, B], 电话=["x", "y"]), department="police", source="jw")
    again = make_grids(layer, department="police")
    pd.testing.assert_frame_equal(again, layer)
    assert again.attrs == layer.attrs
    assert again is not layer


def test_a_layer_that_was_spoilt_is_mended_again():
    layer = make_grids(frame(["1", "2"], [A, B]), department="police")
    layer.loc[1, "grid_id"] = "1"
    assert make_grids(layer, department="police")["grid_id"].tolist() == ["1"]


def test_the_source_is_not_changed():
    table = frame([1.0, None], [BOW_TIE, A], owner=["a", "b"])
    before = table.copy()
    make_grids(table, department="police")
    pd.testing.assert_frame_equal(table, before)


def test_the_geometry_column_may_have_any_name():
    table = (
        frame(["1"], [A], geometry_=["text"])
        .rename_geometry("geom")
        .rename(columns={"geometry_": "geometry"})
    )
    layer = make_grids(table, department="police")
    assert layer.active_geometry_name == "geometry"
    assert layer["geometry_1"][0] == "text"


def test_a_second_geometry_column_is_left_out_and_said():
    table = frame(["1"], [A], centre=gpd.GeoSeries([Point(5, 5)], crs=4547))
    assert "geometry columns left out: centre" in notes(make_grids(table, department="police"))


def test_the_index_of_the_source_does_not_matter():
    table = frame(["1", "1", "2"], [A, C, B]).set_axis([7, 7, 3])
    assert make_grids(table, department="police").index.tolist() == [0, 1]


def test_columns_that_repeat_are_an_error():
    table = frame(["1"], [A], a=[1], b=[2]).set_axis(["网格编码", "a", "a", "geometry"], axis=1)
    with pytest.raises(SchemaError, match="columns repeat: a"):
        make_grids(table, department="police")


def test_a_name_that_no_column_can_have_is_refused():
    with pytest.raises(ArgumentError, match="owner"):
        make_grids(frame(["1"], [A]), department="owner")


def test_ids_with_the_separator_are_said():
    assert "'|'" in notes(make_grids(frame(["a|b"], [A]), department="police"))


def test_what_is_said_is_plain_json():
    table = frame(["1", "1", None, "4"], [A, C, BOW_TIE, None])
    said = make_grids(table, department="police").attrs["gridgov"]
    assert json.loads(json.dumps(said)) == said
    assert {each["kind"] for each in said["problems"]} <= READ_KINDS


def test_columns_of_a_layer_share_its_problems():
    layer = make_grids(frame(["1", "1"], [A, C]), department="police")
    (mine,), (of_column,) = (table.attrs["gridgov"]["problems"] for table in (layer, layer["grid_id"]))
    assert of_column is mine  # to copy thousands of them with every column took longer than to project them
    layer["grid_id"].attrs["gridgov"]["problems"].clear()
    assert layer.attrs["gridgov"]["problems"] == [mine]


squares = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 3))
rows = st.lists(st.tuples(st.sampled_from(["1", "2", "3", "", None]), squares), min_size=1, max_size=12)


@given(rows)
def test_the_ground_covered_is_the_ground_that_was_drawn(drawn):
    shapes = [box(x, y, x + size, y + size) for _, (x, y, size) in drawn]
    layer = make_grids(frame([grid_id for grid_id, _ in drawn], shapes), department="police")
    assert layer.union_all().equals(shapely.union_all(np.array(shapes)))
    assert layer["grid_id"].is_unique


@pytest.mark.parametrize("owners", [["甲", None], [None, None], ["甲", "乙"]])
def test_what_is_missing_is_none_whatever_else_the_column_holds(owners):
    layer = make_grids(frame(["1", "2", "2"], [A, B, B], 责任单位=[*owners, None]), department="police")
    assert layer["owner"].tolist() == owners
    assert {str(layer[column].dtype) for column in ("grid_id", "name", "owner")} == {"object"}


def test_one_column_may_be_id_and_name():
    table = frame(["1"], [A]).rename(columns={"网格编码": "NAME"})
    layer = make_grids(table, department="cluster", columns={"id": "NAME"})
    assert layer[["grid_id", "name"]].iloc[0].tolist() == ["1", "1"]


def test_values_that_are_lists_come_along():
    layer = make_grids(frame(["1", "1"], [A, C], centre=[[1, 2], {"a": 1}]), department="police")
    assert layer["centre"].tolist() == [[1, 2]]


def test_heights_are_left_out_and_said():
    layer = make_grids(
        frame(["1"], [from_wkt("POLYGON Z ((0 0 1, 1 0 1, 1 1 1, 0 0 1))")]), department="police"
    )
    assert not layer.geometry[0].has_z
    assert "heights (Z) left out in 1 row" in notes(layer)

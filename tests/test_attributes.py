"""Owners and people joined to a layer; what does not match is named."""

import copy

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from gridgov.errors import ArgumentError, SchemaError
from gridgov.grids import join_attributes, make_grids
from gridgov.schema_faults import check_layer


def layer(*ids, **columns):
    shapes = [box(10 * i, 0, 10 * i + 10, 10) for i in range(len(ids))]
    return make_grids(
        gpd.GeoDataFrame({"网格编码": list(ids), **columns}, geometry=shapes, crs=4547), department="police"
    )


def ledger(ids, owners=None, **columns):
    return pd.DataFrame({"网格编码": ids, "责任单位": owners or ["甲"] * len(ids), **columns}, dtype=object)


def notes(joined):
    return " / ".join(joined.attrs["gridgov"]["notes"])


def test_owners_come_in_by_grid_id():
    joined = join_attributes(layer("1", "2"), ledger(["2", "1"], ["乙", "甲"]))
    assert joined["owner"].tolist() == ["甲", "乙"]


def test_the_answer_is_a_layer():
    check_layer(join_attributes(layer("1", "2"), ledger(["1"])))


def test_other_columns_come_along_before_the_geometry():
    joined = join_attributes(layer("1"), ledger(["1"], 电话=["138"]))
    assert list(joined.columns) == ["grid_id", "name", "owner", "电话", "geometry"]
    assert joined["电话"].tolist() == ["138"]


def test_what_was_taken_is_said():
    joined = join_attributes(layer("1"), ledger(["1"]), source="l.xlsx#Sheet1")
    assert "l.xlsx#Sheet1: columns taken: id = 网格编码, owner = 责任单位" in notes(joined)
    assert "l.xlsx#Sheet1: owner taken for 1 grid" in notes(joined)


def test_polygons_without_a_row_and_rows_without_a_polygon_are_listed():
    joined = join_attributes(layer("1", "2"), ledger(["1", "7"]))
    assert "1 of 2 grids found" in notes(joined)
    assert "1 row without a polygon: 7" in notes(joined)
    assert "1 polygon without a row: 2" in notes(joined)
    assert joined["owner"].isna().tolist() == [False, True]


def test_the_ledger_counts_over_the_layer_and_says_so():
    joined = join_attributes(layer("1", owner=["旧"]), ledger(["1"], ["新"]))
    assert joined["owner"].tolist() == ["新"]
    assert "owner replaced in 1 grid: 1 (旧 -> 新)" in notes(joined)


def test_a_blank_in_the_ledger_changes_nothing():
    assert join_attributes(layer("1", owner=["旧"]), ledger(["1"], [None]))["owner"].tolist() == ["旧"]


@pytest.mark.parametrize("written", ["ＪＷ－０１", " jw-01 ", "JW- 01", "'JW-01"])
def test_ids_that_match_only_when_folded_are_joined_and_said(written):
    joined = join_attributes(layer("JW-01"), ledger([written]))
    assert joined["owner"].tolist() == ["甲"]
    assert "1 id joined only after leaving out spaces" in notes(joined)


def test_an_id_that_folds_to_two_grids_is_not_joined():
    joined = join_attributes(layer("a1", "A1", "b"), ledger([" a 1", "b"]))
    assert joined["owner"].isna().tolist() == [True, True, False]
    assert "1 row without a polygon: a 1" in notes(joined)


def test_an_exact_match_is_never_given_to_a_folded_one():
    joined = join_attributes(layer("a1", "A1"), ledger(["A1", "a1"], ["大", "小"]))
    assert joined["owner"].tolist() == ["小", "大"]


def test_ids_that_excel_cut_are_named_and_not_joined():
    joined = join_attributes(layer("41010400100100123", "2"), ledger(["41010400100100100", "2"]))
    assert joined["owner"].isna().tolist() == [True, False]
    assert "not joined: 41010400100100100 (perhaps 41010400100100123)" in notes(joined)


def test_grids_whose_own_ids_lost_digits_are_named():
    joined = join_attributes(layer("41010400100100120", "2"), ledger(["41010400100100123", "2"]))
    assert "41010400100100123 (perhaps 41010400100100120)" in notes(joined)


def test_rows_of_one_grid_that_agree_are_one():
    joined = join_attributes(layer("1"), ledger(["1", "1"]))
    assert joined["owner"].tolist() == ["甲"]
    assert "1 id in several rows: 1" in notes(joined)


def test_several_people_of_one_grid_are_all_kept():
    joined = join_attributes(layer("1"), ledger(["1", "1"], 网格员=["张", "李"]))
    assert joined["网格员"].tolist() == ["张|李"]
    assert "网格员 differs between rows of 1 grid, joined by '|': 1 (张 / 李)" in notes(joined)


def test_owners_that_disagree_are_left_to_people():
    joined = join_attributes(
        layer("1", "2", owner=["旧", None]), ledger(["1", "1", "2", "2"], ["甲", "乙"] * 2)
    )
    assert joined["owner"].tolist() == ["旧", None]
    assert "owner differs between rows of 2 grids, left as in the layer: 1 (甲 / 乙), 2 (甲 / 乙)" in notes(
        joined
    )


def test_rows_that_agree_after_folding_are_one_grid():
    assert join_attributes(layer("a1"), ledger(["a1", "A1 "], ["甲", None]))["owner"].tolist() == ["甲"]


def test_rows_without_an_id_are_left_out_and_said():
    joined = join_attributes(layer("1"), ledger(["1", None]))
    assert "1 row without an id left out" in notes(joined)


def test_a_column_the_layer_has_already_gets_a_number():
    joined = join_attributes(layer("1", 电话=["a"]), ledger(["1"], 电话=["b"]))
    assert joined[["电话", "电话_1"]].iloc[0].tolist() == ["a", "b"]
    assert "电话 -> 电话_1" in notes(joined)


def test_columns_called_like_a_layers_own_get_a_number():
    joined = join_attributes(layer("1"), ledger(["1"], owner=["x"]), columns={"owner": "责任单位"})
    assert joined[["owner", "owner_1"]].iloc[0].tolist() == ["甲", "x"]


def test_stated_columns_win():
    table = ledger(["1"], wg=["1"], boss=["丙"])
    assert join_attributes(layer("1"), table, columns={"id": "wg", "owner": "boss"})["owner"].tolist() == [
        "丙"
    ]


def test_an_unknown_role_is_refused():
    with pytest.raises(ArgumentError, match="phone"):
        join_attributes(layer("1"), ledger(["1"]), columns={"phone": "电话"})


def test_no_id_column_says_how_to_name_one():
    with pytest.raises(
        SchemaError, match=r"l\.xlsx: no column looks like the id; name one with.*网格编码.*--header-row"
    ):
        join_attributes(layer("1"), pd.DataFrame({"foo": ["1"]}), source="l.xlsx")


def test_a_ledger_of_another_layer_is_an_error_with_examples():
    with pytest.raises(
        SchemaError, match=r"none of its ids is a grid of the layer; 1 row .*: 8; 1 polygon .*: 1"
    ):
        join_attributes(layer("1"), ledger(["8"]))


def test_an_empty_ledger_changes_nothing():
    joined = join_attributes(layer("1", owner=["旧"]), ledger([]))
    assert joined["owner"].tolist() == ["旧"]
    assert "0 of 1 grid found" in notes(joined)


def test_an_empty_layer_stays_empty():
    assert len(join_attributes(layer(), ledger(["1"]))) == 0


def test_neither_layer_nor_ledger_is_changed():
    grids, table = layer("1", "2"), ledger(["1", "1"], 网格员=["张", "李"])
    before, attrs, rows = grids.copy(), copy.deepcopy(grids.attrs), table.copy()
    join_attributes(grids, table)
    pd.testing.assert_frame_equal(grids, before)
    pd.testing.assert_frame_equal(table, rows)
    assert grids.attrs == attrs


ids = st.lists(st.sampled_from(["1", "2", "3", "Ａ", "a", "A ", "9"]), min_size=1, max_size=8)


@given(ids, st.sets(st.sampled_from(["1", "2", "3", "a"]), min_size=1))
def test_every_grid_keeps_its_row_whatever_the_ledger_holds(rows, grids):
    start = layer(*sorted(grids))
    table = ledger([*rows, min(grids)], 网格员=[f"{i}" for i in range(len(rows) + 1)])
    joined = join_attributes(start, table)
    assert joined["grid_id"].tolist() == start["grid_id"].tolist()
    assert joined.geometry.geom_equals(start.geometry).all()

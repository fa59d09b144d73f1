"""Columns found by ranked names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov.columns import ROLES, alias_hits, best_columns, find_column, fold_name, free_names
from gridgov.errors import SchemaError

POLICE = ["OBJECTID", "网格编码", "网格名称", "责任单位", "区域面积"]


@pytest.mark.parametrize(
    ("role", "column"), [("id", "网格编码"), ("name", "网格名称"), ("owner", "责任单位")]
)
def test_a_layer_of_a_chinese_office_is_understood(role, column):
    assert find_column(POLICE, role) == column


@pytest.mark.parametrize(("role", "column"), [("id", "BH"), ("name", "MC"), ("owner", "ZRDW")])
def test_names_may_be_the_initials_of_pinyin(role, column):
    assert find_column(["FID", "BH", "MC", "ZRDW", "MJ"], role) == column


@pytest.mark.parametrize(
    ("columns", "lon", "lat"),
    [
        (["经度", "纬度"], "经度", "纬度"),
        (["X", "Y", "LATITUDE", "LONGITUDE"], "LONGITUDE", "LATITUDE"),
        (["坐标X", "坐标Y", "lng", "lat"], "lng", "lat"),
        (["坐标X", "坐标Y"], "坐标X", "坐标Y"),
        (["x", "y"], "x", "y"),
        (["事发经度", "事发纬度"], "事发经度", "事发纬度"),
    ],
)
def test_degrees_come_before_x_and_y(columns, lon, lat):
    assert (find_column(columns, "lon"), find_column(columns, "lat")) == (lon, lat)


@pytest.mark.parametrize("column", ["经纬度", "事发经纬度", "经度,纬度"])
def test_one_column_may_hold_both_coordinates_and_is_no_latitude(column):
    assert find_column(["编号", column], "lonlat") == column
    assert best_columns(["编号", column], "lat") == []
    assert find_column([column, "纬度"], "lat") == "纬度"


def test_case_width_spaces_and_underscores_do_not_count():
    assert find_column([" Ｇｒｉｄ-ID "], "id") == " Ｇｒｉｄ-ID "


def test_marks_of_forms_do_not_count():
    assert find_column(["*经度（必填）", "备注"], "lon") == "*经度（必填）"


def test_two_names_of_one_rank_are_a_question_with_the_option():
    with pytest.raises(
        SchemaError, match=r"a\.csv: '经度' and 'lng' may each be the longitude; say which with --lon"
    ):
        find_column(["经度", "lng"], "lon", where="a.csv")


def test_two_spellings_of_one_name_are_a_question():
    with pytest.raises(SchemaError, match="'owner' and 'OWNER'"):
        find_column(["owner", "OWNER"], "owner")


def test_a_better_rank_settles_it():
    assert find_column(["责任单位", "网格长"], "owner") == "责任单位"


def test_a_given_name_wins_over_every_alias():
    assert find_column(["网格编码", "wg"], "id", given="wg") == "wg"


def test_a_given_name_is_found_in_another_case_if_only_one_fits():
    assert find_column(["WG_BM"], "id", given="wg_bm") == "WG_BM"


def test_a_given_name_that_fits_twice_must_be_spelt_exactly():
    assert find_column(["Wg", "WG"], "id", given="WG") == "WG"
    with pytest.raises(SchemaError, match="spell it exactly"):
        find_column(["Wg", "WG"], "id", given="wg")


def test_a_given_name_that_does_not_exist_lists_the_columns():
    with pytest.raises(SchemaError, match=r"police: there is no column 'bm' \(--id\)\. Its columns: a, b"):
        find_column(["a", "b"], "id", given="bm", where="police")


def test_nothing_found_lists_the_columns_and_the_option():
    with pytest.raises(SchemaError, match=r"name one with --cells-id\. Its columns: a, b"):
        find_column(["a", "b"], "id", option="--cells-id")


def test_nothing_found_is_none_where_nothing_is_needed():
    assert find_column(["a"], "owner", required=False) is None


@pytest.mark.parametrize(
    ("department", "columns", "column"),
    [
        ("psa", ["PSA", "DISTRICT", "NAME"], "PSA"),
        ("smd", ["SMD_ID", "ANC_ID", "NAME"], "SMD_ID"),
        ("tract", ["TRACT", "GEOID"], "GEOID"),
        ("street", ["所属区县编码", "街道编码", "街道名称"], "街道编码"),
        ("community", ["社区编码", "街道编码", "区县编码"], "社区编码"),
        ("district", ["adcode", "name", "level"], "adcode"),
        ("police", ["警务网格编号", "name"], "警务网格编号"),
    ],
)
def test_a_layer_may_call_its_id_after_itself(department, columns, column):
    assert find_column(columns, "id", department=department) == column


@pytest.mark.parametrize(
    ("cut", "role"), [("单元网格编", "id"), ("责任单", "owner"), ("主管部门名", "owner")]
)
def test_names_cut_to_ten_bytes_by_a_shapefile_are_known(cut, role):
    assert find_column([cut], role) == cut


def test_a_cut_name_that_could_be_two_things_is_nothing():
    assert not any(best_columns(["单元网"], role) for role in ("id", "name"))


@pytest.mark.parametrize("role", ["district", "street", "community"])
def test_recorded_places_are_found_before_their_codes(role):
    word = {"district": "区县", "street": "街道", "community": "社区"}[role]
    assert find_column([f"所属{word}编码", f"所属{word}"], role) == f"所属{word}"


def test_the_time_of_the_report_comes_first():
    assert find_column(["办结时间", "受理时间", "上报时间"], "time") == "上报时间"


def test_the_minor_class_is_the_category():
    assert find_column(["大类", "小类", "类型"], "category") == "小类"


def test_a_title_row_names_no_role():
    assert alias_hits(["管城区警务网格责任台账", None]) == 0


def test_every_alias_finds_itself():
    for role, ranks in ROLES.items():
        for name in (name for rank in ranks for name in rank):
            word = name.replace("*", "某")
            assert find_column([word], role) == word


def test_no_alias_of_a_layer_plays_two_roles():
    words = [{fold_name(name) for rank in ROLES[role] for name in rank} for role in ("id", "name", "owner")]
    assert len(set.union(*words)) == sum(map(len, words))


def test_taken_names_get_a_number():
    assert free_names(["owner", "Name", "phone"]) == {"owner": "owner_1", "Name": "Name_1", "phone": "phone"}


@given(st.lists(st.sampled_from(["a", "A", "a_1", "owner", "Owner", "OWNER_1", "name"]), unique=True))
def test_free_names_are_unique_ignoring_case(names):
    free = [new.lower() for new in free_names(names).values()]
    assert len(set(free)) == len(free)
    assert not {"grid_id", "name", "owner", "geometry"} & set(free)

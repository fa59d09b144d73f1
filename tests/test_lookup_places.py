import numpy as np
import pytest

from gridgov.errors import ArgumentError, GridgovWarning
from gridgov.lookup import Atlas, find_places
from gridgov.lookup.places import place_columns

RUNGS = ("district", "street", "community")


@pytest.fixture(scope="module")
def atlas(four_cells):
    return Atlas.of(four_cells)


def found(atlas, **recorded):
    """District id and street id of one recorded place."""
    columns = {rung: np.array([value], dtype=object) for rung, value in recorded.items()}
    places = find_places(atlas, columns)
    return places["district"][0], places["street"][0]


@pytest.mark.parametrize(
    "said", ["管城回族区", "管城区", "管城", "410104", " 管城区　", 410104, 410104.0, "４１０１０４"]
)
def test_a_district_is_known_by_its_id_its_name_and_what_people_call_it(atlas, said):
    assert found(atlas, district=said) == ("410104", None)


@pytest.mark.parametrize("said", ["管", "管城县", "管城回族", "城区", "中原区", "", None, np.nan])
def test_nothing_is_guessed_from_other_names(atlas, said):
    expected = "410104" if said == "管城回族" else None
    assert found(atlas, district=said) == (expected, None)


def test_another_kind_of_unit_is_not_the_same(atlas):
    assert found(atlas, district="管城", street="城关乡") == ("410104", None)
    assert found(atlas, district="管城", street="城关") == ("410104", "S2")


def test_a_street_brings_its_district(atlas):
    assert found(atlas, street="北下街街道办事处") == ("410104", "S1")


def test_a_street_of_another_district_is_not_taken(atlas):
    assert found(atlas, district="金水区", street="北下街街道") == ("410105", None)


def test_an_unknown_district_ends_the_search(atlas):
    assert found(atlas, district="郑东新区", street="北下街街道") == (None, None)


def test_two_units_of_one_name_are_none(four_cells):
    twins = four_cells.assign(street_name=["解放路街道", "解放路街道", "解放路街道", "解放路街道"])
    atlas = Atlas.of(twins)
    assert found(atlas, street="解放路") == (None, None)
    assert found(atlas, district="管城", street="解放路") == ("410104", None)
    assert found(atlas, district="金水", street="解放路") == ("410105", "S3")


def test_each_row_is_judged_alone(atlas):
    columns = {
        "district": np.array(["金水", None, "管城", "金水"], dtype=object),
        "street": np.array([None, "S1", "无", "未来路"], dtype=object),
    }
    places = find_places(atlas, columns)
    assert places["district"].tolist() == ["410105", "410104", "410104", "410105"]
    assert places["street_name"].tolist() == [None, "北下街街道", None, "未来路街道"]


def test_no_rows_find_no_places(atlas):
    assert find_places(atlas, {"district": np.array([], dtype=object)})["district"].tolist() == []


def test_columns_that_say_their_rung_are_taken_so():
    assert place_columns(["所属街道", "所属区县"], rungs=RUNGS) == {
        "district": "所属区县",
        "street": "所属街道",
    }
    assert place_columns(["Ward_Name"], rungs=("city", "ward")) == {"ward": "Ward_Name"}


def test_other_columns_are_taken_in_order():
    assert place_columns(["甲", "乙"], rungs=RUNGS) == {"district": "甲", "street": "乙"}
    assert place_columns("甲", rungs=RUNGS) == {"district": "甲"}


def test_a_mapping_says_the_rung_itself():
    assert place_columns({"street": "甲"}, rungs=RUNGS) == {"street": "甲"}


@pytest.mark.parametrize(
    ("place", "rungs"),
    [(["a"], ()), ({"town": "a"}, RUNGS), (["a", "b"], ("district",))],
    ids=["no rungs", "no such rung", "more columns than rungs"],
)
def test_columns_without_a_rung_are_refused(place, rungs):
    with pytest.raises(ArgumentError, match=r"--place|no rung"):
        place_columns(place, rungs=rungs)


def test_a_recorded_rung_the_cells_lack_is_left_out_and_said():
    with pytest.warns(GridgovWarning, match="所属社区 \\(community\\)"):
        assert place_columns(["所属区县", "所属社区"], rungs=("district",)) == {"district": "所属区县"}

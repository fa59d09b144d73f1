import pytest

from gridgov.layers import likeness
from gridgov.layers.likeness import looks_like
from gridgov.layers.likeness_words import WORDS


def guess(names=("a",), columns=(), polygons=True, points=False, **values):
    found = looks_like(names, columns=columns, values=values, polygons=polygons, points=points)
    return None if found is None else found.words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("警务网格2024", "police grids"),
        ("城管单元网格", "urban-management grids"),
        ("社区网格", "comprehensive-governance grids"),
        ("社区", "communities"),
        ("ward_2012", "districts"),
        ("消防", "fire-service grids"),
    ],
)
def test_a_word_in_the_name_decides(name, expected):
    assert guess([name]).startswith(expected)


def test_a_latin_word_must_stand_alone():
    assert guess(["northwards"]) is None


def test_columns_speak_when_the_name_does_not():
    assert guess(columns=["编码", "辖区派出所"]) == "police grids ('派出所' among its columns)"


def test_owners_speak_when_no_column_does():
    assert guess(owner=["航海路派出所", "紫荆山派出所"]).startswith("police grids (owners such as")


def test_the_length_of_codes_speaks_last_and_says_so():
    assert guess(id=["410104001001001"] * 3) == "unit grids (ids of 15 digits)"


def test_points_are_incidents():
    assert guess(["police"], polygons=False, points=True).startswith("incidents")


def test_nothing_known_is_no_guess():
    assert guess(["x1"], columns=["a"], id=["1"]) is None


def test_a_guess_has_a_code_whatever_language_is_spoken(in_chinese):
    found = in_chinese(looks_like, ["警务网格"], columns=[], values={}, polygons=True)
    assert (found.what, found.words) == ("police", "警务网格（名称中有“警务”）")
    assert looks_like(["社区"], columns=[], values={}, polygons=True).what == "community"


def test_every_guess_has_words():
    tables = (likeness._IN_NAMES, likeness._IN_COLUMNS, likeness._ENDINGS)
    codes = {what for table in tables for what in table} | {*likeness._DIGITS.values()}
    assert {f"like.{code}" for code in codes} <= set(WORDS.table)

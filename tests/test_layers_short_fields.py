import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from gridgov.layers.short_fields import cut_note, field_list, short_names, short_texts


def test_a_name_that_fits_stays_whoever_comes_before_it():
    assert short_names(["out_m2_of_all", "out_m2"])["out_m2"] == "out_m2"


def test_the_ending_of_a_long_name_stays():
    assert short_names(["comprehensive_owner", "district_name"]) == {
        "comprehensive_owner": "comp_owner",
        "district_name": "distr_name",
    }


def test_columns_of_the_balance_are_told_apart():
    names = short_names(["moved_in_m2", "moved_out_m2", "overlap_m2", "outside_m2"])
    assert list(names.values()) == ["in_m2", "out_m2", "overlap_m2", "outside_m2"]


def test_a_chinese_name_becomes_its_position():
    assert short_names(["grid_id", "网格长", "联系电话"])["联系电话"] == "field_3"


def test_two_names_cut_alike_are_numbered():
    names = short_names(["responsible_person", "responsible_person2"])
    assert len({name.lower() for name in names.values()}) == 2


@given(st.lists(st.text(min_size=1, max_size=20), unique=True, max_size=30))
def test_every_name_is_short_plain_and_unique(columns):
    names = short_names(columns)
    assert list(names) == columns
    assert len({name.lower() for name in names.values()}) == len(columns)
    for name in names.values():
        assert name.isascii()
        assert name[0].isalpha()
        assert len(name) <= 10


def test_a_text_is_cut_at_a_whole_character_of_254_bytes():
    table, cut = short_texts(pd.DataFrame({"note": ["网" * 127, "a" + "网" * 127, None, "𠮷" * 64]}))
    assert table["note"].tolist() == ["网" * 127, "a" + "网" * 126, None, "𠮷" * 63]
    assert cut == {"note": 2}


def test_what_was_cut_is_said_in_the_list_and_in_words():
    assert field_list({"note": "note", "名": "field_2"}, {"note": 2}).splitlines() == [
        "field\tcolumn\tnote",
        "note\tnote\t2 texts cut at 254 bytes",
        "field_2\t名",
    ]
    assert cut_note({"note": 2}) == [
        "texts longer than 254 bytes were cut: note (2); a .gpkg holds them whole"
    ]
    assert cut_note({}) == []

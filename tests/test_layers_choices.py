"""Grids named by what a column says, as they are typed."""

import pytest

from gridgov.errors import ArgumentError
from gridgov.layers.choices import split_choices, split_crossings

NAMES = ["police", "综治"]


def special(*texts):
    return split_choices(texts, names=NAMES, option="--special")


def crossings(*texts, special):
    return split_crossings(texts, names=NAMES, special=special)


def test_values_stand_behind_the_column_and_a_bar_between_them():
    assert special("police:TYPE=专属|商圈") == {"police": {"TYPE": ["专属", "商圈"]}}


def test_repeated_options_add_up_and_each_value_counts_once():
    found = special("police:TYPE=专属", "police:TYPE=商圈|专属", "police:级别=1", "综治:类型=专属网格")
    assert found == {
        "police": {"TYPE": ["专属", "商圈"], "级别": ["1"]},
        "综治": {"类型": ["专属网格"]},
    }


def test_signs_of_a_chinese_keyboard_are_the_same():
    assert special("综治：类型＝专属｜商圈") == {"综治": {"类型": ["专属", "商圈"]}}


def test_names_of_layers_ignore_case():
    assert special("Police:TYPE=专属") == {"police": {"TYPE": ["专属"]}}


def test_a_value_may_hold_colons_and_equals_signs():
    assert special("police:TYPE=a:b=c") == {"police": {"TYPE": ["a:b=c"]}}


@pytest.mark.parametrize(
    "text", ["专属", "police:TYPE", "police:TYPE=", "police:=专属", ":TYPE=专属", "TYPE=专属", ""]
)
def test_another_form_is_refused_with_an_example(text):
    with pytest.raises(ArgumentError, match=r"NAME:COLUMN=VALUE, for example --special police:TYPE=专属"):
        special(text)


def test_a_layer_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(
        ArgumentError, match="--special: no layer is called 'urban'; the layers are police, 综治"
    ):
        special("urban:TYPE=专属")


def test_a_value_alone_is_one_that_special_names():
    named = special("police:TYPE=专属|商圈", "综治:类型=商圈")
    assert crossings("商圈", special=named) == {"police": {"TYPE": ["商圈"]}, "综治": {"类型": ["商圈"]}}


def test_a_column_alone_is_all_that_special_names_by_it():
    named = special("police:TYPE=专属|商圈", "综治:类型=商圈")
    assert crossings("TYPE", special=named) == {"police": {"TYPE": ["专属", "商圈"]}}


def test_the_whole_form_needs_no_special():
    assert crossings("police:TYPE=商圈", special={}) == {"police": {"TYPE": ["商圈"]}}


@pytest.mark.parametrize(
    ("named", "words"),
    [({}, "there is no --special"), ({"police": {"TYPE": ["专属"]}}, "--special names 专属")],
)
def test_a_value_that_special_does_not_name_is_refused(named, words):
    with pytest.raises(ArgumentError, match=f"--allow-cross '商圈': {words}; .* police:COLUMN=商圈"):
        crossings("商圈", special=named)

"""The words of decisions: what each kind takes, and how people may write them."""

from pathlib import Path

import pytest

from gridgov.decisions.words import (
    CHINESE_KINDS,
    LETTERS,
    MEANINGS,
    keep,
    kept_grids,
    offered,
    parse_decision,
    shown,
)
from gridgov.schema import KINDS

LAYERS = ["police", "urban"]
EVERY_WORD = [*(keep(letter) for letter in LETTERS), "split", "leave", "ignore"]


def test_every_kind_of_conflict_has_words_and_a_chinese_name():
    assert set(MEANINGS) == set(CHINESE_KINDS) == set(KINDS)


@pytest.mark.parametrize("word", EVERY_WORD)
def test_what_a_drop_down_shows_is_read_again(word):
    assert parse_decision(shown(word)) == word
    chinese, _, english = shown(word).partition(" ")
    assert parse_decision(chinese) == parse_decision(english.upper()) == parse_decision(f" {word} ") == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("保留Ａ", "keep A"),
        ("保留 b", "keep B"),
        ("KEEP  A", "keep A"),
        ("keep_b", "keep B"),
        ("Ｂ", "keep B"),
        ("归A", "keep A"),
        ("以B为准", "keep B"),
        ("划分", "split"),
        ("不变", "leave"),
        ("Ignore.", "ignore"),
        ("不处理", "ignore"),
    ],
)
def test_spellings_people_use_are_known(text, word):
    assert parse_decision(text) == word


@pytest.mark.parametrize(
    "text", ["", "maybe", "keep", "保留", "keep A B", "保留A keep B", "split?leave", "AB"]
)
def test_anything_else_is_no_decision(text):
    assert parse_decision(text) is None


@pytest.mark.parametrize(
    ("kind", "departments", "grids", "words"),
    [
        ("overlap", "police", "P1|P2", "keep A, keep B, split, leave, ignore"),
        ("gap", "police", "P1|P2|P3", "keep A, keep B, keep C, split, leave, ignore"),
        ("uncovered", "police", "P1", "keep A, leave, ignore"),
        ("uncovered", "police", "", "leave, ignore"),
        ("duplicate_geometry", "police", "P1|P2", "keep A, keep B, leave, ignore"),
        ("borders_apart", "police|urban", "U1|U2", "keep A, keep B, split, leave, ignore"),
        ("borders_apart", "district|urban", "U1|U2", "leave, ignore"),
        ("borders_apart", "urban", "U1|U2", "leave, ignore"),
        ("crosses_rung", "police", "P1", "split, leave, ignore"),
        ("sliver", "police", "P1", "keep A, leave, ignore"),
        ("outside", "police", "P1", "leave, ignore"),
        ("gap", "street", "S1|S2", "leave, ignore"),
        ("nested", "police", "P1|P2", "leave, ignore"),
    ],
)
def test_only_words_that_mean_something_are_offered(kind, departments, grids, words):
    assert ", ".join(offered(kind, departments, grids, layers=LAYERS)) == words


def test_more_grids_than_letters_are_offered_no_further():
    grids = "|".join(f"P{n}" for n in range(9))
    assert offered("gap", "police", grids, layers=LAYERS)[: len(LETTERS) + 1] == [*EVERY_WORD[:6], "split"]


def test_letters_do_not_depend_on_the_order_in_which_grids_are_listed():
    assert (
        kept_grids("gap", "police", "P3|P1|P2")
        == kept_grids("gap", "police", "P1|P2|P3")
        == ["P1", "P2", "P3"]
    )


def test_the_docs_give_the_meaning_of_every_word_as_the_program_does():
    text = (Path(__file__).parents[1] / "docs" / "conflicts.md").read_text("utf-8")
    for kind, means in MEANINGS.items():
        for words in (means.keep, means.split, means.leave):
            assert words is None or f"| {words[0]} |" in text, kind
    for word in EVERY_WORD[:2] + EVERY_WORD[6:]:
        assert shown(word).partition(" ")[0] in text

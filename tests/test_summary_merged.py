"""A merge is told in both languages, with the same numbers."""

import dataclasses
import re

import pytest

from gridgov.language import LANGUAGES, Many
from gridgov.summary import network_lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_of_the_language(moved_network, language):
    chinese = [
        bool(re.search("[\u4e00-\u9fff]", line)) for line in network_lines(moved_network, language=language)
    ]
    # Names and owners of the drawn layers are Chinese in both.
    assert all(chinese) if language == "zh" else not all(chinese)


def test_both_languages_tell_the_same_numbers(moved_network):
    told = [
        [
            sorted(re.findall(r"\d[\d,.]*\d|\d", re.sub(r"\bk?m2\b", "", line)))
            for line in network_lines(moved_network, language=language)
        ]
        for language in LANGUAGES
    ]
    assert told[0] == told[1]


def test_areas_are_told_with_their_thousands(moved_network):
    asked = {**moved_network.provenance, "min_area_m2": 1_500_000.0}
    large = dataclasses.replace(moved_network, provenance=asked)
    assert "pieces under 1,500,000 m2 joined a neighbour" in "\n".join(network_lines(large))
    assert "小于 1,500,000 平方米的碎块" in "\n".join(network_lines(large, language="zh"))


def test_one_is_told_as_one():
    assert [f"{Many(n):needs a decision|need a decision}" for n in (0, 1, 2)] == [
        "0 need a decision",
        "1 needs a decision",
        "2 need a decision",
    ]

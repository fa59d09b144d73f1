import doctest
from pathlib import Path

import pytest

from gridgov.coordinates import parse_coordinates

PAGE = Path(__file__).parents[1] / "docs" / "coordinate-systems.md"


def test_every_example_on_the_page_answers_what_it_says():
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted > 8
    assert result.failed == 0


@pytest.mark.parametrize(
    "text", ["１１３．７３", "113。73", "113,73", "113°43'48\"E", "东经113度43分48秒", "113:43:48"]
)
def test_texts_on_the_page_are_read_as_it_says(text):
    assert text in PAGE.read_text(encoding="utf-8")
    assert parse_coordinates([text], ["34.72"]).lon[0] == pytest.approx(113.73)

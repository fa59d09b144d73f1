"""Pages on disk: all of them or none."""

import pytest

from gridgov import FormatError, OutputExistsError, write_map

PAGES = {"map.html": "index", "map-1.html": "one", "map-2.html": "two"}


def test_all_pages_are_written_beside_each_other(tmp_path):
    paths = write_map(PAGES, tmp_path / "map.html")
    assert {path.name: path.read_text("utf-8") for path in paths} == PAGES
    assert paths[0] == tmp_path / "map.html"


def test_one_page_that_is_there_stops_all(tmp_path):
    (tmp_path / "map-2.html").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputExistsError, match=r"map-2\.html is already there"):
        write_map(PAGES, tmp_path / "map.html")
    assert [path.name for path in tmp_path.iterdir()] == ["map-2.html"]


def test_pages_that_are_there_are_replaced_when_asked(tmp_path):
    write_map(dict.fromkeys(PAGES, "old"), tmp_path / "map.html")
    write_map(PAGES, tmp_path / "map.html", overwrite=True)
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == PAGES


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(FormatError, match=r"a map is written as \.html"):
        write_map(PAGES, tmp_path / "map.png")

"""`gridgov map` writes the page whole or not at all, and says where it is."""

import pytest

from gridgov import read_network


@pytest.fixture
def network(city):
    return city / "network.gpkg"


def test_the_map_is_written_and_named(gridgov, network, tmp_path):
    ended = gridgov("map", network, "-o", tmp_path / "图.html")
    assert (ended.code, ended.out) == (0, "")
    assert f"Written: {tmp_path / '图.html'}" in ended.err
    assert f"network version {read_network(network).version}" in ended.err
    assert (tmp_path / "图.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_without_a_name_it_is_map_html_here(gridgov, network, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert gridgov("map", network).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_it_opens_in_the_language_of_the_run(gridgov, network, tmp_path):
    for language, tag in (("zh", "zh-CN"), ("en", "en")):
        gridgov("map", network, "-o", tmp_path / f"{language}.html", "--lang", language)
        assert f'<html lang="{tag}">' in (tmp_path / f"{language}.html").read_text("utf-8")


def test_a_link_to_the_first_conflict_is_said(gridgov, moved_network, tmp_path):
    from gridgov import write_network

    write_network(moved_network, tmp_path / "n.gpkg")
    ended = gridgov("map", tmp_path / "n.gpkg", "-o", tmp_path / "m.html")
    open_ones = moved_network.conflicts[moved_network.conflicts["severity"] == "decide"]
    assert f"m.html#c={open_ones['conflict_id'].iloc[0]}" in ended.err


def test_borders_as_drawn_incidents_and_an_older_network(gridgov, city, network, tmp_path):
    tagged = tmp_path / "tagged.csv"
    gridgov("assign", city / "事件 导出.csv", "--cells", network, "--crs", "cgcs2000", "-o", tagged)
    ended = gridgov(
        *("map", network, "--compare", network),
        *("--incidents", tagged, "--incidents-crs", "cgcs2000", "--show", "police_电话", "--title", "本市"),
        *("-o", tmp_path / "map.html"),
    )
    assert ended.code == 0, ended.err
    assert "incidents: 4 rows from tagged.csv" in ended.err
    html = (tmp_path / "map.html").read_text("utf-8")
    for part in (
        '"key":"police","lines"',
        '"source":"tagged.csv"',
        '"old":"',
        "police_电话",
        "<h1>本市</h1>",
    ):
        assert part in html


def test_incidents_in_china_need_their_datum(gridgov, city, network, tmp_path):
    ended = gridgov("map", network, "--incidents", city / "事件 导出.csv", "-o", tmp_path / "map.html")
    assert ended.code == 3
    assert "--incidents-crs" in ended.err
    assert list(tmp_path.iterdir()) == []


REFUSED = {
    "a file that is there": (5, ["-o", "there.html"], "--overwrite replaces it"),
    "another ending": (3, ["-o", "map.pdf"], "a map is written as .html"),
    "no such network": (3, ["no.gpkg", "-o", "m.html"], "no.gpkg is not there"),
    "a network that is none": (3, ["there.html", "-o", "m.html"], "not a network that gridgov merged"),
    "an older network that is none": (3, ["--compare", "no.gpkg", "-o", "m.html"], "no.gpkg is not there"),
    "tiles without places": (2, ["--tiles", "http://tiles/x.png", "-o", "m.html"], "{z}/{x}/{y}"),
    "tiles from a file": (2, ["--tiles", "tiles/{z}/{x}/{y}.png", "-o", "m.html"], "http://"),
    "tiles in another datum": (
        2,
        ["--tiles", "http://t/{z}/{x}/{y}", "--tiles-crs", "bd09", "-o", "m.html"],
        "cgcs2000 (= wgs84) or gcj02",
    ),
    "a column that is nowhere": (2, ["--show", "nothing", "-o", "m.html"], "no column 'nothing' to show"),
    "settings without a file": (
        2,
        ["--incidents-crs", "gcj02", "-o", "m.html"],
        "name the file: --incidents",
    ),
    "a folder that is not there": (3, ["-o", "no/m.html"], "does not exist"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_said_in_a_sentence_and_leaves_nothing(
    gridgov, network, tmp_path, monkeypatch, case
):
    code, words, said = REFUSED[case]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.html").write_text("mine", encoding="utf-8")
    named = [] if words[0].endswith((".gpkg", ".html")) else [network]
    ended = gridgov("map", *named, *words)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["there.html"]
    assert (tmp_path / "there.html").read_text("utf-8") == "mine"


def test_the_network_itself_is_never_overwritten(gridgov, network, tmp_path):
    ended = gridgov("map", network, "-o", network, "--overwrite")
    assert ended.code in {2, 3}
    assert read_network(network)


def test_what_was_there_is_replaced_when_asked(gridgov, network, tmp_path):
    (tmp_path / "m.html").write_text("old", encoding="utf-8")
    assert gridgov("map", network, "-o", tmp_path / "m.html", "--overwrite").code == 0
    assert len((tmp_path / "m.html").read_text("utf-8")) > 10_000

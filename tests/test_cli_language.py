"""`--lang` says in which language a run speaks."""

import re

import pytest

MISSING = ("locate", "113.7", "34.7", "--cells", "nowhere.gpkg")


def test_words_are_english_on_an_english_system(gridgov):
    assert gridgov(*MISSING).err.startswith("Error: ")


def test_words_are_chinese_on_a_chinese_system(gridgov, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert gridgov(*MISSING).err.startswith("错误：")


@pytest.mark.parametrize(
    "words",
    [("--lang", "zh", *MISSING), (*MISSING, "--lang", "zh"), (*MISSING[:3], "--lang=zh", *MISSING[3:])],
)
def test_the_language_may_be_asked_for_anywhere(gridgov, words):
    ended = gridgov(*words)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("错误：")


def test_the_next_run_in_the_same_process_speaks_the_system_language_again(gridgov):
    assert gridgov(*MISSING, "--lang", "zh").err.startswith("错误：")
    assert gridgov(*MISSING).err.startswith("Error: ")


def test_a_language_there_is_not_is_a_usage_error(gridgov):
    ended = gridgov("--lang", "fr", *MISSING)
    assert (ended.code, ended.out) == (2, "")
    assert "languages are en, zh" in ended.err


def test_the_summary_of_incidents_is_told_in_chinese(gridgov, city, tmp_path):
    source, cells = city / "事件 导出.csv", city / "network.gpkg"
    told = gridgov(
        *("assign", source, "--cells", cells, "--crs", "cgcs2000", "-o", tmp_path / "o.csv", "--lang", "zh")
    ).err
    assert "事件 导出.csv：4 行，坐标取自" in told
    assert "在一个单元内，距其他单元超过 1 米" in told


def test_a_crosswalk_and_an_export_are_told_in_chinese(gridgov, city, tmp_path):
    network = city / "network.gpkg"
    ended = gridgov("crosswalk", network, "-o", tmp_path / "c.xlsx", "--lang", "zh")
    assert "police 对 urban：police 的 4 个网格中，" in ended.out + ended.err
    ended = gridgov("export", network, "--department", "police", "-o", tmp_path / "p.gpkg", "--lang", "zh")
    assert "police：4 个网格已落在共同边界上" in ended.out + ended.err


#: Two English words one after the other; names of files, columns and options stand alone.
ENGLISH = re.compile(r"(?<![-\w./'{])[a-z]{2,},? [a-z]{2,}(?![\w./])")
#: What is typed, and what others call so.
QUOTED = re.compile(r"gridgov (run|locate|info|merge)\b.*|GeoPackage|\S*/\S*|“[^”]*”")

COMMANDS = {
    "info": ("info", "警务 网格.gpkg", "城管.gpkg", "事件 导出.csv", "rules.csv", "network.gpkg"),
    "info --env": ("info", "--env"),
    "check": ("check", "police=警务 网格.gpkg", "urban=城管.gpkg", "--within", "district=区.gpkg"),
    "merge": (
        "merge",
        "police=警务 网格.gpkg",
        "urban=城管.gpkg",
        "--within",
        "district=区.gpkg",
        "-o",
        "n.gpkg",
    ),
    "lists": ("export", "network.gpkg", "--tables", "-o", "lists.xlsx"),
    "department": ("export", "network.gpkg", "--department", "urban", "-o", "u.gpkg"),
    "conflicts": ("export", "network.gpkg", "--conflicts", "c.xlsx"),
    "crosswalk": ("crosswalk", "network.gpkg", "-o", "c.xlsx"),
    "assign": (
        *("assign", "事件 导出.csv", "--cells", "network.gpkg", "--rules", "rules.csv", "--crs", "cgcs2000"),
        *("--check-column", "所属区县", "--against", "district", "-o", "t.csv"),
    ),
    "check-rules": ("check-rules", "rules.csv", "--cells", "network.gpkg"),
    "locate": ("locate", "113.73", "34.72", "--cells", "network.gpkg", "--rules", "rules.csv"),
    "map": ("map", "network.gpkg", "-o", "m.html"),
    "report": ("report", "network.gpkg", "-o", "r.html"),
    "no such file": ("check", "police=nowhere.gpkg"),
    "no such department": ("export", "network.gpkg", "--department", "fire", "-o", "f.gpkg"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_english_sentence_is_left_in_chinese_words(gridgov, city, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    there = {path.name: str(path) for path in city.iterdir()}
    words = [
        "=".join([*one.split("=")[:-1], there.get(one.split("=")[-1], one.split("=")[-1])])
        for one in COMMANDS[name]
    ]
    told = gridgov("--lang", "zh", *words)
    lines = (told.out + told.err).splitlines()
    assert lines
    assert [line for line in lines if ENGLISH.search(QUOTED.sub("", line))] == []


def test_an_english_sentence_among_chinese_words_is_found():
    assert ENGLISH.search("网格 12 处：given to one of the two")
    assert ENGLISH.search("已写出（left open, nobody knows）")
    assert not ENGLISH.search("police 的 4 个网格（--max-rejects），cell_status 列，EPSG:4547 CGCS2000")

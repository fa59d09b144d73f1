"""`--lang` says in which language a run speaks."""

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

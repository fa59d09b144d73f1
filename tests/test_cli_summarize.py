"""`gridgov summarize`: the table on stdout, words on stderr, exit codes as documented."""

import json

import pandas as pd
import pytest


@pytest.fixture
def run(gridgov, city, tmp_path, monkeypatch):
    """Run in an empty folder beside a tagged table of the city."""
    monkeypatch.chdir(tmp_path)
    options = (
        "--cells",
        city / "network.gpkg",
        "--crs",
        "cgcs2000",
        "--place",
        "所属区县",
        "-o",
        "tagged.csv",
    )
    assert gridgov("assign", city / "事件 导出.csv", *options).code == 0
    return gridgov


def test_the_answer_is_on_stdout_and_words_are_on_stderr(run):
    ended = run("summarize", "tagged.csv", "--by", "district", "-o", "counts.csv")
    assert ended.code == 0
    assert ended.out.splitlines()[0] == "tagged.csv: 4 rows, by district"
    assert "410104    管城回族区" in ended.out
    assert ended.err == "Written: counts.csv\n"


def test_words_are_chinese_when_asked(run):
    ended = run("summarize", "tagged.csv", "--by", "district", "--lang", "zh")
    assert ended.out.splitlines()[0] == "tagged.csv：4 行，按区县代码统计"
    assert "（无）" in ended.out


def test_json_is_all_that_stands_on_stdout(run):
    ended = run("summarize", "tagged.csv", "--by", "district", "--json")
    assert json.loads(ended.out)["total"]["incidents"] == 4


def test_grids_without_anyone_are_listed(run, city):
    network = city / "network.gpkg"
    ended = run("summarize", "tagged.csv", "--by", "grid", "--missing", "--cells", network, "-o", "m.csv")
    assert ended.code == 0
    assert ended.out.splitlines()[0] == "3 of 4 have no row in tagged.csv:"
    assert pd.read_csv("m.csv")["grid_id"].tolist() == ["P2", "P3", "P4"]


def test_every_grid_with_someone_is_said_in_a_sentence(run, city):
    table = pd.DataFrame({"网格编码": ["P1", "P2", "P3", "P4"]})
    table.to_csv("team.csv", index=False)
    words = ("--by", "grid=网格编码", "--missing", "--cells", city / "network.gpkg")
    assert run("summarize", "team.csv", *words).out == "Each of 4 has at least one row in team.csv.\n"


def test_more_rows_than_fit_are_counted(run):
    ended = run("summarize", "tagged.csv", "--by", "事件编码", "--most", "1")
    assert "... and 3 more rows" in ended.out


def test_a_closing_rate_comes_with_its_denominator(run):
    table = pd.DataFrame(
        {"区": list("aab"), "上报时间": "2025-06-18 08:00", "办结时间": ["2025-06-18 09:00", None, ""]}
    )
    table.to_csv("t.csv", index=False)
    assert "(column 办结时间): 1 of 3 = 33.3 %" in run("summarize", "t.csv", "--by", "区").out


def test_limits_are_judged_by_a_calendar(run):
    table = pd.DataFrame(
        {
            "区": "a",
            "上报时间": "2025-06-20 12:00",
            "办结时间": "2025-06-23 11:00",
            "时限": ["1工作日", "12小时"],
        }
    )
    table.to_csv("t.csv", index=False)
    pd.DataFrame({"date": ["2025-10-01"], "workday": [0]}).to_csv("days.csv", index=False)
    ended = run("summarize", "t.csv", "--by", "区", "--workdays", "days.csv")
    assert "Overdue (column 时限): 1 of 2 with a limit that can be judged = 50.0 %" in ended.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--by", "grid", "--missing"), 2, "name it, --cells FILE"),
        (("--by", "street"), 3, "no column 'street' to count by (--by street)"),
        (("--by", "district", "--as-of", "gestern", "--calendar-hours"), 2, "--as-of gestern: give a day"),
        (("--by", "district", "--where", "小类"), 2, "--where 小类: write COLUMN=VALUE"),
        (("--by", "district", "-o", "a.pdf"), 3, "a count is written as .xlsx, .csv, .json"),
        (("--by", "district", "-o", "tagged.csv", "--overwrite"), 2, "is also an input"),
        (("--by", "district", "--workdays", "none.csv"), 3, "none.csv is not there"),
        (("--by", "district", "--duplicates"), 2, "need a time, a category and coordinates (--time)"),
    ],
)
def test_what_cannot_be_done_is_said(run, words, code, said):
    ended = run("summarize", "tagged.csv", *words)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err


def test_missing_needs_units_of_the_network(run, city):
    ended = run("summarize", "tagged.csv", "--by", "小类", "--missing", "--cells", city / "network.gpkg")
    assert ended.code == 2
    assert "--missing lists cells, grids, or units" in ended.err

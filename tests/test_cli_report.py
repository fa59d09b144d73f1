"""`gridgov report` writes one file that needs no other, and says what is in it."""

import pandas as pd
import pytest
from openpyxl import load_workbook


@pytest.fixture
def run(gridgov, city, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: gridgov("report", city / "network.gpkg", *words)


def test_it_writes_html_and_says_what_is_in_it(run, tmp_path):
    ended = run("-o", "r.html")
    assert (ended.code, ended.out) == (0, "")
    assert "2 sheets of units and 1 of pairs of departments" in ended.err
    assert "Written: r.html (from network version " in ended.err
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert "管城回族区 410104" in html


def test_it_speaks_the_language_asked_for(run, tmp_path):
    ended = run("-o", "r.html", "--lang", "zh", "--footer", "仅供讨论")
    assert "网格确认表 2 份" in ended.err
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "仅供讨论" in html
    assert "内部工作底图" not in html


def test_the_day_of_the_network_is_on_the_sheets(run, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    run("-o", "r.html")
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "printed 2025-06-15" in html


def test_it_writes_a_workbook(run):
    assert run("-o", "r.xlsx").code == 0
    assert {"Who covers what", "Grids", "Changed ground"} <= set(load_workbook("r.xlsx").sheetnames)


def test_incidents_and_an_older_network_are_read(run, city):
    pd.DataFrame({"grid_id": ["P1", "P1"], "district": "410104"}).to_csv("tagged.csv", index=False)
    ended = run("-o", "r.xlsx", "--incidents", "tagged.csv", "--previous", city / "network.gpkg")
    assert ended.code == 0
    assert "Changes are those since network" in ended.err
    header, first, *_ = load_workbook("r.xlsx")["Grids"].iter_rows(values_only=True)
    assert first[header.index("incidents")] == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "say where to write: -o report.html"),
        (("-o", "r.pdf"), 3, "a report is written as .html or .xlsx"),
        (("-o", "r.html", "--rung", "street"), 2, "no rung 'street'; its rungs are district"),
        (("-o", "r.html", "--households", "viele"), 2, "--households viele: write two numbers"),
        (("-o", "r.html", "--households", "500-300"), 2, "from a smaller to a larger"),
        (("-o", "r.html", "--grid-m2", "5000-9000"), 2, "--grid-m2 5000-9000: write NAME=LOW-HIGH"),
        (("-o", "r.html", "--grid-m2", "fire=1-9"), 2, "no department fire"),
        (("-o", "r.html", "--incidents", "none.csv"), 3, "none.csv is not there"),
        (("-o", "r.html", "--previous", "none.gpkg"), 3, "none.gpkg"),
    ],
)
def test_what_cannot_be_done_is_said(run, words, code, said, tmp_path):
    ended = run(*words)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert list(tmp_path.iterdir()) == []


def test_incidents_without_grids_are_refused(run):
    pd.DataFrame({"x": [1]}).to_csv("t.csv", index=False)
    ended = run("-o", "r.html", "--incidents", "t.csv")
    assert ended.code == 3
    assert "no column 'grid_id'" in ended.err


def test_nothing_is_replaced_unasked(run, tmp_path):
    (tmp_path / "r.html").write_text("mine", encoding="utf-8")
    assert run("-o", "r.html").code == 5
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == "mine"

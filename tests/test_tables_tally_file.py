"""Counts are written whole, for Excel with headings of the language, for programs with names of columns."""

import json

import pandas as pd
import pytest
from openpyxl import load_workbook

from gridgov import FormatError, Nearness, OutputExistsError, summarize_incidents, write_summary

ROWS = pd.DataFrame(
    {
        "district": ["410104", "410104", "410105", None],
        "上报时间": ["2025-06-18 08:00", "2025-06-18 09:00", "2025-07-01 08:00", "2025-07-01 08:00"],
        "办结时间": ["2025-06-18 10:00", None, None, None],
        "小类": "井盖",
        "经度": "113.73",
        "纬度": "34.72",
    }
)


@pytest.fixture(scope="module")
def result():
    return summarize_incidents(ROWS, "district", duplicates=Nearness(), calendar_hours=False)


@pytest.fixture
def book(result, tmp_path):
    write_summary(result, tmp_path / "a.xlsx", language="zh")
    return load_workbook(tmp_path / "a.xlsx")


def test_sheets_are_named_in_the_language(book):
    assert book.sheetnames == ["统计", "按月", "疑似重复"]


def test_headings_are_of_the_language_and_values_stay(book):
    header, *rows = book["统计"].iter_rows(values_only=True)
    assert header[:4] == ("区县代码", "事件数", "办结数", "办结率")
    assert rows[0][:4] == ("410104", 2, 1, 0.5)


def test_shares_are_shown_in_per_cent(book):
    assert book["统计"].column_dimensions["D"].width > 0
    assert book["统计"]["A2"].data_type == "s"


def test_months_stand_side_by_side(book):
    assert [list(row) for row in book["按月"].iter_rows(values_only=True)] == [
        ["区县代码", "2025-06", "2025-07"],
        [None, 0, 1],
        ["410104", 2, 0],
        ["410105", 0, 1],
    ]


def test_csv_has_the_names_of_the_columns(result, tmp_path):
    write_summary(result, tmp_path / "a.csv")
    table = pd.read_csv(tmp_path / "a.csv", dtype={"district": str})
    assert table["district"].tolist()[:2] == ["410104", "410105"]
    assert {"incidents", "closed_share", "hours_elapsed_p90"} <= set(table.columns)


def test_duplicates_stand_beside_a_csv(result, tmp_path):
    written = write_summary(result, tmp_path / "a.csv")
    assert [path.name for path in written] == ["a.csv", "a.duplicates.csv"]
    assert len(pd.read_csv(tmp_path / "a.duplicates.csv")) == len(result.duplicates) == 2


def test_json_holds_all_of_it(result, tmp_path):
    write_summary(result, tmp_path / "a.json")
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert found == result.as_dict()
    assert found["groups"][0] | {"incidents": 2, "closed": 1} == found["groups"][0]
    assert found["groups"][2]["district"] is None


def test_nothing_is_replaced_unasked(result, tmp_path):
    (tmp_path / "a.duplicates.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputExistsError, match="--overwrite"):
        write_summary(result, tmp_path / "a.csv")
    assert not (tmp_path / "a.csv").exists()


def test_another_ending_is_refused(result, tmp_path):
    with pytest.raises(FormatError, match=r"written as \.xlsx, \.csv, \.json"):
        write_summary(result, tmp_path / "a.pdf")

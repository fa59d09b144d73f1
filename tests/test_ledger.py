"""Ledgers from offices: titles, merged cells, totals."""

import numpy as np
import pytest

from gridgov.errors import SchemaError
from gridgov.ledger import ledger_table

HEADER = ["网格编码", "责任单位", "网格长"]


def rows(*lines):
    return [["管城区警务网格责任台账", None, None], HEADER, *map(list, lines)]


def test_a_title_row_is_skipped_and_said():
    table, notes = ledger_table(rows(["1", "甲", "张"]))
    assert table.to_dict("records") == [{"网格编码": "1", "责任单位": "甲", "网格长": "张"}]
    assert notes == ["column names taken from row 2 of the table"]


def test_the_index_is_the_row_of_the_sheet():
    assert ledger_table(rows(["1", "甲", "张"], ["2", "乙", "李"]))[0].index.tolist() == [3, 4]


def test_a_title_merged_over_all_columns_is_no_header():
    table, _ = ledger_table(rows(["1", "甲", "张"]), merged=[(0, 0, 0, 2)])
    assert list(table.columns) == HEADER


def test_a_stated_header_row_wins():
    table, notes = ledger_table([["网格编码", "a"], ["p", "q"], ["1", "2"]], header_row=2)
    assert (list(table.columns), notes) == (["p", "q"], [])


@pytest.mark.parametrize("row", [0, 3, -1])
def test_a_header_row_that_is_not_there_is_an_error(row):
    with pytest.raises(SchemaError, match="--header-row"):
        ledger_table([["a"], ["b"]], header_row=row)


def test_names_that_nobody_knows_are_taken_from_the_first_row_and_doubted():
    table, notes = ledger_table([["p", "q"], ["1", "2"]])
    assert list(table.columns) == ["p", "q"]
    assert "--header-row" in notes[0]


def test_merged_cells_are_filled_down_and_said():
    table, notes = ledger_table(rows(["1", "甲", "张"], ["2", None, "李"]), merged=[(2, 1, 3, 1)])
    assert table["责任单位"].tolist() == ["甲", "甲"]
    assert "1 merged range filled" in notes[-1]


def test_a_blank_cell_that_is_not_merged_stays_blank():
    table, _ = ledger_table(rows(["1", "甲", "张"], ["2", None, "李"]))
    assert table["责任单位"].tolist() == ["甲", None]


@pytest.mark.parametrize(
    "total",
    [
        ["合计", None, "2"],
        ["合 计", None, None],
        ["合计：2个网格", None, None],
        [None, "总计", None],
        ["南关街道小计", None, "2"],
        ["2", "合计", None],
        ["Total", None, "2"],
        ["Grand Total", None, "2"],
        ["共计2个", None, None],
    ],
)
def test_totals_are_left_out_and_said(total):
    table, notes = ledger_table(rows(["1", "甲", "张"], total))
    assert table["网格编码"].tolist() == ["1"]
    assert notes[-1] == "1 row of totals left out: row 4"


@pytest.mark.parametrize("name", ["统计局", "会计所", "Totally", "合计划处"])
def test_words_that_only_look_like_totals_stay(name):
    assert len(ledger_table(rows(["1", name, "张"], [name, "甲", "李"]))[0]) == 2


def test_blank_rows_are_left_out():
    assert len(ledger_table(rows(["1", "甲", "张"], [None, " ", "\u3000"], ["2", "乙", "李"]))[0]) == 2


def test_column_names_repeated_on_every_page_are_left_out_and_said():
    table, notes = ledger_table(rows(["1", "甲", "张"], HEADER, ["2", "乙", "李"]))
    assert len(table) == 2
    assert "repeated column names left out: row 4" in notes[-1]


def test_a_header_of_two_rows_is_joined():
    cells = [
        ["网格编码", "责任单位", "网格长", None],
        [None, None, "姓名", "电话"],
        ["1", "甲", "张", "138"],
    ]
    table, _ = ledger_table(cells, merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)])
    assert list(table.columns) == ["网格编码", "责任单位", "网格长_姓名", "网格长_电话"]
    assert table["网格编码"].tolist() == ["1"]


def test_columns_without_a_name_get_one_if_they_hold_anything():
    table, notes = ledger_table([["网格编码", None, None], ["1", None, "x"]])
    assert list(table.columns) == ["网格编码", "column_3"]
    assert "column_3" in notes[-1]


def test_names_used_twice_get_a_number():
    assert list(ledger_table([["网格编码", "电话", "电话"], ["1", "2", "3"]])[0].columns)[1:] == [
        "电话",
        "电话_1",
    ]


def test_line_breaks_in_names_are_left_out():
    assert ledger_table([["网格\n编码", "责任\r\n单位"], ["1", "甲"]])[0].columns.tolist() == [
        "网格编码",
        "责任单位",
    ]


def test_numbers_become_text():
    table, _ = ledger_table([["网格编码", "面积"], [410104001.0, 2.5], [410104002, np.nan]])
    assert table.to_numpy().tolist() == [["410104001", "2.5"], ["410104002", None]]


def test_rows_may_be_of_different_length():
    assert ledger_table([["网格编码", "责任单位"], ["1"], ["2", "乙", None]])[0]["责任单位"].tolist() == [
        None,
        "乙",
    ]


@pytest.mark.parametrize("blank", [[], [[]], [[None, " "]]])
def test_a_blank_sheet_is_an_error(blank):
    with pytest.raises(SchemaError, match="blank"):
        ledger_table(blank)


def test_a_header_alone_is_an_empty_table():
    table, _ = ledger_table([HEADER])
    assert (len(table), list(table.columns)) == (0, HEADER)


def test_the_rows_given_are_not_changed():
    cells = np.array(rows(["1", "甲", "张"], ["2", None, "李"]), dtype=object)
    before = cells.copy()
    ledger_table(cells, merged=[(2, 1, 3, 1)])
    assert (cells == before).all()

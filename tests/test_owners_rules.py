import pickle
from datetime import date

import pandas as pd
import pytest

from gridgov.errors import RulesError
from gridgov.owners import Rules


def rules(*rows, **options):
    return Rules.from_table(pd.DataFrame(list(rows)), **options)


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    made = rules({"category": "路灯", "handler": "A"}, {"category": "井盖", "handler": "B"})
    assert [made.label(0), made.label(1)] == ["rules.csv:2", "rules.csv:3"]


def test_titles_above_the_header_shift_the_row_numbers():
    assert rules({"handler": "A"}, source="folder/规则.xlsx", first_row=4).label(0) == "规则.xlsx:4"


def test_blank_rows_are_left_out_but_counted():
    made = rules({"category": "路灯", "handler": "A"}, {"category": " "}, {"category": None, "handler": "B"})
    assert made.rows == (2, 4)


def test_chinese_headers_say_who_and_when():
    made = rules({"小类": "路灯", "处置单位": "住建局", "有效期起": "2026年1月1日", "有效期止": "2026/12/31"})
    assert made.handlers_written == ("住建局",)
    assert (made.valid_from, made.valid_to) == ((date(2026, 1, 1),), (date(2026, 12, 31),))
    assert list(made.columns) == ["小类"]


def test_columns_left_of_who_are_expected_to_be_conditions():
    made = rules({"小类": "a", "时限": "3h", "道路等级": "主干道", "handler": "A", "来源": "x", "街道": "b"})
    assert made.expected_conditions == ("小类", "道路等级", "街道")


def test_every_fault_is_named_with_its_rows():
    with pytest.raises(RulesError) as caught:
        rules(
            {"category": "路灯", "handler": None, "valid_from": None, "valid_to": None},
            {"category": "井盖", "handler": "A", "valid_from": "2026-02-30", "valid_to": None},
            {"category": "井盖", "handler": "A", "valid_from": "2026-03-01", "valid_to": "2026-02-01"},
            {"category": "树", "handler": None, "valid_from": None, "valid_to": "soon"},
            source="x/rules.csv",
        )
    said = str(caught.value)
    assert said.startswith("rules.csv: no handler and no department in row 2, 5")
    assert "valid_from is no date in row 3 '2026-02-30'" in said
    assert "valid_to is no date in row 5 'soon'" in said
    assert "valid_from is later than valid_to in row 4" in said


def test_a_table_that_never_says_who_is_refused():
    with pytest.raises(RulesError, match="no column says who"):
        rules({"category": "路灯", "时限": "3h"})


def test_a_table_without_rows_is_refused():
    with pytest.raises(RulesError, match="holds no rule"):
        Rules.from_table(pd.DataFrame({"category": [], "handler": []}))


def test_a_column_name_used_twice_is_refused():
    with pytest.raises(RulesError, match="'Handler' is used twice"):
        rules({"handler": "A", "Handler": "B"})


def test_values_under_no_name_are_refused_but_empty_columns_are_nothing():
    assert list(rules({"handler": "A", "": None}).columns) == []
    with pytest.raises(RulesError, match="column 2 has values but no name"):
        rules({"handler": "A", "": "x"})


def test_the_table_is_not_changed():
    table = pd.DataFrame({"小类 ": [" 路灯 "], "handler": ["A"]})
    before = table.copy(deep=True)
    Rules.from_table(table)
    pd.testing.assert_frame_equal(table, before)


def test_rules_can_be_pickled():
    made = rules({"category": "路灯", "handler": "A", "valid_to": "2026-01-01"})
    assert pickle.loads(pickle.dumps(made)) == made


def test_categories_that_no_rule_names_come_with_counts_most_first():
    made = rules({"category": "路灯|井盖", "handler": "A"}, {"category": None, "handler": "B"})
    values = pd.Series(["树", "路 灯", "井盖", None, " 树", "", "路灯"], dtype=object).to_numpy()
    assert made.unnamed_categories(values) == {"树": 2, "路 灯": 1}


def test_an_unusual_category_column_is_known_when_it_is_named():
    made = rules({"事项": "路灯", "handler": "A"})
    values = pd.Series(["路灯", "树"], dtype=object).to_numpy()
    assert made.unnamed_categories(values, column="事项") == {"树": 1}

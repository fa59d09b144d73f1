"""Decisions as people wrote them: what is taken, and every fault with its place."""

import pandas as pd
import pytest

from gridgov import Decisions, DecisionsError
from gridgov.decisions.table import parse_day


def table(*rows):
    columns = ("conflict_id", "decision", "decided_by", "decided_on", "note", "where")
    return pd.DataFrame([dict(zip(columns, row, strict=False)) for row in rows])


def test_words_and_dates_become_one_spelling():
    stated = Decisions.from_table(table(("c1", " 保留Ｂ ", "张三 ", "2026年3月5日", "看过", "row 2")))
    assert stated.rows.iloc[0].tolist() == ["c1", "keep B", "张三", "2026-03-05", "看过", "row 2"]


def test_a_blank_decision_is_none_and_not_counted():
    stated = Decisions.from_table(table(("c1", "  ", None), ("c2", "leave", float("nan"))))
    assert stated.rows["decision"].tolist() == [None, "leave"]
    assert len(stated) == 1


def test_rows_without_anything_are_passed_over():
    assert len(Decisions.from_table(table((None, None, "张三"), ("", "", ""))).rows) == 0


def test_equal_decisions_of_one_conflict_are_one():
    stated = Decisions.from_table(table(("c1", "拆分"), ("c1", "split"), ("c1", None)))
    assert stated.rows["decision"].tolist() == ["split"]


def test_two_decisions_of_one_conflict_are_refused_with_both_places():
    rows = table(("c1", "split", "", "", "", "row 2"), ("c1", "leave", "", "", "", "sheet 'x', row 9"))
    with pytest.raises(
        DecisionsError, match=r"c1 has two decisions: 'split' \(row 2\) and 'leave' \(sheet 'x', row 9\)"
    ):
        Decisions.from_table(rows)


def test_an_unknown_word_is_refused_with_its_place_and_what_is_allowed():
    with pytest.raises(
        DecisionsError, match=r"list: row 7: 'perhaps' is no decision; allowed are .*保留A keep A"
    ):
        Decisions.from_table(table(("c1", "perhaps", "", "", "", "row 7")), source="list")


def test_an_unreadable_date_is_refused_with_its_place():
    with pytest.raises(DecisionsError, match="row 3: 'next week' is no date; write 2026-11-20"):
        Decisions.from_table(table(("c1", "leave", "", "next week", "", "row 3")))


def test_a_decision_beside_no_conflict_is_refused():
    with pytest.raises(DecisionsError, match="row 1: 'leave' stands beside no conflict_id"):
        Decisions.from_table(table((None, "leave")))


def test_all_faults_are_said_at_once():
    with pytest.raises(DecisionsError, match=r"perhaps.*soon"):
        Decisions.from_table(table(("c1", "perhaps"), ("c2", "leave", "", "soon")))


def test_an_id_typed_off_a_screen_or_marked_as_text_is_the_same_id():
    rows = Decisions.from_table(table(("'R93ACFA28C ", "leave"), ("ｒ93acfa28c-2", "split"))).rows
    assert rows["conflict_id"].tolist() == ["r93acfa28c", "r93acfa28c-2"]


def test_a_table_without_the_columns_is_refused():
    with pytest.raises(DecisionsError, match="no column decision"):
        Decisions.from_table(pd.DataFrame({"conflict_id": ["c1"]}))


def test_the_hash_is_of_what_was_decided_not_of_the_file():
    one = Decisions.from_table(table(("c1", "split", "", "", "", "row 2"), ("c2", "不变")), source="a.csv")
    same = Decisions.from_table(table(("c2", "leave"), ("c1", "拆分", "", "", "", "row 99")), source="b.xlsx")
    other = Decisions.from_table(table(("c1", "split"), ("c2", "ignore")))
    assert one.sha256 == same.sha256 != other.sha256


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-05",
        "2026/11/5",
        "2026.11.05",
        "2026年11月5日",
        "20261105",
        "2026-11-05 00:00:00",
        "２０２６/11/５",
    ],
)
def test_days_are_read_however_they_are_written(text):
    assert parse_day(text) == "2026-11-05"


@pytest.mark.parametrize("text", ["11/5", "2026", "2026-13-01", "2026-02-30", "46331", "昨天"])
def test_what_is_no_day_is_none(text):
    assert parse_day(text) is None

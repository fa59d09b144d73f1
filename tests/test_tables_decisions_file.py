"""Lists of decisions on disk: workbooks saved by others, CSV in any usual encoding, and what is refused."""

from pathlib import Path

import openpyxl
import pytest

from gridgov import DecisionsError, FormatError, InputMissingError, read_decisions

#: Written by gridgov, filled in, and saved by LibreOffice 7.4: words from the drop-downs, a date, a note.
LIBREOFFICE = Path(__file__).parent / "data" / "decisions_libreoffice.xlsx"

ROWS = "conflict_id,decision,decided_by,decided_on,note\n0012345678,保留B,张三,2026-11-20,已核实\nabc,,,,\n"


def as_lists(stated):
    return stated.rows.drop(columns="where").to_numpy().tolist()


def workbook(path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_saved_by_libreoffice_is_read():
    who, day, why = "张三、李四", "2026-11-20", "现场已核实，=1+1"
    assert as_lists(read_decisions(LIBREOFFICE)) == [
        ["1066b3e87a", "split", who, day, why],
        ["22d32a948b", "ignore", who, day, why],
        ["a3063ebec0", None, None, None, None],
        ["f415fe6ffb", "keep B", who, day, why],
    ]


def test_rows_are_named_as_the_spreadsheet_counts_them():
    where = dict(read_decisions(LIBREOFFICE).rows[["conflict_id", "where"]].to_numpy().tolist())
    assert where["f415fe6ffb"] == "sheet 'police', row 2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_text_tables_are_read_in_the_encodings_offices_use(tmp_path, encoding):
    path = tmp_path / "决定.csv"
    path.write_bytes(ROWS.encode(encoding))
    assert as_lists(read_decisions(path)) == [
        ["0012345678", "keep B", "张三", "2026-11-20", "已核实"],
        ["abc", None, None, None, None],
    ]


def test_only_the_id_matches_whatever_else_stands_there_in_whatever_order(tmp_path):
    path = tmp_path / "few.csv"
    path.write_text("A,决定,kind,冲突编号\nP9,忽略,nonsense,c1\n", encoding="utf-8")
    assert as_lists(read_decisions(path)) == [["c1", "ignore", None, None, None]]


def test_every_sheet_with_the_columns_counts_below_any_titles(tmp_path):
    path = workbook(
        tmp_path / "x.xlsx",
        ("readme", [["conflict_id is the key"], ["decision: choose"]]),
        ("one", [["2026年冲突清单"], [], ["冲突编号 conflict_id", "决定 decision"], ["c1", "leave"]]),
        ("two", [["decision", "conflict_id"], ["拆分", "c2"]]),
    )
    assert read_decisions(path).rows["conflict_id"].tolist() == ["c1", "c2"]
    assert read_decisions(path).rows["where"].tolist() == ["sheet 'one', row 4", "sheet 'two', row 2"]


def test_the_note_of_people_is_taken_before_that_of_the_check(tmp_path):
    path = tmp_path / "conflicts.csv"
    path.write_text("conflict_id,decision,decision_note,note\nc1,leave,看过,9 % of P1\n", encoding="utf-8")
    assert read_decisions(path).rows["note"].tolist() == ["看过"]


def test_a_wrong_word_is_said_with_file_sheet_row_and_what_is_allowed(tmp_path):
    path = workbook(
        tmp_path / "冲突清单.xlsx", ("警务", [["conflict_id", "decision"], ["c1", "leave"], ["c2", "也许"]])
    )
    said = (
        r"冲突清单.xlsx: sheet '警务', row 3: '也许' is no decision; allowed are 保留A keep A, .*忽略 ignore"
    )
    with pytest.raises(DecisionsError, match=said):
        read_decisions(path)


def test_files_that_hold_no_decisions_are_refused(tmp_path):
    with pytest.raises(InputMissingError, match="is not there"):
        read_decisions(tmp_path / "none.xlsx")
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DecisionsError, match=r"no columns conflict_id \(冲突编号\) and decision"):
        read_decisions(other)
    with pytest.raises(DecisionsError, match="no columns conflict_id"):
        read_decisions(workbook(tmp_path / "empty.xlsx", ("a", [["x", "y"]])))
    wrong = tmp_path / "x.ods"
    wrong.write_bytes(b"x")
    with pytest.raises(FormatError, match=r"read from .xlsx or .csv"):
        read_decisions(wrong)
    wrong = tmp_path / "x.xlsx"
    wrong.write_bytes(b"x")
    with pytest.raises(FormatError, match=r"no \.xlsx workbook"):
        read_decisions(wrong)

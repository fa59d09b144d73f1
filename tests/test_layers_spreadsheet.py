import openpyxl
import pytest

from gridgov.errors import FormatError, InputMissingError
from gridgov.layers.spreadsheet import list_sheets, read_sheet


@pytest.fixture
def book(tmp_path):
    """A sheet whose first cell is C4, with a merged range and a number too long for Excel."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "台账"
    sheet["C4"], sheet["D4"] = "网格编码", "责任单位"
    sheet["C5"], sheet["D5"] = 41010400100100300, "甲"
    sheet["C6"] = 123456789012345
    sheet.merge_cells("D5:D6")
    workbook.create_sheet("空")
    workbook.save(tmp_path / "l.xlsx")
    return tmp_path / "l.xlsx"


def test_rows_and_columns_count_as_in_the_file(book):
    assert read_sheet(book).rows[3] == [None, None, "网格编码", "责任单位"]


def test_merged_ranges_are_told(book):
    assert read_sheet(book).merged == ((4, 3, 5, 3),)


def test_only_numbers_of_more_than_15_digits_have_lost_some(book):
    assert read_sheet(book).rounded == ((4, 2),)


def test_long_codes_kept_as_text_have_lost_nothing(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active.append(["410104001001003000"])
    workbook.save(tmp_path / "l.xlsx")
    assert read_sheet(tmp_path / "l.xlsx").rounded == ()


def test_the_table_has_merged_cells_filled_down(book):
    table, _ = read_sheet(book).table()
    assert table["责任单位"].tolist() == ["甲", "甲"]


def test_empty_sheets_are_no_choice(book):
    assert list_sheets(book) == ["台账"]


def test_a_sheet_that_is_not_there_lists_those_that_are(book):
    with pytest.raises(InputMissingError, match="台账, 空"):
        read_sheet(book, sheet="台帐")


def test_an_old_workbook_renamed_is_refused(tmp_path):
    (tmp_path / "l.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(FormatError, match=r"old \.xls"):
        read_sheet(tmp_path / "l.xlsx")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_may_be_divided_by_other_signs(tmp_path, sign):
    (tmp_path / "a.csv").write_text(f"编码{sign}单位\n1{sign}甲\n", encoding="utf-8")
    assert read_sheet(tmp_path / "a.csv").rows == [["编码", "单位"], ["1", "甲"]]


def test_quoted_line_breaks_stay_in_their_cell(tmp_path):
    (tmp_path / "a.csv").write_text('编码,单位\n1,"甲\n乙"\n', encoding="utf-8")
    assert read_sheet(tmp_path / "a.csv").rows[1] == ["1", "甲\n乙"]


def test_rows_beyond_the_wanted_are_only_counted(tmp_path):
    (tmp_path / "a.csv").write_text("编码,单位\n" + "1,甲\n" * 10, encoding="utf-8")
    read = read_sheet(tmp_path / "a.csv", most=3)
    assert (len(read.rows), read.more) == (3, 8)


def test_a_full_first_row_is_the_header_even_if_no_name_in_it_is_known(tmp_path):
    (tmp_path / "a.csv").write_text("alpha,beta\n网格编码,责任单位\n", encoding="utf-8")
    table, _ = read_sheet(tmp_path / "a.csv").table()
    assert list(table.columns) == ["alpha", "beta"]

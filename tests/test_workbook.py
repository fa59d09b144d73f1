"""Workbooks for people."""

import gc
import tempfile

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from gridgov.errors import FormatError
from gridgov.tables import write_table
from gridgov.workbook import check_rows, write_workbook


@pytest.fixture
def book(tmp_path):
    """Write tables and open what was written."""

    def write(**tables):
        write_workbook(tables, tmp_path / "t.xlsx", headings={"b": "What this sheet says."})
        return openpyxl.load_workbook(tmp_path / "t.xlsx")

    return write


def test_a_table_without_rows_has_its_header_all_the_same(book):
    assert book(a=pd.DataFrame({"grid_id": []}))["a"]["A1"].value == "grid_id"


def test_a_heading_stands_above_the_column_names_and_stays_in_sight(book):
    sheet = book(b=pd.DataFrame({"grid_id": ["7"]}))["b"]
    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == ["What this sheet says.", "grid_id", "7"]
    assert sheet.freeze_panes == "A3"


def test_text_that_looks_like_a_formula_or_a_number_stays_text(book):
    table = pd.DataFrame({"grid_id": ["41010400900100001"], "note": ["=1+1"], "area_m2": [float("nan")]})
    row = book(a=table)["a"][2]
    assert [(cell.value, cell.data_type) for cell in row] == [
        ("41010400900100001", "s"),
        ("=1+1", "s"),
        (None, "n"),
    ]


def test_numbers_are_shown_rounded_and_kept_whole(book):
    sheet = book(a=pd.DataFrame({"area_m2": [1234.5678], "grid_share": [0.12345]}))["a"]
    assert [(cell.value, cell.number_format) for cell in sheet[2]] == [
        (1234.5678, "#,##0"),
        (0.12345, "0.00%"),
    ]


def test_a_text_longer_than_a_cell_is_cut(book):
    assert len(book(a=pd.DataFrame({"grid_ids": ["7|" * 20_000]}))["a"]["A2"].value) == 32_767


def test_more_rows_than_a_sheet_holds_are_refused_with_the_way_out(tmp_path, monkeypatch):
    monkeypatch.setattr("gridgov.workbook.MOST_ROWS", 3)
    table = pd.DataFrame({"a": [1, 2]})
    check_rows({"a": table}, tmp_path / "t.xlsx", instead=".csv")
    with pytest.raises(FormatError, match=r"holds 1 rows, and 'a' has 2; write \.csv instead"):
        check_rows({"a": table}, tmp_path / "t.xlsx", instead=".csv", above=2)


# The library itself leaves its files open when it is stopped.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("write", [lambda table, path: write_workbook({"a": table}, path), write_table])
def test_a_workbook_that_is_stopped_leaves_no_parts_of_it_behind(tmp_path, monkeypatch, write):
    def stop(*arguments, **options):
        raise KeyboardInterrupt

    parts = tmp_path / "parts"
    parts.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(parts))
    monkeypatch.setattr(xlsxwriter.workbook, "ZipFile", stop)
    with pytest.raises(KeyboardInterrupt):
        write(pd.DataFrame({"id": ["007"] * 50}), tmp_path / "t.xlsx")
    gc.collect()
    assert list(parts.iterdir()) == []

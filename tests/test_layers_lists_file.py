import openpyxl
import pandas as pd
import pytest

from gridgov.errors import FormatError, InputMissingError, OutputExistsError
from gridgov.headings import heading
from gridgov.layers.lists_file import SHEETS, check_lists_output, write_lists
from gridgov.lists import LISTS, list_words, network_lists
from gridgov.tables import read_table


@pytest.fixture(scope="module")
def book(moved_network, tmp_path_factory):
    path = tmp_path_factory.mktemp("清单") / "清单 1.xlsx"
    write_lists(moved_network, path)
    return openpyxl.load_workbook(path)


def test_a_workbook_has_a_sheet_per_list_named_as_planners_do(book):
    assert book.sheetnames == [SHEETS[name] for name in LISTS]
    assert book.sheetnames[:3] == ["对照表 crosswalk", "冲突清单 conflicts", "空白区 uncovered"]


def test_each_sheet_begins_with_a_sentence_and_keeps_its_header_in_sight(book):
    for name, sheet in zip(LISTS, book, strict=True):
        assert sheet["A1"].value == list_words("en")[name]
        assert sheet.freeze_panes == "A3"


def test_ids_are_text_and_areas_are_numbers(book):
    header, first = (list(row) for row in book["对照表 crosswalk"].iter_rows(min_row=2, max_row=3))
    kinds = {name.value.rpartition(" ")[2]: cell.data_type for name, cell in zip(header, first, strict=True)}
    assert kinds["grid_id"] == kinds["district"] == "s"
    assert kinds["area_m2"] == kinds["grid_share"] == "n"
    assert {cell.value for cell in first} >= {"410104"}


def test_columns_are_as_wide_as_their_text(book):
    sheet = book["对照表 crosswalk"]
    named = {cell.value.rpartition(" ")[2]: cell.column_letter for cell in sheet[2]}
    width = {name: sheet.column_dimensions[letter].width for name, letter in named.items()}
    # Chinese characters are twice as wide, and no column is wider than a screen.
    assert width["owner"] >= 2 * len("示例派出所")
    assert max(width.values()) <= 49


def test_every_row_is_there(book, moved_network):
    for name, table in network_lists(moved_network).items():
        assert book[SHEETS[name]].max_row == 2 + len(table)


def test_more_rows_than_a_sheet_holds_name_the_folder(moved_network, tmp_path, monkeypatch):
    monkeypatch.setattr("gridgov.workbook.MOST_ROWS", 5)
    with pytest.raises(FormatError, match="-o DIR"):
        write_lists(moved_network, tmp_path / "t.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_gets_one_table_per_list(moved_network, tmp_path):
    rows = write_lists(moved_network, tmp_path / "清单 v1")
    assert sorted(path.stem for path in (tmp_path / "清单 v1").iterdir()) == sorted(LISTS)
    assert rows["lost"] == 1
    data = (tmp_path / "清单 v1" / "lost.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfdepartment,grid_id,")
    assert b"\r\n" in data


def test_the_tables_come_back_as_they_were(moved_network, tmp_path):
    write_lists(moved_network, tmp_path / "t")
    write_lists(moved_network, tmp_path / "t.xlsx")
    mine = network_lists(moved_network)["crosswalk"]
    text = read_table(tmp_path / "t" / "crosswalk.csv")
    sheet = read_table(tmp_path / "t.xlsx", sheet=SHEETS["crosswalk"])
    assert sheet.columns == [heading(column) for column in mine.columns]
    for back in (text, sheet.rename(dict(zip(sheet.columns, mine.columns, strict=True)))):
        assert back.columns == list(mine.columns)
        assert back["grid_id"].to_list() == mine["grid_id"].tolist()
        shares = back["grid_share"].cast(float).to_list()
        # A reader of workbooks shows nine digits of a share.
        assert shares == pytest.approx(mine["grid_share"].tolist(), abs=1e-9)


def test_a_folder_that_is_there_keeps_its_other_files(moved_network, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    write_lists(moved_network, tmp_path)
    with pytest.raises(OutputExistsError, match=r"crosswalk\.csv is already there; --overwrite"):
        write_lists(moved_network, tmp_path)
    write_lists(moved_network, tmp_path, overwrite=True)
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1 + len(LISTS)


def test_a_table_that_cannot_be_written_leaves_the_others_as_they_were(moved_network, tmp_path, monkeypatch):
    (tmp_path / "crosswalk.csv").write_text("old")

    def fail(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(KeyboardInterrupt):
        write_lists(moved_network, tmp_path, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["crosswalk.csv"]
    assert (tmp_path / "crosswalk.csv").read_text() == "old"


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(FormatError, match=r"a folder or to one \.xlsx"):
        check_lists_output(tmp_path / "t.csv")


def test_a_missing_folder_above_is_said(tmp_path):
    with pytest.raises(InputMissingError, match="create it first"):
        check_lists_output(tmp_path / "no" / "t")

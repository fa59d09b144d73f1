"""The crosswalk of departments on disk."""

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely
from shapely import box

from gridgov import crosswalk_departments, schema
from gridgov.errors import FormatError, OutputExistsError
from gridgov.meanings import meaning
from gridgov.tables.crosswalk_file import crosswalk_sheets, write_crosswalk

LONG = "410104001002003" + "01"


def layer(*shapes, ids):
    columns = {"grid_id": list(ids), "name": None, "owner": [f"={each} 科" for each in ids]}
    moved = [shapely.affinity.translate(shape, 474_352, 3_843_000) for shape in shapes]
    return gpd.GeoDataFrame(columns, geometry=moved, crs=4547)


@pytest.fixture(scope="module")
def result():
    big = layer(box(0, 0, 400, 400), box(400, 0, 800, 400), ids=[LONG, "0012"])
    small = layer(*(box(x, 0, x + 200, 400) for x in (2, 202, 402, 602)), ids="abcd")
    return crosswalk_departments({"police": big, "综治": small})


@pytest.fixture(scope="module")
def book(result, tmp_path_factory):
    path = tmp_path_factory.mktemp("xlsx") / "对照表.xlsx"
    write_crosswalk(result, path)
    return openpyxl.load_workbook(path)


def test_there_is_a_sheet_per_ordered_pair_after_the_summary(book):
    assert book.sheetnames == ["汇总 summary", "合计 totals", "说明 notes", "police - 综治", "综治 - police"]


def test_ids_are_text_and_keep_every_digit_and_leading_zero(book):
    cells = [row[1] for row in book["police - 综治"].iter_rows(min_row=2)]
    assert {cell.value for cell in cells} == {LONG, "0012"}
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


def test_an_owner_that_begins_like_a_formula_is_text(book):
    assert book["police - 综治"]["C2"].data_type == "s"


def test_the_header_is_frozen_on_every_sheet(book):
    assert {sheet.freeze_panes for sheet in book} == {"A2"}


def test_the_summary_counts_every_relation_in_words(book):
    rows = list(book["汇总 summary"].iter_rows(values_only=True))
    assert [text.rpartition(" ")[2] for text in rows[0]] == [
        "department_a", "department_b", "relation", "grids_of_a", "overlaps", "area_m2", "meaning",
    ]  # fmt: skip
    assert rows[0][2] == "关系 relation"
    assert [row[2] for row in rows[1:7]] == list(schema.DEPARTMENT_RELATIONS)
    assert [row[6] for row in rows[1:7]] == list(schema.DEPARTMENT_RELATIONS.values())
    assert {row[2]: row[3] for row in rows[1:7] if row[3]} == {"1:n": 2}


def test_what_a_relation_means_is_said_in_the_language_spoken(result, in_chinese):
    meanings = in_chinese(crosswalk_sheets, result)["汇总 summary"]["meaning"]
    assert meanings.tolist()[:6] == [meaning("relation", name, "zh") for name in schema.DEPARTMENT_RELATIONS]


def test_slivers_are_at_the_end_of_their_sheet(book):
    relations = [row[-1] for row in book["police - 综治"].iter_rows(min_row=2, values_only=True)]
    assert relations == ["1:n"] * 4 + ["sliver", "none"]


def test_shares_are_numbers_shown_as_per_cent(book):
    cell = book["police - 综治"]["H2"]
    assert (cell.data_type, cell.number_format) == ("n", "0.00%")


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_one_table_holds_all_pairs(result, tmp_path, ending):
    path = tmp_path / f"x{ending}"
    write_crosswalk(result, path)
    read = pd.read_parquet(path) if ending == ".parquet" else pd.read_csv(path, dtype={"grid_a": str})
    assert list(read.columns) == list(schema.DEPARTMENT_CROSSWALK_COLUMNS)
    assert read["grid_a"].tolist() == result.pairs["grid_a"].tolist()
    assert read["share_of_a"].tolist() == result.pairs["share_of_a"].tolist()


def test_long_department_names_are_cut_to_what_a_sheet_may_be_called(result):
    first, second = "综合治理网格" * 6, "综合治理网格" * 6 + "二"
    pairs = result.pairs.replace({"police": first, "综治": second})
    long = type(result)(**{**{name: getattr(result, name) for name in result.__slots__}, "pairs": pairs})
    names = list(crosswalk_sheets(long))
    assert len({name.casefold() for name in names}) == 5
    assert max(map(len, names)) <= 31


def test_a_short_name_leaves_its_room_to_a_long_one(result):
    pairs = result.pairs.replace({"police": "p", "综治": "comprehensive_governance"})
    long = type(result)(**{**{name: getattr(result, name) for name in result.__slots__}, "pairs": pairs})
    assert "p - comprehensive_governance" in crosswalk_sheets(long)


def test_another_ending_is_an_error_that_lists_those_there_are(result, tmp_path):
    with pytest.raises(FormatError, match=r"\.xlsx, \.csv, \.parquet"):
        write_crosswalk(result, tmp_path / "x.gpkg")


def test_a_file_that_exists_stays_unless_told(result, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("mine")
    with pytest.raises(OutputExistsError, match="--overwrite"):
        write_crosswalk(result, path)
    assert path.read_text() == "mine"
    write_crosswalk(result, path, overwrite=True)
    assert "grid_a" in path.read_text("utf-8-sig")


def test_more_rows_than_a_sheet_holds_are_refused_with_a_way_out(result, tmp_path, monkeypatch):
    monkeypatch.setattr("gridgov.workbook.MOST_ROWS", 4)
    with pytest.raises(FormatError, match=r"write \.csv or \.parquet"):
        write_crosswalk(result, tmp_path / "x.xlsx")

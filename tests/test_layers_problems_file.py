import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from shapely import box

from gridgov.check import check_grids
from gridgov.errors import FormatError, OutputExistsError
from gridgov.layers.problems_file import write_problems
from gridgov.meanings import kind_shown, meaning
from gridgov.schema import KINDS, SEVERITIES

LONG = ["41010400900100001", "41010400900100002", "41010400900100003"]


@pytest.fixture
def report():
    """Two grids that overlap widely, a third without an owner beside them."""
    shapes = [box(x, 3_843_000, x + 240, 3_843_200) for x in (474_000, 474_200, 474_440)]
    owners = ["居委会", "=派出所", None]
    grids = gpd.GeoDataFrame({"grid_id": LONG, "name": None, "owner": owners}, geometry=shapes, crs=4547)
    grids.attrs["gridgov"] = {
        "department": "police",
        "problems": [
            {"kind": "no_geometry", "grid_ids": ["7"], "area_m2": None, "note": "row 7", "wkt": None}
        ],
    }
    return check_grids({"police": grids})


@pytest.fixture
def clean():
    grids = gpd.GeoDataFrame(
        {"grid_id": ["1"], "name": None, "owner": "a"},
        geometry=[box(474_000, 3_843_000, 474_200, 3_843_200)],
        crs=4547,
    )
    return check_grids({"police": grids})


def test_a_geopackage_holds_every_problem_as_one_layer_of_multipolygons(report, tmp_path):
    path = tmp_path / "问题 1.gpkg"
    write_problems(report, path)
    assert pyogrio.read_info(path, layer="problems")["geometry_type"] == "MultiPolygon"
    back = gpd.read_file(path, layer="problems")
    assert back.crs.to_epsg() == 4547
    assert back["kind"].tolist() == report.problems["kind"].tolist()
    assert back["grid_ids"].tolist() == ["7", "|".join(LONG[:2]), LONG[2]]


def test_a_geopackage_holds_the_ledger(report, tmp_path):
    write_problems(report, tmp_path / "p.gpkg")
    back = pyogrio.read_dataframe(tmp_path / "p.gpkg", layer="coverage", read_geometry=False)
    assert back["outline_m2"][0] == report.coverage["outline_m2"][0]


def test_a_workbook_has_three_sheets_and_keeps_long_ids(report, tmp_path):
    write_problems(report, tmp_path / "p.xlsx")
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    assert book.sheetnames == ["汇总 summary", "覆盖 coverage", "问题 problems"]
    cells = {cell.value: cell.data_type for row in book["问题 problems"].iter_rows() for cell in row}
    assert cells[LONG[2]] == "s"


def test_an_owner_that_begins_like_a_formula_stays_text_in_a_workbook(report, tmp_path):
    write_problems(report, tmp_path / "p.xlsx")
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    types = {cell.value: cell.data_type for row in book["问题 problems"].iter_rows() for cell in row}
    assert types["居委会|=派出所"] == "s"


def test_a_workbook_says_kinds_and_columns_in_both_languages(report, tmp_path, in_chinese):
    in_chinese(write_problems, report, tmp_path / "p.xlsx")
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    header, first, *_ = book["汇总 summary"].iter_rows(values_only=True)
    named = dict(zip(header, first, strict=True))
    kind = named["类型 kind"].partition(" ")[2]
    assert named["类型 kind"] == kind_shown(kind)
    assert named["级别 severity"].split()[1] in SEVERITIES
    assert named["含义 meaning"] == meaning("kind-means", kind, "zh")
    header, first, *_ = book["问题 problems"].iter_rows(values_only=True)
    assert first[header.index("类型 kind")] in map(kind_shown, KINDS)
    assert all(text.rpartition(" ")[2] in report.problems.columns for text in header)


def test_geojson_is_in_degrees(report, tmp_path):
    write_problems(report, tmp_path / "p.geojson")
    west, south, east, north = gpd.read_file(tmp_path / "p.geojson").total_bounds
    assert 113 < west < east < 114
    assert 34 < south < north < 35


def test_csv_is_text_without_shapes(report, tmp_path):
    write_problems(report, tmp_path / "p.csv")
    back = pd.read_csv(tmp_path / "p.csv", dtype=str)
    assert back["grid_ids"].tolist() == ["7", "|".join(LONG[:2]), LONG[2]]
    assert "geometry" not in back


@pytest.mark.parametrize("ending", [".gpkg", ".xlsx", ".geojson", ".csv"])
def test_a_report_without_problems_is_written_too(clean, tmp_path, ending):
    write_problems(clean, tmp_path / f"p{ending}")
    assert (tmp_path / f"p{ending}").stat().st_size > 0


def test_another_ending_is_refused_with_those_that_work(report, tmp_path):
    with pytest.raises(FormatError, match=r"\.gpkg, \.xlsx, \.geojson, \.csv"):
        write_problems(report, tmp_path / "p.shp")


def test_a_file_that_is_there_stays(report, tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("mine")
    with pytest.raises(OutputExistsError):
        write_problems(report, path)
    assert path.read_text() == "mine"

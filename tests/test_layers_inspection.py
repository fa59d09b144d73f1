"""Facts of files, as `gridgov info` shows them."""

from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from shapely import box

from gridgov.errors import InputMissingError
from gridgov.layers.inspection import inspect_file

SQUARES = [box(474_000, 3_843_000, 474_500, 3_843_500), box(474_500, 3_843_000, 475_000, 3_843_500)]
SAMPLES = Path(__file__).parents[1] / "data" / "samples"


def grids(crs=4547):
    columns = {"网格编码": ["410104001", "410104002"], "责任单位": ["航海路派出所"] * 2, "面积": [1.5, 2.0]}
    return gpd.GeoDataFrame(columns, geometry=SQUARES, crs=crs)


@pytest.fixture
def police(tmp_path):
    path = tmp_path / "police.shp"
    pyogrio.write_dataframe(grids(), path, encoding="GB18030")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    return path


def test_a_shapefile_tells_rows_geometry_encoding_and_position(police):
    (facts,) = inspect_file(police)
    assert (facts.rows, facts.geometry, facts.encoding) == (2, {"Polygon": 2}, "gb18030")
    assert facts.crs == "EPSG:4547 CGCS2000 3-degree zone, CM 114E"
    assert facts.extent == (474_000, 3_843_000, 475_000, 3_843_500)
    assert facts.degrees == pytest.approx((113.716, 34.715, 113.727, 34.720), abs=0.001)


def test_columns_show_up_to_three_different_values(police):
    (facts,) = inspect_file(police)
    assert [(c.name, c.kind, *c.sample) for c in facts.columns] == [
        ("网格编码", "text", "410104001", "410104002"),
        ("责任单位", "text", "航海路派出所"),
        ("面积", "number", "1.5", "2"),
    ]
    assert [c.name for c in facts.columns if c.unique] == ["网格编码"]


def test_a_column_without_any_value_is_empty_whatever_its_type(tmp_path):
    frame = grids().assign(日期=pd.Series([None, None], dtype="datetime64[ms]"))
    frame.to_file(tmp_path / "jw.gpkg")
    (facts,) = inspect_file(tmp_path / "jw.gpkg")
    assert [(c.kind, *c.sample) for c in facts.columns if c.name == "日期"] == [("empty",)]


def test_the_columns_that_would_be_taken_are_told(police):
    (facts,) = inspect_file(police)
    assert facts.taken == {"id": ["网格编码"], "name": [], "owner": ["责任单位"]}


def test_a_rung_finds_its_own_names(tmp_path):
    frame = gpd.GeoDataFrame({"街道编码": ["1"], "街道名称": ["甲街道"]}, geometry=SQUARES[:1], crs=4547)
    frame.to_file(tmp_path / "街道.gpkg")
    (facts,) = inspect_file(tmp_path / "街道.gpkg")
    assert facts.taken == {"id": ["街道编码"], "name": ["街道名称"]}


def test_without_a_coordinate_system_the_candidates_stand_in(police):
    police.with_suffix(".prj").unlink()
    (facts,) = inspect_file(police)
    assert facts.crs is None
    assert "EPSG:4547" in [candidate.name for candidate in facts.candidates]


def test_metres_in_geojson_are_doubted(tmp_path):
    pyogrio.write_dataframe(grids(4326), tmp_path / "jw.geojson")
    (facts,) = inspect_file(tmp_path / "jw.geojson")
    assert "cannot be EPSG:4326" in facts.doubt
    assert facts.candidates


def test_every_layer_is_told_and_one_can_be_asked_for(tmp_path):
    for name in ("police", "urban"):
        pyogrio.write_dataframe(grids(), tmp_path / "c.gpkg", layer=name, append=name == "urban")
    assert [facts.layer for facts in inspect_file(tmp_path / "c.gpkg")] == ["police", "urban"]
    assert [facts.layer for facts in inspect_file(tmp_path / "c.gpkg", layer="urban")] == ["urban"]
    with pytest.raises(InputMissingError, match="police, urban"):
        inspect_file(tmp_path / "c.gpkg", layer="fire")


def test_a_table_of_incidents_is_known_by_its_coordinates(tmp_path):
    text = "事件编码,小类,经度,纬度\n1,路灯,113.73,34.72\n2,井盖,,\n"
    (tmp_path / "a.csv").write_bytes(text.encode("gb18030"))
    (facts,) = inspect_file(tmp_path / "a.csv")
    assert facts.looks_like == "incidents (rows with a coordinate)"
    assert facts.geometry == {"Point": 1}
    assert facts.taken["lon"] == ["经度"]
    assert {"EPSG:4490", "gcj02", "bd09"} <= {candidate.name for candidate in facts.candidates}


def test_all_rows_of_a_long_table_are_counted(tmp_path):
    (tmp_path / "a.csv").write_text("经度,纬度\n" + "113.7,34.7\n" * 6000, encoding="utf-8")
    (facts,) = inspect_file(tmp_path / "a.csv")
    assert facts.rows == 6000
    assert facts.looked_at < 6000


def test_a_ledger_is_told_with_its_title_and_totals(tmp_path):
    book = openpyxl.Workbook()
    for row in (["警务网格台账", None], ["网格编码", "责任单位"], ["1", "一所"], ["合计", "1"]):
        book.active.append(row)
    book.save(tmp_path / "台账.xlsx")
    (facts,) = inspect_file(tmp_path / "台账.xlsx")
    assert facts.rows == 1
    assert facts.taken["id"] == ["网格编码"]
    assert any("totals" in note for note in facts.notes)


def test_a_drawing_lists_its_cad_layers(tmp_path):
    ring = "".join(f"10\n{x}\n20\n{y}\n" for x, y in [(0, 0), (9, 0), (9, 9)])
    shape = f"0\nLWPOLYLINE\n8\nGRID\n90\n3\n70\n1\n{ring}"
    (tmp_path / "a.dxf").write_text(f"0\nSECTION\n2\nENTITIES\n{shape}0\nENDSEC\n0\nEOF\n", encoding="ascii")
    (facts,) = inspect_file(tmp_path / "a.dxf")
    assert "closed lines on the CAD layers: GRID (1)" in facts.notes


def test_a_drawing_with_texts_says_what_becomes_of_them(tmp_path):
    ring = "".join(f"10\n{x}\n20\n{y}\n" for x, y in [(0, 0), (9, 0), (9, 9)])
    shape = f"0\nLWPOLYLINE\n8\nGRID\n90\n3\n70\n1\n{ring}"
    text = "0\nTEXT\n8\nWORDS\n10\n8\n20\n1\n40\n1\n1\nP1\n"
    drawing = f"0\nSECTION\n2\nENTITIES\n{shape}{text}0\nENDSEC\n0\nEOF\n"
    (tmp_path / "a.dxf").write_text(drawing, encoding="ascii")
    (facts,) = inspect_file(tmp_path / "a.dxf")
    assert "texts on the CAD layers: WORDS (1); the text inside a polygon is its id" in facts.notes


def test_a_merged_network_is_recognised(tmp_path):
    columns = {
        "cell_id": ["1"],
        "district": ["a"],
        "district_name": ["A"],
        "police": ["p"],
        "police_owner": [None],
    }
    cells = gpd.GeoDataFrame(columns, geometry=SQUARES[:1], crs=4547)
    pyogrio.write_dataframe(cells, tmp_path / "n.gpkg", layer="cells")
    pyogrio.write_dataframe(pd.DataFrame({"key": ["a"]}), tmp_path / "n.gpkg", layer="provenance")
    (facts,) = inspect_file(tmp_path / "n.gpkg")
    assert facts.looks_like == "a network merged by gridgov: cells of police, within district"


def test_facts_are_plain_json_values(police):
    import json

    (facts,) = inspect_file(police)
    assert json.loads(json.dumps(facts.as_dict()))["rows"] == 2


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("police.shp", "police grids"),
        ("urban.geojson", "urban-management grids"),
        ("comprehensive.gpkg", "comprehensive-governance grids"),
        ("districts.geojson", "districts"),
        ("streets.gpkg", "streets"),
        ("communities.gpkg", "communities"),
        ("zone.gpkg", "a development zone"),
        ("incidents.csv", "incidents"),
        ("rules.csv", "handler rules"),
        ("police_owners.xlsx", "a table about police grids"),
    ],
)
def test_the_samples_look_like_what_they_are(name, guess):
    (facts,) = inspect_file(SAMPLES / name)
    assert facts.looks_like.startswith(guess)

"""Two squares written in every format, read back; and every way in which a file can be wrong."""

import shutil
import struct
import warnings
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
from shapely import box, transform, union_all

from gridgov.errors import CRSError, EncodingError, FormatError, InputMissingError, SchemaError
from gridgov.layers import Ledger, read_grids

SQUARES = [box(474_000, 3_843_000, 474_500, 3_843_500), box(474_500, 3_843_000, 475_000, 3_843_500)]
IDS = ["410104001001", "410104001002"]
SHARED = Path(__file__).parents[2] / "shared" / "data"

MIF = """Version 300
Charset "Neutral"
Delimiter ","
CoordSys Earth Projection 8, 0, "m", 114, 0, 1, 500000, 0
Columns 1
  网格编码 Char(20)
Data

Region 1
  5
474000 3843000
474500 3843000
474500 3843500
474000 3843500
474000 3843000
    Pen (1,2,0)
"""


def grids(crs=4547, **columns):
    return gpd.GeoDataFrame(
        {"网格编码": IDS, "责任单位": ["航海路派出所", "城管中队"], **columns}, geometry=SQUARES, crs=crs
    )


def notes(layer):
    return " / ".join(layer.attrs["gridgov"]["notes"])


def gb18030_shapefile(folder, name="jw", frame=None):
    path = folder / f"{name}.shp"
    pyogrio.write_dataframe(grids() if frame is None else frame, path, encoding="GB18030")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    return path


def write_sheet(path, rows, *, merge=(), name="台账"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for cells in merge:
        sheet.merge_cells(cells)
    book.save(path)
    return path


# Formats -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "driver"),
    [
        ("jw.gpkg", "GPKG"),
        ("jw.gdb", "OpenFileGDB"),
        ("jw.fgb", "FlatGeobuf"),
        ("JW.GPKG", "GPKG"),
    ],
)
def test_a_layer_is_read_whatever_its_format(tmp_path, name, driver):
    pyogrio.write_dataframe(grids(), tmp_path / name, driver=driver)
    layer = read_grids(tmp_path / name)
    assert sorted(layer["grid_id"]) == IDS
    assert sorted(layer["owner"]) == ["城管中队", "航海路派出所"]
    assert layer.crs.to_epsg() == 4547
    assert layer.area.sum() == pytest.approx(500_000)


@pytest.mark.parametrize("name", ["jw.tab", "jw.mif"])
def test_mapinfo_tables_declare_their_own_encoding(tmp_path, name):
    pyogrio.write_dataframe(
        grids(), tmp_path / name, driver="MapInfo File", layer_options={"ENCODING": "CP936"}
    )
    layer = read_grids(tmp_path / name, encoding="gb18030", crs=4547)
    assert layer["owner"].tolist() == ["航海路派出所", "城管中队"]


@pytest.mark.parametrize(("name", "driver"), [("jw.geojson", "GeoJSON"), ("jw.kml", "LIBKML")])
def test_degrees_of_geojson_and_kml_are_wgs84(tmp_path, name, driver):
    pyogrio.write_dataframe(grids().to_crs(4326), tmp_path / name, driver=driver)
    layer = read_grids(tmp_path / name, columns={"id": "网格编码"})
    assert layer["grid_id"].tolist() == IDS
    assert layer.crs.to_epsg() == 4326
    assert "tessellate" not in layer


def test_geoparquet_is_read_without_gdal(tmp_path):
    grids().to_parquet(tmp_path / "jw.parquet")
    assert read_grids(tmp_path / "jw.parquet")["grid_id"].tolist() == IDS


def test_a_csv_of_wkt_is_a_layer(tmp_path):
    rows = [f'{i},"{square.wkt}"' for i, square in zip(IDS, SQUARES, strict=True)]
    (tmp_path / "jw.csv").write_text("\n".join(["网格编码,WKT", *rows]), encoding="gb18030")
    layer = read_grids(tmp_path / "jw.csv", crs=4547)
    assert layer["grid_id"].tolist() == IDS
    assert layer.area.sum() == pytest.approx(500_000)


def test_a_workbook_of_border_coordinates_is_a_layer(tmp_path):
    rows = [["网格边界表", None], ["网格编码", "边界坐标"]]
    rows += [
        ["a", "113.70,34.70;113.71,34.70;113.71,34.71"],
        ["b", "１１３．７２，３４．７０；113.73,34.70；113.73,34.71"],
    ]
    layer = read_grids(write_sheet(tmp_path / "jw.xlsx", rows), crs="cgcs2000")
    assert layer["grid_id"].tolist() == ["a", "b"]
    assert layer.total_bounds == pytest.approx([113.70, 34.70, 113.73, 34.71])


@pytest.mark.parametrize("name", ["jw.shp", "jw.gdb", "jw.gpkg"])
def test_a_zip_is_looked_into(tmp_path, name):
    inside = tmp_path / "数据"
    inside.mkdir()
    driver = {".shp": "ESRI Shapefile", ".gdb": "OpenFileGDB", ".gpkg": "GPKG"}[Path(name).suffix]
    encoding = "GB18030" if driver == "ESRI Shapefile" else "UTF-8"
    pyogrio.write_dataframe(grids(), inside / name, driver=driver, encoding=encoding)
    shutil.make_archive(str(tmp_path / "jw"), "zip", tmp_path, "数据")
    layer = read_grids(tmp_path / "jw.zip")
    assert layer["grid_id"].tolist() == IDS
    assert layer.attrs["gridgov"]["source"] == "jw.zip"


def test_a_zipped_shapefile_in_gb18030_is_read_right(tmp_path):
    gb18030_shapefile(tmp_path)
    with zipfile.ZipFile(tmp_path / "jw.zip", "w") as archive:
        for part in tmp_path.glob("jw.[!z]*"):
            archive.write(part, part.name)
    assert read_grids(tmp_path / "jw.zip")["owner"].tolist() == ["航海路派出所", "城管中队"]


def test_a_zip_of_several_shapefiles_wants_one_named(tmp_path):
    for name in ("jw", "cg"):
        gb18030_shapefile(tmp_path, name)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for part in [*tmp_path.glob("jw.*"), *tmp_path.glob("cg.*")]:
            archive.write(part, part.name)
    with pytest.raises(InputMissingError, match=r"cg, jw.*all\.zip#cg"):
        read_grids(tmp_path / "all.zip")
    assert read_grids(tmp_path / "all.zip", layer="jw", department="police")["grid_id"].tolist() == IDS


class GbkName(zipfile.ZipInfo):
    """An entry named as Chinese Windows names it: in GBK, not marked as UTF-8."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def test_chinese_names_in_a_zip_from_windows_can_be_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in ("警务", "城管"):
            pyogrio.write_dataframe(grids(), tmp_path / f"{name}.gpkg", layer="jw")
            archive.writestr(GbkName(f"{name}.gpkg"), (tmp_path / f"{name}.gpkg").read_bytes())
    assert read_grids(tmp_path / "all.zip", layer="警务", department="police")["grid_id"].tolist() == IDS


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("jw.dwg", "DXF 2007"),
        ("jw.mdb", r"\.gdb"),
        ("jw.xls", r"\.xlsx"),
        ("jw.dbf", r"name the \.shp"),
        ("jw.rar", "unpack"),
        ("jw.pdf", "these are: .gpkg"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, name, words):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(FormatError, match=words):
        read_grids(tmp_path / name)


# Layers ------------------------------------------------------------------------------------------------


def test_several_layers_and_none_named_lists_them(tmp_path):
    for name in ("police", "urban"):
        pyogrio.write_dataframe(grids(), tmp_path / "city.gpkg", layer=name, append=name == "urban")
    listed = r"'police' \(Polygon\), 'urban' \(Polygon\).*'city.gpkg#police'"
    with pytest.raises(InputMissingError, match=listed):
        read_grids(tmp_path / "city.gpkg")
    layer = read_grids(tmp_path / "city.gpkg", layer="urban")
    assert layer.attrs["gridgov"]["source"] == "city.gpkg#urban"


def test_a_layer_that_is_not_there_lists_those_that_are(tmp_path):
    pyogrio.write_dataframe(grids(), tmp_path / "city.gpkg", layer="police")
    with pytest.raises(InputMissingError, match="'polcie'; it has 'police'"):
        read_grids(tmp_path / "city.gpkg", layer="polcie")


def test_an_empty_layer_is_a_layer_without_grids(tmp_path):
    pyogrio.write_dataframe(grids().iloc[:0], tmp_path / "jw.gpkg", geometry_type="Polygon")
    assert len(read_grids(tmp_path / "jw.gpkg")) == 0


# Text and ids ------------------------------------------------------------------------------------------


def test_a_gb18030_shapefile_without_cpg_is_read_and_said(tmp_path):
    layer = read_grids(gb18030_shapefile(tmp_path))
    assert layer["owner"].tolist() == ["航海路派出所", "城管中队"]
    assert "text read as gb18030" in notes(layer)


def test_column_names_cut_inside_a_character_do_not_stop_the_reading(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL says that it cut the names
        pyogrio.write_dataframe(grids(big=[1, 2]), tmp_path / "jw.shp", encoding="UTF-8")
    layer = read_grids(tmp_path / "jw.shp", columns={"id": "网格编"})
    assert layer["grid_id"].tolist() == IDS
    assert layer["owner"].tolist() == ["航海路派出所", "城管中队"]


def test_a_stated_encoding_wins(tmp_path):
    path = gb18030_shapefile(tmp_path, frame=grids(责任单位=["a", "b"]))
    assert "text read as gbk, as stated" in notes(read_grids(path, encoding="gbk"))


def test_a_wrong_encoding_is_an_error_that_names_the_option(tmp_path):
    with pytest.raises(EncodingError, match="--encoding"):
        read_grids(gb18030_shapefile(tmp_path), encoding="utf-8")


def test_geojson_saved_in_gbk_is_read_right(tmp_path):
    path = tmp_path / "jw.geojson"
    pyogrio.write_dataframe(grids().to_crs(4326), path)
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    assert read_grids(path)["owner"].tolist() == ["航海路派出所", "城管中队"]


def test_a_neutral_mif_in_gbk_is_read_right(tmp_path):
    (tmp_path / "jw.mif").write_bytes(MIF.encode("gbk"))
    (tmp_path / "jw.mid").write_bytes('"警格一"\r\n'.encode("gbk"))
    assert read_grids(tmp_path / "jw.mif", crs=4547)["grid_id"].tolist() == ["警格一"]


def test_long_whole_numbers_stay_exact_beside_blanks(tmp_path):
    code = pd.array([41010400100100313, None], dtype="Int64")
    pyogrio.write_dataframe(grids(code=code), tmp_path / "jw.gpkg")
    layer = read_grids(tmp_path / "jw.gpkg", columns={"id": "code"})
    assert layer["grid_id"].tolist() == ["41010400100100313", "?2"]


def test_columns_can_be_stated(tmp_path):
    pyogrio.write_dataframe(grids(other=["x", "y"]), tmp_path / "jw.gpkg")
    assert read_grids(tmp_path / "jw.gpkg", columns={"id": "other"})["grid_id"].tolist() == ["x", "y"]


# Coordinate systems -------------------------------------------------------------------------------------


def outline():
    return union_all(gpd.GeoSeries(SQUARES, crs=4547).to_crs(4490).to_numpy())


def test_a_missing_coordinate_system_lists_the_candidates_with_their_shares(tmp_path):
    path = gb18030_shapefile(tmp_path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(CRSError) as caught:
        read_grids(path, department="police", outline=outline())
    message = str(caught.value)
    assert "--crs police=EPSG:4547" in message
    assert "100.0%  EPSG:4547" in message
    assert "EPSG:2383" in message
    assert "inside the outline" in message


def test_a_stated_coordinate_system_is_taken(tmp_path):
    path = gb18030_shapefile(tmp_path)
    path.with_suffix(".prj").unlink()
    assert read_grids(path, crs="EPSG:4547").crs.to_epsg() == 4547


def test_geojson_that_holds_metres_is_refused_with_candidates(tmp_path):
    path = tmp_path / "jw.geojson"
    pyogrio.write_dataframe(grids(crs=None).set_crs(4326), path)
    with pytest.raises(CRSError, match=r"cannot be EPSG:4326(.|\n)*EPSG:4547"):
        read_grids(path, outline=outline())


def test_exchanged_coordinates_are_to_be_put_right_in_the_file(tmp_path):
    frame = grids().to_crs(4490)
    frame = frame.set_geometry(transform(frame.geometry, np.fliplr))
    pyogrio.write_dataframe(frame, tmp_path / "jw.shp", encoding="GB18030")
    (tmp_path / "jw.prj").unlink()
    with pytest.raises(CRSError) as caught:
        read_grids(tmp_path / "jw.shp")
    assert "have x and y exchanged in the file" in str(caught.value)
    assert "--crs" not in str(caught.value)
    assert str(caught.value).count(" swapped ") == 1


def test_the_outline_may_be_a_layer(tmp_path):
    path = gb18030_shapefile(tmp_path)
    path.with_suffix(".prj").unlink()
    districts = gpd.GeoDataFrame(geometry=SQUARES, crs=4547)
    with pytest.raises(CRSError, match=r"inside the outline(.|\n)*100\.0%  EPSG:4547"):
        read_grids(path, outline=districts)


def test_a_file_of_another_case_is_the_one_meant(tmp_path):
    (tmp_path / "jw.gpkg").touch()
    (tmp_path / "zz.gpkg").touch()
    with pytest.raises(InputMissingError, match=r"did you mean 'jw\.gpkg'"):
        read_grids(tmp_path / "JW.GPKG")


def test_eastings_with_a_zone_number_are_refused_under_a_system_without_one(tmp_path):
    frame = grids()
    frame = frame.set_geometry(frame.translate(38_000_000, 0))
    pyogrio.write_dataframe(frame, tmp_path / "jw.gpkg")
    with pytest.raises(CRSError, match=r"EPSG:4526"):
        read_grids(tmp_path / "jw.gpkg")
    assert read_grids(tmp_path / "jw.gpkg", crs=4526).crs.to_epsg() == 4526


@pytest.mark.parametrize(("code", "datum"), [(2383, "Xian"), (2435, "Beijing")])
def test_old_datums_are_refused_with_the_reason(tmp_path, code, datum):
    pyogrio.write_dataframe(grids(crs=code), tmp_path / "jw.gpkg")
    with pytest.raises(CRSError, match=rf"{datum}.*70 m"):
        read_grids(tmp_path / "jw.gpkg")


def test_web_map_degrees_are_converted_when_stated(tmp_path):
    pyogrio.write_dataframe(grids().to_crs(4326), tmp_path / "jw.geojson")
    moved = read_grids(tmp_path / "jw.geojson", crs="gcj02").to_crs(4547)
    off_m = np.hypot(*(moved.total_bounds[:2] - [474_000, 3_843_000]))
    assert 500 < off_m < 650


def test_grids_that_all_lie_outside_the_outline_are_noted(tmp_path):
    pyogrio.write_dataframe(grids(crs=4546), tmp_path / "jw.gpkg")
    layer = read_grids(tmp_path / "jw.gpkg", department="police", outline=outline())
    assert "not one of its grids lies inside the outline" in notes(layer)
    assert "--crs police=EPSG:4547" in notes(layer)


# Damaged and missing files ------------------------------------------------------------------------------


def test_a_missing_file_suggests_a_similar_one(tmp_path):
    gb18030_shapefile(tmp_path, "police")
    with pytest.raises(InputMissingError, match=r"did you mean 'police\.shp'"):
        read_grids(tmp_path / "polcie.shp")


@pytest.mark.parametrize("ending", [".shx", ".dbf"])
def test_a_shapefile_without_a_part_says_which(tmp_path, ending):
    path = gb18030_shapefile(tmp_path)
    path.with_suffix(ending).unlink()
    with pytest.raises(InputMissingError, match=f"jw{ending}"):
        read_grids(path)


@pytest.mark.parametrize("ending", [".shp", ".dbf"])
def test_a_shapefile_cut_short_is_damaged(tmp_path, ending):
    path = gb18030_shapefile(tmp_path).with_suffix(ending)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(FormatError, match="cut short"):
        read_grids(tmp_path / "jw.shp")


@pytest.mark.parametrize(
    "name",
    ["a.gpkg", "a.geojson", "a.tab", "a.mif", "a.kml", "a.fgb", "a.dxf", "a.parquet", "a.xlsx", "a.zip"],
)
def test_a_file_that_is_something_else_is_damaged(tmp_path, name):
    (tmp_path / name).write_bytes(b"this is not a map")
    with pytest.raises(FormatError, match=name.replace(".", r"\.")):
        read_grids(tmp_path / name)


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "a.gpkg").touch()
    with pytest.raises(FormatError, match="0 bytes"):
        read_grids(tmp_path / "a.gpkg")


def test_half_a_geopackage_is_damaged(tmp_path):
    pyogrio.write_dataframe(grids(), tmp_path / "jw.gpkg")
    raw = (tmp_path / "jw.gpkg").read_bytes()
    (tmp_path / "jw.gpkg").write_bytes(raw[: len(raw) // 2])
    with pytest.raises(FormatError, match="malformed"):
        read_grids(tmp_path / "jw.gpkg")


def test_a_parquet_file_without_geometry_says_so(tmp_path):
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(FormatError, match="no geometry"):
        read_grids(tmp_path / "a.parquet")


def test_a_folder_says_what_is_in_it(tmp_path):
    gb18030_shapefile(tmp_path)
    with pytest.raises(FormatError, match=r"folder; it holds jw\.shp"):
        read_grids(tmp_path)


def test_rings_left_open_are_closed_and_said(tmp_path):
    ring = "[[113.7,34.7],[113.71,34.7],[113.71,34.71],[113.7,34.71]]"
    (tmp_path / "jw.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a"},'
        f'"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}]}}',
        encoding="utf-8",
    )
    layer = read_grids(tmp_path / "jw.geojson")
    assert len(layer) == 1
    assert "rings were not closed" in notes(layer)


def test_a_truncated_header_is_no_shapefile(tmp_path):
    path = gb18030_shapefile(tmp_path)
    path.write_bytes(struct.pack(">i", 1) + path.read_bytes()[4:])
    with pytest.raises(FormatError, match="not a Shapefile"):
        read_grids(path)


# Ledgers -----------------------------------------------------------------------------------------------

LEDGER = [
    ["警务网格责任台账", None, None],
    ["网格编码", "责任单位", "社区民警"],
    [IDS[0], "一所", "甲"],
    [IDS[1], None, "乙"],
    ["合计", 2, None],
]


def test_owners_come_from_a_ledger_with_title_merged_cells_and_a_total(tmp_path):
    ledger = write_sheet(tmp_path / "台账.xlsx", LEDGER, merge=["A1:C1", "B3:B4"])
    frame = grids().drop(columns="责任单位")
    pyogrio.write_dataframe(frame, tmp_path / "jw.gpkg")
    layer = read_grids(tmp_path / "jw.gpkg", attributes=ledger)
    assert layer["owner"].tolist() == ["一所", "一所"]
    assert layer["社区民警"].tolist() == ["甲", "乙"]
    assert "row 2" in notes(layer)
    assert "totals left out: row 5" in notes(layer)
    assert "no owner column found" not in notes(layer)


def test_a_sheet_is_named_behind_a_hash(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["说明", "x"])
    sheet = book.create_sheet("人员")
    for row in (["网格编码", "责任单位"], [IDS[0], "一所"]):
        sheet.append(row)
    book.save(tmp_path / "l.xlsx")
    pyogrio.write_dataframe(grids(), tmp_path / "jw.gpkg")
    with pytest.raises(InputMissingError, match=r"2 sheets.*l\.xlsx#"):
        read_grids(tmp_path / "jw.gpkg", attributes=tmp_path / "l.xlsx")
    layer = read_grids(tmp_path / "jw.gpkg", attributes=f"{tmp_path}/l.xlsx#人员")
    assert layer["owner"].tolist() == ["一所", "城管中队"]


def test_a_csv_ledger_in_gb18030_is_read(tmp_path):
    (tmp_path / "l.csv").write_bytes(f"网格编码,责任单位\n{IDS[0]},一所\n".encode("gb18030"))
    pyogrio.write_dataframe(grids(), tmp_path / "jw.gpkg")
    layer = read_grids(tmp_path / "jw.gpkg", attributes=tmp_path / "l.csv")
    assert layer["owner"].tolist() == ["一所", "城管中队"]


def test_the_header_row_can_be_stated(tmp_path):
    rows = [["网格编码", "责任单位"], ["a", "b"], [IDS[0], "一所"]]
    ledger = Ledger(write_sheet(tmp_path / "l.xlsx", rows), header_row=2)
    pyogrio.write_dataframe(grids(), tmp_path / "jw.gpkg")
    with pytest.raises(SchemaError, match=r"l\.xlsx"):
        read_grids(tmp_path / "jw.gpkg", attributes=ledger)


def test_numbers_that_lost_digits_in_excel_are_said(tmp_path):
    rows = [["网格编码", "责任单位"], [IDS[0], "一所"], [41010400100100300, "二所"]]
    pyogrio.write_dataframe(grids(), tmp_path / "jw.gpkg")
    layer = read_grids(tmp_path / "jw.gpkg", attributes=write_sheet(tmp_path / "l.xlsx", rows))
    assert "1 number has more than 15 digits: Excel has already lost their last digits (A3)" in notes(layer)


def test_stated_columns_may_be_those_of_the_ledger(tmp_path):
    rows = [["网格编码", "管片单位"], [IDS[0], "一所"], [IDS[1], "二所"]]
    pyogrio.write_dataframe(grids(), tmp_path / "jw.gpkg")
    layer = read_grids(
        tmp_path / "jw.gpkg", columns={"owner": "管片单位"}, attributes=write_sheet(tmp_path / "l.xlsx", rows)
    )
    assert layer["owner"].tolist() == ["一所", "二所"]


def test_a_ledger_must_be_a_table(tmp_path):
    pyogrio.write_dataframe(grids(), tmp_path / "jw.gpkg")
    with pytest.raises(FormatError, match=r"\.xlsx or \.csv"):
        read_grids(tmp_path / "jw.gpkg", attributes=tmp_path / "jw.gpkg")


# Real data ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SHARED.exists(), reason="needs the real data")
def test_the_police_service_areas_of_a_real_city_are_read():
    layer = read_grids(SHARED / "dc" / "dc_layers.gpkg", layer="police_service_areas_psa", department="psa")
    assert len(layer) == 56


@pytest.mark.skipif(not SHARED.exists(), reason="needs the real data")
def test_the_districts_of_a_real_city_are_read_as_gcj02():
    layer = read_grids(SHARED / "zhengzhou" / "districts_gcj02.geojson", department="district", crs="gcj02")
    assert len(layer) == 12
    assert layer.crs.to_epsg() == 4490

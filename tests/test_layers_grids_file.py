import hashlib
import struct
import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

from gridgov import merge_grids, read_grids
from gridgov.departments import department_grids
from gridgov.errors import ArgumentError, FormatError, InputMissingError, OutputExistsError, SchemaError
from gridgov.layers import grids_file
from gridgov.layers.grids_file import GRID_FILES, check_grids_output, write_grids

METRES = [ending for ending in GRID_FILES if ending != ".geojson"]
LONG = ["41010400900100001", "41010400900100002"]


@pytest.fixture(scope="session")
def police(moved_network):
    return department_grids(moved_network, department="police", weight_column="户数")


def grids(**columns):
    """Two squares of 100 m side by side."""
    shapes = [box(474_000 + x, 3_843_000.01, 474_100 + x, 3_843_100.07) for x in (0, 100)]
    table = {"grid_id": LONG, "name": ["甲㐂𠮷", None], "owner": "示例派出所", **columns}
    return gpd.GeoDataFrame(table, geometry=shapes, crs=4547)


@pytest.mark.parametrize("ending", GRID_FILES)
def test_ids_names_and_owners_come_back_from_every_format(police, tmp_path, ending):
    path = tmp_path / f"警务 网格{ending}"
    write_grids(police, path)
    back = read_grids(path, department="police")
    for column in ("grid_id", "name", "owner"):
        assert back[column].tolist() == police[column].tolist()


@pytest.mark.parametrize("ending", METRES)
def test_polygons_come_back_in_the_same_crs(police, tmp_path, ending):
    write_grids(police, tmp_path / f"p{ending}")
    back = read_grids(tmp_path / f"p{ending}")
    assert back.crs.to_epsg() == 4547
    apart = shapely.hausdorff_distance(back.geometry.to_numpy(), police.geometry.to_numpy())
    assert apart.max() < 1e-4
    assert shapely.get_num_coordinates(back.geometry.to_numpy()).tolist() == [
        *shapely.get_num_coordinates(police.geometry.to_numpy())
    ]


@pytest.mark.parametrize("ending", GRID_FILES)
def test_the_exported_layer_merged_again_gives_the_same_cells(moved_network, police, tmp_path, ending):
    first = department_grids(moved_network, department="comprehensive")
    write_grids(first, tmp_path / f"a{ending}")
    write_grids(police, tmp_path / f"b{ending}")
    again = merge_grids({"a": read_grids(tmp_path / f"a{ending}"), "b": read_grids(tmp_path / f"b{ending}")})
    assert again.summary["area_m2"]["moved"] == {"a": 0.0, "b": 0.0}
    mine = moved_network.cells.dissolve(["comprehensive", "police"]).geometry.to_numpy()
    cells = again.cells.sort_values(["a", "b"]).geometry.to_numpy()
    assert shapely.area(shapely.symmetric_difference(cells, mine)).sum() == 0


@pytest.mark.parametrize("ending", GRID_FILES)
def test_common_borders_are_written_equal(police, tmp_path, ending):
    write_grids(police, tmp_path / f"p{ending}")
    assert shapely.coverage_is_valid(read_grids(tmp_path / f"p{ending}").geometry.to_numpy())


@pytest.mark.parametrize("ending", GRID_FILES)
def test_numbers_stay_numbers(police, tmp_path, ending):
    write_grids(police, tmp_path / f"p{ending}")
    back = read_grids(tmp_path / f"p{ending}")
    assert back["cells"].dtype.kind == "i"
    assert back["area_m2"].tolist() == pytest.approx(police["area_m2"].tolist())


@pytest.mark.parametrize("ending", [".gpkg", ".gdb", ".geojson", ".parquet"])
def test_chinese_column_names_are_kept_where_the_format_can(police, tmp_path, ending):
    write_grids(police, tmp_path / f"p{ending}")
    back = read_grids(tmp_path / f"p{ending}")
    assert back["网格长"].tolist() == ["李四"] * 3
    assert back["户数_moved_in"].tolist() == pytest.approx([0, 12, 0])


def test_a_layer_is_called_as_its_department(police, tmp_path):
    for ending in (".gpkg", ".gdb"):
        write_grids(police, tmp_path / f"x{ending}")
        assert pyogrio.list_layers(tmp_path / f"x{ending}")[:, 0].tolist() == ["police"]


def test_geojson_is_in_cgcs2000_degrees(police, tmp_path):
    write_grids(police, tmp_path / "p.geojson")
    back = gpd.read_file(tmp_path / "p.geojson")
    assert back.crs.to_epsg() == 4490
    assert 113 < back.total_bounds[0] < 114


def test_geojson_of_another_country_is_in_wgs84(tmp_path):
    boston = grids().set_geometry(
        [box(x, 4_690_000, x + 100, 4_690_100) for x in (330_000, 330_100)], crs=32619
    )
    write_grids(boston, tmp_path / "p.geojson")
    assert gpd.read_file(tmp_path / "p.geojson").crs.to_epsg() == 4326


def test_ids_of_17_digits_stay_text(tmp_path):
    for ending in GRID_FILES:
        write_grids(grids(), tmp_path / f"p{ending}")
        assert read_grids(tmp_path / f"p{ending}")["grid_id"].tolist() == LONG


def test_columns_that_a_format_keeps_for_itself_are_renamed_and_said(tmp_path):
    said = write_grids(grids(fid=[7, 8]), tmp_path / "p.gpkg")
    assert said == ["p.gpkg: column 'fid' is called 'fid_1' there"]
    assert read_grids(tmp_path / "p.gpkg")["fid_1"].tolist() == [7, 8]
    said = write_grids(grids(OBJECTID=[7, 8]), tmp_path / "p.gdb")
    assert said == ["p.gdb: column 'OBJECTID' is called 'OBJECTID_1' there"]


def test_names_that_a_geodatabase_changes_are_said(tmp_path):
    said = write_grids(grids(**{"a-b": [1, 2]}), tmp_path / "p.gdb")
    assert said == ["p.gdb: column 'a-b' is called 'a_b' there"]


def test_codes_that_are_numbers_keep_their_digits_in_a_geodatabase(tmp_path):
    codes = [410104009003012345, -410104009003012347]
    said = write_grids(grids(code=codes, people=[5_000_000_000, 3]), tmp_path / "p.gdb")
    assert said == [
        "p.gdb: whole numbers of more than 15 digits are texts there, as it would round them: code"
    ]
    back = gpd.read_file(tmp_path / "p.gdb")
    assert back["code"].tolist() == [str(code) for code in codes]
    assert back["people"].tolist() == [5_000_000_000, 3]


def test_rows_without_a_polygon_are_left_out_and_said(tmp_path):
    shapes = [box(0, 0, 1, 1), None, Polygon(), Point(0, 0), LineString([(0, 0), (1, 1)])]
    table = gpd.GeoDataFrame({"kind": list("abcde")}, geometry=shapes, crs=4547)
    assert write_grids(table, tmp_path / "c.shp") == ["4 rows without a polygon left out"]
    assert gpd.read_file(tmp_path / "c.shp")["kind"].tolist() == ["a"]


def test_nothing_to_write_is_refused(tmp_path):
    with pytest.raises(SchemaError, match="no polygon"):
        write_grids(grids().iloc[:0], tmp_path / "c.gpkg")


def test_values_of_mixed_kinds_become_text(tmp_path):
    write_grids(grids(mixed=pd.Series([1, "b"], dtype=object)), tmp_path / "p.parquet")
    assert gpd.read_parquet(tmp_path / "p.parquet")["mixed"].tolist() == ["1", "b"]


def test_another_ending_is_refused_with_those_that_work(police, tmp_path):
    with pytest.raises(
        FormatError, match=r"\.gpkg, \.gdb, \.geojson, \.parquet, \.shp, \.shp\.zip; name one"
    ):
        write_grids(police, tmp_path / "p.tab")
    with pytest.raises(FormatError, match=r"NAME\.shp\.zip"):
        write_grids(police, tmp_path / "p.zip")


@pytest.mark.parametrize("ending", GRID_FILES)
def test_an_output_that_is_there_stays_unless_asked(tmp_path, ending):
    path = tmp_path / f"p{ending}"
    write_grids(grids(), path)
    with pytest.raises(OutputExistsError, match="--overwrite"):
        write_grids(grids(), path)
    write_grids(grids(owner="另一所"), path, overwrite=True)
    assert read_grids(path)["owner"].tolist() == ["另一所"] * 2


@pytest.mark.parametrize("ending", GRID_FILES)
@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt])
def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch, ending, stop):
    path = tmp_path / f"p{ending}"
    write_grids(grids(), path)
    before = sorted(tmp_path.iterdir())

    def fail(*_, **__):
        raise stop

    monkeypatch.setattr(pyogrio, "write_dataframe", fail)
    monkeypatch.setattr(gpd.GeoDataFrame, "to_parquet", fail)
    with pytest.raises(stop):
        write_grids(grids(owner="另一所"), path, overwrite=True)
    assert sorted(tmp_path.iterdir()) == before
    assert read_grids(path)["owner"].tolist() == ["示例派出所"] * 2


def test_a_folder_that_is_no_geodatabase_is_never_replaced(tmp_path):
    (tmp_path / "p.gdb").mkdir()
    (tmp_path / "p.gdb" / "mine.txt").write_text("mine")
    with pytest.raises(ArgumentError, match="no File Geodatabase"):
        write_grids(grids(), tmp_path / "p.gdb", overwrite=True)
    assert (tmp_path / "p.gdb" / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("ending", GRID_FILES)
def test_a_missing_folder_is_said_before_any_work(tmp_path, ending):
    with pytest.raises(InputMissingError, match="create it first"):
        check_grids_output(tmp_path / "no" / f"p{ending}")


@pytest.mark.parametrize("ending", GRID_FILES)
def test_the_same_grids_give_the_same_bytes(tmp_path, monkeypatch, ending):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    sums = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write_grids(grids(), tmp_path / folder / f"p{ending}")
        parts = sorted(part for part in (tmp_path / folder).rglob("*") if part.is_file())
        sums.append([(part.name, hashlib.sha256(part.read_bytes()).hexdigest()) for part in parts])
    assert sums[0] == sums[1]


def test_without_a_date_each_geodatabase_has_numbers_of_its_own(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    items = []
    for name in ("a", "b"):
        write_grids(grids(), tmp_path / f"{name}.gdb", name="p")
        items.append((tmp_path / f"{name}.gdb" / "a00000004.gdbtable").read_bytes())
    assert items[0] != items[1]


def test_a_shapefile_has_short_names_a_cpg_and_a_list_of_them(police, tmp_path):
    said = write_grids(police, tmp_path / "警务.shp")
    assert sorted(part.name for part in tmp_path.iterdir()) == [
        *("警务.cpg", "警务.dbf", "警务.prj", "警务.shp", "警务.shx", "警务_fields.txt")
    ]
    assert (tmp_path / "警务.cpg").read_text() == "GB18030"
    listed = dict(
        line.split("\t")[:2]
        for line in (tmp_path / "警务_fields.txt").read_text("utf-8-sig").splitlines()[1:]
    )
    fields = pyogrio.read_info(tmp_path / "警务.shp")["fields"].tolist()
    assert list(listed) == fields
    assert list(listed.values()) == police.columns.drop("geometry").tolist()
    assert any("field_4 = 户数" in line for line in said)


def test_text_in_a_dbf_is_gb18030_and_its_header_says_so_to_old_programs(tmp_path):
    write_grids(grids(), tmp_path / "p.shp")
    data = (tmp_path / "p.dbf").read_bytes()
    assert "示例派出所".encode("gb18030") in data
    assert "甲㐂𠮷".encode("gb18030") in data
    assert data[29] == 0x4D


def test_a_long_text_is_cut_in_a_shapefile_and_said(tmp_path):
    said = write_grids(grids(note=["网" * 200, "短"]), tmp_path / "p.shp")
    assert said == ["texts longer than 254 bytes were cut: note (1); a .gpkg holds them whole"]
    assert gpd.read_file(tmp_path / "p.shp", encoding="gb18030")["note"].tolist() == ["网" * 127, "短"]


def test_a_time_is_written_out_in_a_shapefile(tmp_path):
    write_grids(grids(t=pd.to_datetime(["2024-05-01 08:30", None])), tmp_path / "p.shp")
    assert gpd.read_file(tmp_path / "p.shp")["t"].tolist()[0] == "2024-05-01T08:30:00"


def test_indexes_of_a_replaced_shapefile_go_with_it(tmp_path):
    write_grids(grids(), tmp_path / "p.shp")
    (tmp_path / "p.sbn").write_text("out of date")
    (tmp_path / "p.txt").write_text("mine")
    write_grids(grids(), tmp_path / "p.shp", overwrite=True)
    assert not (tmp_path / "p.sbn").exists()
    assert (tmp_path / "p.txt").exists()


def test_a_zipped_shapefile_holds_all_parts_under_its_name(tmp_path):
    write_grids(grids(), tmp_path / "警务.shp.zip")
    with zipfile.ZipFile(tmp_path / "警务.shp.zip") as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [
            *("警务.cpg", "警务.dbf", "警务.prj", "警务.shp", "警务.shx", "警务_fields.txt")
        ]
    assert [path.name for path in tmp_path.iterdir()] == ["警务.shp.zip"]


def test_whole_numbers_have_32_bits_where_they_fit(tmp_path):
    write_grids(grids(cells=np.array([1, 2**40])), tmp_path / "p.gpkg")
    write_grids(grids(cells=np.array([1, 2])), tmp_path / "p.gdb")
    assert pyogrio.read_info(tmp_path / "p.gdb")["ogr_types"][-1] == "OFTInteger"


def test_the_length_in_the_header_of_a_shapefile_is_that_of_the_file(tmp_path):
    write_grids(grids(), tmp_path / "p.shp")
    data = (tmp_path / "p.shp").read_bytes()
    assert 2 * struct.unpack(">i", data[24:28])[0] == len(data)


def test_the_grids_are_not_changed(police, tmp_path):
    before, about = police.copy(), dict(police.attrs)
    write_grids(police, tmp_path / "p.shp")
    write_grids(police, tmp_path / "p.geojson")
    assert police.equals(before)
    assert police.attrs == about
    assert grids_file.ATTRS in police.attrs

"""What a tired person gets wrong: each ends with its exit code, a sentence, and nothing half-written."""

import shutil
import sqlite3
import sys
import warnings
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

from gridgov import errors
from gridgov.cli.app import main

EAST, NORTH = 475_000.0, 3_843_000.0
SQUARE = box(EAST, NORTH, EAST + 200, NORTH + 200)


@pytest.fixture(scope="session")
def rubbish(city, tmp_path_factory):
    """Files that are not what they say, beside good ones."""
    folder = tmp_path_factory.mktemp("坏 文件")
    shutil.copytree(city, folder, dirs_exist_ok=True)
    police = gpd.read_file(folder / "警务 网格.gpkg")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # geopandas sees that these layers are odd
        _not_files(folder, police)
        _odd_layers(folder, police)
    _odd_tables(folder)
    return folder


def _not_files(folder, police):
    for ending in ("gpkg", "shp", "geojson", "parquet", "xlsx", "zip", "csv"):
        (folder / f"empty.{ending}").touch()
        (folder / f"text.{ending}").write_text("这是文字, not a file\n", encoding="utf-8")
    (folder / "folder.gpkg").mkdir()
    good = (folder / "警务 网格.gpkg").read_bytes()
    (folder / "cut.gpkg").write_bytes(good[:20_000])
    book = openpyxl.Workbook()
    for row in (["网格编码", "责任单位"], ["P1", "甲"]):
        book.active.append(row)
    book.save(folder / "ledger.xlsx")
    (folder / "cut.xlsx").write_bytes((folder / "ledger.xlsx").read_bytes()[:2000])
    police.to_file(folder / "whole.shp", encoding="gb18030")
    with zipfile.ZipFile(folder / "whole.zip", "w") as packed:
        for ending in ("shp", "shx", "dbf", "prj"):
            packed.write(folder / f"whole.{ending}", f"whole.{ending}")
    (folder / "cut.zip").write_bytes((folder / "whole.zip").read_bytes()[:700])
    shutil.copy(folder / "whole.shp", folder / "alone.shp")


def _odd_layers(folder, police):
    def write(name, *shapes, crs=4547, ids=None):
        table = {"网格编码": ids or [f"{n}" for n in range(1, len(shapes) + 1)]}
        gpd.GeoDataFrame(table, geometry=list(shapes), crs=crs).to_file(folder / name)

    def moved(change):
        return shapely.transform(box(EAST + 200, NORTH, EAST + 400, NORTH + 200), change)

    police.set_crs(None, allow_override=True).to_file(folder / "nocrs.gpkg")
    police.set_crs(4490, allow_override=True).to_file(folder / "metres_as_degrees.gpkg")
    police.set_crs(4548, allow_override=True).to_file(folder / "next_zone.gpkg")
    police.set_geometry(shapely.transform(police.geometry, np.fliplr)).to_file(folder / "swapped.gpkg")
    for layer in ("a b", "x=y", "n#1"):
        police.to_file(folder / "layers.gpkg", layer=layer)
    police.assign(单元网格编码=police["网格编码"]).to_file(folder / "two_ids.gpkg")
    police.rename(columns={"网格编码": "foo"}).to_file(folder / "no_id.gpkg")
    police.iloc[:0].to_file(folder / "no_rows.gpkg")
    write("points.gpkg", Point(EAST, NORTH))
    write("lines.gpkg", LineString([(EAST, NORTH), (EAST + 9, NORTH)]))
    write("blank_shapes.gpkg", Polygon(), None)
    write("tiny.gpkg", box(EAST, NORTH, EAST + 0.001, NORTH + 0.001))
    write("nan.gpkg", SQUARE, moved(lambda xy: np.where(np.arange(len(xy))[:, None] == 1, np.nan, xy)))
    write("huge.gpkg", SQUARE, moved(lambda xy: xy * 1e12))
    write("world.gpkg", box(-180, -90, 180, 90), crs=4326)
    pd.DataFrame({"网格编码": ["P1"]}).to_parquet(folder / "no_shapes.parquet")


def _odd_tables(folder):
    head, first, *_ = (folder / "事件 导出.csv").read_text(encoding="gb18030").splitlines()
    texts = {
        "two_lons.csv": "经度,经度,纬度\n113,114,34\n",
        "lon_LON.csv": "lon,LON,lat\n113,114,34\n",
        "ragged.csv": f"{head}\n{first},extra\n1,2\n",
        "nul.csv": f"{head}\n{first}\n1,\0\0,2,3,4\n",
        "quote.csv": f'{head}\n1,"113.7,34,a,b\n{first}\n',
        "no_coordinates.csv": "a,b\n1,2\n",
        "header.csv": f"{head}\n",
        "contradicting.csv": "category,handler\n路灯,A\n路灯,B\n",
        "nobody.csv": "category,foo\n路灯,A\n",
        "no_rules.csv": "category,handler\n",
        "no_department.csv": "category,department\n路灯,fire\n",
        "no_date.csv": "category,handler,valid_from\n路灯,A,soon\n",
        "elsewhere.csv": "category,street,handler\n路灯,x,A\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    mixed = f"{head}\n".encode() + f"{first}\n".encode("gb18030")
    (folder / "mixed.csv").write_bytes(mixed)


@pytest.fixture
def refused(rubbish, gridgov, monkeypatch):
    """Run in the folder of rubbish: exit code and sentence; stdout and the folder stay as they were."""
    monkeypatch.chdir(rubbish)

    def run(*arguments):
        before = listing(rubbish)
        ended = gridgov(*arguments)
        assert ended.out == ""
        assert listing(rubbish) == before
        sentences = [line for line in ended.err.splitlines() if line.startswith("Error")]
        assert len(sentences) == 1, ended.err
        assert "Traceback" not in ended.err
        return ended.code, ended.err

    return run


def listing(folder):
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


# Layers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        ("none.gpkg", ("there is no file 'none.gpkg'",)),
        ("警务网格.gpkg", ("did you mean '警务 网格.gpkg'?",)),
        ("folder.gpkg", ("'folder.gpkg' is a folder",)),
        *((f"empty.{e}", (f"empty.{e}: the",)) for e in ("gpkg", "shp", "geojson", "parquet", "xlsx", "zip")),
        *(
            (f"text.{e}", (f"text.{e}: ",))
            for e in ("gpkg", "shp", "geojson", "parquet", "xlsx", "zip", "csv")
        ),
        ("cut.gpkg", ("cut.gpkg: it cannot be read, it seems damaged",)),
        ("cut.xlsx", ("cut.xlsx: ", "damaged")),
        ("cut.zip", ("cut.zip: ", "damaged")),
        ("alone.shp", ("no alone.shx", "copy .shp, .shx, .dbf")),
        ("no_shapes.parquet", ("no_shapes.parquet: ", "no geometry")),
        ("nocrs.gpkg", ("nocrs.gpkg: ", "--crs police=EPSG:4547", "100.0%  EPSG:4547")),
        ("metres_as_degrees.gpkg", ("metres_as_degrees.gpkg: ", "--crs police=EPSG:4547")),
        ("swapped.gpkg", ("swapped.gpkg: ", "exchanged in the data")),
        ("layers.gpkg", ("'a b'", "'x=y'", "'n#1'", "say which: 'layers.gpkg#a b'")),
        ("layers.gpkg#b", ("no layer 'b'", "'a b'")),
        ("no_id.gpkg", ("no column looks like the id", "--id police=COLUMN", "foo")),
        ("two_ids.gpkg", ("'网格编码' and '单元网格编码' may each be the id", "--id police=COLUMN")),
        ("no_rows.gpkg", ("every layer is empty",)),
        ("points.gpkg", ("no row has a polygon", "Point")),
        ("lines.gpkg", ("no row has a polygon", "LineString")),
        ("blank_shapes.gpkg", ("no row has a polygon", "no geometry")),
        ("world.gpkg", ("grid 1 does not fit", "--crs police=EPSG:N")),
    ],
)
def test_a_layer_that_cannot_be_read_is_explained(refused, layer, said):
    code, err = refused("check", f"police={layer}")
    assert code == 3
    assert all(part in err for part in said), err


@pytest.mark.parametrize("layer", ["nan.gpkg", "huge.gpkg"])
def test_a_polygon_that_lies_nowhere_is_left_out_and_said(rubbish, gridgov, monkeypatch, layer):
    monkeypatch.chdir(rubbish)
    ended = gridgov("check", f"police={layer}")
    assert ended.code == 0
    assert "1 row without a polygon left out: 2 (some of its coordinates are n" in ended.err
    assert "no_geometry" in ended.out


@pytest.mark.parametrize("layer", ["a b", "x=y", "n#1"])
def test_a_layer_may_have_any_name_in_its_file(rubbish, gridgov, monkeypatch, layer):
    monkeypatch.chdir(rubbish)
    assert "police: 4 grids" in gridgov("check", f"police=layers.gpkg#{layer}").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument"),
        (["grid_id=城管.gpkg"], "'grid_id' is a column of gridgov's own tables"),
        (["cells=城管.gpkg"], "'cells' is a column of gridgov's own tables"),
        (["geometry=城管.gpkg"], "'geometry'"),
        (["1a=城管.gpkg"], "must begin with a letter"),
        (["警务 网格.gpkg"], "A layer is named like this: police=警务 网格.gpkg"),
        (["a=城管.gpkg", "A=城管.gpkg"], "'A' is used twice"),
        (["=城管.gpkg"], "NAME=FILE"),
        (["a="], "NAME=FILE"),
        (["a=城管.gpkg", "--within", "a=区.gpkg"], "'a' is used twice"),
        (["a=城管.gpkg", "--id", "b=x"], "no layer is called 'b'"),
        (["a=城管.gpkg", "--id", "a="], "--id NAME=VALUE"),
        (["a=城管.gpkg", "--id", "x", "--id", "y"], "given 2 times"),
        (["a=城管.gpkg", "--tolerance-m", "-1"], "--tolerance-m"),
        (["a=城管.gpkg", "--tolerance-m", "inf"], "--tolerance-m"),
        (["a=城管.gpkg", "--min-area-m2", "inf"], "--min-area-m2"),
        (["a=城管.gpkg", "--min-area-m2", "两"], "--min-area-m2"),
        (["a=城管.gpkg", "--attributes", "ledger.xlsx", "--header-row", "0"], "--header-row"),
        (["a=城管.gpkg", "--nonsense"], "--nonsense"),
    ],
)
def test_usage_errors_of_layers_end_with_2(refused, arguments, said):
    code, err = refused("check", *arguments)
    assert (code, said in err) == (2, True), err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--id", "无"], "no column '无'"),
        (["--crs", "胡说"], "--crs takes gcj02"),
        (["--crs", "EPSG:2383"], "Xian 1980"),
        (["--encoding", "klingon"], "'klingon' is not an encoding"),
        (["--attributes", "none.xlsx"], "none.xlsx"),
        (["--attributes", "text.xlsx"], "text.xlsx"),
        (["--attributes", "ledger.xlsx#表2"], "no sheet '表2'"),
        (["--attributes", "ledger.xlsx", "--header-row", "99"], "--header-row"),
        (["--attributes", "no_coordinates.csv"], "no_coordinates.csv: no column looks like the id"),
        (["--within", "district=none.gpkg"], "none.gpkg"),
        (["--within", "区.gpkg"], "--id 区=COLUMN"),
        (["--within", "district=no_rows.gpkg"], "district: not one polygon"),
    ],
)
def test_settings_that_fit_no_layer_are_explained(refused, options, said):
    code, err = refused("check", "police=警务 网格.gpkg", *options)
    assert (code, said in err) == (3, True), err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "-o network.gpkg"),
        (["-o", "new.shp"], 3, ".gpkg (all of it) or .parquet"),
        (["-o", "folder.gpkg"], 2, "is a folder"),
        (["-o", "nowhere/new.gpkg"], 3, "the folder nowhere does not exist"),
        (["-o", "text.gpkg/new.gpkg"], 3, "does not exist"),
        (["-o", "new.gpkg", "--carry", "无"], 3, "there are: 电话"),
        (["-o", "new.gpkg", "--carry", "fire=电话"], 2, "no layer is called 'fire'"),
        (["-o", "new.gpkg", "--within", "district=no_rows.gpkg"], 3, "district: not one polygon"),
        (["-o", "new.gpkg", "--within", "district=next_zone.gpkg"], 3, "not one grid of police lies in any"),
        (["-o", "new.gpkg", "--districts", "区.gpkg", "--within", "district=区.gpkg"], 2, "used twice"),
    ],
)
def test_a_merge_that_cannot_be_is_explained(refused, arguments, code, said):
    ended, err = refused("merge", "police=警务 网格.gpkg", *arguments)
    assert (ended, said in err) == (code, True), err


@pytest.mark.parametrize("layer", ["tiny.gpkg", "no_rows.gpkg"])
def test_nothing_to_merge_is_said(refused, layer):
    code, err = refused("merge", f"police={layer}", "--within", "district=区.gpkg", "-o", "new.gpkg")
    assert (code, "no grid to merge" in err) == (3, True)


def test_a_column_carried_twice_comes_once(rubbish, gridgov, tmp_path):
    output = tmp_path / "n.gpkg"
    layer = f"police={rubbish / '警务 网格.gpkg'}"
    assert gridgov("merge", layer, "--carry", "电话,电话", "-o", output).code == 0
    assert "police_电话" in gpd.read_file(output, layer="cells").columns


# Incidents and rules -----------------------------------------------------------------------------------

ASSIGN = ("--cells", "network.gpkg", "--crs", "cgcs2000", "-o", "new.csv")


@pytest.mark.parametrize(
    ("incidents", "said"),
    [
        ("none.csv", "none.csv is not there"),
        ("folder.gpkg", "folder.gpkg holds no table"),
        *(
            (f"empty.{e}", f"empty.{e}: the file is empty (0 bytes)")
            for e in ("csv", "xlsx", "parquet", "gpkg")
        ),
        *((f"text.{e}", f"text.{e}: ") for e in ("xlsx", "parquet", "gpkg", "geojson")),
        ("text.shp", "save it as .gpkg"),
        ("cut.gpkg", "cut.gpkg: "),
        ("cut.xlsx", "cut.xlsx: "),
        ("ledger.xlsx#没有", "no sheet '没有'"),
        ("two_lons.csv", "two_lons.csv: several columns have the same name: 经度"),
        ("lon_LON.csv", "lon_LON.csv: 'lon' and 'LON' may each be the longitude; say which with --lon"),
        (
            "ragged.csv",
            "ragged.csv: line 2 has 6 values, line 3 has 2 values",
        ),
        ("nul.csv", "nul.csv: line 3 holds a NUL byte"),
        ("mixed.csv", "mixed.csv: it is UTF-8 up to line 2"),
        ("quote.csv", "a quote is not closed"),
        ("no_coordinates.csv", "no_coordinates.csv: no column looks like the longitude; name one with --lon"),
        ("警务 网格.gpkg", "holds a MultiPolygon, not a point"),
    ],
)
def test_incidents_that_cannot_be_read_are_explained(refused, incidents, said):
    code, err = refused("assign", incidents, *ASSIGN)
    assert (code, said.replace("Multi", "") in err.replace("Multi", "")) == (3, True), err
    assert len(err.splitlines()) <= 3


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--border-m", "-1"], 2, "--border-m"),
        (["--border-m", "inf"], 2, "--border-m"),
        (["--nearest-m", "nan"], 2, "--nearest-m"),
        *(
            (["--max-rejects", bad], 2, f"--max-rejects {bad}")
            for bad in ("-1", "many", "200%", "nan", "1.5")
        ),
        (["--columns", "胡"], 2, "there is no 胡; choose among grid_id"),
        (["--rename", "新=胡"], 2, "胡 is none of them"),
        (["--rename", "cell_id=grid_id"], 2, "two columns would be called cell_id"),
        (["--lon", "经度", "--lat", "经度"], 2, "--lon and --lat both name '经度'"),
        (["--category", "小类"], 2, "--rules"),
        (["--place", "所属区县,小类"], 2, "--place"),
        (["--place", "胡"], 3, "事件 导出.csv: there is no column '胡' (--place)"),
        (["--encoding", "klingon"], 3, "--encoding"),
        (["--rejects", "new.csv"], 2, "the output itself"),
        (["--rules", "none.csv"], 3, "none.csv is not there"),
        (["--rules", "network.gpkg"], 3, "rules are a table"),
        (["--rules", "contradicting.csv"], 3, "contradicting.csv:2 (A) and contradicting.csv:3 (B)"),
        (["--rules", "nobody.csv"], 3, "nobody.csv: no column says who"),
        (["--rules", "no_rules.csv"], 3, "no_rules.csv: it holds no rule"),
        (
            ["--rules", "no_department.csv"],
            3,
            "the cells have no department 'fire' (they have police, urban)",
        ),
        (["--rules", "no_date.csv"], 3, "no_date.csv: valid_from is no date in row 2 'soon'"),
        (["--rules", "elsewhere.csv"], 3, "--within street=FILE"),
        (["--cells-id", "x"], 2, "--cells-id: network.gpkg is a merged network"),
    ],
)
def test_options_of_assign_that_cannot_be_are_explained(refused, options, code, said):
    ended, err = refused("assign", "事件 导出.csv", *ASSIGN, *options)
    assert (ended, said in err) == (code, True), err


@pytest.mark.parametrize("output", ["new.csv", "new.xlsx", "new.parquet", "new.gpkg", "new.geojson"])
def test_incidents_without_a_row_make_an_output_without_a_row(rubbish, gridgov, tmp_path, output):
    words = ("--cells", rubbish / "network.gpkg", "--crs", "cgcs2000", "-o", tmp_path / output)
    ended = gridgov("assign", rubbish / "header.csv", *words, "--max-rejects", "0%")
    assert (ended.code, "0 rows from header.csv" in ended.err) == (0, True)
    beside = {".parquet", ".gpkg"}.isdisjoint(Path(output).suffixes)  # these hold their provenance themselves
    assert {path.name for path in tmp_path.iterdir()} == {output} | ({f"{output}.json"} if beside else set())


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none.csv"], 3, "none.csv is not there"),
        (["no_rules.csv"], 3, "it holds no rule"),
        (["ledger.xlsx#没有"], 3, "no sheet '没有'"),
        (["rules.csv", "--incidents", "ragged.csv"], 3, "ragged.csv"),
        (["rules.csv", "--incidents", "no_coordinates.csv"], 3, "--category"),
        (["rules.csv", "--incidents", "cut.xlsx"], 3, "cut.xlsx"),
    ],
)
def test_rules_that_cannot_be_checked_are_explained(refused, arguments, code, said):
    ended, err = refused("check-rules", *arguments, "--cells", "network.gpkg")
    assert (ended, said in err) == (code, True), err


def test_contradicting_rules_are_a_finding_of_their_check(rubbish, gridgov, monkeypatch):
    monkeypatch.chdir(rubbish)
    ended = gridgov("check-rules", "contradicting.csv", "--cells", "network.gpkg", "--strict")
    assert ended.code == 4
    assert "--strict: 1 finding needs a decision" in ended.err


@pytest.mark.parametrize(
    ("point", "code", "said"),
    [
        (["abc", "def"], 3, "not a number"),
        (["34.7153", "113.7280"], 3, "gridgov locate 113.7280 34.7153"),
        (["nan", "nan"], 3, "no coordinate"),
        (["inf", "3"], 3, "not a longitude"),
        (["0", "0"], 3, "0,0"),
        ([""], 2, "is no point"),
        (["113.7", "34.7", "--category", "路灯"], 2, "--rules FILE"),
        (
            ["113.7", "34.7", "--rules", "contradicting.csv", "--category", "x", "--border-m", "-1"],
            2,
            "--border-m",
        ),
    ],
)
def test_points_that_are_none_are_explained(refused, point, code, said):
    ended, err = refused("locate", *point, "--cells", "network.gpkg")
    assert (ended, said in err) == (code, True), err


@pytest.mark.parametrize("point", [["-113.728", "-34.7155"], ["-113.728,-34.7155"], ["116.4", "39.9"]])
def test_a_point_far_away_is_answered(rubbish, gridgov, point):
    ended = gridgov("locate", *point, "--cells", rubbish / "network.gpkg")
    assert (ended.code, "lies in no cell" in ended.out) == (0, True)


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["none.gpkg"], "there is no file"),
        (["text.gpkg"], "text.gpkg"),
        (["folder.gpkg"], "nothing in it"),
        (["whole.shp", "--encoding", "klingon"], "'klingon' is not an encoding"),
        (["区.gpkg", "--within", "none.gpkg"], "none.gpkg"),
    ],
)
def test_files_that_info_cannot_show_are_explained(refused, paths, said):
    code, err = refused("info", *paths)
    assert (code, said in err) == (3, True), err


def test_info_shows_a_folder_of_rubbish_without_failing(rubbish, gridgov):
    ended = gridgov("info", rubbish)
    assert ended.code == 0
    assert "Not read: cut.gpkg" in ended.err
    assert "a bug" not in ended.err


@pytest.mark.parametrize("folder", ["text.gpkg", "text.gpkg/demo"])
def test_a_demo_that_has_no_folder_is_explained(refused, folder):
    code, err = refused("demo", folder)
    assert (code, "is a file" in err) == (2, True)


# Cells -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("none.gpkg", "there is no file 'none.gpkg'"),
        ("text.gpkg", "text.gpkg: "),
        ("text.parquet", "text.parquet: "),
        ("no_rows.gpkg", "no_rows.gpkg: the layer is empty"),
        ("nocrs.gpkg", "--cells-crs EPSG:4547"),
        ("police=no_id.gpkg", "--cells-id COLUMN"),
        ("two_ids.gpkg", "--cells-id COLUMN"),
        ("network.gpkg#none", "no layer 'none'"),
    ],
)
def test_cells_that_are_none_are_explained_with_their_options(refused, cells, said):
    code, err = refused("locate", "113.7", "34.7", "--cells", cells)
    assert (code, said in err) == (3, True), err
    assert not {"--id", "--crs"} & set(err.split())


DAMAGE = {
    "ALTER TABLE cells DROP COLUMN cell_id": "column 'cell_id' is missing",
    "ALTER TABLE cells DROP COLUMN police_owner": "column 'police_owner' is missing",
    "ALTER TABLE cells DROP COLUMN district_name": "column 'district_name' is missing",
    "ALTER TABLE crosswalk DROP COLUMN relation": "crosswalk: column 'relation' is missing",
    "ALTER TABLE conflicts DROP COLUMN place": "conflicts: column 'place' is missing",
    "ALTER TABLE provenance DROP COLUMN json": "provenance: column 'json' is missing",
    "UPDATE cells SET cell_id = '410104-0001'": "'cell_id' repeats",
    "UPDATE cells SET geom = NULL WHERE fid = 1": "rows without a polygon",
    "DELETE FROM cells": "cells: it has no row",
    "DELETE FROM provenance": "the provenance does not say schema_version",
    "UPDATE provenance SET json = '{broken'": "provenance: its text is not whole",
    "UPDATE provenance SET json = '[]'": "the provenance does not say schema_version",
    "DROP TABLE district; DELETE FROM gpkg_contents WHERE table_name = 'district'": "'district'",
    "UPDATE provenance SET json = replace(json, 'schema_version\": 1', 'schema_version\": 99')": "is older",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_network_changed_by_hand_is_refused_and_named(city, gridgov, tmp_path, damage):
    network = tmp_path / "一张 网.gpkg"
    shutil.copy(city / "network.gpkg", network)
    change(network, damage)
    ended = gridgov("locate", "113.7", "34.7", "--cells", network)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith(f"Error: {network}: ")
    assert DAMAGE[damage] in ended.err
    assert "merge again" in ended.err


def change(network, statements):
    store = sqlite3.connect(network)
    triggers = store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:  # they call functions that only a GIS has
        store.execute(f'DROP TRIGGER "{name}"')
    store.executescript(statements)
    store.commit()
    store.close()


WRITING = {
    "check": ["police=警务 网格.gpkg"],
    "merge": ["police=警务 网格.gpkg"],
    "assign": ["事件 导出.csv", "--cells", "network.gpkg", "--crs", "cgcs2000"],
}


@pytest.mark.parametrize(
    ("command", "output", "more"),
    [
        ("check", "警务 网格.gpkg", []),
        ("merge", "警务 网格.gpkg", []),
        ("merge", "区.gpkg", ["--within", "district=区.gpkg"]),
        ("assign", "事件 导出.csv", []),
        ("assign", "network.gpkg", []),
        ("assign", "rules.csv", ["--rules", "rules.csv"]),
    ],
)
def test_an_input_is_never_the_output(refused, command, output, more):
    code, err = refused(command, *WRITING[command], *more, "-o", output, "--overwrite")
    assert (code, f"{output} is also an input" in err) == (2, True)


# The end of the program --------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--debug", "info", "none.gpkg"], ["info", "none.gpkg", "--debug"]])
def test_debug_shows_the_traceback_wherever_it_stands_and_keeps_the_exit_code(gridgov, arguments):
    ended = gridgov(*arguments)
    assert ended.code == 3
    assert "Traceback" in ended.err
    assert ended.err.splitlines()[-1].startswith("Error: there is no file 'none.gpkg'")


def test_a_bug_says_so_and_how_to_report_it(gridgov, monkeypatch):
    def broken(*arguments):
        raise ZeroDivisionError("divided")

    monkeypatch.setattr("gridgov.cli.info._inspect", broken)
    ended = gridgov("info", ".")
    assert ended.code == 1
    assert ended.err == (
        "Error (a bug in gridgov): ZeroDivisionError: divided. Run it with --debug and report it.\n"
    )


def test_a_bug_raises_with_debug(monkeypatch):
    def broken(*arguments):
        raise ZeroDivisionError

    monkeypatch.setattr("gridgov.cli.info._inspect", broken)
    monkeypatch.setattr(sys, "argv", ["gridgov", "info", ".", "--debug"])
    with pytest.raises(ZeroDivisionError):
        main()


def test_too_little_memory_is_said(gridgov, monkeypatch):
    def greedy(*arguments):
        raise MemoryError

    monkeypatch.setattr("gridgov.cli.info._inspect", greedy)
    ended = gridgov("info", ".")
    assert (ended.code, ended.err) == (1, "Error: not enough memory for this input.\n")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ArgumentError, 2),
        (errors.CRSError, 3),
        (errors.RulesError, 3),
        (errors.TopologyError, 3),
        (errors.OutputExistsError, 5),
        (errors.OutputLockedError, 5),
    ],
)
def test_each_kind_of_error_has_its_exit_code(gridgov, monkeypatch, error, code):
    def failing(*arguments):
        raise error("so it is")

    monkeypatch.setattr("gridgov.cli.info._inspect", failing)
    ended = gridgov("info", ".")
    assert (ended.code, ended.out, ended.err) == (code, "", "Error: so it is\n")


def test_a_command_that_is_none_is_usage(gridgov):
    ended = gridgov("mrge")
    assert (ended.code, "merge" in ended.err) == (2, True)

"""`gridgov info`, run as people run it: exit codes and both streams."""

import json
import sys

import geopandas as gpd
import pytest
from shapely import box

from gridgov.cli.app import main


@pytest.fixture
def folder(tmp_path):
    """A layer, a table and a file that is neither, in a folder with a space and Chinese in its name."""
    place = tmp_path / "网格 数据"
    place.mkdir()
    square = box(474_000, 3_843_000, 474_500, 3_843_500)
    grids = gpd.GeoDataFrame({"网格编码": ["a"], "责任单位": ["一所"]}, geometry=[square], crs=4547)
    grids.to_file(place / "警务.gpkg", layer="jw")
    grids.to_crs(4490).rename(columns={"网格编码": "区县编码"}).to_file(place / "区.geojson")
    (place / "事件.csv").write_bytes("经度,纬度,小类\n113.72,34.71,路灯\n".encode("gb18030"))
    return place


@pytest.fixture
def run(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)

    def runner(*arguments):
        monkeypatch.setattr(sys, "argv", ["gridgov", "info", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return runner


def test_a_layer_is_shown_line_by_line(run):
    code, out, _ = run("警务.gpkg")
    assert code == 0
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[0] == "警务.gpkg#jw GeoPackage, 1 row"
    assert "looks like police grids ('警务' in the name)" in lines
    assert "position EPSG:4547 CGCS2000 3-degree zone, CM 114E" in lines
    assert "id 网格编码" in lines
    assert "owner 责任单位" in lines


def test_a_folder_shows_every_file_in_it(run):
    code, out, err = run(".")
    assert code == 0
    assert [name in out for name in ("警务.gpkg#jw", "区.geojson", "事件.csv")] == [True] * 3
    assert "3 layers and tables in 3 files." in err


def test_one_unreadable_file_does_not_stop_the_rest(run, folder):
    (folder / "坏.gpkg").write_bytes(b"x")
    code, out, err = run(".")
    assert code == 0
    assert "警务.gpkg#jw" in out
    assert "Not read: 坏.gpkg" in err


def test_nothing_readable_ends_with_3(run, folder):
    (folder / "坏.gpkg").write_bytes(b"x")
    code, out, err = run("坏.gpkg")
    assert (code, out) == (3, "")
    assert err.startswith("Error: 坏.gpkg")


def test_a_missing_file_ends_with_3_and_a_suggestion(run):
    code, _, err = run("警务.gpk")
    assert code == 3
    assert "did you mean '警务.gpkg'?" in err


def test_no_path_at_all_is_a_usage_error(run):
    code, _, err = run()
    assert code == 2
    assert "--env" in err


def test_wildcards_are_expanded(run):
    code, out, _ = run("*.csv")
    assert code == 0
    assert out.startswith("事件.csv   CSV, 1 row, text in GB18030")


def test_points_without_a_datum_show_the_candidates(run):
    _, out, _ = run("事件.csv")
    assert "not stated (--crs)" in out
    assert "100.0%  EPSG:4490" in out


def test_an_outline_can_be_given(run):
    code, out, _ = run("事件.csv", "--within", "district=区.geojson")
    assert code == 0
    assert "the share of rows inside the outline" in out


def test_json_holds_layers_and_what_was_unreadable(run, folder):
    (folder / "坏.gpkg").write_bytes(b"x")
    code, out, _ = run(".", "--json")
    found = json.loads(out)
    assert code == 0
    assert [layer["kind"] for layer in found["layers"]] == ["CSV", "GeoJSON", "GeoPackage"]
    assert found["unreadable"][0]["file"] == "坏.gpkg"


def test_degrees_in_china_remind_of_web_maps(run, folder):
    gpd.read_file(folder / "区.geojson").to_crs(4326).to_file(folder / "web.geojson")
    _, out, _ = run("web.geojson")
    assert "GCJ-02 whatever the file says" in out


def test_the_environment_lists_packages_and_says_what_is_missing(run):
    code, out, _ = run("--env")
    assert code == 0
    assert "GDAL" in out
    assert "shapely" in out
    assert "Nothing is missing." in out


def test_it_prints_on_a_chinese_windows_console(run_in, folder):
    ended = run_in(folder, "info", ".", encoding="cp936")
    assert ended.code == 0
    assert "网格编码" in ended.out
    assert "3 layers and tables" in ended.err

"""`gridgov crosswalk`, run as people run it: exit codes and both streams."""

import json
import os
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from shapely import box

from gridgov import merge_grids, read_grids, write_network
from gridgov.datum import transform_points

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
X0, Y0 = 474_352, 3_843_000


@pytest.fixture
def run(gridgov, monkeypatch):
    """Run `gridgov crosswalk` in a folder."""

    def run(*arguments, cwd):
        monkeypatch.chdir(cwd)
        return gridgov("crosswalk", *arguments)

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two police grids of two comprehensive ones each, and households, in a folder with a space."""
    place = tmp_path_factory.mktemp("x") / "网格 数据"
    place.mkdir()
    for name, width, shift in (("警务.gpkg", 400, 0), ("综治.gpkg", 200, 0), ("城管.gpkg", 200, 40)):
        west = X0 + shift
        shapes = [box(west + x, Y0, west + x + width, Y0 + 400) for x in range(0, 800, width)]
        ids = [f"{name[:2]}{n + 1}" for n in range(len(shapes))]
        gpd.GeoDataFrame({"网格编码": ids, "责任单位": ids}, geometry=shapes, crs=4547).to_file(place / name)
    lon, lat = transform_points([X0 + 10, X0 + 790], [Y0 + 10] * 2, source=4547, target="gcj02")
    homes = pd.DataFrame({"经度": lon, "纬度": lat, "户数": [30, 12]})
    homes.to_csv(place / "户数.csv", index=False, encoding="gb18030")
    layers = {name: read_grids(place / f"{name}.gpkg", department=name) for name in ("警务", "综治")}
    write_network(merge_grids(layers), place / "network.gpkg")
    return place


def test_relations_are_said_on_stdout_and_sources_on_stderr(run, folder):
    ended = run("police=警务.gpkg", "comprehensive=综治.gpkg", cwd=folder)
    assert ended.code == 0
    assert "of 2 police grids,\n      2  consist of whole comprehensive grids (1:n)" in ended.out
    assert "police: 2 grids from 警务.gpkg" in ended.err
    assert "add -o 对照表.xlsx" in ended.err


def test_a_workbook_is_written_and_named(run, folder, tmp_path):
    output = tmp_path / "对照表.xlsx"
    ended = run("police=警务.gpkg", "comprehensive=综治.gpkg", "-o", output, cwd=folder)
    assert ended.code == 0
    assert f"Every overlap is in {output}" in ended.err
    assert "police - comprehensive" in openpyxl.load_workbook(output).sheetnames


def test_households_are_counted_with_their_datum(run, folder, tmp_path):
    output = tmp_path / "x.parquet"
    ended = run(
        "police=警务.gpkg", "comprehensive=综治.gpkg", "--weights", "户数.csv:户数", "--weights-crs", "gcj02",
        "-o", output, cwd=folder,
    )  # fmt: skip
    assert ended.code == 0, ended.err
    assert "Weight in police and comprehensive: 42 in all; 42 in both." in ended.out
    assert "Weight: 户数 of 户数.csv (2 points), counted exactly" in ended.out
    weight = pd.read_parquet(output).set_index(["grid_a", "grid_b"])["weight"]
    assert (weight["警务1", "综治1"], weight["警务2", "综治4"]) == (30, 12)


def test_households_in_china_without_a_datum_are_exit_code_3_and_the_option_is_named(run, folder):
    ended = run("警务.gpkg", "综治.gpkg", "--weights", "户数.csv:户数", cwd=folder)
    assert ended.code == 3
    assert "--weights-crs" in ended.err
    assert ended.out == ""


def test_a_network_alone_is_compared_on_its_common_borders(run, folder):
    ended = run("network.gpkg", cwd=folder)
    assert ended.code == 0
    assert "警务 against 综治: of 2 警务 grids," in ended.out
    assert "common borders" in ended.out
    assert "network.gpkg: 4 cells of 警务, 综治, network version" in ended.err


def test_departments_of_a_network_can_be_named(run, folder):
    ended = run("综治", "警务", "--cells", "network.gpkg", cwd=folder)
    assert ended.code == 0
    assert ended.out.startswith("综治 against 警务")


def test_an_unknown_department_of_a_network_is_exit_code_2(run, folder):
    ended = run("综治", "urban", "--cells", "network.gpkg", cwd=folder)
    assert ended.code == 2
    assert "no department is called 'urban'; there are 警务, 综治" in ended.err


def test_a_network_among_layers_is_exit_code_2_and_shows_how(run, folder):
    ended = run("network.gpkg", "综治.gpkg", cwd=folder)
    assert ended.code == 2
    assert "--cells network.gpkg" in ended.err


def test_layer_options_for_a_network_are_exit_code_2(run, folder):
    ended = run("network.gpkg", "--id", "网格编码", cwd=folder)
    assert ended.code == 2
    assert "--id: network.gpkg is a merged network" in ended.err


def test_a_file_that_is_no_network_is_exit_code_3(run, folder):
    ended = run("--cells", "综治.gpkg", cwd=folder)
    assert ended.code == 3
    assert "not a network" in ended.err


@pytest.mark.parametrize("arguments", [(), ("警务.gpkg",)])
def test_fewer_than_two_layers_are_exit_code_2(run, folder, arguments):
    ended = run(*arguments, cwd=folder)
    assert ended.code == 2
    assert "police=" in ended.err


def test_json_on_stdout_holds_counts_and_totals(run, folder):
    ended = run("警务.gpkg", "综治.gpkg", "--json", cwd=folder)
    told = json.loads(ended.out)
    assert told["departments"] == ["警务", "综治"]
    assert {row["relation"]: row["grids_of_a"] for row in told["relations"][:6]}["1:n"] == 2
    assert told["totals"][0]["both_m2"] == pytest.approx(320_000)


def test_the_tolerance_is_the_users(run, folder):
    default, wide = (
        run("警务.gpkg", "城管.gpkg", *more, cwd=folder) for more in ((), ("--tolerance-m", "50"))
    )
    assert "2  share 城管 grids with their neighbours" in default.out
    assert "2  consist of whole 城管 grids" in wide.out
    assert "50 m wide (--tolerance-m)" in wide.out


def test_an_output_that_exists_stays_without_overwrite(run, folder, tmp_path):
    output = tmp_path / "x.csv"
    output.write_text("mine")
    ended = run("警务.gpkg", "综治.gpkg", "-o", output, cwd=folder)
    assert ended.code == 5
    assert output.read_text() == "mine"
    assert run("警务.gpkg", "综治.gpkg", "-o", output, "--overwrite", cwd=folder).code == 0


def test_another_ending_is_refused_before_reading(run, folder, tmp_path):
    ended = run("警务.gpkg", "none.gpkg", "-o", tmp_path / "x.gpkg", cwd=folder)
    assert ended.code == 3
    assert ".xlsx, .csv, .parquet" in ended.err


def test_weights_are_never_the_output(run, folder):
    ended = run(
        "警务.gpkg", "综治.gpkg", "--weights", "户数.csv:户数", "-o", "户数.csv", "--overwrite", cwd=folder
    )
    assert ended.code == 2
    assert "is also an input" in ended.err


def test_an_old_chinese_console_shows_it(folder):
    ended = subprocess.run(
        [sys.executable, "-m", "gridgov", "crosswalk", "警务.gpkg", "综治.gpkg"],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "cp936"},
        capture_output=True,
        encoding="cp936",
        check=False,
    )
    assert ended.returncode == 0
    assert "警务 against 综治" in ended.stdout


def test_the_police_of_the_samples_consist_of_whole_comprehensive_grids(run):
    ended = run("police=police.shp", "comprehensive=comprehensive.gpkg", cwd=SAMPLES)
    assert ended.code == 0
    assert "consist of whole comprehensive grids (1:n)" in ended.out
    assert "lie in one police grid, beside others (n:1)" in ended.out

"""`gridgov check`, run as people run it: exit codes and both streams."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import box

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


@pytest.fixture
def run(gridgov, monkeypatch):
    """Run `gridgov check` in a folder."""

    def run(*arguments, cwd):
        monkeypatch.chdir(cwd)
        return gridgov("check", *arguments)

    return run


@pytest.fixture
def folder(tmp_path):
    """Two grids that overlap by 40 m, in a folder with a space and Chinese in its name."""
    place = tmp_path / "网格 数据"
    place.mkdir()
    shapes = [box(474_000, 3_843_000, 474_240, 3_843_200), box(474_200, 3_843_000, 474_400, 3_843_200)]
    grids = gpd.GeoDataFrame({"网格编码": ["A1", "A2"], "责任单位": ["甲", "乙"]}, geometry=shapes, crs=4547)
    grids.to_file(place / "警务 网格.gpkg", layer="jw")
    whole = box(474_000, 3_843_000, 474_400, 3_843_300)
    districts = gpd.GeoDataFrame(
        {"区县编码": ["410104"], "区县名称": ["管城回族区"]}, geometry=[whole], crs=4547
    )
    districts.to_file(place / "区.geojson")
    return place


def test_problems_are_said_with_exit_code_0(run, folder):
    ended = run("police=警务 网格.gpkg#jw", "--within", "district=区.geojson", cwd=folder)
    assert ended.code == 0
    assert "police: 2 grids; 2 to decide" in ended.out
    assert "1. uncovered, 4.0 ha, 100 m wide: 管城回族区, between grids A1 and A2" in ended.out
    assert "add -o problems.gpkg" in ended.err


def test_strict_ends_with_4_when_something_is_to_be_decided(run, folder):
    ended = run("police=警务 网格.gpkg", "--strict", cwd=folder)
    assert ended.code == 4
    assert "--strict: 1 problem" in ended.err


def test_strict_ends_with_0_when_all_is_settled(run, folder):
    assert run("police=警务 网格.gpkg", "--strict", "--tolerance-m", "50", cwd=folder).code == 0


def test_json_on_stdout_holds_problems_and_ledger(run, folder):
    ended = run("police=警务 网格.gpkg", "--json", cwd=folder)
    answer = json.loads(ended.out)
    assert [row["grid_ids"] for row in answer["problems"]] == ["A1|A2"]
    assert answer["problems"][0]["place"] == "at grids A1 and A2"
    assert answer["coverage"][0]["twice_m2"] == pytest.approx(8000)
    assert answer["undecided"] == 1


def test_a_geopackage_is_written_and_named(run, folder):
    ended = run("police=警务 网格.gpkg", "-o", "问题 清单.gpkg", cwd=folder)
    assert ended.code == 0
    assert "问题 清单.gpkg" in ended.err
    assert len(gpd.read_file(folder / "问题 清单.gpkg", layer="problems")) == 1


def test_an_output_that_exists_stays_without_overwrite(run, folder):
    (folder / "p.csv").write_text("mine")
    ended = run("police=警务 网格.gpkg", "-o", "p.csv", cwd=folder)
    assert ended.code == 5
    assert "--overwrite" in ended.err
    assert (folder / "p.csv").read_text() == "mine"


def test_an_output_that_exists_is_replaced_with_overwrite(run, folder):
    (folder / "p.csv").write_text("mine")
    assert run("police=警务 网格.gpkg", "-o", "p.csv", "--overwrite", cwd=folder).code == 0
    assert "overlap" in (folder / "p.csv").read_text(encoding="utf-8")


def test_an_output_of_another_kind_is_refused_before_reading(run, folder):
    ended = run("police=警务 网格.gpkg", "-o", "p.shp", cwd=folder)
    assert ended.code == 3
    assert ".gpkg, .xlsx" in ended.err
    assert ended.out == ""


def test_the_input_is_never_the_output(run, folder):
    ended = run("police=警务 网格.gpkg", "-o", "警务 网格.gpkg", "--overwrite", cwd=folder)
    assert ended.code == 2
    assert "is also an input" in ended.err


def test_a_missing_file_is_exit_code_3(run, folder):
    ended = run("police=none.gpkg", cwd=folder)
    assert ended.code == 3
    assert "none.gpkg" in ended.err
    assert "Traceback" not in ended.err


def test_an_old_chinese_console_shows_it(run_in, folder):
    layers = ("police=警务 网格.gpkg", "--within", "district=区.geojson")
    ended = run_in(folder, "check", *layers, encoding="cp936")
    assert ended.code == 0
    assert "管城回族区, between grids A1 and A2" in ended.out


def test_the_samples_tell_what_was_drawn_wrong(run):
    rungs = [f"--within={name}" for name in ("district=districts.geojson", "street=streets.gpkg")]
    ledger = "--attributes=police=police_owners.xlsx"
    ended = run("comprehensive=comprehensive.gpkg", "police=police.shp", *rungs, ledger, cwd=SAMPLES)
    assert ended.code == 0
    assert "2  nested" in ended.out
    assert "uncovered" in ended.out
    assert "1  no_owner" in ended.out

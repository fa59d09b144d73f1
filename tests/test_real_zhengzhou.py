"""Zhengzhou end to end: districts and places as web maps publish them, in GCJ-02 called WGS 84."""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
import shapely

from gridgov import check_recorded, merge_grids, read_grids

DATA = Path(__file__).parents[2] / "shared" / "data" / "zhengzhou"
DISTRICTS, PLACES = DATA / "districts_gcj02.geojson", DATA / "poi_points_gcj02.csv"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="needs the shared data")


def gridgov(*arguments):
    command = [sys.executable, "-m", "gridgov", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def agreement(tagged):
    """Per cent of the rows whose answer is the recorded district."""
    names = dict(read_grids(DISTRICTS, department="district", crs="gcj02")[["grid_id", "name"]].to_numpy())
    rows = pl.read_csv(tagged, infer_schema=False)
    answer = rows["grid_id"].replace_strict(names, default=None)
    return 100 * (answer == rows["区县"]).fill_null(value=False).mean()


@pytest.fixture(scope="module")
def network():
    layer = read_grids(DISTRICTS, department="district_office", crs="gcj02")
    return merge_grids({"district_office": layer})


def test_both_as_gcj02_give_back_the_recorded_districts(tmp_path):
    tagged = tmp_path / "tagged.csv"
    ended = gridgov(
        "assign", PLACES, "--cells", DISTRICTS, "--cells-crs", "gcj02", "--crs", "gcj02", "-o", tagged
    )
    assert ended.returncode == 0, ended.stderr
    assert agreement(tagged) >= 98.7


def test_only_the_points_converted_gives_back_fewer_and_is_warned_of(tmp_path):
    tagged = tmp_path / "tagged.csv"
    ended = gridgov("assign", PLACES, "--cells", DISTRICTS, "--crs", "gcj02", "-o", tagged)
    assert ended.returncode == 0, ended.stderr
    assert agreement(tagged) == pytest.approx(94.65, abs=0.05)
    assert "GCJ-02 whatever the file says: --cells-crs gcj02" in ended.stderr


def test_points_without_a_datum_are_refused(tmp_path):
    ended = gridgov("assign", PLACES, "--cells", DISTRICTS, "--cells-crs", "gcj02", "-o", tmp_path / "x.csv")
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "--crs" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_merge_is_warned_of_districts_that_claim_wgs_84(tmp_path):
    ended = gridgov("merge", f"d={DISTRICTS}", "-o", tmp_path / "network.gpkg")
    assert ended.returncode == 0, ended.stderr
    assert "GCJ-02 whatever the file says: --crs d=gcj02" in ended.stderr


def test_the_districts_alone_merge_into_themselves(network):
    assert len(network.cells) == len(network.grids) == 12
    assert shapely.coverage_is_valid(network.cells.geometry.to_numpy())
    assert network.summary["area_m2"]["moved"]["district_office"] == 0
    assert network.summary["conflicts"]["decide"] == {}


def test_the_districts_are_measured_in_the_zone_of_zhengzhou(network):
    assert network.cells.crs.to_epsg() == 4547
    assert network.cells["area_m2"].sum() == pytest.approx(7516e6, rel=0.001)


@pytest.mark.parametrize(
    ("cells_crs", "crs", "share", "reasons", "said"),
    [
        ("gcj02", "gcj02", 98.75, ["outside", "unclear"], "93 rows lie in no unit"),
        (None, "gcj02", 94.65, ["datum"], "--cells-crs gcj02"),
        ("gcj02", "wgs84", 93.84, ["datum"], "--crs gcj02"),
    ],
)
def test_the_datum_that_agrees_best_is_found(cells_crs, crs, share, reasons, said):
    cells = read_grids(DISTRICTS, department="district", crs=cells_crs)
    places = pl.read_csv(PLACES, infer_schema=False)
    report = check_recorded(places, cells, column="区县", crs=crs)
    assert 100 * report.agreement == pytest.approx(share, abs=0.005)
    assert 100 * report.datums[0].agreement == pytest.approx(98.75, abs=0.005)
    assert [each.reason for each in report.reasons] == reasons
    assert said in report.reasons[0].words

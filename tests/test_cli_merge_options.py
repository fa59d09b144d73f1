"""Options of `gridgov merge`: what becomes of gaps and special grids, tolerances, what is counted."""

import geopandas as gpd
import pytest
from shapely import box

from gridgov import read_network
from gridgov.datum import transform_points

EAST, NORTH = 475_000.0, 3_843_000.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two districts; police leave a park of A's without a grid, and Q lies in both districts.

    +-----+--+--+-----+   the city is 400 x 200 m, districts W and E meet at 200 m
    |  A  |   Q |  B  |   Q: 150-250 m, TYPE 商圈; A and B: 一般; M: a market of 40 m beside Q, TYPE 专属
    | []  |     |   M |   []: the park
    +-----+--+--+-----+   urban: one grid of everything
    """
    folder = tmp_path_factory.mktemp("网格")
    park, market = (50, 50, 100, 100), (250, 50, 290, 90)
    a = square(0, 0, 150, 200).difference(square(*park))
    b = square(250, 0, 400, 200).difference(square(*market))
    shapes = [a, b, square(150, 0, 250, 200), square(*market)]
    police = {"网格编码": ["A", "B", "Q", "M"], "TYPE": ["一般", "一般", "商圈", "专属"]}
    frame(police, shapes).to_file(folder / "police.gpkg")
    frame({"网格编码": ["U"]}, [square(0, 0, 400, 200)]).to_file(folder / "urban.gpkg")
    halves = [square(0, 0, 200, 200), square(200, 0, 400, 200)]
    frame({"区县编码": ["W", "E"]}, halves).to_file(folder / "district.gpkg")
    rows = [f"{lonlat(75, 75)},300", f"{lonlat(60, 60)},20", ",,7"]
    (folder / "户数.csv").write_text("\n".join(["经度,纬度,户数", *rows, ""]), encoding="utf-8")
    return folder


def square(*corners):
    x0, y0, x1, y1 = corners
    return box(EAST + x0, NORTH + y0, EAST + x1, NORTH + y1)


def frame(columns, shapes):
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4547")


def lonlat(x, y):
    lon, lat = transform_points([EAST + x], [NORTH + y], source="EPSG:4547", target="gcj02")
    return f"{lon[0]:.7f},{lat[0]:.7f}"


@pytest.fixture
def merge(gridgov, folder, monkeypatch, tmp_path):
    monkeypatch.chdir(folder)
    words = ("merge", "police=police.gpkg", "urban=urban.gpkg", "--districts", "district.gpkg")

    def run(*arguments):
        return gridgov(*words, "-o", tmp_path / "n.gpkg", *arguments)

    return run


@pytest.fixture
def merged(merge, tmp_path):
    def run(*arguments):
        ended = merge(*arguments)
        assert ended.code == 0, ended.err
        return ended, read_network(tmp_path / "n.gpkg")

    return run


def test_gaps_are_left_and_filled_when_asked(merged):
    _, left = merged()
    ended, filled = merged("--on-gap", "fill", "--overwrite")
    assert (left.cells["police"].isna().sum(), filled.cells["police"].isna().sum()) == (1, 0)
    assert "police: 2,500 m2 without a grid filled (--on-gap fill)." in ended.err
    assert filled.provenance["on_gap"] == "fill"


def test_special_and_crossing_grids_are_declared(merged):
    words = ("--special", "police:TYPE=专属|商圈", "--allow-cross", "商圈", "--min-area-m2", "5000")
    ended, network = merged(*words)
    assert set(network.cells["special"].dropna()) == {"police:M", "police:Q"}
    assert network.provenance["allow_cross"] == {"police": {"TYPE": ["商圈"]}}
    assert "Kept as special-purpose: 2 grids (2 declared with --special)." in ended.err
    crossing = network.conflicts[network.conflicts["kind"] == "crosses_rung"].set_index("grid_ids")
    assert crossing.loc["Q", "severity"] == "note"


def test_one_tolerance_is_for_all_layers(merged):
    _, network = merged("--tolerance-m", "20")
    assert network.provenance["tolerance_m"] == {"police": 20.0, "urban": 20.0}


def test_a_layers_own_tolerance_goes_before_the_one_for_all(merged):
    _, network = merged("--tolerance-m", "urban=15", "--tolerance-m", "20")
    assert network.provenance["tolerance_m"] == {"police": 20.0, "urban": 15.0}


def test_households_and_incidents_are_counted_for_each_conflict(merged):
    words = ("--weights", "户数.csv:户数", "--weights-crs", "gcj02")
    words += ("--incidents", "户数.csv", "--incidents-crs", "gcj02")
    ended, network = merged(*words)
    assert "weights: 3 rows from 户数.csv" in ended.err
    assert "incidents: 3 rows from 户数.csv" in ended.err
    assert "  - 1 row without a usable place: row 4" in ended.err
    park = network.conflicts[network.conflicts["kind"] == "uncovered"]
    assert park[["weight_changed", "incidents_changed"]].to_numpy().tolist() == [[320.0, 2.0]]


WRONG = {
    "--on-gap maybe": "on_gap (--on-gap) is leave or fill, not 'maybe'",
    "--special 专属": "write --special NAME:COLUMN=VALUE, for example --special police:TYPE=专属",
    "--special city:TYPE=专属": "no layer is called 'city'; the layers are police, urban",
    "--special police:TYP=专属": "police: there is no column 'TYP'",
    "--special police:TYPE=专署": "the values there are 一般, 专属, 商圈",
    "--allow-cross 商圈": "there is no --special; write a value that --special names",
    "--allow-cross police:TYPE=步行街": "no grid has '步行街' in 'TYPE' (--allow-cross police:TYPE=步行街)",
    "--tolerance-m wide": "'wide' is no number of metres; write 15 for all layers, or police=15",
    "--tolerance-m police=0": "tolerance_m must be a number of metres, 0.02 or more (--tolerance-m), not 0.0",
    "--tolerance-m district=5": "--tolerance-m: no layer is called 'district'; the layers are police, urban",
    "--tolerance-m 5 --tolerance-m 6": "--tolerance-m is given 2 times without a name (5, 6)",
    "--weights 户数.csv:人数 --weights-crs gcj02": "no column '人数' to count (--weights 户数.csv:COLUMN)",
    "--weights 户数.csv": "points in China need their datum",
    "--incidents 户数.csv": "(--incidents-crs) gcj02",
    "--incidents 事件.csv": "事件.csv is not there",
    "--incidents-crs gcj02": "--incidents-crs: name the file: --incidents FILE",
    "--weights-lon x --weights-lat y": "--weights-lon, --weights-lat: name the file: --weights FILE",
}


@pytest.mark.parametrize("words", WRONG)
def test_what_is_typed_wrongly_is_refused_in_words(merge, words, tmp_path):
    ended = merge(*words.split())
    assert ended.code in {2, 3}
    assert WRONG[words] in ended.err
    assert not (tmp_path / "n.gpkg").exists()


@pytest.mark.parametrize("option", ["--weights", "--incidents"])
def test_what_is_counted_is_never_the_output(gridgov, folder, monkeypatch, option):
    monkeypatch.chdir(folder)
    ended = gridgov("merge", "urban=urban.gpkg", option, "police.gpkg", "-o", "police.gpkg", "--overwrite")
    assert ended.code == 2
    assert "police.gpkg" in ended.err

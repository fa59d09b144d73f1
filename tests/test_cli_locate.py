import json
import sys
import warnings

import geopandas as gpd
import pytest
from shapely import box

from gridgov.cli.app import main
from gridgov.datum import transform_points
from gridgov.grids import make_grids
from gridgov.layers import write_network
from gridgov.merge import merge_grids

EAST, NORTH = 475_000.0, 3_843_000.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A merged network, its rules and an unmerged layer, in a folder with a blank and Chinese in its name."""
    folder = tmp_path_factory.mktemp("城市 网格")
    squares = [box(EAST + x, NORTH, EAST + x + 2000, NORTH + 2000) for x in (0, 2000)]
    police = gpd.GeoDataFrame(
        {"编码": ["P1", "P2"], "责任单位": ["一所", "二所"]}, geometry=squares, crs="EPSG:4547"
    )
    district = gpd.GeoDataFrame(
        {"编码": ["410104", "410105"], "名称": ["管城回族区", "金水区"]}, geometry=squares, crs="EPSG:4547"
    )
    layers = {"police": make_grids(police, department="police")}
    within = {"district": make_grids(district, department="district")}
    write_network(merge_grids(layers, within=within), folder / "network.gpkg")
    rules = "category,district,handler,时限\n信号灯,管城回族区,住建局,4小时\n信号灯,金水区,城管局,8小时\n"
    (folder / "rules.csv").write_text(rules, encoding="utf-8")
    wards = [box(-77.1, 38.8, -77.0, 38.9), box(-77.05, 38.85, -77.0, 38.9)]
    gpd.GeoDataFrame({"ward": ["1", "2"], "boss": ["A", "B"]}, geometry=wards, crs="EPSG:4326").to_file(
        folder / "wards.gpkg"
    )
    return folder


@pytest.fixture
def locate(folder, monkeypatch, capsys):
    """`gridgov locate`, run in the folder: exit code, stdout, stderr."""
    monkeypatch.chdir(folder)
    # The program shows warnings its own way; give that back to the tests that follow.
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["gridgov", "locate", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


def lonlat(x, y):
    lon, lat = transform_points([EAST + x], [NORTH + y], source="EPSG:4547", target="cgcs2000")
    return f"{lon[0]:.9f}", f"{lat[0]:.9f}"


def test_a_point_is_answered_in_sentences(locate):
    code, out, err = locate(
        *lonlat(500, 500),
        "--cells",
        "network.gpkg",
        "--crs",
        "cgcs2000",
        "--category",
        "信号灯",
        "--rules",
        "rules.csv",
    )
    assert code == 0
    assert "lies in cell 410104-0001 (管城回族区)." in out
    assert "police: grid P1, owner 一所" in out
    assert "住建局 handles '信号灯' here (rules.csv:2, 时限 4小时)." in out
    assert "network.gpkg" in err


def test_a_pair_in_one_argument_is_a_point(locate):
    code, out, _ = locate(",".join(lonlat(500, 500)), "--cells", "network.gpkg", "--crs", "cgcs2000")
    assert (code, "cell 410104-0001" in out) == (0, True)


def test_without_a_datum_in_china_it_says_what_was_taken_and_what_else_it_may_be(locate):
    code, out, _ = locate(*lonlat(2200, 500), "--cells", "network.gpkg")
    assert code == 0
    assert "taken as CGCS2000, because --crs was not given" in out
    assert "If these numbers are GCJ-02 (--crs gcj02), it lies in cell 410104-0001" in out


def test_a_point_given_as_gcj02_is_also_answered_under_cgcs2000(locate):
    code, out, _ = locate(*lonlat(2200, 500), "--cells", "network.gpkg", "--crs", "gcj02")
    assert code == 0
    assert "(GCJ-02) lies in cell 410104-0001" in out
    assert "If these numbers are CGCS2000 (--crs cgcs2000), it lies in cell 410105-0001" in out


def test_where_the_datum_changes_nothing_it_is_not_mentioned(locate):
    _, out, _ = locate(*lonlat(1000, 1000), "--cells", "network.gpkg", "--crs", "cgcs2000")
    assert "GCJ-02" not in out


def test_at_a_border_the_other_cells_are_listed_with_their_distance(locate):
    code, out, _ = locate(*lonlat(1999.5, 500), "--cells", "network.gpkg", "--crs", "cgcs2000")
    assert code == 0
    assert "within 1 m lie also:\n  0.50 m: cell 410105-0001 (金水区)" in out
    assert "A person should look" in out


def test_outside_the_nearest_cell_is_named(locate):
    code, out, _ = locate(*lonlat(-300, 500), "--cells", "network.gpkg", "--crs", "cgcs2000")
    assert code == 0
    assert "lies in no cell; the nearest is 410104-0001, 300 m away." in out


def test_a_point_far_from_every_cell_raises_the_question_of_its_coordinates(locate):
    code, out, _ = locate(-77.03, 38.9, "--cells", "network.gpkg")
    assert code == 0
    assert "km away. Are longitude and latitude exchanged, or is the --crs another?" in out


def test_a_near_point_says_how_near(locate):
    _, out, _ = locate(*lonlat(-3, 500), "--cells", "network.gpkg", "--crs", "cgcs2000", "--nearest-m", "5")
    assert "lies in no cell but 3.00 m from cell 410104-0001" in out


def test_json_stands_alone_on_stdout(locate):
    code, out, err = locate(*lonlat(4300, 500), "--cells", "network.gpkg", "--crs", "cgcs2000", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["status"], found["cell_id"], found["nearest"]["cell_id"]) == (
        "outside",
        None,
        "410105-0001",
    )
    assert found["nearest"]["distance_m"] == pytest.approx(300, abs=0.01)
    assert found["under_other_datum"]["crs"] == "gcj02"
    assert found["under_other_datum"]["cell_id"] == "410105-0001"


def test_negative_longitudes_are_points_and_not_options(locate):
    code, out, _ = locate("-77.02", "38.82", "--cells", "wards.gpkg", "--cells-id", "ward")
    assert code == 0
    assert "-77.02, 38.82 (taken as WGS 84, because --crs was not given) lies in grid 1." in out


def test_an_unmerged_layer_may_overlap(locate):
    code, out, err = locate(
        "-77.02,38.86", "--cells", "wards.gpkg", "--cells-id", "ward", "--cells-owner", "boss"
    )
    assert code == 0
    assert "lies in grid 2." in out
    assert "wards: grid 2, owner B" in out
    assert "Other grids of this layer" in out
    assert "0.00 m: grid 1" in out
    assert "wards.gpkg" in err


def test_a_layer_without_an_id_column_names_the_option_for_cells(locate):
    code, out, err = locate("-77.02", "38.82", "--cells", "wards.gpkg")
    assert (code, out) == (3, "")
    assert "--cells-id" in err


@pytest.mark.parametrize(
    ("point", "code", "words"),
    [
        (["34.72", "113.73"], 3, "gridgov locate 113.73 34.72"),
        (["abc", "34.72"], 3, "not a number"),
        (["0", "0"], 3, "0,0"),
        (["", ""], 3, "no coordinate"),
        (["200", "95"], 3, "not a longitude and latitude"),
        (["475500", "3843500"], 3, "EPSG:4547"),
        (["113.73"], 2, "no point"),
        (["113.73", "34.72", "5"], 2, "not 3 values"),
        (["113.73", "34.72", "--celsl", "x"], 2, "--celsl"),
        (["113.73", "34.72", "--crs", "gcj03"], 3, "gcj02"),
        (["113.73", "34.72", "--cells-id", "x"], 2, "merged network"),
        (["113.73", "34.72", "--condition", "x=1"], 2, "--rules"),
    ],
)
def test_what_cannot_be_located_is_refused_in_words(locate, point, code, words):
    found, out, err = locate(*point, "--cells", "network.gpkg")
    assert (found, out) == (code, "")
    assert words in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there_is_named(locate):
    code, out, err = locate("113.73", "34.72", "--cells", "nothing.gpkg")
    assert (code, out) == (3, "")
    assert "nothing.gpkg" in err


def test_a_console_of_code_page_936_gets_its_words(run_in, folder):
    ended = run_in(folder, "locate", *lonlat(500, 500), "--cells", "network.gpkg", encoding="cp936")
    assert ended.code == 0
    assert "cell 410104-0001 (管城回族区)" in ended.out
    assert "network.gpkg" in ended.err


def test_a_condition_the_rules_ask_for_is_offered_and_taken(locate, folder):
    (folder / "roads.csv").write_text(
        "category,道路等级,handler\n信号灯,主干道,交警\n信号灯,,住建局\n", encoding="utf-8"
    )
    asked = [
        *lonlat(500, 500),
        "--cells",
        "network.gpkg",
        "--crs",
        "cgcs2000",
        "--category",
        "信号灯",
        "--rules",
        "roads.csv",
    ]
    _, out, _ = locate(*asked)
    assert "住建局 handles" in out
    assert "--condition 道路等级=..." in out
    _, out, _ = locate(*asked, "--condition", "道路等级=主干道")
    assert "交警 handles" in out
    assert "--condition" not in out


def test_the_cells_of_a_network_alone_will_do(locate, folder):
    gpd.read_file(folder / "network.gpkg", layer="cells").to_parquet(folder / "cells.parquet")
    code, out, err = locate(*lonlat(500, 500), "--cells", "cells.parquet", "--crs", "cgcs2000")
    assert (code, "cell 410104-0001" in out) == (0, True)
    assert "does not hold the network's version" in err

"""Layer options made into layers; what is said about each goes to stderr."""

import geopandas as gpd
import openpyxl
import pytest
from shapely import box

from gridgov.cli.inputs import LayerOptions, read_inputs
from gridgov.errors import ArgumentError, CRSError

LEFT, RIGHT = box(474_000, 3_843_000, 474_500, 3_843_500), box(474_500, 3_843_000, 475_000, 3_843_500)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Two departments and a district, in a folder with a space in its name."""
    place = tmp_path / "网格 数据"
    place.mkdir()
    monkeypatch.chdir(place)
    grids = gpd.GeoDataFrame({"网格编码": ["a", "b"], "他码": ["x", "y"]}, geometry=[LEFT, RIGHT], crs=4547)
    grids.to_file("police.gpkg")
    grids.assign(责任单位=["甲", "乙"]).to_file("urban.gpkg")
    district = gpd.GeoDataFrame({"区县编码": ["410104"]}, geometry=[LEFT.union(RIGHT)], crs=4547)
    district.to_file("district.gpkg")
    return place


def read(*layers, **options):
    return read_inputs(LayerOptions(layers=layers, **options))


def test_layers_and_rungs_come_by_name_in_their_order():
    inputs = read("urban=urban.gpkg", "police=police.gpkg", within=["district=district.gpkg"])
    assert list(inputs.layers) == ["urban", "police"]
    assert list(inputs.rungs) == ["district"]


def test_a_bare_path_takes_its_stem_as_name():
    assert list(read("police.gpkg").layers) == ["police"]


def test_districts_is_the_first_rung():
    within = {"within": ["street=district.gpkg"], "id": ["street=区县编码"]}
    rungs = read("police.gpkg", districts="district.gpkg", **within).rungs
    assert list(rungs) == ["district", "street"]


def test_each_layer_is_said_in_a_line_with_its_notes(capsys):
    read("police=police.gpkg")
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[0].startswith("police: 2 grids from police.gpkg, EPSG:4547")
    assert "  - columns taken: id = 网格编码" in said.err


def test_nobody_is_told_that_a_rung_has_no_owner(capsys):
    read("urban=urban.gpkg", within=["district=district.gpkg"])
    assert "no owner" not in capsys.readouterr().err


def test_a_bare_setting_serves_every_department_but_no_rung():
    inputs = read("police.gpkg", "urban.gpkg", within=["district=district.gpkg"], id=["他码"])
    assert [list(layer["grid_id"]) for layer in inputs.layers.values()] == [["x", "y"], ["x", "y"]]
    assert inputs.rungs["district"]["grid_id"].tolist() == ["410104"]


def test_a_named_setting_wins_over_a_bare_one():
    layers = read("police.gpkg", "urban.gpkg", id=["他码", "urban=网格编码"]).layers
    assert layers["police"]["grid_id"].tolist() == ["x", "y"]
    assert layers["urban"]["grid_id"].tolist() == ["a", "b"]


def test_a_rung_takes_a_setting_by_its_name(folder):
    frame = gpd.read_file("district.gpkg").rename(columns={"区县编码": "甲列"})
    frame.to_file("other.gpkg")
    rungs = read("police.gpkg", within=["district=other.gpkg"], id=["district=甲列"]).rungs
    assert rungs["district"]["grid_id"].tolist() == ["410104"]


@pytest.mark.parametrize(
    "options",
    [
        {"id": ["polcie=网格编码"]},
        {"id": ["police=a", "police=b"]},
        {"id": ["a", "b"]},
        {"within": ["police=district.gpkg"]},
        {"within": ["district=district.gpkg"], "carry": ["district=x"]},
        {"attributes": ["police=x.xlsx"], "header_row": ["police=two"]},
        {"carry": ["police="]},
    ],
)
def test_settings_that_fit_no_layer_are_usage_errors(options):
    with pytest.raises(ArgumentError, match=r"--|district|police"):
        read("police=police.gpkg", **options)


def test_two_layers_of_one_name_are_a_usage_error():
    with pytest.raises(ArgumentError, match=r"used twice.*police="):
        read("police=police.gpkg", "Police=urban.gpkg")


def test_a_stem_that_cannot_be_a_name_says_how_to_give_one(folder):
    (folder / "police.gpkg").rename(folder / "2024 police.gpkg")
    with pytest.raises(ArgumentError, match=r"'2024 police'.*police=2024 police\.gpkg"):
        read("2024 police.gpkg")


def test_columns_to_carry_are_split_at_commas():
    assert read("police.gpkg", "urban.gpkg", carry=["police=他码, 网格编码"]).carry == {
        "police": ["他码", "网格编码"]
    }


def test_a_ledger_gives_the_owners(folder):
    book = openpyxl.Workbook()
    for row in (["台账", None], ["网格编码", "责任单位"], ["a", "一所"], ["b", "二所"]):
        book.active.append(row)
    book.save(folder / "台 账.xlsx")
    inputs = read("police=police.gpkg", attributes=["police=台 账.xlsx#Sheet"], header_row=["police=2"])
    assert inputs.layers["police"]["owner"].tolist() == ["一所", "二所"]
    assert [path.name for path in inputs.paths] == ["police.gpkg", "台 账.xlsx"]


def test_a_bare_ledger_serves_one_layer_only():
    with pytest.raises(ArgumentError, match="--attributes urban=FILE"):
        read("police.gpkg", "urban.gpkg", attributes=["台账.xlsx"])


def test_the_outline_of_the_rungs_ranks_coordinate_systems(folder):
    frame = gpd.read_file("police.gpkg").set_crs(None, allow_override=True)
    with pytest.warns(UserWarning, match="crs"):
        frame.to_file("nowhere.gpkg")
    with pytest.raises(CRSError, match=r"inside the outline\):\n\s+100.0%  EPSG:4547"):
        read("police=nowhere.gpkg", within=["district=district.gpkg"])


def test_a_stated_coordinate_system_reaches_its_layer(folder):
    layers = read("police.gpkg", "urban.gpkg", crs=["urban=EPSG:4546"]).layers
    assert layers["police"].crs.to_epsg() == 4547
    assert layers["urban"].crs.to_epsg() == 4546

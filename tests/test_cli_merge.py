"""`gridgov merge`, run as people run it: what it says, what it writes, what it answers."""

import json

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from geopandas.testing import assert_geodataframe_equal

from gridgov import merge_grids, read_grids, read_network
from gridgov.errors import TopologyError

LAYERS = ("police=警务 网格.gpkg", "urban=城管.gpkg")


@pytest.fixture
def merge(gridgov, city, monkeypatch):
    """Run `gridgov merge` in the city's folder."""
    monkeypatch.chdir(city)

    def run(*arguments):
        return gridgov("merge", *arguments)

    return run


@pytest.fixture(scope="module")
def merged(run_in, city, tmp_path_factory):
    """The city merged within its districts: how it ended, and the network it wrote."""
    output = tmp_path_factory.mktemp("merged") / "一张 网.gpkg"
    within = ("--within", "district=区.gpkg", "--carry", "police=电话")
    ended = run_in(city, "merge", *LAYERS, *within, "-o", output)
    assert ended.code == 0, ended.err
    return ended, read_network(output), output


def test_the_work_is_said_on_stderr_and_stdout_stays_empty(merged):
    ended, network, output = merged
    lines = ended.err.splitlines()
    assert ended.out == ""
    assert lines[0].startswith("district: 2 units from 区.gpkg, EPSG:4547")
    assert f"Written: {output} (network version {network.version})" == lines[-1]


def test_the_summary_counts_what_came_of_it(merged):
    ended, network, _ = merged
    assert (
        "Grids: police 4, urban 2 (in order of precedence: the first wins). Rungs: district 2." in ended.err
    )
    assert "They became 4 unified grids and 4 cells over 16.0 ha" in ended.err
    assert (len(network.grids), len(network.cells)) == (4, 4)


def test_tolerances_that_were_used_are_said(merged, merge, tmp_path):
    err = merged[0].err
    assert "Borders that lie closer than the tolerance were taken as one line (--tolerance-m)" in err
    assert "too few borders lie near others to compare; tolerance 25 m;" in err
    assert "pieces under 300 m2 joined a neighbour (--min-area-m2)" in err
    ended = merge(*LAYERS, "--tolerance-m", "2", "--min-area-m2", "10", "-o", tmp_path / "narrow.gpkg")
    assert "tolerance 2 m;" in ended.err
    assert "pieces under 10 m2" in ended.err
    assert len(read_network(tmp_path / "narrow.gpkg").cells) == 6


def test_coverage_and_what_moved_are_said_for_each_department(merged):
    err = merged[0].err
    assert "Of the city's 160,000 m2, 160,000 m2 (100.0 %) have a grid of every department" in err
    assert "  urban   covers 160,000 m2 (100.0 %);" in err
    assert "; 2,000 m2 moved" in err


def test_conflicts_are_counted_and_the_largest_named(merged):
    ended, network, _ = merged
    decide = network.conflicts[network.conflicts["severity"] == "decide"]
    assert decide["kind"].tolist() == ["crosses_rung"] * 2
    assert "Conflicts: 2 need a decision" in ended.err
    assert "crosses_rung" in ended.err
    assert "at grid U2" in ended.err


def test_districts_is_short_for_within_district(merged, merge, tmp_path):
    again = merge(*LAYERS, "--districts", "区.gpkg", "--carry", "police=电话", "-o", tmp_path / "d.gpkg")
    assert again.code == 0
    assert read_network(tmp_path / "d.gpkg").version == merged[1].version


def test_without_a_rung_the_layers_bound_the_city(merge, tmp_path):
    ended = merge(*LAYERS, "-o", tmp_path / "n.gpkg")
    assert "Rungs: none was given, the layers' outline bounds the city." in ended.err
    assert set(read_network(tmp_path / "n.gpkg").cells["district"]) == {"all"}


def test_the_first_layer_wins(merge, tmp_path):
    merge(*LAYERS[::-1], "-o", tmp_path / "n.gpkg")
    network = read_network(tmp_path / "n.gpkg")
    assert network.departments == ("urban", "police")
    assert network.grids["grid_id"].tolist() == ["U1", "U2"]


def test_columns_are_carried_into_the_cells(merged):
    cells = merged[1].cells
    assert dict(zip(cells["police"], cells["police_电话"], strict=True)) == {
        "P1": "1",
        "P2": "2",
        "P3": "3",
        "P4": "4",
    }


def test_the_same_comes_from_python(merged, city):
    layers = {
        "police": read_grids(city / "警务 网格.gpkg", department="police"),
        "urban": read_grids(city / "城管.gpkg", department="urban"),
    }
    within = {"district": read_grids(city / "区.gpkg", department="district")}
    network = merge_grids(layers, within=within, carry={"police": ["电话"]})
    assert_geodataframe_equal(merged[1].cells, network.cells)
    assert_geodataframe_equal(merged[1].grids, network.grids)
    pd.testing.assert_frame_equal(merged[1].crosswalk, network.crosswalk)
    assert merged[1].version == network.version


def test_the_file_says_what_went_in(merged):
    provenance = merged[1].provenance
    assert provenance["departments"] == ["police", "urban"]
    assert {name: one["source"] for name, one in provenance["inputs"].items()} == {
        "district": "区.gpkg",
        "police": "警务 网格.gpkg",
        "urban": "城管.gpkg",
    }
    assert provenance["tolerance_m"] == {"police": 25.0, "urban": 25.0}
    assert provenance["min_area_m2"] == 300.0


def test_other_programs_see_its_layers(merged):
    names = set(pyogrio.list_layers(merged[2])[:, 0])
    assert {"cells", "grids", "district", "conflicts", "crosswalk", "ledger", "provenance"} <= names


def test_json_is_the_summary_and_the_provenance(merge, tmp_path):
    ended = merge(*LAYERS, "--json", "-o", tmp_path / "n.gpkg")
    found = json.loads(ended.out)
    network = read_network(tmp_path / "n.gpkg")
    assert found["summary"] == dict(network.summary)
    assert found["provenance"] == dict(network.provenance)
    assert "Written: " in ended.err


def test_the_same_merge_gives_the_same_bytes(merge, monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("a.gpkg", "b.gpkg"):
        assert merge(*LAYERS, "--districts", "区.gpkg", "-o", tmp_path / name).code == 0
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()


def test_owners_come_from_a_ledger(merge, city, tmp_path):
    ledger = tmp_path / "台账.csv"
    ledger.write_text("网格编码,责任单位\nU1,甲队\nU2,乙队\n", encoding="utf-8")
    ended = merge(*LAYERS, "--attributes", f"urban={ledger}", "-o", tmp_path / "n.gpkg")
    assert ended.code == 0, ended.err
    assert set(read_network(tmp_path / "n.gpkg").cells["urban_owner"]) == {"甲队", "乙队"}


def test_a_layer_in_degrees_is_merged_in_metres(merge, city, tmp_path):
    gpd.read_file(city / "警务 网格.gpkg").to_crs(4490).to_file(tmp_path / "jw.geojson")
    assert merge(f"police={tmp_path / 'jw.geojson'}", "-o", tmp_path / "n.gpkg").code == 0
    cells = read_network(tmp_path / "n.gpkg").cells
    assert cells.crs.to_epsg() == 4547
    assert cells["area_m2"].sum() == pytest.approx(160_000, rel=1e-4)


# What comes after a merge -------------------------------------------------------------------------------


@pytest.fixture
def cells_file(merge, tmp_path):
    ended = merge(*LAYERS, "--districts", "区.gpkg", "-o", tmp_path / "cells.parquet")
    assert ended.code == 0
    assert "cells.parquet holds the cells only" in ended.err
    return tmp_path / "cells.parquet"


def test_cells_alone_will_do_for_assign(cells_file, gridgov, tmp_path):
    words = ("--cells", cells_file, "--crs", "cgcs2000", "-o", tmp_path / "t.csv")
    ended = gridgov("assign", "事件 导出.csv", *words)
    assert ended.code == 0, ended.err
    assert "which does not hold the network's version" in ended.err
    first = (tmp_path / "t.csv").read_text(encoding="gb18030").splitlines()[1]
    assert ",P1," in first


def test_cells_alone_will_do_for_rules(cells_file, gridgov):
    ended = gridgov("check-rules", "rules.csv", "--cells", cells_file)
    assert (ended.code, "every rule can decide" in ended.out) == (0, True)


def test_a_network_can_be_merged_again_as_a_layer(merged, merge, tmp_path):
    ended = merge(f"base={merged[2]}#grids", "urban=城管.gpkg", "-o", tmp_path / "again.gpkg")
    assert ended.code == 0, ended.err
    assert read_network(tmp_path / "again.gpkg").grids["grid_id"].tolist() == ["P1", "P2", "P3", "P4"]


def test_a_network_is_no_layer_until_one_of_its_layers_is_named(merged, merge, tmp_path):
    ended = merge(f"base={merged[2]}", "-o", tmp_path / "again.gpkg")
    assert ended.code == 3
    assert "say which: '一张 网.gpkg#cells'" in ended.err


@pytest.mark.parametrize("name", ["district", "District", "district_name"])
def test_without_rungs_the_names_of_the_one_district_are_taken(merge, tmp_path, name):
    ended = merge(f"{name}=警务 网格.gpkg", "-o", tmp_path / "n.gpkg")
    assert ended.code == 2
    assert "without --within the whole city is one 'district'" in ended.err


def test_a_carried_column_called_like_another_layer_is_refused(merge, tmp_path):
    layers = ("police=警务 网格.gpkg", "police_电话=城管.gpkg")
    ended = merge(*layers, "--carry", "police=电话", "-o", tmp_path / "n.gpkg")
    assert ended.code == 2
    assert "two columns of the cells would be called police_电话 (" in ended.err
    assert "--carry" in ended.err


def test_rungs_given_fine_to_coarse_are_doubted(merge, tmp_path):
    halves = ("--within", "block=警务 网格.gpkg", "--within", "district=区.gpkg")
    ended = merge("urban=城管.gpkg", *halves, "-o", tmp_path / "n.gpkg")
    assert "Is the order of the rungs right? district has fewer units than block" in ended.err
    ended = merge("urban=城管.gpkg", *halves[2:], *halves[:2], "-o", tmp_path / "m.gpkg")
    assert "order of the rungs" not in ended.err


def test_fewer_than_one_job_are_refused_before_any_work(merge, tmp_path):
    ended = merge(*LAYERS, "--jobs", "0", "-o", tmp_path / "none.gpkg")
    assert ended.code == 2
    assert "--jobs" in ended.err


def test_a_terminal_is_told_each_step_with_its_layer_in_a_line_that_goes(merge, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    ended = merge(*LAYERS, "--within", "district=区.gpkg", "-o", tmp_path / "n.gpkg")
    *told, after = ended.err.split("\r")
    assert [line.strip() for line in told[1:]] == [
        "fitting districts, streets and communities into each other ...",
        "police: bending borders and cutting the cells ...",
        "urban: bending borders and cutting the cells ...",
        "proving that no gap and no overlap is left ...",
        "police: looking for conflicts ...",
        "urban: looking for conflicts ...",
        "",
    ]
    assert after.startswith("Grids: police 4")


def test_steps_are_for_terminals_only(merged):
    assert "bending borders" not in merged[0].err


def test_what_fails_in_a_step_names_the_step_and_the_layer(merge, tmp_path, monkeypatch):
    def broken(pieces, *_, **__):
        raise TopologyError("two owners on one side at 475000, 3843000")

    monkeypatch.setattr("gridgov.topology.refine.cut", broken)
    ended = merge(*LAYERS, "-o", tmp_path / "n.gpkg")
    assert ended.code == 3
    assert ended.err.splitlines()[-1] == (
        "Error: two owners on one side at 475000, 3843000 (in the step: police: bending borders and cutting "
        "the cells)"
    )

from dataclasses import replace

import pytest
import shapely

from gridgov.datum import transform_geometries
from gridgov.departments import BALANCE_COLUMNS, department_grids, lost_grids
from gridgov.errors import ArgumentError, SchemaError
from gridgov.layers.network_file import write_network
from gridgov.layers.network_read import read_network
from gridgov.merge import merge_grids
from gridgov.schema_faults import check_layer


@pytest.fixture(scope="session")
def police(moved_network):
    return department_grids(moved_network, department="police").set_index("grid_id")


def balance(grids, grid_id):
    return {name: round(grids[name][grid_id]) for name in BALANCE_COLUMNS}


def test_a_department_gets_a_layer_of_its_own_grids(moved_network):
    grids = department_grids(moved_network, department="police")
    check_layer(grids)
    assert grids["grid_id"].tolist() == ["P1", "P2", "P9"]
    assert grids["owner"].tolist() == ["示例派出所"] * 3


def test_the_grids_are_a_seamless_coverage(police):
    assert shapely.coverage_is_valid(police.geometry.to_numpy())
    assert police.area.sum() == 400 * 200


def test_ground_that_moved_to_a_neighbour_is_told_on_both_sides(police):
    assert balance(police, "P1")["moved_out_m2"] == 1200
    assert balance(police, "P2")["moved_in_m2"] == 1200
    assert balance(police, "P2")["moved_out_m2"] == 0


def test_a_campus_inside_a_grid_is_an_overlap_and_no_loss(police):
    assert balance(police, "P1")["overlap_m2"] == 60 * 60
    assert balance(police, "P9")["moved_in_m2"] == 0
    assert police["special"].tolist() == [None, None, "police:P9"]


def test_the_balance_of_every_grid_adds_up(police):
    left = police["drawn_m2"] - police["outside_m2"] - police["overlap_m2"] - police["moved_out_m2"]
    assert (left + police["moved_in_m2"]).tolist() == pytest.approx(police["area_m2"].tolist())
    assert police["area_m2"].tolist() == pytest.approx(police.area.tolist())


def test_what_moved_in_is_what_the_merge_says_moved(moved_network, police):
    assert police["moved_in_m2"].sum() == pytest.approx(moved_network.summary["area_m2"]["moved"]["police"])


def test_drawn_is_the_sum_of_the_crosswalk(moved_network, police):
    rows = moved_network.crosswalk.query("department == 'police'")
    sums = rows.groupby("grid_id")["area_m2"].sum()
    assert police["drawn_m2"].tolist() == pytest.approx(sums[police.index].tolist())


def test_carried_columns_and_names_come_along(police):
    assert police["网格长"].tolist() == ["李四"] * 3
    assert police["name"].tolist() == ["policeP1", "policeP2", "policeP9"]


def test_the_first_department_has_the_columns_of_the_unified_grids(moved_network):
    grids = department_grids(moved_network, department="comprehensive")
    assert grids["name"].tolist() == ["comprehensiveA", "comprehensiveB"]
    assert grids.geometry.geom_equals(moved_network.grids.geometry).all()


def test_names_need_not_be_carried(moved_network, tmp_path):
    assert "urban_name" not in moved_network.cells
    write_network(moved_network, tmp_path / "network.gpkg")
    for network in (moved_network, read_network(tmp_path / "network.gpkg")):
        assert department_grids(network, department="urban")["name"].tolist() == ["urbanU1"]


def test_grids_of_two_departments_may_have_one_id(moved_network):
    drawn = moved_network.drawn.replace({"grid_id": {"U1": "P1"}})
    network = replace(moved_network, drawn=drawn)
    assert network.grid_names("urban", ["P1", "P2"]).tolist() == ["urbanU1", None]
    assert network.grid_names("police", ["P1"]).tolist() == ["policeP1"]


def test_a_network_of_before_names_were_kept_has_those_that_were_carried(moved_network):
    older = replace(moved_network, drawn=moved_network.drawn[["department", "grid_id", "geometry"]])
    assert department_grids(older, department="urban")["name"].tolist() == [None]
    assert department_grids(older, department="police")["name"].tolist() == [
        "policeP1",
        "policeP2",
        "policeP9",
    ]


def test_names_and_owners_may_be_carried_of_every_department(drawn_moves):
    layers, within = drawn_moves
    carry = {"comprehensive": ["name", "owner"], "police": ["owner", "name", "grid_id"]}
    network = merge_grids(layers, within=within, carry=carry)
    assert department_grids(network, department="comprehensive")["name"][0] == "comprehensiveA"
    assert department_grids(network, department="police")["name"][0] == "policeP1"


def test_grids_without_a_cell_are_left_out_and_said(moved_network):
    said = department_grids(moved_network, department="police").attrs["gridgov"]["notes"]
    assert said == ["1 grid that kept no cell is left out: P10 (export --tables lists them)"]


def test_lost_grids_are_listed_with_what_was_drawn(moved_network):
    lost = lost_grids(moved_network)
    assert lost[["department", "grid_id", "cell_id"]].to_numpy().tolist() == [["police", "P10", None]]
    assert lost[["drawn_m2", "outside_m2"]].to_numpy().tolist() == [[10_000.0, 10_000.0]]


def test_households_move_with_the_ground(moved_network):
    grids = department_grids(moved_network, department="police", weight_column="户数").set_index("grid_id")
    # 376 households on the 37,600 m2 that P1 drew for itself alone: one on 100 m2.
    assert grids["户数_moved_out"]["P1"] == pytest.approx(12)
    assert grids["户数_moved_in"]["P2"] == pytest.approx(12)
    assert grids["户数_now"][["P1", "P2"]].tolist() == pytest.approx([364, 400])


def test_a_grid_without_households_counts_as_none_and_is_said(moved_network):
    grids = department_grids(moved_network, department="police", weight_column="户数")
    assert grids["户数_moved_out"].isna().tolist() == [False, False, True]
    assert "户数: 1 grid has none (P9); counted as 0" in grids.attrs["gridgov"]["notes"]


def test_a_weight_that_is_no_number_is_refused_with_the_grid(moved_network):
    with pytest.raises(SchemaError, match=r"'网格长' is no number of 0 or more: '李四' of P1"):
        department_grids(moved_network, department="police", weight_column="网格长")


def test_a_weight_that_was_not_carried_names_the_option(moved_network):
    with pytest.raises(SchemaError, match="--carry urban=户数"):
        department_grids(moved_network, department="urban", weight_column="户数")


def test_an_unknown_department_is_answered_with_those_there_are(moved_network):
    with pytest.raises(ArgumentError, match="comprehensive, police, urban"):
        department_grids(moved_network, department="fire")


def test_the_network_is_not_changed(moved_network):
    before = moved_network.cells.copy(), moved_network.crosswalk.copy()
    department_grids(moved_network, department="police", weight_column="户数")
    lost_grids(moved_network)
    assert moved_network.cells.equals(before[0])
    assert moved_network.crosswalk.equals(before[1])


def test_common_borders_stay_common_in_degrees(police):
    degrees = transform_geometries(police.geometry.to_numpy(), source=police.crs, target=4490)
    assert shapely.coverage_is_valid(degrees)

from dataclasses import replace

import pytest

from gridgov.lists import LISTS, network_lists, uncovered_cells


@pytest.fixture(scope="session")
def lists(moved_network):
    return network_lists(moved_network)


def test_there_is_a_table_for_each_list_in_order(lists):
    assert list(lists) == list(LISTS)


def test_the_crosswalk_has_owners_and_the_rungs_of_the_cell(lists, moved_network):
    table = lists["crosswalk"]
    assert len(table) == len(moved_network.crosswalk)
    inside = table[table["cell_id"].notna() & (table["grid_id"] == "P1")].iloc[0]
    assert (inside["owner"], inside["district"]) == ("示例派出所", "410104")


def test_what_lies_outside_has_no_cell_and_no_rung(lists):
    outside = lists["crosswalk"].query("relation == 'outside'")
    assert outside["grid_id"].tolist() == ["P10"]
    assert outside["district"].isna().all()


def test_uncovered_cells_say_who_is_missing_and_where(moved_network):
    table = uncovered_cells(moved_network)
    assert table["missing"].tolist() == ["urban"]
    assert table["covered_by"].tolist() == ["comprehensive|police"]
    assert table["area_m2"].tolist() == [40_000.0]
    assert 113 < table["lon"][0] < 114
    assert 34 < table["lat"][0] < 35


def test_cells_without_any_department_come_first(four_network):
    cells = four_network.cells.assign(police=["P1", None, "P1", None], urban=["U1", "U1", None, None])
    cells["area_m2"] = [1.0, 2.0, 3.0, 0.5]
    table = uncovered_cells(replace(four_network, cells=cells))
    assert table["cell_id"].tolist() == ["d", "c", "b"]
    assert table["covered_by"].tolist() == [None, "police", "urban"]


def test_a_department_for_a_part_of_the_city_is_not_missed_elsewhere(four_network):
    cells = four_network.cells.assign(police=["P1", None, "P1", None], urban=["U1", None, None, None])
    zone = replace(four_network, cells=cells, summary={"for_a_part": ["urban"]})
    assert uncovered_cells(zone)["missing"].tolist() == ["police", "police"]
    only = replace(four_network, cells=cells, summary={"for_a_part": ["police", "urban"]})
    assert len(uncovered_cells(only)) == 3


def test_all_grids_of_all_departments_are_listed(lists):
    assert lists["grids"]["grid_id"].tolist() == ["A", "B", "P1", "P2", "P9", "U1"]
    assert lists["lost"]["grid_id"].tolist() == ["P10"]


def test_conflicts_are_those_of_the_network(lists, moved_network):
    assert lists["conflicts"]["conflict_id"].tolist() == moved_network.conflicts["conflict_id"].tolist()
    assert "geometry" not in lists["conflicts"]


def test_conflicts_have_a_column_for_what_people_note(lists):
    columns = list(lists["conflicts"].columns)
    assert columns[columns.index("decided_on") + 1] == "decision_note"
    assert lists["conflicts"]["decision_note"].isna().all()

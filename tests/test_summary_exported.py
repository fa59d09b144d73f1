from gridgov.departments import department_grids
from gridgov.summary import grids_lines, lists_lines


def test_what_moved_is_said_in_total_and_of_the_grids_that_changed_most(moved_network):
    lines = grids_lines(department_grids(moved_network, department="police"))
    assert lines == [
        "police: 3 grids on the common borders, 8.0 ha",
        (
            "  of 8.4 ha drawn, 0 m2 lies outside the city, 3,600 m2 was drawn twice, 1,200 m2 (1.4 %) moved "
            "out; 1,200 m2 (1.4 %) moved in"
        ),
        "  most: grid P1, 0 m2 in, 1,200 m2 out, now 3.6 ha",
        "  most: grid P2, 1,200 m2 in, 0 m2 out, now 4.0 ha",
        "  - 1 grid that kept no cell is left out: P10 (export --tables lists them)",
    ]


def test_households_that_moved_are_said_as_an_estimate_by_area(moved_network):
    grids = department_grids(moved_network, department="police", weight_column="户数")
    assert "  户数: moved in 12, moved out 12, by area" in grids_lines(grids, weight_column="户数")


def test_no_grid_is_named_where_nothing_moved(moved_network):
    grids = department_grids(moved_network, department="comprehensive")
    assert [line for line in grids_lines(grids) if "most:" in line] == []


def test_lists_are_said_with_their_length():
    assert lists_lines({"crosswalk": 1234, "lost": 1}) == ["crosswalk: 1,234 rows", "lost: 1 row"]

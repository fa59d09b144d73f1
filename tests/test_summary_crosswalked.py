"""The crosswalk of departments in sentences."""

from itertools import pairwise

import geopandas as gpd
import shapely
from shapely import box

from gridgov import crosswalk_departments
from gridgov.summary import crosswalk_lines

X0, Y0 = 474_352, 3_843_000


def layer(*shapes, ids):
    moved = [shapely.affinity.translate(shape, X0, Y0) for shape in shapes]
    return gpd.GeoDataFrame({"grid_id": list(ids), "name": None, "owner": None}, geometry=moved, crs=4547)


def big():
    return layer(box(0, 0, 400, 400), box(400, 0, 800, 400), ids="WE")


def columns(*edges):
    return layer(*(box(a, 0, b, 400) for a, b in pairwise(edges)), ids="abcdefg"[: len(edges) - 1])


def lines(**layers):
    return "\n".join(crosswalk_lines(crosswalk_departments(layers)))


def test_whole_grids_are_said_for_both_directions():
    said = lines(police=big(), urban=columns(0, 200, 400, 600, 800))
    assert "police against urban: of 2 police grids,\n      2  consist of whole urban grids (1:n)" in said
    assert (
        "urban against police: of 4 urban grids,\n      4  lie in one police grid, beside others (n:1)"
        in said
    )


def test_one_is_said_as_one():
    said = lines(police=layer(box(0, 0, 400, 400), ids="W"), urban=columns(0, 200, 400))
    assert "of 1 police grid,\n      1  consists of whole urban grids (1:n)" in said


def test_crossed_grids_are_named():
    said = lines(police=big(), urban=columns(0, 200, 500, 800))
    assert "2  share urban grids with their neighbours, so borders cross them (n:m): E, W" in said


def test_the_grid_with_most_ground_on_the_wrong_side_is_named_first():
    three = layer(box(0, 0, 400, 400), box(400, 0, 800, 400), box(800, 0, 1200, 400), ids="WME")
    said = lines(police=three, urban=columns(0, 200, 550, 820, 1200))
    assert "(n:m): M, W\n" in said


def test_slivers_are_counted_apart():
    said = lines(police=big(), urban=columns(0, 200, 410, 600, 800))
    assert "2  consist of whole urban grids" in said
    assert "1 overlap of 4,000 m2 together not counted: two drawings of one border (sliver)" in said


def test_ground_that_the_other_does_not_cover_is_said():
    said = lines(police=big(), urban=columns(0, 200, 400, 600))
    assert "1 reaches over 8.0 ha that no urban grid covers (none)" in said


def test_the_limits_name_their_options():
    assert "25 m wide (--tolerance-m), or under 300 m2 (--min-area-m2)" in lines(police=big(), urban=big())
    large = crosswalk_departments({"police": big(), "urban": big()}, min_area_m2=3000)
    assert "or under 3,000 m2 (--min-area-m2)" in "\n".join(crosswalk_lines(large))


def test_weight_adds_up_in_a_sentence():
    places = [shapely.Point(X0 + x, Y0 + 5) for x in (5, 300, 900)]
    homes = gpd.GeoDataFrame({"户数": [10, 20, 5]}, geometry=places, crs=4547)
    result = crosswalk_departments({"police": big(), "urban": columns(0, 200)}, weights=homes, weight="户数")
    said = crosswalk_lines(result)
    assert "Weight in police and urban: 35 in all; 10 in both, 20 only in police, 5 in neither." in said
    assert sum(line.startswith("Weight in") for line in said) == 1


def test_of_a_network_the_common_borders_are_said(four_network):
    said = "\n".join(crosswalk_lines(crosswalk_departments(four_network)))
    assert "common borders of the network" in said
    assert "--tolerance-m" not in said

"""Ground without a grid in a merge: left, or given to the neighbour of the longest shared border."""

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from shapely.affinity import translate

from gridgov import ArgumentError, merge_grids
from gridgov.summary import network_lines

X0, Y0 = 474_000, 3_843_000  # in EPSG:4547, near Zhengzhou


def layer(**grids):
    """Draw grids by id in metres from (X0, Y0)."""
    table = {"grid_id": list(grids), "name": "", "owner": [f"office of {grid}" for grid in grids]}
    shapes = [translate(shape, X0, Y0) for shape in grids.values()]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=4547)


def districts():
    return layer(W=box(0, 0, 500, 1000), E=box(500, 0, 1000, 1000))


def merged(within=districts, on_gap="fill", **layers):
    return merge_grids(layers, within={"district": within()}, on_gap=on_gap)


# Police leave a park of 200 m in the south without a grid; it touches A on three sides, B on one.
PARK = box(100, 200, 300, 400)
POLICE = {"A": box(0, 0, 1000, 400).difference(PARK), "B": box(0, 400, 1000, 1000)}


def of_kind(network, kind):
    return network.conflicts[network.conflicts["kind"] == kind]


def test_a_park_goes_to_the_grid_around_it_and_its_cell_disappears():
    left, filled = merged(police=layer(**POLICE), on_gap="leave"), merged(police=layer(**POLICE))
    assert left.cells["police"].isna().sum() == 1
    assert filled.cells[["district", "police", "area_m2"]].to_numpy().tolist() == [
        ["E", "B", 300_000.0],
        ["E", "A", 200_000.0],
        ["W", "B", 300_000.0],
        ["W", "A", 200_000.0],
    ]


def test_what_was_filled_is_told_and_is_not_among_what_changed_sides():
    summary = merged(police=layer(**POLICE)).summary
    assert summary["filled"] == {"police": {"filled": 40_000.0, "left": 0.0}}
    assert summary["area_m2"]["moved"] == {"police": 0.0}
    assert merged(police=layer(**POLICE), on_gap="leave").summary["filled"] == {}


def test_a_strip_of_a_grid_beside_a_districts_border_was_not_bare():
    # A reaches 8 m over the border; that strip goes with the bare ground beside it to B.
    network = merged(police=layer(A=box(0, 0, 508, 1000), B=box(700, 0, 1000, 1000)))
    assert network.summary["filled"] == {"police": {"filled": 192_000.0, "left": 0.0}}
    assert network.summary["area_m2"]["moved"] == {"police": 8_000.0}
    assert network.conflicts["moved_m2"].sum() == 200_000.0


def test_the_conflict_is_settled_and_says_to_whom_the_ground_went():
    left = of_kind(merged(police=layer(**POLICE), on_gap="leave"), "uncovered")
    filled = of_kind(merged(police=layer(**POLICE)), "uncovered")
    assert left["severity"].tolist() == ["decide"]
    assert filled[["severity", "resolution"]].to_numpy().tolist() == [
        ["settled", "filled with A, the longest shared border"]
    ]
    assert filled["conflict_id"].tolist() == left["conflict_id"].tolist()


def test_ground_over_a_districts_border_goes_to_one_grid_in_each():
    road = box(0, 400, 1000, 500)
    police = layer(A=box(0, 0, 500, 400), B=box(500, 0, 1000, 400), C=box(0, 500, 1000, 1000))
    network = merged(police=police)
    assert network.cells["police"].notna().all()
    words = of_kind(network, "uncovered")["resolution"].item()
    assert words == "filled with A, B, the longest shared border in each unit"
    assert network.cells["area_m2"].sum() == 1_000_000
    assert network.summary["filled"]["police"]["filled"] == road.area


def test_what_no_grid_touches_in_its_district_stays_and_is_said():
    police = layer(A=box(0, 0, 500, 1000), B=box(400, 0, 500, 300))
    network = merged(police=police)
    assert network.summary["filled"] == {"police": {"filled": 0.0, "left": 500_000.0}}
    assert of_kind(network, "uncovered")["severity"].tolist() == ["decide"]


def test_a_place_that_is_filled_in_part_is_still_to_decide():
    police = layer(A=box(0, 0, 700, 1000))  # the east has no grid, and 100 m of the west
    network = merged(lambda: layer(W=box(0, 0, 800, 1000), E=box(800, 0, 1000, 1000)), police=police)
    assert network.summary["filled"]["police"] == {"filled": 100_000.0, "left": 200_000.0}
    row = of_kind(network, "uncovered").iloc[0]
    assert row["severity"] == "decide"
    assert row["resolution"] == (
        "filled with A, the longest shared border; 200,000 m2 stay without a grid: no grid touches them in "
        "their unit"
    )


def test_a_layer_for_a_part_of_the_city_does_not_grow():
    zone = layer(zone=box(0, 0, 600, 600))
    network = merged(police=layer(**POLICE), run_by=zone)
    assert network.cells.loc[network.cells["run_by"].notna(), "area_m2"].sum() == 360_000
    assert list(network.summary["filled"]) == ["police"]


def test_special_purpose_grids_do_not_grow():
    # The market lies inside A as drawn, and half of its outline is the park's.
    market = box(300, 200, 400, 400)
    police = layer(**POLICE, market=market)
    cells = merged(police=police).cells.groupby("police")["area_m2"].sum()
    assert cells["market"] == market.area
    assert cells["A"] == 400_000 - market.area


def test_only_two_words_are_known():
    with pytest.raises(ArgumentError, match=r"on_gap \(--on-gap\) is leave or fill, not 'fil'"):
        merged(police=layer(**POLICE), on_gap="fil")


def squares(numbers):
    return layer(
        **{f"g{n}": box(x, y, x + 200, y + 200) for n in numbers for x, y in [(n % 5 * 200, n // 5 * 200)]}
    )


drawn = st.lists(st.integers(0, 24), min_size=14, max_size=24, unique=True).map(squares)


def units():
    return layer(W=box(0, 0, 400, 1000), E=box(400, 0, 1000, 1000))


@given(drawn, drawn)
@settings(max_examples=15)
def test_a_filled_merge_is_a_partition_and_fed_with_its_own_grids_it_stays(police, urban):
    first = merged(units, police=police, urban=urban)
    shapes = first.cells.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(1_000_000)
    again = {name: own_grids(first, name) for name in first.departments}
    second = merged(units, **again)
    assert sorted(shapely.to_wkt(shapely.normalize(shapes))) == sorted(
        shapely.to_wkt(shapely.normalize(second.cells.geometry.to_numpy()))
    )
    assert all(told["filled"] == 0 for told in second.summary["filled"].values())


def own_grids(network, department):
    cells = network.cells.dropna(subset=department)
    grids = cells[[department, "geometry"]].dissolve(department).reset_index(names="grid_id")
    return grids.assign(name="", owner="")


# What is said ---------------------------------------------------------------------------------------------


def said(network):
    return "\n".join(network_lines(network))


def test_the_summary_says_what_was_filled_and_what_stays():
    assert "police: 4.0 ha without a grid filled (--on-gap fill).\n" in said(merged(police=layer(**POLICE)))
    east = merged(police=layer(A=box(0, 0, 500, 1000)))
    assert "; 50.0 ha stay without: no grid in the same district touches them." in said(east)


def test_the_summary_says_whose_layer_is_not_filled():
    network = merged(police=layer(**POLICE), run_by=layer(zone=box(0, 0, 600, 600)))
    assert "run_by is for a part of the city and was not filled." in said(network)


def test_nothing_is_said_of_filling_when_gaps_are_left():
    assert "fill" not in said(merged(police=layer(**POLICE), on_gap="leave"))


@given(st.permutations(range(20)), st.sampled_from(["leave", "fill"]))
@settings(max_examples=8)
def test_the_order_of_rows_changes_nothing(order, on_gap):
    police = squares([0, 1, 2, 3, 5, 6, 7, 9, 10, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24])
    one = merged(units, on_gap, police=police)
    other = merged(units, on_gap, police=police.iloc[list(order)].reset_index(drop=True))
    assert one.version == other.version
    assert one.conflicts.drop(columns="geometry").equals(other.conflicts.drop(columns="geometry"))

"""Department <-> department on drawn squares, against a slow and obvious way, and what always adds up."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from shapely.affinity import translate

from gridgov import assign_points, crosswalk_departments, merge_grids, schema
from gridgov.errors import ArgumentError, SchemaError

X0, Y0 = 474_352, 3_843_000
EXACT = {"tolerance_m": 0.02, "min_area_m2": 0.0}


def layer(*shapes, ids=None, owners=None, at=(X0, Y0)):
    columns = {
        "grid_id": ids or [str(n + 1) for n in range(len(shapes))],
        "name": [None] * len(shapes),
        "owner": owners or [f"owner {n + 1}" for n in range(len(shapes))],
    }
    return gpd.GeoDataFrame(columns, geometry=[translate(s, *at) for s in shapes], crs=4547)


def big():
    """West | East, each 400 x 400."""
    return layer(box(0, 0, 400, 400), box(400, 0, 800, 400), ids=["W", "E"])


def small(shift=0.0):
    """Four columns of 200, all moved to the east by `shift`."""
    return layer(*(box(x + shift, 0, x + 200 + shift, 400) for x in (0, 200, 400, 600)), ids=list("abcd"))


def pairs(result, a, b):
    """Rows of one ordered pair, None where there is no grid."""
    rows = result.pairs
    rows = rows[(rows["department_a"] == a) & (rows["department_b"] == b)].reset_index(drop=True)
    texts = {
        name: rows[name].astype(object).where(rows[name].notna(), None) for name in ("grid_b", "owner_b")
    }
    return rows.assign(**texts)


def related(result, a, b):
    """(grid of a, grid of b): relation."""
    rows = pairs(result, a, b)
    return dict(zip(zip(rows["grid_a"], rows["grid_b"], strict=True), rows["relation"], strict=True))


def grids_by_relation(result, a, b):
    rows = result.relations
    rows = rows[(rows["department_a"] == a) & (rows["department_b"] == b) & (rows["grids_of_a"] > 0)]
    return dict(zip(rows["relation"], rows["grids_of_a"], strict=True))


def points(*places, weight=None):
    geometry = [shapely.Point(X0 + x, Y0 + y) for x, y in places]
    return gpd.GeoDataFrame({"户数": weight or [1] * len(places)}, geometry=geometry, crs=4547)


def test_each_ordered_pair_of_departments_is_there_in_the_order_given():
    result = crosswalk_departments({"p": big(), "c": small(), "u": big()})
    order = list(dict.fromkeys(zip(result.pairs["department_a"], result.pairs["department_b"], strict=True)))
    assert order == [("p", "c"), ("p", "u"), ("c", "p"), ("c", "u"), ("u", "p"), ("u", "c")]


def test_columns_are_those_of_the_schema():
    assert (
        tuple(crosswalk_departments({"p": big(), "c": small()}).pairs) == schema.DEPARTMENT_CROSSWALK_COLUMNS
    )


def test_weight_columns_stand_before_the_relation():
    result = crosswalk_departments({"p": big(), "c": small()}, weights=points((5, 5)), weight="户数")
    assert tuple(result.pairs)[-4:] == (*schema.CROSSWALK_WEIGHT_COLUMNS, "relation")


def test_a_grid_of_whole_grids_is_1_n_and_they_are_n_1():
    result = crosswalk_departments({"p": big(), "c": small()})
    assert related(result, "p", "c") == {
        ("E", "c"): "1:n",
        ("E", "d"): "1:n",
        ("W", "a"): "1:n",
        ("W", "b"): "1:n",
    }
    assert set(related(result, "c", "p").values()) == {"n:1"}
    assert grids_by_relation(result, "p", "c") == {"1:n": 2}


def test_shares_and_area_are_given_both_ways():
    row = pairs(crosswalk_departments({"p": big(), "c": small()}), "p", "c").iloc[0]
    assert (row.grid_a, row.owner_a, row.grid_b, row.owner_b) == ("E", "owner 2", "c", "owner 3")
    assert (row.area_m2, row.share_of_a, row.share_of_b) == (80_000, 0.5, 1)


def test_equal_layers_are_1_1():
    result = crosswalk_departments({"p": big(), "c": big()})
    assert related(result, "p", "c") == {("E", "E"): "1:1", ("W", "W"): "1:1"}


@pytest.mark.parametrize("shift", [2.0, 24.0])
def test_an_offset_within_the_tolerance_leaves_1_n_and_lists_slivers(shift):
    result = crosswalk_departments({"p": big(), "c": small(shift)})
    assert grids_by_relation(result, "p", "c") == {"1:n": 2}
    assert related(result, "p", "c")["E", "b"] == "sliver"


def test_an_offset_beyond_the_tolerance_is_n_m():
    result = crosswalk_departments({"p": big(), "c": small(40)})
    assert grids_by_relation(result, "p", "c") == {"n:m": 2}
    assert related(result, "p", "c")["E", "b"] == "n:m"
    assert related(result, "p", "c")["W", "a"] == "1:n"


def test_slivers_stand_below_all_that_counts():
    rows = pairs(crosswalk_departments({"p": big(), "c": small(2)}), "p", "c")
    real = rows["relation"].isin(["1:1", "1:n", "n:1", "n:m"]).to_numpy()
    assert real.tolist() == sorted(real, reverse=True)
    assert (rows["relation"] == "sliver").sum() == 1


def test_many_slivers_of_one_pair_do_not_add_up_to_an_overlap():
    teeth = shapely.union_all([box(0, 0, 400, 400), *(box(400, y, 420, y + 20) for y in range(0, 400, 40))])
    east = shapely.difference(box(400, 0, 800, 400), teeth)
    result = crosswalk_departments({"p": layer(teeth, east, ids=["W", "E"]), "c": big()})
    assert related(result, "p", "c")["W", "E"] == "sliver"


def test_a_wide_overlap_cut_by_a_third_department_still_counts():
    strips = layer(*(box(x, 0, x + 20, 400) for x in range(0, 800, 20)))
    alone = crosswalk_departments({"p": big(), "c": small(40)})
    together = crosswalk_departments({"p": big(), "c": small(40), "u": strips})
    pd.testing.assert_frame_equal(pairs(alone, "p", "c"), pairs(together, "p", "c"))


def test_what_no_grid_of_the_other_covers_is_a_row_none():
    row = pairs(crosswalk_departments({"p": big(), "c": layer(box(0, 0, 400, 400))}), "p", "c").iloc[0]
    assert (row.grid_a, row.grid_b, row.owner_b, row.relation) == ("E", None, None, "none")
    assert (row.area_m2, row.share_of_a) == (160_000, 1)
    assert np.isnan(row.share_of_b)


def test_a_narrow_strip_that_the_other_does_not_cover_is_no_ground_beyond_it():
    totals = crosswalk_departments({"p": big(), "c": small(2)}).totals
    assert totals["grids_of_a_reaching_beyond_b"].tolist() == [0, 0]
    assert totals["only_a_m2"].tolist() == [800, 800]


def test_layers_that_lie_apart_meet_nowhere():
    result = crosswalk_departments({"p": big(), "c": layer(box(5000, 0, 5400, 400))})
    assert set(result.pairs["relation"]) == {"none"}
    assert grids_by_relation(result, "p", "c") == {"none": 2}


def test_a_small_grid_has_its_largest_overlap_counted():
    stalls = layer(box(100, 100, 110, 110), box(399, 200, 409, 210), ids=["stall", "kiosk"])
    result = crosswalk_departments({"p": stalls, "c": big()})
    assert related(result, "p", "c") == {
        ("stall", "W"): "1:1",
        ("kiosk", "E"): "1:1",
        ("kiosk", "W"): "sliver",
    }


def test_where_grids_of_one_department_overlap_the_smallest_has_the_spot():
    nested = layer(box(0, 0, 400, 400), box(100, 100, 200, 200), ids=["host", "market"])
    rows = pairs(crosswalk_departments({"p": nested, "c": layer(box(0, 0, 400, 400))}), "p", "c")
    assert dict(zip(rows["grid_a"], rows["area_m2"], strict=True)) == {"host": 150_000, "market": 10_000}


def test_of_equal_polygons_the_lowest_id_has_the_ground_and_the_other_is_listed_and_said():
    twice = layer(box(0, 0, 400, 400), box(0, 0, 400, 400), ids=["b", "a"])
    result = crosswalk_departments({"p": twice, "c": layer(box(0, 0, 400, 400))})
    rows = pairs(result, "p", "c")
    assert rows[["grid_a", "grid_b", "area_m2", "share_of_a", "relation"]].to_numpy().tolist() == [
        ["a", "1", 160_000, 1.0, "1:1"],
        ["b", None, 0.0, 1.0, "none"],
    ]
    assert any(note.startswith("p: 1 grid without ground") and "b." in note for note in result.notes)


def test_the_order_of_rows_changes_nothing():
    mixed = small(40).sample(frac=1, random_state=3)
    one, other = (crosswalk_departments({"p": big(), "c": c}) for c in (small(40), mixed))
    pd.testing.assert_frame_equal(one.pairs, other.pairs)


def test_layers_in_different_coordinate_systems_are_laid_on_each_other():
    result = crosswalk_departments({"p": big(), "c": small().to_crs(4490)})
    assert grids_by_relation(result, "p", "c") == {"1:n": 2}


def test_inputs_stay_as_they_are():
    p, c, w = big(), small(2.123), points((5, 5))
    before = p.copy(), c.copy(), w.copy()
    crosswalk_departments({"p": p, "c": c}, weights=w, weight="户数")
    assert all(x.equals(y) for x, y in zip(before, (p, c, w), strict=True))


def test_departments_can_be_picked_and_ordered():
    result = crosswalk_departments({"p": big(), "c": small(), "u": big()}, departments=["u", "c"])
    assert result.departments == ("u", "c")
    assert set(result.pairs["department_a"]) == {"u", "c"}


# Weights ----------------------------------------------------------------------------------------------


def weighed(result, a, b):
    rows = pairs(result, a, b)
    return dict(zip(zip(rows["grid_a"], rows["grid_b"], strict=True), rows["weight"], strict=True))


def test_points_count_where_they_lie():
    homes = points((10, 10), (20, 20), (390, 5), (700, 5), weight=[3, 4, 5, 6])
    result = crosswalk_departments({"p": big(), "c": small()}, weights=homes, weight="户数")
    assert weighed(result, "p", "c") == {("W", "a"): 7, ("W", "b"): 5, ("E", "d"): 6, ("E", "c"): 0}


def test_weight_shares_are_given_both_ways():
    homes = points((10, 10), (390, 5), weight=[3, 1])
    rows = pairs(crosswalk_departments({"p": big(), "c": small()}, weights=homes, weight="户数"), "p", "c")
    row = rows[rows["grid_b"] == "a"].iloc[0]
    assert (row.weight_share_of_a, row.weight_share_of_b) == (0.75, 1)


def test_of_a_grid_without_weight_there_are_no_weight_shares():
    rows = pairs(crosswalk_departments({"p": big(), "c": small()}, weights=points((10, 10))), "p", "c")
    assert rows[rows["grid_a"] == "E"]["weight_share_of_a"].isna().all()


def test_a_point_on_a_border_is_in_the_grid_of_the_lowest_id_of_each_department():
    result = crosswalk_departments({"p": big(), "c": small()}, weights=points((400, 50)))
    assert {pair for pair, weight in weighed(result, "p", "c").items() if weight} == {("E", "b")}


def test_points_count_as_an_assignment_places_them():
    random = np.random.default_rng(1)
    homes = points(*random.uniform(-20, 820, (300, 2)))
    p, c = big(), small(7)
    result = crosswalk_departments({"p": p, "c": c}, weights=homes)
    x, y = shapely.get_x(homes.geometry.array), shapely.get_y(homes.geometry.array)
    where = [assign_points(each, lon=x, lat=y, points_crs=4547)["grid_id"].fillna("-") for each in (p, c)]
    expected = pd.Series(1, index=where).groupby(level=[0, 1]).sum()
    found = {(a, b or "-"): weight for (a, b), weight in weighed(result, "p", "c").items() if weight}
    assert found == {pair: n for pair, n in expected.items() if pair[0] != "-"}


def test_polygons_are_spread_by_area():
    blocks = gpd.GeoDataFrame(
        {"pop": [100, 40]},
        geometry=[translate(s, X0, Y0) for s in (box(300, 0, 500, 100), box(700, 0, 900, 100))],
        crs=4547,
    )
    result = crosswalk_departments({"p": big(), "c": small()}, weights=blocks, weight="pop")
    assert weighed(result, "p", "c") == pytest.approx(
        {("W", "b"): 50, ("E", "c"): 50, ("E", "d"): 20, ("W", "a"): 0}
    )
    assert any("spread evenly" in note for note in result.notes)


def test_weight_outside_and_without_a_place_is_told_so_that_totals_add_up():
    homes = points((10, 10), (-50, 10), (810, 10), (9000, 10), (0, 0), weight=[1, 2, 4, 8, 16])
    homes.loc[4, "geometry"] = None
    c = layer(box(-100, 0, 400, 400))
    row = crosswalk_departments({"p": big(), "c": c}, weights=homes, weight="户数").totals.iloc[0]
    told = (
        row.weight_both,
        row.weight_only_a,
        row.weight_only_b,
        row.weight_neither,
        row.weight_without_place,
    )
    assert told == (1, 0, 2, 12, 16)
    assert row.weight_total == sum(told) == 31


def test_polygons_far_from_every_grid_are_in_neither():
    blocks = gpd.GeoDataFrame(
        {"pop": [7, 3]}, geometry=[box(*np.add((0, 0, 9, 9), 1e6)), box(X0, Y0, X0 + 9, Y0 + 9)], crs=4547
    )
    row = crosswalk_departments({"p": big(), "c": small()}, weights=blocks, weight="pop").totals.iloc[0]
    assert (row.weight_both, row.weight_neither, row.weight_total) == pytest.approx((3, 7, 10))


def test_a_polygon_smaller_than_the_rounding_is_without_a_place():
    speck = gpd.GeoDataFrame({"pop": [7]}, geometry=[box(X0 + 1, Y0 + 1, X0 + 1.001, Y0 + 1.001)], crs=4547)
    row = crosswalk_departments({"p": big(), "c": small()}, weights=speck, weight="pop").totals.iloc[0]
    assert (row.weight_both, row.weight_without_place, row.weight_total) == (0, 7, 7)


def test_without_a_column_each_row_counts_one():
    result = crosswalk_departments(
        {"p": big(), "c": small()}, weights=points((1, 1), (2, 2)).drop(columns="户数")
    )
    assert weighed(result, "p", "c")["W", "a"] == 2


@pytest.mark.parametrize("wrong", ["约30", -1, np.inf])
def test_a_weight_that_is_no_number_is_an_error_naming_the_row(wrong):
    with pytest.raises(SchemaError, match=r"'户数' must hold numbers, 0 or more, and has .* in row 1"):
        crosswalk_departments(
            {"p": big(), "c": small()}, weights=points((1, 1), (2, 2), weight=[1, wrong]), weight="户数"
        )


def test_a_weight_column_that_is_not_there_is_an_error_that_lists_the_others():
    with pytest.raises(SchemaError, match="no column '人口'; there are 户数"):
        crosswalk_departments({"p": big(), "c": small()}, weights=points((1, 1)), weight="人口")


def test_weights_of_points_and_polygons_in_one_table_are_an_error():
    mixed = gpd.GeoDataFrame(geometry=[shapely.Point(X0, Y0), box(X0, Y0, X0 + 1, Y0 + 1)], crs=4547)
    with pytest.raises(SchemaError, match="Point, Polygon"):
        crosswalk_departments({"p": big(), "c": small()}, weights=mixed)


def test_weights_without_a_coordinate_system_are_an_error():
    homes = points((1, 1)).set_crs(None, allow_override=True)
    with pytest.raises(SchemaError, match="--weights-crs"):
        crosswalk_departments({"p": big(), "c": small()}, weights=homes)


# Refused ----------------------------------------------------------------------------------------------


def test_one_department_is_an_error():
    with pytest.raises(ArgumentError, match="needs two departments, and there is only p"):
        crosswalk_departments({"p": big()})


def test_an_unknown_department_is_an_error_that_lists_those_there_are():
    with pytest.raises(ArgumentError, match="no department is called 'x'; there are p, c"):
        crosswalk_departments({"p": big(), "c": small()}, departments=["p", "x"])


def test_a_table_that_is_no_layer_is_an_error_with_its_name():
    with pytest.raises(SchemaError, match="c: column 'grid_id' is missing"):
        crosswalk_departments({"p": big(), "c": small().drop(columns="grid_id")})


# Networks ---------------------------------------------------------------------------------------------


def test_a_network_is_compared_on_its_common_borders(four_network):
    result = crosswalk_departments(four_network)
    assert result.merged
    assert related(result, "police", "urban") == {
        ("P1", "U1"): "n:1",
        ("P2", "U1"): "n:1",
        ("P2", None): "none",
    }
    assert pairs(result, "police", "urban")["share_of_a"].tolist() == [1, 0.5, 0.5]
    assert pairs(result, "urban", "police")["owner_a"].tolist() == ["一队"] * 2


def test_in_a_merged_network_an_offset_within_the_tolerance_is_gone():
    network = merge_grids({"p": big(), "c": small(10)})
    result = crosswalk_departments(network)
    assert (result.pairs["relation"] == "sliver").sum() == 0
    assert grids_by_relation(result, "p", "c") == {"1:n": 2}


def test_in_a_network_also_small_overlaps_count(four_network):
    assert set(crosswalk_departments(four_network, min_area_m2=99_999).pairs["relation"]) > {"sliver"}
    assert "sliver" not in set(crosswalk_departments(four_network).pairs["relation"])


def test_points_in_a_network_count_in_the_cell_they_lie_in(four_network, four_cells):
    middle = shapely.point_on_surface(four_cells.geometry.array)
    homes = gpd.GeoDataFrame({"n": [1, 2, 4, 8]}, geometry=middle, crs=four_cells.crs)
    result = crosswalk_departments(four_network, weights=homes, weight="n")
    assert weighed(result, "police", "urban") == {("P1", "U1"): 5, ("P2", "U1"): 2, ("P2", None): 8}


def test_polygons_in_a_network_are_spread_over_the_cells(four_network, four_cells):
    whole = gpd.GeoDataFrame({"n": [100]}, geometry=[box(*four_cells.total_bounds)], crs=four_cells.crs)
    result = crosswalk_departments(four_network, weights=whole, weight="n")
    assert weighed(result, "police", "urban") == {("P1", "U1"): 50, ("P2", "U1"): 25, ("P2", None): 25}


def test_a_grid_that_kept_no_cell_is_listed_with_nothing():
    stall = layer(box(0, 0, 400, 400), box(399, 0, 409, 10), ids=["1", "stall"])
    network = merge_grids({"p": big(), "c": stall})
    assert network.summary["lost"]["c"] == ["stall"]
    result = crosswalk_departments(network)
    assert related(result, "c", "p")["stall", None] == "none"
    assert any("c: 1 grid without ground (kept no cell in the merge)" in note for note in result.notes)


# What always holds ------------------------------------------------------------------------------------

boxes = st.builds(
    lambda x, y, width, height: box(x, y, x + width, y + height),
    *(st.integers(0, 30), st.integers(0, 30), st.integers(1, 20), st.integers(1, 20)),
)
layers = st.lists(boxes, min_size=1, max_size=4).map(lambda shapes: layer(*shapes))
places = st.lists(st.tuples(st.integers(-2, 52), st.integers(-2, 52)), max_size=20)


@settings(deadline=None, max_examples=25)
@given(layers, layers, layers, places)
def test_shares_of_area_and_weight_sum_to_1_and_nothing_is_lost(p, c, u, homes):
    weights = points(*homes) if homes else points((0, 0))
    result = crosswalk_departments({"p": p, "c": c, "u": u}, weights=weights)
    by_grid = result.pairs.groupby(["department_a", "department_b", "grid_a"])
    assert len(by_grid) == 2 * (len(p) + len(c) + len(u))
    assert by_grid["share_of_a"].sum().to_numpy() == pytest.approx(1, abs=1e-9)
    weighty = by_grid["weight"].sum() > 0
    assert by_grid["weight_share_of_a"].sum()[weighty].to_numpy() == pytest.approx(1, abs=1e-9)
    for row in result.totals.itertuples():
        drawn = {"p": p, "c": c, "u": u}[row.department_a].union_all().area
        assert row.both_m2 + row.only_a_m2 == pytest.approx(drawn)
        assert row.weight_total == len(weights)


@settings(deadline=None, max_examples=25)
@given(layers, layers)
def test_both_directions_say_the_same(p, c):
    result = crosswalk_departments({"p": p, "c": c})
    there, back = pairs(result, "p", "c"), pairs(result, "c", "p")
    turned = {"1:n": "n:1", "n:1": "1:n"}

    def rows(table, a, b):
        met = table[table["grid_b"].notna()]
        relation = met["relation"].map(lambda name: turned.get(name, name)) if a == "b" else met["relation"]
        return sorted(zip(met[f"grid_{a}"], met[f"grid_{b}"], met["area_m2"], relation, strict=True))

    assert rows(there, "a", "b") == rows(back, "b", "a")


def own_ground(grids):
    """Each grid without the smaller ones of its department, of equal ones without those before it."""
    order = sorted(
        zip(grids.area.round(6), grids["grid_id"], grids.geometry, strict=True), key=lambda row: row[:2]
    )
    taken, ground = shapely.Polygon(), {}
    for _, grid, shape in order:
        ground[grid] = shapely.difference(shape, taken)
        taken = shapely.union(taken, shape)
    return ground


@settings(deadline=None, max_examples=25)
@given(layers, layers)
def test_areas_are_those_of_intersecting_every_grid_with_every_other(p, c):
    rows = pairs(crosswalk_departments({"p": p, "c": c}, **EXACT), "p", "c")
    found = {(row.grid_a, row.grid_b): row.area_m2 for row in rows.itertuples() if row.grid_b is not None}
    obvious = {
        (a, b): shapely.intersection(one, other).area
        for a, one in own_ground(p).items()
        for b, other in own_ground(c).items()
    }
    assert found == pytest.approx({pair: area for pair, area in obvious.items() if area > 0})

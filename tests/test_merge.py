"""Merging drawn layers: what becomes a cell, whose it is, and what is said about it."""

import pickle

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import box
from shapely.affinity import translate

from gridgov import ArgumentError, Network, SchemaError, make_grids, merge_cells, merge_grids
from gridgov.schema import cell_columns
from gridgov.schema_faults import check_cells, check_layer

X0, Y0 = 474_000, 3_843_000  # in EPSG:4547, near Zhengzhou


def layer(department, **grids):
    """Draw grids by id in metres from (X0, Y0); each is owned by 'office of <id>'."""
    table = {
        "grid_id": list(grids),
        "owner": [f"office of {name}" for name in grids],
        "phone": [f"no. {name}" for name in grids],
    }
    shapes = [translate(shape, X0, Y0) for shape in grids.values()]
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs=4547)
    return make_grids(frame, department=department, columns={"id": "grid_id", "owner": "owner"})


# Two districts west and east; police in two halves north and south, drawn 10 m off the city's outline;
# urban in quarters, drawn 8 m off the districts' border; one market inside urban's south-west quarter.
def districts():
    return layer("district", W=box(0, 0, 500, 1000), E=box(500, 0, 1000, 1000))


def police():
    return layer("police", N=box(-10, 500, 1000, 1010), S=box(0, 0, 990, 500))


def urban():
    return layer(
        "urban",
        NW=box(0, 500, 508, 1000),
        NE=box(508, 500, 1000, 1000),
        SW=box(0, 0, 508, 500),
        SE=box(508, 0, 1000, 500),
        market=box(100, 100, 200, 200),
    )


@pytest.fixture(scope="module")
def network():
    return merge_grids(
        {"police": police(), "urban": urban()},
        within={"district": districts()},
        carry={"urban": ["phone"]},
    )


def test_every_spot_lies_in_exactly_one_cell(network):
    shapes = network.cells.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.union_all(shapes).equals(translate(box(0, 0, 1000, 1000), X0, Y0))
    assert shapely.area(shapes).sum() == 1_000_000


def test_a_cell_knows_its_grid_and_owner_in_every_department(network):
    rows = network.cells[["district", "police", "urban", "urban_owner"]].to_numpy().tolist()
    assert sorted(rows) == [
        ["E", "N", "NE", "office of NE"],
        ["E", "S", "SE", "office of SE"],
        ["W", "N", "NW", "office of NW"],
        ["W", "S", "SW", "office of SW"],
        ["W", "S", "market", "office of market"],
    ]


def test_cells_have_the_columns_of_the_schema_sorted_by_id(network):
    expected = cell_columns(["police", "urban"], ["district"], {"urban": ["phone"]})
    assert list(network.cells.columns) == [*expected, "geometry"]
    check_cells(network.cells)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"within": {"district": districts()}, "carry": {"urban": ["phone"]}},
        {"on_gap": "fill", "tolerance_m": {"urban": 3}, "min_area_m2": 500},
        {"special": {"urban": {"grid_id": ["SE"]}}, "within": {"district": districts()}},
    ],
)
def test_the_cells_alone_are_those_of_the_whole_merge(options):
    layers = {"police": police(), "urban": urban()}
    pd.testing.assert_frame_equal(merge_cells(layers, **options), merge_grids(layers, **options).cells)


def test_the_cells_alone_follow_a_previous_network(network):
    layers = {"police": police(), "urban": urban().iloc[1:]}
    options = {"within": {"district": districts()}, "previous": network}
    pd.testing.assert_frame_equal(merge_cells(layers, **options), merge_grids(layers, **options).cells)


def test_the_cells_alone_cannot_be_made_of_a_table_that_is_no_layer():
    with pytest.raises(SchemaError, match="police: column 'name' is missing"):
        merge_cells({"police": gpd.GeoDataFrame({"grid_id": ["a"]}, geometry=[box(0, 0, 1, 1)], crs=4547)})


def test_carried_columns_come_along(network):
    cells = network.cells.set_index("urban")
    assert cells.loc["market", "urban_phone"] == "no. market"


def test_no_cell_crosses_a_district(network):
    halves = dict(zip(districts()["grid_id"], districts().geometry, strict=True))
    for district, shape in zip(network.cells["district"], network.cells.geometry, strict=True):
        assert shape.difference(halves[district]).is_empty


def test_a_grid_inside_another_of_its_department_is_special_and_stays(network):
    special = network.cells.dropna(subset="special")
    assert special["special"].tolist() == ["urban:market"]
    assert special["area_m2"].tolist() == [10_000.0]


def test_unified_grids_are_the_first_departments(network):
    grids = network.grids.set_index("grid_id")
    assert grids["cells"].to_dict() == {"N": 2, "S": 3}
    assert grids["area_m2"].to_dict() == {"N": 500_000.0, "S": 500_000.0}
    assert grids.loc["N", "owner"] == "office of N"
    check_layer(network.grids)


def test_a_special_grid_of_the_first_department_is_a_unified_grid():
    first = merge_grids({"urban": urban()}, within={"district": districts()})
    assert set(first.grids["grid_id"]) == {"NW", "NE", "SW", "SE", "market"}
    assert first.grids.set_index("grid_id")["special"].dropna().to_dict() == {"market": "urban:market"}


def test_shares_of_every_grid_sum_to_one(network):
    sums = network.crosswalk.groupby(["department", "grid_id"])["grid_share"].sum()
    assert np.allclose(sums, 1.0, atol=1e-9)


def test_what_lies_outside_the_city_is_a_row_without_a_cell(network):
    outside = network.crosswalk[network.crosswalk["cell_id"].isna()].set_index("grid_id")
    # N reaches 10 m over the west and the north border: 10 x 510 + 1000 x 10.
    assert outside.loc["N", "area_m2"] == pytest.approx(15_100)
    assert outside.loc["N", "relation"] == "outside"


def test_a_strip_of_another_drawing_does_not_change_the_relation(network):
    rows = network.crosswalk[network.crosswalk["department"] == "urban"]
    real = rows[~rows["relation"].isin(["sliver", "outside"])]
    # The market lies in SW as drawn, so its cell is held by two grids.
    assert real.set_index(["grid_id"])["relation"].to_dict() == {
        "NE": "1:1",
        "NW": "1:1",
        "SE": "1:1",
        "SW": "n:m",
        "market": "n:1",
    }
    assert set(rows.loc[rows["relation"] == "sliver", "grid_id"]) == {"NW", "SW"}


def test_the_strip_that_changed_sides_is_a_settled_conflict(network):
    apart = network.conflicts[network.conflicts["kind"] == "borders_apart"]
    assert set(apart["severity"]) == {"settled"}
    assert set(apart["grid_ids"]) == {"NW|NE", "SW|SE"}
    # Each is 8 m wide along half of the border that the district holds.
    assert apart["area_m2"].tolist() == [4000.0, 4000.0]
    assert apart["width_m"].to_numpy() == pytest.approx(8.0, rel=0.03)
    assert apart["resolution"].iloc[0].startswith("given to ")


def test_the_summary_adds_up(network):
    area = network.summary["area_m2"]
    assert area["by_all"] + area["by_some"] + area["by_none"] == pytest.approx(area["city"])
    assert area["city"] == pytest.approx(1_000_000)
    assert area["moved"]["urban"] == pytest.approx(8000)
    assert network.summary["lost"] == {"police": [], "urban": []}


def test_rungs_come_back_on_the_common_borders(network):
    rung = network.rungs["district"]
    assert rung["grid_id"].tolist() == ["E", "W"]
    assert rung.geometry.area.tolist() == [500_000.0, 500_000.0]


def test_the_order_of_layers_is_the_precedence():
    a = layer("a", left=box(0, 0, 500, 1000), right=box(500, 0, 1000, 1000))
    b = layer("b", left=box(0, 0, 510, 1000), right=box(510, 0, 1000, 1000))
    one = merge_grids({"a": a, "b": b})
    other = merge_grids({"b": b, "a": a})
    assert sorted(one.cells["area_m2"]) == [500_000.0, 500_000.0]
    assert sorted(other.cells["area_m2"]) == [490_000.0, 510_000.0]


def test_without_a_rung_the_layers_bound_the_city_as_one_district():
    alone = merge_grids({"police": layer("police", a=box(0, 0, 100, 100), b=box(100, 0, 200, 100))})
    assert alone.cells[["district", "district_name"]].drop_duplicates().to_numpy().tolist() == [["all", ""]]
    assert alone.cells["cell_id"].tolist() == ["all-0001", "all-0002"]


def test_a_slit_that_opens_to_the_outside_is_closed():
    slit = merge_grids({"police": layer("police", a=box(0, 0, 400, 400), b=box(405, 0, 800, 400))})
    assert slit.cells["area_m2"].sum() == pytest.approx(800 * 400, rel=1e-6)


def test_a_wide_bay_between_grids_is_not_part_of_the_city():
    bay = merge_grids({"police": layer("police", a=box(0, 0, 400, 400), b=box(500, 0, 800, 400))})
    assert bay.cells["area_m2"].sum() == pytest.approx(700 * 400, rel=1e-6)


def test_a_zone_across_districts_is_just_another_layer():
    zone = layer("run_by", zone=box(400, 0, 600, 300))
    network = merge_grids({"police": police(), "run_by": zone}, within={"district": districts()})
    inside = network.cells[network.cells["run_by"] == "zone"]
    assert sorted(inside["district"]) == ["E", "W"]
    assert inside["area_m2"].sum() == 60_000


def test_finer_rungs_are_fitted_into_the_coarser_ones():
    streets = layer("street", w=box(0, 0, 506, 1000), e=box(506, 0, 1000, 1000))
    network = merge_grids({"police": police()}, within={"district": districts(), "street": streets})
    pairs = set(zip(network.cells["district"], network.cells["street"], strict=True))
    assert pairs == {("W", "w"), ("E", "e")}
    assert network.rungs["street"].geometry.area.tolist() == [500_000.0, 500_000.0]


def test_a_street_that_lies_in_two_districts_keeps_a_piece_in_each():
    streets = layer("street", w=box(0, 0, 700, 1000), e=box(700, 0, 1000, 1000))
    network = merge_grids({"police": police()}, within={"district": districts(), "street": streets})
    pairs = set(zip(network.cells["district"], network.cells["street"], strict=True))
    assert pairs == {("W", "w"), ("E", "w"), ("E", "e")}
    crossing = network.conflicts[network.conflicts["kind"] == "crosses_rung"]
    assert "street" in set(crossing["departments"])


def test_a_place_that_only_one_department_covers_has_no_grid_of_the_other():
    half = layer("urban", NW=box(0, 500, 500, 1000))
    network = merge_grids({"police": police(), "urban": half}, within={"district": districts()})
    bare = network.cells[network.cells["urban"].isna()]
    assert bare["area_m2"].sum() == pytest.approx(750_000)
    assert bare["urban_owner"].isna().all()


def test_layers_in_different_systems_meet():
    degrees = urban().to_crs(4490)
    degrees.attrs = urban().attrs
    network = merge_grids({"police": police(), "urban": degrees}, within={"district": districts()})
    assert network.cells.crs.to_epsg() == 4547
    assert len(network.cells) == 5


def test_layers_in_degrees_are_merged_in_the_zone_of_their_centre():
    degrees = police().to_crs(4490)
    assert merge_grids({"police": degrees}).cells.crs.to_epsg() == 4547


def test_fed_with_its_own_cells_a_merge_gives_them_back(network):
    cells = network.cells.rename(columns={"cell_id": "grid_id"})
    again = make_grids(cells[["grid_id", "geometry"]], department="cell", columns={"id": "grid_id"})
    merged = merge_grids({"cell": again}, within={"district": districts()})
    assert merged.cells.geometry.geom_equals(network.cells.geometry).all()


def test_the_order_of_rows_changes_nothing(network):
    shuffled = urban().iloc[::-1].reset_index(drop=True)
    shuffled.attrs = urban().attrs
    other = merge_grids(
        {"police": police(), "urban": shuffled},
        within={"district": districts()},
        carry={"urban": ["phone"]},
    )
    assert other.version == network.version
    assert other.crosswalk.equals(network.crosswalk)
    assert other.conflicts.drop(columns="geometry").equals(network.conflicts.drop(columns="geometry"))


def test_the_inputs_are_not_changed():
    layers = {"police": police(), "urban": urban()}
    before = {name: table.copy() for name, table in layers.items()}
    merge_grids(layers, within={"district": districts()})
    for name, table in layers.items():
        assert table.equals(before[name])


def test_a_network_can_be_pickled(network):
    again = pickle.loads(pickle.dumps(network))
    assert isinstance(again, Network)
    assert again.version == network.version
    assert again.summary["cells"] == 5


def test_a_network_cannot_be_changed(network):
    with pytest.raises(AttributeError):
        network.cells = None
    with pytest.raises(TypeError):
        network.summary["cells"] = 0


def test_an_empty_layer_beside_others_leaves_its_columns_empty():
    empty = layer("fire")
    network = merge_grids({"police": police(), "fire": empty}, within={"district": districts()})
    assert network.cells["fire"].isna().all()


def test_a_layer_that_lies_elsewhere_altogether_is_lost_and_said():
    far = layer("far", X=box(90_000, 0, 91_000, 1000))
    network = merge_grids({"far": far, "police": police()}, within={"district": districts()})
    assert network.summary["lost"]["far"] == ["X"]
    assert network.crosswalk.loc[network.crosswalk["grid_id"] == "X", "relation"].tolist() == ["outside"]


def test_the_whole_city_among_its_districts_is_no_district_and_said():
    city = layer(
        "district", W=box(0, 0, 500, 1000), E=box(500, 0, 1000, 1000), all=box(-0.5, -0.5, 1000.5, 1000.5)
    )
    network = merge_grids({"police": police()}, within={"district": city})
    assert sorted(set(network.cells["district"])) == ["E", "W"]
    assert network.summary["lost"]["district"] == ["all"]


def test_grids_of_the_next_city_that_lap_over_the_outline_get_no_cell():
    lapping = layer("police", P=box(0, 0, 1000, 1000), beyond=box(990, 0, 3000, 1000))
    network = merge_grids({"police": lapping}, within={"district": districts()})
    assert network.cells["police"].tolist() == ["P", "P"]
    assert network.summary["lost"]["police"] == ["beyond"]


def test_a_small_grid_cut_by_many_borders_keeps_a_cell():
    plots = {f"p{x}": box(x, 0, x + 10, 1000) for x in range(0, 1000, 10)}
    network = merge_grids(
        {
            "urban": layer("urban", all=box(0, 0, 1000, 1000), kiosk=box(91, 91, 119, 119)),
            "plots": layer("plots", **plots),
        },
        within={"district": districts()},
        tolerance_m=15,
    )
    assert "kiosk" in set(network.cells["urban"])


def test_only_empty_layers_cannot_be_merged():
    with pytest.raises(SchemaError, match="not one grid"):
        merge_grids({"fire": layer("fire")})


def test_no_layer_at_all_is_said():
    with pytest.raises(ArgumentError, match="at least one layer"):
        merge_grids({})


def test_a_department_and_a_rung_cannot_share_a_name():
    with pytest.raises(ArgumentError, match="'district' is used twice"):
        merge_grids({"district": police()}, within={"district": districts()})


def test_a_column_to_carry_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(SchemaError, match=r"no column 'fax'.*phone"):
        merge_grids({"police": police()}, carry={"police": ["fax"]})


@pytest.mark.parametrize("bad", [0, -5, float("nan"), 0.01])
def test_a_tolerance_below_the_precision_is_refused(bad):
    with pytest.raises(ArgumentError, match="--tolerance-m"):
        merge_grids({"police": police()}, tolerance_m=bad)


def test_a_table_that_is_no_layer_is_refused_with_every_fault():
    frame = gpd.GeoDataFrame({"id": [1]}, geometry=[box(0, 0, 1, 1)], crs=4547)
    with pytest.raises(SchemaError, match="'grid_id' is missing; column 'name' is missing"):
        merge_grids({"police": frame})


def test_unified_grids_bring_only_carried_columns_along():
    first = merge_grids({"urban": urban()}, carry={"urban": ["phone"]})
    assert first.grids.columns.tolist()[:4] == ["grid_id", "name", "owner", "phone"]
    plain = merge_grids({"urban": urban()})
    assert "phone" not in plain.grids


def test_a_zone_does_not_count_when_asked_how_much_all_departments_cover():
    zone = layer("run_by", zone=box(400, 0, 600, 300))
    network = merge_grids({"police": police(), "run_by": zone}, within={"district": districts()})
    assert network.summary["for_a_part"] == ["run_by"]
    # Police leaves 10 m x 500 m open in the south-east, which the merge closes.
    assert network.summary["area_m2"]["by_all"] == pytest.approx(1_000_000)


def test_a_notch_where_two_districts_reach_the_outline_stays_open():
    # Their common border ends at the bottom of a wedge 20 m wide and 60 m deep in the outline.
    west = shapely.Polygon([(0, 0), (500, 0), (500, 940), (490, 1000), (0, 1000)])
    east = shapely.Polygon([(500, 0), (1000, 0), (1000, 1000), (510, 1000), (500, 940)])
    network = merge_grids({"police": police()}, within={"district": layer("district", W=west, E=east)})
    assert network.cells["area_m2"].sum() == pytest.approx(west.area + east.area)


def test_an_acute_wedge_between_two_districts_stays_open_however_thin():
    west = shapely.Polygon([(0, 0), (500, 0), (500, 600), (499, 1000), (0, 1000)])
    east = shapely.Polygon([(500, 0), (1000, 0), (1000, 1000), (501, 1000), (500, 600)])
    network = merge_grids({"police": police()}, within={"district": layer("district", W=west, E=east)})
    assert network.cells["area_m2"].sum() == pytest.approx(west.area + east.area)


def test_a_slit_between_two_districts_is_closed():
    drawn_apart = layer("district", W=box(0, 0, 500, 1000), E=box(506, 0, 1000, 1000))
    network = merge_grids({"police": police()}, within={"district": drawn_apart})
    assert network.cells["area_m2"].sum() == pytest.approx(1_000_000)


def test_a_thin_hole_between_districts_is_closed_and_a_wide_one_is_not_part_of_the_city():
    thin = layer(
        "district", W=box(0, 0, 500, 1000), E=box(500, 0, 1000, 1000).difference(box(500, 300, 505, 600))
    )
    wide = layer(
        "district", W=box(0, 0, 500, 1000), E=box(500, 0, 1000, 1000).difference(box(500, 300, 700, 600))
    )
    areas = [
        merge_grids({"police": police()}, within={"district": d}).cells["area_m2"].sum() for d in (thin, wide)
    ]
    assert areas == pytest.approx([1_000_000, 940_000])

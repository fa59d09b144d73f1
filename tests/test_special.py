"""Declared grids in a merge: special-purpose ones, and ones that lie in several units of a rung."""

import geopandas as gpd
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import box
from shapely.affinity import translate

from gridgov import ArgumentError, SchemaError, make_grids, merge_grids
from gridgov.special import special_grids
from gridgov.summary import network_lines

X0, Y0 = 474_000, 3_843_000  # in EPSG:4547, near Zhengzhou


def layer(department, /, types=None, **grids):
    """Draw grids by id in metres from (X0, Y0); the column TYPE says 一般 where nothing else is said."""
    table = {"网格编码": list(grids), "TYPE": [(types or {}).get(grid, "一般") for grid in grids]}
    shapes = [translate(shape, X0, Y0) for shape in grids.values()]
    return make_grids(gpd.GeoDataFrame(table, geometry=shapes, crs=4547), department=department)


def districts():
    return layer("district", W=box(0, 0, 500, 1000), E=box(500, 0, 1000, 1000))


def merged(police, *others, **options):
    layers = {"police": police, **{f"other{n}": each for n, each in enumerate(others)}}
    return merge_grids(layers, within={"district": districts()}, **options)


SPECIAL = {"police": {"TYPE": ["专属"]}}


def areas(network):
    cells = network.cells.groupby("police", dropna=False)["area_m2"].sum()
    return {grid: area for grid, area in cells.items() if isinstance(grid, str)}


def kinds(network, kind):
    rows = network.conflicts[network.conflicts["kind"] == kind]
    return rows[["grid_ids", "severity", "resolution"]].to_numpy().tolist()


# Special-purpose ------------------------------------------------------------------------------------------

NORTH, SOUTH = box(0, 500, 1000, 1000), box(0, 0, 1000, 500)


def beside(grid, **shapes):
    """Police halves north and south with a special-purpose grid `X` cut out of them, not inside any."""
    north, south = (half.difference(grid) for half in (NORTH, SOUTH))
    return layer("police", {"X": "专属"}, N=north, S=south, X=grid, **shapes)


def test_a_declared_grid_needs_not_lie_inside_another():
    network = merged(beside(box(100, 450, 300, 550)), special=SPECIAL)
    marked = network.cells.dropna(subset="special")
    assert marked[["police", "special"]].to_numpy().tolist() == [["X", "police:X"]]
    assert network.grids.set_index("grid_id")["special"].dropna().to_dict() == {"X": "police:X"}


@pytest.mark.parametrize("shape", [box(100, 490, 110, 510), box(100, 498, 400, 502)], ids=["small", "thin"])
def test_a_declared_grid_is_kept_though_it_is_small_or_thin(shape):
    limits = {"tolerance_m": 25.0, "min_area_m2": 2000.0}
    assert "X" not in areas(merged(beside(shape), **limits))
    assert areas(merged(beside(shape), special=SPECIAL, **limits))["X"] == pytest.approx(shape.area)


def test_without_a_declaration_nothing_but_grids_inside_others_is_special():
    network = merged(layer("police", {"X": "专属"}, N=NORTH, S=SOUTH, X=box(100, 100, 200, 200)))
    assert network.cells["special"].dropna().tolist() == ["police:X"]
    assert network.summary["declared"] == {"special": 0, "crossing": 0}


def test_grids_inside_others_are_special_besides_the_declared_ones():
    drawn = layer(
        "police",
        {"X": "专属"},
        N=NORTH.difference(box(100, 600, 200, 700)),
        S=SOUTH,
        X=box(100, 600, 200, 700),
        market=box(100, 100, 200, 200),
    )
    network = merged(drawn, special=SPECIAL)
    assert set(network.cells["special"].dropna()) == {"police:X", "police:market"}


def test_a_declared_grid_wins_over_smaller_ones_under_it():
    # A campus over four unit grids: two lie inside it, two reach out of it.
    units = {f"u{n}": box(n * 100, 0, n * 100 + 100, 100) for n in range(4)}
    drawn = layer("police", {"campus": "专属"}, campus=box(50, 0, 350, 100), N=NORTH, **units)
    network = merged(drawn, special=SPECIAL)
    assert areas(network)["campus"] == 30_000
    assert network.summary["lost"]["police"] == ["u1", "u2"]
    assert [words for _, _, words in kinds(network, "nested")] == [
        "given to campus, declared special-purpose (--special)"
    ] * 2


def test_what_a_declared_grid_shares_with_another_is_settled():
    drawn = layer("police", {"X": "专属"}, N=NORTH, S=SOUTH, X=box(100, 400, 400, 700))
    network = merged(drawn, special=SPECIAL)
    assert areas(network)["X"] == 90_000
    assert {tuple(row[1:]) for row in kinds(network, "overlap")} == {
        ("settled", "given to X, declared special-purpose (--special)")
    }


def test_a_small_declared_grid_is_no_sliver_to_decide():
    network = merged(beside(box(100, 495, 110, 505)), special=SPECIAL)
    assert kinds(network, "sliver") == [["X", "note", "kept: declared special-purpose (--special)"]]


def test_several_values_and_columns_declare_together():
    drawn = layer(
        "police", {"X": "专属", "Y": "商圈"}, N=NORTH, S=SOUTH, X=box(0, 0, 9, 9), Y=box(9, 0, 99, 9)
    )
    drawn["级别"] = [1.0, 2.0, 1.0, 1.0]
    found = special_grids(
        {"police": drawn}, special={"police": {"TYPE": ["专属", "商圈"], "级别": ["2"]}}, allow_cross={}
    )
    assert found.declared["police"].tolist() == [False, True, True, True]


def test_the_id_may_be_named_as_in_the_file_or_as_in_a_layer():
    drawn = layer("police", N=NORTH, S=SOUTH)
    for column in ("网格编码", "grid_id", "ＴＹＰＥ"):
        value = "一般" if column == "ＴＹＰＥ" else "S"
        found = special_grids({"police": drawn}, special={"police": {column: [value]}}, allow_cross={})
        assert found.declared["police"][1]


# What is typed wrongly ------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["special", "allow_cross"])
@pytest.mark.parametrize(
    ("choice", "error", "words"),
    [
        ({"polcie": {"TYPE": ["专属"]}}, ArgumentError, "'polcie', which is not one of the layers: police"),
        ({"police": {"TYP": ["专属"]}}, SchemaError, "police: there is no column 'TYP'.*网格编码, .*TYPE"),
        ({"police": {"TYPE": ["专署"]}}, SchemaError, "no grid has '专署' in 'TYPE'.* are 一般, 专属"),
        ({"police": {"TYPE": [" "]}}, ArgumentError, "say which value"),
    ],
)
def test_a_declaration_of_nothing_is_refused_with_what_there_is(option, choice, error, words):
    drawn = layer("police", {"X": "专属"}, N=NORTH, X=SOUTH)
    with pytest.raises(error, match=words) as found:
        merged(drawn, **{option: choice})
    assert f"--{option.replace('_', '-')}" in str(found.value)


# Declared to cross ----------------------------------------------------------------------------------------

QUARTER = shapely.union_all([box(300, 300, 500, 700), box(500, 490, 512, 515)])
CROSS = {"police": {"TYPE": ["商圈"]}}
FINE = {"tolerance_m": 5.0}


def quarter():
    rest = box(0, 0, 1000, 1000).difference(QUARTER)
    return layer("police", {"Q": "商圈"}, A=rest.intersection(NORTH), B=rest.intersection(SOUTH), Q=QUARTER)


def test_a_declared_quarter_keeps_a_cell_in_every_district_and_is_one_grid():
    network = merged(quarter(), allow_cross=CROSS, min_area_m2=1000.0, **FINE)
    cells = network.cells[network.cells["police"] == "Q"]
    assert sorted(zip(cells["district"], cells["area_m2"], strict=True)) == [("E", 300.0), ("W", 80_000.0)]
    assert network.grids.set_index("grid_id").loc["Q", ["cells", "area_m2"]].tolist() == [2, 80_300.0]


def test_a_quarter_of_a_later_layer_keeps_its_cells_though_earlier_borders_cut_them():
    # The border of `first` cuts the quarter's 12 x 25 m in the east into two thin pieces.
    first = layer("first", south=box(0, 0, 1000, 502), north=box(0, 502, 1000, 1000))
    network = merge_grids(
        {"first": first, "police": quarter()},
        within={"district": districts()},
        allow_cross=CROSS,
        tolerance_m=5.0,
        min_area_m2=1000.0,
    )
    assert set(network.cells.loc[network.cells["police"] == "Q", "district"]) == {"W", "E"}


def test_a_small_declared_grid_of_a_later_layer_is_kept_on_an_earlier_border():
    first = layer("first", south=box(0, 0, 1000, 500), north=box(0, 500, 1000, 1000))
    police = beside(box(100, 490, 110, 510))
    network = merge_grids(
        {"first": first, "police": police}, within={"district": districts()}, special=SPECIAL
    )
    assert "police:X" in set(network.cells["special"])


def test_undeclared_its_small_part_goes_to_a_neighbour():
    network = merged(quarter(), min_area_m2=1000.0, **FINE)
    assert network.cells.loc[network.cells["police"] == "Q", "district"].tolist() == ["W"]


def test_a_declared_crossing_is_a_note_and_an_undeclared_one_to_decide():
    wide = layer("police", {"Q": "商圈"}, A=box(0, 0, 300, 1000), Q=box(300, 0, 1000, 1000))
    declared, not_declared = merged(wide, allow_cross=CROSS), merged(wide)
    assert kinds(declared, "crosses_rung") == [
        ["Q", "note", "declared (--allow-cross): a cell in each unit, one grid"]
    ]
    assert [severity for _, severity, _ in kinds(not_declared, "crosses_rung")] == ["decide"]
    assert set(declared.cells.loc[declared.cells["police"] == "Q", "district"]) == {"W", "E"}


def test_no_cell_crosses_a_district_though_its_grid_does():
    network = merged(quarter(), allow_cross=CROSS, **FINE)
    halves = dict(zip(districts()["grid_id"], districts().geometry, strict=True))
    for district, shape in zip(network.cells["district"], network.cells.geometry, strict=True):
        assert shape.difference(halves[district]).is_empty


def test_options_are_kept_in_the_network():
    network = merged(quarter(), special={"police": {"TYPE": "商圈"}}, allow_cross=CROSS, on_gap="fill")
    options = {name: network.provenance[name] for name in ("special", "allow_cross", "on_gap")}
    assert options == {"special": CROSS, "allow_cross": CROSS, "on_gap": "fill"}
    assert network.summary["declared"] == {"special": 1, "crossing": 1}


boxes = st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(1, 60), st.integers(1, 60))


def drawn_box(x, y, width, height):
    return box(10 * x, 10 * y, 10 * (x + width), 10 * (y + height))


@given(st.lists(boxes, min_size=1, max_size=4), boxes)
@settings(max_examples=30)
def test_a_declared_grid_has_all_its_ground_in_the_city_but_smaller_special_ones(others, one):
    grids = {f"g{n}": drawn_box(*each) for n, each in enumerate(others)}
    own = drawn_box(*one)
    assume(all(grid.area != own.area for grid in grids.values()))
    drawn = layer("police", {"X": "专属"}, N=NORTH, S=SOUTH, **grids, X=own)
    kept = special_grids({"police": drawn}, special=SPECIAL, allow_cross={}).kept["police"]
    above = shapely.union_all(
        [g for g, k in zip(grids.values(), kept[2:-1], strict=True) if k & (g.area < own.area)]
    )
    limits = {"tolerance_m": 5.0, "min_area_m2": 50.0}
    network = merged(drawn, special=SPECIAL, allow_cross=SPECIAL, **limits)
    expected = own.intersection(box(0, 0, 1000, 1000)).difference(above).area
    assert areas(network).get("X", 0.0) == pytest.approx(expected, abs=1)


def test_the_summary_says_what_was_declared():
    lines = "\n".join(network_lines(merged(quarter(), special=CROSS, allow_cross=CROSS)))
    assert "Kept as special-purpose: 1 grid (1 declared with --special)." in lines
    assert "May lie in several units (--allow-cross): 1 grid, a cell in each unit they reach." in lines

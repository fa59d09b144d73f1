"""The same merge again: from its own result, from rows in another order, with several jobs."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from gridgov import make_grids, merge_grids, read_grids

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
LAYERS = {"comprehensive": "comprehensive.gpkg", "police": "police.shp", "urban": "urban.geojson"}
RUNGS = {"district": ("districts.geojson", "区县编码"), "street": ("streets.gpkg", "街道编码")}


def drawn():
    return {name: read_grids(SAMPLES / file, department=name) for name, file in LAYERS.items()}


def within():
    return {
        name: read_grids(SAMPLES / file, department=name, columns={"id": column})
        for name, (file, column) in RUNGS.items()
    }


@pytest.fixture(scope="module")
def network():
    return merge_grids(drawn(), within=within())


def shapes(network):
    return shapely.to_wkb(shapely.normalize(network.cells.geometry.to_numpy())).tolist()


def same_tables(other, network):
    assert other.version == network.version
    assert shapes(other) == shapes(network)
    for table in ("cells", "grids", "crosswalk", "conflicts"):
        one, same = (
            getattr(each, table).drop(columns="geometry", errors="ignore") for each in (network, other)
        )
        assert one.equals(same), table


def test_fed_with_its_own_result_a_merge_gives_the_same_cells(network):
    cells = network.cells
    layers = {}
    for name in network.departments:
        joined = cells[cells[name].notna()].dissolve(name).reset_index()
        layers[name] = make_grids(joined[[name, "geometry"]], department=name, columns={"id": name})
    again = merge_grids(layers, within=dict(network.rungs))
    assert set(shapes(again)) == set(shapes(network))
    assert again.summary["area_m2"]["moved"] == dict.fromkeys(network.departments, 0.0)


def test_the_crosswalk_is_sorted_by_grid_then_cell_and_what_lies_outside_comes_last(network):
    assert network.crosswalk["cell_id"].isna().any()
    for name in network.departments:
        rows = network.crosswalk[network.crosswalk["department"] == name].reset_index(drop=True)
        assert rows.equals(rows.sort_values(["grid_id", "cell_id"], ignore_index=True))


def test_rows_in_another_order_give_the_same_tables(network):
    def shuffled(layers):
        answer = {}
        for seed, (name, layer) in enumerate(layers.items()):
            answer[name] = layer.sample(frac=1, random_state=seed).reset_index(drop=True)
            answer[name].attrs = layer.attrs
        return answer

    same_tables(merge_grids(shuffled(drawn()), within=shuffled(within())), network)


@pytest.mark.parametrize("jobs", [2, 4])
def test_any_number_of_jobs_gives_the_same_tables(network, jobs):
    same_tables(merge_grids(drawn(), within=within(), jobs=jobs), network)


#: Grids drawn over each other, where the order of rows could decide who gets a strip or which corners stay.
OVERLAPS = {
    "one in another, equal on three sides": [(0, 0, 20, 20), (0, 0, 20, 21)],
    "a metre of each other": [(68, 0, 31, 33), (44, 743, 20, 49), (62, 797, 30, 22), (34, 0, 35, 51)],
    "copies but for a metre": [
        (503, 0, 49, 50),
        (502, 0, 35, 40),
        (0, 0, 27, 48),
        (667, 0, 29, 20),
        (0, 0, 24, 47),
    ],
    "three in a corner": [
        (380, 778, 27, 53),
        (0, 0, 51, 28),
        (0, 357, 28, 60),
        (0, 0, 44, 27),
        (0, 0, 26, 57),
    ],
    "twice the same": [(0, 0, 300, 300), (0, 0, 300, 300), (250, 0, 300, 300)],
}


@pytest.mark.parametrize("name", OVERLAPS)
def test_grids_drawn_over_each_other_in_any_order_give_the_same_tables(name):
    shapes = [shapely.box(x, y, x + width, y + height) for x, y, width, height in OVERLAPS[name]]
    table = boxes([f"g{at}" for at in range(len(shapes))], shapes)
    city = boxes(["410104"], [shapely.box(0, 0, 1000, 1000)])

    def merged(table):
        layers = {"police": make_grids(table, department="police")}
        return merge_grids(layers, within={"district": make_grids(city, department="district")})

    same_tables(backwards(merged, table), merged(table))


def test_units_of_a_rung_in_any_order_give_the_same_tables():
    # Communities a and b leave half a metre between them, b and c overlap by half a metre.
    places = [(0, 299.5), (300, 600), (599.5, 1000)]
    communities = boxes(["a", "b", "c"], [shapely.box(west, 0, east, 1000) for west, east in places])
    city = boxes(["410104"], [shapely.box(0, 0, 1000, 1000)])

    def merged(communities):
        within = {"district": make_grids(city, department="district")}
        within["community"] = make_grids(communities, department="community")
        return merge_grids({"police": make_grids(city, department="police")}, within=within)

    network = merged(communities)
    pairs = network.conflicts.set_index("kind")["grid_ids"]
    assert (pairs["gap"], pairs["overlap"]) == ("a|b", "b|c")
    same_tables(backwards(merged, communities), network)


def boxes(ids, shapes):
    table = gpd.GeoDataFrame({"grid_id": ids}, geometry=shapes, crs=4547)
    table.geometry = table.translate(475_000, 3_843_000)
    return table


def backwards(merged, table):
    return merged(table.iloc[::-1].reset_index(drop=True))

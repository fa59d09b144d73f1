"""The same merge again: from its own result, from rows in another order, with several jobs."""

from pathlib import Path

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

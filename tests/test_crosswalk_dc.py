"""The crosswalk on real layers of Washington DC: police service areas and neighbourhood clusters."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from gridgov import crosswalk_departments, read_grids, read_weights

DC = Path(__file__).parents[2] / "shared" / "data" / "dc"
LAYERS = DC / "dc_layers.gpkg"

pytestmark = pytest.mark.skipif(not LAYERS.exists(), reason="the DC layers are not here")


def layer(name, column):
    return read_grids(LAYERS, department="dc", layer=name, columns={"id": column}, crs=4326)


@pytest.fixture(scope="module")
def layers():
    return {
        "psa": layer("police_service_areas_psa", "PSA"),
        "cluster": layer("neighborhood_clusters", "NAME"),
        "tract": layer("census_tracts_2010", "GEOID"),
    }


@pytest.fixture(scope="module")
def crimes(layers):
    return read_weights(DC / "crime_2016_30d.csv", near=layers, crs="wgs84", lon="lon", lat="lat")


@pytest.fixture(scope="module")
def result(layers, crimes):
    return crosswalk_departments(layers, weights=crimes)


def test_shares_sum_to_1_for_every_grid(result):
    by_grid = result.pairs.groupby(["department_a", "department_b", "grid_a"])
    assert by_grid["share_of_a"].sum().to_numpy() == pytest.approx(1, abs=1e-9)
    weighty = by_grid["weight"].sum() > 0
    assert by_grid["weight_share_of_a"].sum()[weighty].to_numpy() == pytest.approx(1, abs=1e-9)


def test_every_grid_is_there(result, layers):
    found = result.pairs.groupby("department_a")["grid_a"].nunique()
    assert found.to_dict() == {name: len(grids) for name, grids in layers.items()}


def test_areas_are_those_of_the_polygons(result, layers):
    plane = layers["psa"].estimate_utm_crs()
    psa, tract = (layers[name].to_crs(plane) for name in ("psa", "tract"))
    left, right = shapely.STRtree(tract.geometry.array).query(psa.geometry.array, "intersects")
    area = shapely.area(shapely.intersection(psa.geometry.array[left], tract.geometry.array[right]))
    ids = [psa["grid_id"].array[left], tract["grid_id"].array[right]]
    obvious = pd.Series(area, index=pd.MultiIndex.from_arrays(ids))
    rows = result.pairs[(result.pairs["department_a"] == "psa") & (result.pairs["department_b"] == "tract")]
    found = rows[rows["relation"] != "none"].set_index(["grid_a", "grid_b"])["area_m2"]
    # Borders are rounded to 1 cm: over kilometres of border that is some square metres.
    assert (found - obvious[obvious > 0].reindex(found.index)).abs().max() < 20
    assert found.sum() == pytest.approx(obvious.sum(), rel=1e-6)


def test_every_crime_is_counted_once(result, crimes):
    totals = result.totals
    parts = ["weight_both", "weight_only_a", "weight_only_b", "weight_neither", "weight_without_place"]
    assert (totals[parts].sum(axis=1) == len(crimes)).all()


def test_crimes_count_where_a_spatial_join_puts_them(result, layers, crimes):
    psa, cluster = (layers[name] for name in ("psa", "cluster"))
    spots = gpd.GeoDataFrame(geometry=crimes.geometry).to_crs(psa.crs)
    joined = spots.sjoin(psa[["grid_id", "geometry"]]).drop(columns="index_right")
    joined = joined.sjoin(cluster[["grid_id", "geometry"]], lsuffix="psa", rsuffix="cluster")
    # Some clusters overlap: a point in two of them is counted in the smaller one.
    sure = ~joined.index.duplicated(keep=False)
    expected = joined[sure].groupby(["grid_id_psa", "grid_id_cluster"]).size()
    expected.index.names = ["grid_a", "grid_b"]
    rows = result.pairs[(result.pairs["department_a"] == "psa") & (result.pairs["department_b"] == "cluster")]
    found = rows[rows["relation"] != "none"].set_index(["grid_a", "grid_b"])["weight"]
    difference = found.sub(expected, fill_value=0)
    assert (difference >= 0).all()
    assert difference.sum() == joined.index[~sure].nunique() < 10


def test_naive_slivers_do_not_make_relations(result):
    relations = result.relations
    mine = (relations["department_a"] == "psa") & (relations["department_b"] == "cluster")
    slivers = relations[mine & (relations["relation"] == "sliver")].iloc[0]
    assert slivers["overlaps"] > 50
    assert slivers["area_m2"] < 0.01 * relations[mine]["area_m2"].sum()

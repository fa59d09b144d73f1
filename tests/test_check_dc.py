"""Known faults of real layers: the trash routes and neighbourhood clusters of Washington DC."""

from pathlib import Path

import pytest

from gridgov.check import check_grids
from gridgov.layers import read_grids

DC = Path(__file__).parents[2] / "shared" / "data" / "dc" / "dc_layers.gpkg"

pytestmark = pytest.mark.skipif(not DC.exists(), reason="the DC layers are not here")


def layer(name, column):
    return read_grids(DC, department="dc", layer=name, columns={"id": column}, crs=4326)


@pytest.fixture(scope="module")
def wards():
    return layer("ward_2012", "WARD")


@pytest.fixture(scope="module")
def trash():
    return check_grids({"trash": layer("trash_pickup_days_for_2015", "ROUTE_ID")})


def test_wards_are_clean(wards):
    assert check_grids({"wards": wards}).problems["kind"].tolist() == ["no_owner"]


def test_police_service_areas_are_clean():
    psa = check_grids({"psa": layer("police_service_areas_psa", "PSA")})
    assert psa.problems["kind"].tolist() == ["no_owner"]


def test_the_two_invalid_trash_routes_are_listed(trash):
    assert (trash.problems["kind"] == "invalid").sum() == 2


def test_126_pairs_of_trash_routes_overlap_by_more_than_a_square_metre(trash):
    # 128 as drawn; three routes stand in two rows each and became one, which joins two pairs.
    overlaps = trash.problems[trash.problems["kind"] == "overlap"]
    pairs = overlaps["grid_ids"].map(lambda ids: "|".join(sorted(ids.split("|"))))
    assert (overlaps.groupby(pairs)["area_m2"].sum() > 1).sum() == 126


def test_one_overlap_of_trash_routes_is_wider_than_the_tolerance(trash):
    wide = trash.problems[(trash.problems["kind"] == "overlap") & (trash.problems["severity"] == "decide")]
    assert wide["width_m"].tolist() == pytest.approx([37.6], abs=0.5)


def test_the_holes_of_the_trash_routes_are_missing(trash):
    assert trash.coverage["missing_m2"][0] == pytest.approx(6.5e6, rel=0.01)


def test_clusters_leave_44_km2_of_the_wards_uncovered(wards):
    clusters = check_grids({"cluster": layer("neighborhood_clusters", "NAME")}, within={"ward": wards})
    assert clusters.coverage["missing_m2"][0] == pytest.approx(44e6, rel=0.01)
    uncovered = clusters.problems[clusters.problems["kind"] == "uncovered"]
    assert uncovered["area_m2"].sum() == pytest.approx(44e6, rel=0.01)

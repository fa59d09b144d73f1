"""Coordinates that are hardly where something happened."""

import geopandas as gpd
import numpy as np
import pytest
from shapely import box

from gridgov import check_coordinates
from gridgov.datum import transform_points
from gridgov.doubts import DOUBTS
from gridgov.doubts import shared as shared_points
from gridgov.doubts.shared import SharedPoints


def ward(west, south, crs=4326):
    table = {"grid_id": ["1"], "name": None, "owner": None}
    return gpd.GeoDataFrame(table, geometry=[box(west, south, west + 0.2, south + 0.2)], crs=crs)


AMERICA, CHINA = ward(-77.1, 38.8), ward(113.6, 34.6, 4490)


def spread(n, *, seed=0):
    """Points in the ward of China."""
    random = np.random.default_rng(seed)
    return random.uniform(113.61, 113.79, n).round(6), random.uniform(34.61, 34.79, n).round(6)


def found(lon, lat, *, cells=CHINA, crs="cgcs2000"):
    table = check_coordinates(cells, lon=lon, lat=lat, points_crs=crs)
    return {doubt.doubt: doubt for doubt in table.itertuples()}


def test_good_coordinates_raise_no_doubt():
    assert found(*spread(1000)) == {}


def test_one_default_point_is_named_with_its_rows():
    lon, lat = spread(1000)
    lon[100:150], lat[100:150] = 113.7123, 34.7
    (doubt,) = found(lon, lat).values()
    assert (doubt.doubt, doubt.rows, doubt.of, doubt.lon, doubt.lat) == ("default", 50, 1000, 113.7123, 34.7)
    assert "50 rows (5 %) have one and the same point, 113.7123, 34.7" in doubt.words


@pytest.mark.parametrize(("rows", "of"), [(19, 100), (30, 2000)])
def test_a_point_of_few_rows_or_a_small_share_is_a_building(rows, of):
    lon, lat = spread(of)
    lon[:rows], lat[:rows] = 113.7123, 34.7123
    assert found(lon, lat) == {}


@pytest.mark.parametrize(
    ("rows", "of", "named"), [(5, 10, True), (5, 11, False), (4, 4, False), (9, 9, True)]
)
def test_half_of_a_few_rows_on_one_point_are_a_default(rows, of, named):
    lon, lat = spread(of)
    lon[:rows], lat[:rows] = 113.7123, 34.7123
    assert list(found(lon, lat)) == (["default"] if named else [])


def test_two_decimals_are_named():
    lon, lat = spread(100)
    lon[:2], lat[:2] = [113.65, 113.7], [34.7, 34.71]
    doubt = found(lon, lat)["coarse"]
    assert (doubt.rows, doubt.of) == (2, 100)


def test_two_decimals_of_metres_are_no_doubt():
    x, y = transform_points([113.7], [34.7], source=4490, target=4547)
    assert found(x.round(1), y.round(1), crs="EPSG:4547") == {}


@pytest.mark.parametrize(("cells", "lon", "lat"), [(CHINA, 34.7123, 113.7123), (AMERICA, 38.9123, -77.0123)])
def test_exchanged_coordinates_are_named_also_where_they_could_be_a_place(cells, lon, lat):
    assert found([lon], [lat], cells=cells)["swapped"].rows == 1


def test_exchanged_metres_are_named():
    x, y = transform_points([113.7123], [34.7123], source=4490, target=4547)
    assert found(y, x, crs="EPSG:4547")["swapped"].rows == 1


@pytest.mark.parametrize(("lon", "lat"), [(77.0123, 38.9123), (-77.0123, -38.9123), (77.0123, -38.9123)])
def test_a_wrong_sign_is_named(lon, lat):
    assert found([lon], [lat], cells=AMERICA)["sign"].rows == 1


def test_zeros_and_the_null_island_are_named():
    lon, lat = spread(100)
    lon[:4], lat[:4] = [0, 113.7123, 0, 0.3], [0, 0, 34.7123, -0.2]
    doubts = found(lon, lat)
    assert doubts["zero"].rows == 3
    assert doubts["null_island"].rows == 1


def test_a_city_within_a_degree_of_zero_has_no_null_island():
    assert "null_island" not in found([0.1234], [0.5345], cells=ward(-0.1, -0.1))


def test_metres_in_columns_of_degrees_are_named_with_their_system():
    lon, lat = spread(100)
    lon[:9], lat[:9] = transform_points(lon[:9], lat[:9], source=4490, target=4526)
    doubt = found(lon, lat)["metres"]
    assert doubt.rows == 9
    assert "EPSG:4526" in doubt.words
    assert "in a file of their own with --crs EPSG:4526" in doubt.words


def test_metres_of_no_system_that_fits_are_named_without_one():
    doubt = found([1e9, 113.7123], [1e9, 34.7123])["metres"]
    assert "say in which system, --crs EPSG:N" in doubt.words


def test_degrees_in_columns_of_metres_are_named():
    x, y = transform_points([113.7123], [34.7123], source=4490, target=4547)
    doubts = found(np.append(x, 113.7123), np.append(y, 34.7123), crs="EPSG:4547")
    assert doubts["degrees"].rows == 1


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_degrees_of_other_datums_in_columns_of_metres_are_named(datum):
    lon, lat = transform_points([113.6001, 113.7999], [34.6001, 34.7999], source=4490, target=datum)
    assert found(lon, lat, crs="EPSG:4547")["degrees"].rows == 2


def test_points_that_mostly_lie_elsewhere_are_named_first():
    lon, lat = spread(10)
    lon[:6] += 1
    assert list(found(lon, lat)) == ["elsewhere"]
    lon[5] -= 1
    assert found(lon, lat) == {}


def test_every_doubt_is_documented(pytestconfig):
    text = (pytestconfig.rootpath / "docs" / "assigning.md").read_text("utf-8")
    assert [name for name in DOUBTS if f"| `{name}` |" not in text] == []


def most(x, y, batch):
    points = SharedPoints()
    for begin in range(0, len(x), batch):
        points.add(x[begin : begin + batch], y[begin : begin + batch])
    return points.most(3, rows=10)


@pytest.mark.parametrize("batch", [2, 7, 64, 10_000])
def test_shared_points_are_counted_alike_in_any_batches(monkeypatch, batch):
    monkeypatch.setattr(shared_points, "_BLOCK", 64)
    monkeypatch.setattr(shared_points, "_KEPT", 8)
    monkeypatch.setattr(shared_points, "_OFTEN", 2)
    random = np.random.default_rng(1)
    x, y = random.integers(0, 40, (2, 1000)) / 7
    x[::5], y[::5] = 1 / 3, -0.0
    whole = most(x, y, 1000)
    assert most(x, y, batch) == whole
    assert (whole[0].x, whole[0].y) == (1 / 3, 0)
    assert 200 - 1000 / 64 <= whole[0].rows <= 200
    assert not whole[0].exact


def test_shared_points_of_few_rows_are_counted_exactly():
    x, y = np.array([1.0, 2.0, 1.0, 1.0] * 10), np.array([5.0, 5.0, 6.0, 5.0] * 10)
    found = [(point.x, point.y, point.rows, point.exact) for point in most(x, y, 3)]
    assert found == [(1, 5, 20, True), (1, 6, 10, True), (2, 5, 10, True)]

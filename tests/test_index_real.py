"""The index against the slow way on real layers, as they were published."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from gridgov import datum
from gridgov.index import CellIndex

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
REAL = Path(__file__).parents[2] / "shared" / "data"
WASHINGTON, ZHENGZHOU = REAL / "dc", REAL / "zhengzhou"
washington = pytest.mark.skipif(not WASHINGTON.exists(), reason="the layers of Washington are not here")
zhengzhou = pytest.mark.skipif(not ZHENGZHOU.exists(), reason="the districts of Zhengzhou are not here")


def slow_way(table, lon, lat, points_crs):
    """Row of each point: the smallest polygon it is inside of, else the first of those it touches."""
    x, y = datum.transform_points(lon, lat, source=points_crs, target=table.crs)
    polygons = np.asarray(table.geometry.array)
    point, row = shapely.STRtree(polygons).query(shapely.points(x, y), predicate="intersects")
    inside = shapely.contains_xy(polygons[row], x[point], y[point])
    area = shapely.area(table.to_crs(datum.metric_crs(table.crs, bounds=table.total_bounds)).geometry.array)
    order = np.lexsort((row, np.where(inside, area.round(3)[row], 0), ~inside, point))[::-1]
    rows = np.full(len(x), -1)
    rows[point[order]] = row[order]
    return rows


def corners(table, points_crs):
    """Corners of a layer, as they are and rounded to a metre."""
    x, y = shapely.get_coordinates(table.geometry.array)[::7].T
    lon, lat = datum.transform_points(x, y, source=table.crs, target=points_crs)
    return np.concatenate([lon, np.round(lon, 5)]), np.concatenate([lat, np.round(lat, 5)])


@washington
@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:26985"])
@pytest.mark.parametrize(
    "layer",
    ["ward_2012", "police_service_areas_psa", "neighborhood_clusters", "trash_pickup_days_for_2015"],
)
def test_crimes_in_washington_lie_where_the_slow_way_says(layer, crs):
    table = gpd.read_file(WASHINGTON / "dc_layers.gpkg", layer=layer).to_crs(crs)
    crimes = pd.read_csv(WASHINGTON / "crime_2016_30d.csv")
    lon, lat = (crimes[name].to_numpy(dtype=float) for name in ("lon", "lat"))
    lon, lat = (np.concatenate(pair) for pair in zip((lon, lat), corners(table, "wgs84"), strict=True))
    found = CellIndex(table, points_crs="wgs84").locate(lon=lon, lat=lat)
    assert found.tolist() == slow_way(table, lon, lat, "wgs84").tolist()


@zhengzhou
@pytest.mark.parametrize("points_crs", ["gcj02", "bd09", "cgcs2000"])
def test_places_in_zhengzhou_lie_where_the_slow_way_says(points_crs):
    districts = gpd.read_file(ZHENGZHOU / "districts_gcj02.geojson").to_crs(4547)
    places = pd.read_csv(ZHENGZHOU / "poi_points_gcj02.csv")
    lon, lat = places["经度"].to_numpy(dtype=float), places["纬度"].to_numpy(dtype=float)
    found = CellIndex(districts, points_crs=points_crs).locate(lon=lon, lat=lat)
    assert found.tolist() == slow_way(districts, lon, lat, points_crs).tolist()


@pytest.mark.parametrize("points_crs", ["gcj02", "bd09", "cgcs2000"])
@pytest.mark.parametrize("name", ["police.shp", "comprehensive.gpkg", "districts.geojson"])
def test_points_among_the_samples_lie_where_the_slow_way_says(name, points_crs):
    table = gpd.read_file(SAMPLES / name)
    low, high = np.split(table.total_bounds, 2)
    x, y = np.random.default_rng(8).uniform(low, high, (3000, 2)).T
    lon, lat = datum.transform_points(x, y, source=table.crs, target=points_crs)
    lon, lat = (np.concatenate(pair) for pair in zip((lon, lat), corners(table, points_crs), strict=True))
    found = CellIndex(table, points_crs=points_crs).locate(lon=lon, lat=lat)
    assert found.tolist() == slow_way(table, lon, lat, points_crs).tolist()

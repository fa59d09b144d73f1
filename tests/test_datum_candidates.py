from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import CRS

from gridgov.datum import check_crs_fits, crs_candidates, transform_geometries, transform_points

RANDOM = np.random.default_rng(7)
LON, LAT = RANDOM.uniform(113.6, 113.85, 500), RANDOM.uniform(34.6, 34.85, 500)
CITY = shapely.box(113.6, 34.6, 113.85, 34.85)
ZHENGZHOU = Path(__file__).parents[2] / "shared" / "data" / "zhengzhou"


def numbers(crs):
    return transform_points(LON, LAT, source=4490, target=crs)


def names(found):
    return [candidate.name for candidate in found]


@pytest.mark.parametrize(
    "crs", ["EPSG:4490", "EPSG:4547", "EPSG:4526", "EPSG:4497", "EPSG:32649", "EPSG:3857"]
)
def test_the_right_system_comes_first_when_the_outline_is_known(crs):
    best = crs_candidates(*numbers(crs), outline=CITY)[0]
    assert (best.name, best.share) == (crs, 1.0)


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4526", "EPSG:4497", "EPSG:3857"])
def test_without_an_outline_numbers_that_name_their_place_are_known(crs):
    assert crs_candidates(*numbers(crs))[0].name == crs


def test_without_an_outline_every_zone_of_bare_eastings_is_listed():
    assert {"EPSG:4545", "EPSG:4546", "EPSG:4547", "EPSG:4548", "EPSG:32649"} <= set(
        names(crs_candidates(*numbers(4547)))
    )


def test_with_an_outline_neighbouring_zones_are_ruled_out():
    assert names(crs_candidates(*numbers(4547), outline=CITY)) == ["EPSG:4547", "EPSG:2383", "EPSG:2435"]


def test_datums_of_one_zone_are_said_to_look_alike():
    best = crs_candidates(*numbers(4547), outline=CITY)[0]
    assert best.alike == ("EPSG:2383", "EPSG:2435")
    assert "position alone cannot tell it from EPSG:2383, EPSG:2435" in best.label


def test_web_map_degrees_in_the_middle_of_a_city_look_like_any_other():
    middle = (LON - 113.725) / 2 + 113.725, (LAT - 34.725) / 2 + 34.725
    best = crs_candidates(*middle, outline=CITY)[0]
    assert {"gcj02", "bd09"} <= set(best.alike)


def test_web_map_degrees_that_fill_the_outline_are_told_apart():
    edge = shapely.get_coordinates(shapely.segmentize(CITY.exterior, 0.001))
    found = crs_candidates(*transform_points(*edge.T, source=4490, target="gcj02"), outline=CITY)
    assert found[0].name == "gcj02"
    assert found[0].alike == ()


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4547", "EPSG:4526"])
@pytest.mark.parametrize("outline", [CITY, None])
def test_exchanged_coordinates_are_recognised(crs, outline):
    x, y = numbers(crs)
    best = crs_candidates(y, x, outline=outline)[0]
    assert (best.name, best.swapped) == (f"{crs} swapped", True)
    assert "exchanged" in best.label


def test_shares_fall_when_half_of_the_points_lie_elsewhere():
    x, y = numbers(4526)
    best = crs_candidates(np.r_[x, x + 500_000], np.r_[y, y], outline=CITY)[0]
    assert best.share == pytest.approx(0.5)


def test_degrees_outside_of_china_are_wgs84():
    assert names(crs_candidates([-77.0], [38.9])) == ["EPSG:4326"]
    assert names(crs_candidates([-77.0], [38.9], outline=shapely.box(-77.1, 38.8, -76.9, 39))) == [
        "EPSG:4326"
    ]


def test_feet_are_found_by_the_outline():
    boston = shapely.box(-71.19, 42.22, -70.9, 42.4)
    assert "EPSG:2249" in names(crs_candidates([770_000.0], [2_950_000.0], outline=boston))


def test_what_fits_nothing_has_no_candidates():
    assert crs_candidates([5e8], [5e8]) == []
    assert crs_candidates([np.nan], [np.nan]) == []
    assert crs_candidates([], []) == []


def test_many_points_are_sampled_evenly():
    x, y = np.tile(LON, 100), np.tile(LAT, 100)
    assert crs_candidates(x, y, outline=CITY)[0].share == 1.0


@pytest.mark.skipif(not ZHENGZHOU.exists(), reason="needs the shared data")
def test_the_published_districts_of_zhengzhou_are_found_to_be_gcj02():
    text = (ZHENGZHOU / "districts_gcj02.geojson").read_text(encoding="utf-8")
    districts = shapely.get_parts(shapely.from_geojson(text))
    true = transform_geometries(districts, source="gcj02", target=4490)
    outline = shapely.union_all(shapely.make_valid(true))
    x, y = shapely.get_coordinates(districts).T
    assert crs_candidates(x, y, outline=outline)[0].name == "gcj02"


@pytest.mark.parametrize("crs", [4490, "gcj02", 4547, 4526, 32649, 3857, 4548, 2383])
def test_numbers_that_can_be_right_are_not_doubted(crs):
    right = 4547 if crs in (4548, 2383) else crs
    assert check_crs_fits(*numbers(right), crs=crs) is None


@pytest.mark.parametrize(
    ("right", "stated", "hint"),
    [
        (4526, 4547, "look like EPSG:4526 (CGCS2000 3-degree zone 38"),
        (4547, 4526, "look like EPSG:4547 (CGCS2000 3-degree zone, CM 114E"),
        (4490, 4547, "look like EPSG:4490 (CGCS2000, degrees"),
        (4490, 32649, "look like EPSG:4490 (CGCS2000, degrees"),
        (4526, 4326, "look like EPSG:4526 (CGCS2000 3-degree zone 38"),
        (4547, 4326, "look like one of EPSG:4547, "),
    ],
)
def test_numbers_that_contradict_the_stated_system_are_told(right, stated, hint):
    assert hint in check_crs_fits(*numbers(right), crs=stated)


def test_the_prj_file_of_a_shapefile_is_checked_like_a_number():
    prj = CRS.from_epsg(4547).to_wkt("WKT1_ESRI")
    assert "EPSG:4526" in check_crs_fits(*numbers(4526), crs=prj)


def test_the_outline_names_the_zone():
    sentence = check_crs_fits(*numbers(4547), crs=4326, outline=CITY)
    assert "look like EPSG:4547 (" in sentence


@pytest.mark.parametrize("crs", [4547, 4526, 4490, 4326])
def test_exchanged_numbers_contradict_the_stated_system(crs):
    x, y = numbers(crs)
    assert "exchanged" in check_crs_fits(y, x, crs=crs)


def test_the_sentence_gives_the_range_of_the_numbers():
    assert "x 0 to 770000, y 0 to 2950000" in check_crs_fits(
        [0, 770_000.0, 770_000.0], [0, 2_950_000.0, 2_950_000.0], crs=4326
    )


def test_degrees_of_any_city_contradict_metres():
    assert "look like degrees" in check_crs_fits(LON - 190, LAT, crs=26985)


def test_one_stray_point_does_not_condemn_a_layer():
    x, y = numbers(4547)
    assert check_crs_fits(np.r_[x, 38e6], np.r_[y, 3.8e6], crs=4547) is None


def test_drawn_squares_and_empty_layers_are_not_doubted():
    assert check_crs_fits([0, 1000], [0, 1000], crs=4547) is None
    assert check_crs_fits([0, 1], [0, 1], crs=4547) is None
    assert check_crs_fits([], [], crs=4547) is None

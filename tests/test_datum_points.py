import numpy as np
import pytest
import shapely
from pyproj import CRS

from gridgov.datum import (
    POINT_DATUMS,
    describe_crs,
    gcj02_to_bd09,
    legacy_datum,
    metric_crs,
    parse_crs,
    transform_geometries,
    transform_points,
    wgs84_to_gcj02,
)
from gridgov.errors import CRSError

LON, LAT = 113.73, 34.72
#: The junction in EPSG:4547, by PROJ 9.5.
EAST, NORTH = 475268.4954, 3843563.4477


@pytest.mark.parametrize("word", ["gcj02", "GCJ-02", " Gcj 02 "])
def test_the_name_of_a_datum_may_be_written_in_many_ways(word):
    assert parse_crs(word).offset == "gcj02"


@pytest.mark.parametrize(
    "value", ["EPSG:4547", "epsg:4547", "4547", 4547, np.int64(4547), CRS.from_epsg(4547)]
)
def test_a_number_of_epsg_may_be_written_in_many_ways(value):
    assert parse_crs(value).name == "EPSG:4547"


def test_every_point_datum_is_known():
    assert [parse_crs(name).name for name in POINT_DATUMS] == list(POINT_DATUMS)


def test_a_parsed_system_is_taken_as_it_is():
    known = parse_crs("bd09")
    assert parse_crs(known) is known


def test_the_prj_file_of_a_shapefile_is_recognised():
    prj = CRS.from_epsg(4547).to_wkt("WKT1_ESRI")
    assert parse_crs(prj).name == "EPSG:4547"


def test_heights_are_left_aside():
    assert parse_crs("EPSG:4490+5737").crs.is_geographic
    assert len(parse_crs("EPSG:4480").crs.axis_info) == 2


@pytest.mark.parametrize("value", [None, "", "  "])
def test_no_system_is_an_error_that_names_the_option(value):
    with pytest.raises(CRSError, match=r"^police\.shp: .*--crs"):
        parse_crs(value, where="police.shp")


@pytest.mark.parametrize("value", ["wgs85", 999999, "EPSG:999999", "EPSG:4547 swapped", object()])
def test_an_unknown_system_is_an_error_that_names_the_known_ones(value):
    with pytest.raises(CRSError, match="gcj02, bd09, wgs84, cgcs2000"):
        parse_crs(value)


@pytest.mark.parametrize(
    ("crs", "words"),
    [
        (4526, "EPSG:4526 CGCS2000 3-degree zone 38"),
        (4508, "EPSG:4508 CGCS2000 6-degree zone, CM 111E"),
        (4490, "EPSG:4490 CGCS2000, degrees"),
        ("wgs84", "EPSG:4326 WGS 84, degrees"),
        ("bd09", "BD-09, the shifted degrees of Baidu maps"),
    ],
)
def test_a_system_is_described_in_short_words(crs, words):
    assert describe_crs(crs) == words


def test_a_system_without_a_name_is_described_by_what_it_is_made_of():
    mapinfo = CRS("+proj=tmerc +lon_0=114 +x_0=500000 +datum=WGS84")
    said = "a system without name on World Geodetic System 1984, Transverse Mercator, CM 114E"
    assert describe_crs(mapinfo) == said
    assert "Krassovsky" in describe_crs(CRS("+proj=longlat +ellps=krass"))


def test_a_system_without_a_name_that_epsg_knows_is_called_as_epsg_does():
    mapinfo = CRS(CRS(4547).to_wkt().replace('"CGCS2000 / 3-degree Gauss-Kruger CM 114E"', '"unnamed"'))
    assert describe_crs(mapinfo) == describe_crs(4547)


def test_degrees_become_metres_easting_first():
    x, y = transform_points([LON], [LAT], source="cgcs2000", target=4547)
    assert (x[0], y[0]) == pytest.approx((EAST, NORTH), abs=0.001)


@pytest.mark.parametrize("target", [4547, 4490, "wgs84"])
def test_wgs84_and_cgcs2000_are_equal(target):
    one = transform_points([LON], [LAT], source="wgs84", target=target)
    other = transform_points([LON], [LAT], source=4490, target=target)
    assert np.array_equal(one, other)


def test_gcj02_goes_to_metres_through_its_inverse():
    gcj02 = wgs84_to_gcj02([LON], [LAT])
    x, y = transform_points(*gcj02, source="gcj02", target=4547)
    assert (x[0], y[0]) == pytest.approx((EAST, NORTH), abs=0.001)


def test_metres_go_to_bd09():
    found = transform_points([EAST], [NORTH], source=4547, target="bd09")
    assert np.allclose(found, gcj02_to_bd09(*wgs84_to_gcj02([LON], [LAT])), rtol=0, atol=1e-9)


def test_gcj02_and_bd09_meet_without_a_detour():
    found = transform_points([LON], [LAT], source="gcj02", target="bd09")
    assert np.array_equal(found, gcj02_to_bd09([LON], [LAT]))


def test_the_same_system_changes_not_one_bit():
    assert transform_points([LON], [LAT], source="gcj02", target="GCJ-02")[0][0] == LON


def test_nan_stays_nan_and_its_neighbours_are_right():
    x, y = transform_points([np.nan, LON], [LAT, LAT], source="gcj02", target=4547)
    clean = transform_points([LON], [LAT], source="gcj02", target=4547)
    assert np.isnan([x[0], y[0]]).all()
    assert (x[1], y[1]) == (clean[0][0], clean[1][0])


def test_what_a_system_cannot_hold_becomes_nan():
    x, y = transform_points([38_474_352.0], [3_843_563.0], source=4547, target=4490)
    assert np.isnan(x[0]) == np.isnan(y[0])
    assert np.isnan(transform_points([LON], [120.0], source=4490, target=4547)[1]).all()


def test_points_are_not_changed_in_place():
    x = np.array([LON])
    transform_points(x, [LAT], source="gcj02", target="gcj02")[0][0] = 0
    assert x[0] == LON


@pytest.mark.parametrize("old", [4610, 2383, 2362, 4214, 2435, 2414])
def test_older_datums_are_refused_with_what_to_do(old):
    with pytest.raises(CRSError, match="surveying office"):
        transform_points([EAST], [NORTH], source=old, target="cgcs2000")
    with pytest.raises(CRSError, match="surveying office"):
        transform_points([LON], [LAT], source="gcj02", target=old)


def test_xian_and_beijing_are_not_mixed():
    with pytest.raises(CRSError, match="Xian 80"):
        transform_points([EAST], [NORTH], source=2383, target=2435)


def test_within_an_older_datum_no_shift_is_needed():
    lon, lat = transform_points([EAST], [NORTH], source=2383, target=4610)
    assert (lon[0], lat[0]) == pytest.approx((LON, LAT), abs=0.001)


def test_an_older_datum_is_known_from_a_prj_file_and_from_its_ellipsoid():
    assert legacy_datum(CRS.from_wkt(CRS.from_epsg(2383).to_wkt("WKT1_ESRI"))) == "Xian 80"
    assert legacy_datum(CRS.from_proj4("+proj=tmerc +lon_0=114 +x_0=500000 +ellps=krass")) == "Beijing 54"
    assert legacy_datum(CRS.from_epsg(4547)) is None


def test_stated_parameters_of_an_older_datum_are_used():
    crs = CRS.from_proj4("+proj=tmerc +lon_0=114 +x_0=500000 +ellps=krass +towgs84=12,-113,-41,0,0,0,0")
    lon, _ = transform_points([EAST], [NORTH], source=crs, target="wgs84")
    assert lon[0] == pytest.approx(LON, abs=0.002)


def test_a_local_system_cannot_be_moved():
    local = CRS.from_wkt(
        'LOCAL_CS["city",LOCAL_DATUM["city",0],UNIT["metre",1],AXIS["X",EAST],AXIS["Y",NORTH]]'
    )
    with pytest.raises(CRSError, match="local coordinate system"):
        transform_points([1.0], [2.0], source=local, target="cgcs2000")


def test_polygons_are_moved_and_missing_ones_stay_missing():
    square = shapely.box(LON, LAT, LON + 0.01, LAT + 0.01)
    moved = transform_geometries([square, None], source="cgcs2000", target=4547)
    assert moved[1] is None
    assert shapely.get_coordinates(moved[0]).min(axis=0) == pytest.approx((EAST, NORTH), abs=5)


def test_heights_of_polygons_are_dropped():
    point = shapely.from_wkt("POINT Z (113.73 34.72 90)")
    assert not transform_geometries([point], source=4490, target=4547)[0].has_z


def test_corners_that_cannot_be_moved_are_an_error_with_the_place():
    with pytest.raises(CRSError, match=r"113,120"):
        transform_geometries([shapely.box(113, 34, 114, 120)], source=4490, target=4547)


def test_metres_are_kept_to_work_in():
    assert metric_crs(4547, bounds=(EAST, NORTH, EAST + 10, NORTH + 10)).to_epsg() == 4547
    assert metric_crs(4526, bounds=(38e6 + EAST, NORTH, 38e6 + EAST, NORTH)).to_epsg() == 4526


@pytest.mark.parametrize(("lon", "epsg"), [(112.4, 4546), (112.6, 4547), (115.4, 4547), (75.2, 4534)])
def test_degrees_in_china_take_the_zone_of_their_centre(lon, epsg):
    assert metric_crs("gcj02", bounds=(lon, 34, lon, 35)).to_epsg() == epsg


@pytest.mark.parametrize(("old", "epsg"), [(4610, 2383), (4214, 2435)])
def test_older_datums_work_in_their_own_zones(old, epsg):
    assert metric_crs(old, bounds=(113.5, 34, 114, 35)).to_epsg() == epsg


@pytest.mark.parametrize(
    ("bounds", "epsg"), [((-77.1, 38.8, -76.9, 39), 32618), ((-47, -24, -46, -23), 32723)]
)
def test_degrees_elsewhere_take_a_utm_zone(bounds, epsg):
    assert metric_crs(4326, bounds=bounds).to_epsg() == epsg


def test_web_mercator_and_feet_are_not_metres_on_the_ground():
    x, y = (float(v[0]) for v in transform_points([LON], [LAT], source=4490, target=3857))
    assert metric_crs(3857, bounds=(x, y, x, y)).to_epsg() == 4547
    assert metric_crs(2249, bounds=(7.7e5, 2.9e6, 7.8e5, 3e6)).to_epsg() == 32619


def test_an_empty_layer_in_degrees_has_no_metric_system():
    with pytest.raises(CRSError, match="empty"):
        metric_crs(4490, bounds=(np.nan,) * 4)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov.datum import bd09_to_gcj02, gcj02_to_bd09, gcj02_to_wgs84, in_china, offsets, wgs84_to_gcj02

#: wgs84 -> gcj02 -> bd09 as eviltransform 0.1.1 answers. It puts the formula on an Earth of 6,378,137 m
#: instead of 6,378,245 m, which is worth up to 2 cm.
REFERENCE = [
    ((113.73, 34.72), (113.73618349414454, 34.71895528072801), (113.74266742162403, 34.72506904178332)),
    ((116.397, 39.908), (116.40324348426597, 39.90940337767001), (116.4096165348879, 39.915744497204834)),
    ((121.47, 31.23), (121.47453497723147, 31.228067449219303), (121.48107628523786, 31.23398668149048)),
    ((87.6, 43.8), (87.6028390203435, 43.8012120508152), (87.6092101999617, 43.8074725280853)),
    ((110.3, 20.0), (110.30430321711808, 19.99792280516551), (110.31076971222741, 20.00401717569797)),
]
TWO_CM = 0.02 / 111_000
TENTH_MM = 0.0001 / 111_000

china = {"lon": st.floats(73, 135), "lat": st.floats(18, 54)}


@pytest.mark.parametrize(("wgs84", "gcj02", "bd09"), REFERENCE)
def test_gcj02_agrees_with_another_implementation_to_two_centimetres(wgs84, gcj02, bd09):
    assert np.allclose(wgs84_to_gcj02(*wgs84), gcj02, rtol=0, atol=TWO_CM)


@pytest.mark.parametrize(("wgs84", "gcj02", "bd09"), REFERENCE)
def test_gcj02_agrees_exactly_on_the_same_earth(wgs84, gcj02, bd09, monkeypatch):
    monkeypatch.setattr(offsets, "_SEMI_MAJOR_M", 6378137.0)
    assert np.allclose(wgs84_to_gcj02(*wgs84), gcj02, rtol=0, atol=1e-11)


@pytest.mark.parametrize(("wgs84", "gcj02", "bd09"), REFERENCE)
def test_bd09_agrees_with_another_implementation(wgs84, gcj02, bd09):
    assert np.allclose(gcj02_to_bd09(*gcj02), bd09, rtol=0, atol=1e-11)


@given(**china)
def test_gcj02_comes_back_to_a_tenth_of_a_millimetre(lon, lat):
    assert np.allclose(gcj02_to_wgs84(*wgs84_to_gcj02(lon, lat)), (lon, lat), rtol=0, atol=TENTH_MM)


@given(**china)
def test_bd09_comes_back_to_a_tenth_of_a_millimetre(lon, lat):
    assert np.allclose(bd09_to_gcj02(*gcj02_to_bd09(lon, lat)), (lon, lat), rtol=0, atol=TENTH_MM)


def test_gcj02_is_about_six_hundred_metres_off_at_zhengzhou():
    lon, lat = wgs84_to_gcj02(113.73, 34.72)
    assert 543 < np.hypot((lon - 113.73) * np.cos(np.radians(34.72)), lat - 34.72) * 111_320 < 611


@pytest.mark.parametrize("change", [wgs84_to_gcj02, gcj02_to_wgs84, gcj02_to_bd09, bd09_to_gcj02])
def test_nan_passes_through_and_its_neighbours_are_right(change):
    lon, lat = change([np.nan, 113.7], [34.7, 34.7])
    assert np.isnan(lon[0])
    assert (lon[1], lat[1]) == tuple(float(v) for v in change(113.7, 34.7))


def test_outside_of_china_gcj02_changes_nothing():
    assert [float(v) for v in wgs84_to_gcj02(-77.0, 38.9)] == [-77.0, 38.9]
    assert [float(v) for v in gcj02_to_wgs84(-77.0, 38.9)] == [-77.0, 38.9]


def test_input_arrays_are_not_changed():
    lon, lat = np.array([113.7]), np.array([34.7])
    gcj02_to_wgs84(lon, lat)
    assert (lon[0], lat[0]) == (113.7, 34.7)


def test_shapes_are_kept():
    assert wgs84_to_gcj02(np.full((2, 3), 113.7), 34.7)[1].shape == (2, 3)


def test_china_is_a_box_without_washington_or_nothing():
    assert in_china([113.7, -77.0, np.nan, 34.7], [34.7, 38.9, 34.7, 113.7]).tolist() == [
        True,
        False,
        False,
        False,
    ]

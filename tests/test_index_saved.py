"""Indexes in files: the same answers, whole or refused, and used only for the cells they were made of."""

import pickle

import geopandas as gpd
import numpy as np
import pytest
from shapely import Polygon, box

from gridgov.datum import transform_points
from gridgov.errors import ArgumentError, FormatError, GridgovWarning, InputMissingError, OutputExistsError
from gridgov.index import CellIndex, answers, index_name
from gridgov.index.store import Packed

EAST, NORTH = 475_000.0, 3_843_000.0


def squares(count=5, *, shift=0.0, crs="EPSG:4547"):
    drawn = [
        box(EAST + i * 90 + shift, NORTH + j * 90, EAST + i * 90 + 90 + shift, NORTH + j * 90 + 90)
        for i in range(count)
        for j in range(count)
    ]
    return gpd.GeoDataFrame(geometry=[*drawn, None, Polygon()], crs="EPSG:4547").to_crs(crs)


def places(points_crs="gcj02"):
    x, y = np.random.default_rng(2).uniform([EAST - 50, NORTH - 50], [EAST + 500, NORTH + 500], (4000, 2)).T
    lon, lat = transform_points(x, y, source="EPSG:4547", target=points_crs)
    return np.append(lon, np.nan), np.append(lat, 34.7)


@pytest.mark.parametrize("crs", ["EPSG:4547", "EPSG:4490"])
@pytest.mark.parametrize("points_crs", ["gcj02", "bd09", "wgs84"])
def test_a_saved_index_says_what_the_one_it_was_made_of_says(tmp_path, crs, points_crs):
    index = CellIndex(squares(crs=crs), points_crs=points_crs)
    index.save(tmp_path / "cells.idx")
    loaded, (lon, lat) = CellIndex.load(tmp_path / "cells.idx"), places(points_crs)
    assert len(loaded) == len(index)
    assert loaded.content_hash == index.content_hash
    expected, found = (each.locate_overlapping(lon=lon, lat=lat) for each in (index, loaded))
    assert (expected[0] >= 0).sum() > 100
    assert all((one == other).all() for one, other in zip(expected, found, strict=True))
    expected, found = (each.candidates(lon=lon, lat=lat, border_m=7.0) for each in (index, loaded))
    assert all((one == other).all() for one, other in zip(expected, found, strict=True))
    expected, found = (each.nearest(lon=lon, lat=lat, within_m=np.inf) for each in (index, loaded))
    np.testing.assert_array_equal(expected, found)


def test_points_on_corners_are_asked_of_the_saved_polygons(tmp_path):
    index = CellIndex(squares())
    index.save(tmp_path / "cells.idx")
    x, y = np.array([EAST + 90.0, EAST]), np.array([NORTH + 90.0, NORTH])
    assert CellIndex.load(tmp_path / "cells.idx").locate(lon=x, lat=y).tolist() == [0, 0]


def test_few_points_in_doubt_read_few_polygons(tmp_path, monkeypatch):
    index = CellIndex(squares(20))
    index.save(tmp_path / "cells.idx")
    read = []
    some = Packed.some
    monkeypatch.setattr(Packed, "some", lambda packed, rows: read.append(len(rows)) or some(packed, rows))
    monkeypatch.setattr(Packed, "__call__", lambda packed: pytest.fail("all were read"))
    loaded, step = CellIndex.load(tmp_path / "cells.idx"), 90.0
    for k in range(1, 4):
        # On a corner, on an edge, and so near a corner that the raster leaves it to each of its polygons.
        x = EAST + k * step + np.array([0.0, 0.0, 1e-6, -1e-6, 1e-6])
        y = NORTH + step + np.array([0.0, 0.5 * step, 1e-6, 1e-6, -1e-6])
        assert loaded.locate(lon=x, lat=y).tolist() == index.locate(lon=x, lat=y).tolist()
        assert len(set(index.locate(lon=x, lat=y).tolist())) == 4
    assert 0 < sum(read) <= 50


def test_many_points_in_doubt_read_all_polygons_once(tmp_path, monkeypatch):
    index = CellIndex(squares(20))
    index.save(tmp_path / "cells.idx")
    loaded, read = CellIndex.load(tmp_path / "cells.idx"), []
    whole = Packed.__call__
    monkeypatch.setattr(Packed, "__call__", lambda packed: read.append(1) or whole(packed))
    x, y = (axis.ravel() for axis in np.meshgrid(EAST + 90.0 * np.arange(21), NORTH + 90.0 * np.arange(21)))
    for _ in range(3):
        assert (loaded.locate(lon=x, lat=y) == index.locate(lon=x, lat=y)).all()
    assert read == [1]


def test_the_same_index_is_saved_as_the_same_bytes(tmp_path):
    for name in ("a.idx", "b.idx"):
        CellIndex(squares(), points_crs="gcj02").save(tmp_path / name)
    assert (tmp_path / "a.idx").read_bytes() == (tmp_path / "b.idx").read_bytes()


def test_an_index_that_is_there_is_not_replaced_unasked(tmp_path):
    CellIndex(squares()).save(tmp_path / "cells.idx")
    with pytest.raises(OutputExistsError):
        CellIndex(squares()).save(tmp_path / "cells.idx")
    CellIndex(squares()).save(tmp_path / "cells.idx", overwrite=True)


def test_an_index_of_nothing_is_not_saved(tmp_path):
    with pytest.raises(ArgumentError, match="no cells"):
        CellIndex(squares(0)).save(tmp_path / "cells.idx")


@pytest.mark.parametrize("kept", [0, 10, 20, 200, -1])
def test_a_file_that_is_not_whole_is_refused(tmp_path, kept):
    CellIndex(squares()).save(tmp_path / "cells.idx")
    content = (tmp_path / "cells.idx").read_bytes()
    (tmp_path / "part.idx").write_bytes(content[:kept])
    with pytest.raises(FormatError, match="make it again"):
        CellIndex.load(tmp_path / "part.idx")


def test_a_file_that_is_missing_is_said_to_be():
    with pytest.raises(InputMissingError):
        CellIndex.load("nowhere.idx")


def test_a_saved_index_of_the_same_cells_is_used(tmp_path):
    network = tmp_path / "network.gpkg"
    CellIndex(squares(), points_crs="gcj02").save(index_name(network, "gcj02"))
    index = CellIndex(squares(), later=True)
    index.saved_beside(network)
    assert isinstance(index.asked_in("gcj02")._ready, answers.Drawn)
    assert not isinstance(index.asked_in("bd09")._ready, answers.Drawn)


def test_a_saved_index_of_other_cells_is_not_used_and_it_is_said(tmp_path):
    network = tmp_path / "network.gpkg"
    CellIndex(squares(), points_crs="gcj02").save(index_name(network, "gcj02"))
    index = CellIndex(squares(shift=1e-9), later=True)
    index.saved_beside(network)
    with pytest.warns(GridgovWarning, match="other cells"):
        assert not isinstance(index.asked_in("gcj02")._ready, answers.Drawn)


def test_a_saved_index_that_is_not_whole_is_not_used_and_it_is_said(tmp_path):
    network = tmp_path / "network.gpkg"
    path = index_name(network, "gcj02")
    CellIndex(squares(), points_crs="gcj02").save(path)
    path.write_bytes(path.read_bytes()[:200])
    index, (lon, lat) = CellIndex(squares(), later=True), places()
    index.saved_beside(network)
    with pytest.warns(GridgovWarning, match="not whole, and is not used"):
        asked = index.asked_in("gcj02")
    expected = CellIndex(squares(), points_crs="gcj02").locate(lon=lon, lat=lat)
    assert (asked.locate(lon=lon, lat=lat) == expected).all()


def test_a_loaded_index_can_be_pickled(tmp_path):
    CellIndex(squares(), points_crs="gcj02").save(tmp_path / "cells.idx")
    loaded, (lon, lat) = CellIndex.load(tmp_path / "cells.idx"), places()
    again = pickle.loads(pickle.dumps(loaded))
    assert (again.locate(lon=lon, lat=lat) == loaded.locate(lon=lon, lat=lat)).all()

"""Packed rows come back as they were."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from gridgov.conflicts import packed as packing
from gridgov.conflicts.packed import Packed

ROWS = gpd.GeoDataFrame(
    {"kind": ["gap", "overlap", "id_twice", "gap"]},
    geometry=[
        box(0.1, 0.2, 1 / 3, 1e8),
        MultiPolygon([box(0, 0, 1, 1), box(3, 3, 4, 4)]),
        None,
        Polygon(),
    ],
    crs=4547,
)


@pytest.mark.parametrize("part", [1, 3, 100])
def test_packed_rows_come_back_as_they_were(monkeypatch, part):
    monkeypatch.setattr(packing, "PART", part)
    packed = Packed.of(ROWS)
    assert list(packed.rows.columns) == ["kind"]
    assert [type(value) for value in packed.wkb] == [bytes, bytes, type(None), bytes]
    assert np.array_equal(packed.bounds(), shapely.bounds(ROWS.geometry.to_numpy()), equal_nan=True)
    again = packed.unpacked(crs=ROWS.crs)
    assert again.crs == ROWS.crs
    assert again["kind"].equals(ROWS["kind"])
    assert again.geometry.to_wkb().equals(ROWS.geometry.to_wkb())


def test_no_rows_are_no_rows():
    packed = Packed.of(ROWS[:0])
    assert packed.bounds().shape == (0, 4)
    assert len(packed.unpacked(crs=ROWS.crs)) == 0

"""Packed rows come back as they were."""

import geopandas as gpd
import pytest
from shapely import MultiPolygon, Polygon, box

from gridgov.conflicts import packed as packing
from gridgov.conflicts.packed import packed, unpacked

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
    wrapped = packed(ROWS)
    assert [type(value) for value in wrapped["geometry"]] == [bytes, bytes, type(None), bytes]
    again = unpacked(wrapped, crs=ROWS.crs)
    assert again.crs == ROWS.crs
    assert again["kind"].equals(ROWS["kind"])
    assert again.geometry.to_wkb().equals(ROWS.geometry.to_wkb())


def test_no_rows_are_no_rows():
    assert len(unpacked(packed(ROWS[:0]), crs=ROWS.crs)) == 0

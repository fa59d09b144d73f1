"""Polygons are left in the index beside a network only if they are the ones in its file."""

import dataclasses
import sqlite3

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import MultiPolygon, affinity

from gridgov import Locator, write_network
from gridgov.datum import transform_points
from gridgov.errors import GridgovWarning, SchemaError
from gridgov.index import CellIndex, index_name
from gridgov.layers import read_cells, read_network
from gridgov.lookup import Atlas
from gridgov.schema import CONFLICT_COLUMNS, CROSSWALK_COLUMNS, SCHEMA_VERSION

EAST, NORTH = 475_000.0, 3_843_000.0
METRES = "EPSG:4547"


def changed(network, **columns):
    return dataclasses.replace(network, cells=network.cells.assign(**columns))


def save_index(path, crs="gcj02"):
    CellIndex(read_network(path).cells, points_crs=crs).save(index_name(path, crs), overwrite=True)


@pytest.fixture
def network(four_network):
    """Cells with numbers, missing ones among them, and one in two parts."""
    shapes = four_network.cells.geometry.tolist()
    shapes[3] = MultiPolygon([shapes[3], affinity.translate(shapes[3], 300, 0)])
    nothing = {name: pd.Series(dtype=object) for name in CONFLICT_COLUMNS}
    writable = dataclasses.replace(
        four_network,
        crosswalk=pd.DataFrame({name: pd.Series(dtype=object) for name in CROSSWALK_COLUMNS}),
        conflicts=four_network.cells.iloc[:0][["geometry"]].assign(**nothing),
        summary={"rungs": []},
        provenance={**four_network.provenance, "gridgov": "0", "schema_version": SCHEMA_VERSION},
    )
    return changed(
        writable,
        geometry=gpd.GeoSeries(shapes, crs=METRES),
        households=[12, 7, 0, 3],
        people=[30.5, None, 1.0, 2.0],
    )


@pytest.fixture
def path(network, tmp_path):
    path = tmp_path / "network.gpkg"
    write_network(network, path)
    save_index(path)
    return path


def test_polygons_stay_in_an_index_of_the_same_cells(path):
    read = read_cells(path)
    assert read.saved is not None
    assert "geometry" not in read.cells.columns
    assert read.saved.content_hash == CellIndex(read_network(path).cells).content_hash
    assert read.saved.bounds == tuple(read_network(path).cells.total_bounds)


def test_columns_are_those_of_the_whole_network(path):
    short, whole = Atlas.of(read_cells(path)), Atlas.of(read_network(path))
    assert (short.bounds, short.crs, short.version) == (whole.bounds, whole.crs, whole.version)
    assert list(short.columns) == list(whole.columns)
    assert list(short.further) == list(whole.further)
    for name, values in {**whole.columns, **whole.further}.items():
        found = {**short.columns, **short.further}[name]
        assert found.tolist() == values.tolist()
        assert [type(one) for one in found] == [type(one) for one in values]


@pytest.mark.parametrize("crs", ["gcj02", "bd09", "cgcs2000"])
def test_answers_are_those_of_a_network_without_an_index(path, network, tmp_path, crs):
    alone = tmp_path / "alone.gpkg"
    write_network(network, alone)
    random = np.random.default_rng(1)
    places = np.add(random.uniform(-20, 420, (300, 2)), [EAST, NORTH])
    lon, lat = transform_points(*places.T, source=METRES, target=crs)
    beside, without = Locator.open(path, points_crs=crs), Locator.open(alone, points_crs=crs)
    expected = without.many(lon=lon, lat=lat)
    pd.testing.assert_frame_equal(beside.many(lon=lon, lat=lat), expected)
    assert {"inside", "outside"} <= set(expected["cell_status"])


@pytest.mark.parametrize("step", [1e-9, 30.0])
def test_an_index_of_other_polygons_is_not_used_and_it_is_said(path, network, step):
    write_network(changed(network, geometry=network.cells.translate(step, 0)), path, overwrite=True)
    assert read_cells(path).saved is None
    locator = Locator.open(path, points_crs="gcj02")
    with pytest.warns(GridgovWarning, match="other cells"):
        locator.one(lon=113.73, lat=34.72)


def rewritten(path, *statements):
    """A network changed by another program, which knows nothing of triggers."""
    with sqlite3.connect(path) as store:
        for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            store.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            store.execute(*statement)


def test_one_changed_bit_of_one_corner_is_seen(path):
    with sqlite3.connect(path) as store:
        (shape,) = store.execute("SELECT geom FROM cells WHERE cell_id = 'b'").fetchone()
    shape = bytearray(shape)
    shape[-4 * 16] ^= 1  # the second of five corners
    rewritten(path, ("UPDATE cells SET geom = ? WHERE cell_id = 'b'", (bytes(shape),)))
    assert read_cells(path).saved is None


def test_polygons_of_exchanged_cells_are_not_those_of_the_index(path):
    exchange = "UPDATE cells SET cell_id = CASE cell_id WHEN 'b' THEN 'c' WHEN 'c' THEN 'b' ELSE cell_id END"
    rewritten(path, (exchange,))
    assert read_cells(path).saved is None


def test_columns_of_other_types_are_read_as_tables_read_them(path, network):
    write_network(changed(network, seen=pd.Timestamp("2026-03-05")), path, overwrite=True)
    read = read_cells(path)
    assert read.saved is None
    assert read.cells["seen"].tolist() == [pd.Timestamp("2026-03-05")] * 4


def test_cells_without_a_column_they_need_are_refused_with_an_index_too(path):
    with sqlite3.connect(path) as store:
        store.execute("ALTER TABLE cells DROP COLUMN urban_owner")
    with pytest.raises(SchemaError, match="urban_owner"):
        read_cells(path)


def test_an_index_of_another_network_beside_is_left_alone(path, tmp_path):
    index_name(path, "gcj02").rename(index_name(tmp_path / "network.old.gpkg", "gcj02"))
    assert read_cells(tmp_path / "network.gpkg").saved is not None
    (tmp_path / "network.old.gcj02.idx").write_bytes(b"no index")
    assert read_cells(path).saved is None

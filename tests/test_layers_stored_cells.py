"""Cells are read without a table where nothing about them is unusual, and are those of the table.

Their polygons are left in the index beside a network only if they are the ones in its file.
"""

import dataclasses
import shutil
import sqlite3
import subprocess
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from pyproj import CRS
from shapely import Point, Polygon

from gridgov import Locator, write_network
from gridgov.datum import transform_points
from gridgov.errors import GridgovWarning, SchemaError
from gridgov.index import CellIndex, index_name
from gridgov.layers import read_cells, read_network
from gridgov.layers.parquet_cells import parquet_cells
from gridgov.layers.plain_cells import plain_polygons
from gridgov.layers.stored_cells import stored_cells
from gridgov.lookup import Atlas
from gridgov.network import NetworkCells, StoredCells

EAST, NORTH = 475_000.0, 3_843_000.0
METRES = "EPSG:4547"


def changed(network, **columns):
    return dataclasses.replace(network, cells=network.cells.assign(**columns))


def save_index(path, crs="gcj02"):
    CellIndex(read_network(path).cells, points_crs=crs).save(index_name(path, crs), overwrite=True)


@pytest.fixture
def network(stored_network):
    return stored_network


@pytest.fixture(scope="module")
def saved(stored_network, tmp_path_factory):
    """A folder with the network and an index beside it; not to be changed."""
    folder = tmp_path_factory.mktemp("saved")
    write_network(stored_network, folder / "network.gpkg")
    save_index(folder / "network.gpkg")
    return folder


@pytest.fixture
def path(saved, tmp_path):
    """A network with an index beside it, which the test may change."""
    shutil.copytree(saved, tmp_path, dirs_exist_ok=True)
    return tmp_path / "network.gpkg"


def left_in_index(path):
    """Whether the polygons of a network are left in the index beside it."""
    read = read_cells(path)
    return isinstance(read, StoredCells) and read.polygons.rank is not None


def test_polygons_stay_in_an_index_of_the_same_cells(path):
    polygons = read_cells(path).polygons
    assert left_in_index(path)
    assert polygons.content_hash == CellIndex(read_network(path).cells).content_hash
    assert polygons.bounds == tuple(read_network(path).cells.total_bounds)


@pytest.fixture(params=["beside an index", "alone", "parquet"])
def both(request, path, network):
    """Cells read without a table, and with one."""
    if request.param == "alone":
        index_name(path, "gcj02").unlink()
    if request.param != "parquet":
        return read_cells(path), read_network(path)
    cells = path.with_name("cells.parquet")
    network.cells.to_parquet(cells, write_covering_bbox=True)
    return parquet_cells(cells), gpd.read_parquet(cells)


def test_polygons_are_those_of_the_table(both):
    stored, table = both
    assert isinstance(stored, StoredCells)
    shapes = Atlas.of(table).index
    assert stored.polygons.polygons().tolist() == getattr(table, "cells", table).geometry.tolist()
    assert stored.polygons.content_hash == shapes.content_hash == Atlas.of(stored).index.content_hash


def test_columns_are_those_of_the_table(both):
    short, whole = map(Atlas.of, both)
    assert len(both[0]) == len(short) == len(whole)
    assert short.ids.tolist() == whole.ids.tolist()
    assert short.grid_ids.tolist() == whole.grid_ids.tolist()
    assert short.actors.tolist() == whole.actors.tolist()
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
    assert not left_in_index(path)
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
    assert not left_in_index(path)


def test_polygons_of_exchanged_cells_are_not_those_of_the_index(path):
    with sqlite3.connect(path) as store:
        shapes = dict(store.execute("SELECT cell_id, geom FROM cells").fetchall())
    change = "UPDATE cells SET geom = ? WHERE cell_id = ?"
    rewritten(path, (change, (shapes["c"], "b")), (change, (shapes["b"], "c")))
    assert not left_in_index(path)


def test_cells_out_of_order_are_refused_with_an_index_too(path):
    exchange = "UPDATE cells SET cell_id = CASE cell_id WHEN 'b' THEN 'c' WHEN 'c' THEN 'b' ELSE cell_id END"
    rewritten(path, (exchange,))
    with pytest.raises(SchemaError, match="not sorted by cell_id"):
        read_cells(path)


def test_columns_of_other_types_are_read_as_tables_read_them(path, network):
    write_network(changed(network, seen=pd.Timestamp("2026-03-05")), path, overwrite=True)
    read = read_cells(path)
    assert isinstance(read, NetworkCells)
    assert read.cells["seen"].tolist() == [pd.Timestamp("2026-03-05")] * 4


def test_cells_without_a_column_they_need_are_refused_with_an_index_too(path):
    with sqlite3.connect(path) as store:
        store.execute("ALTER TABLE cells DROP COLUMN urban_owner")
    with pytest.raises(SchemaError, match="urban_owner"):
        read_cells(path)


def test_an_index_of_another_network_beside_is_left_alone(path, tmp_path):
    index_name(path, "gcj02").rename(index_name(tmp_path / "network.old.gpkg", "gcj02"))
    assert left_in_index(tmp_path / "network.gpkg")
    (tmp_path / "network.old.gcj02.idx").write_bytes(b"no index")
    assert not left_in_index(path)


def stored_anew(network, path, **columns):
    """Cells of Parquet read without a table, of a network with some columns changed."""
    network.cells.assign(**columns).to_parquet(path)
    return parquet_cells(path)


@pytest.mark.parametrize(
    "columns",
    [
        {"seen": pd.Timestamp("2026-03-05")},
        {"households": pd.array([1, None, 2, 3], dtype="Int64")},
        {"open": [True, False, None, True]},
    ],
    ids=lambda columns: next(iter(columns)),
)
def test_types_that_need_a_closer_look_are_left_to_the_table(network, tmp_path, columns):
    assert stored_anew(network, tmp_path / "cells.parquet", **columns) is None


def test_cells_that_are_none_are_left_to_those_who_say_why(network, tmp_path):
    path = tmp_path / "cells.parquet"
    assert stored_anew(network, path, cell_id=["a", "a", "c", "d"]) is None
    assert stored_anew(network, path, cell_id=["a", "", "c", "d"]) is None
    assert stored_anew(network, path, cell_id=["b", "a", "c", "d"]) is None
    assert stored_anew(network, path, cell_id=[1, 2, 3, 4]) is None
    network.cells.drop(columns="special").to_parquet(path)
    assert parquet_cells(path) is None
    names = [name for name in network.cells.columns if name.endswith("_name")]
    network.cells.drop(columns=names).to_parquet(path)
    assert parquet_cells(path) is None
    network.cells.iloc[:0].to_parquet(path)
    assert parquet_cells(path) is None
    network.cells.set_index("cell_id", drop=False).rename_axis("id").to_parquet(path)
    assert parquet_cells(path) is None


@pytest.mark.parametrize("suffix", ["gpkg", "parquet"])
@pytest.mark.parametrize(
    "shape",
    [
        Polygon([(0, 0), (10, 10), (10, 0), (0, 10)]),
        Point(0, 0),
        Polygon([(0, 0, 1), (9, 0, 1), (9, 9, 1)]),
        None,
    ],
    ids=["invalid", "point", "heights", "nothing"],
)
def test_shapes_that_are_no_plain_polygons_are_left_to_the_table(network, tmp_path, shape, suffix):
    path = tmp_path / f"cells.{suffix}"
    cells = network.cells.assign(geometry=[*network.cells.geometry[:3], shape])
    if suffix == "parquet":
        cells.to_parquet(path)
        assert parquet_cells(path) is None
        return
    write_network(network, path)
    pyogrio.write_dataframe(cells, path, layer="cells", driver="GPKG", geometry_type="Unknown")
    columns = [name for name in cells.columns if name != "geometry"]
    assert stored_cells(path, needed=columns, version="v") is None


def test_bytes_behind_a_polygon_are_left_to_the_table():
    shape = shapely.to_wkb(shapely.box(0, 0, 1, 1), byte_order=1)
    assert plain_polygons([shape], CRS.from_epsg(4547)) is not None
    assert plain_polygons([shape + b"\0" * 16], CRS.from_epsg(4547)) is None
    assert plain_polygons([shape[:-8]], CRS.from_epsg(4547)) is None
    assert (
        plain_polygons([shapely.to_wkb(shapely.box(0, 0, 1, 1), byte_order=0)], CRS.from_epsg(4547)) is None
    )


def test_cells_in_parquet_are_read_without_pandas(network, tmp_path):
    network.cells.assign(people=3, share=[0.5, *[None] * (len(network.cells) - 1)]).to_parquet(
        tmp_path / "cells.parquet"
    )
    program = """
import sys
from pathlib import Path
from gridgov.layers.parquet_cells import parquet_cells
cells = parquet_cells(Path(sys.argv[1]))
print(cells.columns["people"][0], *cells.columns["share"][:2], "pandas" in sys.modules)
"""
    command = [sys.executable, "-c", program, tmp_path / "cells.parquet"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["3", "0.5", "nan", "False"]

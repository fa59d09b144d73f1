"""Cells that an index keeps are those of the network beside it, and used only while its file is the same."""

import dataclasses
import sqlite3
from contextlib import closing

import numpy as np
import pandas as pd
import pytest

from gridgov import write_network
from gridgov.index import CellIndex, index_name
from gridgov.layers import cells_to_keep, kept_cells, read_cells, read_network, stored_cells
from gridgov.network import NetworkCells, StoredCells


@pytest.fixture
def path(stored_network, tmp_path):
    path = tmp_path / "network.gpkg"
    write_network(stored_network, path)
    save_index(path)
    return path


def save_index(path, of=None):
    kept = cells_to_keep(read_cells(of or path))
    cells = read_network(path).cells
    CellIndex(cells, points_crs="gcj02").save(index_name(path, "gcj02"), overwrite=True, kept=kept)


def read_without_index(path):
    index = index_name(path, "gcj02")
    aside = index.rename(index.with_suffix(".aside"))
    try:
        return read_cells(path)
    finally:
        aside.rename(index)


def with_cells(network, **columns):
    return dataclasses.replace(network, cells=network.cells.assign(**columns))


def change(path, statement, *values):
    with closing(sqlite3.connect(path)) as store, store:
        drop_triggers(store)
        store.execute(statement, values)


def drop_triggers(store):
    """They call functions that only GDAL has."""
    for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        store.execute(f'DROP TRIGGER "{name}"')


def test_they_are_those_of_the_file(path):
    kept, read = kept_cells.kept_cells(path), read_without_index(path)
    assert isinstance(read, StoredCells)
    assert list(kept.columns) == list(read.columns)
    for name, values in read.columns.items():
        assert kept.columns[name].dtype == values.dtype
        np.testing.assert_array_equal(kept.columns[name], values)
    assert kept.polygons.polygons().tolist() == read.polygons.polygons().tolist()
    for name in ("content_hash", "crs", "bounds"):
        assert getattr(kept.polygons, name) == getattr(read.polygons, name)
    assert (kept.version, kept.file) == (read.version, read.file)


def test_the_cells_in_the_file_are_not_read(path, monkeypatch):
    monkeypatch.setattr(stored_cells, "_stored", lambda _: pytest.fail("the cells were read"))
    assert len(read_cells(path)) == 4


def test_they_are_not_those_of_a_file_that_was_changed(path):
    cell = read_cells(path).columns["cell_id"][1]
    change(path, "UPDATE cells SET police_owner = 'other' WHERE cell_id = ?", cell)
    assert kept_cells.kept_cells(path) is None
    assert read_cells(path).columns["police_owner"][1] == "other"


def test_one_byte_is_enough(path):
    content = bytearray(path.read_bytes())
    content[content.rindex(b"P2")] = ord("Q")
    path.write_bytes(content)
    assert kept_cells.kept_cells(path) is None


def test_they_are_not_used_while_a_program_changes_the_file(path):
    with closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA journal_mode=WAL")
    save_index(path)
    assert kept_cells.kept_cells(path) is not None
    with closing(sqlite3.connect(path)) as store:
        drop_triggers(store)
        store.execute("UPDATE cells SET police_owner = 'other'")
        store.commit()
        assert kept_cells.kept_cells(path) is None
        assert set(read_cells(path).columns["police_owner"]) == {"other"}


def test_an_index_of_other_polygons_keeps_nothing(path, stored_network, tmp_path):
    other = tmp_path / "other.gpkg"
    write_network(with_cells(stored_network, geometry=stored_network.cells.translate(1, 0)), other)
    save_index(path, of=other)
    assert kept_cells.kept_cells(path) is None


def test_unusual_cells_are_not_kept(stored_network, tmp_path):
    path = tmp_path / "dated.gpkg"
    write_network(with_cells(stored_network, day=pd.Timestamp("2026-03-05")), path)
    cells = read_cells(path)
    assert isinstance(cells, NetworkCells)
    assert cells_to_keep(cells) is None


def test_an_index_without_them_serves_as_before(path):
    cells = read_network(path).cells
    CellIndex(cells, points_crs="gcj02").save(index_name(path, "gcj02"), overwrite=True)
    assert kept_cells.kept_cells(path) is None
    assert read_cells(path).polygons.rank is not None

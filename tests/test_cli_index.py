"""`gridgov index`: what it writes, and that the other commands use it."""

import dataclasses
import shutil

import pytest

from gridgov.index import answers
from gridgov.layers import read_network, write_network
from gridgov.lookup import Atlas


@pytest.fixture
def network(city, tmp_path):
    shutil.copy(city / "network.gpkg", tmp_path / "network.gpkg")
    return tmp_path / "network.gpkg"


def test_the_index_is_written_beside_the_network(gridgov, network):
    ended = gridgov("index", network, "--crs", "gcj02")
    assert (ended.code, ended.out) == (0, "")
    assert "network.gcj02.idx" in ended.err
    assert (network.parent / "network.gcj02.idx").is_file()


def test_assignments_use_the_index_beside_the_network(gridgov, network):
    gridgov("index", network, "--crs", "gcj02")
    index = Atlas.of(read_network(network)).index
    assert isinstance(index.asked_in("gcj02")._ready, answers.Drawn)
    assert not isinstance(index.asked_in("bd09")._ready, answers.Drawn)


def test_locate_says_the_same_with_and_without_an_index(gridgov, network):
    question = ("locate", "113.7273", "34.7101", "--cells", network, "--crs", "cgcs2000", "--json")
    before = gridgov(*question)
    gridgov("index", network, "--crs", "cgcs2000")
    assert before == gridgov(*question)
    assert before.code == 0


@pytest.mark.filterwarnings("default")
def test_a_network_that_changed_is_answered_without_its_old_index(gridgov, network):
    gridgov("index", network, "--crs", "gcj02")
    merged = read_network(network)
    moved = merged.cells.assign(geometry=merged.cells.translate(1, 0))
    write_network(dataclasses.replace(merged, cells=moved), network, overwrite=True)
    ended = gridgov("locate", "113.7273", "34.7101", "--cells", network, "--crs", "gcj02")
    assert ended.code == 0
    assert "make it again (gridgov index)" in ended.err


def test_an_index_is_not_replaced_unasked(gridgov, network):
    gridgov("index", network, "--crs", "gcj02")
    assert gridgov("index", network, "--crs", "gcj02").code == 5
    assert gridgov("index", network, "--crs", "gcj02", "--overwrite").code == 0


def test_in_china_the_datum_must_be_said(gridgov, network):
    ended = gridgov("index", network)
    assert ended.code == 3
    assert "--crs gcj02" in ended.err

import os
import subprocess
import sys

import openpyxl
import pytest

from gridgov import read_grids, read_network


@pytest.fixture
def network(city):
    return city / "network.gpkg"


@pytest.fixture
def here(city, monkeypatch):
    """The city's folder, in which the program runs."""
    monkeypatch.chdir(city)
    return city


@pytest.mark.parametrize("ending", [".gpkg", ".gdb", ".geojson", ".parquet", ".shp", ".shp.zip"])
def test_a_department_gets_its_grids_in_the_format_it_names(gridgov, network, tmp_path, ending):
    ended = gridgov("export", network, "--department", "urban", "-o", tmp_path / f"城管{ending}")
    assert (ended.code, ended.out) == (0, "")
    assert "urban: 2 grids on the common borders, 16.0 ha" in ended.err
    assert f"城管{ending} (from network version {read_network(network).version})" in ended.err
    back = read_grids(tmp_path / f"城管{ending}")
    assert back["grid_id"].tolist() == ["U1", "U2"]
    assert back["owner"].tolist() == ["一队", "二队"]


def test_what_a_shapefile_cannot_hold_is_said(gridgov, network, tmp_path):
    ended = gridgov("export", network, "--department", "police", "-o", tmp_path / "p.shp")
    assert "a Shapefile has short names: field_4 = 电话" in ended.err
    assert "p_fields.txt lists all" in ended.err


def test_households_that_moved_with_a_carried_column(gridgov, network, tmp_path):
    words = ("export", network, "--department", "police", "--weight-column", "电话")
    ended = gridgov(*words, "-o", tmp_path / "p.gpkg")
    assert ended.code == 0
    assert "电话: moved in" in ended.err
    assert "电话_now" in read_grids(tmp_path / "p.gpkg")


@pytest.mark.parametrize("layer", ["cells", "grids", "district"])
def test_a_layer_of_the_network_as_it_is(gridgov, network, tmp_path, layer):
    ended = gridgov("export", network, "--layer", layer, "-o", tmp_path / "x.parquet")
    assert ended.code == 0
    assert f"{layer}: {4 if layer != 'district' else 2} rows" in ended.err


def test_tables_in_one_workbook(gridgov, network, tmp_path):
    ended = gridgov("export", network, "--tables", "-o", tmp_path / "清单.xlsx")
    assert (ended.code, ended.out) == (0, "")
    assert "crosswalk: " in ended.err
    assert "对照表 crosswalk" in openpyxl.load_workbook(tmp_path / "清单.xlsx").sheetnames


def test_tables_in_a_folder(gridgov, network, tmp_path):
    assert gridgov("export", network, "--tables", "-o", tmp_path / "清单").code == 0
    assert (tmp_path / "清单" / "crosswalk.csv").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "one of them: --department NAME, --layer NAME, --tables or --conflicts FILE"),
        (("--tables", "--layer", "cells"), 2, "one of them"),
        (("--layer", "cells", "--weight-column", "户数"), 2, "--weight-column goes with --department"),
        (("--department", "fire", "-o", "x.gpkg"), 2, "its departments are police, urban"),
        (("--layer", "roads", "-o", "x.gpkg"), 2, "its layers are cells, grids, conflicts, district"),
        (("--department", "police"), 2, "-o grids.gpkg"),
        (("--tables",), 2, "-o tables.xlsx"),
        (("--department", "police", "-o", "x.dwg"), 3, "grids are written as .gpkg, .gdb"),
        (("--tables", "-o", "x.csv"), 3, "to a folder or to one .xlsx"),
        (("--department", "police", "--weight-column", "户数", "-o", "x.gpkg"), 3, "--carry police=户数"),
        (("--department", "police", "-o", "network.gpkg", "--overwrite"), 2, "also an input"),
        (("--department", "police", "-o", "cells.parquet"), 5, "--overwrite"),
    ],
)
def test_what_cannot_be_exported_is_said_and_nothing_is_written(gridgov, here, words, code, said):
    before = sorted(here.iterdir())
    ended = gridgov("export", "network.gpkg", *words)
    assert ended.code == code
    assert said in ended.err
    assert ended.out == ""
    assert sorted(here.iterdir()) == before


def test_a_file_that_is_no_network_is_refused(gridgov, city, tmp_path):
    ended = gridgov("export", city / "城管.gpkg", "--tables", "-o", tmp_path / "t")
    assert ended.code == 3
    assert "not a network that gridgov merged" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_chinese_windows_console_gets_every_word(city, tmp_path):
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "gridgov",
            "export",
            "network.gpkg",
            "--department",
            "police",
            "-o",
            tmp_path / "警务.shp",
        ],
        cwd=city,
        env={**os.environ, "PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0
    words = ended.stderr.decode("cp936")
    assert "警务.shp" in words
    assert "?" not in words

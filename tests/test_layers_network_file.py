"""A network on disk: complete, readable by other programs, and the same again when it is read."""

import dataclasses
import json
import sqlite3

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from geopandas.testing import assert_geodataframe_equal
from shapely import MultiPolygon, box

from gridgov import (
    ArgumentError,
    FormatError,
    InputMissingError,
    OutputExistsError,
    SchemaError,
    make_grids,
    merge_grids,
    read_network,
    write_network,
)
from gridgov.layers import is_network
from gridgov.schema import SUCCESSION_COLUMNS
from gridgov.schema_faults import check_names

EAST, NORTH = 475_000.0, 3_843_000.0


def layer(name, rows, crs=4547):
    """Layer of boxes: {id: (x0, y0, x1, y1)} in metres from the corner, or several boxes for one grid."""
    shapes = [
        MultiPolygon([square(*one) for one in boxes]) if isinstance(boxes[0], tuple) else square(*boxes)
        for boxes in rows.values()
    ]
    owners = [None, *(f"{name} {each}" for each in list(rows)[1:])]
    table = {
        "grid_id": list(rows),
        "name": [f"名 {each}" for each in rows],
        "owner": owners,
        "人口": range(len(rows)),
    }
    return make_grids(gpd.GeoDataFrame(table, geometry=shapes, crs=crs), department=name)


def square(x0, y0, x1, y1):
    return box(EAST + x0, NORTH + y0, EAST + x1, NORTH + y1)


@pytest.fixture(scope="module")
def network():
    """Two districts, one in two parts; police with a hole that none covers; urban 60 m off the border."""
    districts = {"410104": (0, 0, 200, 400), "410105": [(200, 0, 400, 400), (600, 0, 800, 400)]}
    police = {"P1": (0, 0, 200, 400), "00017": (200, 0, 400, 300), "P3": (600, 0, 800, 400)}
    urban = {"U1": (0, 0, 260, 400), "U2": (260, 0, 800, 400)}
    layers = {"police": layer("police", police), "urban": layer("urban", urban)}
    within = {"district": layer("district", districts)}
    return merge_grids(layers, within=within, carry={"police": ["人口"]})


@pytest.fixture(scope="module")
def path(network, tmp_path_factory):
    path = tmp_path_factory.mktemp("网格 数据") / "一张 网.gpkg"
    assert write_network(network, path) == []
    return path


@pytest.mark.parametrize("name", ["cells", "grids", "conflicts"])
def test_layers_read_again_are_the_same(network, path, name):
    before, after = getattr(network, name), getattr(read_network(path), name)
    assert list(after.columns) == list(before.columns)
    assert_geodataframe_equal(after, before)


def test_rungs_read_again_are_the_same(network, path):
    after = read_network(path).rungs
    assert list(after) == ["district"]
    assert_geodataframe_equal(after["district"], network.rungs["district"])


def test_the_crosswalk_read_again_is_the_same(network, path):
    pd.testing.assert_frame_equal(read_network(path).crosswalk, network.crosswalk)


def test_provenance_and_summary_read_again_are_the_same(network, path):
    again = read_network(path)
    assert dict(again.provenance) == json.loads(json.dumps(dict(network.provenance)))
    assert dict(again.summary) == json.loads(json.dumps(dict(network.summary)))
    assert (again.version, again.departments) == (network.version, ("police", "urban"))


def test_what_is_not_known_is_none_and_ids_are_text(path):
    cells = read_network(path).cells
    assert "00017" in set(cells["police"])
    assert cells["police"].map(lambda value: value is None or isinstance(value, str)).all()
    assert None in set(cells["police"])


def test_carried_numbers_are_numbers_again(path):
    cells = read_network(path).cells
    assert cells["police_人口"].dtype == float
    assert cells.groupby("police")["police_人口"].first().to_dict() == {"00017": 1, "P1": 0, "P3": 2}


def test_a_network_written_again_has_the_same_version_and_cells(path, tmp_path):
    write_network(read_network(path), tmp_path / "again.gpkg")
    first, second = read_network(path), read_network(tmp_path / "again.gpkg")
    assert first.version == second.version
    assert_geodataframe_equal(first.cells, second.cells)
    assert_geodataframe_equal(first.drawn, second.drawn)


def test_a_network_without_the_grids_as_drawn_is_read(path, tmp_path):
    write_network(dataclasses.replace(read_network(path), drawn=None), tmp_path / "older.gpkg")
    assert read_network(tmp_path / "older.gpkg").drawn is None


def test_a_network_from_before_texts_had_messages_is_read(path, tmp_path):
    older = read_network(path)
    conflicts = older.conflicts.drop(columns="messages")
    write_network(dataclasses.replace(older, conflicts=conflicts), tmp_path / "older.gpkg")
    again = read_network(tmp_path / "older.gpkg").conflicts
    assert list(again.columns) == list(older.conflicts.columns)
    assert again["messages"].isna().all()


def test_other_programs_see_every_layer_and_table(path):
    kinds = dict(pyogrio.list_layers(path))
    assert kinds["drawn"] == "MultiPolygon"
    assert {name: kinds[name] for name in ("cells", "grids", "district")} == dict.fromkeys(
        ("cells", "grids", "district"), "MultiPolygon"
    )
    assert "conflicts" in kinds
    tables = {name for name, kind in kinds.items() if kind is None}
    assert {"crosswalk", "ledger", "provenance", "layer_styles"} <= tables


@pytest.mark.parametrize("name", ["cells", "grids", "conflicts", "drawn", "crosswalk", "ledger"])
def test_no_rung_or_department_is_called_like_a_layer_of_the_file(name):
    with pytest.raises(ArgumentError, match=name):
        check_names(["police"], [name])
    with pytest.raises(ArgumentError, match=name):
        check_names([name])


def test_every_layer_opens_with_a_style_in_qgis(path):
    styles = pyogrio.read_dataframe(path, layer="layer_styles", read_geometry=False)
    assert set(styles["f_table_name"]) == {"cells", "grids", "conflicts", "drawn", "district"}
    assert styles["useAsDefault"].all()
    assert (styles["f_geometry_column"] == "geom").all()
    assert styles["styleQML"].str.startswith("<!DOCTYPE qgis").all()


def test_geometry_is_stored_as_geom(path):
    with sqlite3.connect(path) as store:
        columns = dict(store.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall())
    assert set(columns.values()) == {"geom"}


def test_the_provenance_says_options_and_inputs(path):
    rows = pyogrio.read_dataframe(path, layer="provenance", read_geometry=False)
    said = json.loads(rows.set_index("name").loc["provenance", "json"])
    assert (said["schema_version"], said["min_area_m2"]) == (1, 300.0)
    assert said["tolerance_m"] == dict.fromkeys(said["departments"], 25.0)
    assert said["carry"] == {"police": ["人口"]}
    assert {name: one["rows"] for name, one in said["inputs"].items()} == {
        "district": 2,
        "police": 3,
        "urban": 2,
    }
    assert all(len(one["sha256"]) == 64 for one in said["inputs"].values())


def test_the_ledger_begins_with_the_merge(path, network):
    ledger = pyogrio.read_dataframe(path, layer="ledger", read_geometry=False)
    assert ledger["network_version"].tolist() == [network.version]
    assert ledger["event"].tolist() == ["merge"]


def test_the_same_network_gives_the_same_bytes_at_a_stated_time(network, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("a.gpkg", "b.gpkg", "a.parquet", "b.parquet"):
        write_network(network, tmp_path / name)
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    assert read_ledger(tmp_path / "a.gpkg")["made_on"].tolist() == ["2023-11-14T22:13:20Z"]


def read_ledger(path):
    return pyogrio.read_dataframe(path, layer="ledger", read_geometry=False)


def test_the_setting_of_gdal_is_put_back(network, tmp_path):
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    write_network(network, tmp_path / "n.gpkg")
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == before


def test_parquet_holds_the_cells_and_says_so(network, tmp_path):
    said = write_network(network, tmp_path / "n.parquet")
    assert said == ["n.parquet holds the cells only; a .gpkg also holds grids, crosswalk and conflicts."]
    cells = gpd.read_parquet(tmp_path / "n.parquet")
    assert list(cells.columns) == list(network.cells.columns)
    following = dataclasses.replace(network, succession=pd.DataFrame(columns=SUCCESSION_COLUMNS))
    assert (
        "lacks the old -> new list and the retired ids"
        in write_network(following, tmp_path / "next.parquet")[1]
    )
    assert cells["cell_id"].tolist() == network.cells["cell_id"].tolist()
    assert cells.geometry.geom_equals_exact(network.cells.geometry, tolerance=0).all()


def test_parquet_is_geoparquet_1_1_with_boxes(network, tmp_path):
    write_network(network, tmp_path / "n.parquet")
    geo = json.loads(pq.read_schema(tmp_path / "n.parquet").metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert "bbox" in geo["columns"]["geometry"]["covering"]
    assert pq.ParquetFile(tmp_path / "n.parquet").metadata.row_group(0).column(0).compression == "ZSTD"


@pytest.mark.parametrize("name", ["n.shp", "n", "n.gpkg.zip"])
def test_another_ending_is_refused(network, tmp_path, name):
    with pytest.raises(FormatError, match=r"\.gpkg \(all of it\) or \.parquet \(cells\)"):
        write_network(network, tmp_path / name)


def test_a_network_that_is_there_is_replaced_only_when_asked(network, tmp_path):
    path = tmp_path / "n.gpkg"
    path.write_text("mine")
    with pytest.raises(OutputExistsError):
        write_network(network, path)
    write_network(network, path, overwrite=True)
    assert is_network(path)
    assert [one.name for one in tmp_path.iterdir()] == ["n.gpkg"]


def test_only_a_network_is_one(path, tmp_path):
    assert is_network(path)
    layer("police", {"P1": (0, 0, 9, 9)}).to_file(tmp_path / "cells.gpkg")
    (tmp_path / "text.gpkg").write_text("text")
    for name in ("cells.gpkg", "text.gpkg", "none.gpkg"):
        assert not is_network(tmp_path / name)
    assert not is_network(path.with_suffix(".parquet"))


def test_reading_what_is_no_network_says_why(tmp_path):
    with pytest.raises(InputMissingError, match="is not there"):
        read_network(tmp_path / "none.gpkg")
    layer("police", {"P1": (0, 0, 9, 9)}).to_file(tmp_path / "p.gpkg")
    with pytest.raises(FormatError, match="not a network that gridgov merged"):
        read_network(tmp_path / "p.gpkg")


def test_a_network_that_lacks_a_department_is_refused(network, tmp_path):
    write_network(network, tmp_path / "n.gpkg")
    with sqlite3.connect(tmp_path / "n.gpkg") as store:
        store.execute("ALTER TABLE cells RENAME COLUMN urban TO urbane")
    with pytest.raises(SchemaError, match=r"n\.gpkg: cells: column 'urban' is missing.*merge again"):
        read_network(tmp_path / "n.gpkg")


def test_columns_that_people_added_are_read_too(network, tmp_path):
    write_network(network, tmp_path / "n.gpkg")
    with sqlite3.connect(tmp_path / "n.gpkg") as store:
        store.execute("ALTER TABLE cells ADD COLUMN remark TEXT")
    assert "remark" in read_network(tmp_path / "n.gpkg").cells.columns


def test_reading_leaves_the_file_as_it_was(path):
    before = path.read_bytes()
    read_network(path)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]

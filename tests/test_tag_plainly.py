"""Rows in the middle of a cell are told apart without a change in what is written and counted."""

import dataclasses
import random

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from gridgov.coordinates import all_usable, parse_coordinates
from gridgov.datum import transform_points
from gridgov.index import answers, asking
from gridgov.tables import line_blocks, plain_columns, plain_numbers, text_lines
from gridgov.tag import TagOptions, tag_file
from gridgov.tag.plainly import Plainly

pytest.importorskip("numba")

WIDE_M = 10


@pytest.fixture(autouse=True)
def loops(monkeypatch):
    """Few rows as if they were many."""
    for module in (asking, answers):
        monkeypatch.setattr(module, "worth_compiling", lambda _: True)
    for module in (line_blocks, text_lines, plain_columns):
        monkeypatch.setattr(module, "loaded", lambda: True)


def incidents(cells, crs, rows=400):
    """Points in cells, on and near their borders, elsewhere, and what is no point."""
    noise = random.Random(5)  # noqa: S311
    west, south, east, north = cells.to_crs(4490).total_bounds
    middle = (west + east) / 2
    lon, lat = [], []
    for _ in range(rows):
        y = noise.uniform(south, north)
        place = noise.choice(
            [
                *[(noise.uniform(west, east), y)] * 6,
                (middle + noise.uniform(-1, 1) * 4e-6, y),
                (middle, y),
                (y, middle),
                (west - 0.5, y),
                (0.0, 0.0),
                (float("nan"), y),
            ]
        )
        lon.append(round(place[0], noise.choice([2, 7])))
        lat.append(round(place[1], 7))
    x, y = (column.round(9) for column in transform_points(lon, lat, source="cgcs2000", target=crs))
    return pl.DataFrame({"code": [f"{n:05}" for n in range(rows)], "lon": x, "lat": y})


def texts(table):
    odd = {3: '"113.7"', 5: "113°43'48\"E", 7: "", 9: " 113.7 ", 11: "１１３.７"}
    lon = [odd.get(n, None if text == "NaN" else text) for n, text in enumerate(table["lon"].cast(pl.String))]
    return table.with_columns(pl.Series("lon", lon), table["lat"].cast(pl.String))


def written(folder, source, cells, **more):
    folder.mkdir()
    result = tag_file(source, folder / f"out{source.suffix}", cells, **more)
    told = {
        field.name: getattr(result, field.name)
        for field in dataclasses.fields(result)
        if field.name not in {"output", "rejects"}
    }
    return told, {
        path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(".json")
    }


@pytest.mark.parametrize("kind", ["csv", "text.parquet", "float.parquet"])
@pytest.mark.parametrize(
    "options",
    [
        {"crs": "cgcs2000", "border_m": 0.2},
        {"crs": "gcj02", "border_m": 0.2, "columns": ["cell_id"]},
        {"crs": "cgcs2000", "border_m": 0.0, "nearest_m": 100.0, "prefix": "a_"},
        {"crs": "wgs84", "border_m": 30.0, "columns": ["cell_candidates", "review", "special"]},
    ],
)
def test_what_is_written_and_counted_is_the_same(monkeypatch, tmp_path, four_cells, kind, options):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    table, source = incidents(four_cells, options["crs"]), tmp_path / f"in.{kind}"
    if kind == "csv":
        texts(table).write_csv(source, quote_style="non_numeric")
    else:
        (texts(table) if kind == "text.parquet" else table).write_parquet(source)
    told, real = [], Plainly.cells

    def cells(self, lon, lat):
        row = real(self, lon, lat)
        told.append(0 if row is None else np.count_nonzero(row >= 0))
        return row

    monkeypatch.setattr(Plainly, "cells", cells)
    options = TagOptions(**options)
    fast = written(tmp_path / "fast", source, four_cells, options=options, batch_rows=90)
    monkeypatch.setattr(Plainly, "cells", lambda *_: None)
    slow = written(tmp_path / "slow", source, four_cells, options=options, batch_rows=90)
    for name, value in fast[0].items():
        assert str(value) == str(slow[0][name]), name
    assert fast[1] == slow[1]
    # A look tells nothing about wide borders between small cells.
    assert sum(told) > 20 or options.border_m > WIDE_M


def test_numbers_of_columns_are_plain_ones_only():
    texts = ["113.73", None, "", '"1"', "1e3", "-0.5", " 1", "12345678901234567890"]
    numbers = plain_numbers(pa.table({"x": pa.array(texts).slice(0)}), "x")
    assert np.nan_to_num(numbers, nan=-9).tolist() == [113.73, -9, -9, -9, -9, -0.5, -9, -9]
    part = plain_numbers(pa.table({"x": pa.array(["7", *texts], pa.large_string())}).slice(1, 3), "x")
    assert np.nan_to_num(part, nan=-9).tolist() == [113.73, -9, -9]
    assert plain_numbers(pa.table({"x": [1, 2]}), "x") is None
    assert np.isnan(plain_numbers(pa.table({"x": [None, 2.0]}), "x")).tolist() == [True, False]


@pytest.mark.parametrize("geographic", [True, False])
@pytest.mark.parametrize("china", [True, False])
def test_in_a_usable_box_no_pair_has_a_reason(geographic, china):
    noise = np.random.default_rng(1)
    sure = 0
    for _ in range(300):
        west, south = noise.uniform(-200, 200), noise.uniform(-100, 150)
        east, north = west + noise.uniform(0, 60), south + noise.uniform(0, 60)
        if all_usable((west, south, east, north), geographic=geographic, china=china):
            sure += 1
            x, y = noise.uniform(west, east, 200), noise.uniform(south, north, 200)
            assert (parse_coordinates(x, y, geographic=geographic, china=china).code < 0).all()
    assert sure > 20
    assert not all_usable((-1.0, -1.0, 1.0, 1.0), geographic=geographic, china=china)
    assert all_usable((113.0, 34.0, 114.0, 35.0), geographic=geographic, china=china)

"""Tables that a broken copy cut off are refused in words, and nothing of an answer is left behind."""

import hashlib
import re

import polars as pl
import pytest

from gridgov.tables import read_table, write_table
from gridgov.tag import job

ROWS = 3000
NAMES = ("in.csv.gz", "in.csv.zst", "in.parquet")

#: How many bytes of how many are left.
CUTS = {
    "in the magic": lambda size: 2,
    "after the magic": lambda size: 4,
    "in the header": lambda size: 9,
    "at a quarter": lambda size: size // 4,
    "in the middle": lambda size: size // 2,
    "in the footer": lambda size: size - 6,
    "before the last word": lambda size: size - 4,
    "one byte before the end": lambda size: size - 1,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Name -> the bytes of one table; its rows are unlike, so that packing leaves it long."""
    folder = tmp_path_factory.mktemp("whole")
    codes = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(ROWS)]
    lon = [f"{113.73 + n / 1e6:.6f}" for n in range(ROWS)]
    table = pl.DataFrame({"事件编码": codes, "经度": lon, "纬度": ["34.7155"] * ROWS})
    for name in NAMES:
        write_table(table, folder / name)
    return {name: (folder / name).read_bytes() for name in NAMES}


@pytest.fixture
def assign(city, tmp_path, monkeypatch, gridgov):
    """Assign a file of these bytes to the city's cells, 100 rows at a time; answers how it ended."""
    monkeypatch.chdir(tmp_path)
    # Answers to rows before the cut are written before it is seen.
    monkeypatch.setattr(job, "BATCH_ROWS", 100)

    def assigned(name, given, output="out.csv"):
        (tmp_path / name).write_bytes(given)
        return gridgov("assign", name, "--cells", city / "network.gpkg", "--crs", "cgcs2000", "-o", output)

    return assigned


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_table_that_is_cut_off_is_refused_and_leaves_nothing(assign, whole, tmp_path, name, cut):
    given = whole[name][: CUTS[cut](len(whole[name]))]
    for output in ("out.csv", "out.parquet"):
        ended = assign(name, given, output)
        assert (ended.code, ended.out) == (3, "")
        said = ended.err.splitlines()[-1]
        assert re.fullmatch(rf"Error: {re.escape(name)}: the .+ damaged.*; copy .*it again", said), said
        assert [path.name for path in tmp_path.iterdir()] == [name]


def test_where_a_packed_table_is_cut_off_is_told_by_the_line(assign, whole):
    ended = assign("in.csv.gz", whole["in.csv.gz"][: len(whole["in.csv.gz"]) // 2])
    [line] = re.findall(
        r"in.csv.gz: the file is cut off or damaged, which shows after line (\d+) ", ended.err
    )
    assert ROWS * 0.4 < int(line) < ROWS * 0.6


@pytest.mark.parametrize(("name", "packing"), [("in.csv.gz", "gzip"), ("in.csv.zst", "zstd")])
def test_a_table_that_was_never_packed_is_told_from_a_damaged_one(assign, whole, tmp_path, name, packing):
    ended = assign(name, b"lon,lat\n113.73,34.72\n")
    assert (ended.code, ended.out) == (3, "")
    assert f"Error: {name} is no {packing} file, though its name says so (" in ended.err
    assert "if it was never packed, name it without that ending" in ended.err
    damaged = assign(name, whole[name][:30] + b"\xff" * 40)
    assert f"{name}: the file is cut off or damaged, which shows in its first line ({packing}" in damaged.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("begin", range(100, 3000, 217))
def test_a_packed_table_with_wrong_bytes_is_refused(assign, whole, tmp_path, begin):
    given = whole["in.csv.gz"]
    ended = assign("in.csv.gz", given[:begin] + b"\xff" * 40 + given[begin + 40 :])
    assert (ended.code, ended.out) == (3, "")
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv.gz"]


@pytest.mark.parametrize("left", [1, 3, 9, 400])
@pytest.mark.parametrize("name", ["in.csv.gz", "in.csv.zst"])
def test_the_second_of_two_packed_parts_cut_off_is_said_too(assign, whole, tmp_path, name, left):
    ended = assign(name, whole[name] + whole[name][:left])
    assert ended.code == 3
    assert f"{name}: the file is cut off or damaged" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", NAMES)
def test_of_a_whole_table_every_row_is_answered(assign, whole, tmp_path, name):
    assert assign(name, whole[name]).code == 0
    assert read_table(tmp_path / "out.csv").height == ROWS

"""Columns of Parquet carried as the bytes they are: whoever reads them finds what writing anew gives."""

import datetime as dt
import decimal

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gridgov.errors import FormatError
from gridgov.tables import parquet
from gridgov.tables.row_groups import row_groups
from gridgov.tag import TagOptions, tag_file

ROWS = 240


def incidents(cells):
    """Columns of many types, many with nulls; of points some lie in no cell, some are missing."""
    random = np.random.default_rng(5)
    west, south, east, north = cells.to_crs(4490).total_bounds
    lon, lat = random.uniform(west, east, ROWS), random.uniform(south, north, ROWS)
    lon[::9], lon[1::7] = lon[::9] + 1, np.nan
    day = dt.date(2026, 3, 5)
    return pa.table(
        {
            "编码": [f"{n:05}" for n in range(ROWS)],
            "lon": pa.array(lon, from_pandas=True),
            "lat": lat,
            "小类": pa.array(random.choice(["路灯", "井盖"], ROWS)).dictionary_encode(),
            "时间": pa.array([pd.Timestamp("2026-03-05 08:12", tz="Asia/Shanghai"), None] * (ROWS // 2)),
            "日": pa.array([day, None] * (ROWS // 2)),
            "照片": [["a.jpg", None], []] * (ROWS // 2),
            "地址": [{"街": "一", "号": n} for n in range(ROWS)],
            "额": pa.array([decimal.Decimal("12.50"), None] * (ROWS // 2)),
            "字节": pa.array([b"\0\xff", None] * (ROWS // 2)),
            "空": pa.nulls(ROWS, pa.string()),
            "长": pa.array(["x" * 50] * ROWS, pa.large_string()),
            "有": pa.array([True, None] * (ROWS // 2)),
        }
    )


WAYS = {
    "snappy": {},
    "one group": {"row_group_size": ROWS},
    "pages": {"compression": "zstd", "data_page_version": "2.0", "data_page_size": 64},
    "indexed": {"write_page_index": True, "write_page_checksum": True, "compression": "gzip"},
    "plain": {"compression": "none", "use_dictionary": False, "write_statistics": False},
    "sorted": {"sorting_columns": [pq.SortingColumn(0)], "version": "1.0", "store_schema": False},
}


def write(way, rows, path):
    if way == "polars":
        pl.DataFrame(rows).write_parquet(path, row_group_size=100)
    elif way == "duckdb":
        duckdb.sql(f"copy (select * from rows) to '{path}' (row_group_size 100)")  # noqa: S608
    elif way == "pandas":
        rows.to_pandas().set_index("编码").to_parquet(path, row_group_size=100)
    else:
        pq.write_table(rows, path, **{"row_group_size": 100, **WAYS[way]})


@pytest.fixture(autouse=True)
def _small_groups_too(monkeypatch):
    monkeypatch.setattr("gridgov.tables.row_groups._FEWEST_ROWS", 1)


def both(monkeypatch, folder, cells, *, batch_rows=70, **options):
    """The output with columns carried, and with all of them written anew."""
    with monkeypatch.context() as patch:
        for name in ("carried", "anew"):
            if name == "anew":
                patch.setattr(parquet, "row_groups", lambda *_: None)
            tag_file(
                folder / "in.parquet",
                folder / f"{name}.parquet",
                cells,
                options=TagOptions(crs="cgcs2000", **options),
                batch_rows=batch_rows,
            )
    return folder / "carried.parquet", folder / "anew.parquet"


def chunk_bytes(path, column, group):
    chunk = pq.ParquetFile(path).metadata.row_group(group).column(column)
    begin = min(filter(None, (chunk.dictionary_page_offset, chunk.data_page_offset)))
    return path.read_bytes()[begin : begin + chunk.total_compressed_size]


@pytest.mark.parametrize("way", [*WAYS, "polars", "duckdb", "pandas"])
def test_every_reader_finds_the_same(monkeypatch, tmp_path, four_cells, way):
    write(way, incidents(four_cells), tmp_path / "in.parquet")
    carried, anew = both(monkeypatch, tmp_path, four_cells)
    read = [pq.read_table(path).replace_schema_metadata(None) for path in (carried, anew)]
    assert read[0].schema == read[1].schema
    # Codes of words are not those of the other file.
    assert read[0].to_pylist() == read[1].to_pylist()
    assert pl.read_parquet(carried).equals(pl.read_parquet(anew))
    one, other = (duckdb.read_parquet(str(path)) for path in (carried, anew))
    assert one.columns == other.columns
    assert one.to_arrow_table().equals(other.to_arrow_table())
    names = [path.with_suffix(".rejects.csv").read_bytes() for path in (carried, anew)]
    assert names[0] == names[1]


@pytest.mark.parametrize("batch_rows", [1, 33, 100, 1000])
def test_bytes_are_those_of_the_input_whatever_the_batches(monkeypatch, tmp_path, four_cells, batch_rows):
    write("snappy", incidents(four_cells), tmp_path / "in.parquet")
    carried, anew = both(monkeypatch, tmp_path, four_cells, batch_rows=batch_rows)
    assert pq.read_table(carried).equals(pq.read_table(anew))
    written = pq.ParquetFile(carried).metadata
    assert [written.row_group(n).num_rows for n in range(written.num_row_groups)] == [100, 100, 40]
    for group in range(3):
        for column in range(pq.ParquetFile(tmp_path / "in.parquet").metadata.num_columns):
            assert chunk_bytes(carried, column, group) == chunk_bytes(tmp_path / "in.parquet", column, group)


def test_groups_are_skipped_by_what_is_told_of_them(monkeypatch, tmp_path, four_cells):
    write("indexed", incidents(four_cells), tmp_path / "in.parquet")
    carried, _ = both(monkeypatch, tmp_path, four_cells, columns=["cell_id"])
    kept = pl.scan_parquet(carried).filter(pl.col("编码") == "00123").collect()
    assert kept["编码"].to_list() == ["00123"]
    assert len(duckdb.read_parquet(str(carried)).filter("编码 >= '00200'")) == 40
    assert pq.ParquetFile(carried).metadata.row_group(1).column(0).statistics.min == "00100"


def test_it_says_where_it_comes_from(monkeypatch, tmp_path, four_cells):
    write("snappy", incidents(four_cells), tmp_path / "in.parquet")
    carried, anew = both(monkeypatch, tmp_path, four_cells)
    told = [pq.read_metadata(path).metadata for path in (carried, anew)]
    assert told[0].keys() == told[1].keys() == {b"gridgov", b"ARROW:schema"}


@pytest.mark.parametrize(
    "options", [{"fill": True}, {"rename": {"cell_id": "编码"}}], ids=["fill", "replaced"]
)
def test_what_changes_columns_writes_them_anew(monkeypatch, tmp_path, four_cells, options):
    write("snappy", incidents(four_cells), tmp_path / "in.parquet")
    carried, anew = both(monkeypatch, tmp_path, four_cells, **options)
    assert pq.read_table(carried).equals(pq.read_table(anew))
    assert chunk_bytes(carried, 1, 0) == chunk_bytes(anew, 1, 0)


def test_some_files_are_better_written_anew(monkeypatch, tmp_path, four_cells):
    path, rows = tmp_path / "in.parquet", incidents(four_cells)
    write("snappy", rows, path)
    schema = pq.read_schema(path)
    assert row_groups(path, schema).rows == [100, 100, 40]
    for name, value in (("_FEWEST_ROWS", 100), ("_MOST_ROWS", 99), ("_LARGEST_FOOTER", 100)):
        with monkeypatch.context() as patch:
            patch.setattr(f"gridgov.tables.row_groups.{name}", value)
            assert row_groups(path, schema) is None
    pq.write_table(rows.slice(0, 0), path)
    assert row_groups(path, schema) is None
    path.write_bytes(b"PAR1PAR1")
    assert row_groups(path, schema) is None


def test_a_file_cut_while_it_is_read_is_refused(monkeypatch, tmp_path, four_cells):
    write("snappy", incidents(four_cells), tmp_path / "in.parquet")

    def copied(*_):
        raise EOFError

    monkeypatch.setattr("gridgov.tables.row_groups.RowGroups.copied", copied)
    with pytest.raises(FormatError, match=r"in\.parquet"):
        both(monkeypatch, tmp_path, four_cells)
    assert not list(tmp_path.glob("*carried*"))

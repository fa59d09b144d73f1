"""Footers of Parquet files as structs: every field is read, and written again as it was."""

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gridgov.tables.compact import BINARY, I64, LIST, Field, Listed, read_struct, struct_bytes
from gridgov.tables.row_groups import footer_of


def table():
    return pa.table(
        {
            "id": [f"{n:04}" for n in range(500)],
            "x": np.linspace(-1, 1, 500),
            "flag": [True, None] * 250,
            "photos": [["a", None], []] * 250,
        }
    )


@pytest.mark.parametrize("program", ["pyarrow", "pages", "polars", "duckdb"])
def test_footers_of_other_programs_are_written_again_byte_for_byte(tmp_path, program):
    path, rows = tmp_path / "a.parquet", table()
    if program == "duckdb":
        duckdb.sql(f"copy (select * from rows) to '{path}' (row_group_size 200)")  # noqa: S608
    elif program == "polars":
        pl.DataFrame(rows).write_parquet(path, row_group_size=200)
    else:
        pages = program == "pages"
        sorting = [pq.SortingColumn(1, descending=True)] if pages else None
        pq.write_table(rows, path, row_group_size=200, write_page_index=pages, sorting_columns=sorting)
    footer = footer_of(memoryview(path.read_bytes()))
    assert struct_bytes(read_struct(footer)) == footer


@pytest.mark.parametrize("number", [0, 1, -1, 63, 64, -64, -65, 2**31, -(2**62)])
def test_numbers_and_far_fields(number):
    fields = {1: Field(I64, number), 40: Field(LIST, Listed(BINARY, [b"", b"a" * 300] * 10))}
    assert read_struct(struct_bytes(fields)) == fields


def test_what_is_no_footer_is_refused():
    for content in (b"", b"\x1b", b"\x18\x7fabc"):
        with pytest.raises((ValueError, IndexError)):
            read_struct(content)
    with pytest.raises(ValueError, match="9"):
        footer_of(memoryview(b"PAR1" + (9).to_bytes(4, "little") + b"PAR1"))

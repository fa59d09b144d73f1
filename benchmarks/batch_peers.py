"""What other programs do with a batch job: `python batch_peers.py PROGRAM SOURCE CELLS OUTPUT`."""

import sys
from pathlib import Path

JOIN = """SELECT i.*, c.cell_id FROM incidents i LEFT JOIN cells c
ON ST_Intersects(c.geometry, ST_Point(CAST(i."经度" AS DOUBLE), CAST(i."纬度" AS DOUBLE)))"""


def copy(source: str, _cells: str, output: str) -> None:
    """A plain streaming copy by polars."""
    import polars as pl

    if source.endswith(".csv"):
        pl.scan_csv(source, infer_schema=False).sink_csv(output)
    else:
        pl.scan_parquet(source).sink_parquet(output)


def duckdb(source: str, cells: str, output: str) -> None:
    """DuckDB: its spatial join, with all its threads."""
    import duckdb
    import duckdb_extension_spatial

    folder = Path(duckdb_extension_spatial.__file__).parent
    base = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    base.load_extension(str(next(folder.rglob("*.duckdb_extension"))))
    reader = f"read_csv('{source}', all_varchar=true)" if source.endswith(".csv") else f"'{source}'"
    base.execute(f"CREATE VIEW incidents AS SELECT * FROM {reader}")  # noqa: S608
    base.execute(f"CREATE TABLE cells AS SELECT cell_id, geometry FROM '{cells}'")  # noqa: S608
    base.execute(f"COPY ({JOIN}) TO '{output}'")


def sedonadb(source: str, cells: str, output: str) -> None:
    """SedonaDB: its spatial join, with all its threads."""
    import sedonadb

    context = sedonadb.connect()
    context.read_parquet(source).to_view("incidents")
    context.read_parquet(cells).to_view("cells")
    point = 'ST_Point(CAST(i."经度" AS DOUBLE), CAST(i."纬度" AS DOUBLE))'
    points = f"SELECT i.*, ST_SetSRID({point}, 4326) AS p FROM incidents i"  # noqa: S608
    join = f"""SELECT i."事件编码", i."经度", i."纬度", i."小类", c.cell_id FROM ({points}) i
        LEFT JOIN cells c ON ST_Intersects(c.geometry, i.p)"""  # noqa: S608
    context.sql(join).to_parquet(output)


if __name__ == "__main__":
    {each.__name__: each for each in (copy, duckdb, sedonadb)}[sys.argv[1]](*sys.argv[2:])

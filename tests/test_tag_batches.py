import geopandas as gpd
import polars as pl
import pyarrow as pa
import pytest
import shapely

import gridgov
from gridgov.errors import ArgumentError, CRSError, SchemaError

SQUARES = [shapely.box(-77.05 + n / 100, 38.9, -77.04 + n / 100, 38.91) for n in (0, 1)]
GRIDS = gpd.GeoDataFrame(
    {"grid_id": ["A", "B"], "name": None, "owner": ["甲", "乙"]}, geometry=SQUARES, crs=4326
)
DATA = pl.DataFrame(
    {
        "code": ["007", "8", "9", None, "11"],
        "lon": ["-77.045", "-77.035", "-77.04", "", "-78"],
        "lat": ["38.905", "38.905", "38.905", None, "38"],
        "n": [1, None, 3, 4, 5],
    }
)


def batched(rows, size=2):
    table = rows.to_arrow()
    return pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=size))


def test_batches_give_what_the_whole_table_gives():
    whole = gridgov.assign_incidents(DATA, GRIDS)
    answered = gridgov.assign_batches(batched(DATA), GRIDS)
    assert pl.from_arrow(answered.read_all()).equals(whole)


def test_batches_come_one_by_one_and_only_when_they_are_asked_for():
    read = []

    def batches():
        for batch in DATA.to_arrow().to_batches(max_chunksize=2):
            read.append(len(batch))
            yield batch

    reader = pa.RecordBatchReader.from_batches(DATA.to_arrow().schema, batches())
    answered = gridgov.assign_batches(reader, GRIDS, columns=["grid_id"])
    assert read == []
    assert answered.read_next_batch().column("grid_id").to_pylist() == ["A", "B"]
    assert read == [2]


def test_columns_that_were_there_keep_their_types():
    given = pa.table(
        {
            "lon": pa.array([-77.045], pa.float32()),
            "lat": [38.905],
            "kind": pa.array(["路灯"]).dictionary_encode(),
            "cost": pa.array(["1.50"]).cast(pa.decimal128(9, 2)),
        }
    )
    answered = gridgov.assign_batches(given, GRIDS, columns=["grid_id", "review", "cell_distance_m"])
    assert answered.schema.field("kind").type == given.schema.field("kind").type
    assert answered.schema.names[4:] == ["grid_id", "review", "cell_distance_m"]
    assert [field.type for field in answered.schema][3:] == [
        pa.decimal128(9, 2),
        pa.string(),
        pa.bool_(),
        pa.float64(),
    ]
    assert answered.read_all()["cost"].to_pylist() == given["cost"].to_pylist()


def test_polars_and_duckdb_take_and_give_batches():
    answered = gridgov.assign_batches(DATA, GRIDS, columns=["grid_id"])
    assert pl.from_arrow(answered)["grid_id"].to_list() == ["A", "B", "A", None, None]


def test_duckdb_takes_and_gives_batches():
    duckdb = pytest.importorskip("duckdb")
    # One connection gives the rows while the other takes the answers.
    with duckdb.connect() as source, duckdb.connect() as target:
        source.register("incidents", DATA.to_arrow())
        relation = source.sql("select * from incidents where n > 1")
        target.register("answered", gridgov.assign_batches(relation, GRIDS, columns=["grid_owner"]))
        counted = target.execute("select grid_owner, count(*) from answered group by all order by all")
        found = counted.fetchall()
    assert found == [("甲", 1), (None, 2)]


def test_an_empty_stream_has_all_columns():
    answered = gridgov.assign_batches(DATA.clear(), GRIDS).read_all()
    assert answered.num_rows == 0
    assert "grid_owner" in answered.column_names


def test_what_gives_no_batches_is_said():
    with pytest.raises(ArgumentError, match="list gives no Arrow batches"):
        gridgov.assign_batches([1], GRIDS)


def test_what_cannot_be_asked_is_said_before_anything_is_read():
    with pytest.raises(SchemaError, match="no column 'x'"):
        gridgov.assign_batches(DATA, GRIDS, lon="x")


def test_metres_that_nobody_stated_are_refused_at_the_end():
    metres = DATA.select(lon=pl.lit("322600"), lat=pl.lit("4307800"))
    with pytest.raises(CRSError, match="--crs"):
        gridgov.assign_batches(metres, GRIDS.to_crs(32618)).read_all()

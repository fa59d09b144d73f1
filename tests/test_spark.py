"""A real Spark session of two workers: the same columns and answers as on one machine, row for row."""

import os
import shutil
import signal
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import gridgov as library
from gridgov import Rules, assign_incidents
from gridgov.datum import transform_points
from gridgov.errors import ArgumentError, CRSError, SchemaError

pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java, and there is none", allow_module_level=True)

# Spark's own, of a pandas that it does not know.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")

EAST, NORTH = 475_000.0, 3_843_000.0


@pytest.fixture(scope="module")
def session():
    """Two workers; a task may fail twice before its job does."""
    from pyspark.sql import SparkSession

    source = str(Path(library.__file__).parents[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")])))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master("local[2,3]").appName("gridgov")
        for key, value in {
            "spark.ui.enabled": "false",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "7",
            "spark.log.level": "OFF",
            # A short life: compiled once and lightly, with one thread to clean up after it.
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:CICompilerCount=1",
        }.items():
            builder = builder.config(key, value)
        spark = builder.getOrCreate()
        yield spark
        spark.stop()


@pytest.fixture(scope="module")
def incidents():
    """A hundred incidents of `four_cells`: inside, on borders, outside, without a usable coordinate."""
    rng = np.random.default_rng(5)
    x = EAST + rng.integers(-20, 221, 100)
    y = NORTH + rng.integers(-20, 221, 100)
    lon, lat = transform_points(x, y, source="EPSG:4547", target="gcj02")
    texts = [f"{a:.7f}" for a in lon]
    texts[3:20:4] = ["", "zero", "0", "１１３．７３", "34.7"]
    return pa.table(
        {
            "事件编码": [f"{n:017d}" for n in range(100)],
            "经度": texts,
            "纬度": lat,
            "小类": ["路灯", "占道", None, "路灯"] * 25,
            "所属区县": ["管城区", "金水区", None, "外地"] * 25,
            "n": pa.array([n if n % 7 else None for n in range(100)], pa.int32()),
        }
    )


RULES = Rules.from_table(
    pd.DataFrame(
        {
            "category": ["路灯", "占道", ""],
            "district": ["", "", "管城回族区"],
            "handler": ["住建局", "", "中心"],
            "department": ["", "police", ""],
            "时限": ["4小时", "1天", "2天"],
        }
    )
)
OPTIONS = {
    "crs": "gcj02",
    "place": ["所属区县"],
    "border_m": 5.0,
    "nearest_m": 3.0,
    "rules": RULES,
    "category": "小类",
}


def assigned(session, incidents, cells, partitions=3, **options):
    from gridgov import spark

    df = session.createDataFrame(incidents).coalesce(1).repartition(partitions, "n")
    return spark.assign(df, cells, **options)


def by_id(table):
    return table.combine_chunks().sort_by("事件编码")


@pytest.mark.parametrize(
    "options",
    [
        OPTIONS,
        {"crs": "gcj02"},
        {"crs": "gcj02", "columns": ["cell_id", "area_m2", "special", "police_phone"], "prefix": "p_"},
        {"crs": "gcj02", "rename": {"grid_id": "所属网格"}, "accuracy_m": 20},
    ],
    ids=["everything", "the usual", "chosen", "renamed"],
)
def test_the_columns_and_answers_are_those_of_one_machine_row_for_row(
    session, incidents, four_network, options
):
    alone = assign_incidents(incidents, four_network, **options)
    found = assigned(session, incidents, four_network, **options).toArrow()
    assert found.column_names == alone.column_names
    for name in alone.column_names:
        assert by_id(found)[name].to_pylist() == by_id(alone)[name].to_pylist(), name


def test_rows_keep_their_order_and_their_partitions(session, incidents, four_network):
    from pyspark.sql.functions import spark_partition_id

    df = session.createDataFrame(incidents).repartition(3, "n")
    before = [tuple(row) for row in df.select("事件编码", spark_partition_id()).collect()]
    from gridgov import spark

    after = spark.assign(df, four_network, crs="gcj02").select("事件编码", spark_partition_id()).collect()
    assert [tuple(row) for row in after] == before


@pytest.mark.parametrize("rows", [0, 1, 8])
def test_few_rows_and_empty_partitions_give_the_same_columns(session, incidents, four_network, rows):
    found = assigned(session, incidents.slice(0, rows), four_network, **OPTIONS).toArrow()
    alone = assign_incidents(incidents.slice(0, rows), four_network, **OPTIONS)
    assert found.column_names == alone.column_names
    assert by_id(found).to_pylist() == by_id(alone).to_pylist()


def test_every_type_that_spark_has_is_carried_through(session, four_network):
    df = session.sql(
        "SELECT '113.7' AS lon, '34.7' AS lat, DATE'2026-01-31' AS d, TIMESTAMP'2026-01-31 23:05:06' AS t, "
        "CAST(1.50 AS DECIMAL(9,2)) AS m, array(1, NULL) AS a, map('k', 1) AS o, struct(1 AS x) AS s, "
        "CAST('b' AS BINARY) AS b, CAST(NULL AS VOID) AS v, true AS w"
    )
    from gridgov import spark

    found = spark.assign(df, four_network, crs="gcj02")
    assert found.schema.fields[: len(df.columns)] == df.schema.fields
    assert [row[: len(df.columns)] for row in found.collect()] == [tuple(row) for row in df.collect()]


def test_a_task_that_is_killed_and_run_again_gives_the_same(session, incidents, four_network, tmp_path):
    """The worker of the first try of each partition is killed before its last batch."""

    def killed_once(batches):
        from pyspark import TaskContext

        context = TaskContext.get()
        for number, batch in enumerate(batches):
            if number == 1 and context.attemptNumber() == 0:
                (tmp_path / f"killed {context.partitionId()}").touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield batch

    from gridgov import spark

    df = session.createDataFrame(incidents).repartition(3, "n")
    df = df.mapInArrow(killed_once, df.schema)
    found = spark.assign(df, four_network, **OPTIONS).toArrow()
    assert list(tmp_path.iterdir())
    alone = assign_incidents(incidents, four_network, **OPTIONS)
    assert by_id(found).to_pylist() == by_id(alone).to_pylist()


def test_a_worker_counts_its_rows_and_keeps_to_one_thread(monkeypatch, session, incidents, four_network):
    """A worker that lives long loads the compiled loops, whichever tasks its rows are of."""
    from gridgov import spark

    counted = []
    monkeypatch.setattr(spark, "count_points", counted.append)
    df = session.createDataFrame(incidents)
    here = SimpleNamespace(
        columns=df.columns,
        schema=df.schema,
        sparkSession=SimpleNamespace(
            sparkContext=SimpleNamespace(broadcast=lambda value: SimpleNamespace(value=value))
        ),
        mapInArrow=lambda task, schema: [batch for _ in range(2) for batch in task(incidents.to_batches())],
    )
    for given, kept in (None, "1"), ("4", "4"):
        workers = {} if given is None else {"NUMBA_NUM_THREADS": given}
        monkeypatch.setattr(spark.os, "environ", workers)
        batches = spark.assign(here, four_network, **OPTIONS)
        assert workers == {"NUMBA_NUM_THREADS": kept}
        alone = assign_incidents(incidents, four_network, **OPTIONS)
        assert pa.Table.from_batches(batches).to_pylist() == alone.to_pylist() * 2
    assert counted == [100] * 4


def test_it_goes_through_parquet_as_the_docs_say(session, incidents, four_network, tmp_path):
    from gridgov import spark

    session.createDataFrame(incidents).write.parquet(str(tmp_path / "in"))
    spark.assign(session.read.parquet(str(tmp_path / "in")), four_network, **OPTIONS).write.parquet(
        str(tmp_path / "out")
    )
    found = session.read.parquet(str(tmp_path / "out")).toArrow()
    alone = assign_incidents(incidents, four_network, **OPTIONS)
    assert by_id(found).to_pylist() == by_id(alone).to_pylist()


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({}, CRSError, "points in China need their datum"),
        ({"crs": "gcj02", "lon": "x"}, SchemaError, "there is no column 'x'"),
        ({"crs": "gcj02", "columns": ["nothing"]}, ArgumentError, "there is no nothing"),
        (
            {"crs": "gcj02", "place": ["所属区县"], "accuracy_column": "x"},
            SchemaError,
            "there is no column 'x'",
        ),
        (
            {"crs": "gcj02", "prefix": "", "rename": {"cell_id": "小类"}},
            SchemaError,
            "already has columns 小类",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_at_once(session, incidents, four_network, *, options, error, said):
    with pytest.raises(error, match=said):
        assigned(session, incidents, four_network, **options)


def test_the_input_is_not_read_before_an_action_needs_it(session, four_network):
    from gridgov import spark

    def fails(batches):
        raise RuntimeError("read")

    df = session.range(3).selectExpr("id AS lon", "id AS lat").mapInArrow(fails, "lon long, lat long")
    assert "cell_id" in spark.assign(df, four_network, crs="gcj02").columns

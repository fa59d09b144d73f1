"""Incidents assigned on Spark beside a plain Spark copy of the same Parquet file, in one session.

`python benchmarks/cluster.py --rows 2000000 --cells 20000` prints a table as docs/spark.md shows it.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
from batch_data import write_cells, write_incidents

from gridgov import spark
from gridgov.lookup import Atlas

#: Clock ticks a second, in which Linux counts.
TICKS = os.sysconf("SC_CLK_TCK")

#: What the incidents of `batch_data` are in.
CRS = "cgcs2000"

#: What is assigned: options of `gridgov.spark.assign`.
WAYS: dict[str, dict[str, Any]] = {
    "cell_id only": {"columns": ["cell_id"]},
    "all columns": {},
}


def session(cores: int) -> Any:
    """A local session of so many workers, which use this Python."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "4g",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master(f"local[{cores}]").appName("gridgov benchmark")
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def cpu_seconds() -> dict[int, float]:
    """CPU seconds so far of this process and of each below it: the JVM, its Python workers."""
    stats = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        stats[int(entry.parent.name)] = (int(fields[1]), sum(map(int, fields[11:13])))
    ours = {os.getpid()}
    while True:
        more = {pid for pid, (parent, _) in stats.items() if parent in ours} - ours
        if not more:
            return {pid: stats[pid][1] / TICKS for pid in ours}
        ours |= more


def measured(work: Callable[[], None]) -> tuple[float, float]:
    """Wall and CPU seconds; of the processes there at the end: workers wait a minute for another task."""
    wall, before = time.perf_counter(), cpu_seconds()
    work()
    wall = time.perf_counter() - wall
    return wall, sum(cpu - before.get(pid, 0.0) for pid, cpu in cpu_seconds().items())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--cells", type=int, default=20_000)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(".bench/batch"))
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    cells_file = write_cells(chosen.cells, chosen.folder)
    source = write_incidents(chosen.rows, cells_file, chosen.folder, "parquet")
    cells, once = gpd.read_parquet(cells_file), {}
    target, again = str(chosen.folder / "out.spark"), str(chosen.folder / "again.spark")
    running = session(chosen.cores)

    def make_ready() -> None:
        once["atlas"] = Atlas.of(cells)
        once["atlas"].index.asked_in(CRS).draw()

    def copy(source: str, target: str) -> None:
        running.read.parquet(source).write.mode("overwrite").parquet(target)

    def unchanged() -> None:
        df = running.read.parquet(str(source))
        df.mapInArrow(lambda batches: batches, df.schema).write.mode("overwrite").parquet(target)

    def assign(options: dict[str, Any]) -> None:
        df = running.read.parquet(str(source))
        spark.assign(df, once["atlas"], crs=CRS, **options).write.mode("overwrite").parquet(target)

    ways: dict[str, Callable[[], None]] = {
        "plain copy": lambda: copy(str(source), target),
        "through Python unchanged": unchanged,
    }
    for name, options in WAYS.items():
        ways[f"assigned, {name}"] = lambda options=options: assign(options)
        ways[f"plain copy of that, {name}"] = lambda: copy(target, again)
    ready = measured(make_ready)
    # The first run of each warms up: the JVM compiles, workers start and import.
    runs = {
        name: [measured(work) for work in [work] * (chosen.repeats + 1)][1:] for name, work in ways.items()
    }
    best = {name: [min(column) for column in zip(*each, strict=True)] for name, each in runs.items()}
    base = best["plain copy"]
    print(f"{chosen.rows:,} rows, {len(cells):,} cells, local[{chosen.cores}], best of {chosen.repeats}")
    print("| | wall s | CPU s | wall x copy | CPU x copy |")
    print("|---|--:|--:|--:|--:|")
    for name, (wall, cpu) in best.items():
        print(f"| {name} | {wall:.1f} | {cpu:.1f} | {wall / base[0]:.2f} | {cpu / base[1]:.2f} |")
    print(f"Once a session, to make the cells ready: {ready[0]:.1f} s, {ready[1]:.1f} CPU s")
    running.stop()
    for folder in (target, again):
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

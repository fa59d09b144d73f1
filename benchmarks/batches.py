"""Batch jobs as whole processes: gridgov, a plain polars copy, and other programs doing the same join."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import batch_data

HERE = Path(__file__).parent


class Run(NamedTuple):
    """A process: wall and CPU seconds, MB of peak memory."""

    wall: float
    cpu: float
    peak_mb: float


def run(command: list[str], output: Path) -> Run:
    """Run a process to its end; its output is not there before."""
    output.unlink(missing_ok=True)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{command}: {said.decode()[-2000:]}")
    wall, cpu = time.perf_counter() - began, used.ru_utime + used.ru_stime
    return Run(wall, cpu, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20))


def jobs(source: Path, cells: Path, output: Path) -> dict[str, list[str]]:
    """Commands by name; those with a saved index read the cells from a network."""
    network = batch_data.indexed_network(cells)

    def gridgov(cells: Path, *more: str) -> list[str]:
        command = [sys.executable, "-m", "gridgov", "assign", str(source), "--cells", str(cells)]
        return [*command, "--crs", "cgcs2000", "-o", str(output), "--overwrite", *more]

    def peer(name: str) -> list[str]:
        degrees = batch_data.degrees_of(cells)
        return [sys.executable, str(HERE / "batch_peers.py"), name, str(source), str(degrees), str(output)]

    return {
        "copy": peer("copy"),
        "gridgov, cell_id": gridgov(cells, "--columns", "cell_id"),
        "gridgov, cell_id, saved index": gridgov(network, "--columns", "cell_id"),
        "gridgov, all columns": gridgov(cells),
        "gridgov, all columns, saved index": gridgov(network),
        "DuckDB, cell_id": peer("duckdb"),
        **({} if source.suffix == ".csv" else {"SedonaDB, cell_id": peer("sedonadb")}),
    }


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000_000])
    parser.add_argument("--cells", type=int, default=20_000)
    parser.add_argument("--kinds", nargs="+", default=["csv", "parquet"], choices=["csv", "parquet"])
    parser.add_argument("--only", nargs="+", help="names of programs")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(".bench/batches"))
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    cells = batch_data.write_cells(given.cells, given.folder)
    print("| rows | kind | program | wall s | CPU s | peak MB | wall of a copy |")
    print("|---|---|---|---|---|---|---|")
    for rows in given.rows:
        for kind in given.kinds:
            source = batch_data.write_incidents(rows, cells, given.folder, kind)
            copy = None
            output = given.folder / f"out.{kind}"
            for name, command in jobs(source, cells, output).items():
                if given.only and name not in given.only:
                    continue
                best = min((run(command, output) for _ in range(given.repeats)), key=lambda one: one.wall)
                copy = best.wall if name == "copy" else copy
                times = f"{best.wall / copy:.1f}" if copy else ""
                figures = f"{best.wall:.1f} | {best.cpu:.1f} | {best.peak_mb:.0f} | {times}"
                print(f"| {rows:,} | {kind} | {name} | {figures} |", flush=True)


if __name__ == "__main__":
    main()

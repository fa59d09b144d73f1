"""Points located by gridgov and by other programs: what each costs.

`python benchmarks/locate.py --cells 2000 --points 1000000` prints a table as docs/benchmarks.md shows it.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from locators import PROGRAMS
from partition import cells, points

HERE = Path(__file__).resolve().parent
PEER = "SedonaDB"


def measure(program: str, folder: Path, repeats: int) -> dict[str, Any] | str:
    """What a program costs, or why it could not be measured."""
    command = [sys.executable, HERE / "locators.py", program, folder, str(repeats)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        return (run.stderr.strip().splitlines() or [f"ended with {run.returncode}"])[-1][:80]
    measured: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return measured


def write_case(folder: Path, number: int, asked: int, ties: float) -> int:
    """Write cells and points for the programs; how many cells there are."""
    folder.mkdir(parents=True, exist_ok=True)
    polygons = cells(number)
    np.save(folder / "cells.npy", np.array(shapely.to_wkb(polygons), dtype=object), allow_pickle=True)
    np.save(folder / "points.npy", np.stack(points(polygons, asked, ties=ties)))
    return len(polygons)


def row_of(count: int, asked: int, program: str, measured: dict[str, Any] | str, peer: float | None) -> str:
    """One line of the table."""
    if isinstance(measured, str):
        return f"| {count:,} | {asked:,} | {program} | {measured} | | | | | |"
    rate = asked / measured["cpu_s"] / 1e6
    against = "" if peer is None else f"{rate / peer:.1f}"
    build = "" if measured["build_cpu_s"] is None else f"{measured['build_cpu_s']:.2f}"
    return (
        f"| {count:,} | {asked:,} | {program} | {rate:.2f} | {asked / measured['wall_s'] / 1e6:.2f} "
        f"| {against} | "
        f"{build} | {measured['peak_mb']:,.0f} | {measured['found']:,} / {measured['sum']:,} |"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, nargs="+", default=[2000])
    parser.add_argument("--points", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--ties", type=float, default=0.0, help="share of points within 1 m of a border")
    parser.add_argument("--programs", nargs="+", default=list(PROGRAMS), choices=list(PROGRAMS))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(".bench/locate"))
    chosen = parser.parse_args()
    print(f"| cells | points | program | M/CPU s | M/s | x {PEER} | build CPU s | MB | found / sum of rows |")
    print("|--:|--:|---|--:|--:|--:|--:|--:|--:|")
    for number, asked in ((number, asked) for number in chosen.cells for asked in chosen.points):
        count = write_case(chosen.folder, number, asked, chosen.ties)
        found = {program: measure(program, chosen.folder, chosen.repeats) for program in chosen.programs}
        peer = found.get(PEER)
        rate = asked / peer["cpu_s"] / 1e6 if isinstance(peer, dict) else None
        for program, measured in found.items():
            print(row_of(count, asked, program, measured, rate), flush=True)


if __name__ == "__main__":
    main()

"""Points located by gridgov and by other programs: what each costs.

`python benchmarks/locate.py --cells 2000 --points 1000000` prints a table as docs/locating.md shows it.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from locators import PROGRAMS
from partition import cells, points

HERE: Final = Path(__file__).resolve().parent
PEER, GATHER = "SedonaDB", "bare gather"
BEGIN, END = "<!-- table of locate.py -->", "<!-- end of the table -->"
HEAD: Final = (
    "cells",
    "points",
    "ties %",
    "program",
    "M / CPU s",
    "M / s",
    f"x {PEER}",
    "% of gather",
    "build CPU s",
    "load s",
    "MB",
    "in a cell",
)
#: A program that takes longer than this (s) is stopped.
LIMIT_S: Final = 1200


def measure(program: str, folder: Path) -> dict[str, Any] | str:
    """What a program costs, or why it could not be measured."""
    command = [sys.executable, HERE / "locators.py", program, folder]
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT_S)
    except subprocess.TimeoutExpired:
        return f"stopped after {LIMIT_S} s"
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


def rows_of(case: tuple[int, int, float], found: dict[str, dict[str, Any] | str]) -> list[str]:
    """The lines of one case."""
    count, asked, ties = case
    rates = {name: asked / one["cpu_s"] / 1e6 for name, one in found.items() if isinstance(one, dict)}
    rows = []
    for program, measured in found.items():
        start = [f"{count:,}", f"{asked:,}", f"{ties:.0%}".rstrip("%"), program]
        if isinstance(measured, str):
            rows.append([*start, measured, *[""] * (len(HEAD) - 5)])
            continue
        rate = rates[program]
        rows.append(
            [
                *start,
                f"{rate:.2f}",
                f"{asked / measured['wall_s'] / 1e6:.2f}",
                f"{rate / rates[PEER]:.1f}" if PEER in rates and program.startswith("gridgov") else "",
                f"{rate / rates[GATHER]:.0%}".rstrip("%")
                if GATHER in rates and program.startswith("gridgov")
                else "",
                "" if measured["build_cpu_s"] is None else f"{measured['build_cpu_s']:.2f}",
                "" if measured["load_s"] is None else f"{measured['load_s']:.3f}",
                f"{measured['peak_mb']:,.0f}",
                f"{measured['found']:,}",
            ]
        )
    _compare(found)
    return ["| " + " | ".join(row) + " |" for row in rows]


def _compare(found: dict[str, dict[str, Any] | str]) -> None:
    """Say so if programs found other cells."""
    sums = {
        name: (one["found"], one["sum"])
        for name, one in found.items()
        if isinstance(one, dict) and GATHER not in name
    }
    if len(set(sums.values())) > 1:
        print(f"cells found and the sum of their rows: {sums}", file=sys.stderr)


def updated(path: Path, rows: list[str]) -> str:
    """Text of a Markdown file whose table has these rows instead of those of the same case and program."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    old, _, after = rest.partition(END)
    key = {tuple(row.split("|")[1:5]) for row in rows}
    kept = [row for row in old.strip().splitlines()[2:] if tuple(row.split("|")[1:5]) not in key]
    order = list(PROGRAMS)
    body = sorted(kept + rows, key=lambda row: _place(row, order))
    return "\n".join([before + BEGIN, *head(), *body, END + after])


def _place(row: str, order: list[str]) -> tuple[int, int, int, int]:
    count, asked, ties, program = (part.strip() for part in row.split("|")[1:5])
    return int(ties), int(count.replace(",", "")), int(asked.replace(",", "")), order.index(program)


def head() -> list[str]:
    """The first two lines of the table."""
    return ["| " + " | ".join(HEAD) + " |", "|--:|--:|--:|---|" + "--:|" * (len(HEAD) - 4)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, nargs="+", default=[2000])
    parser.add_argument("--points", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--ties", type=float, default=0.0, help="share of points within 1 m of a border")
    parser.add_argument("--programs", nargs="+", default=list(PROGRAMS), choices=list(PROGRAMS))
    parser.add_argument("--folder", type=Path, default=Path(".bench/locate"))
    parser.add_argument("--out", type=Path, help="put the rows into the table of this Markdown file")
    chosen = parser.parse_args()
    print("\n".join(head()))
    for number, asked in ((number, asked) for number in chosen.cells for asked in chosen.points):
        count = write_case(chosen.folder, number, asked, chosen.ties)
        found = {program: measure(program, chosen.folder) for program in chosen.programs}
        rows = rows_of((count, asked, chosen.ties), found)
        print("\n".join(rows), flush=True)
        if chosen.out:
            chosen.out.write_text(updated(chosen.out, rows), encoding="utf-8")


if __name__ == "__main__":
    main()

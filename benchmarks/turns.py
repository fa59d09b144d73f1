"""What gridgov costs beside itself, measured in turn in one process: ratios that locate.py cannot tell.

`python benchmarks/turns.py --cells 2000 --points 1000000` prints a table as docs/locating.md shows it. Where
other machines share processor, cache and memory, the same loop takes twice as long a minute later. Here each
question is asked in every round, so that a round meets all alike; ratios are the medians over rounds.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numba
from locators import CRS, gather, warm
from partition import cells, points

BEGIN, END = "<!-- table of turns.py -->", "<!-- end of turns -->"
HEAD: Final = (
    "cells",
    "points",
    "ns a point",
    "of the bare gather, %",
    "border 1 m, % of without",
    "two threads, times one",
)
#: Rounds, and the rest before a turn (s), in which threads that wait for more work give up.
ROUNDS, REST_S = 8, 0.02


class Took(NamedTuple):
    """What one turn took, in seconds."""

    cpu_s: float
    wall_s: float


def questions(number: int, asked: int) -> tuple[int, dict[str, tuple[int, Callable[[], Any]]]]:
    """How many cells there are, and what is asked of them: name -> threads, and the question."""
    from gridgov.index import CellIndex
    from gridgov.index.compiled import compiled

    if compiled() is None:
        raise ImportError("numba")
    polygons = cells(number)
    x, y = points(polygons, asked)
    index = CellIndex(gpd.GeoDataFrame(geometry=polygons, crs=CRS))
    return len(polygons), {
        "locate": (1, lambda: index.locate(lon=x, lat=y)),
        "two": (2, lambda: index.locate(lon=x, lat=y)),
        "border": (1, lambda: index.locate_within(lon=x, lat=y, border_m=1.0)),
        "gather": (1, gather(polygons, x, y)),
    }


def turn(threads: int, question: Callable[[], Any]) -> Took:
    """Ask one question."""
    numba.set_num_threads(threads)
    time.sleep(REST_S)
    begin = time.process_time(), time.perf_counter()
    question()
    return Took(time.process_time() - begin[0], time.perf_counter() - begin[1])


def row(number: int, asked: int) -> str:
    """The line of one case."""
    count, asking = questions(number, asked)
    for question in asking.values():
        turn(*question)
    rounds, names = [], list(asking)
    for number_of_round in range(ROUNDS):
        warm()
        # Another one is first each time: that one is given memory which nobody has written to lately.
        first = number_of_round % len(names)
        order = names[first:] + names[:first]
        rounds.append({name: turn(*asking[name]) for name in order})
    values = (
        f"{count:,}",
        f"{asked:,}",
        f"{median(one['locate'].cpu_s for one in rounds) / asked * 1e9:.1f}",
        f"{100 * median(one['gather'].cpu_s / one['locate'].cpu_s for one in rounds):.0f}",
        f"{100 * median(one['locate'].cpu_s / one['border'].cpu_s for one in rounds):.0f}",
        f"{median(one['locate'].wall_s / one['two'].wall_s for one in rounds):.2f}",
    )
    return "| " + " | ".join(values) + " |"


def updated(path: Path, rows: list[str]) -> str:
    """Text of a Markdown file whose table has these rows instead of those of the same case."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    old, _, after = rest.partition(END)
    lines = {_case(line): line for line in [*old.strip().splitlines()[2:], *rows]}
    return "\n".join([before + BEGIN, *head(), *(lines[case] for case in sorted(lines)), END + after])


def _case(line: str) -> tuple[int, int]:
    count, asked = (int(part.replace(",", "")) for part in line.split("|")[1:3])
    return count, asked


def head() -> list[str]:
    """The first two lines of the table."""
    return ["| " + " | ".join(HEAD) + " |", "|" + "--:|" * len(HEAD)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=2000)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path, help="put the row into the table of this Markdown file")
    chosen = parser.parse_args()
    line = row(chosen.cells, chosen.points)
    print("\n".join([*head(), line]))
    if chosen.out:
        chosen.out.write_text(updated(chosen.out, [line]), encoding="utf-8")


if __name__ == "__main__":
    main()

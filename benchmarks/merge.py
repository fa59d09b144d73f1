"""Merge cities of known truth with gridgov and with its peers, and print one table.

    python benchmarks/merge.py --sizes 500 --seeds 1 2 3 --peers none

Every program runs in a process of its own, whose CPU seconds (all threads; start, reading and writing count)
and peak memory are measured from outside. This script stays small, because a child begins with its parent's
memory. Cities and results are kept in a cache folder. Linux only. Needs the dependency group `bench`.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from programs import PEERS, Missing, ours_command

HERE: Final = Path(__file__).resolve().parent
CACHE: Final = HERE.parent / ".bench"
OURS: Final = "gridgov"
#: The true cells themselves: how far a perfect merge is from what the departments drew.
TRUTH: Final = "(the truth)"
#: A program that takes longer on one city is stopped, and the table says so.
LIMIT_S: Final = 1800
#: Lines of a profile that are worth a look.
MOST_STAGES: Final = 15


@dataclass(frozen=True, slots=True)
class Run:
    """One process: what it took, and what it said on its last line."""

    cpu_s: float
    memory_mb: float
    said: dict[str, float]
    fault: str = ""


@dataclass(slots=True)
class Row:
    """All runs of one program on cities of one size and noise."""

    grids: int
    noise: str
    program: str
    runs: list[Run] = field(default_factory=list)
    scores: list[dict[str, float]] = field(default_factory=list)

    def fault(self) -> str:
        """Why there is no score, if so."""
        return next((run.fault for run in self.runs if run.fault), "")


def main() -> None:
    """Build the cities, run the programs, print the table."""
    given = _arguments()
    given.cache.mkdir(parents=True, exist_ok=True)
    rows = []
    programs = [OURS, *given.peers, TRUTH]
    for grids in given.sizes:
        for noise in given.noise:
            found = [Row(grids, noise, name) for name in programs]
            for seed in given.seeds:
                folder = _city(given.cache, grids, noise, seed)
                for row in found:
                    _one(row, folder, given.cache, profile=given.profile)
                    _say(row, seed)
            rows += found
    table = "\n".join(_table(rows))
    print(table)
    if given.out:
        given.out.write_text(table + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500], help="grids a layer (500)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], help="cities (1 2 3)")
    parser.add_argument("--noise", nargs="+", choices=["calm", "wild"], default=["calm", "wild"])
    parser.add_argument(
        "--peers", nargs="+", default=["all"], help=f"all, none, or some of: {', '.join(PEERS)}"
    )
    parser.add_argument("--out", type=Path, help="write the table to this file too")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder for cities, results and npm")
    parser.add_argument("--profile", type=Path, help="write a cProfile of gridgov's last merge to this file")
    given = parser.parse_args()
    if given.peers in (["all"], ["none"]):
        given.peers = list(PEERS) if given.peers == ["all"] else []
    if unknown := set(given.peers) - set(PEERS):
        parser.error(f"--peers: {', '.join(sorted(unknown))}: not one of {', '.join(PEERS)}, all, none")
    return given


def _city(cache: Path, grids: int, noise: str, seed: int) -> Path:
    """The folder of a city, built if it is not there yet."""
    folder = cache / "cities" / f"{grids}-{noise}-{seed}"
    if not (folder / "facts.json").exists():
        wild = ["--wild"] if noise == "wild" else []
        command = [sys.executable, HERE / "city.py", str(grids), str(seed), folder, *wild]
        subprocess.run(command, check=True)
    return folder


def _one(row: Row, folder: Path, cache: Path, *, profile: Path | None) -> None:
    """Run one program on one city and score what it made."""
    if row.program == TRUTH:
        row.runs.append(Run(0, 0, {}))
        row.scores.append(_score(folder / "truth.parquet", folder))
        return
    made = cache / "results" / f"{folder.name}-{row.program}"
    made.parent.mkdir(exist_ok=True)
    if row.program == OURS:
        result = made.with_suffix(".parquet")
        command = ours_command(folder, result, profile=profile)
    else:
        peer = PEERS[row.program]
        result = made.with_suffix(peer.suffix)
        try:
            command = peer.command(folder, result, cache)
        except Missing as reason:
            row.runs.append(Run(0, 0, {}, fault=str(reason)))
            return
    result.unlink(missing_ok=True)
    run = measured(command)
    row.runs.append(run)
    if not run.fault:
        row.scores.append(_score(result, folder))


def _score(cells: Path, folder: Path) -> dict[str, float]:
    command = [sys.executable, HERE / "score.py", cells, folder]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(said.stdout))


def measured(command: list[str | Path]) -> Run:
    """Run a command to its end; CPU seconds and peak memory are its own and its children's."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, preexec_fn=_limited)  # noqa: PLW1509
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        lines, complaint = out.read().strip().splitlines(), err.read().strip()
    cpu = usage.ru_utime + usage.ru_stime
    fault = ""
    if process.returncode:
        last = complaint.splitlines()[-1:] or [f"exit code {process.returncode}"]
        fault = f"stopped after {LIMIT_S} s" if cpu >= LIMIT_S else last[0]
    said = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    return Run(cpu, usage.ru_maxrss / 1024, said, fault)


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_S, LIMIT_S))


def _say(row: Row, seed: int) -> None:
    run = row.runs[-1]
    words = run.fault or f"{run.cpu_s:.1f} CPU s, {run.memory_mb:.0f} MB, {json.dumps(row.scores[-1])}"
    print(f"{row.grids} {row.noise} seed {seed} {row.program}: {words}", file=sys.stderr)
    for name, seconds in list(run.said.items())[:MOST_STAGES] if len(run.said) > 1 else []:
        print(f"    {seconds:8.2f} s  {name}", file=sys.stderr)


#: Measures whose goal is 0: the worst city counts. Of the others, the median.
COUNTS: Final = ("invalid", "overlaps", "slivers", "crossing", "gaps", "outside", "lost")
SHARES: Final = ("precision", "recall", "agree", "core", "orphan")
DRIFTS: Final = ("drift_A", "drift_B", "drift_C")
HEAD: Final = (
    "grids",
    "noise",
    "program",
    "CPU s",
    "merge s",
    "CPU / ours",
    "MB",
    "cells / true",
    "valid",
    *COUNTS[:-1],
    *(f"{name} %" for name in SHARES),
    "drift A / B / C %",
    "lost",
    "special kept",
)


def _table(rows: list[Row]) -> list[str]:
    """The table in Markdown: medians; of faults the worst city's."""
    lines = ["| " + " | ".join(HEAD) + " |", "|---" * 3 + "|--:" * (len(HEAD) - 3) + "|"]
    ours = {(row.grids, row.noise): _median(row, "cpu_s") for row in rows if row.program == OURS}
    for row in rows:
        start = [str(row.grids), row.noise, row.program]
        if row.fault() or not row.scores:
            values = [row.fault(), *[""] * (len(HEAD) - 4)]
        else:
            values = _values(row, ours[row.grids, row.noise])
        lines.append("| " + " | ".join([*start, *values]) + " |")
    return lines


def _values(row: Row, ours_s: float) -> list[str]:
    scores = row.scores
    merge = [run.said["merge_s"] for run in row.runs if "merge_s" in run.said]
    cells, true = (median(s[name] for s in scores) for name in ("cells", "true_cells"))
    special = min(s["special_kept"] - s["special"] for s in scores) + scores[0]["special"]
    cpu = _median(row, "cpu_s")
    return [
        f"{cpu:.1f}" if cpu else "",
        f"{median(merge):.1f}" if merge else "",
        f"{cpu / ours_s:.1f}" if cpu and row.program != OURS else "",
        f"{_median(row, 'memory_mb'):,.0f}" if cpu else "",
        f"{cells:,.0f} / {true:,.0f}",
        "yes" if all(s["valid_coverage"] for s in scores) else "no",
        *(f"{max(s[name] for s in scores):,}" for name in COUNTS[:-1]),
        *(f"{median(s[name] for s in scores):.2f}" for name in SHARES),
        " / ".join(f"{median(s[name] for s in scores):.1f}" for name in DRIFTS),
        str(max(s["lost"] for s in scores)),
        f"{special} of {scores[0]['special']}",
    ]


def _median(row: Row, name: str) -> float:
    return median(getattr(run, name) for run in row.runs)


if __name__ == "__main__":
    main()

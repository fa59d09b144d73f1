"""Merge cities of known truth with gridgov and with its peers, and print one table.

    python benchmarks/merge.py --sizes 500 --seeds 1 2 3 --peers none

Every program runs in a process of its own, whose CPU seconds (all threads; start, reading and writing count)
and peak memory are measured from outside. This script stays small, because a child begins with its parent's
memory. Cities and results are kept in a cache folder. Linux only. Needs the dependency group `bench`.
"""

import argparse
import compileall
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from programs import OUR_CELLS, OURS, PEERS, Missing, ours_command
from table import Row, Run, table, updated

HERE: Final = Path(__file__).resolve().parent
#: The files a city depends on.
MAKERS: Final = (
    *(HERE / name for name in ("city.py", "departments.py", "truth.py", "best_drawing.py")),
    *(HERE.parent / "data" / name for name in ("blocks.py", "drawn_apart.py")),
)
CACHE: Final = HERE.parent / ".bench"
#: Cells that no program made, and their files: what a merge comes to at best, and the true cells themselves,
#: which are off what the departments drew.
KNOWN: Final = {"(the best drawing)": "best.parquet", "(the truth)": "truth.parquet"}
#: A program that takes longer on one city is stopped, and the table says so.
LIMIT_S: Final = 1800
#: Lines of a profile that are worth a look.
MOST_STAGES: Final = 15


def main() -> None:
    """Build the cities, run the programs, print the table."""
    given = _arguments()
    given.cache.mkdir(parents=True, exist_ok=True)
    # As where it was installed: Python need not compile it again in every process.
    compileall.compile_dir(HERE.parent / "src", quiet=1)
    rows = []
    programs = [OURS, OUR_CELLS, *given.peers, *KNOWN]
    for grids in given.sizes:
        for noise in given.noise:
            found = [Row(grids, noise, name) for name in programs]
            for number, seed in enumerate(given.seeds):
                folder = _city(given.cache, grids, noise, seed)
                for row in found:
                    if row.program in PEERS and number >= given.peer_cities:
                        continue
                    _one(row, folder, given.cache, profile=given.profile)
                    _say(row, seed)
            rows += found
    print("\n".join(table(rows)))
    if given.out:
        given.out.write_text(updated(given.out, rows), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500], help="grids a layer (500)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], help="cities (1 2 3)")
    parser.add_argument("--noise", nargs="+", choices=["calm", "wild"], default=["calm", "wild"])
    parser.add_argument(
        "--peers", nargs="+", default=["all"], help=f"all, none, or some of: {', '.join(PEERS)}"
    )
    parser.add_argument(
        "--peer-cities", type=int, default=sys.maxsize, help="peers merge the first so many only (all)"
    )
    parser.add_argument("--out", type=Path, help="put the rows into the table of this Markdown file")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder for cities, results and npm")
    parser.add_argument("--profile", type=Path, help="write a cProfile of gridgov's last merge to this file")
    given = parser.parse_args()
    if given.peers in (["all"], ["none"]):
        given.peers = list(PEERS) if given.peers == ["all"] else []
    if unknown := set(given.peers) - set(PEERS):
        parser.error(f"--peers: {', '.join(sorted(unknown))}: not one of {', '.join(PEERS)}, all, none")
    if given.peer_cities < 1:
        parser.error("--peer-cities: 1 or more; for none say --peers none")
    return given


def _city(cache: Path, grids: int, noise: str, seed: int) -> Path:
    """The folder of a city, built if it is not there yet."""
    folder = cache / f"cities-{_makers()}" / f"{grids}-{noise}-{seed}"
    if not (folder / "facts.json").exists():
        wild = ["--wild"] if noise == "wild" else []
        command = [sys.executable, HERE / "city.py", str(grids), str(seed), folder, *wild]
        subprocess.run(command, check=True)
    return folder


def _makers() -> str:
    """Name of what makes the cities, so that a change of it makes new ones."""
    text = b"".join(path.read_bytes() for path in MAKERS)
    return hashlib.sha256(text).hexdigest()[:8]


def _one(row: Row, folder: Path, cache: Path, *, profile: Path | None) -> None:
    """Run one program on one city and score what it made."""
    if row.program in KNOWN:
        row.runs.append(Run(0, 0, {}))
        row.scores.append(_score(folder / KNOWN[row.program], folder))
        return
    made = cache / "results" / f"{folder.name}-{row.program}"
    made.parent.mkdir(exist_ok=True)
    if row.program in (OURS, OUR_CELLS):
        result = made.with_suffix(".parquet")
        only = row.program == OUR_CELLS
        command = ours_command(folder, result, only_cells=only, profile=None if only else profile)
    else:
        peer = PEERS[row.program]
        result = made.with_suffix(peer.suffix)
        try:
            command = peer.command(folder, result, cache, row.noise)
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


if __name__ == "__main__":
    main()

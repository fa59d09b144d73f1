"""The table of merge.py: medians over cities; of measures that should be 0, the worst city."""

from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from programs import OUR_CELLS, OURS

#: Rows of a file's table are between these lines.
BEGIN, END = "<!-- table of merge.py -->", "<!-- end of the table -->"


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


#: Measures whose goal is 0: the worst city counts. Of the others, the median.
COUNTS: Final = ("invalid", "overlaps", "slivers", "crossing", "gaps", "outside", "lost")
SHARES: Final = ("precision", "recall", "agree", "core", "orphan")
DRIFTS: Final = ("drift_A", "drift_B", "drift_C")
HEAD: Final = (
    "grids",
    "noise",
    "program",
    "cities",
    "CPU s",
    "merge s",
    f"CPU / {OURS}",
    "/ cells only",
    "MB",
    "cells / true",
    "valid",
    *COUNTS[:-1],
    *(f"{name} %" for name in SHARES),
    "drift A / B / C %",
    "lost",
    "special kept",
)


def table(rows: list[Row]) -> list[str]:
    """The table in Markdown: medians; of faults the worst city's."""
    lines = ["| " + " | ".join(HEAD) + " |", "|---" * 3 + "|--:" * (len(HEAD) - 3) + "|"]
    ours = {(row.grids, row.noise, row.program): row for row in rows if row.program in (OURS, OUR_CELLS)}
    for row in rows:
        start = [str(row.grids), row.noise, row.program]
        if row.fault() or not row.scores:
            values = [row.fault(), *[""] * (len(HEAD) - len(start) - 1)]
        else:
            values = _values(row, [ours[row.grids, row.noise, name] for name in (OURS, OUR_CELLS)])
        lines.append("| " + " | ".join([*start, *values]) + " |")
    return lines


def _values(row: Row, ours: list[Row]) -> list[str]:
    scores = row.scores
    merge = [run.said["merge_s"] for run in row.runs if "merge_s" in run.said]
    cells, true = (median(s[name] for s in scores) for name in ("cells", "true_cells"))
    special = min(s["special_kept"] - s["special"] for s in scores) + scores[0]["special"]
    cpu = _cpu(row, len(row.runs))
    return [
        str(len(scores)),
        f"{cpu:.1f}" if cpu else "",
        f"{median(merge):.1f}" if merge else "",
        *(
            f"{cpu / _cpu(one, len(row.runs)):.1f}" if cpu and row.program not in (OURS, OUR_CELLS) else ""
            for one in ours
        ),
        f"{median(run.memory_mb for run in row.runs):,.0f}" if cpu else "",
        f"{cells:,.0f} / {true:,.0f}",
        "yes" if all(s["valid_coverage"] for s in scores) else "no",
        *(f"{max(s[name] for s in scores):,}" for name in COUNTS[:-1]),
        *(f"{median(s[name] for s in scores):.2f}" for name in SHARES),
        " / ".join(f"{median(s[name] for s in scores):.1f}" for name in DRIFTS),
        str(max(s["lost"] for s in scores)),
        f"{special} of {scores[0]['special']}",
    ]


def _cpu(row: Row, cities: int) -> float:
    """CPU seconds on the first so many cities: peers may have merged fewer than we did."""
    return median(run.cpu_s for run in row.runs[:cities])


def updated(path: Path, rows: list[Row]) -> str:
    """Text of a Markdown file whose table has these rows instead of those of the same size and noise."""
    text = path.read_text(encoding="utf-8") if path.exists() else f"{BEGIN}\n{END}\n"
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    new = table(rows)
    keys = {_key(line) for line in new[2:]}
    kept = [line for line in old.strip().splitlines()[2:] if _key(line) not in keys]
    body = sorted(kept + new[2:], key=_key)
    return "\n".join([before + BEGIN, *new[:2], *body, END + after])


def _key(line: str) -> tuple[int, str]:
    """Size and noise of a line of the table."""
    grids, noise = line.split("|")[1:3]
    return int(grids), noise.strip()

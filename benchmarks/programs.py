"""The programs that merge.py compares, each as a command line for a process of its own."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent

Command = list[str | Path]


class Missing(Exception):  # noqa: N818 - no error: the table says it
    """A peer that is not on this machine, and why."""


@dataclass(frozen=True, slots=True)
class Peer:
    """How to run a peer: the command for a city folder, the file to write and the cache folder."""

    command: Callable[[Path, Path, Path], Command]
    suffix: str = ".parquet"


def ours_command(folder: Path, cells: Path, *, profile: Path | None = None) -> Command:
    """Command that merges with gridgov."""
    return [sys.executable, HERE / "ours.py", folder, cells, *(["--profile", profile] if profile else [])]


PEERS: Final[dict[str, Peer]] = {}

"""The programs that merge.py compares, each as a command line for a process of its own."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
OURS: Final = "gridgov"

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


def chain(name: str) -> Callable[[Path, Path, Path], Command]:
    """Command of one of chains.py."""

    def command(folder: Path, cells: Path, _: Path) -> Command:
        return [sys.executable, HERE / "chains.py", name, folder, cells]

    return command


def mapshaper_command(folder: Path, cells: Path, cache: Path) -> Command:
    """Command that merges with mapshaper, which npm brings into the cache folder.

    The settings are the best found. `overlap-rule=min-area` keeps grids that lie inside others; the frame
    around the city lets it fill gaps at the outline too.
    """
    node = shutil.which("node")
    if node is None:
        raise Missing("node is not installed")
    inputs = [folder / f"{name}.geojson" for name in ("district", "A", "B", "C")]
    return [
        node,
        _mapshaper(cache),
        "-i",
        *inputs,
        "combine-files",
        *MAPSHAPER.split(),
        "-o",
        cells,
        "gj2008",
    ]


def _mapshaper(cache: Path) -> Path:
    folder = cache / "npm"
    program = folder / "node_modules" / "mapshaper" / "bin" / "mapshaper"
    if not program.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise Missing("npm is not installed")
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [npm, "install", "--prefix", folder, MAPSHAPER_VERSION],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Missing(f"npm could not install {MAPSHAPER_VERSION}")
    return program


MAPSHAPER_VERSION: Final = "mapshaper@0.7.70"
MAPSHAPER: Final = """
    -snap interval=10 fix-geometry
    -clean gap-width=20 snap-interval=0.5 overlap-rule=min-area target=A,B,C
    -rectangle source=district offset=500 name=frame +
    -each district='outside' target=frame
    -erase district target=frame
    -merge-layers target=district,frame name=district force
    -union target=*
    -filter-slivers gap-width=25 remove-empty
    -clean gap-width=100 close-outer-gaps
    -filter this.properties.district!='outside'
"""

PEERS: Final[dict[str, Peer]] = {
    "mapshaper": Peer(mapshaper_command, suffix=".geojson"),
    "geopandas-overlay": Peer(chain("overlay")),
    "polygonize": Peer(chain("polygonize")),
}

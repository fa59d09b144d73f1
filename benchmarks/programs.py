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
#: Without conflicts, crosswalk and accounts, which no other program makes.
OUR_CELLS: Final = "gridgov, cells only"

Command = list[str | Path]
MakeCommand = Callable[[Path, Path, Path, str], Command]


class Missing(Exception):  # noqa: N818 - no error: the table says it
    """A peer that is not on this machine, and why."""


@dataclass(frozen=True, slots=True)
class Peer:
    """How to run a peer: the command for a city folder, the file to write, the cache folder and the noise."""

    command: MakeCommand
    suffix: str = ".parquet"


def ours_command(folder: Path, cells: Path, *, only_cells: bool, profile: Path | None = None) -> Command:
    """Command that merges with gridgov."""
    options = [*(["--only-cells"] if only_cells else []), *(["--profile", profile] if profile else [])]
    return [sys.executable, HERE / "ours.py", folder, cells, *options]


def chain(name: str) -> MakeCommand:
    """Command of one of chains.py."""

    def command(folder: Path, cells: Path, _: Path, noise: str) -> Command:
        return [sys.executable, HERE / "chains.py", name, folder, cells, "--thin-m", CHAIN_THIN_M[noise]]

    return command


def mapshaper_command(folder: Path, cells: Path, cache: Path, noise: str) -> Command:
    """Command that merges with mapshaper, which npm brings into the cache folder.

    The settings are the best found. `overlap-rule=min-area` keeps grids that lie inside others; the frame
    around the city lets it fill gaps at the outline too.
    """
    node = shutil.which("node")
    if node is None:
        raise Missing("node is not installed")
    inputs = [folder / f"{name}.geojson" for name in ("district", "A", "B", "C")]
    steps = MAPSHAPER.format(**MAPSHAPER_WIDTHS[noise]).split()
    return [node, _mapshaper(cache), "-i", *inputs, "combine-files", *steps, "-o", cells, "gj2008"]


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
#: Metres, the best found for each noise.
MAPSHAPER_WIDTHS: Final = {
    "calm": {"snap": 10, "gap": 20, "sliver": 25},
    "wild": {"snap": 15, "gap": 30, "sliver": 35},
}
CHAIN_THIN_M: Final = {"calm": "18", "wild": "25"}
MAPSHAPER: Final = """
    -snap interval={snap} fix-geometry
    -clean gap-width={gap} snap-interval=0.5 overlap-rule=min-area target=A,B,C
    -rectangle source=district offset=500 name=frame +
    -each district='outside' target=frame
    -erase district target=frame
    -merge-layers target=district,frame name=district force
    -union target=*
    -filter-slivers gap-width={sliver} remove-empty
    -clean gap-width=100 close-outer-gaps
    -filter this.properties.district!='outside'
"""

PEERS: Final[dict[str, Peer]] = {
    "mapshaper": Peer(mapshaper_command, suffix=".geojson"),
    "geopandas-overlay": Peer(chain("overlay")),
    "polygonize": Peer(chain("polygonize")),
}

"""Merge one city of city.py with gridgov, in a process of its own.

The merge's own CPU seconds are said on the last line.

    python benchmarks/ours.py FOLDER CELLS.parquet [--only-cells] [--profile FILE]
"""

import argparse
import cProfile
import json
import pstats
import time
from pathlib import Path

import geopandas as gpd

import gridgov

DEPARTMENTS = ("A", "B", "C")


def main() -> None:
    """Read, merge, write; say on the last line what the merge itself took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("cells", type=Path)
    parser.add_argument("--only-cells", action="store_true", help="no conflicts, no crosswalk, no accounts")
    parser.add_argument("--profile", type=Path, help="write a cProfile of the merge")
    given = parser.parse_args()
    layers = {name: _layer(given.folder, name) for name in DEPARTMENTS}
    within = {"district": _layer(given.folder, "district")}
    profile = cProfile.Profile(time.process_time)
    before = time.process_time()
    if given.profile:
        profile.enable()
    if given.only_cells:
        cells = gridgov.merge_cells(layers, within=within)
    else:
        cells = gridgov.merge_grids(layers, within=within).cells
    profile.disable()
    taken = time.process_time() - before
    cells.to_parquet(given.cells)
    if given.profile:
        profile.dump_stats(given.profile)
    stages = _stages(profile) if given.profile else {}
    print(json.dumps({"merge_s": taken, **stages}))


def _stages(profile: cProfile.Profile) -> dict[str, float]:
    """Seconds of each function that merge_grids calls itself; the profile makes all of them slower."""
    found = pstats.Stats(profile).stats
    stages = {
        name: round(calls[caller][3], 3)
        for (_, _, name), (*_, calls) in found.items()
        for caller in calls
        if caller[2] == "merge_grids"
    }
    return dict(sorted(stages.items(), key=lambda stage: -stage[1]))


def _layer(folder: Path, name: str) -> gpd.GeoDataFrame:
    frame = gpd.read_parquet(folder / f"{name}.parquet")
    return gridgov.make_grids(frame, department=name, columns={"id": "gid"})


if __name__ == "__main__":
    main()

"""One point at a time: how long a network takes to open, and how long one answer.

`python benchmarks/one.py` builds a network of 20,000 cells with an index beside it, opens it in a process of
its own, the first answer included, and prints seconds and CPU microseconds: medians over three processes.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CRS = "gcj02"


def write_network(folder: Path, number: int) -> Path:
    """Write a network of some cells, rules, and an index for points in GCJ-02."""
    import geopandas as gpd
    import numpy as np
    from partition import cells, points

    from gridgov import write_network
    from gridgov.datum import transform_points
    from gridgov.index import CellIndex, index_name
    from gridgov.layers import cells_to_keep, read_cells, read_network
    from gridgov.network import Network

    polygons = cells(number)
    ids = [f"410104-{row:06d}" for row in range(len(polygons))]
    table = gpd.GeoDataFrame(
        {
            "cell_id": ids,
            "district": "410104",
            "district_name": "管城回族区",
            "police": [f"P{row // 3}" for row in range(len(polygons))],
            "police_owner": [f"民警{row // 3}" for row in range(len(polygons))],
            "urban": [f"U{row // 5}" for row in range(len(polygons))],
            "urban_owner": [f"队员{row // 5}" for row in range(len(polygons))],
            "special": None,
            "area_m2": 90_000.0,
        },
        geometry=polygons,
        crs="EPSG:4547",
    )
    network = network_of(table, Network)
    path = folder / "network.gpkg"
    write_network(network, path, overwrite=True)
    # As `gridgov index` does.
    index, kept = index_name(path, CRS), cells_to_keep(read_cells(path))
    CellIndex(read_network(path).cells, points_crs=CRS).save(index, overwrite=True, kept=kept)
    (folder / "rules.csv").write_text(
        "category,district,handler\n信号灯,410104,住建局\n信号灯,,城管局\n", "utf-8"
    )
    lon, lat = transform_points(*points(polygons, 100_000), source="EPSG:4547", target=CRS)
    np.save(folder / "points.npy", np.stack([lon, lat]))
    return path


def network_of(table: Any, kind: Any) -> Any:
    """A network around a table of cells: its grids are the cells, and nothing is in conflict."""
    import pandas as pd

    from gridgov.schema import CONFLICT_COLUMNS, CROSSWALK_COLUMNS, SCHEMA_VERSION

    conflicts = table.iloc[:0][["geometry"]].assign(
        **{name: pd.Series(dtype=object) for name in (*CONFLICT_COLUMNS, "district") if name != "geometry"}
    )
    departments = ["police", "urban"]
    return kind(
        cells=table,
        grids=table.rename(columns={"cell_id": "grid_id"}),
        crosswalk=pd.DataFrame({name: pd.Series(dtype=object) for name in CROSSWALK_COLUMNS}),
        conflicts=conflicts,
        rungs={},
        summary={"rungs": []},
        provenance={
            "departments": departments,
            "network_version": "v1",
            "schema_version": SCHEMA_VERSION,
            "gridgov": "0",
        },
    )


def measure(network: Path, asked: int) -> dict[str, float]:
    """Open a network and ask points one by one, in this process, which has done nothing else yet.

    The imports are those of numpy and all others too. On average is over all points in a row; of each kind
    the clock is read at every point, which takes two microseconds and some of the processor's cache.
    """
    begin = time.perf_counter(), time.process_time()
    from gridgov import Locator

    imported = time.perf_counter(), time.process_time()
    rules = network.with_name("rules.csv")
    locator = Locator.open(network, rules=rules, points_crs=CRS)
    import numpy as np

    lon, lat = np.load(network.with_name("points.npy"))[:, :asked].tolist()
    locator.one(lon=lon[0], lat=lat[0], category="信号灯")
    opened = time.perf_counter(), time.process_time()
    began = time.process_time()
    for x, y in zip(lon, lat, strict=True):
        locator.one(lon=x, lat=y, category="信号灯")
    every_s = time.process_time() - began
    took: dict[str, list[float]] = {}
    for x, y in zip(lon, lat, strict=True):
        start = time.process_time_ns()
        found = locator.one(lon=x, lat=y, category="信号灯")
        took.setdefault(found.status, []).append((time.process_time_ns() - start) / 1e3)
    return {
        "imports_s": imported[0] - begin[0],
        "imports_cpu_s": imported[1] - begin[1],
        "opening_s": opened[0] - imported[0],
        "opening_cpu_s": opened[1] - imported[1],
        "mean_us": every_s / asked * 1e6,
        **{
            f"{kind}_us": statistics.median(took.get(kind, [0.0])) for kind in ("inside", "border", "outside")
        },
        "inside_%": 100 * len(took.get("inside", [])) / asked,
    }


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=20_000)
    parser.add_argument("--asked", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=Path(".bench/one"))
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        print(json.dumps(measure(chosen.measure, chosen.asked)))
        return
    chosen.folder.mkdir(parents=True, exist_ok=True)
    network = write_network(chosen.folder, chosen.cells)
    command = [sys.executable, __file__, "--measure", network, "--asked", str(chosen.asked)]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(3)
    ]
    for name in runs[0]:
        print(f"{name:>14} {statistics.median(run[name] for run in runs):10.3f}")


if __name__ == "__main__":
    main()

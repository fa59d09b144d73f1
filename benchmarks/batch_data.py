"""Cells, and incidents in and around them, as the files of a batch job."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import partition
import pyarrow as pa
from one import network_of
from pyproj import Transformer

from gridgov import write_network
from gridgov.network import Network

__all__ = ["degrees_of", "indexed_network", "write_cells", "write_incidents"]

CATEGORIES = ["路灯", "井盖", "占道经营", "飞线充电", "垃圾"]
BATCH = 1_000_000


def write_cells(number: int, folder: Path) -> Path:
    """About `number` cells of 75 corners with two departments, as a network's cells; once."""
    path = folder / f"cells-{number}.parquet"
    if path.exists():
        return path
    shapes = partition.cells(number)
    at = np.arange(len(shapes))
    table = pd.DataFrame(
        {
            "cell_id": [f"410104-{n:06}" for n in at],
            "district": "410104",
            "district_name": "管城回族区",
            "police": [f"J{n:05}" for n in at // 3],
            "police_owner": [f"示例{n % 40}派出所" for n in at // 3],
            "urban": [f"C{n:05}" for n in at // 5],
            "urban_owner": [f"示例城管{n % 25}中队" for n in at // 5],
            "special": None,
            "area_m2": 90_000.0,
        }
    )
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs=4547)
    frame.to_crs(4326).to_parquet(degrees_of(path))
    frame.to_parquet(path)
    return path


def indexed_network(cells: Path) -> Path:
    """The same cells as a network with an index for points in CGCS2000 beside it; once."""
    path = cells.with_name(f"{cells.stem}.network.gpkg")
    if path.exists():
        return path
    # In a process of its own: the memory of those that are measured begins with what this one took.
    subprocess.run([sys.executable, __file__, str(cells), str(path)], check=True)
    return path


def _write_indexed(cells: Path, path: Path) -> None:
    frame = gpd.read_parquet(cells).assign(special=None)
    write_network(network_of(frame, Network), path)
    index = [sys.executable, "-m", "gridgov", "index", str(path), "--crs", "cgcs2000", "--overwrite"]
    subprocess.run(index, check=True)


def degrees_of(cells: Path) -> Path:
    """The same cells in degrees, for programs that do not bring points to them."""
    return cells.with_name(f"{cells.stem}-degrees.parquet")


def write_incidents(number: int, cells: Path, folder: Path, kind: str) -> Path:
    """Incidents in CGCS2000 degrees with 7 decimals, half of them clustered, as csv or parquet; once."""
    path = folder / f"incidents-{number}.{kind}"
    if path.exists():
        return path
    if kind == "csv":
        with path.open("wb") as file:
            for part, rows in enumerate(_parts(number, cells)):
                import polars as pl

                pl.from_arrow(rows).write_csv(file, include_header=part == 0)
        return path
    import pyarrow.parquet as pq

    writer = None
    for rows in _parts(number, cells):
        writer = writer or pq.ParquetWriter(path, rows.schema, compression="zstd")
        writer.write_table(rows, row_group_size=200_000)
    writer.close()
    return path


def _parts(number: int, cells: Path) -> Iterator[pa.Table]:
    shapes = gpd.read_parquet(cells).geometry.to_numpy()
    degrees = Transformer.from_crs(4547, 4490, always_xy=True)
    kinds = np.array(CATEGORIES, dtype=object)
    for part, begin in enumerate(range(0, number, BATCH)):
        size = min(BATCH, number - begin)
        lon, lat = degrees.transform(*partition.points(shapes, size, seed=part + 1))
        random = np.random.default_rng(part)
        yield pa.table(
            {
                "事件编码": pa.array(np.arange(begin, begin + size) + 41_010_400_000_000_000).cast(
                    pa.string()
                ),
                "经度": pa.array(lon.round(7)).cast(pa.string()),
                "纬度": pa.array(lat.round(7)).cast(pa.string()),
                "小类": pa.array(kinds[random.integers(0, len(kinds), size)]),
            }
        )


if __name__ == "__main__":
    _write_indexed(*map(Path, sys.argv[1:]))

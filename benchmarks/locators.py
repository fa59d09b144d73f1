"""Programs that say which cell a point lies in, each measured in a process of its own.

`python locators.py PROGRAM FOLDER REPEATS` reads what locate.py wrote to FOLDER and prints one line of JSON.
Points are made into each program's own form before the clock starts.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

CRS = "EPSG:4547"

#: What makes SedonaDB quickest here: points against polygons prepared once, GeoRust's tests.
SEDONA = {"execution_mode": "prepare_build", "spatial_library": "geo"}

Rows = Any
Locate = Callable[[], Rows]


def ours(polygons: Any, x: Any, y: Any) -> Locate:
    """Locate with gridgov, numpy alone."""
    from gridgov.index import CellIndex, asking

    asking.worth_compiling = lambda _: False
    index = _timed(lambda: CellIndex(gpd.GeoDataFrame(geometry=polygons, crs=CRS)))
    return lambda: index.locate(lon=x, lat=y)


def ours_border(polygons: Any, x: Any, y: Any) -> Locate:
    """Locate with gridgov, numpy alone, with the cells within a metre."""
    from gridgov.index import CellIndex, asking

    asking.worth_compiling = lambda _: False
    index = CellIndex(gpd.GeoDataFrame(geometry=polygons, crs=CRS))
    return lambda: index.candidates(lon=x, lat=y, border_m=1.0)


def ours_gcj02(polygons: Any, x: Any, y: Any) -> Locate:
    """Locate with gridgov, numpy alone, points in GCJ-02."""
    from gridgov.datum import transform_points
    from gridgov.index import CellIndex, asking

    asking.worth_compiling = lambda _: False
    lon, lat = transform_points(x, y, source=CRS, target="gcj02")
    index = _timed(lambda: CellIndex(gpd.GeoDataFrame(geometry=polygons, crs=CRS), points_crs="gcj02"))
    return lambda: index.locate(lon=lon, lat=lat)


def ours_compiled(polygons: Any, x: Any, y: Any, *, threads: int = 1) -> Locate:
    """Locate with gridgov with numba, one thread."""
    import numba

    from gridgov.index import CellIndex
    from gridgov.index.compiled import compiled

    if compiled() is None:
        raise ImportError("numba")
    numba.set_num_threads(threads)
    # What is compiled is loaded from its cache before the clock starts.
    CellIndex(gpd.GeoDataFrame(geometry=polygons[:50], crs=CRS)).locate(lon=x[:100], lat=y[:100])
    index = _timed(lambda: CellIndex(gpd.GeoDataFrame(geometry=polygons, crs=CRS)))
    return lambda: index.locate(lon=x, lat=y)


def ours_two_threads(polygons: Any, x: Any, y: Any) -> Locate:
    """Locate with gridgov with numba, two threads."""
    return ours_compiled(polygons, x, y, threads=2)


def gather(polygons: Any, x: Any, y: Any) -> Locate:
    """The bare gather: each point's pixel of gridgov's raster, by numba, its place known."""
    import numba

    from gridgov.index import CellIndex

    raster = CellIndex(gpd.GeoDataFrame(geometry=polygons, crs=CRS))._ready.raster  # noqa: SLF001
    grid = raster.grid
    place = np.floor(grid.up(y)).astype(np.int64) * grid.width + np.floor(grid.across(x)).astype(np.int64)
    place[(place < 0) | (place >= len(raster.code))] = 0

    @numba.njit  # type: ignore[untyped-decorator]
    def fetch(code: Any, place: Any) -> Any:
        found = np.empty(len(place), dtype=np.int32)
        for i in range(len(place)):
            found[i] = code[place[i]]
        return found

    fetch(raster.code, place[:10])
    return lambda: fetch(raster.code, place)


def geopandas_sjoin(polygons: Any, x: Any, y: Any) -> Locate:
    """geopandas.sjoin."""
    table = gpd.GeoDataFrame({"row": np.arange(len(polygons))}, geometry=polygons, crs=CRS)
    places = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=CRS)
    return lambda: gpd.sjoin(places, table, how="inner", predicate="intersects")["row"]


def sedonadb(polygons: Any, x: Any, y: Any) -> Locate:
    """SedonaDB, tuned."""
    import sedonadb

    context = sedonadb.connect()
    for name, value in SEDONA.items():
        context.sql(f"SET sedona.spatial_join.{name} = '{value}'").execute()
    context.sql("SET datafusion.execution.target_partitions = 1").execute()
    table = gpd.GeoDataFrame({"row": np.arange(len(polygons))}, geometry=polygons)
    places = gpd.GeoDataFrame({"point": np.arange(len(x))}, geometry=gpd.points_from_xy(x, y))
    context.create_data_frame(table).to_memtable().to_view("cells")
    context.create_data_frame(places).to_memtable().to_view("points")
    asked = "SELECT points.point, cells.row FROM points JOIN cells"
    question = f"{asked} ON ST_Intersects(cells.geometry, points.geometry)"
    return lambda: context.sql(question).to_arrow_table()["row"].to_numpy()  # noqa: PLW0108


def duckdb_spatial(polygons: Any, x: Any, y: Any) -> Locate:
    """DuckDB spatial, its spatial join."""
    import duckdb
    import duckdb_extension_spatial
    import pyarrow as pa

    folder = Path(duckdb_extension_spatial.__file__).parent
    extension = next(folder.rglob("*.duckdb_extension"))
    base = duckdb.connect(config={"allow_unsigned_extensions": "true", "threads": "1"})
    base.execute(f"INSTALL '{extension}'; LOAD spatial")
    table = pa.table(
        {"row": np.arange(len(polygons)), "wkb": pa.array(shapely.to_wkb(polygons), pa.binary())}
    )
    places = pa.table({"x": x, "y": y})
    base.register("table_", table)
    base.register("places_", places)
    base.execute("CREATE TABLE cells AS SELECT row, ST_GeomFromWKB(wkb) AS shape FROM table_")
    base.execute("CREATE TABLE points AS SELECT ST_Point(x, y) AS shape FROM places_")
    question = "SELECT cells.row FROM points JOIN cells ON ST_Intersects(cells.shape, points.shape)"
    return lambda: base.execute(question).fetchnumpy()["row"]


def polars_st(polygons: Any, x: Any, y: Any) -> Locate:
    """polars-st, sjoin."""
    import polars as pl
    import polars_st as st

    table = pl.DataFrame({"row": np.arange(len(polygons)), "geometry": list(shapely.to_wkb(polygons))})
    places = pl.DataFrame({"geometry": list(shapely.to_wkb(shapely.points(x, y)))})
    table, places = (each.with_columns(st.geom("geometry")) for each in (table, places))
    return lambda: places.st.sjoin(table, on="geometry", predicate="intersects")["row"].to_numpy()  # noqa: PLW0108


PROGRAMS: dict[str, Callable[[Any, Any, Any], Locate]] = {
    "gridgov": ours,
    "gridgov, border 1 m": ours_border,
    "gridgov, GCJ-02": ours_gcj02,
    "gridgov, numba": ours_compiled,
    "gridgov, numba, 2 threads": ours_two_threads,
    "bare gather": gather,
    "geopandas.sjoin": geopandas_sjoin,
    "SedonaDB": sedonadb,
    "DuckDB spatial": duckdb_spatial,
    "polars-st": polars_st,
}

_built: list[float] = []


def _timed(build: Callable[[], Any]) -> Any:
    begin = time.process_time()
    built = build()
    _built.append(time.process_time() - begin)
    return built


def main(program: str, folder: Path, repeats: int) -> None:
    """Measure one program and print what was measured."""
    polygons = shapely.from_wkb(np.load(folder / "cells.npy", allow_pickle=True))
    x, y = np.load(folder / "points.npy")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    locate = PROGRAMS[program](polygons, x, y)
    cpu, wall, found = [], [], None
    for _ in range(repeats):
        begin = time.process_time(), time.perf_counter()
        found = locate()
        cpu.append(time.process_time() - begin[0])
        wall.append(time.perf_counter() - begin[1])
    rows = np.asarray(getattr(found, "row", found))
    print(
        json.dumps(
            {
                "cpu_s": float(np.median(cpu)),
                "wall_s": float(np.median(wall)),
                "build_cpu_s": _built[0] if _built else None,
                "peak_mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
                "found": int((rows >= 0).sum()),
                "sum": int(rows[rows >= 0].astype(np.int64).sum()),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))

"""Programs that say which cell a point lies in, each measured in a process of its own.

`python locators.py PROGRAM FOLDER` reads what locate.py wrote to FOLDER and prints one line of JSON.
Points are made into each program's own form before the clock starts. What takes less than half a second is
repeated until it has taken that long: a moment tells little where other machines share the processor.
"""

import json
import subprocess
import sys
import tempfile
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

#: At least so many repeats, and so many seconds of them.
REPEATS, LONG_S = 3, 0.5

#: Bytes of memory that are written to before the clock starts. To a virtual machine its host hands out memory
#: when it is first written to, ten times as slowly as the machine itself does, and takes back what lies idle.
WARM = 2 << 30

Rows = Any
Locate = Callable[[], Rows]


def _without_numba() -> None:
    sys.modules["numba"] = None  # type: ignore[assignment] (as if it were not installed)


def ours(polygons: Any, x: Any, y: Any) -> Locate:
    """Locate with gridgov, numpy alone."""
    from gridgov.index import CellIndex

    _without_numba()
    index = _timed(lambda: CellIndex(gpd.GeoDataFrame(geometry=polygons, crs=CRS)))
    return lambda: index.locate(lon=x, lat=y)


def ours_border_compiled(polygons: Any, x: Any, y: Any) -> Locate:
    """Locate with gridgov with numba, one thread, with the cells within a metre."""
    import numba

    numba.set_num_threads(1)
    ours_compiled(polygons[:50], x[:100], y[:100])
    _built.clear()
    from gridgov.index import CellIndex

    index = CellIndex(gpd.GeoDataFrame(geometry=polygons, crs=CRS))
    index.locate_within(lon=x[:100], lat=y[:100], border_m=1.0)
    return lambda: index.locate_within(lon=x, lat=y, border_m=1.0)[0]


def ours_border(polygons: Any, x: Any, y: Any) -> Locate:
    """Locate with gridgov, numpy alone, with the cells within a metre."""
    from gridgov.index import CellIndex

    _without_numba()
    index = CellIndex(gpd.GeoDataFrame(geometry=polygons, crs=CRS))
    return lambda: index.locate_within(lon=x, lat=y, border_m=1.0)[0]


def ours_gcj02(polygons: Any, x: Any, y: Any) -> Locate:
    """Locate with gridgov, numpy alone, points in GCJ-02."""
    from gridgov.datum import transform_points
    from gridgov.index import CellIndex

    _without_numba()
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
    some = CellIndex(gpd.GeoDataFrame(geometry=polygons[:50], crs=CRS))
    some.locate(lon=x[:100], lat=y[:100])
    some.locate_within(lon=x[:100], lat=y[:100], border_m=1.0)
    index = _timed(lambda: CellIndex(gpd.GeoDataFrame(geometry=polygons, crs=CRS)))
    if threads == 1 and len(polygons) > 50:
        _load(index)
    return lambda: index.locate(lon=x, lat=y)


def ours_two_threads(polygons: Any, x: Any, y: Any) -> Locate:
    """Locate with gridgov with numba, two threads."""
    return ours_compiled(polygons, x, y, threads=2)


def gather(polygons: Any, x: Any, y: Any, *, threads: int = 1) -> Locate:
    """The bare gather: the pixel of each point worked out, and read from gridgov's raster; by numba.

    As quick as it can be made: places of some points first, then their pixels, so that the processor asks for
    many pixels before it needs the first.
    """
    import numba

    from gridgov.index import CellIndex

    raster = CellIndex(gpd.GeoDataFrame(geometry=polygons, crs=CRS))._ready.raster  # noqa: SLF001
    grid = raster.grid
    shape = (grid.west, grid.south, grid.columns_per_x, grid.rows_per_y, grid.width, grid.height)

    numba.set_num_threads(threads)

    @numba.njit(error_model="numpy", parallel=threads > 1)  # type: ignore[untyped-decorator]
    def fetch(code: Any, shape: Any, x: Any, y: Any) -> Any:
        west, south, columns_per_x, rows_per_y, width, height = shape
        found = np.empty(len(x), dtype=np.int32)
        for step in numba.prange((len(x) + 2047) // 2048):
            first, place = step * 2048, np.empty(2048, dtype=np.int64)
            count = min(2048, len(x) - first)
            for i in range(count):
                u, v = (x[first + i] - west) * columns_per_x, (y[first + i] - south) * rows_per_y
                there = (u >= 0) & (u < width) & (v >= 0) & (v < height)
                place[i] = np.int64(v) * width + np.int64(u) if there else 0
            for i in range(count):
                found[first + i] = code[place[i]]
        return found

    fetch(raster.code, shape, x[:10], y[:10])
    return lambda: fetch(raster.code, shape, x, y)


def gather_two_threads(polygons: Any, x: Any, y: Any) -> Locate:
    """The same, two threads: how much of a second one this machine's memory leaves."""
    return gather(polygons, x, y, threads=2)


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
    "gridgov, numba, border 1 m": ours_border_compiled,
    "gridgov, GCJ-02": ours_gcj02,
    "gridgov, numba": ours_compiled,
    "gridgov, numba, 2 threads": ours_two_threads,
    "bare gather": gather,
    "bare gather, 2 threads": gather_two_threads,
    "geopandas.sjoin": geopandas_sjoin,
    "SedonaDB": sedonadb,
    "DuckDB spatial": duckdb_spatial,
    "polars-st": polars_st,
}

_built: list[float] = []
_loaded: list[float] = []


def _load(index: Any) -> None:
    """How long a saved index takes to load, its first point included."""
    from gridgov.index import CellIndex

    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder, "cells.idx"))
        begin = time.perf_counter()
        CellIndex.load(Path(folder, "cells.idx")).locate(lon=np.zeros(1), lat=np.zeros(1))
        _loaded.append(time.perf_counter() - begin)


def _memory(name: str) -> float:
    """MB of this process: VmRSS now, VmHWM at most since it was set back."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def warm() -> None:
    """Have another process write to memory that this one will be given."""
    program = f"import mmap; mmap.mmap(-1, {WARM}).write(bytes({WARM}))"
    subprocess.run([sys.executable, "-c", program], check=True)


def _timed(build: Callable[[], Any]) -> Any:
    built = None
    for _ in range(REPEATS):
        del built
        warm()
        begin = time.process_time()
        built = build()
        _built.append(time.process_time() - begin)
    return built


def main(program: str, folder: Path) -> None:
    """Measure one program and print what was measured."""
    polygons = shapely.from_wkb(np.load(folder / "cells.npy", allow_pickle=True))
    x, y = np.load(folder / "points.npy")
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    before = _memory("VmRSS")
    locate = PROGRAMS[program](polygons, x, y)
    cpu: list[float] = []
    wall: list[float] = []
    found = None
    warm()
    while len(wall) < REPEATS or sum(wall) < LONG_S:
        found = None
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
                "build_cpu_s": float(np.median(_built)) if _built else None,
                "load_s": _loaded[0] if _loaded else None,
                "peak_mb": _memory("VmHWM") - before,
                "found": int((rows >= 0).sum()),
                "sum": int(rows[rows >= 0].astype(np.int64).sum()),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

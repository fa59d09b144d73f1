"""What people do with shapely and geopandas alone, each chain at the best settings found for it.

    python benchmarks/chains.py overlay|polygonize FOLDER CELLS.parquet [--thin-m 18]

overlay: each layer cleaned as a coverage, then overlaid one after the other. polygonize: all borders noded
together, the faces named by the polygon over their inner point. Both then drop slivers and let
`coverage_clean` close the gaps that they leave.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

LAYERS: Final = ("district", "A", "B", "C")
#: The layers are cleaned of gaps as wide as the borders are apart.
GAP_M, SNAP_M = 25.0, 0.5
LEAST_M2: Final = 300.0
#: What slivers leave behind is filled however wide: places that no department has are pieces of their own.
FILL_M: Final = 500.0
ROUNDING_M: Final = 0.01

Shapes = NDArray[np.object_]


def overlay(layers: dict[str, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Clean each layer, overlay them in turn, the districts last: large polygons make it slow."""
    merged = None
    for name in LAYERS[1:]:
        clean = _clean(layers[name].drop_duplicates(name))
        merged = clean if merged is None else gpd.overlay(merged, clean, how="union", keep_geom_type=True)
    districts = layers["district"]
    inside = gpd.overlay(merged, districts, how="intersection", keep_geom_type=True)
    empty = shapely.difference(np.asarray(districts.geometry.array), shapely.union_all(merged.geometry.array))
    return gpd.GeoDataFrame(pd.concat([inside, districts.set_geometry(empty, crs=districts.crs)]))


def _clean(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A layer as a coverage; of grids that overlap the smaller keeps the area, else those inside are lost."""
    shapes = shapely.coverage_clean(
        np.asarray(layer.geometry.array),
        gap_width=GAP_M,
        snapping_distance=SNAP_M,
        merge_strategy="min_area",
    )
    clean = layer.set_geometry(shapes, crs=layer.crs)
    return clean[~clean.is_empty]


def polygonize(layers: dict[str, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Node all borders together; the smallest polygon of each layer over a face names it."""
    borders = shapely.boundary(np.concatenate([layers[name].geometry.array for name in LAYERS]))
    noded = shapely.union_all(borders, grid_size=ROUNDING_M)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inner = shapely.point_on_surface(faces)
    merged = gpd.GeoDataFrame(geometry=faces, crs=layers["district"].crs)
    for name in LAYERS:
        shapes = np.asarray(layers[name].geometry.array)
        grid, face = shapely.STRtree(inner).query(shapes, predicate="contains")
        order = np.lexsort((grid, -shapely.area(shapes[grid])))
        label = np.full(len(faces), None, dtype=object)
        label[face[order]] = layers[name][name].to_numpy()[grid[order]]
        merged[name] = pd.Series(label, dtype=object)
    return merged[merged["district"].notna()]


def closed(merged: gpd.GeoDataFrame, *, outline: shapely.Geometry, thin_m: float) -> gpd.GeoDataFrame:
    """Join pieces of the same names, drop slivers, and give their area to the neighbours."""
    key = merged[list(LAYERS)].fillna("").agg("|".join, axis=1)
    joined = merged.dissolve(key.to_numpy(), aggfunc="first").explode(ignore_index=True)
    shapes = np.asarray(joined.geometry.array)
    area, border = shapely.area(shapes), shapely.length(shapes)
    joined = joined[(area >= LEAST_M2) & (2 * area >= thin_m * border)].reset_index(drop=True)
    framed = np.append(np.asarray(joined.geometry.array), _frame(outline))
    shapes = shapely.coverage_clean(framed, gap_width=FILL_M, snapping_distance=SNAP_M)
    return joined.set_geometry(shapes[:-1], crs=joined.crs)


def _frame(outline: shapely.Geometry) -> shapely.Geometry:
    """Everything around the city: without it, gaps at its edge are open to the outside and stay."""
    return shapely.difference(shapely.box(*outline.buffer(FILL_M).bounds), outline)


CHAINS: Final[dict[str, Callable[[dict[str, gpd.GeoDataFrame]], gpd.GeoDataFrame]]] = {
    "overlay": overlay,
    "polygonize": polygonize,
}


def main() -> None:
    """Read, merge, write; say on the last line what the merge itself took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("chain", choices=CHAINS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("cells", type=Path)
    parser.add_argument(
        "--thin-m", type=float, default=18.0, help="pieces thinner (2 A / P) are slivers (18)"
    )
    given = parser.parse_args()
    layers = {name: _layer(given.folder / f"{name}.parquet", name) for name in LAYERS}
    before = time.process_time()
    outline = shapely.union_all(layers["district"].geometry.array)
    cells = closed(CHAINS[given.chain](layers), outline=outline, thin_m=given.thin_m)
    taken = time.process_time() - before
    cells[[*LAYERS, "geometry"]].to_parquet(given.cells)
    print(json.dumps({"merge_s": taken}))


def _layer(path: Path, name: str) -> gpd.GeoDataFrame:
    layer = gpd.read_parquet(path)
    shapes = shapely.make_valid(np.asarray(layer.geometry.array), method="structure", keep_collapsed=False)
    return gpd.GeoDataFrame({name: layer["gid"]}, geometry=shapes, crs=layer.crs)


if __name__ == "__main__":
    main()

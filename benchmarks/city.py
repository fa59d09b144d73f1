"""A city whose true cells are known, and the layers its departments would have drawn of it.

    python benchmarks/city.py GRIDS SEED FOLDER [--wild]

Three departments, A drawn best and C worst, each with about GRIDS grids that are groups of the same blocks
and never cross a district. What each drew is off the truth (see departments.py); what is true, sample points
say. The same seed gives the same city. Needs the dependency group `bench`.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra

# The samples and the benchmarks are built of the same blocks.
sys.path.append(str(Path(__file__).resolve().parents[1] / "data"))

from best_drawing import best_drawing
from blocks import City, Ints, city_of_blocks
from departments import CALM, NOISE, Drawn, Noise, damaged, draw, premises_of
from truth import sample_points, true_cells

DEPARTMENTS: Final = ("A", "B", "C")
CRS: Final = 4547
#: Lower left of nowhere in particular, so far from the origin as real coordinates are.
ORIGIN: Final = (475_000.0, 3_843_000.0)
#: About four hectares: an ordinary block; three of them make a grid of a department.
BLOCK_M: Final = 200.0
BLOCKS_PER_GRID: Final = 3
GRIDS_PER_DISTRICT: Final = 1500
LEAST_DISTRICTS: Final = 4
SPECIAL_SHARE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Truth:
    """What the departments drew, and what is true.

    `layers` and `districts` have the column ``gid``, layers also ``kind``: the damage a grid took. `cells`
    has ``district, A, B, C``, None where a department has no grid; `best` are the same cells along the best
    drawing of each border; `points` are described in truth.py.
    """

    layers: dict[str, gpd.GeoDataFrame]
    districts: gpd.GeoDataFrame
    cells: gpd.GeoDataFrame
    best: gpd.GeoDataFrame
    points: pd.DataFrame


def build(grids: int, seed: int, *, noise: dict[str, Noise] = CALM) -> Truth:
    """The city of this seed with about `grids` grids a department."""
    rng = np.random.default_rng(seed)
    city = city_of(rng, count=BLOCKS_PER_GRID * grids)
    blocks = city.blocks()
    everywhere = np.zeros(len(blocks), dtype=np.int64)
    district = units_of(city, rng, count=max(LEAST_DISTRICTS, grids // GRIDS_PER_DISTRICT), inside=everywhere)
    premises = premises_of(blocks, rng, count=round(SPECIAL_SHARE * grids), prefix="A", crs=CRS)
    drawn = {
        name: draw(city, units_of(city, rng, count=grids, inside=district), rng, noise=noise[name])
        for name in DEPARTMENTS
    }
    layers = {
        name: damaged(one, rng, prefix=name, premises=premises if name == "A" else None, crs=CRS)
        for name, one in drawn.items()
    }
    named = _named(district, drawn, layers)
    cells = true_cells(city, named, premises)
    yards = layers["A"][layers["A"]["kind"] == "special"]
    best = best_drawing(city, district=district, drawn=drawn, named=named, premises=yards)
    names = [f"D{k}" for k in np.unique(district)]
    shapes = [shapely.coverage_union_all(blocks[district == k]) for k in np.unique(district)]
    districts = gpd.GeoDataFrame({"gid": names}, geometry=shapes, crs=CRS)
    points = sample_points(cells, rng)
    return Truth(layers=layers, districts=districts, cells=cells, best=best, points=points)


def city_of(rng: np.random.Generator, *, count: int) -> City:
    """A rounded city with a ragged edge of about `count` blocks, seeds on a jittered lattice."""
    radius = np.sqrt(count / np.pi)
    half = int(1.4 * radius) + 3
    lattice = np.stack(np.meshgrid(*[np.arange(-half, half + 1)] * 2, indexing="ij"), axis=-1).reshape(-1, 2)
    seeds = (lattice + rng.uniform(-0.34, 0.34, lattice.shape)) * BLOCK_M
    angle, distance = np.arctan2(seeds[:, 1], seeds[:, 0]), np.hypot(*seeds.T) / BLOCK_M
    waves = 0.08 * np.cos(2 * angle - 0.4) + 0.05 * np.sin(7 * angle) + 0.02 * np.sin(19 * angle)
    inside = distance < radius * (1 + waves)
    return city_of_blocks(seeds, inside, rng, place=lambda points: points + np.asarray(ORIGIN))


def units_of(city: City, rng: np.random.Generator, *, count: int, inside: Ints) -> Ints:
    """Group blocks into about `count` connected units that never cross `inside`: one number per block.

    Units grow from blocks drawn by lot, along ways of unequal ease, so that their sizes and shapes differ.
    """
    blocks = len(inside)
    sides = city.sides[(city.sides >= 0).all(axis=1)]
    sides = sides[inside[sides[:, 0]] == inside[sides[:, 1]]]
    ease = rng.uniform(0.6, 1.6, len(sides))
    graph = coo_array((ease, tuple(sides.T)), shape=(blocks, blocks)).tocsr()
    starts = rng.choice(blocks, min(count, blocks), replace=False)
    _, _, unit = dijkstra(graph, directed=False, indices=starts, min_only=True, return_predecessors=True)
    _, island = connected_components(graph, directed=False)
    unit = np.where(unit < 0, blocks + island, unit)
    return np.unique(unit, return_inverse=True)[1].astype(np.int64)


def _named(district: Ints, drawn: dict[str, Drawn], layers: dict[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """True names of each block: the district, and the grid each department drew there, if it kept it."""
    named = pd.DataFrame({"district": [f"D{k}" for k in district]}, dtype=object)
    for name, one in drawn.items():
        grid = np.array([None if k < 0 else f"{name}{k}" for k in one.at_block], dtype=object)
        grid[~np.isin(grid, layers[name]["gid"].to_numpy())] = None
        named[name] = pd.Series(grid, dtype=object)
    return named


def write(truth: Truth, folder: Path) -> None:
    """Write the city: GeoParquet for programs that read it, GeoJSON for the others, and the points."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, layer in {**truth.layers, "district": truth.districts}.items():
        layer.to_parquet(folder / f"{name}.parquet")
        named = layer[["gid", "geometry"]].rename(columns={"gid": name})
        named.to_file(folder / f"{name}.geojson", driver="GeoJSON", COORDINATE_PRECISION=4)
    truth.cells.to_parquet(folder / "truth.parquet")
    truth.best.to_parquet(folder / "best.parquet")
    truth.points.to_parquet(folder / "points.parquet")
    # Last, so that a folder with facts is complete.
    facts = {"cells": len(truth.cells), "points": len(truth.points), "grids": len(truth.layers["A"])}
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")


def main() -> None:
    """Build one city."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("grids", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wild", action="store_true", help="borders up to 3, 25 and 40 m off")
    given = parser.parse_args()
    write(build(given.grids, given.seed, noise=NOISE["wild" if given.wild else "calm"]), given.folder)


if __name__ == "__main__":
    main()

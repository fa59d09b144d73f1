"""What the list of conflicts finds: defects of known kind and place, planted in a city that has none.

    python benchmarks/defects.py --seeds 1 2 3 4 5 [--grids 600] [--each 3] [--noise none calm]

Two departments group the same blocks into grids. Without noise both draw them exactly, so that every row of
the list is due to a planted defect; with it B's borders are off by 2 to 10 m, which the list must see
through. Prints, per defect, how many were planted and found, and how many rows of that kind nothing explains.
"""

import argparse
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import city
import geopandas as gpd
import numpy as np
import shapely
from departments import CALM, Noise, draw
from planting import PLANTERS, Field, Seed, planted

import gridgov

DEPARTMENTS: Final = ("A", "B")
#: A row is due to a defect if it lies this near to where that was planted.
NEAR_M: Final = 1.0
NOISES: Final[dict[str, dict[str, Noise] | None]] = {"none": None, "calm": CALM}


@dataclass(slots=True)
class Tally:
    """Defects planted and found, by name; rows of the list and those nothing explains, by kind."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)


def clean(
    grids: int, seed: int, noise: dict[str, Noise] | None
) -> tuple[dict[str, gpd.GeoDataFrame], gpd.GeoDataFrame]:
    """Departments' grids without a fault, with `gid, owner, district`, and the districts."""
    rng = np.random.default_rng(seed)
    made = city.city_of(rng, count=city.BLOCKS_PER_GRID * grids)
    blocks = made.blocks()
    everywhere = np.zeros(len(blocks), dtype=np.int64)
    district = city.units_of(made, rng, count=city.LEAST_DISTRICTS, inside=everywhere)
    layers = {}
    for name in DEPARTMENTS:
        unit = city.units_of(made, rng, count=grids, inside=district)
        numbers, first = np.unique(unit, return_index=True)
        shapes = np.array([shapely.coverage_union_all(blocks[unit == k]) for k in numbers], dtype=object)
        if noise is not None and name != "A":
            drawn = draw(made, unit, rng, noise=noise[name])
            numbers, shapes = drawn.ids, drawn.shapes
            first = np.array([np.flatnonzero(drawn.at_block == k)[0] for k in numbers])
        table = {
            "gid": [f"{name}{k}" for k in numbers],
            "owner": [f"{name} office {k}" for k in numbers],
            "district": district[first],
        }
        rounded = shapely.set_precision(shapes, 0.01)
        layers[name] = gpd.GeoDataFrame(table, geometry=rounded, crs=city.CRS)
    names = np.unique(district)
    outlines = shapely.set_precision([shapely.coverage_union_all(blocks[district == k]) for k in names], 0.01)
    return layers, gpd.GeoDataFrame({"gid": [f"D{k}" for k in names]}, geometry=outlines, crs=city.CRS)


def merged(layers: dict[str, gpd.GeoDataFrame], districts: gpd.GeoDataFrame) -> gridgov.Network:
    """The network of layers with `gid` and `owner`."""
    columns = {"id": "gid", "owner": "owner"}
    ready = {
        name: gridgov.make_grids(layer.drop(columns="district"), department=name, columns=columns)
        for name, layer in layers.items()
    }
    rung = gridgov.make_grids(districts, department="district", columns={"id": "gid"})
    return gridgov.merge_grids(ready, within={"district": rung})


def score(conflicts: gpd.GeoDataFrame, seeds: list[Seed], tally: Tally, *, noisy: bool) -> None:
    """Lay the list beside what was planted."""
    explained = np.zeros(len(conflicts), dtype=bool)
    owner = conflicts["departments"].str.rpartition("|")[2].to_numpy()
    ids = [frozenset(text.split("|")) for text in conflicts["grid_ids"]]
    kinds, severities = conflicts["kind"].to_numpy(), conflicts["severity"].to_numpy()
    shapes = conflicts.geometry.to_numpy()
    for seed in seeds:
        near = (shapely.distance(shapes, seed.place) <= NEAR_M) & (owner == seed.department)
        same = np.array([bool(seed.grids & found) for found in ids])
        exact = np.array([seed.grids <= found for found in ids])
        hit = near & exact & (kinds == seed.kind)
        due = hit & (severities == seed.severity)
        tally.planted[seed.name] += 1
        tally.found[seed.name] += int(due.any())
        if not due.any():
            tally.examples.append(f"not found: {seed.name} of {sorted(seed.grids)} at {seed.place.centroid}")
        explained |= hit | (near & same & np.isin(kinds, seed.besides))
    for row in range(len(conflicts)):
        if severities[row] == "settled" and (
            kinds[row] == "borders_apart" or (noisy and kinds[row] != "overlap")
        ):
            continue  # what moved, or what noise makes too: no fault that was planted
        key = (str(kinds[row]), str(severities[row]))
        tally.rows[key] += 1
        if not explained[row]:
            tally.wrong[key] += 1
            one = conflicts.iloc[row]
            size = f"{one.area_m2} m2, {one.width_m} m wide"
            tally.examples.append(f"not planted: {key} {one.departments} {one.grid_ids} {size} {one.note}")


def table(tally: Tally) -> list[str]:
    """The figures as a table in Markdown."""
    lines = ["| planted | number | found | recall % |", "|---|--:|--:|--:|"]
    for name in PLANTERS:
        count, found = tally.planted[name], tally.found[name]
        if count:
            lines.append(f"| {name} | {count} | {found} | {100 * found / count:.1f} |")
    count, found = tally.planted.total(), tally.found.total()
    lines += [f"| all | {count} | {found} | {100 * found / count:.1f} |", ""]
    lines += ["| rows | number | explained | precision % |", "|---|--:|--:|--:|"]
    groups = {
        "decide and note": [key for key in tally.rows if key[1] != "settled"],
        "settled": [key for key in tally.rows if key[1] == "settled"],
    }
    for (kind, severity), count in sorted(tally.rows.items(), key=lambda item: (item[0][1], item[0][0])):
        right = count - tally.wrong[kind, severity]
        lines.append(f"| {kind}, {severity} | {count} | {right} | {100 * right / count:.1f} |")
    for name, keys in groups.items():
        count = sum(tally.rows[key] for key in keys)
        right = count - sum(tally.wrong[key] for key in keys)
        if count:
            lines.append(f"| {name} | {count} | {right} | {100 * right / count:.1f} |")
    return lines


def main() -> None:
    """Plant, merge, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--grids", type=int, default=600)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--noise", nargs="+", choices=list(NOISES), default=list(NOISES))
    parser.add_argument("--examples", type=int, default=0, help="print so many of what went wrong")
    given = parser.parse_args()
    for noise in given.noise:
        tally = Tally()
        for seed in given.seeds:
            layers, districts = clean(given.grids, seed, NOISES[noise])
            rng = np.random.default_rng([seed, 1])
            seeds: list[Seed] = []
            right = None
            if NOISES[noise] is None:
                right = shapely.buffer(shapely.union_all(shapely.boundary(layers["A"].geometry)), NEAR_M / 10)
                shapely.prepare(right)
            for name, layer in layers.items():
                ground = Field(name, layer, districts, rng, None if name == "A" else right)
                layers[name], more = planted(ground, each=given.each)
                seeds += more
            score(merged(layers, districts).conflicts, seeds, tally, noisy=NOISES[noise] is not None)
        print(f"noise: {noise}, seeds {' '.join(map(str, given.seeds))}, {given.grids} grids a layer\n")
        print("\n".join([*table(tally), "", *tally.examples[: given.examples], ""]))


if __name__ == "__main__":
    main()

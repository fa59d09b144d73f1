"""How far merged cells are from the truth that city.py wrote.

    python benchmarks/score.py CELLS FOLDER

CELLS (GeoParquet or GeoJSON) has the columns district, A, B, C: grid ids, null where there is none. Prints
one JSON object; README.md says what each measure means. Needs the dependency group `bench`.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

DEPARTMENTS: Final = ("A", "B", "C")
LABELS: Final = ("district", *DEPARTMENTS)
#: Coordinates of a merge may be rounded to this; what is not wider than two of it is rounding.
ROUNDING_M: Final = 0.01
#: A cell smaller or thinner than this is a sliver.
SLIVER_M2, SLIVER_M = 100.0, 5.0
#: Points farther than this from any true border are beyond dispute.
CORE_M: Final = 25.0
SAME_SHAPE: Final = 0.5
#: True cells with fewer sample points have no shape to compare.
LEAST_POINTS: Final = 8
#: A grid with less of its area left is lost.
LOST_SHARE: Final = 0.05
KEPT_SHARE: Final = 0.5

Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Reference:
    """The city as city.py wrote it."""

    layers: dict[str, gpd.GeoDataFrame]
    districts: gpd.GeoDataFrame
    points: pd.DataFrame

    @classmethod
    def read(cls, folder: Path) -> "Reference":
        """Read the city in a folder."""
        return cls(
            layers={name: gpd.read_parquet(folder / f"{name}.parquet") for name in DEPARTMENTS},
            districts=gpd.read_parquet(folder / "district.parquet"),
            points=pd.read_parquet(folder / "points.parquet"),
        )


def score(cells: gpd.GeoDataFrame, truth: Reference) -> dict[str, object]:
    """Every measure of README.md; shares in percent."""
    present = ~(cells.geometry.isna() | cells.is_empty).to_numpy()
    cells = cells[present].reset_index(drop=True)
    shapes = np.asarray(cells.geometry.array)
    whole = shapely.make_valid(shapes, method="structure")
    return {
        "cells": len(cells),
        **_form(shapes, whole),
        **_extent(whole, cells, truth.districts),
        **_agreement(whole, cells, truth.points),
        **_drift(whole, cells, truth.layers),
    }


def _form(shapes: Shapes, whole: Shapes) -> dict[str, object]:
    """What can be seen in the cells alone."""
    area, border = shapely.area(whole), shapely.length(whole)
    valid = shapely.is_valid(shapes)
    polygonal = np.isin(shapely.get_type_id(shapes), (3, 6)).all()
    first, second = shapely.STRtree(whole).query(whole, predicate="overlaps")
    once = first < second
    common = shapely.intersection(whole[first[once]], whole[second[once]])
    return {
        "valid_coverage": bool(valid.all() and polygonal and shapely.coverage_is_valid(shapes)),
        "invalid": int((~valid).sum()),
        "overlaps": int(_wide(common).sum()),
        "slivers": int(((area < SLIVER_M2) | (2 * area < SLIVER_M * border)).sum()),
    }


def _extent(whole: Shapes, cells: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> dict[str, object]:
    """Do the cells fill the city, and stay in their districts."""
    rounded = shapely.set_precision(districts.geometry.array, ROUNDING_M, mode="pointwise")
    city, covered = shapely.union_all(rounded), shapely.union_all(whole)
    gaps = shapely.get_parts(shapely.difference(city, covered))
    outside = shapely.get_parts(shapely.difference(covered, city))
    row = pd.Index(districts["gid"]).get_indexer(cells["district"])
    beyond = np.array(whole, dtype=object)
    beyond[row >= 0] = shapely.difference(whole[row >= 0], np.asarray(rounded)[row[row >= 0]])
    return {
        "crossing": int(_wide(beyond).sum()),
        "gaps": int(_wide(gaps).sum()),
        "gap_m2": round(float(shapely.area(gaps[_wide(gaps)]).sum()), 1),
        "outside": int(_wide(outside).sum()),
    }


def _wide(shapes: Shapes) -> NDArray[np.bool_]:
    """Whether pieces are wider than what rounding does to both sides."""
    answer = shapely.area(shapes) > 0
    answer[answer] = ~shapely.is_empty(shapely.buffer(shapes[answer], -ROUNDING_M))
    return answer


def _agreement(whole: Shapes, cells: gpd.GeoDataFrame, points: pd.DataFrame) -> dict[str, object]:
    """Do the sample points have the right names, and the cells the right shapes."""
    at = np.full(len(points), -1)
    cell, point = shapely.STRtree(shapely.points(points["x"], points["y"])).query(whole, predicate="contains")
    at[point[::-1]] = cell[::-1]
    core = points["border_m"].to_numpy() > CORE_M
    right = at >= 0
    empty_core, left_empty = 0, 0
    for name in LABELS:
        true, said = _codes(points[name], cells[name])
        # An extra row for points in no cell: they have not even an empty label.
        said = np.append(said, -2)[at]
        right &= true == said
        if name != "district":
            empty = core & (true == -1)
            empty_core += int(empty.sum())
            left_empty += int((said[empty] == -1).sum())
    shape = _shape(points["cell"].to_numpy(), at, right, cells=len(cells))
    orphan = percent(left_empty / empty_core) if empty_core else None
    return {**shape, "agree": percent(right.mean()), "core": percent(right[core].mean()), "orphan": orphan}


def _codes(true: pd.Series, said: pd.Series) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Both columns as numbers, -1 for null."""
    codes, _ = pd.factorize(np.concatenate([true.to_numpy(dtype=object), said.to_numpy(dtype=object)]))
    return codes[: len(true)], codes[len(true) :]


def _shape(
    true: NDArray[np.intp], at: NDArray[np.intp], right: NDArray[np.bool_], *, cells: int
) -> dict[str, object]:
    """Cells that are a true cell: the same names, and more common than apart (by points)."""
    pairs = pd.DataFrame({"true": true, "cell": at, "right": right})
    of_true = pairs["true"].value_counts()
    of_cell = pairs["cell"].value_counts()
    both = (
        pairs[pairs["cell"] >= 0].groupby(["true", "cell"]).agg(n=("right", "size"), right=("right", "any"))
    )
    both = both.reset_index()
    either = both["true"].map(of_true) + both["cell"].map(of_cell) - both["n"]
    same = both[both["right"] & (both["n"] >= SAME_SHAPE * either)]
    known = of_true.index[of_true >= LEAST_POINTS]
    return {
        "true_cells": len(of_true),
        "precision": percent(same["cell"].nunique() / max(cells, 1)),
        "recall": percent(np.isin(known, same["true"]).mean()),
    }


def _drift(whole: Shapes, cells: gpd.GeoDataFrame, layers: dict[str, gpd.GeoDataFrame]) -> dict[str, object]:
    """How much the area of each grid changed, and what became of small ones."""
    area = pd.Series(shapely.area(whole))
    answer: dict[str, object] = {}
    lost = special = kept = 0
    for name, layer in layers.items():
        drawn = layer[layer["kind"] != "twice"].set_index("gid")
        before = pd.Series(shapely.area(shapely.make_valid(np.asarray(drawn.geometry.array))), drawn.index)
        after = area.groupby(cells[name].to_numpy(dtype=object)).sum().reindex(before.index).fillna(0.0)
        apart = drawn["kind"] == "special"
        answer[f"drift_{name}"] = percent(((after - before).abs() / before)[~apart].quantile(0.95))
        lost += int((after <= LOST_SHARE * before).sum())
        special += int(apart.sum())
        kept += int((after >= KEPT_SHARE * before)[apart].sum())
    return {**answer, "lost": lost, "special": special, "special_kept": kept}


def percent(share: float) -> float:
    """A share in percent, so that 100 means all: never rounded up to it."""
    value = round(100 * float(share), 3)
    return value if value < 100 or share >= 1 else 99.999


def main() -> None:
    """Score one file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("cells", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    print(json.dumps(score(_read(given.cells), Reference.read(given.folder))))


def _read(path: Path) -> gpd.GeoDataFrame:
    """Cells of any program; a label that no cell has is not in every file."""
    cells = gpd.read_parquet(path) if path.suffix == ".parquet" else gpd.read_file(path)
    return cells.reindex(columns=[*LABELS, "geometry"])


if __name__ == "__main__":
    main()

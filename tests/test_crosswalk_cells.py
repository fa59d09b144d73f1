"""The crosswalk of a merge, compared with polygons laid over each other one by one."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import box
from shapely.affinity import rotate

from gridgov.accounts import Accounts
from gridgov.crosswalk.relations import relations
from gridgov.topology.refine import Tolerances, refine

LIMITS = Tolerances(tolerance_m=25.0, min_area_m2=300.0, by_layer=(25.0, 25.0))
CITY = np.array([box(0, 0, 1000, 1000)], dtype=object)


def layers():
    """Two layers: strips, and a turned chessboard with a gap, which reaches beyond the city."""
    strips = [box(0, 0, 330, 1000), box(330, 0, 344, 1000), box(344, 0, 1000, 480), box(344, 500, 1000, 1000)]
    board = [box(x, y, x + 200, y + 200) for x in range(0, 1000, 200) for y in range(0, 1000, 200)]
    return [
        np.array(strips, dtype=object),
        np.array([rotate(one, 7, origin=(500, 500)) for one in board], dtype=object),
    ]


def merged():
    drawn = layers()
    keep = [np.ones(len(layer), dtype=bool) for layer in drawn]
    return refine(CITY, drawn, keep=keep, limits=LIMITS, tolerances=[25.0, 25.0])


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_overlap_is_that_of_the_polygons_and_counts_if_it_is_wide_or_what_the_cell_says(jobs):
    refined = merged()
    ids = np.array([f"c{k:02d}" for k in range(len(refined.cells))], dtype=object)
    tables = {
        name: gpd.GeoDataFrame({"grid_id": [f"{name}{k:02d}" for k in range(len(layer))]}, geometry=layer)
        for name, layer in zip("ab", layers(), strict=True)
    }
    cells = gpd.GeoDataFrame({"cell_id": ids}, geometry=refined.cells)
    accounts = Accounts(refined, tables, cells=cells, limits=LIMITS)
    accounts.give_all(jobs=jobs)
    crosswalk = accounts.crosswalk
    for number, (name, layer) in enumerate(tables.items()):
        found = crosswalk[crosswalk["department"] == name].reset_index(drop=True)
        within = found[found["cell_id"].notna()]
        grid, cell = within["grid_id"].str[1:].astype(int), within["cell_id"].str[1:].astype(int)
        common = shapely.intersection(layer.geometry.to_numpy()[grid], refined.cells[cell])
        assert within["area_m2"].to_numpy() == pytest.approx(shapely.area(common), abs=10)
        narrow = shapely.is_empty(shapely.buffer(common, -12.5))
        counts = (refined.labels[cell, number] == grid) | (~narrow & (shapely.area(common) >= 300))
        expected = relations(grid.to_numpy(), cell.to_numpy(), counts.to_numpy())
        assert within["relation"].tolist() == expected.tolist()
        assert {"sliver", "1:n"} & set(expected)
        whole = found.groupby("grid_id")["grid_share"].sum()
        assert whole.to_numpy() == pytest.approx(1)


def test_what_moved_is_the_ground_whose_grid_is_another():
    refined = merged()
    drawn = layers()
    tables = {
        name: gpd.GeoDataFrame({"grid_id": [f"{k}" for k in range(len(layer))]}, geometry=layer)
        for name, layer in zip("ab", drawn, strict=True)
    }
    cells = gpd.GeoDataFrame({"cell_id": range(len(refined.cells))}, geometry=refined.cells)
    accounts = Accounts(refined, tables, cells=cells, limits=LIMITS)
    accounts.give_all(jobs=1)
    for number, (name, layer) in enumerate(zip("ab", drawn, strict=True)):
        label = refined.labels[:, number]
        held = [shapely.union_all(refined.cells[label == row]) for row in range(len(layer))]
        bare = shapely.union_all(refined.cells[label == -1])
        gone = shapely.area(shapely.difference(shapely.intersection(layer, CITY[0]), held)).sum()
        without = shapely.difference(CITY[0], shapely.union_all(layer))
        filled = shapely.area(shapely.difference(without, bare))
        assert accounts.moved[name].moved == pytest.approx(gone + filled, rel=2e-3)
        assert accounts.moved[name].filled == 0

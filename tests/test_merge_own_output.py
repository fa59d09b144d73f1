"""A merge fed with its own grids: the same cells come back, whatever the first one made of."""

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from gridgov import department_grids, make_grids, merge_cells, merge_grids

HALVES = [box(0, 0, 500, 1000), box(500, 0, 1000, 1000)]
#: Square metres of this city that may move: one in a million.
ONE_PPM = 1.0


def layer(name, shapes):
    ids = [f"{name}{number}" for number in range(len(shapes))]
    table = gpd.GeoDataFrame({"grid_id": ids}, geometry=list(shapes), crs=4547)
    table.geometry = table.translate(475_000, 3_843_000)
    return make_grids(table, department=name)


def own_grids(cells, name):
    mine = cells[cells[name].notna()]
    return make_grids(
        mine.dissolve(name).reset_index()[[name, "geometry"]], department=name, columns={"id": name}
    )


def moved_m2(before, after, names):
    """Answer the area whose grid is another one in any of the departments."""
    both = gpd.overlay(before[[*names, "geometry"]], after[[*names, "geometry"]], keep_geom_type=True)
    other = np.zeros(len(both), dtype=bool)
    for name in names:
        other |= (both[f"{name}_1"].fillna("") != both[f"{name}_2"].fillna("")).to_numpy()
    lost = before.area.sum() - both.area.sum()
    return both.area[other].sum() + abs(lost) + abs(before.area.sum() - after.area.sum())


def strips(*borders):
    """From west to east between borders, each of which is given where it crosses y = 0, 500 and 1000."""
    lines = [(0, 0, 0), *borders, (1000, 1000, 1000)]
    return [
        Polygon([(a, 0), (d, 0), (e, 500), (f, 1000), (c, 1000), (b, 500)])
        for (a, b, c), (d, e, f) in pairwise(lines)
    ]


def apart(seed, metres):
    """Blocks of 200 m, each drawn a little off by a hand of its own: slits and overlaps."""
    rng = np.random.default_rng(seed)
    shapes = [box(x, y, x + 200, y + 200) for x in range(0, 1000, 200) for y in range(0, 1000, 200)]
    return [
        Polygon((xy + rng.normal(scale=metres, size=xy.shape)).round(2))
        for xy in (shapely.get_coordinates(shape)[:-1] for shape in shapes)
    ]


DISTRICT = [
    Polygon([(0, 0), (1000, 0), (1000, 505), (500, 503), (0, 499)]),
    Polygon([(0, 499), (500, 503), (1000, 505), (1000, 1000), (0, 1000)]),
]

#: Departments, rungs and options.
CITIES = {
    "a small grid inside another, which has a hole there then": (
        {"police": [*HALVES, box(200, 200, 210, 210)]},
        {},
        {},
    ),
    "a small grid that the border of another department cuts": (
        {
            "police": [*HALVES, box(200, 200, 216, 216)],
            "urban": [box(0, 0, 1000, 208), box(0, 208, 1000, 1000)],
        },
        {},
        {},
    ),
    "a grid of which less than min-area is left": (
        {
            "police": [box(0, 0, 1000, 500), box(0, 500, 1000, 1000)],
            "urban": [
                box(0, 0, 900, 1000),
                Polygon([(900, 0), (1000, 0), (1000, 495), (900, 495)]),
                box(900, 495, 1000, 548),
                box(900, 548, 1000, 1000),
            ],
        },
        {},
        {"min_area_m2": 5000.0},
    ),
    "the same, and ground to fill": (
        {
            "police": [box(0, 0, 1000, 500), box(0, 500, 1000, 1000)],
            "urban": [box(0, 0, 900, 1000), box(900, 495, 1000, 548), box(900, 548, 1000, 900)],
        },
        {},
        {"min_area_m2": 5000.0, "on_gap": "fill"},
    ),
    "a strip that was wide before others joined it": (
        {
            "police": strips((328, 332, 331), (654, 678, 655)),
            "urban": strips((336, 325, 328), (680, 647, 665)),
        },
        {"district": DISTRICT},
        {},
    ),
    "vertices of a district's border where a border crossed it that was moved": (
        {
            "police": strips((344, 336, 330), (651, 652, 641)),
            "urban": strips((313, 310, 317), (673, 666, 677)),
        },
        {
            "district": [
                Polygon([(0, 0), (1000, 0), (1000, 509), (500, 502), (0, 500)]),
                Polygon([(0, 500), (500, 502), (1000, 509), (1000, 1000), (0, 1000)]),
            ]
        },
        {},
    ),
    "a first layer with slits": (
        {"police": apart(5, 1.0)},
        {"district": [box(0, 0, 405, 1000), box(405, 0, 1000, 1000)]},
        {},
    ),
    "a layer rounded to 10 m": (
        {
            "police": apart(0, 1.0),
            "urban": list(shapely.set_precision(shapely.simplify(apart(100, 4.0), 5.0), 10.0)),
        },
        {},
        {"tolerance_m": 5.0},
    ),
}


@pytest.mark.parametrize("city", CITIES)
def test_fed_with_its_own_grids_a_merge_gives_the_same_cells(city):
    drawn, rungs, options = CITIES[city]
    layers = {name: layer(name, shapes) for name, shapes in drawn.items()}
    within = {name: layer(name, shapes) for name, shapes in rungs.items()}
    cells = merge_cells(layers, within=within, **options)
    own = {name: own_grids(cells, name) for name in drawn}
    names = [*(rungs or ["district"]), *drawn]
    assert moved_m2(cells, merge_cells(own, within=within, **options), names) < ONE_PPM
    if rungs:
        fitted = {name: own_grids(cells, name) for name in rungs}
        assert moved_m2(cells, merge_cells(own, within=fitted, **options), names) < ONE_PPM


def test_what_export_gives_back_makes_the_same_network():
    drawn, _, options = CITIES["a small grid that the border of another department cuts"]
    network = merge_grids({name: layer(name, shapes) for name, shapes in drawn.items()}, **options)
    exported = {name: department_grids(network, department=name) for name in drawn}
    again = merge_grids(exported, **options)
    assert again.cells.geometry.to_wkb().tolist() == network.cells.geometry.to_wkb().tolist()
    assert again.summary["area_m2"]["moved"] == {"police": 0.0, "urban": 0.0}


def test_a_larger_min_area_joins_pieces_of_what_was_merged():
    drawn = {
        "police": HALVES,
        "urban": [box(0, 0, 1000, 505), box(0, 505, 470, 1000), box(470, 505, 1000, 1000)],
    }
    cells = merge_cells({name: layer(name, shapes) for name, shapes in drawn.items()}, tolerance_m=10.0)
    own = {name: own_grids(cells, name) for name in drawn}
    assert len(cells) == 5
    assert len(merge_cells(own, tolerance_m=10.0, min_area_m2=20_000.0)) == 4

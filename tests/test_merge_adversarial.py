"""Layers that break merges, drawn by hand and at random, against asking every polygon about every point."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity, box

from gridgov import make_grids, merge_grids

TOLERANCE_M = 25.0
#: A point farther than this from every border has the labels that were drawn, wherever borders are bent to.
DEEP_M = 30.0
CITY = box(0, 0, 1000, 1000)
#: Where the city stands: in the zone of Zhengzhou, with and without its number before the easting.
NEAR, FAR = (475_000, 3_843_000, 4547), (38_475_000, 3_843_000, 4526)

QUARTERS = [box(x, y, x + 500, y + 500) for x in (0, 500) for y in (0, 500)]
HALVES = [box(0, 0, 500, 1000), box(500, 0, 1000, 1000)]


def moved(shapes, east, north=0):
    return [affinity.translate(shape, east, north) for shape in shapes]


def table(name, shapes, place):
    east, north, crs = place
    ids = [f"{name}{number}" for number in range(len(shapes))]
    drawn = gpd.GeoDataFrame({"grid_id": ids}, geometry=moved(shapes, east, north), crs=crs)
    return make_grids(drawn, department=name)


def merged(layers, *, rungs=None, place=NEAR, backwards=False):
    """Merge layers (name -> polygons) in a city of 1 km2; with rows in the other order if wanted."""

    def tables(shapes):
        made = {name: table(name, each, place) for name, each in shapes.items()}
        if not backwards:
            return made
        return {name: layer.iloc[::-1].reset_index(drop=True) for name, layer in made.items()}

    within = {"district": [CITY]} if rungs is None else rungs
    return merge_grids(tables(layers), within=tables(within), tolerance_m=TOLERANCE_M)


def deep_points(shapes):
    """Points of a lattice over the city that lie deep inside what they lie in."""
    at = np.arange(11.5, 1000, 23)
    points = shapely.points(*(each.ravel() for each in np.meshgrid(at, at)))
    borders = shapely.union_all(shapely.boundary([*shapes, CITY]))
    return points[shapely.distance(points, borders) > DEEP_M]


def labels_drawn(points, name, shapes):
    """For each point the smallest polygon that holds it, by asking all of them."""
    answer = np.full(len(points), None, dtype=object)
    for number in sorted(range(len(shapes)), key=lambda k: -shapes[k].area):
        answer[shapely.contains(shapes[number], points)] = f"{name}{number}"
    return answer


def check(network, layers, *, rungs=None, place=NEAR):
    """Every spot of the city is in one cell, and every deep point has the labels that were drawn."""
    cells = network.cells
    shapes = affinity.translate(shapely.union_all(cells.geometry.to_numpy()), -place[0], -place[1])
    assert shapely.coverage_is_valid(cells.geometry.to_numpy())
    assert shapely.is_valid(cells.geometry.to_numpy()).all()
    assert cells.area.sum() == pytest.approx(CITY.area, rel=1e-9)
    assert shapes.symmetric_difference(CITY).area < 1e-3
    every = {**layers, **(rungs or {})}
    points = deep_points([shape for each in every.values() for shape in each])
    asked = shapely.transform(points, lambda xy: xy + place[:2])
    point, cell = shapely.STRtree(cells.geometry.to_numpy()).query(asked, predicate="within")
    assert point.tolist() == list(range(len(points)))
    for name, each in every.items():
        found = cells[name].astype(object).where(cells[name].notna(), None).to_numpy()[cell]
        assert found.tolist() == labels_drawn(points, name, each).tolist(), name
    return len(points)


NEST = [box(50, 50, 950, 950), box(200, 200, 800, 800), box(400, 400, 600, 600)]
CASES = {
    "identical layers": {"one": QUARTERS, "two": QUARTERS},
    "shifted by less than the tolerance": {"one": QUARTERS, "two": moved(QUARTERS, 9, -7)},
    "shifted by more than the tolerance": {"one": QUARTERS, "two": moved(QUARTERS, 140, -120)},
    "a grid in a grid in a grid": {"one": NEST, "two": HALVES},
    "a ring": {"one": [box(100, 100, 900, 900) - box(300, 300, 700, 700)], "two": HALVES},
    "a ring and what fills it": {
        "one": [box(100, 100, 900, 900) - box(300, 300, 700, 700), box(300, 300, 700, 700)],
        "two": QUARTERS,
    },
    "islands": {
        "one": [
            shapely.MultiPolygon([box(50, 50, 300, 300), box(600, 600, 950, 950)]),
            box(600, 50, 900, 300),
        ],
        "two": HALVES,
    },
    "a slit": {"one": [box(0, 0, 499.7, 1000), box(500, 0, 1000, 1000)], "two": QUARTERS},
    "a slit inside a grid": {"one": [CITY - box(200, 500, 800, 500.5)], "two": HALVES},
    "a T-junction without a corner": {
        "one": [box(0, 0, 500, 1000), box(500, 0, 1000, 450), box(500, 450, 1000, 1000)],
        "two": [box(0, 0, 1000, 450), box(0, 450, 1000, 1000)],
    },
    "a city of one cell": {"one": [CITY], "two": [CITY]},
    "a layer that covers half": {"one": QUARTERS, "two": HALVES[:1]},
    "borders that cross at a tiny angle": {
        "one": HALVES,
        "two": [
            shapely.Polygon([(0, 0), (499, 0), (501.3, 1000), (0, 1000)]),
            shapely.Polygon([(499, 0), (1000, 0), (1000, 1000), (501.3, 1000)]),
        ],
    },
    "borders that cross at a small angle and part": {
        "one": HALVES,
        "two": [
            shapely.Polygon([(0, 0), (350, 0), (650, 1000), (0, 1000)]),
            shapely.Polygon([(350, 0), (1000, 0), (1000, 1000), (650, 1000)]),
        ],
    },
}


@pytest.mark.parametrize("name", CASES)
def test_layers_that_break_merges_keep_their_labels(name):
    assert check(merged(CASES[name]), CASES[name]) > 300


@pytest.mark.parametrize("name", CASES)
def test_layers_that_break_merges_give_the_same_cells_in_any_order_of_rows(name):
    one, other = merged(CASES[name]), merged(CASES[name], backwards=True)
    assert other.version == one.version
    assert other.conflicts["conflict_id"].tolist() == one.conflicts["conflict_id"].tolist()


@pytest.mark.parametrize("name", ["identical layers", "a city of one cell"])
def test_layers_drawn_alike_move_nothing(name):
    network = merged(CASES[name])
    assert len(network.cells) == len(CASES[name]["one"])
    assert set(network.summary["area_m2"]["moved"].values()) == {0.0}


def test_a_shift_of_less_than_the_tolerance_makes_no_cell_and_of_more_does():
    assert len(merged(CASES["shifted by less than the tolerance"]).cells) == 4
    assert len(merged(CASES["shifted by more than the tolerance"]).cells) > 4


def test_far_from_the_origin_the_cells_are_the_same():
    layers = CASES["shifted by more than the tolerance"]
    near, far = merged(layers), merged(layers, place=FAR)
    assert check(far, layers, place=FAR) > 300
    assert far.cells["cell_id"].tolist() == near.cells["cell_id"].tolist()
    back = far.cells.translate(NEAR[0] - FAR[0], 0)
    assert back.geom_equals_exact(near.cells.geometry.set_crs(back.crs, allow_override=True), 0.02).all()


@pytest.mark.parametrize(
    ("apart", "met"),
    [
        (7, [["district0", "street0"], ["district1", "street1"]]),
        (90, [["district0", "street0"], ["district1", "street0"], ["district1", "street1"]]),
    ],
)
def test_rungs_that_disagree_are_fitted_or_keep_a_piece_in_each_unit_and_no_cell_crosses_them(apart, met):
    layers, border = {"one": QUARTERS}, 500 + apart
    rungs = {"district": HALVES, "street": [box(0, 0, border, 1000), box(border, 0, 1000, 1000)]}
    network = merged(layers, rungs=rungs)
    assert check(network, layers, rungs=rungs) > 300
    assert sorted(network.cells[["district", "street"]].drop_duplicates().to_numpy().tolist()) == met


#: 34 m wide in one spot, and narrow elsewhere.
WEDGE = shapely.Polygon(
    [(61.78, 30.22), (35.28, 19.68), (-18.78, 17.78), (-28.85, 14.84), (-14.86, -43.02), (-3.98, -17.25)]
)


def test_a_piece_of_few_corners_with_one_wide_spot_stays_a_cell():
    # Nobody of two has it: a hole, and wider than the tolerance.
    [wedge] = moved([WEDGE], 300, 300)
    layers = {"one": [box(0, 0, 1000, 1000)], "two": [CITY - wedge]}
    network = merged(layers)
    assert network.cells["two"].isna().sum() == 1
    assert network.cells.loc[network.cells["two"].isna(), "area_m2"].item() == pytest.approx(
        wedge.area, rel=1e-3
    )


def rectangles():
    sides = st.integers(0, 16).map(lambda number: number * 60)
    boxes = st.builds(
        lambda x, y, w, h: box(x, y, min(x + w, 1000), min(y + h, 1000)), sides, sides, SIZE, SIZE
    )
    return st.lists(
        boxes.filter(lambda shape: shape.area > 0), min_size=1, max_size=4, unique_by=lambda b: b.wkb
    )


SIZE = st.integers(2, 9).map(lambda number: number * 97)


@settings(max_examples=15, deadline=None)
@given(one=rectangles(), two=rectangles())
def test_random_layers_have_the_labels_of_a_point_test_in_any_order_of_rows(one, two):
    # Of polygons as large as each other the lower id names a place: sizes are made to differ.
    layers = {"one": distinct(one), "two": distinct(two)}
    network = merged(layers)
    check(network, layers)
    again = merged(layers, backwards=True)
    assert again.version == network.version
    assert again.conflicts["conflict_id"].tolist() == network.conflicts["conflict_id"].tolist()


def distinct(shapes):
    answer = {round(shape.area): shape for shape in shapes}
    return list(answer.values())

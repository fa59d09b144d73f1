"""The index against the plainest possible loop, on random and on adversarial points."""

import itertools
import threading

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely import MultiPolygon, Polygon, box

from gridgov.datum import transform_points
from gridgov.index import CellIndex
from gridgov.index.ready import Drawn

METRES, DEGREES = "EPSG:4547", "EPSG:4490"
EAST, NORTH = 475_000.0, 3_843_000.0


def cells(*polygons, crs=METRES):
    return gpd.GeoDataFrame(geometry=list(polygons), crs=crs)


def random_points(seed, low, high, number):
    return np.random.default_rng(seed).uniform(low, high, (2, number)) + np.array([[EAST], [NORTH]])


def square(column, row, *, size=100.0, at=(EAST, NORTH)):
    x, y = at[0] + column * size, at[1] + row * size
    return box(x, y, x + size, y + size)


def locate_by_loop(table, x, y):
    """Row of the first strictly containing polygon, the smallest; else the first that touches."""
    rows = []
    for point in shapely.points(x, y):
        inside = [i for i, p in enumerate(table.geometry) if p.contains(point)]
        touching = [i for i, p in enumerate(table.geometry) if p.intersects(point)]
        best = min(inside, key=lambda i: (round(table.geometry[i].area, 3), i), default=None)
        rows.append(best if best is not None else min(touching, default=-1))
    return rows


def candidates_by_loop(table, x, y, border_m):
    found = []
    for number, point in enumerate(shapely.points(x, y)):
        near = [(p.distance(point), i) for i, p in enumerate(table.geometry)]
        found += [(number, i, d) for d, i in sorted(near) if d <= border_m]
    return found


def adversarial_points(table):
    """Vertices, middles of edges, and their neighbours one rounding step away."""
    xy = shapely.get_coordinates(table.geometry.array)
    middles = (xy[1:] + xy[:-1]) / 2
    exact = np.concatenate([xy, middles])
    steps = [np.nextafter(exact, exact + np.array([dx, dy])) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return np.concatenate(steps).T


LAYERS = {
    "four squares": cells(*(square(c, r) for r in (0, 1) for c in (0, 1))),
    "slanted neighbours": cells(
        Polygon([(EAST, NORTH), (EAST + 97.3, NORTH + 31.7), (EAST + 40.1, NORTH + 120.9)]),
        Polygon([(EAST + 97.3, NORTH + 31.7), (EAST + 140, NORTH + 130), (EAST + 40.1, NORTH + 120.9)]),
    ),
    "nested": cells(square(0, 0, size=300), square(1, 1), square(1, 1).buffer(-20)),
    "a hole, filled": cells(square(0, 0, size=300).difference(square(1, 1)), square(1, 1)),
    "several pieces": cells(MultiPolygon([square(0, 0), square(2, 0)]), square(1, 0)),
    "duplicates": cells(square(0, 0), square(0, 0), square(0, 0).reverse()),
    "overlapping": cells(square(0, 0), square(0, 0, at=(EAST + 60, NORTH + 30), size=80)),
    "one cell": cells(square(0, 0)),
    "no cell": cells(),
}


@pytest.mark.parametrize("name", LAYERS)
def test_every_adversarial_point_lies_where_the_loop_says(name):
    table = LAYERS[name]
    x, y = adversarial_points(table)
    assert CellIndex(table).locate(lon=x, lat=y).tolist() == locate_by_loop(table, x, y)


@pytest.mark.parametrize("name", LAYERS)
def test_every_random_point_lies_where_the_loop_says(name):
    table = LAYERS[name]
    x, y = random_points(1, -50, 350, 300)
    assert CellIndex(table).locate(lon=x, lat=y).tolist() == locate_by_loop(table, x, y)


@pytest.mark.parametrize("border_m", [0.0, 1.0, 30.0])
@pytest.mark.parametrize("name", LAYERS)
def test_candidates_are_those_of_the_loop_in_its_order(name, border_m):
    table = LAYERS[name]
    x, y = np.concatenate([random_points(2, -50, 350, 200), adversarial_points(table)], axis=1)
    found = CellIndex(table).candidates(lon=x, lat=y, border_m=border_m)
    expected = candidates_by_loop(table, x, y, border_m)
    assert list(zip(found.point.tolist(), found.row.tolist(), strict=True)) == [pair[:2] for pair in expected]
    assert found.distance_m == pytest.approx([pair[2] for pair in expected], abs=1e-9)


def test_points_inside_several_polygons_are_marked():
    index = CellIndex(LAYERS["nested"])
    x, y = np.array([EAST + 150.0, EAST + 10.0, EAST + 100.0]), np.array([NORTH + 150.0] * 3)
    rows, several = index.locate_overlapping(lon=x, lat=y)
    assert rows.tolist() == [2, 0, 0]
    assert several.tolist() == [True, False, False]


def test_a_point_without_coordinates_lies_nowhere():
    index = CellIndex(LAYERS["one cell"])
    x, y = np.array([np.nan, EAST + 1, np.inf]), np.array([NORTH + 1, np.nan, NORTH + 1])
    assert index.locate(lon=x, lat=y).tolist() == [-1, -1, -1]
    assert len(index.candidates(lon=x, lat=y, border_m=5.0).point) == 0


def test_nearest_takes_the_lowest_row_among_equals():
    index = CellIndex(cells(square(0, 0), square(2, 0)))
    rows, distances = index.nearest(lon=[EAST + 150.0], lat=[NORTH + 50.0])
    assert (rows.tolist(), distances.tolist()) == ([0], [50.0])


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
def test_nearest_within_reach_takes_the_lowest_row_among_equals(order):
    around = [square(0, 1), square(2, 1), square(1, 0), square(1, 2)]
    index = CellIndex(cells(*(around[number] for number in order), square(5, 5)))
    rows, distances = index.nearest(lon=[EAST + 150.0], lat=[NORTH + 150.0], within_m=60.0)
    assert (rows.tolist(), distances.tolist()) == ([0], [50.0])


def test_nearest_looks_no_farther_than_asked():
    index = CellIndex(cells(square(0, 0)))
    x, y = np.array([EAST - 10.0, EAST - 10.5, np.nan]), np.array([NORTH, NORTH, NORTH])
    rows, distances = index.nearest(lon=x, lat=y, within_m=10.0)
    assert rows.tolist() == [0, -1, -1]
    assert distances[0] == 10.0
    assert np.isnan(distances[1:]).all()


def test_nearest_among_no_cells_is_none():
    assert CellIndex(cells()).nearest(lon=[EAST], lat=[NORTH])[0].tolist() == [-1]


def test_distances_of_cells_in_degrees_are_metres_on_the_ground():
    index = CellIndex(cells(box(113.70, 34.70, 113.72, 34.74), crs=DEGREES))
    # Lengths of a degree at 34.72 N on the CGCS2000 ellipsoid: 91,577 m along the parallel.
    rows, distances = index.nearest(lon=[113.7201], lat=[34.72])
    assert rows.tolist() == [0]
    assert distances[0] == pytest.approx(91_577 * 0.0001, rel=0.01)


def test_a_long_edge_in_degrees_stays_where_it_was_drawn():
    index = CellIndex(cells(box(113.0, 34.0, 114.0, 35.0), crs=DEGREES))
    x, y = np.array([113.5]), np.array([35.0 + 1e-5])
    assert index.nearest(lon=x, lat=y)[1][0] == pytest.approx(110_943 * 1e-5, rel=0.01)


def test_a_long_edge_on_a_web_map_stays_where_it_was_drawn():
    west, south, size = 12_650_000.0, 4_120_000.0, 20_000.0
    index = CellIndex(cells(box(west, south, west + size, south + size), crs="EPSG:3857"))
    x, y = np.array([west + size / 2]), np.array([south + size + 1.0])
    lon, lat = transform_points([*x, *x], [*y, south + size], source="EPSG:3857", target=DEGREES)
    away = Geod(ellps="GRS80").line_length(lon, lat)
    assert index.nearest(lon=x, lat=y)[1][0] == pytest.approx(away, rel=0.01)
    assert index.candidates(lon=x, lat=y, border_m=0.9).distance_m[0] == pytest.approx(away, rel=0.01)


def test_a_cell_in_degrees_that_holds_the_point_is_at_no_distance():
    table = cells(box(113.0, 34.0, 114.0, 35.0), box(113.0, 35.0, 114.0, 36.0), crs=DEGREES)
    found = CellIndex(table).candidates(lon=[113.5], lat=[35.0], border_m=1.0)
    assert found.distance_m.tolist() == [0.0, 0.0]
    assert found.row.tolist() == [0, 1]


def test_cells_in_feet_are_measured_in_metres():
    table = cells(box(1_300_000, 450_000, 1_301_000, 451_000), crs="EPSG:2248")
    found = CellIndex(table).candidates(lon=[1_301_010.0], lat=[450_500.0], border_m=4.0)
    assert found.distance_m[0] == pytest.approx(10 * 0.3048, rel=0.01)


def test_the_cells_given_are_not_touched():
    table = cells(square(0, 0))
    CellIndex(table)
    assert not shapely.is_prepared(table.geometry.array[0])


def test_threads_may_share_one_index():
    table = LAYERS["slanted neighbours"]
    index = CellIndex(table)
    x, y = random_points(3, 0, 140, 20_000)
    expected, found = index.locate(lon=x, lat=y), []
    threads = [threading.Thread(target=lambda: found.append(index.locate(lon=x, lat=y))) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert all((rows == expected).all() for rows in found)
    assert len(found) == 4


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=30), st.integers(1, 7))
def test_asking_in_parts_gives_the_same_answers(places, size):
    index = CellIndex(LAYERS["overlapping"])
    x = np.array([EAST + 20.0 * place[0] for place in places])
    y = np.array([NORTH + 20.0 * place[1] for place in places])
    parts = [index.locate(lon=x[i : i + size], lat=y[i : i + size]) for i in range(0, len(x), size)]
    assert np.concatenate([*parts, []]).tolist() == index.locate(lon=x, lat=y).tolist()


def test_an_index_is_drawn_with_the_first_points_if_many_are_expected():
    layer = LAYERS["nested"]
    index = CellIndex(layer, later=True)
    index.expect(1_000_000)
    for asked in (index.asked_in(layer.crs), index.asked_in("gcj02")):
        asked.locate(lon=[1.0], lat=[1.0])
        assert isinstance(asked._ready, Drawn)

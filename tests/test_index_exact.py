"""The index against the slow way: every point brought to the cells and tested there with GEOS."""

import functools
import importlib.util

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon, affinity, box

from gridgov import datum
from gridgov.index import CellIndex, answers, asking, pieces, records

METRES, DEGREES = "EPSG:4547", "EPSG:4490"
EAST, NORTH = 475_000.0, 3_843_000.0
DATUMS = ("gcj02", "bd09", "cgcs2000", None)

needs_numba = pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="numba is not installed")
with_both = pytest.mark.parametrize("compiled", [False, pytest.param(True, marks=needs_numba)])


@pytest.fixture
def engine(monkeypatch):
    """Draw and ask with numpy, or with numba, however few points there are."""

    def choose(compiled):
        for module, name in (
            (pieces, "worth_compiling_to_draw"),
            (records, "worth_compiling_to_draw"),
            (asking, "worth_compiling"),
            (answers, "worth_compiling"),
        ):
            monkeypatch.setattr(module, name, lambda number: compiled)

    return choose


def slow_way(table, lon, lat, points_crs):
    """Row of each point: the smallest polygon it is inside of, else the first of those it touches."""
    somewhere = np.isfinite(lon) & np.isfinite(lat)
    x, y = np.where(somewhere, lon, np.nan), np.where(somewhere, lat, np.nan)
    if points_crs is not None:
        x, y = datum.transform_points(x, y, source=points_crs, target=table.crs)
    polygons = np.asarray(table.geometry.array, dtype=object)
    usable = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    place, row = shapely.STRtree(polygons).query(shapely.points(x[usable], y[usable]), predicate="intersects")
    point = usable[place]
    inside = shapely.contains_xy(polygons[row], x[point], y[point])
    metric = table.to_crs(datum.metric_crs(table.crs, bounds=table.total_bounds)).geometry
    area = np.round(shapely.area(np.asarray(metric.array)), 3)
    order = np.lexsort((row, np.where(inside, area[row], 0), ~inside, point))
    order = order[::-1]
    rows = np.full(len(x), -1)
    rows[point[order]] = row[order]
    several = np.bincount(point[inside], minlength=len(x)) > 1
    return rows, several


def wiggly(n=5, size=400.0, *, seed=0, steps=9):
    """A noded partition of n x n cells with borders that wind, some of them almost level or upright."""
    random = np.random.default_rng(seed)
    at = np.stack(np.meshgrid(np.arange(n + 1.0), np.arange(n + 1.0), indexing="ij"), axis=2) * size
    at[1:-1, 1:-1] += random.uniform(-0.2, 0.2, (n - 1, n - 1, 2)) * size
    at += [EAST, NORTH]
    along = np.linspace(0, 1, steps)[:, None]

    def side(a, b):
        off = random.uniform(-0.06, 0.06, steps)
        off[[0, -1]] = 0
        return a + (b - a) * along + (off * random.integers(0, 2))[:, None] * ((b - a) @ [[0, 1], [-1, 0]])

    right = {(i, j): side(at[i, j], at[i + 1, j]) for i in range(n) for j in range(n + 1)}
    up = {(i, j): side(at[i, j], at[i, j + 1]) for i in range(n + 1) for j in range(n)}
    return [
        Polygon(
            np.concatenate(
                [right[i, j][:-1], up[i + 1, j][:-1], right[i, j + 1][::-1][:-1], up[i, j][::-1][:-1]]
            )
        )
        for i in range(n)
        for j in range(n)
    ]


def squares(n, size, at=(EAST, NORTH)):
    return [
        box(at[0] + i * size, at[1] + j * size, at[0] + (i + 1) * size, at[1] + (j + 1) * size)
        for i in range(n)
        for j in range(n)
    ]


def shifted(polygons, east, north):
    return [affinity.translate(polygon, east, north) for polygon in polygons]


def long_and_thin():
    spokes = [
        affinity.rotate(box(EAST, NORTH - 0.05, EAST + 3000, NORTH + 0.05), angle, origin=(EAST, NORTH))
        for angle in (0, 1e-7, 3, 45, 89.99999, 90, 133)
    ]
    return [*spokes, box(EAST - 500, NORTH - 500, EAST + 3000, NORTH - 499.999)]


def tiny_among_large():
    dots = squares(12, 0.7, at=(EAST + 1000.3, NORTH + 777.7))
    hole = shapely.union_all(dots)
    return [box(EAST, NORTH, EAST + 4000, NORTH + 4000) - hole, *dots]


def islands_and_holes():
    island = Polygon([(EAST + 30, NORTH + 10), (EAST + 90, NORTH + 41), (EAST + 55, NORTH + 93)])
    lake = box(EAST - 100, NORTH - 100, EAST + 200, NORTH + 200)
    land = box(EAST - 1000, NORTH - 1000, EAST + 1000, NORTH + 1000)
    apart = MultiPolygon([box(EAST + 1500, NORTH, EAST + 1600, NORTH + 50), island])
    return [land - lake, apart, affinity.translate(island, 0, 300)]


def raw_layers():
    """Three departments' layers on top of each other: overlaps, gaps, nested, doubles, T-junctions."""
    first, second = wiggly(3, seed=3), shifted(wiggly(3, 380.0, seed=4), 13, -21)
    return [
        *first,
        *second[:-3],
        first[5],
        first[6].buffer(-30),
        *squares(5, 250.0, at=(EAST - 7, NORTH + 3)),
    ]


def in_degrees(polygons):
    return list(datum.transform_geometries(np.array(polygons, object), source=METRES, target=DEGREES))


LAYERS = {
    "winding": (wiggly(), METRES),
    "winding, in degrees": (in_degrees(wiggly()), DEGREES),
    "squares": (squares(7, 100.0), METRES),
    "squares in degrees": (squares(8, 0.01, at=(113.6, 34.7)), DEGREES),
    "long and thin": (long_and_thin(), METRES),
    "smaller than a pixel": (tiny_among_large(), METRES),
    "holes and islands": (islands_and_holes(), METRES),
    "raw layers": (raw_layers(), METRES),
    "many in one place": ([box(EAST + k, NORTH, EAST + 90 + k, NORTH + 90) for k in range(41)], METRES),
    "along 105 E": (shifted(wiggly(5), 500_000 - EAST - 900, 0), "EPSG:4544"),
    "far from its zone": (shifted(wiggly(3), 2_500_000, 0), METRES),
    "empty ones among them": ([None, *squares(2, 100.0), Polygon()], METRES),
    "a bow tie": (
        [Polygon([(EAST, NORTH), (EAST + 90, NORTH + 90), (EAST + 90, NORTH), (EAST, NORTH + 90)])],
        METRES,
    ),
}


def layer(name):
    polygons, crs = LAYERS[name]
    return gpd.GeoDataFrame(geometry=polygons, crs=crs)


def corners_and_middles(table):
    rings = shapely.get_rings(shapely.get_parts(table.geometry.array))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    thirds = [xy[:-1][same] + (xy[1:] - xy[:-1])[same] * part for part in (0.5, 0.31)]
    return np.concatenate([xy, *thirds])


def steps_of_one_ulp(places):
    away = [(dx, dy) for dx in (-np.inf, 0, np.inf) for dy in (-np.inf, 0, np.inf)]
    return np.concatenate(
        [
            np.column_stack(
                [np.nextafter(places[:, k], step[k]) if step[k] else places[:, k] for k in (0, 1)]
            )
            for step in away
        ]
    )


def points_of(table, points_crs, *, seed=0):
    """Adversarial points, in the coordinates of the points."""
    random = np.random.default_rng(seed)
    west, south, east, north = table.total_bounds
    span = max(east - west, north - south)
    anywhere = random.uniform(0, 1, (1500, 2)) * [east - west, north - south] * 1.2
    anywhere += [west - 0.1 * (east - west), south - 0.1 * (north - south)]
    exact = corners_and_middles(table)
    sizes = [1e-11, 1e-8, 1e-6, 1e-5, 1e-3] if table.crs.is_geographic else [1e-9, 1e-5, 1e-3, 0.01, 0.5, 2]
    jitters = [exact + random.uniform(-size, size, exact.shape) for size in sizes]
    places = np.concatenate([anywhere, exact, *jitters, exact + span * 1e-16])
    if points_crs is not None:
        moved = datum.transform_points(*places.T, source=table.crs, target=points_crs)
        places = np.column_stack(moved)
    there = places[len(anywhere) : len(anywhere) + len(exact)]
    jittered = [there + random.uniform(-size, size, there.shape) for size in (1e-11, 1e-8)]
    rounded = [np.round(places, decimals) for decimals in (4, 6)]
    odd = np.array([[np.nan, 34.7], [113.7, np.inf], [0, 0], [-113.7, 34.7], [1e5, 1e5], [473.7, 34.72]])
    odd = np.concatenate([odd, random.uniform(-1, 1, (300, 2)) * [200, 100]])
    return np.concatenate([places, steps_of_one_ulp(there), *jittered, *rounded, odd])


@with_both
@pytest.mark.parametrize("points_crs", DATUMS)
@pytest.mark.parametrize("name", LAYERS)
def test_every_point_lies_where_the_slow_way_says(engine, name, points_crs, compiled):
    engine(compiled)
    table, lon, lat, rows, several = answered(name, points_crs)
    found, overlapping = CellIndex(table, points_crs=points_crs).locate_overlapping(lon=lon, lat=lat)
    wrong = np.flatnonzero((rows != found) | (several != overlapping))
    assert not len(wrong), [(lon[k], lat[k], rows[k], found[k]) for k in wrong[:5]]


@with_both
@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("beyond", [-1e-6, -5e-8, -1e-9, 0.0, 1e-9, 5e-8, 1e-6])
def test_corners_just_within_and_just_outside_of_what_a_pixel_sees(engine, beyond, upright, compiled):
    engine(compiled)
    random = np.random.default_rng(2)
    start, along, across = np.array([EAST, NORTH]), np.arange(1.0, 40.0), random.uniform(-20, 20, 39)

    def halves(along, across):
        border = [(0, 0), *zip(along, across, strict=True), (2000, 0)]
        sides = [Polygon([*border, (2000, way), (0, way)]) for way in (-900, 900)]
        turned = [affinity.affine_transform(side, [0, 1, 1, 0, 0, 0]) if upright else side for side in sides]
        return gpd.GeoDataFrame(geometry=shifted(turned, *start), crs=METRES)

    raster = CellIndex(halves(along * 50, across))._ready.raster
    grid, axis = raster.grid, int(upright)
    west, scale = ((grid.west, grid.columns_per_x), (grid.south, grid.rows_per_y))[axis]
    pixel = np.floor((along * 50 + start[axis] - west) * scale)
    off = raster.reach + beyond
    seen = np.where(np.arange(len(along)) % 2, pixel - off, pixel + 1 + off)
    table = halves(seen / scale + west - start[axis], across)
    index = CellIndex(table)
    assert index._ready.raster.grid == grid
    places = random.uniform([0, -25], [2000, 25], (20_000, 2))[:, [axis, 1 - axis]] + start
    lon, lat = np.ascontiguousarray(places.T)
    rows, _ = slow_way(table, lon, lat, None)
    assert index.locate(lon=lon, lat=lat).tolist() == rows.tolist()


@functools.cache
def answered(name, points_crs):
    """A layer, points, and what the slow way says of them."""
    table = layer(name)
    lon, lat = points_of(table, points_crs).T
    return table, lon, lat, *slow_way(table, lon, lat, points_crs)


def slow_candidates(table, lon, lat, points_crs, *, border_m):
    """(point, row) -> metres, of every polygon that holds a point or lies within `border_m` of it."""
    x, y = np.asarray(lon), np.asarray(lat)
    if points_crs is not None:
        x, y = datum.transform_points(x, y, source=points_crs, target=table.crs)
    x, y = np.where(np.isfinite(x), x, 1e9), np.where(np.isfinite(y), y, 1e9)
    polygons = np.asarray(table.geometry.array, dtype=object)
    point, row = shapely.STRtree(polygons).query(shapely.points(x, y), predicate="intersects")
    found = dict.fromkeys(zip(point.tolist(), row.tolist(), strict=True), 0.0)
    metric = datum.metric_crs(table.crs, bounds=table.total_bounds)
    straight = shapely.segmentize(polygons, 0.002) if table.crs.is_geographic else polygons
    measured = datum.transform_geometries(straight, source=table.crs, target=metric)
    x, y = datum.transform_points(x, y, source=table.crs, target=metric)
    places = shapely.points(np.where(np.isfinite(x), x, 1e9), np.where(np.isfinite(y), y, 1e9))
    point, row = shapely.STRtree(measured).query(places, predicate="dwithin", distance=border_m)
    distance = shapely.distance(measured[row], places[point])
    near = zip(zip(point.tolist(), row.tolist(), strict=True), distance.tolist(), strict=True)
    return {pair: away for pair, away in near if away <= border_m} | found


@functools.cache
def near(name, points_crs, border_m):
    """A layer, points, and their candidates as the slow way says, for some metres more."""
    table = layer(name)
    places = points_of(table, points_crs)
    places = places[np.isfinite(places).all(axis=1) & (np.abs(places) < 1e7).all(axis=1)]
    lon, lat = np.random.default_rng(5).choice(places, 600).T
    # Borders of cells in degrees bend in metres: they are measured straight, which leaves them 1 mm apart.
    slack = 1e-3 if table.crs.is_geographic else 1e-9
    return table, lon, lat, slack, slow_candidates(table, lon, lat, points_crs, border_m=border_m + slack)


@with_both
@pytest.mark.parametrize("border_m", [0.0, 1.0, 12.0, 150.0, 2500.0])
@pytest.mark.parametrize("points_crs", [None, "gcj02"])
@pytest.mark.parametrize(
    "name", ["winding", "squares in degrees", "smaller than a pixel", "raw layers", "many in one place"]
)
def test_candidates_are_those_of_the_slow_way(engine, name, points_crs, border_m, compiled):
    engine(compiled)
    table, lon, lat, slack, expected = near(name, points_crs, border_m)
    found = CellIndex(table, points_crs=points_crs).candidates(lon=lon, lat=lat, border_m=border_m)
    pairs = list(zip(found.point.tolist(), found.row.tolist(), strict=True))
    assert set(pairs) <= set(expected)
    assert {pair for pair, away in expected.items() if away < border_m - slack} <= set(pairs)
    assert found.distance_m == pytest.approx([expected[pair] for pair in pairs], abs=slack)
    assert (np.lexsort((found.row, found.distance_m, found.point)) == np.arange(len(pairs))).all()


@pytest.mark.parametrize("points_crs", DATUMS)
@pytest.mark.parametrize("name", LAYERS)
def test_a_look_at_one_point_sees_what_all_points_together_see(name, points_crs):
    table = layer(name)
    lon, lat = np.random.default_rng(8).permutation(points_of(table, points_crs))[:3200].T
    rows, several = slow_way(table, lon, lat, points_crs)
    index = CellIndex(table, points_crs=points_crs)
    for border_m, asked in zip((0.0, 0.003, 0.3, 1.0), np.array_split(np.arange(3200), 4), strict=True):
        found = index.candidates(lon=lon[asked], lat=lat[asked], border_m=border_m)
        places = zip(lon[asked].tolist(), lat[asked].tolist(), strict=True)
        looks = [index.look(*place, within_m=border_m) for place in places]
        told = np.array([look is not None for look in looks], dtype=bool)
        looks = [look for look in looks if look is not None]
        assert [row for row, _, _ in looks] == rows[asked[told]].tolist()
        assert [many for _, many, _ in looks] == several[asked[told]].tolist()
        near = told[found.point]
        assert np.repeat(np.flatnonzero(told), [len(close) for _, _, close in looks]).tolist() == (
            found.point[near].tolist()
        )
        assert [row for _, _, close in looks for _, row in close] == found.row[near].tolist()
        away = [away for _, _, close in looks for away, _ in close]
        np.testing.assert_allclose(away, found.distance_m[near], rtol=0, atol=1e-8)


@pytest.mark.parametrize("points_crs", [None, "gcj02", "bd09"])
def test_a_look_tells_of_nearly_every_point(points_crs):
    table = layer("squares")
    index = CellIndex(table, points_crs=points_crs)
    edges = np.random.default_rng(3).uniform(0, 700, (2000, 2))
    edges[::2, 0] = np.round(edges[::2, 0], -2) + np.random.default_rng(4).uniform(-0.3, 0.3, 1000)
    x, y = np.add(edges, [EAST, NORTH]).T
    if points_crs:
        x, y = datum.transform_points(x, y, source=METRES, target=points_crs)
    looks = [index.look(*place, within_m=0.2) for place in zip(x.tolist(), y.tolist(), strict=True)]
    assert np.mean([look is not None for look in looks]) > 0.999


@with_both
@pytest.mark.parametrize("within_m", [3.0, 40.0, 900.0, np.inf])
@pytest.mark.parametrize("name", ["winding", "squares", "raw layers"])
def test_the_nearest_cell_is_that_of_the_slow_way(engine, name, within_m, compiled):
    engine(compiled)
    table = layer(name)
    lon, lat = np.random.default_rng(6).choice(points_of(table, "gcj02")[:3000], 200).T
    rows, distances = CellIndex(table, points_crs="gcj02").nearest(lon=lon, lat=lat, within_m=within_m)
    expected = slow_candidates(table, lon, lat, "gcj02", border_m=min(within_m, 1e6))
    best = {}
    for (point, row), away in sorted(expected.items(), key=lambda pair: (pair[0][0], pair[1], pair[0][1])):
        best.setdefault(point, (row, away))
    assert rows.tolist() == [best.get(point, (-1, 0))[0] for point in range(len(lon))]
    known = rows >= 0
    assert distances[known] == pytest.approx([best[point][1] for point in np.flatnonzero(known)], abs=1e-6)


@pytest.mark.parametrize("points_crs", [None, "gcj02"])
@pytest.mark.parametrize("name", ["winding", "squares in degrees", "smaller than a pixel", "raw layers"])
def test_points_with_widths_of_their_own_have_the_candidates_of_each_width(name, points_crs):
    table = layer(name)
    places = points_of(table, points_crs)
    places = places[np.isfinite(places).all(axis=1) & (np.abs(places) < 1e7).all(axis=1)]
    random = np.random.default_rng(9)
    lon, lat = random.choice(places, 400).T
    widths = random.choice([0.0, 0.4, 1.0, 12.0, 13.0, 150.0, 500.0], 400)
    found = CellIndex(table, points_crs=points_crs).candidates(lon=lon, lat=lat, border_m=widths)
    pairs = dict(
        zip(zip(found.point.tolist(), found.row.tolist(), strict=True), found.distance_m, strict=True)
    )
    slack = 1e-3 if table.crs.is_geographic else 1e-9
    near = slow_candidates(table, lon, lat, points_crs, border_m=501.0)
    assert {pair for pair, away in near.items() if away < widths[pair[0]] - slack} <= set(pairs)
    assert {pair for pair, away in near.items() if away < widths[pair[0]] + slack} >= set(pairs)
    assert list(pairs.values()) == pytest.approx([near[pair] for pair in pairs], abs=slack)
    assert (np.lexsort((found.row, found.distance_m, found.point)) == np.arange(len(pairs))).all()


def test_no_points_with_widths_of_their_own_have_no_candidates():
    nothing = np.zeros(0)
    found = CellIndex(layer("squares")).candidates(lon=nothing, lat=nothing, border_m=nothing)
    assert [len(column) for column in found] == [0, 0, 0]

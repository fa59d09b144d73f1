"""The compiled loops say what numpy says; without numba nothing is missed."""

import importlib.util
import subprocess
import sys
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pytest
from shapely import MultiPolygon, Point, Polygon, box

from gridgov.datum import transform_points
from gridgov.index import CellIndex, answers, asking, compiled, near, pieces, records

EAST, NORTH = 475_000.0, 3_843_000.0
needs_numba = pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="numba is not installed")


def overlapping_squares():
    """A grid of squares, a second one askew on top, and many polygons in one place."""
    first = [
        box(EAST + i * 90, NORTH + j * 90, EAST + i * 90 + 90, NORTH + j * 90 + 90)
        for i in range(9)
        for j in range(9)
    ]
    second = [
        box(EAST + i * 70, NORTH + j * 50, EAST + i * 70 + 65, NORTH + j * 50 + 50)
        for i in range(8)
        for j in range(8)
    ]
    heap = [box(EAST + 300 + k, NORTH + 300, EAST + 340 + k, NORTH + 340) for k in range(41)]
    return gpd.GeoDataFrame(geometry=[*first, *second, *heap], crs="EPSG:4547")


def places(number):
    random = np.random.default_rng(1)
    anywhere = random.uniform(-50, 900, (2, number))
    anywhere[:, ::3] = np.round(anywhere[:, ::3], -1)
    anywhere[:, ::101] = np.nan
    return anywhere + np.array([[EAST], [NORTH]])


@pytest.fixture
def with_numba(monkeypatch):
    def choose(wanted):
        for module in (asking, answers):
            monkeypatch.setattr(module, "worth_compiling", lambda points: wanted)

    return choose


@needs_numba
@pytest.mark.parametrize("number", [0, 1, 2047, 2048, 2049, 70_001])
def test_rows_are_those_of_numpy(with_numba, number):
    index, (x, y) = CellIndex(overlapping_squares()), places(number)
    with_numba(False)
    expected = index.locate_overlapping(lon=x, lat=y)
    with_numba(True)
    found = index.locate_overlapping(lon=x, lat=y)
    assert found[0].dtype == expected[0].dtype
    assert all((one == other).all() for one, other in zip(found, expected, strict=True))


@needs_numba
@pytest.mark.parametrize("border_m", [0.0, 1.0, 40.0])
def test_candidates_are_those_of_numpy(with_numba, border_m):
    index, (x, y) = CellIndex(overlapping_squares()), places(3000)
    with_numba(False)
    expected = index.candidates(lon=x, lat=y, border_m=border_m)
    with_numba(True)
    found = index.candidates(lon=x, lat=y, border_m=border_m)
    assert all((one == other).all() for one, other in zip(found, expected, strict=True))


@needs_numba
def test_points_near_many_polygons_have_room_for_all(with_numba):
    heap = [box(EAST, NORTH, EAST + 900, NORTH + 900 + k) for k in range(15)]
    index = CellIndex(gpd.GeoDataFrame(geometry=heap, crs="EPSG:4547"))
    y = NORTH + np.linspace(10, 890, 3000)
    x = EAST + np.resize([-0.5, 0.5], 3000)
    with_numba(False)
    expected = index.candidates(lon=x, lat=y, border_m=1.0)
    assert len(expected.point) == 15 * 3000
    with_numba(True)
    found = index.candidates(lon=x, lat=y, border_m=1.0)
    assert all((one == other).all() for one, other in zip(found, expected, strict=True))


def with_others(pairs, row):
    """Pairs of points that have others than their own row, one point after the other."""
    listed = {}
    for point, one, metres in zip(*(column.tolist() for column in pairs), strict=True):
        listed.setdefault(point, []).append((point, one, metres))
    return [pair for point, own in listed.items() if own != [(point, row[point], 0.0)] for pair in own]


@needs_numba
@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("border_m", [0.0, 1.0, 40.0, 200.0, "of its own"])
def test_both_asked_at_once_are_what_each_says_alone(with_numba, compiled, border_m):
    index, (x, y) = CellIndex(overlapping_squares()), places(3000)
    if border_m == "of its own":
        border_m = np.random.default_rng(2).choice([0.0, 0.3, 2.0, 50.0], 3000)
    with_numba(compiled)
    row, several, pairs = index.locate_within(lon=x, lat=y, border_m=border_m)
    alone = index.locate_overlapping(lon=x, lat=y)
    assert all((one == other).all() for one, other in zip((row, several), alone, strict=True))
    others = with_others(index.candidates(lon=x, lat=y, border_m=border_m), row)
    assert [*zip(*(column.tolist() for column in pairs), strict=True)] == others
    assert 0 < len({point for point, _, _ in others}) <= len(x)


@needs_numba
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("part", [100, 700, 3000, 10_000])
def test_points_looked_at_part_after_part_are_what_all_are_at_once(monkeypatch, with_numba, threads, part):
    index, (x, y) = CellIndex(overlapping_squares(), points_crs="gcj02"), places(3001)
    lon, lat = transform_points(x, y, source="EPSG:4547", target="gcj02")
    lon[::31] += 360  # the same places: asked of the polygons themselves
    with_numba(False)
    expected = index.locate_overlapping(lon=lon, lat=lat)
    candidates = index.candidates(lon=lon, lat=lat, border_m=1.0)
    assert np.count_nonzero(expected[0][::31] >= 0) > 10
    with_numba(True)
    monkeypatch.setattr(near, "_PART", part)
    monkeypatch.setattr(near, "compiled", lambda: compiled.compiled()._replace(threads=lambda: threads))
    *found, pairs = index.locate_within(lon=lon, lat=lat, border_m=1.0)
    assert all((one == other).all() for one, other in zip(found, expected, strict=True))
    others = with_others(candidates, expected[0])
    assert [*zip(*(column.tolist() for column in pairs), strict=True)] == others
    again = index.candidates(lon=lon, lat=lat, border_m=1.0)
    assert all((one == other).all() for one, other in zip(again, candidates, strict=True))


@needs_numba
@pytest.mark.parametrize("points_crs", [None, "gcj02"])
@pytest.mark.parametrize("degrees", [0, 0.001, 33])
def test_the_raster_is_that_of_numpy_bit_by_bit(monkeypatch, tmp_path, points_crs, degrees):
    squares = overlapping_squares()
    polygons = squares.set_geometry(squares.rotate(degrees, origin=(EAST, NORTH)))
    for wanted in (False, True):
        for module in (pieces, records):
            monkeypatch.setattr(module, "worth_compiling_to_draw", lambda number, wanted=wanted: wanted)
        CellIndex(polygons, points_crs=points_crs).save(tmp_path / f"{wanted}.idx")
    assert (tmp_path / "True.idx").read_bytes() == (tmp_path / "False.idx").read_bytes()


def test_without_numba_nothing_is_compiled(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    compiled.compiled.cache_clear()
    assert not compiled.worth_compiling(10**9)
    assert compiled.compiled() is None
    assert not compiled.worth_compiling(10**9)
    compiled.compiled.cache_clear()


def test_points_that_none_foresaw_are_taken_for_as_many_to_come(monkeypatch):
    monkeypatch.setattr(compiled._Counted, "points", 0)
    monkeypatch.setattr(compiled, "compiled", asked := compiled_when_asked())
    for points in (300_000, 300_000):
        compiled.count_points(points)
    assert not asked.times
    compiled.count_points(100_000)
    assert asked.times == 1


def compiled_when_asked():
    """Stands for `compiled.compiled`, where nothing was compiled yet; counts the calls."""

    class Asked:
        times = 0

        def __call__(self):
            self.times += 1

        def cache_info(self):
            return SimpleNamespace(currsize=0)

    return Asked()


def test_a_few_points_load_no_compiler():
    program = "import sys, gridgov.index; print('numba' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize("without", ["missing", "broken"])
def test_without_numba_everything_is_answered(tmp_path, without):
    program = """
import sys, warnings
import geopandas as gpd, numpy as np
from shapely import MultiPolygon, Point, Polygon, box
from gridgov.errors import GridgovWarning
if sys.argv[1] == "missing":
    sys.modules["numba"] = None
else:
    sys.path.insert(0, sys.argv[2])
from gridgov.index import CellIndex, compiled
compiled._WORTH = 0
cells = gpd.GeoDataFrame(geometry=[box(i, 0, i + 1, 1) for i in range(3)], crs="EPSG:4547")
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always", GridgovWarning)
    index = CellIndex(cells)
    x, y = np.array([0.5, 1.5, 2.0, 9.0]), np.array([0.5, 0.5, 0.5, 0.5])
    print(index.locate(lon=x, lat=y).tolist(), index.candidates(lon=x, lat=y, border_m=0.2).row.tolist())
print(len(said), *[one.message for one in said])
"""
    (tmp_path / "numba.py").write_text("raise ImportError('Numba needs an older NumPy')")
    command = [sys.executable, "-W", "error", "-c", program, without, tmp_path]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    answers, warned = run.stdout.splitlines()
    assert answers == "[0, 1, 1, -1] [0, 1, 1, 2]"
    assert ("does not start (Numba needs an older NumPy)" in warned) == (without == "broken")


def awkward():
    """Polygons with holes and parts, borders that three share, copies, rings of zeros of both signs, none."""
    ring = [(0, 0), (0, 0), (90, 0), (90, 90), (-0.0, 90), (0, 0)]
    island = Polygon(ring, [[(20, 20), (20, 40), (40, 40), (40, 20)], [(60, 60), (60, 70), (70, 70)]])
    apart = MultiPolygon([box(100, 0, 110, 10), island.buffer(-1), box(110, 10, 120, 20)])
    round_ones = [Point(x, y).buffer(7, quad_segs=3000) for x in (5, 11) for y in (5, 5)]
    return np.array([island, box(20, 20, 40, 40), apart, Polygon(), None, island, *round_ones], dtype=object)


@needs_numba
@pytest.mark.parametrize("polygons", [awkward(), awkward()[:3], awkward()[3:5], awkward()[:0]])
def test_pieces_are_those_of_numpy(polygons):
    xy, rings, parts, shapes = pieces._ragged(polygons)
    owner, left = pieces._rings(xy, rings, parts, shapes)
    found, expected = (walk(xy, rings, owner, left) for walk in (pieces._compiled, pieces._walked))
    for name in ("corners", "a", "b", "rows", "side"):
        one, other = getattr(found, name), getattr(expected, name)
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)

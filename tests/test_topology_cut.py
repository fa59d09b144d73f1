"""Cutting a partition along one layer, and bringing it to the 1 cm grid."""

import numpy as np
import pytest
import shapely
from shapely import box

from gridgov.topology.arrange import arrange
from gridgov.topology.cut import Cutter, cut, round_off
from gridgov.topology.edges import Neighbours
from gridgov.topology.pieces import Pieces
from gridgov.topology.regions import between, thin

HALVES = np.array([box(0, 0, 500, 1000), box(500, 0, 1000, 1000)], dtype=object)


def cutter(*polygons):
    layer = np.array(polygons, dtype=object)
    none = np.zeros(len(layer), dtype=bool)
    return Cutter(layer, shapely.area(layer), keep=~none, first=none, everywhere=none)


def made(base, *polygons, **options):
    return cut(base, cutter(*polygons), tolerance_m=25.0, min_area_m2=300.0, **options)


def test_no_piece_leaves_its_base():
    found = made(HALVES, box(0, 0, 1000, 400), box(0, 400, 1000, 1000))
    assert sorted(zip(found.base.tolist(), found.label.tolist(), strict=True)) == [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
    ]


def test_a_strip_along_a_base_border_goes_to_the_other_side():
    found = made(HALVES, box(0, 0, 510, 1000), box(510, 0, 1000, 1000))
    assert sorted(zip(found.base.tolist(), found.label.tolist(), strict=True)) == [(0, 0), (1, 1)]


def test_a_strip_is_divided_among_the_pieces_along_it():
    low, high = box(510, 0, 1000, 400), box(510, 400, 1000, 1000)
    found = made(HALVES, box(0, 0, 510, 1000), low, high)
    area = dict(zip(found.label.tolist(), shapely.area(found.polygons).tolist(), strict=True))
    assert area == {0: 500_000.0, 1: 200_000.0, 2: 300_000.0}


def test_a_strip_that_narrows_away_is_divided_too():
    wedge = shapely.Polygon([(500, 0), (512, 0), (500, 1000)])
    left = shapely.union(HALVES[0], wedge)
    low, high = (
        shapely.difference(part, wedge) for part in (box(500, 0, 1000, 400), box(500, 400, 1000, 1000))
    )
    found = made(HALVES, left, low, high)
    area = dict(zip(found.label.tolist(), shapely.area(found.polygons).tolist(), strict=True))
    assert area == pytest.approx({0: 500_000.0, 1: 200_000.0, 2: 300_000.0}, abs=1)


def test_an_arm_is_cut_off_and_what_lies_elsewhere_stays_as_it_was():
    # The strip along the left half's top is 15 m wide and hangs on a wide part of the same grid.
    low = shapely.union_all([box(0, 0, 1000, 300), box(500, 300, 515, 1000)])
    far = np.array([*HALVES, box(2000, 0, 2500, 500)], dtype=object)
    rest = box(0, 0, 1000, 1000).difference(low)
    found = made(far, low, *shapely.get_parts(rest), box(2000, 0, 2500, 250), labels=np.arange(3)[:, None])
    area = {
        (base, label): shape.area
        for base, label, shape in zip(found.base.tolist(), found.label.tolist(), found.polygons, strict=True)
    }
    assert area[1, 0] == pytest.approx(500 * 300, abs=15 * 30)
    assert sum(area.values()) == pytest.approx(1_000_000 + 250_000)
    assert area[2, 3] == area[2, -1] == 125_000


def test_an_arm_is_divided_among_the_pieces_along_it():
    # No grid was drawn at the right, nor in a strip at the top that hangs on that.
    drawn = [box(0, 0, 200, 585), box(200, 0, 500, 585), box(500, 0, 600, 585)]
    found = made(np.array([box(0, 0, 900, 600)]), *drawn)
    area = dict(zip(found.label.tolist(), shapely.area(found.polygons).tolist(), strict=True))
    assert area == pytest.approx({-1: 180_000, 0: 120_000, 1: 180_000, 2: 60_000}, abs=100)


def labels_of(found):
    return sorted(zip(found.base.tolist(), found.label.tolist(), strict=True))


def with_a_tail(wide_m, tail_m):
    """The left half reaches over its border: with a square, and a strip of 4 m along the border."""
    over = shapely.union(box(500, 0, 500 + wide_m, wide_m), box(500, wide_m, 504, wide_m + tail_m))
    return shapely.union(HALVES[0], over), shapely.difference(HALVES[1], over)


def test_a_strip_with_one_spot_wider_than_the_tolerance_is_a_strip():
    assert labels_of(made(HALVES, *with_a_tail(27, 190))) == [(0, 0), (1, 1)]


@pytest.mark.parametrize(("wide_m", "tail_m"), [(30, 10), (60, 190), (60, 900)])
def test_a_place_with_a_tail_too_short_to_count_stays(wide_m, tail_m):
    assert labels_of(made(HALVES, *with_a_tail(wide_m, tail_m))) == [(0, 0), (1, 0), (1, 1)]


@pytest.mark.parametrize(("arms", "left"), [(True, []), (False, [(1, 0)])])
def test_a_long_strip_with_wide_spots_stays_where_strips_are_meant(arms, left):
    # Between the spots lie 120 m of 10 m: no part of it is an arm of more than 2,000 m2.
    spots = [box(500, at, 527, at + 27) for at in range(0, 1000, 147)]
    over = shapely.union_all([box(500, 0, 510, 1000), *spots])
    layer = shapely.union(HALVES[0], over), shapely.difference(HALVES[1], over)
    assert labels_of(made(HALVES, *layer, arms=arms)) == [(0, 0), *left, (1, 1)]


def test_a_bit_that_rounding_pinches_off_joins_its_neighbour():
    # Two blocks hang together by a neck of 4 mm, which the 1 cm grid does not know.
    cell = shapely.union_all([box(0, 0, 100, 100), box(100, 50, 110, 50.004), box(110, 40, 118, 60)])
    around = box(0, 0, 300, 100).difference(cell)
    cells = np.array([cell, around], dtype=object)
    found = round_off(
        cells, unit=np.zeros(2, int), labels=np.array([[0], [1]]), tolerance_m=10.0, min_area_m2=300.0
    )
    assert found.base.tolist() == [0, 1]
    assert shapely.area(found.polygons).tolist() == [10_000.0, 20_000.0]


def test_a_large_part_that_rounding_parts_from_its_cell_stays_a_piece():
    cell = shapely.union_all([box(0, 0, 100, 100), box(100, 50, 120, 50.004), box(120, 0, 220, 100)])
    around = box(0, 0, 300, 100).difference(cell)
    found = round_off(
        np.array([cell, around], dtype=object),
        unit=np.zeros(2, int),
        labels=np.array([[0], [1]]),
        tolerance_m=10.0,
        min_area_m2=300.0,
    )
    assert sorted(found.base.tolist()) == [0, 0, 1, 1]


def test_borders_between_regions_add_up():
    faces = Neighbours(np.array([0, 0, 1, 2]), np.array([1, 2, 3, 3]), np.array([1.0, 2.0, 4.0, 8.0]))
    found = between(faces, np.array([0, 0, 1, 1]))
    assert (found.i.tolist(), found.j.tolist(), found.length.tolist()) == ([0], [1], [6.0])


@pytest.mark.parametrize("seed", range(4))
def test_pieces_know_their_sizes_and_thinness_without_their_polygons(seed):
    random = np.random.default_rng(seed)
    corners = random.uniform(0, 900, (14, 2))
    layer = [
        box(x, y, x + w, y + h)
        for (x, y), (w, h) in zip(corners, random.uniform(2, 300, (14, 2)), strict=True)
    ]
    layer.append(box(50, 50, 950, 950).difference(box(300, 300, 600, 600)))
    found = arrange([HALVES, np.array(layer, dtype=object)])
    base = found.smallest(0, shapely.area(HALVES))
    pieces = Pieces.of(found, base, found.smallest(1, shapely.area(layer)))
    rows = random.permutation(len(pieces))
    polygons = pieces.polygons(rows)
    faces = found.faces[pieces.face]
    slow = [shapely.union_all(faces[pieces.piece == row]) for row in rows]
    assert all(shapely.equals(polygons, slow))
    assert pieces.area[rows] == pytest.approx(shapely.area(slow))
    assert pieces.length[rows] == pytest.approx(shapely.length(slow))
    limits = {"tolerance_m": 30.0, "min_area_m2": 300.0}
    assert pieces.thin(**limits)[rows].tolist() == thin(polygons, **limits).tolist()


def test_thin_pieces_are_still_known_when_others_lost_their_arms():
    strips = [box(60, y, 400, y + 9) for y in (60, 260, 460, 660)]
    tails = [box(60, y, 110, y + 50).union(box(110, y, 290, y + 8)) for y in (140, 340, 540, 740)]
    long_arm = shapely.union_all([box(700, 100, 900, 400), box(560, 240, 700, 248), box(560, 248, 568, 700)])
    layer = np.array([*strips, *tails, long_arm], dtype=object)
    found = arrange([HALVES, layer])
    pieces = Pieces.of(found, found.smallest(0, shapely.area(HALVES)), found.smallest(1, shapely.area(layer)))
    limits = {"tolerance_m": 30.0, "min_area_m2": 300.0}
    before = pieces.thin(**limits)
    after = pieces.without_arms(tolerance_m=30.0, precision_m=0.01)
    rows = np.arange(len(after))
    assert before.sum() == len(strips)
    assert len(after) != len(pieces)
    assert max((known == 1).sum() for known in after.asked.values()) == len(strips)
    assert after.thin(**limits).tolist() == thin(after.polygons(rows), **limits).tolist()

"""Bending a layer onto borders that count for more."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from gridgov.topology.bend import bend
from gridgov.topology.borders import Borders
from gridgov.topology.coverage import as_coverage
from gridgov.topology.landmarks import Landmarks, pair_up
from gridgov.topology.offsets import measure_offsets

SIDE = 300.0


def blocks(rows, columns, *, move=(0.0, 0.0), noise=0.0, seed=0):
    """Squares of 300 m as a coverage; every inner corner is moved a little by its own."""
    corner = np.stack(np.meshgrid(np.arange(columns + 1), np.arange(rows + 1)), axis=-1) * SIDE + move
    corner += np.random.default_rng(seed).uniform(-noise, noise, corner.shape)
    corner = corner.round(2)
    return np.array(
        [
            shapely.Polygon([corner[j, i], corner[j, i + 1], corner[j + 1, i + 1], corner[j + 1, i]])
            for j in range(rows)
            for i in range(columns)
        ],
        dtype=object,
    )


def cleaned(layer, *, gap_m, **more):
    return as_coverage(layer, borders=Borders.of(layer), gap_m=gap_m, **more)


def apart(one, other):
    return shapely.area(shapely.symmetric_difference(one, other)).sum() / shapely.length(one).sum()


# Borders ---------------------------------------------------------------------------------------------------


def test_a_border_that_two_polygons_share_is_there_once_in_each_direction():
    borders = Borders.of(blocks(1, 2))
    assert (len(borders.xy), len(borders.start)) == (6, 14)
    assert (borders.start[borders.back] == borders.end).all()


def test_directions_are_taken_some_way_along_the_border():
    bent = shapely.LineString([(0, 0), (10, 0), (10, 100)])
    ring = np.array([shapely.Polygon([*bent.coords, (-50, 100)])])
    borders = Borders.of(ring)
    first = np.flatnonzero(
        (borders.xy[borders.start] == 0).all(axis=1) & (borders.xy[borders.end][:, 0] == 10)
    )
    assert borders.directions(20.0)[first][0] == pytest.approx(np.array([10, 10]) / np.hypot(10, 10))


def test_moves_are_carried_along_linearly_by_length():
    borders = Borders.of(np.array([shapely.Polygon([(0, 0), (25, 0), (100, 0), (100, 100)])]))
    at = {tuple(place): row for row, place in enumerate(borders.xy.tolist())}
    fixed = np.ones(4, dtype=bool)
    fixed[at[25.0, 0.0]] = False
    moves = np.zeros((4, 2))
    moves[at[100.0, 0.0]] = (8.0, 4.0)
    assert borders.along(moves, fixed=fixed)[at[25.0, 0.0]].tolist() == [2.0, 1.0]


def test_a_ring_without_a_fixed_vertex_has_no_move():
    borders = Borders.of(np.array([box(0, 0, 1, 1)]))
    assert np.isnan(borders.along(np.zeros((4, 2)), fixed=np.zeros(4, dtype=bool))).all()


def test_nothing_has_no_borders():
    assert len(Borders.of(np.array([shapely.Polygon()])).xy) == 0


# Landmarks -------------------------------------------------------------------------------------------------


def test_junctions_and_corners_are_landmarks_and_points_of_a_straight_border_are_not():
    square = shapely.segmentize(blocks(1, 2), 100.0)
    marks = Landmarks.of(Borders.of(square))
    assert sorted(map(tuple, marks.xy.tolist())) == sorted(
        (x, y) for x in (0.0, 300.0, 600.0) for y in (0.0, 300.0)
    )


def test_landmarks_are_paired_by_place_and_directions():
    mine = Landmarks.of(Borders.of(blocks(2, 2, move=(7.0, -4.0))))
    theirs = Landmarks.of(Borders.of(blocks(2, 2)))
    i, j = pair_up(mine, theirs, within_m=15.0, shift=np.zeros(2))
    assert len(i) == 9
    assert np.abs(mine.xy[i] - theirs.xy[j] - (7.0, -4.0)).max() == 0


def test_a_corner_is_not_paired_with_one_that_points_elsewhere():
    turned = np.array([shapely.Polygon([(0, 0), (-100, 40), (-40, -100)])])
    mine, theirs = Landmarks.of(Borders.of(np.array([box(0, 0, 100, 100)]))), Landmarks.of(Borders.of(turned))
    assert len(pair_up(mine, theirs, within_m=15.0, shift=np.zeros(2))[0]) == 0


# Bending ---------------------------------------------------------------------------------------------------


def test_a_layer_drawn_aside_comes_to_lie_on_the_borders():
    true = blocks(6, 6)
    bent = bend(blocks(6, 6, move=(9.0, 5.0), noise=4.0), onto=Borders.of(true), within_m=25.0)
    assert bent.paired == bent.landmarks == 49
    assert (shapely.equals(shapely.normalize(bent.polygons), shapely.normalize(true))).all()


def test_what_the_other_borders_do_not_show_moves_by_the_median_of_the_layer():
    fine = blocks(6, 6, move=(9.0, 5.0))
    coarse = np.array([shapely.union_all(blocks(6, 6))])
    shown = np.array([*shapely.get_parts(coarse), *blocks(6, 5)])
    bent = bend(fine, onto=Borders.of(shown[1:]), within_m=25.0)
    assert bent.shift == (-9.0, -5.0)
    assert apart(bent.polygons, blocks(6, 6)) < 0.1


def test_in_a_layer_that_was_drawn_well_a_border_far_aside_is_another_one():
    true = blocks(6, 6)
    drawn = blocks(6, 6, noise=0.2)
    aside = shapely.transform(drawn, lambda xy: np.where(xy[:, :1] > 1700, xy + np.array([12.0, 0.0]), xy))
    bent = bend(aside, onto=Borders.of(true), within_m=25.0).polygons
    assert apart(bent[:5], true[:5]) == 0
    assert shapely.bounds(bent)[:, 2].max() == pytest.approx(1812, abs=0.5)


def test_far_borders_bend_nothing():
    layer = blocks(3, 3)
    bent = bend(layer, onto=Borders.of(blocks(3, 3, move=(100.0, 120.0))), within_m=25.0)
    assert (bent.paired, bent.polygons.tolist()) == (0, layer.tolist())


def test_what_was_drawn_on_the_other_borders_stays():
    fine, coarse = blocks(6, 6, noise=9.0), blocks(6, 6)
    drawn_on = np.array([*coarse[:-6], *blocks(1, 6, move=(4.0, 1500.0))], dtype=object)
    assert bend(drawn_on, onto=Borders.of(coarse), within_m=25.0).polygons is drawn_on
    assert bend(fine, onto=Borders.of(coarse), within_m=25.0).polygons is not fine


def strip(*corners):
    """What lies between the x axis and 300 m north, with these corners in the south, from west to east."""
    return shapely.Polygon([*((x, 0) for x in corners), (corners[-1], SIDE), (corners[0], SIDE)])


def test_a_layer_that_meets_the_other_borders_in_their_vertices_stays_whatever_else_lies_near():
    # Its borders reach the common one 10 m beside another layer's, where that has a vertex for them.
    onto = Borders.of(np.array([strip(0, 100, 110), strip(110, 200, 210), strip(210, 300)], dtype=object))
    layer = np.array([box(100, 0, 200, -SIDE), box(200, 0, 280, -SIDE)], dtype=object)
    mine, theirs = Landmarks.of(Borders.of(layer)), Landmarks.of(onto)
    assert len(pair_up(mine, theirs, within_m=25.0, shift=np.zeros(2))[0])
    bent = bend(layer, onto=onto, within_m=25.0)
    assert bent.polygons is layer


def test_a_layer_of_few_landmarks_that_is_noded_with_earlier_borders_stays():
    # It has one corner in common with the other grid, and one 10 m beside it.
    onto = Borders.of(np.array([box(0, 0, 300, 300)], dtype=object))
    layer = np.array([shapely.Polygon([(300, 0), (500, 0), (500, 310), (310, 310)])], dtype=object)
    assert bend(layer, onto=onto, within_m=25.0, earlier=True).polygons is layer
    assert bend(layer, onto=onto, within_m=25.0).polygons is not layer
    across = np.array([shapely.Polygon([(300, 0), (500, 0), (500, 310), (290, 310)])], dtype=object)
    assert bend(across, onto=onto, within_m=25.0, earlier=True).polygons is not across


def test_an_empty_polygon_stays_empty():
    layer = np.array([shapely.Polygon(), *blocks(1, 1)])
    assert bend(layer, onto=Borders.of(blocks(1, 1)), within_m=25.0).polygons.tolist() == layer.tolist()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_bent_coverage_is_still_one_and_lies_nearer(seed):
    true, drawn = blocks(4, 4), blocks(4, 4, move=(5.0, 0.0), noise=6.0, seed=seed)
    bent = bend(drawn, onto=Borders.of(true), within_m=20.0).polygons
    assert shapely.coverage_is_valid(bent)
    assert apart(bent, true) < apart(drawn, true)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_polygons_changes_no_bent_polygon(seed):
    drawn, true = blocks(3, 3, noise=8.0, seed=seed), blocks(3, 3)
    order = np.random.default_rng(seed).permutation(len(drawn))
    one, other = (
        bend(layer, onto=Borders.of(true), within_m=20.0).polygons for layer in (drawn, drawn[order])
    )
    assert (shapely.normalize(one[order]) == shapely.normalize(other)).all()


# Coverages -------------------------------------------------------------------------------------------------


def test_a_coverage_comes_back_as_it_is():
    layer = blocks(2, 2)
    assert cleaned(layer, gap_m=10.0) is layer


def test_slits_of_a_layer_that_is_noded_with_earlier_borders_stay():
    layer = np.array([box(0, 0, 100, 100), box(100.5, 0, 200, 100)], dtype=object)
    on_it = Borders.of(np.array([box(0, 0, 100, -50), box(200, 0, 300, 100)]))
    assert cleaned(layer, gap_m=25.0, earlier=on_it) is layer
    assert cleaned(layer, gap_m=25.0) is not layer
    in_a_side = Borders.of(np.array([box(0, 0, 90, -50)]))
    assert cleaned(layer, gap_m=25.0, earlier=in_a_side) is not layer
    across = Borders.of(np.array([box(0, 0, 100, -50), box(-10, 50, 210, 60)]))
    assert cleaned(layer, gap_m=25.0, earlier=across) is not layer
    elsewhere = Borders.of(np.array([box(0, 300, 200, 400)]))
    assert cleaned(layer, gap_m=25.0, earlier=elsewhere) is not layer


def test_grids_drawn_apart_by_slits_meet():
    drawn = np.array([shapely.buffer(block, -0.3, join_style="mitre") for block in blocks(2, 2)])
    clean = cleaned(drawn, gap_m=10.0)
    assert shapely.area(drawn).sum() < shapely.area(clean).sum()
    assert len(Borders.of(clean).xy) == 9


def test_the_smallest_keeps_the_place_where_grids_overlap():
    layer = np.array([box(0, 0, 300, 300), box(100, 100, 150, 150)])
    assert shapely.area(cleaned(layer, gap_m=10.0)).tolist() == [87_500.0, 2_500.0]


def test_what_comes_first_keeps_it_though_it_is_larger():
    layer = np.array([box(0, 0, 300, 300), box(250, 0, 400, 100), box(200, 200, 220, 220)])
    first = np.array([True, False, False])
    assert shapely.area(cleaned(layer, gap_m=10.0, first=first)).tolist() == [90_000.0, 10_000.0, 0.0]


def test_corners_drawn_twice_become_one():
    layer = np.array([box(0, 0, 300, 300), box(300.4, 0, 600, 300.3)])
    clean = cleaned(layer, gap_m=10.0)
    assert shapely.coverage_is_valid(clean)
    assert len(Borders.of(clean).xy) == 6


def test_what_lies_under_smaller_ones_is_not_lost():
    drawn = np.array([box(0, 0, 300, 300), box(0, 0, 150, 300), box(150, 0, 300, 300)])
    assert shapely.area(cleaned(drawn, gap_m=10.0)).tolist() == [0.0, 45_000.0, 45_000.0]


def test_a_narrow_hole_goes_to_a_neighbour_and_a_wide_one_stays():
    def ring(width):
        low, high = box(0, 0, 300, 100), box(0, 100 + width, 300, 300)
        left, right = box(0, 100, 100, 100 + width), box(200, 100, 300, 100 + width)
        return np.array([low, high, left, right])

    assert len(shapely.union_all(cleaned(ring(8.0), gap_m=10.0)).interiors) == 0
    assert len(shapely.union_all(cleaned(ring(50.0), gap_m=10.0)).interiors) == 1


def test_where_large_polygons_lie_over_each_other_several_fold_the_smallest_keeps_the_place():
    layer = np.array(
        [
            box(120, 600, 896, 1000),
            box(120, 600, 993, 891),
            box(240, 900, 1000, 1000),
            box(540, 540, 1000, 1000),
            box(660, 420, 1000, 614),
        ]
    )
    area = shapely.area(layer)
    kept = cleaned(layer, gap_m=25.0)
    for row, drawn in enumerate(layer):
        own = shapely.difference(drawn, shapely.union_all(layer[area < area[row]]))
        # Strips narrower than gaps may go to a neighbour.
        assert shapely.buffer(shapely.difference(own, kept[row]), -12.5).is_empty, row
    assert shapely.area(kept).sum() == pytest.approx(shapely.union_all(layer).area, rel=0.01)


# Offsets ---------------------------------------------------------------------------------------------------


def test_the_tolerance_follows_from_how_far_borders_lie_apart():
    near = measure_offsets(
        Borders.of(blocks(14, 14, noise=4.0)), onto=Borders.of(blocks(14, 14)), default_m=25.0
    )
    far = measure_offsets(
        Borders.of(blocks(14, 14, noise=20.0)), onto=Borders.of(blocks(14, 14)), default_m=25.0
    )
    assert 2 <= near.apart_m <= 6
    assert 14 <= far.apart_m <= 24
    assert near.tolerance_m == 10.0
    assert far.tolerance_m == pytest.approx(1.5 * far.apart_m)


def test_borders_drawn_along_kerbs_lie_on_others_or_a_street_apart():
    # In the west half lies within 8 m of theirs and half 13 m aside; in the east all lies anywhere.
    far = 20 * SIDE
    theirs = np.concatenate([blocks(14, 14), blocks(14, 14, move=(far, 0.0))])
    on, beside = blocks(14, 7, noise=8.0), blocks(14, 7, move=(7 * SIDE + 13.0, 13.0))
    apart = blocks(14, 14, move=(far + SIDE / 2, SIDE / 2))
    mine = np.concatenate([on, beside, apart])
    found = measure_offsets(Borders.of(mine), onto=Borders.of(theirs), default_m=25.0)
    assert 14 <= found.apart_m <= 16


def test_in_a_small_city_a_few_odd_places_make_no_tolerance():
    # The outline and the border in the middle are drawn 7 m aside; the other borders meet them squarely.
    theirs = np.array([box(0, 0, 1000, 1000), box(1000, 0, 2000, 1000)])
    mine = np.array(
        [box(500 * i + 7, 250 * j + 5, 500 * i + 507, 250 * j + 255) for i in range(4) for j in range(4)]
    )
    found = measure_offsets(Borders.of(mine), onto=Borders.of(theirs), default_m=25.0)
    assert 7 <= found.apart_m <= 15


def test_without_borders_near_each_other_the_default_stands():
    found = measure_offsets(
        Borders.of(blocks(2, 2)), onto=Borders.of(blocks(2, 2, move=(5_000.0, 0.0))), default_m=25.0
    )
    assert (found.apart_m, found.tolerance_m) == (None, 25.0)


@pytest.mark.parametrize("seed", range(20))
def test_the_smallest_keeps_every_place_and_narrow_holes_close(seed):
    """Rectangles on a wide lattice, against a look at each of its squares."""
    random = np.random.default_rng(seed)
    low = random.integers(0, 9, (7, 2))
    size = random.integers(1, 6, (7, 2))
    drawn = np.array([box(*(10.0 * a), *(10.0 * (a + b))) for a, b in zip(low, size, strict=True)])
    found = cleaned(drawn, gap_m=1.0)
    area, order = shapely.area(drawn), np.arange(7)
    for x in range(15):
        for y in range(15):
            spot = shapely.Point(10 * x + 5, 10 * y + 5)
            over = np.flatnonzero(shapely.contains(drawn, spot))
            smallest = over[np.lexsort((order[over], area[over]))[:1]]
            assert np.flatnonzero(shapely.contains(found, spot)).tolist() == smallest.tolist()
    assert shapely.area(found).sum() == pytest.approx(shapely.union_all(drawn).area)


def test_a_hole_goes_to_the_neighbour_with_the_longest_border():
    drawn = np.array(
        [box(0, 0, 100, 100), box(108, 0, 200, 60), box(108, 60, 200, 100), box(0, 100, 200, 150)]
    )
    drawn = np.append(drawn, [box(0, -50, 200, 0)])
    narrow, wide = cleaned(drawn, gap_m=10.0), cleaned(drawn, gap_m=7.0)
    assert shapely.area(narrow).tolist() == [10_800.0, *shapely.area(drawn)[1:]]
    assert shapely.area(wide).tolist() == shapely.area(drawn).tolist()


def test_a_hole_closes_behind_more_grids_than_there_are_faces():
    drawn = [box(0, 0, 100, 100), box(108, 0, 200, 100), box(0, 100, 200, 150), box(0, -50, 200, 0)]
    found = cleaned(np.array([*[shapely.Polygon()] * 30, *drawn]), gap_m=10.0)
    assert shapely.area(found).tolist() == [0.0] * 30 + [10_800.0, 9200.0, 10_000.0, 10_000.0]

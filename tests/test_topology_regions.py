"""Which regions are thin, their arms, and how faces are joined."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from gridgov.topology import regions
from gridgov.topology.edges import edge_table, neighbours
from gridgov.topology.erosion import NOTHING_M2
from gridgov.topology.regions import arms, dissolve, join_equal, thin


def is_thin(shape, *, tolerance_m=25.0, min_area_m2=300.0):
    return bool(thin(np.array([shape]), tolerance_m=tolerance_m, min_area_m2=min_area_m2)[0])


def test_a_small_piece_is_thin_however_wide():
    assert is_thin(box(0, 0, 30, 30), min_area_m2=1000)
    assert not is_thin(box(0, 0, 30, 30), min_area_m2=800)


def test_a_strip_narrower_than_the_tolerance_is_thin_however_large():
    assert is_thin(box(0, 0, 10_000, 24))
    assert not is_thin(box(0, 0, 10_000, 26))


def test_one_wide_spot_is_enough():
    assert not is_thin(shapely.union_all([box(0, 0, 10_000, 5), box(0, 0, 30, 30)]))


def test_what_erosion_leaves_beside_a_polygon_does_not_make_it_wide():
    # 17.5 m at its widest; GEOS erodes it by 12.5 m to a piece turned inside out, outside of it.
    hook = [(27.3, 0.3), (25.9, 0.5), (24.6, 0.8), (23.3, 1.4), (22.1, 2.2), (21.4, 2.8), (2, 3.3), (2, 45)]
    assert is_thin(shapely.Polygon(hook))
    assert not is_thin(shapely.Polygon(hook), tolerance_m=17.0)
    assert len(arms(np.array([shapely.Polygon(hook)]), tolerance_m=25.0)[0]) == 0


@given(st.tuples(*[st.floats(1, 200)] * 4), st.floats(1, 100))
def test_the_quick_test_agrees_with_eroding_everything(sides, tolerance_m):
    shape = shapely.union_all([box(0, 0, sides[0], sides[1]), box(0, 0, sides[2], sides[3])])
    # Less than that is left, by rounding, of what is exactly as wide.
    slow = shapely.buffer(shape, -tolerance_m / 2, quad_segs=2).area <= NOTHING_M2
    assert is_thin(shape, tolerance_m=tolerance_m, min_area_m2=0.0) == slow


def test_the_narrow_arm_of_a_wide_body_is_found():
    body = shapely.union_all([box(0, 0, 300, 300), box(300, 0, 800, 15)])
    found, owner = arms(np.array([box(0, 0, 300, 300), body]), tolerance_m=25.0)
    assert owner.tolist() == [1]
    assert found[0].area == pytest.approx(500 * 15, rel=0.05)


def test_an_arm_is_cut_off_about_straight_across():
    body = shapely.union_all([box(-300, -200, 0, 200), box(0, 0, 800, 24)])
    [arm], _ = arms(np.array([body]), tolerance_m=25.0)
    # An arc of half the tolerance would reach about 9 m into the arm.
    mouth = shapely.get_coordinates(arm)[:, 0] < 400
    assert np.ptp(shapely.get_coordinates(arm)[mouth, 0]) < 5.0


def test_the_neck_between_two_bodies_is_one_arm():
    bodies = [box(0, 0, 300, 300), box(800, 0, 1100, 300)]
    [neck], owner = arms(np.array([shapely.union_all([*bodies, box(300, 100, 800, 115)])]), tolerance_m=25.0)
    assert owner.tolist() == [0]
    assert neck.area == pytest.approx(500 * 15, rel=0.02)


def test_a_short_arm_stays():
    body = shapely.union_all([box(0, 0, 300, 300), box(300, 0, 400, 15)])
    assert len(arms(np.array([body]), tolerance_m=25.0)[0]) == 0


def test_faces_of_equal_labels_are_joined_only_where_they_share_a_border():
    faces = np.array([box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 1, 3, 2), box(2, 0, 3, 1)])
    labels = np.array([[7], [7], [7], [8]])
    region = join_equal(labels, neighbours(edge_table(faces)))
    assert region.tolist() == [0, 0, 1, 2]
    assert shapely.area(dissolve(faces, region)).tolist() == [2.0, 1.0, 1.0]


@pytest.mark.parametrize("tolerance_m", [12.0, 25.0, 40.0])
def test_bodies_that_lack_little_for_sure_have_no_arms(tolerance_m, monkeypatch):
    """Those that are not opened at all are none in which opening them finds an arm."""
    rng = np.random.default_rng(int(tolerance_m))
    bodies = [
        box(0, 0, *rng.uniform(60, 300, 2)).union(
            box(0, 0, rng.uniform(200, 700), tolerance_m * rng.uniform(0.3, 0.9))
        )
        for _ in range(300)
    ]
    polygons = np.array(bodies, dtype=object)
    found, owner = arms(polygons, tolerance_m=tolerance_m)
    monkeypatch.setattr(regions, "CIRCLE", 0.0)
    slow, of = arms(polygons, tolerance_m=tolerance_m)
    assert 0 < len(found) < len(bodies)
    assert owner.tolist() == of.tolist()
    assert shapely.to_wkb(found).tolist() == shapely.to_wkb(slow).tolist()


@pytest.mark.parametrize("depth_m", [1.0, 5.0, 15.0, 40.0])
def test_erosion_leaves_no_less_than_area_and_length_promise(depth_m):
    """Of stars with holes, and of unions of boxes, wide and narrow ones."""
    rng = np.random.default_rng(0)
    polygons = []
    for _ in range(150):
        angle, corners = np.sort(rng.uniform(0, 2 * np.pi, 12)), rng.uniform(20, 150, (2, 12))
        star = shapely.Polygon((corners[0] * [np.cos(angle), np.sin(angle)]).T).buffer(0)
        boxes = [box(x, y, x + w, y + h) for x, y, w, h in rng.uniform(0, 120, (4, 4))]
        polygons += [star, shapely.union_all(boxes), star.difference(shapely.Point(0, 0).buffer(10))]
    parts = shapely.get_parts(polygons)
    left = shapely.area(shapely.buffer(parts, -depth_m, quad_segs=16))
    assert (regions._left(parts, depth_m) <= left + 1e-6).all()
    assert (regions._left(parts, 1.0) > 0).any()

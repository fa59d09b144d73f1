"""Points inside faces, against those that GEOS gives for their polygons."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from gridgov.topology.arrange import arrange

CORNERS = st.tuples(st.integers(0, 12), st.integers(0, 12))


def assert_as_geos(mesh):
    face = np.arange(len(mesh))
    polygons, points = mesh.polygons(face), mesh.spots(face)
    assert points.tolist() == shapely.get_coordinates(shapely.point_on_surface(polygons)).tolist()
    assert shapely.contains_properly(polygons, shapely.points(points)).all()


def mesh_of(*polygons, precision_m=0.01):
    return arrange([np.array(polygons, dtype=object)], precision_m=precision_m).mesh


@given(st.lists(st.tuples(CORNERS, CORNERS, CORNERS), min_size=1, max_size=12))
def test_points_are_those_of_geos_in_faces_of_any_form(triangles):
    drawn = [shapely.Polygon(corners) for corners in triangles]
    mesh = mesh_of(*(shape for shape in drawn if shape.is_valid and shape.area > 0))
    assert_as_geos(mesh)


@given(st.integers(0, 2**32 - 1))
def test_points_are_those_of_geos_far_from_the_origin(seed):
    rng = np.random.default_rng(seed)
    centres = shapely.points(rng.uniform(0, 90, (9, 2)) + np.array([470e3, 3843e3]))
    assert_as_geos(mesh_of(*shapely.buffer(centres, rng.uniform(3, 40, 9), quad_segs=3)))


def test_the_widest_piece_counts_whatever_holes_lie_in_the_face():
    ring = box(0, 0, 10, 10) - box(1, 4, 4, 6) - box(5, 4, 6, 6)
    assert mesh_of(ring).spots(np.array([0])).tolist() == [[8.0, 5.0]]


def test_of_pieces_of_equal_width_the_first_counts():
    assert mesh_of(box(0, 0, 9, 9) - box(3, 3, 6, 6)).spots(np.array([0])).tolist() == [[1.5, 4.5]]


@pytest.mark.parametrize("height", [0.01, 0.02])
def test_a_face_of_one_step_has_a_point_too(height):
    assert_as_geos(mesh_of(box(0, 0, 5, height)))

"""Polygons of faces and of groups of faces, against unions by GEOS."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from gridgov.topology import mesh as topology_mesh
from gridgov.topology import outlines as topology_outlines
from gridgov.topology.arrange import arrange
from gridgov.topology.edges import edge_table, neighbours
from gridgov.topology.regions import dissolve


def squares(width, height):
    """A chequer of unit squares, row by row."""
    return np.array([box(x, y, x + 1, y + 1) for y in range(height) for x in range(width)], dtype=object)


def mesh_of(polygons):
    """The mesh of a coverage and, for each polygon, its face."""
    made = arrange([polygons])
    face = np.empty(len(polygons), dtype=np.int64)
    face[made.row] = made.face
    return made.ground, face


def assert_union(found, faces, region):
    assert shapely.is_valid(found).all()
    for number, polygon in enumerate(found):
        mine = faces[region == number]
        assert polygon.area == pytest.approx(shapely.area(mine).sum())
        assert polygon.equals(shapely.union_all(mine))


def assert_dissolved(faces, region):
    region = np.asarray(region)
    mesh, face = mesh_of(faces)
    assert_union(mesh.dissolve(face, region), faces, region)
    assert_union(dissolve(faces, region), faces, region)


# 6 7 8
# 3 4 5
# 0 1 2
NINE = squares(3, 3)


def test_faces_of_one_region_lose_their_inner_borders():
    assert_dissolved(NINE, [0] * 9)


def test_a_ring_of_faces_is_a_polygon_with_a_hole():
    mesh, face = mesh_of(NINE)
    ring = np.array([0, 1, 2, 3, 5, 6, 7, 8])
    found = mesh.dissolve(face[ring], np.zeros(8, dtype=int))
    assert len(found[0].interiors) == 1
    assert_union(found, NINE[ring], np.zeros(8))


def test_a_hole_that_touches_the_outline_in_a_point_is_a_hole():
    # All but the middle one and a corner: they touch in a point, and so does the ring itself.
    assert_dissolved(NINE[[1, 2, 3, 5, 6, 7, 8]], [0] * 7)


def test_faces_that_touch_in_a_point_are_two_parts():
    mesh, face = mesh_of(NINE)
    found = mesh.dissolve(face[[0, 4, 8]], np.zeros(3, dtype=int))
    assert found[0].geom_type == "MultiPolygon"
    assert_union(found, NINE[[0, 4, 8]], np.zeros(3))


def test_two_holes_that_touch_in_a_point_are_two_holes():
    chequer = squares(4, 4)
    outside = [k for k in range(16) if k not in (5, 10)]
    assert_dissolved(chequer[outside], [0] * 14)


def test_a_part_in_the_hole_of_another_part():
    chequer = squares(7, 7)
    ring = [k for k in range(49) if k // 7 in (0, 6) or k % 7 in (0, 6)]
    inner = [16, 17, 18, 23, 25, 30, 31, 32]  # a smaller ring inside
    assert_dissolved(chequer[ring + inner], [0] * len(ring + inner))


def test_a_region_is_not_disturbed_by_the_others():
    assert_dissolved(NINE, [0, 0, 1, 2, 1, 1, 2, 2, 2])


def test_regions_may_overlap():
    mesh, face = mesh_of(NINE)
    rows, region = np.array([0, 1, 2, 1, 4, 7, 0, 1]), np.array([0, 0, 0, 1, 1, 1, 2, 2])
    assert_union(mesh.dissolve(face[rows], region), NINE[rows], region)
    assert_union(dissolve(NINE[rows], region), NINE[rows], region)


def test_a_region_without_faces_is_empty():
    mesh, face = mesh_of(NINE)
    found = mesh.dissolve(face[[0]], np.array([1]))
    assert shapely.is_empty(found).tolist() == [True, False]


def test_some_faces_can_be_asked_for():
    mesh, face = mesh_of(NINE)
    assert all(
        one.equals(other) for one, other in zip(mesh.polygons(face[[7, 2]]), NINE[[7, 2]], strict=True)
    )


@pytest.mark.parametrize("some", [1, 4, 9, 100])
def test_points_of_faces_lie_in_them_however_many_are_sought_at_a_time(monkeypatch, some):
    mesh, face = mesh_of(NINE)
    monkeypatch.setattr(topology_mesh, "SOME", some)
    asked = face[[7, 2, 2, 0, 8]]
    points = shapely.points(mesh.spots(asked))
    assert shapely.equals(points, shapely.point_on_surface(mesh.polygons(asked))).all()
    assert shapely.contains_properly(mesh.polygons(asked), points).all()
    assert mesh.spots(face[:0]).shape == (0, 2)


def test_points_of_faces_are_sought_once(monkeypatch):
    mesh, face = mesh_of(NINE)
    before = mesh.spots(face[[7, 2]])
    sought = []
    middles = type(mesh)._middles
    monkeypatch.setattr(type(mesh), "_middles", lambda mesh, face: sought.append(face) or middles(mesh, face))
    after = mesh.spots(face[[2, 0, 7]])
    assert np.concatenate(sought).tolist() == face[[0]].tolist()
    assert after[[2, 0]].tolist() == before.tolist()
    mesh.forget()
    assert mesh.spots(face[[2, 0, 7]]).tolist() == after.tolist()


@pytest.mark.parametrize("part", [1, 2, 100])
def test_polygons_are_the_same_however_many_are_made_at_a_time(monkeypatch, part):
    # The first region is a ring and what lies in it apart, the second a corner of it, the third is empty.
    mesh, face = mesh_of(squares(5, 5))
    region = np.full(25, 0)
    region[[6, 7, 8, 11, 13, 16, 17, 18]] = 3
    region[24] = 1
    outlines = mesh.outlines(face, region)
    made = outlines.polygons()
    monkeypatch.setattr(topology_outlines, "PART", part)
    assert [shape.geom_type for shape in made] == ["MultiPolygon", "Polygon", "Polygon", "Polygon"]
    assert len(made[0].geoms[0].interiors) == 1
    assert shapely.to_wkb(outlines.polygons()).tolist() == shapely.to_wkb(made).tolist()
    assert np.array_equal(outlines.bounds(), shapely.bounds(made), equal_nan=True)
    assert_union(made[[0, 1, 3]], squares(5, 5), np.where(region == 3, 2, region))


def test_neighbours_are_those_of_the_polygons():
    mesh, _ = mesh_of(NINE)
    for rows in (np.arange(9), np.array([8, 0, 1, 4])):
        one, other = mesh.neighbours(rows), neighbours(edge_table(mesh.faces[rows]))
        assert (one.i.tolist(), one.j.tolist()) == (other.i.tolist(), other.j.tolist())
        assert one.length == pytest.approx(other.length)


def test_polygons_off_the_grid_are_joined_too():
    off = shapely.transform(NINE, lambda xy: xy / 3)
    assert dissolve(off, np.zeros(9, dtype=int))[0].area == pytest.approx(1)


def test_a_region_of_one_face_is_that_face():
    assert dissolve(NINE, np.array([0, 0, 1, 2, 2, 2, 2, 2, 2]))[1] is NINE[2]


CHEQUER = squares(6, 5)
MESH, FACE = mesh_of(CHEQUER)


@given(st.lists(st.integers(0, 3), min_size=30, max_size=30))
def test_any_regions_of_a_chequer_are_the_unions_of_geos(region):
    region = np.unique(region, return_inverse=True)[1]
    assert_union(MESH.dissolve(FACE, region), CHEQUER, region)
    assert_union(dissolve(CHEQUER, region), CHEQUER, region)


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(0, 2)), min_size=1, max_size=40, unique=True))
def test_any_overlapping_regions_of_a_chequer_are_the_unions_of_geos(pairs):
    face, region = np.array(pairs).T
    region = np.unique(region, return_inverse=True)[1]
    assert_union(MESH.dissolve(FACE[face], region), CHEQUER[face], region)
    assert_union(dissolve(CHEQUER[face], region), CHEQUER[face], region)


def turned(polygon, steps):
    """The same polygon, its ring begun so many corners later."""
    corners = list(polygon.exterior.coords)[:-1]
    return shapely.Polygon(corners[steps:] + corners[:steps])


@pytest.mark.parametrize("steps", range(4))
def test_where_rings_were_begun_changes_no_byte(steps):
    long, short, apart = box(10, 10, 30, 20), box(12, 30, 15, 40), box(50, 5, 60, 9)
    drawn = [box(0, 0, 100, 100), long, short, apart]
    once = arrange([np.array(drawn)]).mesh
    again = arrange([np.array([turned(polygon, steps) for polygon in drawn[::-1]])]).mesh
    assert shapely.to_wkb(again.faces).tolist() == shapely.to_wkb(once.faces).tolist()
    assert [ring.coords[0] for ring in once.faces[0].interiors] == [(10, 10), (12, 30), (50, 5)]
    pair = np.array([1, 3])
    parts = (mesh.dissolve(pair, np.zeros(2, dtype=np.int64)) for mesh in (once, again))
    assert len({shapely.to_wkb(part).tolist()[0] for part in parts}) == 1

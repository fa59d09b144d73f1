"""The connected parts of groups of faces, and which of them are wide."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from gridgov.topology import parts as topology_parts
from gridgov.topology.arrange import arrange
from gridgov.topology.parts import has_room, parts_of

#: Three columns of four squares of 10 m, cut by each other's borders.
ACROSS = [box(x, 0, x + 10, 40) for x in (0, 10, 20)]
ALONG = [box(0, y, 30, y + 10) for y in (0, 10, 20, 30)]


def squares():
    made = arrange([np.array(ACROSS), np.array(ALONG)])
    column, row = made.smallest(0, shapely.area(ACROSS)), made.smallest(1, shapely.area(ALONG))
    return made.mesh, {(int(x), int(y)): face for face, (x, y) in enumerate(zip(column, row, strict=True))}


def parts(cells, group=None):
    mesh, at = squares()
    face = np.array([at[cell] for cell in cells])
    return parts_of(mesh, face, np.zeros(len(cells), dtype=int) if group is None else np.array(group))


def test_faces_that_meet_in_a_point_are_two_parts():
    found = parts([(0, 0), (1, 1), (1, 2)])
    assert found.part.tolist() == [0, 1, 1]
    assert found.area.tolist() == [100.0, 200.0]
    assert found.length.tolist() == [40.0, 60.0]


def test_neighbours_of_different_groups_are_different_parts():
    found = parts([(0, 0), (0, 1), (0, 2)], [5, 5, 3])
    assert found.group.tolist() == [5, 3]
    assert found.area.tolist() == [200.0, 100.0]


def test_a_face_of_two_groups_is_in_a_part_of_each():
    found = parts([(0, 0), (0, 1), (0, 1), (0, 2)], [1, 1, 2, 2])
    assert found.part.tolist() == [0, 0, 1, 1]
    everything = found.polygons(np.ones(2, dtype=bool))
    assert everything[0].equals(box(0, 0, 10, 20))
    assert everything[1].equals(box(0, 10, 10, 30))


def test_the_outline_of_a_ring_is_that_of_its_hole_too():
    ring = [(x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    assert parts(ring).length.tolist() == [120.0 + 40.0]


def test_a_part_is_as_wide_as_its_faces_together():
    found = parts([(0, 0), (0, 1), (1, 0), (1, 1), (2, 3)])
    assert found.wide(19.9).tolist() == [True, False]
    assert found.wide(20.1).tolist() == [False, False]


def test_no_faces_have_no_parts():
    found = parts_of(squares()[0], np.zeros(0, dtype=int), np.zeros(0, dtype=int))
    assert len(found) == 0
    assert found.wide(1.0).tolist() == []


def test_of_polygons_without_a_mesh_each_group_is_one_part():
    faces = np.array([box(0, 0, 10, 10), box(10, 0, 20, 10), box(50, 0, 60, 10)])
    found = parts_of(faces, np.arange(3), np.array([0, 0, 4]))
    assert found.group.tolist() == [0, 4]
    assert found.area.tolist() == [200.0, 100.0]
    assert found.wide(9.0).tolist() == [True, True]


CELLS = [(x, y) for x in range(3) for y in range(4)]


@given(st.lists(st.tuples(st.sampled_from(CELLS), st.integers(0, 2)), min_size=1, unique=True))
def test_parts_are_those_of_the_union(items):
    mesh, at = squares()
    face, group = np.array([at[cell] for cell, _ in items]), np.array([number for _, number in items])
    found = parts_of(mesh, face, group)
    for number in np.unique(group):
        whole = shapely.get_parts(shapely.unary_union(mesh.faces[face[group == number]]))
        mine = found.group == number
        assert sorted(found.area[mine]) == pytest.approx(sorted(shapely.area(whole)))
        assert sorted(found.length[mine]) == pytest.approx(sorted(shapely.length(whole)))
    made = found.polygons(np.ones(len(found), dtype=bool))
    assert shapely.area(made) == pytest.approx(found.area)


GROUPED = st.lists(st.tuples(st.sampled_from(CELLS), st.integers(0, 2)), min_size=1, unique=True)


@given(st.lists(GROUPED, min_size=1, max_size=4), st.sampled_from([10.1, 15.0, 20.1]))
def test_parts_are_as_wide_whatever_was_asked_before(asked, width_m):
    mesh, at = squares()
    for items in asked:
        face, group = np.array([at[cell] for cell, _ in items]), np.array([number for _, number in items])
        found = parts_of(mesh, face, group)
        assert found.wide(width_m).tolist() == parts_of(squares()[0], face, group).wide(width_m).tolist()


def test_what_lies_in_a_narrow_place_is_not_asked_about(monkeypatch):
    mesh, at = squares()
    asked = []
    monkeypatch.setattr(
        topology_parts, "has_room", lambda shapes, width: asked.append(len(shapes)) or has_room(shapes, width)
    )

    def wide(*cells):
        return parts_of(mesh, np.array([at[cell] for cell in cells]), np.zeros(len(cells), dtype=int)).wide(
            12.0
        )

    column = [(0, y) for y in range(4)]
    assert not wide(*column).any()
    assert not wide(*column[1:]).any()
    assert wide(*column, (1, 0), (1, 1)).all()
    assert not wide((1, 0), (1, 1)).any()
    # In the first column, in none known though both of its faces are in narrow places, and in none again.
    assert asked == [1, 0, 1, 1]
    assert not wide((0, 0), (1, 0)).any()
    assert asked == [1, 0, 1, 1, 1]


def test_a_turned_strip_has_no_room_for_a_wide_circle():
    strip = shapely.affinity.rotate(box(0, 0, 400, 20), 45)
    assert has_room(np.array([strip, box(0, 0, 30, 30)]), 25.0).tolist() == [False, True]

"""Faces of noded segments, against GEOS' polygonizer as the slow obvious answer."""

from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from gridgov.topology import faces as faces_module
from gridgov.topology.arcs import strung
from gridgov.topology.faces import find_faces, sort_around
from gridgov.topology.mesh import Mesh
from gridgov.topology.noding import Unnoded, node


def mesh_of(segments):
    ends = np.array(segments, dtype=np.int64).reshape(-1, 2, 2)
    noded = node(Unnoded.of(ends.reshape(-1, 2), *np.arange(2 * len(ends)).reshape(-1, 2).T))
    found = find_faces(noded.xy, strung(noded).arcs)
    return Mesh(noded.xy, 1.0, found.arcs, found.left, found.right, found.turn, found.twice_area / 2)


def around(*polygons):
    """Segments of the rings of polygons."""
    rings = shapely.get_rings(shapely.get_parts(np.array(polygons)))
    return [pair for ring in rings for pair in zip(ring.coords[:-1], ring.coords[1:], strict=True)]


def polygonized(mesh_or_segments):
    ends = np.array(mesh_or_segments, dtype=np.int64).reshape(-1, 2, 2)
    noded = node(Unnoded.of(ends.reshape(-1, 2), *np.arange(2 * len(ends)).reshape(-1, 2).T))
    lines = shapely.linestrings(np.stack([noded.xy[noded.a], noded.xy[noded.b]], axis=1).astype(float))
    return shapely.get_parts(shapely.polygonize(lines))


def shapes(polygons):
    return sorted(shapely.to_wkt(shapely.normalize(polygons)))


def assert_right(segments):
    mesh = mesh_of(segments)
    assert shapes(mesh.faces) == shapes(polygonized(segments))
    assert shapely.is_valid(mesh.faces).all()
    assert shapely.area(mesh.faces).tolist() == mesh.area.tolist()
    assert_sides(mesh)


def assert_sides(mesh):
    """Ask GEOS which face lies a little to the left of the middle of each segment, and to the right."""
    a, b = (mesh.xy[vertex].astype(float) for vertex in mesh.arcs.segments())
    along = (b - a) / np.hypot(*(b - a).T)[:, None]
    of = np.repeat(np.arange(len(mesh.arcs)), np.diff(mesh.arcs.first_segment))
    for side, sign in ((mesh.left[of], 1), (mesh.right[of], -1)):
        beside = shapely.points((a + b) / 2 + sign * 1e-7 * np.stack([-along[:, 1], along[:, 0]], axis=1))
        expected = np.full(len(a), -1)
        point, face = shapely.STRtree(mesh.faces).query(beside, predicate="within")
        expected[point] = face
        assert side.tolist() == expected.tolist()


def test_a_square_has_one_face_and_the_ground_outside():
    mesh = mesh_of(around(box(0, 0, 5, 5)))
    assert mesh.area.tolist() == [25.0]
    assert (mesh.left.tolist(), mesh.right.tolist()) == ([0], [-1])
    assert len(mesh.arcs.vertex) == 5


def test_what_ends_nowhere_bounds_no_face():
    tail = [((5, 5), (9, 9)), ((9, 9), (12, 9))]
    bridge = [((0, 0), (-5, 0))]
    segments = [*around(box(0, 0, 5, 5), box(-9, -2, -5, 3)), *tail, *bridge]
    assert_right(segments)
    assert len(mesh_of(segments).arcs.segments()[0]) < len(segments) + 1


def test_an_island_in_a_face_is_its_hole():
    mesh = mesh_of(around(box(0, 0, 9, 9), box(2, 2, 4, 4), box(6, 2, 8, 4)))
    assert mesh.area.tolist() == [73.0, 4.0, 4.0]
    assert len(mesh.faces[0].interiors) == 2


def test_islands_in_islands_in_islands():
    assert_right(around(*(box(k, k, 40 - k, 40 - k) for k in range(0, 19, 2)), box(50, 3, 60, 9)))


def test_an_island_above_another_lies_in_the_same_face():
    assert_right(around(box(0, 0, 30, 30), box(10, 2, 20, 5), box(12, 8, 18, 12), box(11, 15, 19, 16)))


def test_an_island_touching_the_border_in_a_point_is_a_hole():
    diamond = shapely.Polygon([(0, 5), (3, 2), (6, 5), (3, 8)])
    assert_right(around(box(0, 0, 10, 10), diamond))


def test_islands_touching_each_other_in_points_are_holes_that_touch():
    assert_right(around(box(0, 0, 20, 20), box(2, 2, 6, 6), box(6, 6, 9, 9), box(9, 2, 12, 6)))


def test_a_chain_of_islands_closed_in_points_encloses_a_face():
    ring = [box(4, 0, 8, 4), box(8, 4, 12, 8), box(4, 8, 8, 12), box(0, 4, 4, 8)]
    assert_right(around(*ring))
    assert_right(around(box(-5, -5, 20, 20), *ring))


def test_faces_meeting_in_one_point_are_apart():
    spokes = [
        ((0, 0), (x, y)) for x, y in [(5, 0), (5, 5), (0, 5), (-5, 5), (-5, 0), (-5, -5), (0, -5), (5, -5)]
    ]
    rim = around(shapely.Polygon([(5, 0), (5, 5), (0, 5), (-5, 5), (-5, 0), (-5, -5), (0, -5), (5, -5)]))
    assert len(mesh_of(spokes + rim)) == 8
    assert_right(spokes + rim)


def test_no_segments_have_no_faces():
    assert len(mesh_of([])) == 0
    assert len(mesh_of([((0, 0), (3, 4))])) == 0


def test_faces_are_numbered_by_their_lowest_corner():
    mesh = mesh_of(around(box(8, 0, 12, 4), box(0, 9, 4, 13), box(0, 0, 4, 4)))
    assert shapely.bounds(mesh.faces)[:, :2].tolist() == [[0, 0], [0, 9], [8, 0]]


def test_directions_that_floating_point_takes_for_equal_are_sorted():
    far = 1 << 29
    dx, dy = np.array([far, far - 1, far - 2]), np.array([far - 1, far - 2, far - 3])
    assert len(set((dy / dx).tolist())) == 1
    assert sort_around(np.zeros(3, dtype=int), dx, dy).tolist() == [2, 1, 0]
    assert sort_around(np.zeros(3, dtype=int), dx[::-1], dy[::-1]).tolist() == [0, 1, 2]


rightward = st.tuples(st.integers(0, 9), st.integers(-9, 9)).filter(lambda d: d[0] > 0 or d[1] != 0)
#: Many of them lie in the same part of the half turn.
close = st.integers(1, 50).map(lambda k: (100_000, k))


@given(st.lists(st.tuples(st.integers(0, 2), st.one_of(rightward, close)), max_size=40))
def test_directions_are_sorted_as_fractions_are(directions):
    def key(number):
        group, (dx, dy) = directions[number]
        return group, np.sign(dy) * np.inf if dx == 0 else Fraction(dy, dx)

    group, dx, dy = np.array([(g, *d) for g, d in directions], dtype=np.int64).reshape(-1, 3).T
    assert sort_around(group, dx, dy).tolist() == sorted(range(len(directions)), key=key)


def test_more_islands_than_one_chunk(monkeypatch):
    segments = around(
        box(-1, -1, 99, 99), *(box(x, y, x + 3, y + 2) for x in range(0, 90, 9) for y in range(0, 90, 7))
    )
    whole = shapes(mesh_of(segments).faces)
    monkeypatch.setattr(faces_module, "CHUNK", 3)
    assert shapes(mesh_of(segments).faces) == whole


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(("size", "count"), [(6, 20), (12, 40), (40, 60), (5000, 80)])
def test_random_segments_make_the_faces_that_geos_finds(seed, size, count):
    assert_right(np.random.default_rng([seed, size]).integers(0, size, (count, 2, 2)).tolist())


corner = st.tuples(st.integers(0, 12), st.integers(0, 12))
rectangle = st.tuples(corner, corner).filter(lambda c: c[0][0] != c[1][0] and c[0][1] != c[1][1])


@given(st.lists(rectangle.map(lambda c: box(*np.sort(c, axis=0).ravel())), min_size=1, max_size=8))
def test_any_rectangles_make_the_faces_that_geos_finds(boxes):
    assert_right(around(*boxes))


@given(st.lists(st.tuples(corner, corner), min_size=3, max_size=14), st.randoms())
def test_the_order_of_segments_changes_no_face(segments, random):
    shuffled = segments.copy()
    random.shuffle(shuffled)
    one, other = mesh_of(segments), mesh_of(shuffled)
    assert shapely.to_wkt(one.faces).tolist() == shapely.to_wkt(other.faces).tolist()

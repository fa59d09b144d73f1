"""The arrangement against GEOS: snap-rounding, polygonizing and a point in each face as the slow answer."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from gridgov.layers import read_grids
from gridgov.plane import flat, plane_crs
from gridgov.topology.arrange import Arrangement, arrange

SAMPLES = Path(__file__).parents[1] / "data" / "samples"

#: Twice what rounding may move on either side: such a core of a face is on its side of every border.
SAFE_M = 0.03


def layer(*polygons):
    return np.array(polygons, dtype=object)


def covered_by(made, group):
    """The set of rows of a group for each face."""
    answer = [set() for _ in range(len(made))]
    mine = made.group == group
    for face, row in zip(made.face[mine], made.row[mine], strict=True):
        answer[face].add(int(row))
    return answer


def assert_covers(made, groups):
    """Ask each polygon for a point of each face, well inside; faces too thin to have one are left out."""
    cores = shapely.buffer(made.faces, -SAFE_M, quad_segs=1)
    wide = np.flatnonzero(~shapely.is_empty(cores))
    inside = shapely.point_on_surface(cores[wide])
    for number, group in enumerate(groups):
        told = covered_by(made, number)
        expected = [set() for _ in wide]
        for point, row in zip(*shapely.STRtree(group).query(inside, predicate="intersects"), strict=True):
            expected[point].add(int(row))
        assert [told[face] for face in wide] == expected


def assert_areas(made, groups):
    """Faces that a polygon covers add up to it, but for what its border moved."""
    for number, group in enumerate(groups):
        mine = made.group == number
        total = np.bincount(made.row[mine], weights=made.area[made.face[mine]], minlength=len(group))
        assert np.abs(total - shapely.area(group)).max(initial=0) <= 0.015 * shapely.length(group).max(
            initial=0
        )


def assert_faces(made, groups):
    """Faces are valid, make a coverage, and differ from those of GEOS in slivers at most."""
    faces = made.faces
    assert shapely.is_valid(faces).all()
    assert shapely.area(faces) == pytest.approx(made.area, abs=1e-6)
    assert shapely.coverage_is_valid(faces)
    noded = shapely.union_all(shapely.boundary(np.concatenate(groups)), grid_size=0.01)
    slow = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    assert made.area.sum() == pytest.approx(shapely.area(slow).sum(), abs=0.02 * shapely.length(slow).sum())
    assert_found_again(slow, faces)
    assert_found_again(faces, slow)


def assert_found_again(some, others):
    """Each face that is wider than rounding is one of the others, but for what its border moved.

    Where a face is no wider than rounding, one of the two may take it for two faces.
    """
    cores = shapely.buffer(some, -SAFE_M, quad_segs=1)
    wide = np.flatnonzero(~shapely.is_empty(cores))
    number, other = shapely.STRtree(others).query(shapely.point_on_surface(cores[wide]), predicate="within")
    assert number.tolist() == list(range(len(wide)))
    one, two = some[wide], others[other]
    apart = [
        shapely.area(shapely.difference(a, b)) <= SAFE_M * shapely.length(a)
        for a, b in ((one, two), (two, one))
    ]
    assert (apart[0] | apart[1]).all()


def assert_right(*groups):
    made = arrange(groups)
    assert_faces(made, groups)
    assert_covers(made, groups)
    assert_areas(made, groups)
    return made


def test_two_layers_make_their_common_faces():
    made = assert_right(layer(box(0, 0, 2, 2)), layer(box(1, 1, 3, 3)))
    assert made.area.tolist() == [3.0, 1.0, 3.0]
    assert covered_by(made, 0) == [{0}, {0}, set()]
    assert covered_by(made, 1) == [set(), {0}, {0}]


def test_what_polygons_enclose_is_a_face_that_nobody_covers():
    ring = Polygon(box(0, 0, 9, 9).exterior.coords, [box(3, 3, 6, 6).exterior.coords])
    made = assert_right(layer(ring))
    assert covered_by(made, 0) == [{0}, set()]


def test_a_grid_in_a_grid_in_a_grid_is_covered_by_all_three():
    made = assert_right(layer(box(0, 0, 9, 9), box(2, 2, 7, 7), box(4, 4, 5, 5)))
    assert covered_by(made, 0) == [{0}, {0, 1}, {0, 1, 2}]


def test_a_grid_that_touches_its_host_inside_in_a_point():
    assert_right(layer(box(0, 0, 10, 10), Polygon([(0, 5), (3, 2), (6, 5), (3, 8)])))


def test_a_polygon_drawn_twice_covers_twice():
    made = assert_right(layer(box(0, 0, 5, 5), box(0, 0, 5, 5)), layer(box(0, 0, 5, 5)))
    assert covered_by(made, 0) == [{0, 1}]


def test_parts_of_a_polygon_are_one_row():
    made = assert_right(layer(shapely.multipolygons([box(0, 0, 1, 1), box(5, 0, 6, 1)]), box(0, 0, 9, 1)))
    assert covered_by(made, 0) == [{0, 1}, {1}, {0, 1}, {1}]


def test_which_way_rings_are_drawn_changes_nothing():
    ring = Polygon(box(0, 0, 9, 9).exterior.coords, [box(3, 3, 6, 6).exterior.coords])
    one, other = (
        arrange([layer(ring, box(2, 2, 12, 4))]),
        arrange([shapely.reverse(layer(ring, box(2, 2, 12, 4)))]),
    )
    assert one.face.tolist() == other.face.tolist()
    assert one.row.tolist() == other.row.tolist()


def test_a_polygon_thinner_than_rounding_covers_nothing():
    made = arrange([layer(box(0, 0, 9, 9), Polygon([(1, 1), (8, 1.002), (8, 1)]))])
    assert covered_by(made, 0) == [{0}]


def test_empty_polygons_and_empty_layers_cover_nothing():
    made = arrange([layer(Polygon(), box(0, 0, 1, 1)), layer(), layer(Polygon())])
    assert (made.face.tolist(), made.group.tolist(), made.row.tolist()) == ([0], [0], [1])


def test_nothing_at_all_has_no_faces():
    made = arrange([layer(), layer()])
    assert len(made) == len(made.faces) == 0
    assert made.smallest(1, np.zeros(0)).tolist() == []


def test_the_smallest_polygon_names_a_face_and_the_first_of_equal_ones():
    group = layer(box(0, 0, 9, 9), box(1, 1, 4, 4), box(1, 1, 4, 4), box(20, 0, 21, 1))
    made = arrange([group, layer(box(30, 0, 31, 1))])
    assert made.smallest(0, shapely.area(group)).tolist() == [0, 1, 3, -1]


def test_coordinates_are_the_rounded_ones_to_the_last_bit():
    far = [(512_345.67, 4_623_456.79), (512_399.13, 4_623_400.01), (512_377.77, 4_623_499.99)]
    made = arrange([layer(Polygon(far))])
    assert set(shapely.get_coordinates(made.faces).ravel().tolist()) == set(np.ravel(far).tolist())


def test_far_from_the_origin_the_faces_are_the_same():
    near = [layer(box(0, 0, 5, 7), box(3, 2, 8, 9)), layer(Polygon([(0, 0), (9, 4), (2, 8)]))]
    far = [
        shapely.transform(group, lambda xy: np.round(xy + np.array([500_000, 4_500_000]), 2))
        for group in near
    ]
    assert arrange(far).area.tolist() == arrange(near).area.tolist()


def test_an_arrangement_may_be_made_of_polygons():
    faces = layer(box(0, 0, 1, 1))
    made = Arrangement(faces, shapely.area(faces), *np.zeros((3, 1), dtype=int))
    assert made.faces is faces


boxes = st.tuples(*[st.integers(0, 40)] * 2, *[st.integers(1, 30)] * 2).map(
    lambda b: box(b[0], b[1], b[0] + b[2], b[1] + b[3])
)
triangles = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=3, unique=True
).map(Polygon)
shapes = st.one_of(boxes, triangles).filter(lambda shape: shape.is_valid and shape.area > 0)
layers = st.lists(shapes, max_size=5).map(lambda shapes: layer(*shapes))


@given(layers, layers)
def test_any_layers_are_arranged_as_geos_does(one, other):
    assert_right(one, other)


@given(st.lists(shapes, min_size=2, max_size=6, unique_by=lambda s: s.wkt), layers, st.randoms())
def test_the_order_of_polygons_changes_no_face(polygons, other, random):
    order = list(range(len(polygons)))
    random.shuffle(order)
    shuffled = [polygons[k] for k in order]
    one, two = arrange([layer(*polygons), other]), arrange([layer(*shuffled), other])
    assert shapely.to_wkt(one.faces).tolist() == shapely.to_wkt(two.faces).tolist()
    assert covered_by(one, 0) == [{order[row] for row in rows} for rows in covered_by(two, 0)]
    assert covered_by(one, 1) == covered_by(two, 1)


def blob(random, x, y, size):
    """A wavy polygon in centimetres."""
    angle = np.sort(random.uniform(0, 2 * np.pi, 30))
    reach = size * random.uniform(0.7, 1.3, 30)
    xy = np.round(np.stack([x + reach * np.cos(angle), y + reach * np.sin(angle)], axis=1), 2)
    return shapely.buffer(Polygon(xy), 0)


def city(seed, *, spread=100.0, size=30.0, count=12):
    random = np.random.default_rng(seed)
    blobs = [blob(random, *random.uniform(0, spread, 2), size) for _ in range(count)]
    return shapely.set_precision(np.array(blobs, dtype=object), 0.01, mode="valid_output")


@pytest.mark.parametrize("seed", range(6))
def test_random_wavy_layers_are_arranged_as_geos_does(seed):
    assert_right(city(seed), city(100 + seed))


@pytest.mark.parametrize("seed", range(6))
def test_layers_a_few_centimetres_in_size_are_noded_all_the_same(seed):
    groups = [city(seed, spread=0.3, size=0.1), city(seed + 50, spread=0.3, size=0.1)]
    made = arrange(groups)
    assert shapely.is_valid(made.faces).all()
    assert shapely.coverage_is_valid(made.faces)


def test_the_sample_layers_are_arranged_as_geos_does():
    layers = [
        read_grids(SAMPLES / name, department=name[:4]) for name in ("comprehensive.gpkg", "police.shp")
    ]
    plane = plane_crs(layers)
    assert_right(*(flat(layer, plane).geometry.to_numpy() for layer in layers))

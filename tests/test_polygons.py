"""Single polygons mended: valid, flat, and nothing said that was not done."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS
from shapely import box, from_wkt

from gridgov.polygons import areas_m2, boxes_shared, mend_polygons, same_shape_keys

METRES = CRS.from_epsg(4547)
DEGREES = CRS.from_epsg(4490)
BOW_TIE = "POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))"


def mend(*geometries, crs=METRES):
    shapes = [from_wkt(each) if isinstance(each, str) else each for each in geometries]
    return mend_polygons(shapes, crs=crs)


def test_a_sound_polygon_stays_exactly_as_it_is():
    square = box(0, 0, 1, 1)
    mended = mend(square)
    assert mended.polygons[0].equals_exact(square, 0)
    assert mended.kind[0] is None


def test_a_crossing_outline_is_repaired_and_located():
    mended = mend(BOW_TIE)
    assert mended.polygons[0].area == pytest.approx(50)
    assert mended.kind[0] == "invalid"
    assert mended.place[0].equals(shapely.Point(5, 5))


def test_the_account_of_a_repair_names_fault_and_areas():
    assert mend(BOW_TIE).note[0] == "self-intersection; 0.0 m2 as drawn, 50.0 m2 after the repair"


def test_the_area_of_a_repair_is_in_square_metres_in_degrees_too():
    bow = shapely.transform(from_wkt(BOW_TIE), lambda corners: corners / 1e4 + [113.7, 34.7])
    assert mend(bow, crs=DEGREES).area_m2[0] == pytest.approx(50 * 11.132**2 * 0.822, rel=0.01)


def test_feet_are_turned_into_metres():
    assert areas_m2(np.array([box(0, 0, 1, 1)]), CRS.from_epsg(2249))[0] == pytest.approx(0.0929, rel=0.01)


def test_a_hole_outside_its_shell_is_a_part_of_its_own():
    mended = mend("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (5 5, 6 5, 6 6, 5 6, 5 5))")
    assert mended.polygons[0].equals(shapely.union(box(0, 0, 4, 4), box(5, 5, 6, 6)))
    assert "hole lies outside shell" in mended.note[0]


def test_a_spike_is_cut_off():
    mended = mend("POLYGON ((0 0, 4 0, 4 4, 9 9, 4 4, 0 4, 0 0))")
    assert mended.polygons[0].equals(box(0, 0, 4, 4))


def test_parts_that_share_an_edge_after_the_repair_are_joined():
    mended = mend("POLYGON ((0 0, 0 1, 1 1, 0 0, 1 0, 1 1, 0 0))")
    assert mended.polygons[0].is_valid
    assert mended.polygons[0].equals(box(0, 0, 1, 1))


def test_heights_are_left_out_and_counted():
    mended = mend("POLYGON Z ((0 0 5, 1 0 5, 1 1 5, 0 0 5))")
    assert not mended.polygons[0].has_z
    assert mended.flattened == 1


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (None, "no geometry"),
        ("POLYGON EMPTY", "no geometry"),
        ("POINT (1 2)", "a Point, not a polygon"),
        ("LINESTRING (0 0, 2 0)", "a LineString, not a polygon"),
        ("GEOMETRYCOLLECTION (POINT (1 2))", "a GeometryCollection, not a polygon"),
        ("POLYGON ((0 0, 1 0, 0 0, 0 0))", "no area"),
        ("POLYGON ((0 0, 1 0, 1 Inf, 0 0))", "not numbers"),
    ],
)
def test_what_is_no_polygon_is_none_and_says_what_it_is(geometry, said):
    mended = mend(geometry)
    assert mended.polygons[0] is None
    assert mended.kind[0] == "no_geometry"
    assert said in mended.note[0]


def test_a_collection_keeps_its_polygons():
    mended = mend("GEOMETRYCOLLECTION (POINT (9 9), GEOMETRYCOLLECTION (POLYGON ((0 0, 1 0, 1 1, 0 0))))")
    assert mended.polygons[0].equals(from_wkt("POLYGON ((0 0, 1 0, 1 1, 0 0))"))
    assert (mended.kind[0], mended.stripped) == (None, 1)


def test_overlapping_parts_of_one_grid_are_joined():
    both = shapely.multipolygons([box(0, 0, 2, 2), box(1, 0, 3, 2)])
    assert mend(both).polygons[0].area == pytest.approx(6)


def test_nothing_is_fine():
    assert len(mend().polygons) == 0


def test_one_shape_has_one_key_wherever_its_outline_begins():
    shapes = np.array([box(0, 0, 1, 1), box(0, 0, 1, 1, ccw=False), box(0, 0, 1, 2)])
    keys = same_shape_keys(shapes, geographic=False)
    assert keys[0] == keys[1] != keys[2]


def test_only_polygons_in_one_box_to_the_centimetre_may_be_equal():
    shapes = np.array([box(0, 0, 1, 1), box(0, 0, 1.001, 1), box(0, 0, 1, 1.02), box(0, 0, 1, 2)])
    assert boxes_shared(shapes, geographic=False).tolist() == [True, True, False, False]
    assert boxes_shared(shapes, geographic=True).tolist() == [False] * 4


def test_the_given_geometries_are_not_changed():
    shapes = np.array([from_wkt(BOW_TIE), None], dtype=object)
    before = shapes.copy()
    mend_polygons(shapes, crs=METRES)
    assert (shapes == before).all()


corners = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=3, max_size=9)


@given(st.lists(corners, max_size=6))
def test_whatever_is_drawn_comes_out_valid_or_not_at_all(rings):
    mended = mend_polygons([shapely.Polygon(ring) for ring in rings], crs=METRES)
    kept = mended.polygons[~shapely.is_missing(mended.polygons)]
    assert shapely.is_valid(kept).all()
    assert (shapely.area(kept) > 0).all()
    assert all(note for kind, note in zip(mended.kind, mended.note, strict=True) if kind)

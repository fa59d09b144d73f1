"""Arcs take every noded segment once, and nothing meets them on the way."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from gridgov.topology.arcs import strung
from gridgov.topology.noding import Unnoded, node


def noded_of(segments):
    ends = np.array(segments, dtype=np.int64).reshape(-1, 2, 2)
    return node(Unnoded.of(ends.reshape(-1, 2), *np.arange(2 * len(ends)).reshape(-1, 2).T))


def around(polygon, *, backward=False):
    """Segments of the ring of a polygon, as it is walked or each turned round."""
    corners = list(polygon.exterior.coords)
    pairs = list(pairwise(corners))
    return [(end, start) for start, end in pairs] if backward else pairs


def assert_strung(noded):
    strings = strung(noded)
    arcs = strings.arcs
    one, other = arcs.segments()
    drawn = list(zip(np.minimum(one, other).tolist(), np.maximum(one, other).tolist(), strict=True))
    assert sorted(drawn) == list(zip(noded.a.tolist(), noded.b.tolist(), strict=True))
    degree = np.bincount(np.concatenate([noded.a, noded.b]), minlength=len(noded.xy))
    inner = np.ones(len(arcs.vertex), dtype=bool)
    inner[arcs.first[:-1]] = inner[arcs.first[1:] - 1] = False
    assert (degree[arcs.vertex[inner]] == 2).all()
    assert_begins(strings, noded)
    return arcs


def assert_begins(strings, noded):
    """The segment that an arc begins with knows its arc, and which way it takes it."""
    edges = np.flatnonzero(strings.arc >= 0)
    assert sorted(strings.arc[edges].tolist()) == list(range(len(strings.arcs)))
    start = np.where(strings.along[edges], noded.a[edges], noded.b[edges])
    assert start.tolist() == strings.arcs.a[strings.arc[edges]].tolist()


@pytest.mark.parametrize("backward", [False, True])
def test_a_ring_that_nothing_meets_is_one_arc(backward):
    circle = shapely.Point(0, 0).buffer(1000)
    arcs = assert_strung(noded_of(np.round(around(circle, backward=backward))))
    assert len(arcs) == 1
    assert arcs.a.tolist() == arcs.b.tolist()


def test_arcs_end_where_three_borders_meet():
    arcs = assert_strung(noded_of([*around(box(0, 0, 5, 5)), *around(box(5, 0, 9, 5))]))
    # The ring of the first begins in a corner that nothing else meets.
    assert len(arcs) == 4


def test_one_border_drawn_by_two_is_one_arc():
    arcs = assert_strung(noded_of([*around(box(0, 0, 5, 5)), *around(box(0, 0, 5, 5), backward=True)]))
    assert len(arcs) == 1


def test_no_segments_are_no_arcs():
    arcs = assert_strung(noded_of([]))
    assert len(arcs) == 0
    assert arcs.lengths(np.zeros((0, 2), dtype=np.int64)).tolist() == []
    assert arcs.turns(np.zeros((0, 2), dtype=np.int64)).tolist() == []


def test_some_arcs_keep_their_vertices():
    arcs = assert_strung(noded_of([*around(box(0, 0, 5, 5)), *around(box(5, 0, 9, 5)), ((20, 0), (20, 7))]))
    some = arcs.only(np.arange(len(arcs)) % 2 == 1)
    pairs = set(zip(*(part.tolist() for part in arcs.segments()), strict=True))
    assert len(some) == len(arcs) // 2
    assert set(zip(*(part.tolist() for part in some.segments()), strict=True)) < pairs
    assert some.a.tolist() == arcs.a[1::2].tolist()


corner = st.tuples(st.integers(0, 12), st.integers(0, 12))


@given(st.lists(st.tuples(corner, corner), max_size=20))
def test_any_segments_are_strung_once(segments):
    noded = noded_of(segments)
    arcs = assert_strung(noded)
    way = noded.xy[noded.b] - noded.xy[noded.a]
    assert arcs.lengths(noded.xy).sum() == pytest.approx(np.hypot(*way.T).sum(), abs=1e-4)


@given(st.lists(corner, min_size=4, max_size=30))
def test_lengths_do_not_depend_on_where_a_line_is_cut(corners):
    segments = list(pairwise(corners))
    forward, back = noded_of(segments), noded_of(segments[::-1])
    assert strung(forward).arcs.lengths(forward.xy).sum() == strung(back).arcs.lengths(back.xy).sum()


@given(st.lists(corner, min_size=3, max_size=12, unique=True))
def test_turns_add_up_to_the_area_around(corners):
    hull = shapely.convex_hull(shapely.MultiPoint(1000 * np.array(corners)))
    if hull.geom_type != "Polygon":
        return
    noded = noded_of(around(shapely.orient_polygons(hull)))
    arcs = assert_strung(noded)
    assert abs(arcs.turns(noded.xy).sum()) == 2 * hull.area

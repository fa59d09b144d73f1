"""Noded segments meet in common vertices only, and stay within half a grid step of what was given.

The checks are slow and obvious: every segment against every other, in whole numbers.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov.errors import TopologyError
from gridgov.topology import buckets, meetings
from gridgov.topology.noding import Unnoded, node

FAR = 400_000_000  # steps of 1 cm: as far from the origin as northern China is from the equator


def noded(segments):
    ends = np.array(segments, dtype=np.int64).reshape(-1, 2, 2)
    return node(Unnoded.of(ends.reshape(-1, 2), *np.arange(2 * len(ends)).reshape(-1, 2).T))


def drawn(found):
    return {tuple(map(tuple, found.xy[[a, b]].tolist())) for a, b in zip(found.a, found.b, strict=True)}


def turn(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def between(a, b, c):
    """Tell whether c lies on the segment, other than at its ends."""
    box = all(min(a[k], b[k]) <= c[k] <= max(a[k], b[k]) for k in (0, 1))
    return turn(a, b, c) == 0 and box and c not in (a, b)


def cross(a, b, c, d):
    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0


def passes(a, b, centre, *, squares=4):
    """Tell whether a segment comes within two squares of a centre: in a crowd it is bent again and again."""
    a, b, centre = ((2 * x, 2 * y) for x, y in (a, b, centre))
    inside = [max(abs(end[k] - centre[k]) for k in (0, 1)) <= squares for end in (a, b)]
    corners = [(centre[0] + dx, centre[1] + dy) for dx in (-squares, squares) for dy in (-squares, squares)]
    sides = [turn(a, b, corner) for corner in corners]
    near = all(
        min(a[k], b[k]) <= centre[k] + squares and max(a[k], b[k]) >= centre[k] - squares for k in (0, 1)
    )
    return any(inside) or (near and min(sides) <= 0 <= max(sides))


def assert_noded(found):
    xy = list(map(tuple, found.xy.tolist()))
    segments = [(xy[a], xy[b]) for a, b in zip(found.a, found.b, strict=True)]
    assert xy == sorted(set(xy))
    assert segments == sorted(set(segments))
    for number, (a, b) in enumerate(segments):
        assert a < b
        assert not any(between(a, b, vertex) for vertex in xy)
        assert not any(cross(a, b, c, d) for c, d in segments[:number])


def assert_paths(found, segments):
    """Every path goes from end to end, through squares that the segment passes."""
    xy = list(map(tuple, found.xy.tolist()))
    for number, (start, end) in enumerate(segments):
        mine = np.flatnonzero(found.given == number)
        steps = [
            (xy[found.a[e]], xy[found.b[e]]) if f else (xy[found.b[e]], xy[found.a[e]])
            for e, f in zip(found.edge[mine], found.forward[mine], strict=True)
        ]
        if tuple(start) == tuple(end):
            assert steps == []
            continue
        vertices = {start: 0} | {b: 0 for _, b in steps}
        following = dict(steps)
        assert len(following) == len(steps)
        at, seen = tuple(start), 0
        while at in following:
            at, seen = following[at], seen + 1
        assert (at, seen) == (tuple(end), len(steps))
        assert all(passes(start, end, vertex) for vertex in vertices)


def assert_right(segments):
    segments = [(tuple(a), tuple(b)) for a, b in segments]
    found = noded(segments)
    assert_noded(found)
    assert_paths(found, segments)


def test_segments_that_cross_get_a_common_vertex():
    found = noded([((0, 0), (10, 10)), ((0, 10), (10, 0))])
    assert drawn(found) == {
        ((0, 0), (5, 5)),
        ((5, 5), (10, 10)),
        ((0, 10), (5, 5)),
        ((5, 5), (10, 0)),
    }


def test_a_crossing_is_rounded_halves_up():
    found = noded([((0, 0), (1, 1)), ((0, 1), (1, 0))])
    assert (1, 1) in set(map(tuple, found.xy.tolist()))
    assert drawn(found) == {((0, 0), (1, 1)), ((0, 1), (1, 1)), ((1, 0), (1, 1))}


def test_a_segment_drawn_twice_stands_once_and_both_run_along_it():
    found = noded([((0, 0), (5, 1)), ((5, 1), (0, 0))])
    assert len(found.a) == 1
    assert found.given.tolist() == [0, 1]
    assert found.forward.tolist() == [True, False]


def test_a_segment_of_no_length_is_left_out():
    found = noded([((3, 3), (3, 3)), ((0, 0), (9, 0))])
    assert found.given.tolist() == [1]


def test_collinear_overlaps_are_cut_at_each_others_ends():
    found = noded([((0, 0), (6, 3)), ((2, 1), (10, 5))])
    assert drawn(found) == {((0, 0), (2, 1)), ((2, 1), (6, 3)), ((6, 3), (10, 5))}


def test_a_t_junction_cuts_the_other_segment():
    found = noded([((0, 0), (10, 0)), ((4, 0), (4, 7))])
    assert ((0, 0), (4, 0)) in drawn(found)


def test_an_end_within_half_a_step_takes_the_segment_along():
    found = noded([((0, 0), (10, 1)), ((2, 0), (2, -7))])
    assert ((0, 0), (2, 0)) in drawn(found)
    assert ((2, 0), (10, 1)) in drawn(found)


def test_no_segments_have_no_vertices():
    assert len(noded([]).xy) == 0


def test_segments_far_from_the_origin_are_cut_as_near_ones_are():
    near = [((0, 0), (7, 9)), ((0, 9), (8, 1)), ((3, 0), (3, 9))]
    far = [tuple((x + FAR, y + FAR) for x, y in segment) for segment in near]
    moved = [tuple((x - FAR, y - FAR) for x, y in segment) for segment in drawn(noded(far))]
    assert set(moved) == drawn(noded(near))


def test_segments_too_far_apart_are_refused():
    with pytest.raises(TopologyError, match="too far apart"):
        noded([((0, 0), (1, 1)), ((1 << 31, 0), ((1 << 31) + 1, 5))])


def test_segments_too_long_are_refused():
    with pytest.raises(TopologyError, match="too long"):
        noded([((0, 0), ((1 << 29) + 1, 1))])


def test_segments_of_the_greatest_length_are_cut_exactly():
    most = 1 << 29
    assert_right(
        [((0, 0), (most, most - 1)), ((0, 1), (most, most - 2)), ((most // 2, 0), (most // 2, most))]
    )


def test_long_segments_among_short_ones_are_cut():
    short = [((x, x // 3 - 2), (x + 1, x // 3 + 2)) for x in range(0, 600, 7)]
    assert_right([((0, 0), (600, 200)), ((0, 210), (600, 1)), *short])


def test_many_segments_through_one_square_meet_in_its_centre():
    star = [((-50 - k, -20 + 3 * k), (50 + k, 21 - 3 * k)) for k in range(14)]
    assert_right(star)


def test_a_slit_one_step_wide_stays_open():
    found = noded([((0, 0), (100, 0)), ((0, 1), (100, 1)), ((0, 0), (0, 1)), ((100, 0), (100, 1))])
    assert len(found.a) == 4


def test_near_parallel_segments_share_their_squares():
    assert_right([((0, 0), (200, 1)), ((0, 1), (200, 0)), ((0, 0), (200, 3)), ((1, 0), (199, 1))])


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("size", "count"), [(6, 14), (12, 16), (60, 22), (5000, 25)])
def test_random_segments_are_noded(seed, size, count):
    random = np.random.default_rng([seed, size])
    assert_right(random.integers(0, size, (count, 2, 2)).tolist())


def assert_apart(found):
    """The same as `assert_noded`, for many segments."""
    xy, a, b = found.xy, found.xy[found.a], found.xy[found.b]
    for start, end in zip(a, b, strict=True):
        along = end - start
        vertex, one, other = (along[0] * (p - start)[:, 1] - along[1] * (p - start)[:, 0] for p in (xy, a, b))
        inside = ((xy - start) * along).sum(axis=1), ((xy - end) * -along).sum(axis=1)
        assert not ((vertex == 0) & (inside[0] > 0) & (inside[1] > 0)).any()
        seen, across = (b - a)[:, 0], (b - a)[:, 1]
        mine, ours = (seen * (p - a)[:, 1] - across * (p - a)[:, 0] for p in (start, end))
        assert not ((np.sign(one) * np.sign(other) < 0) & (np.sign(mine) * np.sign(ours) < 0)).any()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("size", "reach", "count"), [(40, 40, 300), (60, 9, 700), (3000, 400, 500)])
def test_crowds_of_short_and_long_segments_are_noded(seed, size, reach, count):
    random = np.random.default_rng([seed, size])
    start = random.integers(0, size, (count, 2))
    end = start + random.integers(-reach, reach + 1, (count, 2)) // random.integers(1, 9, (count, 1))
    found = noded(np.stack([start, end], axis=1))
    assert_apart(found)
    assert drawn(noded(np.stack([found.xy[found.a], found.xy[found.b]], axis=1))) == drawn(found)


points = st.tuples(st.integers(0, 9), st.integers(0, 9))


@given(st.lists(st.tuples(points, points), min_size=1, max_size=10))
def test_any_segments_are_noded(segments):
    assert_right(segments)


@given(st.lists(st.tuples(points, points), min_size=2, max_size=10), st.randoms())
def test_the_order_and_direction_of_segments_change_nothing(segments, random):
    shuffled = [segment[::-1] if random.random() < 0.5 else segment for segment in segments]
    random.shuffle(shuffled)
    assert drawn(noded(segments)) == drawn(noded(shuffled))


@pytest.mark.parametrize(("module", "name"), [(meetings, "CHUNK"), (buckets, "PART")])
@pytest.mark.parametrize("size", [40, 4000])
def test_small_chunks_change_nothing(monkeypatch, module, name, size):
    random = np.random.default_rng(5)
    segments = random.integers(0, size, (60, 2, 2))
    whole = drawn(noded(segments))
    monkeypatch.setattr(module, name, 3)
    assert drawn(noded(segments)) == whole


@given(st.lists(st.tuples(points, points), min_size=2, max_size=10))
def test_what_is_noded_stays_as_it_is(segments):
    found = noded(segments)
    ends = np.stack([found.xy[found.a], found.xy[found.b]], axis=1)
    assert drawn(noded(ends)) == drawn(found)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("size", [30, 300])
def test_no_segment_passes_the_square_of_a_vertex_that_is_not_its_own(seed, size):
    found = noded(np.random.default_rng(seed).integers(0, size, (30, 2, 2)))
    ends = np.stack([found.xy[found.a], found.xy[found.b]], axis=1)
    again = noded(ends)
    assert drawn(again) == drawn(found)

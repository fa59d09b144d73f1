"""Vertices within reach become one, in the middle of what was drawn, whatever their order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov.topology.weld import welded


def weld(xy, reach):
    """Where each vertex is in which those within reach are one."""
    places, which, many = np.unique(xy, axis=0, return_inverse=True, return_counts=True)
    return welded(places, many, reach=reach)[which.ravel()]


def slowly(xy, reach):
    """Place by place: each takes those within reach that none before it took, the nearest first."""
    places = sorted(set(map(tuple, xy.tolist())))
    into = {}
    undecided = list(places)
    while undecided:
        takers = [p for p in undecided if not any(q < p and near(p, q, reach) for q in undecided)]
        taken = [p for p in undecided if p not in takers and any(near(p, q, reach) for q in takers)]
        into |= {p: p for p in takers}
        into |= {p: min((distance(p, q), q) for q in takers if near(p, q, reach))[1] for p in taken}
        undecided = [p for p in undecided if p not in into]
    groups = {}
    for place in map(tuple, xy.tolist()):
        groups.setdefault(into[place], []).append(place)
    middle = {taker: np.floor(np.mean(found, axis=0) + 0.5).astype(int) for taker, found in groups.items()}
    return np.array([middle[into[place]] for place in map(tuple, xy.tolist())]).reshape(-1, 2)


def distance(one, other):
    return float(np.hypot(one[0] - other[0], one[1] - other[1]))


def near(one, other, reach):
    return one != other and distance(one, other) <= reach


def test_two_drawings_of_a_corner_meet_in_the_middle():
    assert weld(np.array([[0, 0], [500, 0], [80, 0]]), reach=100).tolist() == [[40, 0], [500, 0], [40, 0]]


def test_what_was_drawn_more_often_counts_for_more():
    assert weld(np.array([[0, 0], [90, 0], [0, 0]]), reach=100).tolist() == [[30, 0]] * 3


def test_a_curve_of_near_points_does_not_shrink_to_one():
    curve = np.stack([np.arange(0, 1000, 60), np.zeros(17, dtype=int)], axis=1)
    found = weld(curve, reach=100)
    assert np.hypot(*(found - curve).T).max() <= 200
    assert len(np.unique(found, axis=0)) == 9


def test_what_is_far_apart_stays():
    xy = np.array([[7, 3], [7, 110], [-50, 3], [7, 3]])
    assert weld(xy, reach=50).tolist() == xy.tolist()


def test_no_places_and_no_reach():
    assert weld(np.zeros((0, 2), dtype=np.int64), reach=5).tolist() == []
    assert weld(np.array([[1, 1], [2, 1]]), reach=0).tolist() == [[1, 1], [2, 1]]


@pytest.mark.parametrize("seed", range(5))
def test_many_places_are_welded_as_one_by_one(seed):
    xy = np.random.default_rng(seed).integers(-3000, 3000, (400, 2))
    assert weld(xy, reach=150).tolist() == slowly(xy, 150).tolist()


places = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=30)


@given(places, st.integers(0, 6), st.randoms())
def test_any_places_are_welded_as_one_by_one_in_any_order(given_places, reach, random):
    xy = np.array(given_places)
    assert weld(xy, reach=reach).tolist() == slowly(xy, reach).tolist()
    shuffled = list(range(len(xy)))
    random.shuffle(shuffled)
    assert weld(xy[shuffled], reach=reach).tolist() == weld(xy, reach=reach)[shuffled].tolist()

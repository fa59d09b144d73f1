import numpy as np

from gridgov.topology.absorb import absorb
from gridgov.topology.edges import Neighbours

OWN, CRUMB, PIECE, OTHER = range(4)


def test_no_piece_of_a_unit_follows_a_crumb_out_of_it():
    """Unit 0: a region without a seed, in two pieces, and a crumb that only the seed of unit 1 touches."""
    target = absorb(
        base=np.array([0, 0, 0, 1]),
        labels=np.array([[0], [1], [1], [1]]),
        area=np.array([3000.0, 0.1, 250.0, 9000.0]),
        pairs=Neighbours(np.array([0, 1, 1]), np.array([2, 2, 3]), np.array([1.0, 5.0, 5.0])),
        seed=np.array([False, False, False, True]),
        arm=np.zeros(4, dtype=bool),
        crumb=np.array([False, True, False, False]),
    )
    assert target.tolist() == [OWN, OWN, OWN, OTHER]


def test_a_crumb_that_its_own_unit_does_not_touch_may_leave_it():
    target = absorb(
        base=np.array([0, 0, 1]),
        labels=np.array([[0], [0], [0]]),
        area=np.array([3000.0, 0.1, 9000.0]),
        pairs=Neighbours(np.array([1]), np.array([2]), np.array([5.0])),
        seed=np.array([True, False, True]),
        arm=np.zeros(3, dtype=bool),
        crumb=np.array([False, True, False]),
    )
    assert target.tolist() == [0, 2, 2]


def test_a_unit_of_nothing_but_crumbs_keeps_the_largest():
    target = absorb(
        base=np.array([0, 0, 1]),
        labels=np.array([[0], [0], [0]]),
        area=np.array([0.1, 0.2, 9000.0]),
        pairs=Neighbours(np.array([0, 0]), np.array([1, 2]), np.array([1.0, 5.0])),
        seed=np.array([False, False, True]),
        arm=np.zeros(3, dtype=bool),
        crumb=np.array([True, True, False]),
    )
    assert target.tolist() == [1, 1, 2]


def test_pieces_that_only_a_crumb_connects_get_one_seed():
    """A unit without a seed: rounding left a crumb between the small piece and the large one."""
    target = absorb(
        base=np.zeros(3, dtype=np.int64),
        labels=np.array([[0], [1], [1]]),
        area=np.array([400.0, 0.01, 36.0]),
        pairs=Neighbours(np.array([0, 1]), np.array([1, 2]), np.array([19.0, 19.0])),
        seed=np.zeros(3, dtype=bool),
        arm=np.zeros(3, dtype=bool),
        crumb=np.array([False, True, False]),
    )
    assert target.tolist() == [0, 0, 0]

"""Order, distinct numbers and lists behind each other: as numpy's slower functions answer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov.topology.components import components, lowest_of
from gridgov.topology.distinct import distinct, distinct_only, in_order, put_in_order
from gridgov.topology.ragged import starts

#: Numbers that leave room for their places, numbers that just do not, and negative ones.
NUMBERS = st.one_of(
    st.integers(0, 9), st.integers(2**55, 2**58), st.integers(-(2**63), 2**63 - 1), st.integers(-3, 3)
)


def whole(numbers):
    return np.array(numbers, dtype=np.int64)


@given(st.lists(NUMBERS, max_size=40))
def test_equal_numbers_stay_in_order(numbers):
    values = whole(numbers)
    assert in_order(values).tolist() == np.argsort(values, kind="stable").tolist()
    ordered, places = put_in_order(values)
    assert ordered.tolist() == sorted(numbers)
    assert places.tolist() == in_order(values).tolist()


@given(st.lists(NUMBERS, max_size=40))
def test_distinct_numbers_are_those_of_numpy(numbers):
    values, place = distinct(whole(numbers))
    wanted, where = np.unique(whole(numbers), return_inverse=True)
    assert values.tolist() == wanted.tolist() == distinct_only(whole(numbers)).tolist()
    assert place.tolist() == where.tolist()


@pytest.mark.parametrize("highest", [2**60 - 1, 2**60])
def test_numbers_up_to_the_last_bit_are_put_in_order(highest):
    values = whole([highest, 0, highest, highest - 1, 0])  # places of five numbers take three bits
    assert in_order(values).tolist() == [1, 4, 3, 0, 2]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40)), max_size=40))
def test_numbers_that_differ_in_their_last_bits_are_put_in_order(numbers):
    values = whole([(first << 60) + last for first, last in numbers])
    assert in_order(values).tolist() == np.argsort(values, kind="stable").tolist()
    assert put_in_order(values)[0].tolist() == sorted(values.tolist())


@pytest.mark.parametrize("kind", [np.int32, np.uint8, np.float64])
def test_numbers_keep_their_kind(kind):
    values, place = distinct(np.array([7, 3, 7], dtype=kind))
    assert values.dtype == kind
    assert values.tolist() == [3, 7]
    assert place.tolist() == [1, 0, 1]


@given(st.lists(st.integers(0, 5), max_size=20))
def test_lists_begin_where_their_first_item_is(numbers):
    number = np.sort(whole(numbers))
    assert starts(number, 6).tolist() == np.searchsorted(number, np.arange(7)).tolist()


@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=15))
def test_components_are_numbered_by_their_lowest_node(count, pairs):
    joined = np.array([(a % count, b % count) for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    number = components(count, joined[:, 0], joined[:, 1])
    wanted, first = np.unique(number, return_index=True)
    assert wanted.tolist() == list(range(len(wanted)))
    assert lowest_of(number).tolist() == first.tolist() == sorted(first.tolist())

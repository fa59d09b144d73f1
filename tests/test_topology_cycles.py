"""Cycles of permutations: the same as walking around each one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov.topology.cycles import cycle_heads, cycles


def walked(following):
    head, step = np.full((2, len(following)), -1, dtype=np.int64)
    for first in range(len(following)):
        element, steps = first, 0
        while head[element] < 0:
            head[element], step[element] = first, steps
            element, steps = following[element], steps + 1
    return head, step


def agree(following):
    following = np.asarray(following, dtype=np.int64)
    head, step = walked(following)
    assert np.array_equal(cycle_heads(following), head)
    found = cycles(following)
    assert np.array_equal(found[0], head)
    assert np.array_equal(found[1], step)


@given(st.permutations(range(12)))
def test_any_small_permutation(order):
    agree(order)


@pytest.mark.parametrize("length", [0, 1, 2, 3, 17, 1_000, 70_001])
@pytest.mark.parametrize("seed", [1, 2])
def test_large_permutations(length, seed):
    agree(np.random.default_rng(seed).permutation(length))


@pytest.mark.parametrize("length", [1, 2, 5, 40_000])
def test_one_cycle_that_only_rises_or_only_falls(length):
    agree(np.roll(np.arange(length), -1))
    agree(np.roll(np.arange(length), 1))


def test_a_cycle_up_by_even_elements_and_down_by_odd_ones():
    around = np.concatenate([np.arange(0, 30_000, 2), np.arange(1, 30_000, 2)[::-1]])
    following = np.empty(30_000, dtype=np.int64)
    following[around] = np.roll(around, -1)
    agree(following)


def test_many_cycles_of_all_lengths_beside_each_other():
    length = np.arange(1, 300)
    first = np.repeat(np.cumsum(length) - length, length)
    place = np.arange(length.sum()) - first
    agree(first + (place + 1) % np.repeat(length, length))

"""The compiled loops of a merge say what numpy says; without numba nothing is missed."""

import importlib.util
import subprocess
import sys

import numpy as np
import pytest

from gridgov.topology import cycles, meetings
from gridgov.topology.noding import node

needs_numba = pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="numba is not installed")


@pytest.fixture
def with_numba(monkeypatch):
    def choose(wanted):
        for module in (cycles, meetings):
            monkeypatch.setattr(module, "worth_compiling", lambda number: wanted)

    return choose


def both_ways(with_numba, asked):
    answers = []
    for wanted in (False, True):
        with_numba(wanted)
        answers.append(asked())
    return answers


def random_segments(seed, number, *, width, longest):
    random = np.random.default_rng(seed)
    start = random.integers(0, width, (number, 2))
    return start, start + random.integers(-longest, longest + 1, (number, 2))


def fans():
    """Many segments through few places, at tiny angles, and along lines through hot squares."""
    x = np.arange(60)
    start = np.stack([np.zeros(60, dtype=np.int64), x], axis=1)
    end = np.stack([np.full(60, 10_000), 59 - x], axis=1)
    steep = np.stack([5_000 + x, np.full(60, -40)], axis=1), np.stack([5_001 + x, np.full(60, 140)], axis=1)
    return np.concatenate([start, steep[0], end]), np.concatenate([end, steep[1], start])


SEGMENTS = {
    "none": (np.zeros((0, 2), dtype=np.int64), np.zeros((0, 2), dtype=np.int64)),
    "one point": (np.zeros((3, 2), dtype=np.int64), np.zeros((3, 2), dtype=np.int64)),
    "crowded": random_segments(1, 1_500, width=400, longest=60),
    "wide": random_segments(2, 4_000, width=1_000_000, longest=40_000),
    "long": random_segments(3, 300, width=1 << 30, longest=1 << 28),
    "on few lines": random_segments(4, 2_000, width=12, longest=12),
    "fans": fans(),
}


@needs_numba
@pytest.mark.parametrize("name", SEGMENTS)
def test_noding_is_that_of_numpy(with_numba, name):
    plain, fast = both_ways(with_numba, lambda: node(*SEGMENTS[name]))
    for part in ("xy", "a", "b", "given", "edge", "forward"):
        one, other = getattr(plain, part), getattr(fast, part)
        assert one.dtype == other.dtype
        assert np.array_equal(one, other), part


@needs_numba
@pytest.mark.parametrize("length", [0, 1, 2, 5_003])
def test_cycles_are_those_of_numpy(with_numba, length):
    following = np.random.default_rng(length).permutation(length)
    plain, fast = both_ways(with_numba, lambda: (cycles.cycle_heads(following), *cycles.cycles(following)))
    for one, other in zip(plain, fast, strict=True):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


def test_a_merge_of_few_segments_does_not_load_numba():
    code = (
        "import sys, numpy as np; from gridgov.topology.noding import node; "
        "node(np.array([[0, 0], [0, 9]]), np.array([[9, 9], [9, 0]])); assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_numba_numpy_answers():
    code = (
        "import sys; sys.modules['numba'] = None; import importlib.util; "
        "find = importlib.util.find_spec; "
        "importlib.util.find_spec = lambda name, *more: None if name == 'numba' else find(name, *more); "
        "from gridgov.topology.compiled import compiled, worth_compiling; "
        "assert compiled() is None and not worth_compiling(10**9)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

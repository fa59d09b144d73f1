"""Planted defects are found, and the measure sees a list that lacks them."""

from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def found():
    """A small city with defects: the scripts, the list of conflicts, what was planted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        import defects
        import planting

        layers, districts = defects.clean(150, 3, None)
        ground = planting.Field("A", layers["A"], districts, np.random.default_rng(3))
        layers["A"], seeds = planting.planted(ground, each=1)
        yield defects, defects.merged(layers, districts).conflicts, seeds


def scored(found, conflicts):
    defects, _, seeds = found
    tally = defects.Tally()
    defects.score(conflicts, seeds, tally, noisy=False)
    return tally


def test_defects_of_many_kinds_are_planted(found):
    assert len({seed.kind for seed in found[2]}) >= 8


def test_every_planted_defect_is_found_and_nothing_else(found):
    tally = scored(found, found[1])
    assert tally.found == tally.planted
    assert tally.wrong.total() == 0


def test_a_list_that_lacks_rows_scores_less(found):
    conflicts = found[1]
    tally = scored(found, conflicts[conflicts["kind"] != "overlap"].reset_index(drop=True))
    assert tally.found.total() < tally.planted.total()


def test_rows_that_nothing_explains_are_counted(found):
    _, conflicts, seeds = found
    tally = scored((found[0], conflicts, seeds[:1]), conflicts)
    assert tally.wrong.total() > 0

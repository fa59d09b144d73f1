"""How far places lie from borders, against GEOS."""

import numpy as np
import pytest
import shapely

from gridgov.topology.offsets import FARTHEST_M, _to_segments


def asked_of_geos(places, segments):
    answer = np.full(len(places), np.inf)
    near, found = shapely.STRtree(shapely.linestrings(segments)).query_nearest(
        shapely.points(places), max_distance=FARTHEST_M, return_distance=True, all_matches=False
    )
    answer[near[0]] = found
    return answer


@pytest.mark.parametrize("seed", range(40))
def test_distances_are_those_of_geos_to_the_last_bit(seed):
    """Near and far, dense and thin, long and short; upright and level ones too."""
    rng = np.random.default_rng(seed)
    size, long = 10 ** rng.uniform(1, 4), 10 ** rng.uniform(-1, 3.3)
    start = rng.uniform(0, size, (200, 2))
    segments = np.round(np.stack([start, start + rng.normal(0, long, (200, 2))], axis=1), 2)
    segments[:20, 1, seed % 2] = segments[:20, 0, seed % 2]
    segments = segments[(segments[:, 0] != segments[:, 1]).any(axis=1)]
    places = np.round(rng.uniform(-size / 2, size * 1.5, (300, 2)), seed % 4)
    assert _to_segments(places, segments).tolist() == asked_of_geos(places, segments).tolist()


def test_places_without_a_border_are_far():
    assert np.isinf(_to_segments(np.zeros((2, 2)), np.zeros((0, 2, 2)))).all()
    assert not len(_to_segments(np.zeros((0, 2)), np.array([[[0.0, 0.0], [5.0, 0.0]]])))

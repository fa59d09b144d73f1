"""Which spots lie near which places, against looking at all of them."""

import numpy as np
import pytest

from gridgov.topology.spots import Spots


def looked_at_all(xy, places, within_m):
    apart = np.hypot(*(places[:, None] - xy[None]).transpose(2, 0, 1))
    return {(int(i), int(j)) for i, j in zip(*np.nonzero(apart <= within_m), strict=True)}


@pytest.mark.parametrize("width", [0.5, 3.0, 40.0])
@pytest.mark.parametrize("within_m", [1.0, 7.0])
def test_all_spots_near_a_place_are_found_once(width, within_m):
    rng = np.random.default_rng(0)
    for _ in range(20):
        xy = rng.integers(0, 30, (60, 2)).astype(float)
        places = rng.integers(-15, 45, (40, 2)).astype(float)  # beyond the spots too
        place, spot = Spots.of(xy, width=width).near(places, within_m=within_m)
        pairs = list(zip(place.tolist(), spot.tolist(), strict=True))
        assert len(pairs) == len(set(pairs))
        assert set(pairs) == looked_at_all(xy, places, within_m)


def test_nothing_is_near_nothing():
    none, some = np.zeros((0, 2)), np.ones((3, 2))
    for xy, places in ((none, some), (some, none), (none, none)):
        assert [len(rows) for rows in Spots.of(xy, width=5.0).near(places, within_m=5.0)] == [0, 0]

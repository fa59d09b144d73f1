"""A partition of the plane into cells of about 75 corners, and points to find in it."""

from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["cells", "points"]

Floats = NDArray[np.float64]

#: Mean width of a cell in metres, and corners along one side (four sides a cell).
WIDTH_M: Final = 300.0
STEPS: Final = 19

#: South-western corner: Zhengzhou in EPSG:4547.
CORNER: Final = (440_000.0, 3_820_000.0)

#: Points of the clustered half stand around so many places, as far as this (m, one sigma).
HOT_SPOTS, SPREAD_M = 300, 150.0

#: Points on street centre lines that are borders stand so near to them (m).
TIES_M: Final = 1.0


def cells(number: int, *, seed: int = 0) -> NDArray[Any]:
    """About `number` polygons that fill a square, with winding borders; noded."""
    random = np.random.default_rng(seed)
    n = max(round(np.sqrt(number)), 2)
    at = np.stack(np.meshgrid(np.arange(n + 1.0), np.arange(n + 1.0), indexing="ij"), axis=2)
    at[1:-1, 1:-1] += random.uniform(-0.25, 0.25, (n - 1, n - 1, 2))
    at = at * WIDTH_M + CORNER
    right, up = _sides(at[:-1], at[1:], random), _sides(at[:, :-1], at[:, 1:], random)
    rings = np.concatenate(
        [right[:, :-1], up[1:], right[:, 1:, ::-1], up[:-1, :, ::-1]], axis=2
    )  # each side without its last corner, which is the next one's first
    keep = np.ones(4 * (STEPS + 1), dtype=np.bool_)
    keep[STEPS :: STEPS + 1] = False
    rings = rings[:, :, keep].reshape(n * n, -1, 2)
    return np.asarray(shapely.polygons(np.concatenate([rings, rings[:, :1]], axis=1)))


def _sides(a: Floats, b: Floats, random: np.random.Generator) -> Floats:
    """Winding ways from a to b, ends included."""
    along = np.linspace(0, 1, STEPS + 1)[:, None]
    off = np.cumsum(random.uniform(-1, 1, (*a.shape[:2], STEPS + 1)), axis=2) * 0.015
    off -= off[..., :1] + (off[..., -1:] - off[..., :1]) * along[:, 0]
    across = np.stack([a[..., 1] - b[..., 1], b[..., 0] - a[..., 0]], axis=-1)
    ways: Floats = a[..., None, :] + (b - a)[..., None, :] * along + across[..., None, :] * off[..., None]
    return ways


def points(polygons: NDArray[Any], number: int, *, ties: float = 0.0, seed: int = 1) -> tuple[Floats, Floats]:
    """Points, half of them clustered; a share `ties` of them within a metre of a border."""
    random = np.random.default_rng(seed)
    low, high = np.split(shapely.total_bounds(polygons), 2)
    places = random.uniform(low, high, (number, 2))
    centres = random.uniform(low, high, (HOT_SPOTS, 2))
    half = number // 2
    places[:half] = centres[random.integers(0, HOT_SPOTS, half)] + random.normal(0, SPREAD_M, (half, 2))
    tied = random.random(number) < ties
    corners = shapely.get_coordinates(polygons)
    start = random.integers(0, len(corners) - 1, int(tied.sum()))
    along = random.random((len(start), 1))
    places[tied] = corners[start] * (1 - along) + corners[start + 1] * along
    places[tied] += random.uniform(-TIES_M, TIES_M, (len(start), 2)) / np.sqrt(2)
    places = places[random.permutation(number)]
    return np.ascontiguousarray(places[:, 0]), np.ascontiguousarray(places[:, 1])

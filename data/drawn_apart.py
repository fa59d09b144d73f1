"""Draw the city as one department would: its own vertices, borders a little off, its own mistakes."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import shapely
from blocks import ARC_POINTS, City, Floats, ring_polygon
from numpy.typing import NDArray

#: Length over which a department's displacement changes, as badly fitted air photos do, in metres.
DRIFT_M: Final = 420.0
#: Around the junction, where all departments surveyed well, displacement fades out.
FADE_M: Final = 130.0


def draw(
    city: City,
    labels: NDArray[np.object_],
    rng: np.random.Generator,
    *,
    low_m: float,
    high_m: float,
    vertices: int,
    surveyed: tuple[float, float] | None,
) -> dict[str, shapely.Geometry]:
    """Polygon of each label, borders displaced by `low_m` to `high_m`, up to `vertices` a block edge.

    At the point `surveyed` nothing is displaced. Blocks labelled "" are left out.
    """
    moving = drift(rng, low_m=low_m, high_m=high_m)
    arcs = [resampled(arc, rng, count=int(rng.integers(1, vertices + 1)), high_m=high_m) for arc in city.arcs]
    moved = []
    for arc in arcs:
        near = (
            1.0 if surveyed is None else 1 - np.exp(-((np.hypot(*(arc - surveyed).T) / FADE_M) ** 2))[:, None]
        )
        moved.append(arc + moving(arc) * near)
    blocks = np.array([ring_polygon(ring, moved) for ring in city.rings], dtype=object)
    if not shapely.is_valid(blocks).all():
        raise ValueError("displaced too far: a block's border crosses itself")
    return {
        str(label): shapely.coverage_union_all(blocks[labels == label])
        for label in np.unique(labels)
        if label
    }


def drift(rng: np.random.Generator, *, low_m: float, high_m: float) -> Callable[[Floats], Floats]:
    """A smooth field of displacements, low_m to high_m long; direction turns slower than length changes."""
    waves = 2 * np.pi / DRIFT_M * rng.uniform(0.4, 0.8, (2, 3, 2)) * rng.choice([-1, 1], (2, 3, 2))
    waves[0] /= 4
    phases = rng.uniform(0, 2 * np.pi, (2, 3))

    def field(points: Floats) -> Floats:
        turn, size = (np.sin(points @ waves[k].T + phases[k]).sum(axis=1) for k in range(2))
        length = low_m + (high_m - low_m) * (0.5 + size / 6) ** 1.5
        return np.stack([length * np.cos(1.5 * turn), length * np.sin(1.5 * turn)], axis=-1)

    return field


def resampled(arc: Floats, rng: np.random.Generator, *, count: int, high_m: float) -> Floats:
    """An arc with its own vertices and its own small bulge; its ends stay."""
    at = np.concatenate([[0], np.sort(rng.uniform(0.1, 0.9, count)), [1]])
    line = np.stack([np.interp(at, ARC_POINTS, arc[:, 0]), np.interp(at, ARC_POINTS, arc[:, 1])], axis=-1)
    along = arc[-1] - arc[0]
    length = max(float(np.hypot(*along)), 1.0)
    normal = np.array([-along[1], along[0]]) / length
    bulge = rng.uniform(-0.2, 0.2) * min(high_m, length / 8)
    return np.asarray(line + normal * (bulge * np.sin(np.pi * at))[:, None])


def roughened(polygon: shapely.Geometry, rng: np.random.Generator, *, size_m: float) -> shapely.Geometry:
    """The polygon with every vertex a little off, so that it no longer shares its borders."""
    pieces = []
    for piece in shapely.get_parts(polygon):
        ring = shapely.get_coordinates(piece.exterior)[:-1]
        pieces.append(shapely.Polygon(ring + rng.normal(0, size_m, ring.shape)))
    noisy = shapely.union_all(pieces)
    return noisy if shapely.is_valid(pieces).all() else polygon


def bow_tied(polygon: shapely.Geometry) -> shapely.Geometry:
    """The polygon with two vertices in the wrong order, so that its border crosses itself."""
    ring = shapely.get_coordinates(polygon.exterior)
    for k in range(1, len(ring) - 2):
        swapped = ring.copy()
        swapped[[k, k + 1]] = swapped[[k + 1, k]]
        wrong = shapely.Polygon(swapped)
        lost = shapely.make_valid(wrong, method="structure").symmetric_difference(polygon).area
        if not wrong.is_valid and 100 < lost < 0.08 * polygon.area:
            return wrong
    raise ValueError("no two vertices whose exchange makes a small bow-tie")


def stretched(polygon: shapely.Geometry, into: shapely.Geometry, *, depth_m: float) -> shapely.Geometry:
    """The polygon drawn `depth_m` too far into a neighbour."""
    taken = polygon.union(into.intersection(polygon.buffer(depth_m, quad_segs=2)))
    return max(shapely.get_parts(taken), key=shapely.area)


def clearing(at: tuple[float, float], *, length_m: float, width_m: float, turn: float) -> shapely.Polygon:
    """A lens that nobody drew, for example a park both neighbours took for the other's."""
    angle = np.linspace(0, 2 * np.pi, 17)[:-1]
    ring = np.stack([length_m / 2 * np.cos(angle), width_m / 2 * np.sin(angle)], axis=-1)
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return shapely.Polygon(ring @ spin + at)


def premises(inside: shapely.Geometry, outline: Sequence[tuple[float, float]]) -> shapely.Polygon:
    """A market or campus of this outline (metres) in the middle of the grid that surrounds it."""
    middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(inside, tolerance=1.0))[0]
    placed = shapely.Polygon(np.asarray(outline, dtype=np.float64) + middle)
    if not placed.within(inside):
        raise ValueError("the premises do not fit into the grid")
    return placed

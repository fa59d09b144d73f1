"""Blocks of an invented city: Voronoi cells that share each edge, drawn once as a crooked arc.

The samples and the benchmarks lay out their own seeds; what stands here is the same for both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Where the points of an arc lie along its edge.
ARC_POINTS: Final = np.linspace(0, 1, 7)


@dataclass(frozen=True, slots=True)
class City:
    """A city of blocks; `rings` holds for each block its edges in order, True = as stored."""

    plan: Floats
    """One seed per block on the drawing board, in metres, before the city is bent."""
    edges: Ints
    """Node at the start and end of each edge."""
    sides: Ints
    """Blocks on the two sides of each edge, -1 outside the city."""
    arcs: Floats
    """Points of each edge (edges, points, 2), in metres."""
    rings: Sequence[Sequence[tuple[int, bool]]]

    def blocks(self) -> NDArray[np.object_]:
        """Polygon of each block."""
        arcs = list(self.arcs)
        return np.array([ring_polygon(ring, arcs) for ring in self.rings], dtype=object)


def city_of_blocks(
    seeds: Floats, keep: NDArray[np.bool_], rng: np.random.Generator, *, place: Callable[[Floats], Floats]
) -> City:
    """The city whose blocks are the Voronoi cells of the seeds to keep.

    `place` takes points of the drawing board to where the city stands. A corner within a metre of the board's
    origin is put there.
    """
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds), ordered=True))
    corners = [np.round(shapely.get_coordinates(cell), 3) for cell in cells[keep]]
    nodes, chains = _nodes(corners)
    edges, sides, rings = _edges(chains)
    arcs = place(_crooked(nodes[edges], rng))
    return City(plan=seeds[keep], edges=edges, sides=sides, arcs=np.round(arcs, 2), rings=rings)


def ring_polygon(ring: Sequence[tuple[int, bool]], arcs: Sequence[Floats]) -> shapely.Polygon:
    """The polygon whose border is a chain of arcs."""
    return shapely.Polygon(
        np.concatenate([(arcs[edge] if forward else arcs[edge][::-1])[:-1] for edge, forward in ring])
    )


def _nodes(corners: Sequence[Floats]) -> tuple[Floats, list[list[int]]]:
    """Unique corners, and for each block its corners in order as rows of them."""
    nodes, row = np.unique(np.concatenate(corners), axis=0, return_inverse=True)
    # The four blocks at a mirrored crossing meet in one point; computed, they are a hair apart.
    close = shapely.STRtree(shapely.points(nodes)).query(shapely.points(nodes), "dwithin", distance=1.0)
    first = np.full(len(nodes), len(nodes))
    np.minimum.at(first, close[0], close[1])
    at_road = np.hypot(*nodes.T) < 1.0
    nodes[at_road] = 0.0
    ends = np.cumsum([len(c) for c in corners])[:-1]
    chains = np.split(first[row.ravel()], ends)
    return nodes, [[int(a) for a, b in pairwise(chain) if a != b] for chain in chains]


def _edges(chains: Sequence[Sequence[int]]) -> tuple[Ints, Ints, list[list[tuple[int, bool]]]]:
    number: dict[tuple[int, int], int] = {}
    sides: list[list[int]] = []
    rings: list[list[tuple[int, bool]]] = []
    for block, chain in enumerate(chains):
        ring = []
        for a, b in zip(chain, [*chain[1:], chain[0]], strict=True):
            key = (min(a, b), max(a, b))
            edge = number.setdefault(key, len(number))
            if edge == len(sides):
                sides.append([-1, -1])
            sides[edge][int(a > b)] = block
            ring.append((edge, a < b))
        rings.append(ring)
    return np.array(list(number), dtype=np.int64), np.array(sides, dtype=np.int64), rings


def _crooked(ends: Floats, rng: np.random.Generator) -> Floats:
    """Arcs between pairs of points that are not quite straight."""
    start, along = ends[:, :1], ends[:, 1:] - ends[:, :1]
    length = np.hypot(along[..., 0], along[..., 1])
    normal = np.stack([-along[..., 1], along[..., 0]], axis=-1) / length[..., None]
    bulge = rng.normal(0, 0.025, (len(ends), 1)) * np.sin(np.pi * ARC_POINTS)
    offset = (bulge + rng.normal(0, 0.008, (len(ends), len(ARC_POINTS)))) * length
    offset[:, [0, -1]] = 0
    return np.asarray(start + along * ARC_POINTS[:, None] + normal * offset[..., None])

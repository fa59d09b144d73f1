"""The invented city behind the samples: blocks, the lines they follow, and how they group into units.

Blocks are Voronoi cells of a jittered lattice. Seeds are mirrored across roads, the railway and the river, so
that these lines are borders of blocks.
"""

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from typing import Final

import numpy as np
from blocks import City, Floats, Ints, city_of_blocks
from numpy.typing import NDArray

BLOCK_M: Final = 85.0
LAYOUT_ROWS: Final = (-21, 15)
LAYOUT_COLUMNS: Final = (-18, 19)
#: Lattice columns and rows that are roads: the line between seeds k - 1 and k.
ROAD_COLUMNS: Final = {0: "紫辰路", 5: "示例二路", -6: "示例三路"}
ROAD_ROWS: Final = {0: "航海东路", -9: "示例一路", 6: "示例四路"}
MAIN_ROADS: Final = frozenset({"航海东路", "示例一路"})


def railway(y: Floats) -> Floats:
    """Where the railway runs on the drawing board: x for each y, in metres."""
    return np.asarray(-7.4 * BLOCK_M + 0.17 * y + 0.9 * BLOCK_M * np.sin(y / (7 * BLOCK_M)))


def river(y: Floats) -> Floats:
    """Where the river runs on the drawing board: x for each y, in metres."""
    return np.asarray(9.3 * BLOCK_M - 0.12 * y + 1.5 * BLOCK_M * np.sin(y / (3.3 * BLOCK_M)))


def bend(points: Floats) -> Floats:
    """Bend and turn the drawing board a little, so that no road is straight; the junction stays."""
    x, y = points[..., 0] / 1000, points[..., 1] / 1000
    x1 = x + 0.035 * np.sin(2.1 * y) + 0.012 * np.sin(4.3 * x)
    y1 = y + 0.045 * np.sin(1.7 * x) + 0.010 * np.sin(3.9 * y)
    turn = np.radians(-2.5)
    bent = np.stack([x1 * np.cos(turn) - y1 * np.sin(turn), x1 * np.sin(turn) + y1 * np.cos(turn)], axis=-1)
    return np.asarray(bent * 1000)


def build_city(rng: np.random.Generator, *, junction: tuple[float, float]) -> City:
    """The city around a junction given in EPSG:4547 metres."""
    seeds = _seeds(rng)
    return city_of_blocks(
        seeds, _inside(seeds), rng, place=lambda points: bend(points) + np.asarray(junction)
    )


def _seeds(rng: np.random.Generator) -> Floats:
    rows, columns = np.arange(*LAYOUT_ROWS), np.arange(*LAYOUT_COLUMNS)
    jitter = rng.uniform(-0.22, 0.22, (len(columns), len(rows), 2))
    for road in ROAD_COLUMNS:
        k = road - columns[0]
        jitter[k] = jitter[k - 1] * (-1, 1)
    for road in ROAD_ROWS:
        k = road - rows[0]
        jitter[:, k] = jitter[:, k - 1] * (1, -1)
    lattice = np.stack(np.meshgrid(columns + 0.5, rows + 0.5, indexing="ij"), axis=-1)
    seeds = ((lattice + jitter) * BLOCK_M).reshape(-1, 2)
    for line in (railway, river):
        pairs = _pairs_along(line, low=float(seeds[:, 1].min()), high=float(seeds[:, 1].max()))
        near = np.abs(seeds[:, 0] - line(seeds[:, 1])) < 0.95 * BLOCK_M
        seeds = np.concatenate([seeds[~near], pairs])
    return seeds


def _pairs_along(line: Callable[[Floats], Floats], *, low: float, high: float) -> Floats:
    """Seeds on both sides of a line, so that block borders follow it."""
    y = np.arange(low, high, 0.8 * BLOCK_M)
    on = np.stack([line(y), y], axis=-1)
    ahead = np.stack([line(y + 1), y + 1], axis=-1) - on
    normal = np.stack([-ahead[:, 1], ahead[:, 0]], axis=-1) / np.hypot(*ahead.T)[:, None]
    return np.concatenate([on + 0.42 * BLOCK_M * normal, on - 0.42 * BLOCK_M * normal])


def _inside(seeds: Floats) -> NDArray[np.bool_]:
    """Whether a seed lies inside the city's outline: a rounded square with a ragged edge."""
    x, y = seeds[:, 0] / BLOCK_M, (seeds[:, 1] / BLOCK_M + 3.3)
    angle = np.arctan2(y, x)
    reach = 1 + 0.05 * np.sin(3 * angle + 1) + 0.03 * np.sin(7 * angle)
    return np.asarray((np.abs(x) / 15.2) ** 4 + (np.abs(y) / 14.8) ** 4 < reach**4)


def grow(city: City, *, inside: Ints, blocks_each: float) -> Ints:
    """Group blocks into connected, compact units of about so many blocks, never across `inside`.

    Returns a unit number per block; units follow the order of `inside`.
    """
    neighbours = _neighbours(city, inside)
    unit = np.full(len(inside), -1)
    count = 0
    for value in np.unique(inside):
        left = set(np.flatnonzero(inside == value).tolist())
        while left:
            piece = _connected(min(left), neighbours)
            left -= set(piece)
            wanted = max(1, round(len(piece) / blocks_each))
            centres = _centres(city.plan, piece, wanted)
            for block, centre in _nearest_by_graph(city.plan, centres, neighbours).items():
                unit[block] = count + centre
            count += wanted
    return unit


def join(city: City, unit: Ints, *, inside: Ints, count: int) -> Ints:
    """Join neighbouring units, the smallest first, never across `inside`, until `count` are left."""
    unit = unit.copy()
    a, b = city.sides[(city.sides >= 0).all(axis=1)].T
    both = np.concatenate([np.stack([a, b]), np.stack([b, a])], axis=1)
    both = both[:, inside[both[0]] == inside[both[1]]]
    while len(np.unique(unit)) > count:
        size = np.bincount(unit)
        pairs = unit[both][:, unit[both[0]] != unit[both[1]]]
        smallest = pairs[0][np.argmin(size[pairs[0]])]
        others = pairs[1][pairs[0] == smallest]
        unit[unit == smallest] = others[np.argmin(size[others])]
    return np.unique(unit, return_inverse=True)[1]


def _neighbours(city: City, inside: Ints) -> list[list[int]]:
    neighbours: list[list[int]] = [[] for _ in inside]
    for a, b in city.sides:
        if a >= 0 and b >= 0 and inside[a] == inside[b]:
            neighbours[a].append(int(b))
            neighbours[b].append(int(a))
    return neighbours


def _connected(block: int, neighbours: Sequence[Sequence[int]]) -> list[int]:
    seen, todo = {block}, [block]
    while todo:
        for other in neighbours[todo.pop()]:
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return sorted(seen)


def _centres(plan: Floats, piece: Sequence[int], wanted: int) -> list[int]:
    """Blocks spread evenly over a piece: farthest first, then moved to the middle of what is theirs."""
    points = plan[list(piece)]
    chosen = [0]
    while len(chosen) < wanted:
        gaps = np.min(np.hypot(*(points[:, None] - points[chosen]).transpose(2, 0, 1)), axis=1)
        chosen.append(int(gaps.argmax()))
    middles = points[chosen]
    for _ in range(8):
        mine = np.hypot(*(points[:, None] - middles).transpose(2, 0, 1)).argmin(axis=1)
        middles = np.array([points[mine == k].mean(axis=0) for k in range(wanted)])
    distance = np.hypot(*(points[:, None] - middles).transpose(2, 0, 1))
    return [piece[int(k)] for k in distance.argmin(axis=0)]


def _nearest_by_graph(
    plan: Floats, centres: Sequence[int], neighbours: Sequence[Sequence[int]]
) -> dict[int, int]:
    owner: dict[int, int] = {}
    queue = [(0.0, centre, k) for k, centre in enumerate(centres)]
    while queue:
        distance, block, k = heappop(queue)
        if block in owner:
            continue
        owner[block] = k
        for other in neighbours[block]:
            if other not in owner:
                step = float(np.hypot(*(plan[block] - plan[other])))
                heappush(queue, (distance + step, other, k))
    return owner

"""How a department draws its part of the city: its own vertices, borders off the truth, its own mistakes."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

sys.path.append(str(Path(__file__).resolve().parents[1] / "data"))

from blocks import City, Floats, Ints
from drawn_apart import bow_tied, drift, premises, resampled, roughened

Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Noise:
    """How far a department's borders are off, in metres."""

    low_m: float
    high_m: float


#: A traced the plan, B drew on air photos, C from older ones; displaced by up to 40 m where it is wild.
CALM: Final = {"A": Noise(0.0, 2.0), "B": Noise(2.0, 10.0), "C": Noise(2.0, 20.0)}
WILD: Final = {"A": Noise(0.0, 3.0), "B": Noise(5.0, 25.0), "C": Noise(10.0, 40.0)}
NOISE: Final = {"calm": CALM, "wild": WILD}
#: What a displacement is made of: a smooth drift (badly fitted photos), each corner's own error, and how much
#: each border bulges between its corners.
SMOOTH_SHARE, CORNER_SHARE, BULGE_SHARE = 0.4, 0.6, 0.6
MOST_VERTICES: Final = 7
#: Faces smaller than this where displaced borders cross are no grids.
CRUMB_M2: Final = 300.0
#: Share of the grids that take each kind of damage.
DAMAGE: Final = {"broken": 0.30, "shifted": 0.03, "bloated": 0.005, "invalid": 0.005, "dropped": 0.005}
TWICE_SHARE: Final = 0.001
#: Premises keep this far from the border of their block, so that no drawn border cuts them.
MARGIN_M: Final = 20.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """Grids before the damage: number and shape of each, and the number of the grid at each block or -1.

    `lines` are their borders, one for each of the city's edges in `edge`.
    """

    ids: Ints
    shapes: Shapes
    at_block: Ints
    edge: Ints
    lines: Shapes


def draw(city: City, unit: Ints, rng: np.random.Generator, *, noise: Noise) -> Drawn:
    """Draw the units of blocks with displaced borders; a grid may fall into several pieces."""
    edge, lines = _borders(city, unit, rng, noise)
    faces = enclosed(lines)
    faces = faces[shapely.area(faces) >= CRUMB_M2]
    inner = shapely.point_on_surface(city.blocks())
    face, block = shapely.STRtree(inner).query(faces, predicate="contains")
    votes = pd.DataFrame({"face": face, "unit": unit[block]}).value_counts().reset_index()
    votes = votes.sort_values(["face", "count", "unit"], ascending=[True, False, True])
    votes = votes.drop_duplicates("face")
    pieces = gpd.GeoSeries(faces[votes["face"]]).groupby(votes["unit"].to_numpy())
    grids = pieces.agg(lambda parts: shapely.coverage_union_all(parts.to_numpy()))
    ids, shapes = grids.index.to_numpy(dtype=np.int64), grids.to_numpy(dtype=object)
    at_block = np.full(len(unit), -1, dtype=np.int64)
    grid, block = shapely.STRtree(inner).query(shapes, predicate="contains")
    at_block[block] = ids[grid]
    return Drawn(ids=ids, shapes=shapes, at_block=at_block, edge=edge, lines=lines)


def enclosed(lines: Shapes) -> Shapes:
    """What lines enclose that may cross each other."""
    return np.asarray(shapely.get_parts(shapely.polygonize([shapely.node(shapely.multilinestrings(lines))])))


def _borders(city: City, unit: Ints, rng: np.random.Generator, noise: Noise) -> tuple[Ints, Shapes]:
    """Edges of the city between units, and how they are displaced."""
    sides = np.where(city.sides >= 0, unit[city.sides], -1)
    border = np.flatnonzero(sides[:, 0] != sides[:, 1])
    counts = rng.integers(1, MOST_VERTICES + 1, len(border))
    lines = [
        resampled(city.arcs[edge], rng, count=int(count), high_m=noise.high_m)
        for edge, count in zip(border, counts, strict=True)
    ]
    return border, _displaced(lines, city.edges[border], rng, noise)


def _displaced(lines: list[Floats], ends: Ints, rng: np.random.Generator, noise: Noise) -> Shapes:
    """Lines off their place; those that meet at a corner still meet there."""
    size = np.array([len(line) for line in lines])
    stop = np.cumsum(size)
    start, last = stop - size, stop - 1
    points = np.concatenate(lines)
    corners = np.zeros((ends.max() + 1, 2))
    corners[ends[:, 0]], corners[ends[:, 1]] = points[start], points[last]
    span = noise.high_m - noise.low_m
    smooth = drift(rng, low_m=noise.low_m, high_m=noise.low_m + SMOOTH_SHARE * span)
    angle = rng.uniform(0, 2 * np.pi, len(corners))
    length = rng.uniform(0, CORNER_SHARE * span, len(corners))
    own = np.stack([length * np.cos(angle), length * np.sin(angle)], axis=-1)
    step = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)
    step[start] = 0
    way = np.cumsum(step)
    way -= np.repeat(way[start], size)
    along = (way / np.repeat(way[last], size))[:, None]
    first, second = (np.repeat(own[ends[:, k]], size, axis=0) for k in range(2))
    chord = points[last] - points[start]
    # A short border has no room to bulge.
    bulge = rng.uniform(-1, 1, len(lines)) * np.minimum(BULGE_SHARE * noise.high_m, np.hypot(*chord.T) / 6)
    across = np.repeat(
        np.stack([-chord[:, 1], chord[:, 0]], axis=-1) / np.hypot(*chord.T)[:, None] * bulge[:, None],
        size,
        axis=0,
    )
    points = points + smooth(points) + first * (1 - along) + second * along + across * np.sin(np.pi * along)
    corners = corners + smooth(corners) + own
    points[start], points[last] = corners[ends[:, 0]], corners[ends[:, 1]]
    return np.asarray(shapely.linestrings(points, indices=np.repeat(np.arange(len(lines)), size)))


def premises_of(
    blocks: Shapes, rng: np.random.Generator, *, count: int, prefix: str, crs: int
) -> gpd.GeoDataFrame:
    """Markets and campuses for special-purpose grids, each inside one block: ``gid`` and geometry."""
    found: list[shapely.Polygon] = []
    for block in rng.permutation(len(blocks)):
        if len(found) == count:
            break
        try:
            found.append(premises(shapely.buffer(blocks[block], -MARGIN_M), _yard(rng)))
        except ValueError:
            continue
    ids = np.array([f"{prefix}S{k}" for k in range(len(found))], dtype=object)
    return gpd.GeoDataFrame({"gid": ids}, geometry=found, crs=crs)


def _yard(rng: np.random.Generator) -> Floats:
    """A walled yard with one corner cut out, 55 to 110 m long, turned any way, around the origin."""
    length, width = rng.uniform(55, 110), rng.uniform(45, 80)
    ring = np.array([(0, 0), (1, 0), (1, 0.7), (0.6, 0.7), (0.6, 1), (0, 1)]) - 0.5
    turn = rng.uniform(0, 2 * np.pi)
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return np.asarray((ring * (length, width)) @ spin)


def damaged(
    drawn: Drawn, rng: np.random.Generator, *, prefix: str, premises: gpd.GeoDataFrame | None, crs: int
) -> gpd.GeoDataFrame:
    """The layer as it arrives: columns ``gid``, ``kind`` (the damage) and geometry."""
    shapes = drawn.shapes.copy()
    kind = np.full(len(shapes), "whole", dtype=object)
    simple = (shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON) & (
        shapely.get_num_interior_rings(shapes) == 0
    )
    lot = rng.permutation(np.flatnonzero(simple))
    for name, share in DAMAGE.items():
        chosen, lot = np.split(lot, [int(np.ceil(share * len(shapes)))])
        kind[chosen] = name
        for row in chosen:
            shapes[row] = _DAMAGED[name](shapes[row], rng)
    layer = pd.DataFrame({"gid": [f"{prefix}{k}" for k in drawn.ids], "kind": kind, "geometry": shapes})
    parts = [layer[layer["kind"] != "dropped"]]
    twice = lot[: int(np.ceil(TWICE_SHARE * len(shapes)))]
    parts.append(layer.iloc[twice].assign(kind="twice"))
    if premises is not None:
        yards = [shapely.transform(yard, lambda c: c + rng.normal(0, 0.7, 2)) for yard in premises.geometry]
        parts.append(pd.DataFrame({"gid": premises["gid"], "kind": "special", "geometry": yards}))
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry", crs=crs)


def _broken(shape: shapely.Geometry, rng: np.random.Generator) -> shapely.Geometry:
    return roughened(shape, rng, size_m=rng.uniform(0.1, 0.8))


def _shifted(shape: shapely.Geometry, rng: np.random.Generator) -> shapely.Geometry:
    by = rng.uniform(-6, 6, 2)
    return shapely.transform(shape, lambda points: points + by)


def _bloated(shape: shapely.Geometry, rng: np.random.Generator) -> shapely.Geometry:
    return shapely.buffer(shape, rng.uniform(8, 15), join_style="mitre")


def _invalid(shape: shapely.Geometry, rng: np.random.Generator) -> shapely.Geometry:
    """Two vertices exchanged, or a spike."""
    try:
        if rng.random() < 0.5:
            return bow_tied(shape)
    except ValueError:
        pass
    ring = shapely.get_coordinates(shape)
    k = int(rng.integers(1, len(ring) - 1))
    spike = np.stack([ring[k] + rng.normal(0, 15, 2), ring[k]])
    return shapely.Polygon(np.insert(ring, k + 1, spike, axis=0))


def _kept(shape: shapely.Geometry, _: np.random.Generator) -> shapely.Geometry:
    return shape


_DAMAGED: Final[dict[str, Callable[[shapely.Geometry, np.random.Generator], shapely.Geometry]]] = {
    "broken": _broken,
    "shifted": _shifted,
    "bloated": _bloated,
    "invalid": _invalid,
    "dropped": _kept,
}

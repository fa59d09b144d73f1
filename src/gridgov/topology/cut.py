"""Cutting the pieces of a partition along one layer, without thin pieces."""

from dataclasses import dataclass
from typing import Any, Self, cast

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.schema import PRECISION_M
from gridgov.topology.absorb import absorb
from gridgov.topology.arrange import Arrangement, arrange
from gridgov.topology.edges import Neighbours
from gridgov.topology.mesh import Mesh
from gridgov.topology.places import wide_places
from gridgov.topology.regions import arms, between, join_equal, thin

__all__ = ["Cutter", "Pieces", "cut", "round_off", "sizes"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

NONE = -1
BASE, LAYER = 0, 1
REGIONS, ARMS = 0, 1

#: Narrower than so many grid steps is rounding: borders move by less than one on each side. (Not quite two:
#: what is exactly as wide was drawn so.)
CRUMB_STEPS = 1.9

#: A grid of which less than this is to be seen lies under smaller ones, or beyond the base: the strip that
#: is left does not stand for it.
LEAST_VISIBLE = 0.1


@dataclass(frozen=True, slots=True)
class Cutter:
    """A layer to cut with.

    Attributes
    ----------
    polygons
        (n,) they may overlap, leave gaps and reach outside; where they overlap the smallest one counts.
    drawn_m2
        (n,) area of each as it was drawn.
    keep
        (n,) which of them keep their largest piece even if it is thin; unless nine tenths of what was drawn
        lie under smaller ones or outside.
    first
        (n,) which of them come before all others.
    everywhere
        (n,) which of them keep a piece, as wide as the tolerance, in every unit that they reach.
    """

    polygons: Geometries
    drawn_m2: Floats
    keep: Bools
    first: Bools
    everywhere: Bools


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a cut makes.

    Attributes
    ----------
    polygons
        (n,) Polygons: a noded coverage of the base.
    base
        (n,) row of the base polygon each lies in.
    label
        (n,) row of the layer's polygon each lies in, -1 for none.
    """

    polygons: Geometries
    base: Ints
    label: Ints


def cut(
    base: Geometries,
    layer: Cutter,
    *,
    unit: Ints | None = None,
    labels: Ints | None = None,
    tolerance_m: float,
    min_area_m2: float,
    precision_m: float = PRECISION_M,
) -> Pieces:
    """Cut the polygons of `base` along the borders of a layer; no piece leaves its base polygon.

    Parameters
    ----------
    base
        (n,) Polygons or MultiPolygons that do not overlap.
    layer
        What to cut with.
    unit
        (n,) the unit each base polygon lies in; by default each is one.
    labels
        (n, k) the grid of each earlier layer that each base polygon is in, -1 for none; by default no layer.
    tolerance_m, min_area_m2
        Pieces narrower or smaller than this join the neighbour that agrees best, in the same base polygon.
    precision_m
        Borders are noded on this grid.

    Notes
    -----
    Arms of wide pieces that are narrow and long are cut off and settled like thin pieces.
    """
    units = np.arange(len(base)) if unit is None else unit
    earlier = np.zeros((len(base), 0), dtype=np.int64) if labels is None else labels
    regions = _without_arms(_regions(base, layer, precision_m), tolerance_m, precision_m)
    area = shapely.area(regions.polygons)
    seed = ~regions.arm & ~thin(regions.polygons, tolerance_m=tolerance_m, min_area_m2=min_area_m2)
    crossing = np.where(np.append(layer.everywhere, False)[regions.label], regions.label, NONE)
    seed |= wide_places(
        regions.polygons,
        regions.pairs,
        base=units[regions.base],
        label=crossing,
        seed=seed,
        tolerance_m=tolerance_m,
    )
    seed |= _only_pieces(regions.label, area, seed, layer.keep & _visible(regions.label, area, layer))
    target = absorb(
        base=regions.base,
        labels=np.column_stack([earlier[regions.base], regions.label]),
        area=area,
        pairs=regions.pairs,
        seed=seed,
        arm=regions.arm,
        crumb=thin(regions.polygons, tolerance_m=CRUMB_STEPS * precision_m, min_area_m2=0.0),
    )
    return _joined(regions, target)


def round_off(
    cells: Geometries, *, unit: Ints, labels: Ints, tolerance_m: float, min_area_m2: float
) -> Pieces:
    """Bring cells to the 1 cm grid; `base` of the answer are the cells, `label` says nothing.

    Where rounding pinches a thin bit off a cell, the bit joins the neighbour in its unit that agrees best.
    """
    made = arrange([cells])
    parts, pairs, of = _Parts.of(made, made.smallest(BASE, shapely.area(cells)), np.full(len(made), NONE))
    polygons, cell = parts.polygons(), of[:, 0]
    area = shapely.area(polygons)
    seed = np.zeros(len(cell), dtype=bool)
    order = np.lexsort((-np.arange(len(cell)), area))
    largest = np.full(len(cells), NONE, dtype=np.int64)
    largest[cell[order]] = order
    seed[largest[largest != NONE]] = True
    seed[~seed] = ~thin(polygons[~seed], tolerance_m=tolerance_m, min_area_m2=min_area_m2)
    no_arm = np.zeros(len(cell), dtype=bool)
    target = absorb(
        base=unit[cell],
        labels=labels[cell],
        area=area,
        pairs=pairs,
        seed=seed,
        arm=no_arm,
        crumb=no_arm,
    )
    return _joined(_Regions(polygons, cell, of[:, 1], no_arm, pairs, parts), target)


def sizes(polygons: Geometries, first: Bools) -> Floats:
    """Answer the sizes by which the smallest polygon counts: areas, negative for what comes first."""
    area = shapely.area(polygons)
    return np.where(first, area - 2 * area.max(initial=0.0), area)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Faces of an arrangement joined to regions: face `face` is in region `region`."""

    ground: Mesh
    face: Ints
    region: Ints

    @classmethod
    def of(cls, made: Arrangement, one: Ints, other: Ints) -> tuple[Self, Neighbours, Ints]:
        """Join faces with the same two labels; the first is none outside.

        Answers the parts, the borders between regions, and (n, 2) the labels of each region.
        """
        face = np.flatnonzero(one != NONE)
        labels = np.column_stack([one, other])[face]
        ground = cast("Mesh", made.ground)
        pairs = ground.neighbours(face)
        region = join_equal(labels, pairs)
        first = np.unique(region, return_index=True)[1]
        return cls(ground, face, region), between(pairs, region), labels[first]

    def polygons(self, group: Ints | None = None) -> Geometries:
        """Answer the polygon of each region, or of each group of regions; -1 is in none."""
        of = self.region if group is None else group[self.region]
        return self.ground.dissolve(self.face[of != NONE], of[of != NONE])


@dataclass(frozen=True, slots=True)
class _Regions:
    """Connected ground of one base polygon and one label; `arm`: cut off a wider region."""

    polygons: Geometries
    base: Ints
    label: Ints
    arm: Bools
    pairs: Neighbours
    parts: _Parts


def _regions(base: Geometries, layer: Cutter, precision_m: float) -> _Regions:
    made = arrange([base, layer.polygons], precision_m=precision_m)
    inside = made.smallest(BASE, shapely.area(base))
    label = made.smallest(LAYER, sizes(layer.polygons, layer.first))
    parts, pairs, of = _Parts.of(made, inside, label)
    return _Regions(parts.polygons(), of[:, 0], of[:, 1], np.zeros(len(of), dtype=bool), pairs, parts)


def _without_arms(whole: _Regions, tolerance_m: float, precision_m: float) -> _Regions:
    """Cut the arms off the regions."""
    wide = np.flatnonzero(~thin(whole.polygons, tolerance_m=tolerance_m, min_area_m2=0.0))
    found, _ = arms(whole.polygons[wide], tolerance_m=tolerance_m)
    if not len(found):
        return whole
    made = arrange([whole.polygons, found], precision_m=precision_m)
    region = made.smallest(REGIONS, shapely.area(whole.polygons))
    parts, pairs, of = _Parts.of(made, region, made.smallest(ARMS, shapely.area(found)))
    base, label = whole.base[of[:, 0]], whole.label[of[:, 0]]
    return _Regions(parts.polygons(), base, label, of[:, 1] != NONE, pairs, parts)


def _visible(label: Ints, area: Floats, layer: Cutter) -> Bools:
    """Tell the polygons of a layer that name a good part of the ground they were drawn on."""
    named = label != NONE
    seen = np.bincount(label[named], weights=area[named], minlength=len(layer.polygons))
    return np.asarray(seen >= LEAST_VISIBLE * layer.drawn_m2)


def _only_pieces(label: Ints, area: Floats, seed: Bools, kept: Bools) -> Bools:
    """Tell the largest piece of each grid in `kept` that has no seed."""
    answer = np.zeros(len(label), dtype=bool)
    wanting = np.append(kept, False)
    wanting[label[seed & (label != NONE)]] = False
    mine = np.flatnonzero(wanting[label])
    order = mine[np.lexsort((-mine, area[mine]))]
    largest = np.full(len(kept), NONE, dtype=np.int64)
    largest[label[order]] = order
    answer[largest[largest != NONE]] = True
    return answer


def _joined(regions: _Regions, target: Ints) -> Pieces:
    """Join each region to its seed; seeds of equal labels that now touch become one piece.

    A crumb that nothing touches has no seed, and is left out.
    """
    kept = np.flatnonzero(target != NONE)
    seed = target[kept]
    labels = np.column_stack([regions.base[seed], regions.label[seed]])
    at = np.full(len(target), NONE, dtype=np.int64)
    at[kept] = np.arange(len(kept))
    both = (at[regions.pairs.i] != NONE) & (at[regions.pairs.j] != NONE)
    pairs = Neighbours(at[regions.pairs.i[both]], at[regions.pairs.j[both]], regions.pairs.length[both])
    piece = join_equal(labels, pairs)
    of = labels[np.unique(piece, return_index=True)[1]]
    group = np.full(len(target), NONE, dtype=np.int64)
    group[kept] = piece
    return Pieces(regions.parts.polygons(group), of[:, 0], of[:, 1])

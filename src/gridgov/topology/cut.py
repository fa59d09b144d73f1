"""Cutting the pieces of a partition along one layer, without thin pieces."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.schema import PRECISION_M
from gridgov.topology.absorb import absorb
from gridgov.topology.arrange import arrange, sizes
from gridgov.topology.components import lowest_of
from gridgov.topology.edges import Neighbours
from gridgov.topology.pieces import Pieces
from gridgov.topology.places import wide_places
from gridgov.topology.regions import MIN_ARM_M2, join_equal, thin

__all__ = ["Cut", "Cutter", "cut", "round_off"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

NONE = -1
BASE, LAYER = 0, 1

#: Narrower than so many grid steps is rounding: borders move by less than one on each side. (Not quite two:
#: what is exactly as wide was drawn so.)
CRUMB_STEPS = 1.9

#: A piece with one wide spot is thin all the same if twice its area is less than this share of the tolerance
#: times its outline: a strip whose arms are too short to be cut off. No convex piece with a wide spot is.
SLENDER = 0.5

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
class Cut:
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
    arms: bool = True,
    slender_m2: float = MIN_ARM_M2,
) -> Cut:
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
    arms
        Whether to cut off the narrow arms of wide pieces. Those of a layer that was drawn on the borders of
        the base are meant.
    slender_m2
        Strips with few wide spots are thin if they are smaller than this; with `arms`, all are after that.

    Notes
    -----
    Thin pieces that run along several others of the same base polygon are divided among them. Arms of wide
    pieces that are narrow and long are cut off and settled like thin pieces.
    """
    units = np.arange(len(base)) if unit is None else unit
    earlier = np.zeros((len(base), 0), dtype=np.int64) if labels is None else labels
    made = arrange([base, layer.polygons], precision_m=precision_m)
    inside = made.smallest(BASE, shapely.area(base))
    label = made.smallest(LAYER, sizes(layer.polygons, layer.first))
    pieces = Pieces.of(made, inside, label)
    strip = ~_seeds(pieces, layer, units[pieces.base], tolerance_m, min_area_m2, slender_m2=slender_m2)
    pieces = pieces.divided(strip, precision_m=precision_m)
    if arms:
        pieces = pieces.without_arms(tolerance_m=tolerance_m, precision_m=precision_m)
    # What is still slender without its arms is all strip; where arms are meant, only what is no arm can be.
    slender_m2 = np.inf if arms else slender_m2
    target = absorb(
        base=pieces.base,
        labels=np.column_stack([earlier[pieces.base], pieces.label]),
        area=pieces.area,
        pairs=pieces.pairs,
        seed=_seeds(pieces, layer, units[pieces.base], tolerance_m, min_area_m2, slender_m2=slender_m2),
        arm=pieces.arm,
        crumb=pieces.thin(tolerance_m=CRUMB_STEPS * precision_m, min_area_m2=0.0),
    )
    return _joined(pieces, target)


def round_off(cells: Geometries, *, unit: Ints, labels: Ints, tolerance_m: float, min_area_m2: float) -> Cut:
    """Bring cells to the 1 cm grid; `base` of the answer are the cells, `label` says nothing.

    Where rounding pinches a thin bit off a cell, the bit joins the neighbour in its unit that agrees best.
    """
    made = arrange([cells])
    pieces = Pieces.of(made, made.smallest(BASE, shapely.area(cells)), np.full(len(made), NONE))
    area = pieces.area
    seed = _largest(pieces.base, area, np.ones(len(cells), dtype=bool))
    bits = np.flatnonzero(~seed)
    seed[bits] = ~thin(pieces.polygons(bits), tolerance_m=tolerance_m, min_area_m2=min_area_m2)
    target = absorb(
        base=unit[pieces.base],
        labels=labels[pieces.base],
        area=area,
        pairs=pieces.pairs,
        seed=seed,
        arm=pieces.arm,
        crumb=pieces.arm,
    )
    return _joined(pieces, target)


def _seeds(
    pieces: Pieces, layer: Cutter, unit: Ints, tolerance_m: float, min_area_m2: float, *, slender_m2: float
) -> Bools:
    """Tell the pieces that stay: the wide ones, and those that a grid must keep.

    Slender ones are asked about up to `slender_m2`.
    """
    label, area = pieces.label, pieces.area
    seed = ~pieces.arm & ~pieces.thin(tolerance_m=tolerance_m, min_area_m2=min_area_m2)
    seed &= (2 * area >= SLENDER * tolerance_m * pieces.length) | (area >= slender_m2)
    crossing = np.where(np.append(layer.everywhere, False)[label], label, NONE)
    seed |= wide_places(
        pieces.polygons, area, pieces.pairs, base=unit, label=crossing, seed=seed, tolerance_m=tolerance_m
    )
    wanting = layer.keep & _visible(label, area, layer)
    wanting[label[seed & (label != NONE)]] = False
    return seed | _largest(label, area, wanting)


def _visible(label: Ints, area: Floats, layer: Cutter) -> Bools:
    """Tell the polygons of a layer that name a good part of the ground they were drawn on."""
    named = label != NONE
    seen = np.bincount(label[named], weights=area[named], minlength=len(layer.polygons))
    return np.asarray(seen >= LEAST_VISIBLE * layer.drawn_m2)


def _largest(label: Ints, area: Floats, wanted: Bools) -> Bools:
    """Tell the largest piece of each wanted label; of equal ones the first."""
    mine = np.flatnonzero(np.append(wanted, False)[label])
    order = mine[np.lexsort((-mine, area[mine]))]
    largest = np.full(len(wanted), NONE, dtype=np.int64)
    largest[label[order]] = order
    answer = np.zeros(len(label), dtype=bool)
    answer[largest[largest != NONE]] = True
    return answer


def _joined(pieces: Pieces, target: Ints) -> Cut:
    """Join each piece to its seed; seeds of equal labels that now touch become one.

    A crumb that nothing touches has no seed, and is left out.
    """
    kept = np.flatnonzero(target != NONE)
    seed = target[kept]
    labels = np.column_stack([pieces.base[seed], pieces.label[seed]])
    at = np.full(len(target), NONE, dtype=np.int64)
    at[kept] = np.arange(len(kept))
    both = (at[pieces.pairs.i] != NONE) & (at[pieces.pairs.j] != NONE)
    pairs = Neighbours(at[pieces.pairs.i[both]], at[pieces.pairs.j[both]], pieces.pairs.length[both])
    joined = join_equal(labels, pairs)
    of = labels[lowest_of(joined)]
    group = np.full(len(target), NONE, dtype=np.int64)
    group[kept] = joined
    return Cut(pieces.joined(group), of[:, 0], of[:, 1])

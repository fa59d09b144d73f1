"""The common refinement of layers inside given units: cut, label, join, absorb."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.errors import ArgumentError
from gridgov.schema import PRECISION_M
from gridgov.topology.absorb import absorb
from gridgov.topology.arrange import Arrangement, arrange
from gridgov.topology.edges import Neighbours, edge_table, neighbours
from gridgov.topology.places import wide_places
from gridgov.topology.regions import arms, dissolve, join_equal, thin

__all__ = ["Refinement", "Tolerances", "refine"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

NONE = -1
BASE = 0
FIRST_LAYER = 1

#: Narrower than this is rounding: borders move by less than a grid step on each side. (Not quite two steps:
#: what is exactly as wide was drawn so.)
CRUMB_M = 1.9 * PRECISION_M

#: A grid of which less than this is to be seen lies under smaller ones, or beyond the units: the strip that
#: is left does not stand for it.
LEAST_VISIBLE = 0.1


@dataclass(frozen=True, slots=True)
class Tolerances:
    """What counts as thin: narrower than `tolerance_m`, or smaller than `min_area_m2`."""

    tolerance_m: float
    min_area_m2: float

    def __post_init__(self) -> None:
        if not 2 * PRECISION_M <= self.tolerance_m < np.inf:
            raise ArgumentError(
                f"tolerance_m must be a number of metres, {2 * PRECISION_M} or more (--tolerance-m), not "
                f"{self.tolerance_m}"
            )
        if not 0 <= self.min_area_m2 < np.inf:
            raise ArgumentError(
                f"min_area_m2 must be a number of m2, 0 or more (--min-area-m2), not {self.min_area_m2}"
            )


@dataclass(frozen=True, slots=True)
class Refinement:
    """Cells, and how the faces of the arrangement became them.

    Attributes
    ----------
    cells
        (n,) Polygons: a noded coverage of the units.
    base
        (n,) row of the unit each cell lies in.
    labels
        (n, k) row of the grid of each layer, -1 for none.
    arrangement
        The faces the layers make together: group 0 are the units, group 1 the first layer, and so on.
    face_cell
        The cell each face belongs to, -1 outside the units.
    face_labels
        What each face would be by itself: (faces, k) row of the grid of each layer.
    """

    cells: Geometries
    base: Ints
    labels: Ints
    arrangement: Arrangement
    face_cell: Ints
    face_labels: Ints


def refine(
    base: Geometries,
    layers: Sequence[Geometries],
    *,
    keep: Sequence[Bools],
    limits: Tolerances,
    first: Sequence[Bools] | None = None,
    everywhere: Sequence[Bools] | None = None,
) -> Refinement:
    """Cut the units of `base` into the cells that all layers make together, without thin pieces.

    Parameters
    ----------
    base
        Units that no cell crosses: Polygons or MultiPolygons that do not overlap. They bound the result.
    layers
        The polygons of each layer in order of precedence; they may overlap, leave gaps and reach outside.
    keep
        For each layer, the rows that keep their largest piece even if it is thin; unless nine tenths of them
        lie under smaller polygons of their layer or outside the units.
    limits
        What is thin.
    first
        For each layer, the rows that name what they cover before all others do.
    everywhere
        For each layer, the rows that keep a piece, as wide as the tolerance, in every unit that they reach.

    Notes
    -----
    The smallest polygon of a layer that covers a face names it, so that a grid inside another one stays.
    Arms are cut off in a second arrangement, only when there are any.
    """
    size = _sizes(layers, first)
    found = _label(arrange([base, *layers]), base, size)
    arm, _ = _arms(found, limits)
    if len(arm):
        found = _label(arrange([base, *layers, arm]), base, size, arm=arm)
    visible = [k & _visible(found, number, layers[number]) for number, k in enumerate(keep)]
    region, target = _settle(found, visible, limits, everywhere=everywhere or ())
    return _cells(found, region, target, layers=len(layers))


@dataclass(frozen=True, slots=True)
class _Labelled:
    """The faces inside the units, with their labels; `rows` are their rows in the arrangement."""

    arrangement: Arrangement
    rows: Ints
    base: Ints
    labels: Ints
    arm: Ints
    pairs: Neighbours

    @property
    def faces(self) -> Geometries:
        return self.arrangement.faces[self.rows]

    def regions(self) -> Ints:
        """Number the groups of faces that have the same labels."""
        return join_equal(np.column_stack([self.base, self.labels, self.arm]), self.pairs)


def _sizes(layers: Sequence[Geometries], first: Sequence[Bools] | None) -> list[Floats]:
    """Answer the sizes by which the smallest polygon names a face: areas, negative for what comes first."""
    sizes = [shapely.area(layer) for layer in layers]
    if first is None:
        return sizes
    largest = max((size.max(initial=0.0) for size in sizes), default=0.0)
    return [np.where(before, size - 2 * largest, size) for size, before in zip(sizes, first, strict=True)]


def _label(
    arrangement: Arrangement, base: Geometries, size: Sequence[Floats], *, arm: Geometries | None = None
) -> _Labelled:
    unit = arrangement.smallest(BASE, shapely.area(base))
    rows = np.flatnonzero(unit != NONE)
    labels = np.stack([arrangement.smallest(k, s)[rows] for k, s in enumerate(size, FIRST_LAYER)], axis=1)
    arm_of = np.full(len(rows), NONE, dtype=np.int64)
    if arm is not None:
        group = FIRST_LAYER + len(size)
        arm_of = arrangement.smallest(group, shapely.area(arm))[rows]
        layers_only = arrangement.group < group
        arrangement = replace(
            arrangement,
            face=arrangement.face[layers_only],
            group=arrangement.group[layers_only],
            row=arrangement.row[layers_only],
        )
    pairs = neighbours(edge_table(arrangement.faces[rows]))
    return _Labelled(arrangement, rows, unit[rows], labels, arm_of, pairs)


def _visible(found: _Labelled, number: int, layer: Geometries) -> Bools:
    """Tell the polygons of a layer that name a good part of the ground they were drawn on."""
    label = found.labels[:, number]
    named = label != NONE
    seen = np.bincount(label[named], weights=shapely.area(found.faces[named]), minlength=len(layer))
    return np.asarray(seen >= LEAST_VISIBLE * shapely.area(layer))


def _arms(found: _Labelled, limits: Tolerances) -> tuple[Geometries, Ints]:
    polygons = dissolve(found.faces, found.regions())
    wide = ~thin(polygons, tolerance_m=limits.tolerance_m, min_area_m2=limits.min_area_m2)
    return arms(polygons[wide], tolerance_m=limits.tolerance_m)


def _settle(
    found: _Labelled, keep: Sequence[Bools], limits: Tolerances, *, everywhere: Sequence[Bools]
) -> tuple[Ints, Ints]:
    """Join faces to regions, and answer the region each face is in and the region each region joins."""
    region = found.regions()
    polygons = dissolve(found.faces, region)
    first = np.unique(region, return_index=True)[1]
    base, labels, arm = found.base[first], found.labels[first], found.arm[first] != NONE
    area = shapely.area(polygons)
    seed = ~arm & ~thin(polygons, tolerance_m=limits.tolerance_m, min_area_m2=limits.min_area_m2)
    pairs = neighbours(edge_table(polygons))
    for k, kept in enumerate(everywhere):
        label = np.where(np.append(kept, False)[labels[:, k]], labels[:, k], NONE)
        seed |= wide_places(
            polygons, pairs, base=base, label=label, seed=seed, tolerance_m=limits.tolerance_m
        )
    for k, kept in enumerate(keep):
        seed |= _only_piece(labels[:, k], area, seed, kept)
    crumb = thin(polygons, tolerance_m=CRUMB_M, min_area_m2=0.0)
    target = absorb(base=base, labels=labels, area=area, pairs=pairs, seed=seed, arm=arm, crumb=crumb)
    return region, target


def _only_piece(label: Ints, area: Floats, seed: Bools, kept: Bools) -> Bools:
    """Tell the largest piece of each grid in `kept` that has no seed."""
    has = np.zeros(len(kept), dtype=bool)
    has[label[seed & (label != NONE)]] = True
    wanting = (
        np.flatnonzero((label != NONE) & ~has[label] & kept[label]) if len(kept) else np.zeros(0, dtype=int)
    )
    order = wanting[np.lexsort((-wanting, area[wanting]))]
    best = np.full(len(kept), NONE, dtype=np.int64)
    best[label[order]] = order
    answer = np.zeros(len(label), dtype=bool)
    answer[best[best != NONE]] = True
    return answer


def _cells(found: _Labelled, region: Ints, target: Ints, *, layers: int) -> Refinement:
    """Join each face to its region's seed; seeds of equal labels that now touch become one cell."""
    first = np.unique(region, return_index=True)[1]
    seed = target[region]
    owner = first[seed]  # the face whose labels count
    # A crumb that nothing touches is a region of its own here, and left out below.
    crumb = np.where(seed == NONE, np.arange(len(seed)), NONE)
    labels = np.column_stack([found.base[owner], found.labels[owner], crumb])
    cell = join_equal(labels, found.pairs)
    kept = np.flatnonzero(seed != NONE)
    _, chosen, cell = np.unique(cell[kept], return_index=True, return_inverse=True)
    face_cell = np.full(len(found.arrangement.faces), NONE, dtype=np.int64)
    face_cell[found.rows[kept]] = cell
    face_labels = np.full((len(face_cell), layers), NONE, dtype=np.int64)
    face_labels[found.rows] = found.labels
    return Refinement(
        cells=dissolve(found.faces[kept], cell.astype(np.int64)),
        base=labels[kept[chosen], 0],
        labels=labels[kept[chosen], 1:-1],
        arrangement=found.arrangement,
        face_cell=face_cell,
        face_labels=face_labels,
    )

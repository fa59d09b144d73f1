"""Ground that must belong to a given grid, whatever a merge made of it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.topology.arrange import Arrangement, arrange
from gridgov.topology.edges import Neighbours, edge_table, neighbours
from gridgov.topology.overlay import Overlay, Overlays
from gridgov.topology.refine import Refinement
from gridgov.topology.regions import dissolve, join_equal, thin

__all__ = ["CRUMB_SHARE", "Held", "Pins", "hold"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

NONE = -1
CELLS, PINS = 0, 1
FACES, NEW_CELLS = 0, 1

#: A piece of less than this part of a place, and smaller than min-area, may be given up where it lies alone:
#: what was drawn and the merged borders never fit to the metre.
CRUMB_SHARE = 0.05

#: Cells this near to a pin are cut anew with it: far more than rounding moves a border.
NEAR_M = 1.0


@dataclass(frozen=True, slots=True)
class Pins:
    """Places with the grid they must belong to; where two disagree, the first holds.

    Attributes
    ----------
    shapes
        (n,) Polygons or MultiPolygons.
    layer, row
        (n,) the layer, and the row of its grid there; -1 for no grid.
    place
        (n,) which of them are parts of one place, by number.
    """

    shapes: Geometries
    layer: Ints
    row: Ints
    place: Ints

    def __len__(self) -> int:
        return len(self.shapes)


@dataclass(frozen=True, slots=True)
class Held:
    """A merge as pinned.

    Attributes
    ----------
    refined
        The cells, and the faces of the overlays cut along them: no longer sorted by place.
    source
        For each layer, (faces,) the face before, of which each face of its overlay is a part.
    """

    refined: Refinement
    source: tuple[Ints, ...]


def hold(refined: Refinement, pins: Pins, *, tolerance_m: float, min_area_m2: float) -> Held:
    """Cut the cells along the pins, and give every spot of a pin to its grid.

    Parameters
    ----------
    refined
        A merge. Only the cells near the pins and their neighbours change.
    pins
        What must hold.
    tolerance_m, min_area_m2
        Thin pieces that the cuts leave join a neighbour in their unit, the best match first. What is pinned
        joins only where the pin still holds and, unless it is smaller than min-area, no layer before the
        pinned one loses ground; it stays a cell by itself, however thin, if there is nothing such. Only
        crumbs of a place (:data:`CRUMB_SHARE`) then join anything.
    """
    local = _near(refined.cells, pins.shapes)
    if not len(local):
        return Held(refined, tuple(np.arange(len(overlay)) for overlay in refined.overlays))
    cut = _cut(refined, local, pins)
    labels = _settled(cut, tolerance_m=tolerance_m, min_area_m2=min_area_m2)
    where = join_equal(np.column_stack([cut.base, labels]), cut.pairs)
    first = np.unique(where, return_index=True)[1]
    cells, base, labels = dissolve(cut.faces, where), cut.base[first], labels[first]
    rest = np.ones(len(refined.cells), dtype=bool)
    rest[local] = False
    together = replace(
        refined,
        cells=np.concatenate([refined.cells[rest], cells]),
        base=np.concatenate([refined.base[rest], base]),
        labels=np.concatenate([refined.labels[rest], labels]),
    )
    cut_again = [_cut_along(overlay, together, rest) for overlay in refined.overlays]
    overlays, source = zip(*cut_again, strict=True)
    return Held(replace(together, overlays=Overlays.of(overlays)), source)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Faces of cells and pins, with the cell each is of, its labels as pinned, and which of these are.

    `held` and `place` are parallel: the face lies in the place.
    """

    faces: Geometries
    pairs: Neighbours
    cell: Ints
    base: Ints
    labels: Ints
    pinned: Bools
    held: Ints
    place: Ints


def _near(cells: Geometries, shapes: Geometries) -> Ints:
    """Rows of the cells at the shapes, and of those around them, which share the new corners."""
    tree = shapely.STRtree(cells)
    hit = np.unique(tree.query(shapes, predicate="dwithin", distance=NEAR_M)[1])
    return np.unique(tree.query(cells[hit], predicate="intersects")[1])


def _cut(refined: Refinement, local: Ints, pins: Pins) -> _Cut:
    cells = refined.cells[local]
    made = arrange([cells, pins.shapes])
    cell = made.smallest(CELLS, shapely.area(cells))
    rows = np.flatnonzero(cell != NONE)
    cell = local[cell[rows]]
    labels = refined.labels[cell].copy()
    pinned = np.zeros(labels.shape, dtype=bool)
    at = np.full(len(made.faces), NONE, dtype=np.int64)
    at[rows] = np.arange(len(rows))
    mine = made.group == PINS
    face, pin = at[made.face[mine]], made.row[mine]
    # Written last to first, so that the first pin holds.
    order = np.argsort(-pin, kind="stable")
    face, pin = face[order], pin[order]
    face, pin = face[face != NONE], pin[face != NONE]
    labels[face, pins.layer[pin]] = pins.row[pin]
    pinned[face, pins.layer[pin]] = True
    faces = made.faces[rows]
    pairs = neighbours(edge_table(faces))
    return _Cut(faces, pairs, cell, refined.base[cell], labels, pinned, held=face, place=pins.place[pin])


def _settled(cut: _Cut, *, tolerance_m: float, min_area_m2: float) -> Ints:
    """Labels of each face once the thin pieces have joined a neighbour."""
    region = join_equal(np.column_stack([cut.base, cut.labels]), cut.pairs)
    polygons = dissolve(cut.faces, region)
    first = np.unique(region, return_index=True)[1]
    area = shapely.area(polygons)
    loose = _torn(cut, region)
    loose[loose] = thin(polygons[loose], tolerance_m=tolerance_m, min_area_m2=min_area_m2)
    labels, base = cut.labels[first], cut.base[first]
    pinned = np.zeros(labels.shape, dtype=bool)
    np.logical_or.at(pinned, region, cut.pinned)
    pairs = neighbours(edge_table(polygons))
    target = np.arange(len(polygons))
    order = np.lexsort((target, area))
    small = area < min_area_m2
    crumb = small & (_share_of_place(cut, region) < CRUMB_SHARE)
    # A pin in one layer binds those before it, too: their borders come first.
    with_earlier = np.logical_or.accumulate(pinned[:, ::-1], axis=1)[:, ::-1]
    for which, bound in ((loose, with_earlier), (small, pinned), (crumb, np.zeros_like(pinned))):
        waiting = [int(each) for each in order if loose[each] and which[each]]
        _join(target, waiting, loose, base=base, labels=labels, bound=bound, pairs=pairs)
    return np.asarray(labels[target][region])


def _share_of_place(cut: _Cut, region: Ints) -> npt.NDArray[np.float64]:
    """Answer the largest part of a place that lies in each region, 0 for none."""
    share = np.zeros(region.max(initial=NONE) + 1)
    held = np.unique(np.stack([cut.place, cut.held]), axis=1)
    area = shapely.area(cut.faces)[held[1]]
    whole = np.bincount(held[0], weights=area)
    pair, where = np.unique(np.stack([held[0], region[held[1]]]), axis=1, return_inverse=True)
    part = np.bincount(where.ravel(), weights=area)
    np.maximum.at(share, pair[1], part / whole[pair[0]])
    return share


def _torn(cut: _Cut, region: Ints) -> Bools:
    """Tell the regions with a piece of a cell that has pieces in several: only these are new."""
    pair = np.unique(np.stack([cut.cell, region], axis=1), axis=0)
    cell, count = np.unique(pair[:, 0], return_counts=True)
    torn = np.zeros(region.max(initial=NONE) + 1, dtype=bool)
    torn[pair[np.isin(pair[:, 0], cell[count > 1]), 1]] = True
    return torn


def _join(
    target: Ints,
    waiting: list[int],
    loose: Bools,
    *,
    base: Ints,
    labels: Ints,
    bound: Bools,
    pairs: Neighbours,
) -> None:
    """Let loose regions, those `waiting`, in this order, join the neighbour that agrees best, in place.

    `bound` tells the labels in which it must agree.
    """
    weight = 1 << np.arange(labels.shape[1], dtype=np.int64)[::-1]
    one, other = np.concatenate([pairs.i, pairs.j]), np.concatenate([pairs.j, pairs.i])
    length = np.concatenate([pairs.length, pairs.length])
    order = np.argsort(one, kind="stable")
    other, length = other[order], length[order]
    start = np.searchsorted(one[order], np.arange(len(base) + 1))
    joined = True
    while joined:
        joined = False
        for region in [each for each in waiting if loose[each]]:
            beside = slice(start[region], start[region + 1])
            to, border = target[other[beside]], length[beside]
            fits = ~loose[other[beside]] & (base[to] == base[region])
            fits &= (labels[to] == labels[region])[:, bound[region]].all(axis=1)
            if fits.any():
                to, border = to[fits], border[fits]
                match = ((labels[to] == labels[region]) & (labels[to] != NONE)) @ weight
                target[region] = to[np.lexsort((to, -border, -match))[0]]
                loose[region] = False
                joined = True


def _cut_along(old: Overlay, after: Refinement, rest: Bools) -> tuple[Overlay, Ints]:
    """Cut the faces of the changed cells along the new ones; answer the face each was a part of, too."""
    number = np.full(len(rest) + 1, NONE, dtype=np.int64)
    number[:-1][rest] = np.arange(int(rest.sum()))
    changed = (old.cell != NONE) & ~np.append(rest, True)[old.cell]
    stay, go = np.flatnonzero(~changed), np.flatnonzero(changed)
    new, before = after.cells[int(rest.sum()) :], old.arrangement
    made = arrange([before.faces[go], new])
    parent, cell = made.smallest(FACES, before.area[go]), made.smallest(NEW_CELLS, shapely.area(new))
    kept = np.flatnonzero((parent != NONE) & (cell != NONE))
    source = np.concatenate([stay, go[parent[kept]]])
    faces = np.concatenate([before.faces[stay], made.faces[kept]])
    cells = np.concatenate([number[old.cell[stay]], cell[kept] + int(rest.sum())])
    return Overlay(_inherited(before, source, faces), cells, old.grid[source], old.given[source]), source


def _inherited(old: Arrangement, source: Ints, faces: Geometries) -> Arrangement:
    """Cover each face by what covered the face `source` it is a part of."""
    start = np.searchsorted(old.face, np.arange(len(old.faces) + 1))
    many = np.diff(start)[source]
    face = np.repeat(np.arange(len(source)), many)
    offset = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    cover = np.repeat(start[:-1][source], many) + offset
    return Arrangement(faces, shapely.area(faces), face, old.group[cover], old.row[cover])

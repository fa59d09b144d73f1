"""What a decision asks for: ground of a department that must belong to a given grid."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from gridgov.decisions.division import TOUCH_M, CannotError, divide, shore
from gridgov.decisions.words import LETTERS, SPLIT, kept_grids, kept_letter
from gridgov.ladder import Ladder
from gridgov.special import Special
from gridgov.told import told
from gridgov.topology.arrange import arrange, sizes
from gridgov.topology.refine import Refinement

__all__ = ["Asked", "CannotError", "Conflict", "Merged", "asked"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

NONE = -1

#: Groups of a place laid over cells and layers.
_PLACE, _CELLS, _LAYERS = 0, 1, 2

#: Kinds of places that no grid covers.
_BARE: Final = frozenset({"gap", "uncovered"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """One row of the conflicts table, as far as a decision needs it."""

    kind: str
    departments: str
    grid_ids: str
    place: Any
    width_m: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A place that must belong to row `row` of layer number `layer`; -1: to no grid."""

    layer: int
    row: int
    place: Any


@dataclass(frozen=True)
class Merged:
    """A merge and what it was made of, ready for the questions of decisions.

    Attributes
    ----------
    refined
        The cells.
    layers, special
        Departments' layers in the work CRS, rows as in `refined`; which grids are special-purpose.
    ladder
        The rungs.
    """

    refined: Refinement
    layers: Mapping[str, gpd.GeoDataFrame]
    special: Special
    ladder: Ladder

    @cached_property
    def cell_tree(self) -> shapely.STRtree:
        """Answer which cells are near."""
        return shapely.STRtree(self.refined.cells)

    def number(self, department: str) -> int:
        """Number of a department's layer."""
        return list(self.layers).index(department)

    def shapes(self, department: str) -> Geometries:
        """Polygons of a department as it drew them."""
        return np.asarray(self.layers[department].geometry.array, dtype=object)

    def row(self, department: str, grid_id: str) -> int:
        """Row of a grid. Raises CannotError if the layer has it no more."""
        found = np.flatnonzero(self.layers[department]["grid_id"].to_numpy(dtype=object) == grid_id)
        if not len(found):
            raise CannotError(told("no_such_grid", department=department, grid_id=grid_id))
        return int(found[0])


def asked(conflict: Conflict, decision: str, merged: Merged) -> list[Asked]:
    """Answer what a decision of :func:`gridgov.decisions.words.offered` asks for; nothing: as merged.

    Raises CannotError.
    """
    if kept_letter(decision) is None and decision != SPLIT:
        return []
    if conflict.place is None or not shapely.area(conflict.place):
        raise CannotError(told("no_place"))
    return list(_HOW[conflict.kind](conflict, decision, merged))


def _among_grids(conflict: Conflict, decision: str, merged: Merged) -> Iterator[Asked]:
    """Give a place to one of the grids in conflict, or to each its nearer part."""
    department = conflict.departments
    number, shapes = merged.number(department), merged.shapes(department)
    rows = [
        merged.row(department, grid)
        for grid in kept_grids(conflict.kind, department, conflict.grid_ids)[: len(LETTERS)]
    ]
    bare = conflict.kind in _BARE
    place = _with_bare_cells(conflict.place, number, merged) if bare else conflict.place
    place = _without_special(place, rows, merged.special.kept[department], shapes)
    letter = kept_letter(decision)
    if letter is not None:
        yield Asked(number, rows[LETTERS.index(letter)], place)
        return
    near = [_beside(place, number, row, merged) for row in rows] if bare else shapes[rows].tolist()
    grounds = shapely.difference(np.array(near, dtype=object), place)
    parts = divide(place, grounds, width_m=conflict.width_m)
    if parts is None or (shapely.area(parts) > 0).sum() < 2:  # noqa: PLR2004
        raise CannotError(told("only_one"))
    for row, part in zip(rows, parts, strict=True):
        if shapely.area(part):
            yield Asked(number, row, part)


def _with_bare_cells(place: Any, number: int, merged: Merged) -> Any:
    """Add the rest of the cells without a grid that lie mostly in the place: merging moved their borders."""
    refined = merged.refined
    near = np.sort(merged.cell_tree.query(place, predicate="intersects"))
    cells = refined.cells[near[refined.labels[near, number] == NONE]]
    inside = shapely.area(shapely.intersection(cells, place)) > shapely.area(cells) / 2
    return shapely.union_all([place, *cells[inside]])


def _beside(place: Any, number: int, row: int, merged: Merged) -> Any:
    """Answer the cells of a grid at the place."""
    refined = merged.refined
    near = np.sort(merged.cell_tree.query(place, predicate="dwithin", distance=TOUCH_M))
    return shapely.union_all(refined.cells[near[refined.labels[near, number] == row]])


def _without_special(place: Any, rows: list[int], special: Bools, shapes: Geometries) -> Any:
    """Leave out the campus that lies in the place: the decision is about the grids around it."""
    others = special.copy()
    others[rows] = False
    inside = shapes[others][shapely.intersects(shapes[others], place)]
    return shapely.difference(place, shapely.union_all(inside)) if len(inside) else place


def _of_borders(conflict: Conflict, decision: str, merged: Merged) -> Iterator[Asked]:
    """Let one border stand for both departments, or each its own.

    Where department a drew grid a1 and b drew b2, and each knows the other's grid on its own side of its
    border: a's border makes it (a1, b1), b's (a2, b2), both make it (a1, b2).
    """
    names = kept_grids(conflict.kind, conflict.departments, "")
    a, b = (merged.number(name) for name in names)
    for strip, base, (drawn_a, drawn_b), now in _strips_in(conflict.place, names, merged):
        stands = {a: drawn_a, b: drawn_b}
        letter = kept_letter(decision)
        if letter is not None:
            mine, other = (a, b) if letter == LETTERS[0] else (b, a)
            if now[other] != stands[other]:
                stands[other] = now[other]  # the merge moved this border already
            else:
                beyond = _beyond(strip, base, merged, where=(mine, stands[mine]), which=other)
                stands[other] = next((grid for grid in beyond if grid != stands[other]), stands[other])
        yield from (Asked(layer, row, strip) for layer, row in stands.items())


def _strips_in(
    place: Any, departments: Sequence[str], merged: Merged
) -> Iterator[tuple[Any, int, list[int], list[int]]]:
    """Answer what a place is made of: strips, each with its unit, the grids drawn there, and those there now.

    Drawn by `departments`, now of all.
    """
    refined = merged.refined
    near = np.sort(merged.cell_tree.query(place, predicate="intersects"))
    layers = [_drawn_near(place, name, merged) for name in departments]
    made = arrange([np.array([place]), refined.cells[near], *(polygons for _, polygons, _ in layers)])
    cell = made.smallest(_CELLS, shapely.area(refined.cells[near]))
    face = np.flatnonzero((made.smallest(_PLACE, np.zeros(1)) != NONE) & (cell != NONE))
    drawn = [
        np.append(rows, NONE)[made.smallest(_LAYERS + k, size)[face]]
        for k, (rows, _, size) in enumerate(layers)
    ]
    cell = near[cell[face]]
    keys = np.column_stack([refined.base[cell], *drawn, refined.labels[cell]])
    groups, where = np.unique(keys, axis=0, return_inverse=True)
    strips = made.mesh.dissolve(face, where.ravel().astype(np.int64))
    for strip, (base, *grids) in zip(strips, groups.tolist(), strict=True):
        yield strip, base, grids[: len(layers)], grids[len(layers) :]


def _drawn_near(
    place: Any, department: str, merged: Merged
) -> tuple[Ints, Geometries, npt.NDArray[np.float64]]:
    """Answer rows, polygons and sizes of the grids that a department drew at a place."""
    shapes = merged.shapes(department)
    rows = np.flatnonzero(shapely.intersects(shapes, place))
    return rows, shapes[rows], sizes(shapes, merged.special.first(department))[rows]


def _beyond(strip: Any, base: int, merged: Merged, *, where: tuple[int, int], which: int) -> list[int]:
    """Answer the grids of layer `which` beside the strip, in its unit, longest border first.

    `where` is the layer, and the grid it has there.
    """
    refined = merged.refined
    near = np.sort(merged.cell_tree.query(strip, predicate="dwithin", distance=TOUCH_M))
    near = near[(refined.base[near] == base) & (refined.labels[near, where[0]] == where[1])]
    border = np.array([shapely.length(shore(strip, cell)) for cell in refined.cells[near]])
    return [int(grid) for grid in refined.labels[near[np.argsort(-border, kind="stable")], which]]


def _over_a_border(conflict: Conflict, decision: str, merged: Merged) -> Iterator[Asked]:
    """Give the parts of a grid beyond its main unit to the department's grids there."""
    assert decision == SPLIT
    refined, department = merged.refined, conflict.departments
    number = merged.number(department)
    row = merged.row(department, conflict.grid_ids)
    own = np.flatnonzero(refined.labels[:, number] == row)
    unit, beyond = _parts_beyond(own, conflict.place, merged)
    found = not beyond.any()  # other grids have it already
    for one in np.unique(unit[own[beyond]]).tolist():
        part = shapely.union_all(refined.cells[own[beyond & (unit[own] == one)]])
        rows = _others_there(merged, department, part=part, there=unit == one, row=row)
        grounds = [_ground(refined, (unit == one) & (refined.labels[:, number] == other)) for other in rows]
        parts = divide(part, np.array(grounds, dtype=object), width_m=conflict.width_m) if rows else None
        for other, piece in zip(rows, [] if parts is None else parts, strict=parts is not None):
            if shapely.area(piece):
                found = True
                yield Asked(number, other, piece)
    if not found:
        raise CannotError(told("no_other", department=department))


def _ground(refined: Refinement, cells: Bools) -> Any:
    return shapely.union_all(refined.cells[cells])


def _parts_beyond(own: Ints, place: Any, merged: Merged) -> tuple[Ints, Bools]:
    """Find the rung whose border is meant: that beyond which the grid's cells fill the place best.

    Answers the unit of that rung of every cell, and which of the grid's `own` cells are beyond.
    """
    refined = merged.refined
    cells = refined.cells[own]
    best: tuple[float, Ints, Bools] | None = None
    for number in range(merged.ladder.path.shape[1]):
        unit = merged.ladder.path[refined.base, number]
        of, where = np.unique(unit[own], return_inverse=True)
        main = of[np.argmax(np.bincount(where, weights=shapely.area(cells)))] if len(of) else NONE
        beyond = unit[own] != main
        wrong = shapely.area(shapely.symmetric_difference(shapely.union_all(cells[beyond]), place))
        if best is None or wrong < best[0]:
            best = (float(wrong), unit, beyond)
    assert best is not None
    _, unit, beyond = best
    # Narrow parts beyond the border are within the tolerance and not meant.
    beyond = beyond & (shapely.area(shapely.intersection(cells, place)) > shapely.area(cells) / 2)
    return unit, beyond


def _others_there(merged: Merged, department: str, *, part: Any, there: Bools, row: int) -> list[int]:
    """Rows of the other grids of a department beside a part, in its unit, special-purpose ones left out."""
    labels = merged.refined.labels[:, merged.number(department)]
    special = np.append(merged.special.kept[department], True)  # no grid at all is none of them either
    near = there & (labels != row) & ~special[labels]
    near &= shapely.dwithin(merged.refined.cells, part, TOUCH_M)
    return [int(each) for each in np.unique(labels[near])]


_HOW: Final[Mapping[str, Callable[[Conflict, str, Merged], Iterator[Asked]]]] = {
    "overlap": _among_grids,
    "duplicate_geometry": _among_grids,
    "gap": _among_grids,
    "uncovered": _among_grids,
    "sliver": _among_grids,
    "borders_apart": _of_borders,
    "crosses_rung": _over_a_border,
}

"""Sheets that people sign: one per unit of a rung, one per pair of departments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.conflicts import said_conflicts, unit_said, units_of_conflicts
from gridgov.crosswalk import crosswalk_departments
from gridgov.language import Speaker, listed
from gridgov.network import Network
from gridgov.picture.colours import CONFLICT, GRID_LINE, LAYERS, RUNG_LINE, tints_of
from gridgov.report.content import CONFLICT_ROW, GRID_ROW, Sheet
from gridgov.report.drawing import Ground, Label, Layer, spots
from gridgov.report.facts import GridFacts
from gridgov.schema import SEPARATOR, cell_rungs
from gridgov.topology.regions import dissolve

__all__ = ["pair_sheets", "unit_sheets"]

#: Grids a pair of departments is asked about at most: those that changed most. All are in the workbook.
MOST_PAIR_ROWS: Final = 14
_NONE: Final = "-"
#: Letters closer than this part of their extent would hide each other; in metres at least.
_STEPS, _LEAST_STEP_M = 20, 200.0


@dataclass(frozen=True, slots=True)
class _Open:
    """Conflicts still to decide, with letters."""

    table: pd.DataFrame
    shapes: Any

    def drawn(self) -> tuple[list[Layer], list[Label]]:
        """Red outlines and letters; what is too small to see still has its letter."""
        there = np.flatnonzero(~(shapely.is_missing(self.shapes) | shapely.is_empty(self.shapes)))
        shapes = self.shapes[there]
        letters, points = self._letters(there)
        labels = [
            Label(x, y, str(letter), 0.0, CONFLICT) for (x, y), letter in zip(points, letters, strict=True)
        ]
        return [Layer(shapes=shapely.boundary(shapes), stroke=CONFLICT, width_mm=0.5)], labels

    def _letters(self, there: Any) -> tuple[list[str], Any]:
        """Letters and their places; those of conflicts in one place stand beside each other."""
        points = shapely.get_coordinates(shapely.point_on_surface(self.shapes[there]))
        if not len(points):
            return [], points
        step = max(*np.ptp(points, axis=0), _LEAST_STEP_M) / _STEPS
        _, first, group = np.unique(np.floor(points / step), axis=0, return_index=True, return_inverse=True)
        letters = pd.Series(self.table["letter"].to_numpy(dtype=object)[there])
        return letters.groupby(group).agg(",".join).to_list(), points[first]


def unit_sheets(network: Network, rung: str, facts: GridFacts, say: Speaker) -> list[Sheet]:
    """Answer a sheet for each unit of a rung, in the order of their ids: its unified grids.

    Every open conflict is on one of them, those outside all units on that of the nearest.
    """
    at = units_of_conflicts(network, rung)
    groups = network.cells.groupby(rung, sort=True)
    return [_unit_sheet(network, cells, rung, facts, say, conflicts=at == unit) for unit, cells in groups]


def _unit_sheet(
    network: Network,
    cells: gpd.GeoDataFrame,
    rung: str,
    facts: GridFacts,
    say: Speaker,
    *,
    conflicts: npt.NDArray[np.bool_],
) -> Sheet:
    department = network.departments[0]
    grid = cells[department].to_numpy(dtype=object)
    shapes = np.asarray(cells.geometry.array, dtype=object)
    has = ~pd.isna(grid)
    ids, group = np.unique(grid[has].astype(str), return_inverse=True)
    polygons = dissolve(shapes[has], group.astype(np.int64)) if len(ids) else shapes[:0]
    rows = _rows(facts, department, ids, here=dict(zip(ids, shapely.area(polygons), strict=True)))
    opened = _open(network, conflicts, say)
    above = [r for r in cell_rungs(list(cells.columns)) if r != rung]
    where = " / ".join(str(cells[f"{r}_name"].iloc[0]) for r in above[: _depth(network, rung)])
    signers = [say("signer.unit", name=cells[f"{rung}_name"].iloc[0]), *network.departments]
    total, free = float(shapely.area(shapes).sum()), float(shapely.area(shapes[~has]).sum())
    told = [say("fact.unit", grids=len(ids), m2=total, department=department)]
    if free >= 1:
        told.append(say("fact.free", m2=free, department=department))
    return Sheet(
        kind="unit",
        title=f"{cells[f'{rung}_name'].iloc[0]} {cells[rung].iloc[0]}",
        where=where,
        ground=_unit_ground(shapes, polygons, opened),
        grids=rows,
        conflicts=opened.table,
        facts=told,
        signers=signers,
    )


def _depth(network: Network, rung: str) -> int:
    """How many rungs stand above this one."""
    return cell_rungs(list(network.cells.columns)).index(rung)


def _unit_ground(shapes: Any, polygons: Any, opened: _Open) -> Ground:
    outline = np.array([shapely.coverage_union_all(shapes)], dtype=object)
    red, letters = opened.drawn()
    points, room = spots(polygons)
    numbers = [
        Label(x, y, str(k), float(free))
        for k, ((x, y), free) in enumerate(zip(shapely.get_coordinates(points), room, strict=True), start=1)
    ]
    fills = tints_of(polygons) if len(polygons) else []
    layers = [
        Layer(shapes=polygons, stroke=GRID_LINE, width_mm=0.2, fills=fills),
        Layer(shapes=outline, stroke=RUNG_LINE, width_mm=0.6),
        *red,
    ]
    west, south, east, north = (float(b) for b in shapely.total_bounds(shapes))
    return Ground((west, south, east, north), layers, [*numbers, *letters])


def pair_sheets(network: Network, facts: Mapping[str, GridFacts], say: Speaker) -> list[Sheet]:
    """Answer a sheet for each pair of departments: the grids of both that changed most."""
    if len(network.departments) == 1:
        return []
    sheets = []
    relations = crosswalk_departments(network).relations
    for a, b in combinations(network.departments, 2):
        rows = pd.concat([_most_changed(facts[name], name) for name in (a, b)], ignore_index=True)
        rows = rows.assign(number=np.arange(1, len(rows) + 1))
        both = network.conflicts["departments"].map(
            lambda names, pair=frozenset((a, b)): pair == _names(names)
        )
        opened = _open(network, both.to_numpy(dtype=np.bool_), say)
        told = [_relation(relations, one, other, say) for one, other in ((a, b), (b, a))]
        changed = sum(facts[name].changed_grids for name in (a, b))
        told.append(say("fact.changed", shown=len(rows), grids=changed))
        sheets.append(
            Sheet(
                kind="pair",
                title=f"{a} - {b}",
                where=say("sheet.pair"),
                ground=_pair_ground(network, rows, opened),
                grids=rows,
                conflicts=opened.table,
                facts=told,
                signers=[a, b, say("signer.lead")],
            )
        )
    return sheets


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split(SEPARATOR))


def _most_changed(facts: GridFacts, department: str) -> pd.DataFrame:
    ids = facts.most_changed(MOST_PAIR_ROWS // 2)
    return _rows(facts, department, np.array(ids, dtype=object), here=facts.area)


def _relation(relations: pd.DataFrame, a: str, b: str, say: Speaker) -> str:
    rows = relations[(relations["department_a"] == a) & (relations["department_b"] == b)]
    counts = zip(rows["relation"], rows["grids_of_a"], strict=True)
    said = [f"{name} {many:,}" for name, many in counts if many and name not in {"sliver", "none"}]
    return say("fact.relation", a=a, b=b, counts=listed(said, say.language) or _NONE)


def _pair_ground(network: Network, rows: pd.DataFrame, opened: _Open) -> Ground:
    """The first rung, the grids listed in the colours of their departments, and the conflicts."""
    rung = next(iter(network.rungs.values())) if network.rungs else network.grids
    outlines = np.asarray(rung.geometry.array, dtype=object)
    layers = [Layer(shapes=outlines, stroke=RUNG_LINE, width_mm=0.35, fills=["#F6F7F8"] * len(outlines))]
    labels: list[Label] = []
    for department, mine in rows.groupby("department", sort=False):
        colour = LAYERS[network.departments.index(str(department)) % len(LAYERS)]
        shapes = _grids(network, str(department), mine["grid_id"])
        points, room = spots(shapes)
        layers.append(Layer(shapes=shapes, stroke=colour, width_mm=0.4))
        labels += [
            Label(x, y, str(number), float(free), colour)
            for (x, y), free, number in zip(
                shapely.get_coordinates(points), room, mine["number"], strict=True
            )
        ]
    red, letters = opened.drawn()
    west, south, east, north = (float(b) for b in network.cells.total_bounds)
    return Ground((west, south, east, north), [*layers, *red], [*labels, *letters])


def _grids(network: Network, department: str, ids: pd.Series) -> Any:
    """The polygons of some grids, in their order."""
    at = pd.Index(ids).get_indexer(network.cells[department])
    mine = at >= 0
    return dissolve(np.asarray(network.cells.geometry.array, dtype=object)[mine], at[mine].astype(np.int64))


def _rows(
    facts: GridFacts, department: str, ids: Sequence[str] | Any, *, here: Mapping[str, float]
) -> pd.DataFrame:
    """The rows of a sheet's table: columns as `GRID_ROW`; `here` is the ground of each grid that counts."""
    table = facts.table.reindex(list(ids)).reset_index(names="grid_id")
    table = table.assign(
        number=np.arange(1, len(table) + 1),
        department=department,
        area_m2=[float(here[str(grid)]) for grid in ids],
        changed=pd.Series(facts.changed([str(grid) for grid in ids]), dtype=object),
    )
    return table[list(GRID_ROW)]


def _open(network: Network, which: npt.NDArray[np.bool_], say: Speaker) -> _Open:
    conflicts = network.conflicts[which & (network.conflicts["severity"] == "decide").to_numpy()]
    told = said_conflicts(conflicts, say.language)
    rows = pd.DataFrame(told.drop(columns=told.active_geometry_name))
    rows = rows.assign(
        letter=[_letter(k) for k in range(len(rows))],
        kind=[say.term(f"kind.{kind}") for kind in rows["kind"]],
        # The grids stand in a column of their own.
        place=unit_said(conflicts, say.language),
    )
    return _Open(
        rows[list(CONFLICT_ROW)].reset_index(drop=True), np.asarray(conflicts.geometry.array, dtype=object)
    )


def _letter(number: int) -> str:
    """A, B, .. Z, AA, AB ..

    >>> _letter(0), _letter(25), _letter(26)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(number, 26)
    return ("" if not before else _letter(before - 1)) + chr(ord("A") + last)

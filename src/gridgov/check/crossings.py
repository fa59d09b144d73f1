"""Grids against the rungs: parts beyond the outline, and grids that lie in several units."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.check.ground import Drawn, Ground, Items, Pieces, covers, wide
from gridgov.check.places import rung_told, unit_names
from gridgov.check.problems import NOISE_M, Problem, measured
from gridgov.language import per_cent_number
from gridgov.told import Told, told

__all__ = ["Crossing", "Strips", "crossing_of", "outside_items", "outside_problems"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: A unit with this share inside a grid is taken as a whole: the grid is made of it and does not cut it.
WHOLE_SHARE = 0.9

#: How many units a note names.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Strips:
    """How grids reach over the borders of a rung.

    `count` narrow strips of `area_m2` together, within the tolerance; `wide` grids that are listed.
    """

    rung: str
    count: int
    area_m2: float
    wide: int


@dataclass(frozen=True, slots=True)
class _Shares:
    """Which grid lies in which unit: parallel, by grid, the largest part first; area in m2.

    `minor` are all parts but the largest; `whole`: the grid holds the unit as a whole.
    """

    row: Ints
    unit: Ints
    area: Floats
    minor: Bools
    whole: Bools


def outside_items(drawn: Drawn) -> Items:
    """Answer the faces of grids beyond the outline, labelled by the row of the grid."""
    beyond = ~drawn.outline[drawn.face]
    return Items(drawn.row[beyond], drawn.face[beyond])


def outside_problems(drawn: Drawn, ground: Ground, found: Pieces) -> list[Problem]:
    """List each connected part of a grid beyond the outline: of `outside_items`.

    Within the tolerance it is settled.
    """
    severity = np.where(wide(found.polygons, tolerance_m=ground.tolerance_m), "decide", "settled")
    share = found.area / drawn.area[found.label]
    notes = [
        told("share_of", share=per_cent_number(part, digits=1), grid=drawn.ids[row])
        for row, part in zip(found.label, share, strict=True)
    ]
    rows = [(int(row),) for row in found.label]
    return measured(
        "outside", found.polygons, rows=rows, severity=severity.tolist(), notes=notes, faces=found.faces
    )


@dataclass(frozen=True, slots=True)
class Crossing:
    """How grids lie in the units of a rung.

    `items` are the faces of grids outside the unit that has most of them, labelled `row * units + unit`.
    """

    rung: str
    items: Items
    shares: _Shares

    def problems(self, drawn: Drawn, ground: Ground, found: Pieces) -> list[Problem]:
        """List the grids that are wider than the tolerance in two or more units: `found`, wide, of `items`.

        Each is one row: area, width and geometry are those of the wide parts in all units but the one that
        has most of it. A grid made of whole units (at least 90 % of each) is a note: nothing needs cutting.
        """
        return _crossings(found, _Words(self.rung, unit_names(ground.rungs[self.rung]), drawn, self.shares))

    def strips(self, narrow: Pieces, *, listed: int) -> Strips:
        """Count the narrow parts beyond a border, beside the `listed` grids."""
        drawn = 2 * narrow.area > NOISE_M * shapely.length(narrow.polygons)
        return Strips(self.rung, int(drawn.sum()), float(narrow.area[drawn].sum()), listed)


def crossing_of(drawn: Drawn, ground: Ground, *, rung: str) -> Crossing:
    """Lay one department's grids over the units of a rung."""
    shares = _shares(drawn, ground, rung)
    count = len(ground.rungs[rung])
    row, face, unit = _cuts(drawn, ground, rung)
    label = row * count + unit
    here = np.isin(label, (shares.row * count + shares.unit)[shares.minor])
    return Crossing(rung, Items(label[here], face[here]), shares)


@dataclass(frozen=True, slots=True)
class _Words:
    """What it takes to say how a grid lies in units."""

    rung: str
    names: list[str]
    drawn: Drawn
    shares: _Shares

    def of(self, row: int, units: Ints) -> tuple[str, Told]:
        """Answer severity and note of a grid that is wide in `units` besides its main one."""
        shares = self.shares
        mine = np.flatnonzero((shares.row == row) & (~shares.minor | np.isin(shares.unit, units)))
        parts = [
            told(
                "unit_share",
                unit=self.names[shares.unit[k]],
                share=per_cent_number(shares.area[k] / self.drawn.area[row]),
            )
            for k in mine[:NAMED]
        ]
        named: Any = tuple(parts)
        if len(mine) > NAMED:
            named = told("and_more", units=named, n=len(mine) - NAMED)
        whole = shares.whole[mine].all()
        said = told("whole_units" if whole else "in_units", rung=rung_told(self.rung), units=named)
        return "note" if whole else "decide", said


def _crossings(crossed: Pieces, words: _Words) -> list[Problem]:
    count = max(len(words.names), 1)
    rows = np.unique(crossed.label // count)
    shapes = np.empty(len(rows), dtype=object)
    said, faces = [], []
    for k, row in enumerate(rows.tolist()):
        mine = crossed.label // count == row
        faces.append(np.concatenate([crossed.faces[m] for m in np.flatnonzero(mine).tolist()]))
        shapes[k] = shapely.union_all(crossed.polygons[mine])
        said.append(words.of(row, crossed.label[mine] % count))
    return measured(
        "crosses_rung",
        shapes,
        rows=[(row,) for row in rows.tolist()],
        severity=[severity for severity, _ in said],
        notes=[note for _, note in said],
        faces=faces,
    )


def _cuts(drawn: Drawn, ground: Ground, rung: str) -> tuple[Ints, Ints, Ints]:
    """Answer grid, face and unit, parallel: the grid and the unit both cover the face."""
    unit, unit_face = covers(ground, ground.rung_groups[rung])
    order = np.argsort(unit_face, kind="stable")
    many = np.bincount(unit_face, minlength=len(ground.arrangement))
    start = np.concatenate([[0], np.cumsum(many)])
    repeats = many[drawn.face]
    offset = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    found = unit[order[np.repeat(start[drawn.face], repeats) + offset]]
    return np.repeat(drawn.row, repeats), np.repeat(drawn.face, repeats), found


def _shares(drawn: Drawn, ground: Ground, rung: str) -> _Shares:
    count = max(len(ground.rungs[rung]), 1)
    row, face, unit = _cuts(drawn, ground, rung)
    pair, where = np.unique(row * count + unit, return_inverse=True)
    area = np.bincount(where, weights=ground.arrangement.area[face], minlength=len(pair)).astype(np.float64)
    order = np.lexsort((pair, -area, pair // count))
    row, unit, area = pair[order] // count, pair[order] % count, area[order]
    minor = np.zeros(len(row), dtype=bool)
    minor[1:] = row[1:] == row[:-1]
    of_unit, unit_face = covers(ground, ground.rung_groups[rung])
    size = np.bincount(of_unit, weights=ground.arrangement.area[unit_face], minlength=count)
    return _Shares(row, unit, area, minor, area >= WHOLE_SHARE * size[unit])

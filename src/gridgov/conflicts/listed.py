"""Places that people decide or should know, one row each."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from gridgov.check import Drawn, Ground
from gridgov.check.problems import Problem, in_order, problem_table
from gridgov.conflicts.ground import NONE, Listing, Merged
from gridgov.conflicts.words import NO_GRID, Given, done

__all__ = ["listed_rows"]

Ints = npt.NDArray[np.int64]

#: Kinds that are about ground: what nobody decided yet is open in all of it.
OVER_GROUND = frozenset({"overlap", "uncovered", "outside", "crosses_rung"})
#: Kinds about grids as they were drawn, whose ground may go to another.
OVER_GRIDS = frozenset({"sliver", "duplicate_geometry", "duplicate_id"})


def listed_rows(
    problems: list[Problem],
    drawn: Drawn,
    ground: Ground,
    merged: Merged,
    *,
    settle: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame],
) -> Listing | None:
    """Make a row of each problem, with what the merge did about it; None where there is none.

    `settle` says what people settled.
    """
    if not problems:
        return None
    found = in_order(problems, drawn)
    table = problem_table(found, drawn, ground)
    faces = [_faces(problem, drawn) for problem in found]
    row = np.repeat(np.arange(len(found)), [len(under) for under in faces])
    face = np.concatenate([*faces, drawn.face[:0]])
    given = Given(merged, merged.number, group=row, face=face, count=len(found))
    ids = [*drawn.ids, NO_GRID]
    smallest = _largest(merged.drawn[face], row, merged.area[face], len(found))
    outcome = [
        done(problem.kind, said=said, rows=problem.rows, now=now, smallest=least)
        for problem, said, now, least in zip(
            found, given.said(ids), given.first.tolist(), smallest.tolist(), strict=True
        )
    ]
    changed = merged.changed[face] | (merged.unit[face] == NONE)
    moved = np.bincount(row, weights=merged.area[face] * changed, minlength=len(found))
    table["places"] = 1
    table["moved_m2"] = np.where([len(under) > 0 for under in faces], moved, np.nan)
    table["resolution"] = pd.Series([said for said, _ in outcome], table.index, dtype=object)
    before = table["resolution"]
    table = settle(table)
    declared = (table["resolution"] != before) & (table["kind"] != "uncovered")
    rule = np.array([rule for _, rule in outcome], dtype=object)
    table["rule"] = np.where(declared, "declared", rule)
    is_open = (table["severity"] == "decide").to_numpy()[row]
    counts = is_open | changed
    shapes = table.geometry.to_numpy()
    return Listing(pd.DataFrame(table).drop(columns="geometry"), shapes, row[counts], face[counts])


def _faces(problem: Problem, drawn: Drawn) -> Ints:
    """Answer the faces a problem is about; none where nothing there can change."""
    if problem.faces is not None and problem.kind in OVER_GROUND:
        return np.unique(problem.faces)
    if problem.kind in OVER_GRIDS:
        return np.unique(drawn.face[np.isin(drawn.row, problem.rows)])
    return drawn.face[:0]


def _largest(label: Ints, group: Ints, area: Any, count: int) -> Ints:
    """Answer the label that has most of each group, -1 for none."""
    order = np.lexsort((-label, area, group))
    answer = np.full(count, NONE, dtype=np.int64)
    answer[group[order]] = label[order]
    return answer

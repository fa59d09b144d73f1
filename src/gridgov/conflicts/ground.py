"""The faces of a merge: what each department drew there, and whose they are now."""

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from gridgov.check import Ground, ground_of
from gridgov.check.places import unit_names
from gridgov.ladder import Ladder
from gridgov.topology.arrange import Arrangement
from gridgov.topology.refine import BASE, FIRST_LAYER, Refinement, Tolerances

__all__ = ["NONE", "Listing", "Merged", "ground_for", "ground_of_department", "merged_faces", "tolerance_of"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NONE = -1


@dataclass(frozen=True, slots=True)
class Merged:
    """Faces of the layers as drawn, with what the merge made of them.

    Attributes
    ----------
    area
        (faces,) square metres.
    unit
        (faces,) row of the ladder's unit, -1 outside the city.
    drawn, now
        (faces, departments) row of the grid drawn there (of several the smallest), and of the grid of the
        cell the face is in; -1 for none.
    path
        (units, rungs) row of each unit's polygon in each rung.
    unit_words
        'district / street / community' of each unit; '' behind them.
    """

    area: Floats
    unit: Ints
    drawn: Ints
    now: Ints
    refined: Refinement
    path: Ints
    unit_words: list[str]

    def changed(self, number: int) -> Bools:
        """Tell the faces whose grid of a department is another than the one drawn there."""
        return np.asarray(self.drawn[:, number] != self.now[:, number])


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of the conflicts table, and the faces whose answer they change or leave open.

    `row` and `face` are parallel: `face` counts for `row`.
    """

    table: gpd.GeoDataFrame
    row: Ints
    face: Ints


def tolerance_of(limits: Tolerances, number: int | None) -> float:
    """Answer what counts as the same border in a department's layer (None: a rung), in metres."""
    by_layer: tuple[float, ...] = getattr(limits, "by_layer", ())
    return by_layer[number] if by_layer and number is not None else limits.tolerance_m


def merged_faces(refined: Refinement, ladder: Ladder) -> Merged:
    """Look up what was drawn on each face and what holds there now."""
    inside = refined.face_cell != NONE
    unit = np.where(inside, refined.base[refined.face_cell], NONE)
    now = np.where(inside[:, None], refined.labels[refined.face_cell], NONE)
    names = [unit_names(layer) for layer in ladder.rungs.values()]
    words = [
        " / ".join(named[row] for named, row in zip(names, rows, strict=True) if row != NONE)
        for rows in ladder.path.tolist()
    ]
    return Merged(
        refined.arrangement.area, unit, refined.face_labels, now, refined, ladder.path, [*words, ""]
    )


def ground_for(merged: Merged, ladder: Ladder, limits: Tolerances) -> Ground:
    """Answer what departments are checked against: one group per rung behind the layers' groups."""
    found = merged.refined.arrangement
    drawn = found.group != BASE
    face, group, row = [found.face[drawn]], [found.group[drawn]], [found.row[drawn]]
    first = FIRST_LAYER + merged.drawn.shape[1]
    inside = np.flatnonzero(merged.unit != NONE)
    groups = {}
    for number, rung in enumerate(ladder.rungs):
        groups[rung] = first + number
        named = ladder.path[merged.unit[inside], number]
        face.append(inside[named != NONE])
        group.append(np.full(int((named != NONE).sum()), groups[rung]))
        row.append(named[named != NONE])
    covered = Arrangement(
        found.ground, found.area, np.concatenate(face), np.concatenate(group), np.concatenate(row)
    )
    return ground_of(
        covered,
        rungs=ladder.rungs,
        rung_groups=groups,
        tolerance_m=limits.tolerance_m,
        min_area_m2=limits.min_area_m2,
    )


def ground_of_department(ground: Ground, limits: Tolerances, number: int) -> Ground:
    """Answer the same ground with the department's own tolerance."""
    return replace(ground, tolerance_m=tolerance_of(limits, number))

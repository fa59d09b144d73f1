"""The faces of a merge: what a department drew there, and whose they are now."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gridgov.check import Ground, ground_of
from gridgov.check.places import unit_names
from gridgov.conflicts.packed import Shapes
from gridgov.ladder import Ladder
from gridgov.topology.arrange import Arrangement
from gridgov.topology.overlay import LAYER, Overlay
from gridgov.topology.refine import Refinement, Tolerances

__all__ = ["NONE", "Listing", "Merged", "ground_for", "merged_faces", "tolerance_of"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NONE = -1


@dataclass(frozen=True, slots=True)
class Merged:
    """One department's layer as drawn, laid over the cells, with what the merge made of it.

    Attributes
    ----------
    refined, number
        The merge, and which of its layers this is.
    overlay
        The layer laid over the cells.
    unit
        (faces,) row of the ladder's unit, -1 outside the city.
    now
        (faces, departments) row of the grid of the cell the face is in; -1 for none.
    path
        (units, rungs) row of each unit's polygon in each rung.
    unit_words
        'district / street / community' of each unit; '' behind them.
    """

    refined: Refinement
    number: int
    overlay: Overlay
    unit: Ints
    now: Ints
    path: Ints
    unit_words: list[str]

    @property
    def arrangement(self) -> Arrangement:
        """The faces that the layer's borders and the cells' make together."""
        return self.overlay.arrangement

    @property
    def area(self) -> Floats:
        """(faces,) square metres."""
        return self.arrangement.area

    @property
    def drawn(self) -> Ints:
        """(faces,) row of the department's grid drawn there, of several the smallest; -1 for none."""
        return self.overlay.grid

    @property
    def held(self) -> Ints:
        """(faces,) row of the department's grid that each face is in now; -1 for none."""
        return np.asarray(self.now[:, self.number])

    @property
    def changed(self) -> Bools:
        """Tell the faces whose grid is another than the one drawn there."""
        return np.asarray(self.drawn != self.held)


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of the conflicts table, and the faces whose answer they change or leave open.

    `shapes` are those of the rows of `table`. `row` and `face` are parallel: `face` counts for `row`.
    """

    table: pd.DataFrame
    shapes: Shapes
    row: Ints
    face: Ints


def tolerance_of(limits: Tolerances, number: int | None) -> float:
    """Answer what counts as the same border in a department's layer (None: a rung), in metres."""
    by_layer: tuple[float, ...] = getattr(limits, "by_layer", ())
    return by_layer[number] if by_layer and number is not None else limits.tolerance_m


def merged_faces(refined: Refinement, ladder: Ladder, number: int, overlay: Overlay) -> Merged:
    """Look up what a department drew on each face, and what holds there now."""
    cell = overlay.cell
    inside = cell != NONE
    unit = np.where(inside, refined.base[cell], NONE)
    now = np.where(inside[:, None], refined.labels[cell], NONE)
    names = [unit_names(layer) for layer in ladder.rungs.values()]
    words = [
        " / ".join(named[row] for named, row in zip(names, rows, strict=True) if row != NONE)
        for rows in ladder.path.tolist()
    ]
    return Merged(refined, number, overlay, unit, now, ladder.path, [*words, ""])


def ground_for(merged: Merged, ladder: Ladder, limits: Tolerances) -> Ground:
    """Answer what the department is checked against: one group per rung behind that of its grids."""
    found = merged.arrangement
    face, group, row = [found.face], [found.group], [found.row]
    inside = np.flatnonzero(merged.unit != NONE)
    groups = {}
    for number, rung in enumerate(ladder.rungs):
        groups[rung] = LAYER + 1 + number
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
        tolerance_m=tolerance_of(limits, merged.number),
        min_area_m2=limits.min_area_m2,
    )

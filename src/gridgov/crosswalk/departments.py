"""The crosswalk of departments: the policy, top to bottom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from gridgov.crosswalk.divisions import Divisions, Patches, divisions_of
from gridgov.crosswalk.overlaps import Overlaps, overlaps_of
from gridgov.crosswalk.tables import pair_table, relation_table, total_row
from gridgov.crosswalk.weights import WEIGHT, Portions, burden_of, portions_of
from gridgov.crosswalk.words import WORDS
from gridgov.errors import ArgumentError
from gridgov.language import Many, examples
from gridgov.network import Network
from gridgov.schema import ATTRS, PRECISION_M
from gridgov.topology.refine import Tolerances

__all__ = ["DepartmentCrosswalk", "crosswalk_departments"]

#: As drawn, borders differ; merged, they are common, and what is left was meant.
DRAWN: Final = Tolerances(25.0, 300.0)
MERGED: Final = Tolerances(2 * PRECISION_M, 0.0)


@dataclass(frozen=True, slots=True)
class DepartmentCrosswalk:
    """Who overlaps whom: what `crosswalk_departments` answers.

    Attributes
    ----------
    pairs
        One row per overlap, for each department against each other one; columns as
        `schema.DEPARTMENT_CROSSWALK_COLUMNS`, and those of `schema.CROSSWALK_WEIGHT_COLUMNS` if something
        was counted.
    relations
        For each ordered pair of departments and each relation, how many grids and overlaps have it.
    totals
        For each ordered pair, what the two have in common and what only one has; adds up.
    departments
        In the order given.
    merged
        Whether the borders are those of a network.
    tolerance_m, min_area_m2
        What counted as narrow and as small.
    notes
        Plain sentences: how weight was counted, grids without ground.
    """

    pairs: pd.DataFrame
    relations: pd.DataFrame
    totals: pd.DataFrame
    departments: tuple[str, ...]
    merged: bool
    tolerance_m: float
    min_area_m2: float
    notes: tuple[str, ...]

    @property
    def weighted(self) -> bool:
        """Whether weight was counted."""
        return "weight" in self.pairs


def crosswalk_departments(
    layers: Mapping[str, gpd.GeoDataFrame] | Network,
    *,
    departments: Sequence[str] | None = None,
    weights: gpd.GeoDataFrame | None = None,
    weight: str | None = None,
    tolerance_m: float | None = None,
    min_area_m2: float | None = None,
) -> DepartmentCrosswalk:
    """Answer which grids of which department overlap which of the others, with shares both ways.

    Parameters
    ----------
    layers
        Two or more layers by department, any CRS, as drawn; or a `Network`, whose cells are added up: the
        departments on their common borders.
    departments
        Which of them, in this order; None: all.
    weights
        What else to count, from `read_weights` or a GeoDataFrame with a CRS. Points (households, addresses)
        count where they lie, as `assign_points` places them: in several grids of a department the smallest,
        on a border the lowest id. Polygons (census blocks) are spread evenly over their area.
    weight
        Column of `weights`: numbers, 0 or more; a blank is 0. None: its column ``weight`` if there is one, as
        from `read_weights`, else each row counts one.
    tolerance_m, min_area_m2
        An overlap without a spot as wide as this, or smaller, is a ``sliver`` and does not count for the
        relations. None: 25 and 300 for layers; in a network everything counts, for the merge has settled
        what is narrow.

    Returns
    -------
    For each ordered pair of departments, `share_of_a` sums to 1 for every grid of `a`, what lies in no grid
    of `b` included (relation ``none``). Where grids of one department lie over each other, the smallest
    has the spot, as in a merge: nothing is counted twice.

    Raises
    ------
    ArgumentError
        Fewer than two departments, or tolerances that make no sense.
    SchemaError
        A table that is not a layer, or weights that are no numbers on points or polygons.
    CRSError
        A CRS is missing or cannot be converted.

    Notes
    -----
    Layers are cut along all their borders (`topology.arrange`): about 12 CPU s for three of 5,000 grids.
    """
    divisions = divisions_of(layers, departments=departments)
    default = MERGED if divisions.merged else DRAWN
    limits = Tolerances(
        default.tolerance_m if tolerance_m is None else tolerance_m,
        default.min_area_m2 if min_area_m2 is None else min_area_m2,
    )
    patches, portions, notes = _counted(divisions, weights, weight)
    pairs = list(_ordered(divisions, patches, portions, limits))
    grids = {name: division.grids for name, division in divisions.departments.items()}
    unplaced = 0.0 if portions is None else portions.unplaced
    return DepartmentCrosswalk(
        pairs=pd.concat([pair_table(pair, grids) for pair in pairs], ignore_index=True),
        relations=pd.concat([relation_table(pair, grids) for pair in pairs], ignore_index=True),
        totals=pd.DataFrame([total_row(pair, grids, unplaced) for pair in pairs]),
        departments=tuple(divisions.departments),
        merged=divisions.merged,
        tolerance_m=limits.tolerance_m,
        min_area_m2=limits.min_area_m2,
        notes=(*notes, *_bare_notes(divisions, patches)),
    )


def _counted(
    divisions: Divisions, weights: gpd.GeoDataFrame | None, weight: str | None
) -> tuple[Patches, Portions | None, list[str]]:
    """Cut the ground, lay the weight on it, and say how."""
    if weights is None:
        if weight is not None:
            raise ArgumentError(WORDS("weight_no_weights", weight=weight))
        return divisions.cut(np.empty(0, dtype=object)), None, []
    burden = burden_of(weights, weight)
    blocks, rows = burden.blocks(divisions.bounds, divisions.crs)
    patches = divisions.cut(blocks)
    portions = portions_of(burden, divisions, patches, rows)
    return patches, portions, [_weight_note(weights, weight, polygons=burden.polygons)]


def _ordered(
    divisions: Divisions, patches: Patches, portions: Portions | None, limits: Tolerances
) -> Iterator[Overlaps]:
    """Every department against each other one; the two directions of a pair are one work."""
    done: dict[tuple[str, str], Overlaps] = {}
    for first in divisions.departments:
        for second in divisions.departments:
            if first == second:
                continue
            if (second, first) in done:
                yield done[second, first].reversed()
                continue
            done[first, second] = overlaps_of(patches, portions, first=first, second=second, limits=limits)
            yield done[first, second]


def _weight_note(weights: gpd.GeoDataFrame, weight: str | None, *, polygons: bool) -> str:
    about = weights.attrs.get(ATTRS, {})
    column = about.get("column", weight or (WEIGHT if WEIGHT in weights else None))
    source = WORDS("of_source", source=about["source"]) if about.get("source") else ""
    what = WORDS("weight", column=column or WORDS("the_rows"), source=source)
    if polygons:
        return WORDS("spread_evenly", what=what, n=Many(len(weights)))
    return WORDS("counted_exactly", what=what, n=Many(len(weights)))


def _bare_notes(divisions: Divisions, patches: Patches) -> list[str]:
    """Say which grids have no ground of their own."""
    notes = []
    for name, division in divisions.departments.items():
        label = patches.labels[name]
        own = np.bincount(label[label >= 0], weights=patches.area[label >= 0], minlength=len(division.grids))
        bare = division.grids.ids[own == 0]
        if len(bare):
            why = WORDS("kept_no_cell") if divisions.merged else WORDS("covered")
            notes.append(
                WORDS("without_ground", name=name, n=Many(len(bare)), why=why, grids=examples(list(bare)))
            )
    return notes

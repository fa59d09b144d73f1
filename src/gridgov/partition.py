"""The city divided into cells: what a merge is before anything is said about it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from gridgov.cell_ids import CellIds, CellNames, cell_ids
from gridgov.cells import make_cells
from gridgov.filling import Filled, OnGap, fill_gaps
from gridgov.given import carried, check_given, on_one_plane, together
from gridgov.ladder import Ladder, build_ladder
from gridgov.memory import give_back, no_cycles_sought
from gridgov.network import Network, plain_texts, prove_partition
from gridgov.special import Choice, Special, plain_choice, special_grids
from gridgov.tolerances import each_tolerance
from gridgov.topology.merged import are_merged, with_vertices
from gridgov.topology.refine import DEFAULT_TOLERANCE_M, Refinement, Tolerances, refine

__all__ = ["MIN_AREA_M2", "Partition", "divide", "merge_cells"]

Layers = Mapping[str, gpd.GeoDataFrame]

MIN_AREA_M2 = 300.0


@dataclass(frozen=True, slots=True)
class Partition:
    """A city divided into cells.

    Attributes
    ----------
    ladder, layers
        Rungs, and departments' layers, in the work CRS.
    special
        Grids that keep their place.
    limits
        What was thin, with the tolerance of each layer.
    filled
        The cells, their gaps filled or left.
    naming
        What calls the cells by their ids.
    carry
        Department -> columns that its cells bring along.
    """

    ladder: Ladder
    layers: Layers
    special: Special
    limits: Tolerances
    filled: Filled
    naming: CellIds
    carry: Mapping[str, Sequence[str]]

    def table(self, refined: Refinement) -> tuple[CellNames, gpd.GeoDataFrame]:
        """Prove that cells are a partition of the units; what they are called, and their table, in order."""
        prove_partition(refined.cells, unit=refined.base, units=self.ladder.units)
        give_back(len(refined.cells))
        named = self.naming.name(refined.cells, refined.base, crs=next(iter(self.layers.values())).crs)
        cells = make_cells(
            refined,
            ladder=self.ladder,
            layers=self.layers,
            special=self.special.kept,
            carry=self.carry,
            cell_id=named.ids,
        )
        return named, cells


@no_cycles_sought()
def merge_cells(
    layers: Layers,
    *,
    within: Layers | None = None,
    tolerance_m: float | Mapping[str, float] | None = None,
    min_area_m2: float = MIN_AREA_M2,
    carry: Mapping[str, Sequence[str]] | None = None,
    on_gap: str = "leave",
    special: Choice | None = None,
    allow_cross: Choice | None = None,
    codes: str | None = None,
    parents: Collection[str] | None = None,
    previous: Network | None = None,
) -> gpd.GeoDataFrame:
    """Answer the cells of `merge_grids` alone: no list of conflicts, no crosswalk, no account of what moved.

    For a program that needs nothing else, or tries one tolerance after the other. Parameters and errors are
    those of `merge_grids`, and so are the cells: the same table, proven too.

    Notes
    -----
    Half of the CPU seconds of `merge_grids`.
    """
    cut = divide(
        layers,
        within=within,
        tolerance_m=tolerance_m,
        min_area_m2=min_area_m2,
        carry=carry,
        on_gap=on_gap,
        special=special,
        allow_cross=allow_cross,
        codes=codes,
        parents=parents,
        previous=previous,
    )
    _, cells = cut.table(cut.filled.refined)
    return plain_texts(cells.sort_values("cell_id", ignore_index=True))


def divide(
    layers: Layers,
    *,
    within: Layers | None,
    tolerance_m: float | Mapping[str, float] | None,
    min_area_m2: float,
    carry: Mapping[str, Sequence[str]] | None,
    on_gap: str,
    special: Choice | None,
    allow_cross: Choice | None,
    codes: str | None,
    parents: Collection[str] | None,
    previous: Network | None,
) -> Partition:
    """Divide a city by its rungs and by the grids of all departments; see `gridgov.merge.merge_grids`."""
    within, carry = dict(within or {}), carried(carry or {})
    check_given(layers, within, carry)
    gaps = OnGap.parse(on_gap)
    wanted = each_tolerance(tolerance_m, layers)
    limits = Tolerances(_for_rungs(tolerance_m), min_area_m2)
    drawn, rungs = on_one_plane(layers, within)
    purpose = special_grids(drawn, special=plain_choice(special), allow_cross=plain_choice(allow_cross))

    everything = [np.asarray(each.geometry.array) for each in (*drawn.values(), *rungs.values())]
    seamless = are_merged(everything)
    ladder = build_ladder(rungs, drawn=together(drawn), limits=limits, seamless=seamless)
    naming = cell_ids(ladder, codes=codes, parents=parents, **_before(previous))
    merged = seamless or are_merged(everything[: len(drawn)], units=ladder.units, bounded=bool(rungs))
    refined = _refine(ladder, drawn, purpose, limits, wanted, merged=merged)
    limits = replace(limits, by_layer=tuple(found.tolerance_m for found in refined.offsets))
    filled = fill_gaps(refined, on_gap=gaps, layers=drawn, special=purpose.kept)
    return Partition(ladder, drawn, purpose, limits, filled, naming, carry)


def _for_rungs(tolerance_m: float | Mapping[str, float] | None) -> float:
    """Answer the tolerance between rungs: the one number given for all, or the default."""
    return tolerance_m if isinstance(tolerance_m, int | float) else DEFAULT_TOLERANCE_M


def _before(previous: Network | None) -> dict[str, Any]:
    """Cells and register of the previous network, if there is one."""
    return {} if previous is None else {"previous": previous.cells, "register": previous.register}


def _refine(
    ladder: Ladder,
    drawn: Layers,
    special: Special,
    limits: Tolerances,
    wanted: Mapping[str, float | None],
    *,
    merged: bool,
) -> Refinement:
    """Cut the units by all departments; grids that are no slivers, or special, keep their largest piece."""
    polygons = {name: np.asarray(layer.geometry.array) for name, layer in drawn.items()}
    keep = [special.kept[n] | merged | (shapely.area(p) >= limits.min_area_m2) for n, p in polygons.items()]
    return refine(
        with_vertices(ladder.units, list(polygons.values())) if merged else ladder.units,
        list(polygons.values()),
        keep=keep,
        limits=limits,
        tolerances=list(wanted.values()),
        first=[special.first(name) for name in polygons],
        everywhere=[special.crossing[name] for name in polygons],
        names=list(polygons),
        merged=merged,
    )

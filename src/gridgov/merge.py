"""Merging departmental layers into one network: the policy, top to bottom."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from gridgov.accounts import Accounts
from gridgov.balance import balance_of
from gridgov.cell_ids import CellIds, CellNames, cell_ids
from gridgov.cells import make_cells, make_drawn, make_rung, make_unified_grids
from gridgov.conflicts import find_conflicts
from gridgov.decisions import Decisions, apply_decisions
from gridgov.filling import OnGap, fill_gaps
from gridgov.given import carried, check_given, on_one_plane, together
from gridgov.ladder import Ladder, build_ladder
from gridgov.memory import give_back, no_cycles_sought
from gridgov.network import Network, prove_partition
from gridgov.provenance import provenance_of, text_hash
from gridgov.special import Choice, Special, plain_choice, special_grids
from gridgov.threads import check_jobs
from gridgov.tolerances import each_tolerance
from gridgov.topology.refine import DEFAULT_TOLERANCE_M, Refinement, Tolerances, refine

__all__ = ["merge_grids"]

MIN_AREA_M2 = 300.0


@no_cycles_sought()
def merge_grids(
    layers: Mapping[str, gpd.GeoDataFrame],
    *,
    within: Mapping[str, gpd.GeoDataFrame] | None = None,
    tolerance_m: float | Mapping[str, float] | None = None,
    min_area_m2: float = MIN_AREA_M2,
    carry: Mapping[str, Sequence[str]] | None = None,
    on_gap: str = "leave",
    special: Choice | None = None,
    allow_cross: Choice | None = None,
    weights: gpd.GeoDataFrame | None = None,
    incidents: gpd.GeoDataFrame | None = None,
    decisions: Decisions | None = None,
    codes: str | None = None,
    parents: Collection[str] | None = None,
    previous: Network | None = None,
    jobs: int = 1,
) -> Network:
    """Merge departmental layers into one seamless network.

    Parameters
    ----------
    layers
        Department name -> layer (from `read_grids` or `make_grids`), in order of precedence: where borders
        differ by less than the tolerance, the first department's stands. One layer or more, any CRS.
    within
        Rung name -> layer, coarse to fine (`{"district": ..., "street": ...}`). Their borders are hard: no
        cell crosses them, and the first rung bounds the city. Without any, the layers together do, as one
        district `all`.
    tolerance_m
        Pieces narrower than this, in metres, are two drawings of one border: they join a neighbour. One
        number for all departments, or one for some by name; where nothing is said, it is found from how far
        the department's borders lie from those that count for more, and 25 if too few lie near any.
    min_area_m2
        Pieces smaller than this join a neighbour too. Special-purpose grids keep their place in any case.
    carry
        Department -> columns to bring along into the cells, as `<department>_<column>`; `name` too.
    on_gap
        ``leave``: ground that no grid of a department covers stays without one. ``fill``: the grid of the
        longest shared border gets it, inside each unit of the finest rung; not in departments that cover
        less than half of the city, and special-purpose grids do not grow.
    special
        Department -> column -> values: grids that are special-purpose besides those that lie inside others.
        They keep their place whatever their size, and win over the other grids that they overlap.
    allow_cross
        The same form: grids declared to lie in several units of a rung. They keep a cell in each unit in
        which they are as wide as the tolerance.
    weights
        Households and the like, from `read_weights`, or any table of points or polygons, with a column
        ``weight``: those whose answer changes are counted for each conflict.
    incidents
        Points with a coordinate system, one incident each, counted likewise.
    decisions
        What people decided about conflicts, from `read_decisions`; those that are no more are counted.
    codes
        ``unit15``: cell ids are the 15-digit codes of unit grids, numbered inside the 12-digit community that
        the rungs name. None: ``<unit of the first rung>-<number>``.
    parents
        All 12-digit codes of communities that there are: those of the rungs must be among them.
    previous
        The network before this one. Cells that follow one of its cells, more than half of each being the
        other, keep the id if they lie in the same parent; other ids are retired, and none is given twice.
    jobs
        How many departments are worked on at the same time, where they do not depend on each other. The
        answer is the same.

    Returns
    -------
    A proven partition: every spot of the city in exactly one cell. Coordinates are in the first rung's (or
    first layer's) CRS if that is projected in metres, else in the CGCS2000 3-degree zone or UTM zone, rounded
    to 1 cm.

    Raises
    ------
    ArgumentError
        Names that cannot be columns or are not there, or numbers that make no sense.
    CodeError
        Rungs whose ids are no codes, or that are not among the parents; more cells than numbers.
    SchemaError
        A table that is not a layer, a column to carry that is not there, a declared value that no grid has,
        or no grid at all.
    TopologyError
        The proof failed: a fault of gridgov, with the place.

    Notes
    -----
    docs/merging.md explains the steps. About 4 CPU seconds for three layers of 500 grids of 60 vertices.
    """
    within, carry = dict(within or {}), carried(carry or {})
    check_given(layers, within, carry)
    gaps = OnGap.parse(on_gap)
    check_jobs(jobs)
    wanted = each_tolerance(tolerance_m, layers)
    limits = Tolerances(_for_rungs(tolerance_m), min_area_m2)
    drawn, rungs = on_one_plane(layers, within)
    purpose = special_grids(drawn, special=plain_choice(special), allow_cross=plain_choice(allow_cross))

    ladder = build_ladder(rungs, drawn=together(drawn), limits=limits)
    naming = cell_ids(ladder, codes=codes, parents=parents, **_before(previous))
    refined = _refine(ladder, drawn, purpose, limits, wanted)
    limits = replace(limits, by_layer=tuple(found.tolerance_m for found in refined.offsets))
    filled = fill_gaps(refined, on_gap=gaps, layers=drawn, special=purpose.kept)
    look = partial(
        find_conflicts,
        ladder=ladder,
        layers=drawn,
        limits=limits,
        special=purpose,
        weights=weights,
        incidents=incidents,
        jobs=jobs,
    )
    describe = partial(
        _described, naming=naming, ladder=ladder, layers=drawn, special=purpose.kept, carry=carry
    )
    decided: dict[str, Any] = {}
    if decisions is None:
        _prove(filled.refined, ladder)  # before the conflicts take their memory
        named, unsorted = describe(filled.refined)
        accounts = Accounts(filled.refined, drawn, cells=unsorted, limits=limits)
        conflicts = look(filled.refined, beside=accounts.give)
    else:
        filled = filled.kept()
        applied = apply_decisions(
            filled,
            conflicts=look(filled.refined),
            decisions=decisions,
            layers=drawn,
            special=purpose,
            ladder=ladder,
            limits=limits,
        )
        filled, conflicts, decided = applied.filled, applied.conflicts, {"decisions": applied.summary}
        _prove(filled.refined, ladder)
        named, unsorted = describe(filled.refined)
        accounts = Accounts(filled.refined, drawn, cells=unsorted, limits=limits)
        accounts.give_all(jobs=jobs)
    give_back()

    cells = unsorted.sort_values("cell_id", ignore_index=True)
    first = next(iter(drawn))
    grids = make_unified_grids(cells, layer=drawn[first], carry=carry.get(first, ()))
    merged = {rung: make_rung(cells, rung=rung, units=units) for rung, units in ladder.rungs.items()}
    made = {"rungs": merged, "cells": cells, "grids": grids, "conflicts": conflicts}
    moved = accounts.moved
    summary = balance_of(filled, layers=drawn, ladder=ladder, special=purpose, moved=moved, **made) | decided
    summary |= {"codes": named.summary} if named.summary else {}
    declared = {"special": plain_choice(special), "allow_cross": plain_choice(allow_cross)}
    options = {"carry": carry, "on_gap": gaps.value, **declared, **_source_of(decisions)}
    options |= _codes_of(codes, parents, previous)
    provenance = provenance_of(cells, layers=layers, within=within, limits=limits, options=options)
    return Network(
        **made,
        crosswalk=accounts.crosswalk,
        summary=summary,
        provenance=provenance,
        drawn=make_drawn(drawn),
        register=named.register,
        succession=named.succession,
    )


def _described(
    refined: Refinement, *, naming: CellIds, layers: Mapping[str, gpd.GeoDataFrame], **more: Any
) -> tuple[CellNames, gpd.GeoDataFrame]:
    """What the cells are called, and their table, in their order."""
    named = naming.name(refined.cells, refined.base, crs=next(iter(layers.values())).crs)
    return named, make_cells(refined, layers=layers, cell_id=named.ids, **more)


def _prove(refined: Refinement, ladder: Ladder) -> None:
    """Raise TopologyError unless the cells are a partition of the units."""
    prove_partition(refined.cells, unit=refined.base, units=ladder.units)
    give_back()


def _for_rungs(tolerance_m: float | Mapping[str, float] | None) -> float:
    """Answer the tolerance between rungs: the one number given for all, or the default."""
    return tolerance_m if isinstance(tolerance_m, int | float) else DEFAULT_TOLERANCE_M


def _source_of(decisions: Decisions | None) -> dict[str, Any]:
    """Name the decisions in the provenance, where there are any."""
    if decisions is None:
        return {}
    return {"decisions": {"source": decisions.source, "rows": len(decisions), "sha256": decisions.sha256}}


def _before(previous: Network | None) -> dict[str, Any]:
    """Cells and register of the previous network, if there is one."""
    return {} if previous is None else {"previous": previous.cells, "register": previous.register}


def _codes_of(codes: str | None, parents: Collection[str] | None, previous: Network | None) -> dict[str, Any]:
    """Name scheme, list of parents and previous network in the provenance, where there are any."""
    said: dict[str, Any] = {"codes": codes} if codes else {}
    if parents is not None:
        said["parents"] = {"rows": len(parents), "sha256": text_hash(sorted(parents))}
    return said if previous is None else {**said, "previous": previous.version}


def _refine(
    ladder: Ladder,
    drawn: Mapping[str, gpd.GeoDataFrame],
    special: Special,
    limits: Tolerances,
    wanted: Mapping[str, float | None],
) -> Refinement:
    """Cut the units by all departments; grids that are no slivers, or special, keep their largest piece."""
    polygons = {name: np.asarray(layer.geometry.array) for name, layer in drawn.items()}
    keep = [special.kept[name] | (shapely.area(p) >= limits.min_area_m2) for name, p in polygons.items()]
    return refine(
        ladder.units,
        list(polygons.values()),
        keep=keep,
        limits=limits,
        tolerances=list(wanted.values()),
        first=[special.first(name) for name in polygons],
        everywhere=[special.crossing[name] for name in polygons],
        names=list(polygons),
    )

"""Merging departmental layers into one network: the policy, top to bottom."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

import geopandas as gpd

from gridgov.accounts import Accounts
from gridgov.balance import balance_of
from gridgov.cells import make_drawn, make_rung, make_unified_grids
from gridgov.conflicts import find_conflicts
from gridgov.decisions import Decisions, apply_decisions
from gridgov.memory import give_back, no_cycles_sought
from gridgov.network import Network
from gridgov.partition import MIN_AREA_M2, divide
from gridgov.provenance import provenance_of, text_hash
from gridgov.special import Choice, plain_choice
from gridgov.threads import check_jobs

__all__ = ["merge_grids"]


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
    check_jobs(jobs)
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
    filled, ladder, drawn, limits = cut.filled, cut.ladder, cut.layers, cut.limits
    look = partial(
        find_conflicts,
        ladder=ladder,
        layers=drawn,
        limits=limits,
        special=cut.special,
        weights=weights,
        incidents=incidents,
        jobs=jobs,
    )
    decided: dict[str, Any] = {}
    if decisions is None:
        named, unsorted = cut.table(filled.refined)  # before the conflicts take their memory
        accounts = Accounts(filled.refined, drawn, cells=unsorted, limits=limits)
        conflicts = look(filled.refined, beside=accounts.give)
    else:
        filled = filled.kept()
        applied = apply_decisions(
            filled,
            conflicts=look(filled.refined),
            decisions=decisions,
            layers=drawn,
            special=cut.special,
            ladder=ladder,
            limits=limits,
        )
        filled, conflicts, decided = applied.filled, applied.conflicts, {"decisions": applied.summary}
        named, unsorted = cut.table(filled.refined)
        accounts = Accounts(filled.refined, drawn, cells=unsorted, limits=limits)
        accounts.give_all(jobs=jobs)
    give_back(len(unsorted))

    cells = unsorted.sort_values("cell_id", ignore_index=True)
    first = next(iter(drawn))
    grids = make_unified_grids(cells, layer=drawn[first], carry=cut.carry.get(first, ()))
    merged = {rung: make_rung(cells, rung=rung, units=units) for rung, units in ladder.rungs.items()}
    made = {"rungs": merged, "cells": cells, "grids": grids, "conflicts": conflicts}
    moved = accounts.moved
    summary = balance_of(filled, layers=drawn, ladder=ladder, special=cut.special, moved=moved, **made)
    summary |= decided | ({"codes": named.summary} if named.summary else {})
    declared = {"special": plain_choice(special), "allow_cross": plain_choice(allow_cross)}
    options = {"carry": cut.carry, "on_gap": on_gap, **declared, **_source_of(decisions)}
    options |= _codes_of(codes, parents, previous)
    given = {"layers": layers, "within": dict(within or {})}
    provenance = provenance_of(cells, **given, limits=limits, options=options)
    return Network(
        **made,
        crosswalk=accounts.crosswalk,
        summary=summary,
        provenance=provenance,
        drawn=make_drawn(drawn),
        register=named.register,
        succession=named.succession,
    )


def _source_of(decisions: Decisions | None) -> dict[str, Any]:
    """Name the decisions in the provenance, where there are any."""
    if decisions is None:
        return {}
    return {"decisions": {"source": decisions.source, "rows": len(decisions), "sha256": decisions.sha256}}


def _codes_of(codes: str | None, parents: Collection[str] | None, previous: Network | None) -> dict[str, Any]:
    """Name scheme, list of parents and previous network in the provenance, where there are any."""
    said: dict[str, Any] = {"codes": codes} if codes else {}
    if parents is not None:
        said["parents"] = {"rows": len(parents), "sha256": text_hash(sorted(parents))}
    return said if previous is None else {**said, "previous": previous.version}

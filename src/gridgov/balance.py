"""The balance of a merge: how many of what, and how many square metres belong to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from gridgov.filling import Filled
from gridgov.ladder import Ladder
from gridgov.schema import PART_SHARE
from gridgov.special import Special
from gridgov.topology.overlay import Overlay
from gridgov.topology.refine import Refinement

__all__ = ["Moved", "balance_of", "moved_of"]

NONE = -1


@dataclass(frozen=True, slots=True)
class Moved:
    """Square metres in the city whose grid of a department is another than was drawn there.

    `filled` are those that had none and were given to a neighbour; `moved` are all others.
    """

    moved: float
    filled: float


def moved_of(refined: Refinement, number: int, overlay: Overlay) -> Moved:
    """Sum up what moved of the department whose layer `number` is.

    Of what was given to a neighbour, strips that a grid was drawn on were not bare: these move, or came back.
    """
    inside = overlay.cell != NONE
    now = np.append(refined.labels[:, number], NONE)[overlay.cell]
    changed = inside & (overlay.grid != now)
    filled = changed & overlay.given & (overlay.grid == NONE)
    area = overlay.arrangement.area
    return Moved(float(area[changed & ~filled].sum()), float(area[filled].sum()))


def balance_of(
    filled: Filled,
    *,
    layers: Mapping[str, gpd.GeoDataFrame],
    ladder: Ladder,
    rungs: Mapping[str, gpd.GeoDataFrame],
    cells: gpd.GeoDataFrame,
    grids: gpd.GeoDataFrame,
    conflicts: gpd.GeoDataFrame,
    special: Special,
    moved: Mapping[str, Moved],
) -> dict[str, Any]:
    """Answer a network's summary: plain numbers under plain names.

    Returns
    -------
    ``departments`` (grids each), ``rungs`` (units each), ``cells``, ``unified_grids``, ``special``
    (special-purpose grids with a cell), ``declared`` (``special`` and ``crossing``: grids people declared),
    ``lost`` (per department, grids without a cell: smaller than a sliver, hidden under a smaller grid, or
    outside the city; units of a rung likewise, where there are any), ``for_a_part`` (departments that cover
    less than half of the city, as a zone does),
    ``area_m2`` (``city``; ``by_all``, ``by_some``, ``by_none`` of the other departments, which add up;
    ``covered`` and ``moved`` per department), ``borders`` (per department: ``apart_m``, by how many metres
    its borders differ from those that count for more, None where too few lie near others to tell,
    ``tolerance_m``, and ``shift_m`` to the east and north by which the layer as a whole was moved),
    ``filled`` (with ``--on-gap fill``, per department that was filled: m2 ``filled``, which are not among
    those moved, and ``left``) and ``conflicts`` (per severity, per kind).
    """
    refined = filled.refined
    area = shapely.area(refined.cells)
    everywhere = refined.labels != NONE
    partial = (everywhere * area[:, None]).sum(axis=0) < PART_SHARE * area.sum()
    has = everywhere if partial.all() else everywhere[:, ~partial]
    severities, kinds = conflicts["severity"], conflicts["kind"]
    return {
        "departments": {name: len(layer) for name, layer in layers.items()},
        "rungs": {name: len(units) for name, units in rungs.items()},
        "cells": len(cells),
        "unified_grids": len(grids),
        "special": int(cells["special"].dropna().nunique()),
        "declared": {
            "special": sum(int(which.sum()) for which in special.declared.values()),
            "crossing": sum(int(which.sum()) for which in special.crossing.values()),
        },
        "lost": {name: _lost(refined, k, layer) for k, (name, layer) in enumerate(layers.items())}
        | _lost_units(ladder, rungs),
        "for_a_part": [name for name, part in zip(layers, partial, strict=True) if part],
        "area_m2": {
            "city": float(area.sum()),
            "by_all": float(area[has.all(axis=1)].sum()),
            "by_some": float(area[has.any(axis=1) & ~has.all(axis=1)].sum()),
            "by_none": float(area[~has.any(axis=1)].sum()),
            "covered": {name: float(area[everywhere[:, k]].sum()) for k, name in enumerate(layers)},
            "moved": {name: moved[name].moved for name in layers},
        },
        "borders": {
            name: {"apart_m": found.apart_m, "tolerance_m": found.tolerance_m, "shift_m": list(found.shift)}
            for name, found in zip(layers, refined.offsets, strict=True)
        },
        "filled": {
            name: {"filled": moved[name].filled, "left": filled.left_m2(k)}
            for k, name in enumerate(layers)
            if name in filled.departments
        },
        "conflicts": {
            severity: {str(k): int(n) for k, n in kinds[severities == severity].value_counts().items()}
            for severity in ("decide", "settled", "note")
        },
    }


def _lost(refined: Refinement, number: int, layer: gpd.GeoDataFrame) -> list[str]:
    """Ids of the grids that no cell carries."""
    found = np.zeros(len(layer) + 1, dtype=bool)
    found[refined.labels[:, number]] = True
    return [str(grid) for grid in layer["grid_id"].to_numpy(dtype=object)[~found[:-1]]]


def _lost_units(ladder: Ladder, rungs: Mapping[str, gpd.GeoDataFrame]) -> dict[str, list[str]]:
    """Ids of the units that no cell lies in, for the rungs that have any."""
    lost = {
        rung: sorted(set(drawn["grid_id"].astype(str)) - set(rungs[rung]["grid_id"]))
        for rung, drawn in ladder.rungs.items()
    }
    return {rung: units for rung, units in lost.items() if units}

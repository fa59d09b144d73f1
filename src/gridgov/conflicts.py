"""The list of conflicts: where layers disagree, and what the merge decided there."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.border_strips import border_strips
from gridgov.check import Ground, check_grids, ground_of, layer_problems
from gridgov.filling import Filled
from gridgov.ladder import Ladder
from gridgov.schema import CONFLICT_COLUMNS, NO_RUNG, NO_RUNG_UNIT, SEPARATOR, SEVERITIES
from gridgov.settled import settle
from gridgov.special import Special
from gridgov.topology.arrange import Arrangement
from gridgov.topology.refine import BASE, FIRST_LAYER, Refinement, Tolerances

__all__ = ["find_conflicts"]

Texts = npt.NDArray[Any]

NONE = -1

#: Places are rounded to this before they become part of a conflict's id, so that it survives a re-run and
#: a new delivery that draws the same fault a little differently.
ID_PLACE_M = 50.0
ID_DIGITS = 10

NO_GRID = "no grid"

WHAT_HAPPENED: Mapping[str, Callable[[str], str]] = {
    "invalid": lambda _: "repaired",
    "no_geometry": lambda _: "left out",
    "duplicate_id": lambda _: "taken as one grid",
    "duplicate_geometry": lambda given: f"given to {given}",
    "multipart": lambda _: "kept",
    "no_owner": lambda _: "kept without an owner",
    "overlap": lambda given: f"given to {given}, the smallest grid there or the better match",
    "gap": lambda given: f"left with {given}" if given == NO_GRID else f"joined to {given}",
    "uncovered": lambda given: f"left with {given}",
    "outside": lambda _: "left out: beyond the outline",
    "sliver": lambda given: f"now in {given}",
    "crosses_rung": lambda _: "cut at the border",
    "nested": lambda _: "kept as special-purpose grid",
}


def find_conflicts(
    refined: Refinement,
    *,
    ladder: Ladder,
    layers: Mapping[str, gpd.GeoDataFrame],
    limits: Tolerances,
    filled: Filled,
    special: Special,
) -> gpd.GeoDataFrame:
    """Answer the conflicts table: decisions first, then what was settled, the largest first.

    Parameters
    ----------
    refined
        The merge, with the faces that all layers make together.
    ladder, layers
        Rungs and departments' layers in the work CRS, rows as in `refined`.
    limits
        What was taken as the same border.
    filled, special
        What is settled beforehand: gaps that were filled, grids that people declared.
    """
    ground = _ground(refined, ladder, limits)
    tables = [_rung_problems(ladder, limits)]
    for number, (department, layer) in enumerate(layers.items()):
        found = layer_problems(layer, ground, group=FIRST_LAYER + number, department=department)
        told = found.assign(resolution=_resolutions(found, refined, number, layer))
        tables.append(
            settle(told, number=number, department=department, layer=layer, filled=filled, special=special)
        )
    tables.append(border_strips(refined, ground, layers=layers))
    tables = [table for table in tables if len(table)]
    crs = next(iter(layers.values())).crs
    if not tables:
        return gpd.GeoDataFrame(
            columns=[*CONFLICT_COLUMNS, *ladder.rungs, "geometry"], geometry="geometry", crs=crs
        )
    joined = gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), geometry="geometry", crs=crs)
    return _finished(joined, list(ladder.rungs))


def _ground(refined: Refinement, ladder: Ladder, limits: Tolerances) -> Ground:
    """Name the units of the arrangement by their path, one group per rung behind the layers' groups."""
    found = refined.arrangement
    units = found.group == BASE
    face, group, row = [found.face], [found.group], [found.row]
    first = FIRST_LAYER + refined.labels.shape[1]
    groups = {rung: first + number for number, rung in enumerate(ladder.rungs)}
    for number, rung in enumerate(ladder.rungs):
        named = ladder.path[found.row[units], number]
        face.append(found.face[units][named != NONE])
        group.append(np.full(int((named != NONE).sum()), groups[rung]))
        row.append(named[named != NONE])
    with_rungs = Arrangement(
        found.faces, found.area, np.concatenate(face), np.concatenate(group), np.concatenate(row)
    )
    return ground_of(
        with_rungs,
        rungs=ladder.rungs,
        rung_groups=groups,
        tolerance_m=limits.tolerance_m,
        min_area_m2=limits.min_area_m2,
    )


def _rung_problems(ladder: Ladder, limits: Tolerances) -> pd.DataFrame:
    """Check the rungs themselves, each within the coarser ones."""
    tables = []
    names = list(ladder.rungs)
    for number, rung in enumerate(names):
        layer = ladder.rungs[rung]
        if rung == NO_RUNG and layer["grid_id"].tolist() == [NO_RUNG_UNIT]:
            continue
        coarser = {name: ladder.rungs[name] for name in names[:number]}
        report = check_grids(
            {rung: layer}, within=coarser, tolerance_m=limits.tolerance_m, min_area_m2=limits.min_area_m2
        )
        found = report.problems[~report.problems["kind"].isin(["no_owner", "nested"])]
        tables.append(found.assign(resolution=""))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def _resolutions(
    found: gpd.GeoDataFrame, refined: Refinement, number: int, layer: gpd.GeoDataFrame
) -> list[str]:
    """Say what the merge did at each place, from the cell that lies there now."""
    given = np.full(len(found), NO_GRID, dtype=object)
    shown = np.flatnonzero(found.geometry.notna() & ~found.geometry.is_empty)
    spots = shapely.points(found["lon"].to_numpy(float), found["lat"].to_numpy(float))
    spots = gpd.GeoSeries(spots, crs=4490).to_crs(found.crs).to_numpy()
    place, cell = shapely.STRtree(refined.cells).query(spots[shown], predicate="intersects")
    row = refined.labels[cell, number]
    ids = layer["grid_id"].to_numpy(dtype=object)
    given[shown[place[row != NONE]]] = ids[row[row != NONE]]
    return [WHAT_HAPPENED[kind](str(to)) for kind, to in zip(found["kind"], given, strict=True)]


def _finished(conflicts: gpd.GeoDataFrame, rungs: list[str]) -> gpd.GeoDataFrame:
    """Give every conflict its id and the empty columns that people fill; order by consequence."""
    conflicts = conflicts.assign(conflict_id=_ids(conflicts), decision=None, decided_by=None, decided_on=None)
    conflicts["area_m2"] = conflicts["area_m2"].astype(float)
    rank = conflicts["severity"].map(list(SEVERITIES).index)
    order = np.lexsort((conflicts["conflict_id"].astype(str), -conflicts["area_m2"].fillna(0.0), rank))
    return (
        conflicts.iloc[order].reset_index(drop=True).reindex(columns=[*CONFLICT_COLUMNS, *rungs, "geometry"])
    )


def _ids(conflicts: gpd.GeoDataFrame) -> list[str]:
    """Hash kind, sorted grid ids and the place rounded to 50 m; equal ones are numbered by place."""
    bounds = conflicts.geometry.bounds.to_numpy()
    x, y = (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2
    place = np.round(np.nan_to_num(np.stack([x, y], axis=1)) / ID_PLACE_M).astype(np.int64)
    keys = [
        f"{kind}|{departments}|{SEPARATOR.join(sorted(str(ids).split(SEPARATOR)))}|{at[0]}|{at[1]}"
        for kind, departments, ids, at in zip(
            conflicts["kind"], conflicts["departments"], conflicts["grid_ids"], place, strict=True
        )
    ]
    base = pd.Series([hashlib.sha256(key.encode()).hexdigest()[:ID_DIGITS] for key in keys])
    order = np.lexsort((np.nan_to_num(y), np.nan_to_num(x), base))
    nth = base.iloc[order].groupby(base.iloc[order]).cumcount().sort_index()
    return [name if n == 0 else f"{name}-{n + 1}" for name, n in zip(base, nth, strict=True)]

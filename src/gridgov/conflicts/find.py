"""The policy: decisions place by place, what is settled in one row per pair of grids."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from gridgov.conflicts.consequence import weight_of_faces
from gridgov.conflicts.department import Department, department_rows
from gridgov.conflicts.finish import finished
from gridgov.conflicts.ground import Listing, ground_for, ground_of_department, merged_faces
from gridgov.conflicts.rungs import rung_rows
from gridgov.filling import Filled
from gridgov.ladder import Ladder
from gridgov.schema import CONFLICT_COLUMNS
from gridgov.special import Special
from gridgov.threads import each
from gridgov.topology.distinct import distinct_only
from gridgov.topology.refine import Refinement, Tolerances

__all__ = ["find_conflicts"]


def find_conflicts(
    refined: Refinement,
    *,
    ladder: Ladder,
    layers: Mapping[str, gpd.GeoDataFrame],
    limits: Tolerances,
    filled: Filled,
    special: Special,
    weights: gpd.GeoDataFrame | None = None,
    incidents: gpd.GeoDataFrame | None = None,
    jobs: int = 1,
) -> gpd.GeoDataFrame:
    """Answer the conflicts table: what needs a decision first, then what matters most.

    Parameters
    ----------
    refined
        The merge, with the faces that the layers as drawn make together.
    ladder, layers
        Rungs and departments' layers in the work CRS, rows as in `refined`.
    limits
        What was taken as the same border.
    filled, special
        What is settled beforehand: gaps that were filled, grids that people declared.
    weights, incidents
        Households and the like (`read_weights`: points or polygons with `weight`) and incidents (points, one
        each): those in places that wait for a decision, or whose grid changed, are counted for each
        conflict, and rank it. None: the columns are empty, and the area ranks.
    jobs
        How many departments are looked at at the same time.

    Notes
    -----
    What needs a decision, and what is good to know, is listed place by place; places within the tolerance
    are one row per kind and pair of grids (for borders: and whose border was kept).
    """
    merged = merged_faces(refined, ladder)
    ground = ground_for(merged, ladder, limits)
    departments = [
        Department(name, number, layer, ground_of_department(ground, limits, number), merged, filled, special)
        for number, (name, layer) in enumerate(layers.items())
    ]
    by_department = each(lambda one: department_rows(one, layers), departments, jobs=jobs)
    found = [rung_rows(ladder, limits), *(listing for rows in by_department for listing in rows)]
    crs = next(iter(layers.values())).crs
    joined = _joined(found, [*CONFLICT_COLUMNS, *ladder.rungs], crs)
    counted = {
        name: _concerned(joined, given, refined)
        for name, given in {"weight_changed": weights, "incidents_changed": incidents}.items()
    }
    return finished(joined.table.assign(**counted), list(ladder.rungs))


def _joined(found: list[Listing], columns: list[str], crs: object) -> Listing:
    """Put all rows in one table."""
    filled = [listing for listing in found if len(listing.table)]
    starts = np.cumsum([0, *(len(listing.table) for listing in filled)])
    if not filled:
        none = np.zeros(0, dtype=np.int64)
        empty = gpd.GeoDataFrame(columns=[*columns, "geometry"], geometry="geometry", crs=crs)
        return Listing(empty, none, none)
    table = pd.concat([pd.DataFrame(listing.table) for listing in filled], ignore_index=True)
    row = np.concatenate([listing.row + start for listing, start in zip(filled, starts, strict=False)])
    face = np.concatenate([listing.face for listing in filled])
    return Listing(gpd.GeoDataFrame(table, geometry="geometry", crs=crs), row, face)


def _concerned(joined: Listing, given: gpd.GeoDataFrame | None, refined: Refinement) -> np.ndarray:
    """Count what lies in the places of each conflict; NaN where nothing was given to count."""
    if given is None:
        return np.full(len(joined.table), np.nan)
    asked = distinct_only(joined.face)
    faces = refined.arrangement.mesh.polygons(asked)
    on_face = np.zeros(len(refined.arrangement))
    on_face[asked] = weight_of_faces(given, faces, crs=joined.table.crs)
    return np.bincount(joined.row, weights=on_face[joined.face], minlength=len(joined.table))

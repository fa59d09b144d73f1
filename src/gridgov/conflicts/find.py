"""The policy: decisions place by place, what is settled in one row per pair of grids."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from gridgov.conflicts.consequence import with_consequence
from gridgov.conflicts.department import Department, department_rows
from gridgov.conflicts.earlier import layers_as_drawn
from gridgov.conflicts.finish import finished
from gridgov.conflicts.ground import ground_for, merged_faces
from gridgov.conflicts.packed import Packed
from gridgov.conflicts.rungs import rung_rows
from gridgov.ladder import Ladder
from gridgov.memory import give_back
from gridgov.schema import CONFLICT_COLUMNS
from gridgov.special import Special
from gridgov.steps import step
from gridgov.threads import each
from gridgov.topology.overlay import Overlay
from gridgov.topology.refine import Refinement, Tolerances

__all__ = ["find_conflicts"]


def find_conflicts(
    refined: Refinement,
    *,
    ladder: Ladder,
    layers: Mapping[str, gpd.GeoDataFrame],
    limits: Tolerances,
    special: Special,
    weights: gpd.GeoDataFrame | None = None,
    incidents: gpd.GeoDataFrame | None = None,
    jobs: int = 1,
    beside: Callable[[int, Overlay], None] | None = None,
) -> gpd.GeoDataFrame:
    """Answer the conflicts table: what needs a decision first, then what matters most.

    Parameters
    ----------
    refined
        The merge, and the layers as drawn that lie over its cells.
    ladder, layers
        Rungs and departments' layers in the work CRS, rows as in `refined`.
    limits
        What was taken as the same border.
    special
        What is settled beforehand: grids that people declared.
    weights, incidents
        Households and the like (`read_weights`: points or polygons with `weight`) and incidents (points, one
        each): those in places that wait for a decision, or whose grid changed, are counted for each
        conflict, and rank it. None: the columns are empty, and the area ranks.
    jobs
        How many departments are looked at at the same time.
    beside
        What else is asked of each department's drawing, while it lies over the cells.

    Notes
    -----
    What needs a decision, and what is good to know, is listed place by place; places within the tolerance
    are one row per kind and pair of grids (for borders: and whose border was kept).
    """
    earlier = layers_as_drawn(layers, special)
    crs = next(iter(layers.values())).crs

    def of_department(number: int) -> list[Packed]:
        with step("conflicts", layer=list(layers)[number]):
            return in_department(number)

    def in_department(number: int) -> list[Packed]:
        name, layer = list(layers.items())[number]
        polygons = len(layer) + len(refined.cells)
        give_back(polygons)
        merged = merged_faces(refined, ladder, number, refined.overlays[number])
        give_back(polygons)
        department = Department(name, layer, ground_for(merged, ladder, limits), merged, special)
        rows = department_rows(department, layers, earlier[:number])
        give_back(polygons)
        if beside is not None:
            beside(number, merged.overlay)
        found = with_consequence(rows, merged, weights=weights, incidents=incidents, crs=layer.crs)
        merged.arrangement.mesh.forget()
        return found

    def tables() -> list[Packed]:
        by_department = each(of_department, range(len(layers)), jobs=jobs)
        of_rungs = [listing for listing in (rung_rows(ladder, limits),) if listing is not None]
        about_rungs = with_consequence(of_rungs, None, weights=weights, incidents=incidents, crs=crs)
        give_back(len(refined.cells))
        return [*about_rungs, *(rows for found in by_department for rows in found)]

    rungs = list(ladder.rungs)
    return finished(_joined(tables(), rungs), rungs).unpacked(crs=crs)


def _joined(parts: list[Packed], rungs: list[str]) -> Packed:
    """Put all rows in one table."""
    some = [part for part in parts if len(part.rows)]
    if not some:
        return Packed(pd.DataFrame(columns=[*CONFLICT_COLUMNS, *rungs]), [], np.zeros(0, dtype=np.int64))
    found = Packed.joined(some)
    # Where only rungs are at fault, no row lies in a unit of the finest of them.
    unknown = dict.fromkeys((rung for rung in rungs if rung not in found.rows), None)
    return replace(found, rows=found.rows.assign(**unknown))

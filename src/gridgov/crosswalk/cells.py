"""The crosswalk of a merge: which grid of which department overlaps which cell, with shares both ways."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.crosswalk.relations import relations, wide_overlaps
from gridgov.memory import give_back
from gridgov.schema import CROSSWALK_COLUMNS
from gridgov.threads import each
from gridgov.topology.distinct import distinct
from gridgov.topology.mesh import Mesh
from gridgov.topology.refine import Refinement, Tolerances

__all__ = ["crosswalk_of"]

OUTSIDE = -1


def crosswalk_of(
    refined: Refinement,
    layers: Mapping[str, gpd.GeoDataFrame],
    *,
    cell_id: npt.NDArray[Any],
    limits: Tolerances,
    jobs: int = 1,
) -> pd.DataFrame:
    """Answer the crosswalk of grids as drawn and cells as merged.

    Parameters
    ----------
    refined
        The cells and the faces they were made of, one layer per department.
    layers
        The departments' layers, in the same order, rows as in `refined`.
    cell_id
        (n,) id of each cell of `refined`.
    limits
        Overlaps thin by these are `sliver`s: they do not count for the relation.
    jobs
        How many departments are worked on at the same time.

    Notes
    -----
    `grid_share` sums to 1 for every grid; a row without a cell (`outside`) is what lies outside the
    city. The relation counts, for each department, the cells of a grid and the grids of a cell.
    """

    def table(number: int) -> pd.DataFrame:
        name = list(layers)[number]
        limit = limits.for_layer(number)
        return _of_department(refined, number, name, layers[name], cell_id=cell_id, limits=limit)

    tables = each(table, range(len(layers)), jobs=jobs)
    return pd.concat(tables, ignore_index=True)[list(CROSSWALK_COLUMNS)]


def _of_department(
    refined: Refinement,
    number: int,
    department: str,
    layer: gpd.GeoDataFrame,
    *,
    cell_id: npt.NDArray[Any],
    limits: Tolerances,
) -> pd.DataFrame:
    overlay = refined.overlays[number]
    arrangement = overlay.arrangement
    row, face = arrangement.row, arrangement.face
    cell = overlay.cell[face]
    cells = len(refined.cells) + 1  # room for outside, which is -1
    pair, where = distinct(row * cells + cell + 1)
    row, cell = pair // cells, pair % cells - 1
    area = np.bincount(where, weights=arrangement.area[face]).astype(np.float64)
    whole = np.bincount(row, weights=area)
    counts = (cell != OUTSIDE) & (refined.labels[cell, number] == row)
    asked = ((cell != OUTSIDE) & ~counts)[where]
    counts |= wide_overlaps(arrangement.ground, face[asked], where[asked], area, limits=limits)
    if isinstance(arrangement.ground, Mesh):
        arrangement.ground.forget()
    table = pd.DataFrame(
        {
            "department": department,
            "grid_id": layer["grid_id"].to_numpy(dtype=object)[row],
            "cell_id": np.append(cell_id, [None])[cell],
            "area_m2": area,
            "grid_share": area / whole[row],
            "cell_share": np.where(cell == OUTSIDE, np.nan, area / shapely.area(refined.cells)[cell]),
            "relation": np.where(cell == OUTSIDE, "outside", relations(row, cell, counts)),
        }
    )
    give_back()
    return table.sort_values(["grid_id", "cell_id"], ignore_index=True)

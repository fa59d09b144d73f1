"""The crosswalk of a merge: which grid of which department overlaps which cell, with shares both ways."""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.crosswalk.relations import relations, wide_overlaps
from gridgov.topology.distinct import distinct
from gridgov.topology.overlay import Overlay
from gridgov.topology.refine import Refinement, Tolerances

__all__ = ["crosswalk_of"]

Ints = npt.NDArray[np.int64]

OUTSIDE = -1


def crosswalk_of(
    refined: Refinement,
    number: int,
    overlay: Overlay,
    *,
    department: str,
    layer: gpd.GeoDataFrame,
    cell_id: npt.NDArray[Any],
    limits: Tolerances,
) -> pd.DataFrame:
    """Answer the crosswalk of a department's grids as drawn and cells as merged.

    Parameters
    ----------
    refined, number, overlay
        The merge, which of its layers the department's is, and that layer laid over the cells.
    department, layer
        Its name and its layer, rows as in `refined`.
    cell_id
        (n,) id of each cell of `refined`.
    limits
        Overlaps thin by those of the layer are `sliver`s: they do not count for the relation.

    Notes
    -----
    `grid_share` sums to 1 for every grid; a row without a cell (`outside`) is what lies outside the
    city. The relation counts the cells of a grid and the grids of a cell.
    """
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
    layer_limits = limits.for_layer(number)
    counts |= wide_overlaps(arrangement.ground, face[asked], where[asked], area, limits=layer_limits)
    grid_id = layer["grid_id"].to_numpy(dtype=object)
    order = np.lexsort((_rank(cell_id)[cell], _rank(grid_id)[row]))
    row, cell, area = row[order], cell[order], area[order]
    relation = np.where(cell == OUTSIDE, "outside", relations(row, cell, counts[order]))
    texts = {"grid_id": grid_id[row], "cell_id": np.append(cell_id, [None])[cell], "relation": relation}
    return pd.DataFrame(
        {
            "department": department,
            # As objects, each kept once: there are many rows.
            **{name: pd.Series(values, dtype=object) for name, values in texts.items()},
            "area_m2": area,
            "grid_share": area / whole[row],
            "cell_share": np.where(cell == OUTSIDE, np.nan, area / shapely.area(refined.cells)[cell]),
        }
    )


def _rank(ids: npt.NDArray[Any]) -> Ints:
    """Which place each id has in ascending order; the last one, -1, is of none."""
    _, place = np.unique(ids.astype(str), return_inverse=True)
    return np.append(place, len(ids))

"""Conflicts that people settled beforehand: gaps that are filled, grids that are declared."""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.schema import SEPARATOR
from gridgov.special import Special
from gridgov.told import told as sentence
from gridgov.topology.overlay import Overlay

__all__ = ["settle"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NONE = -1

#: So much without a grid is rounding.
CRUMB_M2 = 1.0


def settle(
    found: gpd.GeoDataFrame,
    *,
    overlay: Overlay,
    label: Ints,
    department: str,
    layer: gpd.GeoDataFrame,
    special: Special,
) -> gpd.GeoDataFrame:
    """Answer a department's conflicts with those settled that need no decision any more.

    Parameters
    ----------
    found
        Its conflicts, with ``kind, severity, grid_ids, resolution, note`` and the place as geometry.
    overlay, label
        Its drawing over the cells, with what was filled, and (cells,) its grid in each of them, -1 for none.
    department, layer
        Which department it is; its layer's rows are those of the merge.
    special
        Which grids are special-purpose or may lie in several units.
    """
    told = found.copy()
    _settle_filled(told, overlay, label, layer)
    ids = layer["grid_id"].to_numpy(dtype=object)
    if special.declared[department].any():
        declared = _named(ids, special.declared[department])
        _settle_declared(told, declared)
        _settle_nested(told, declared, _named(ids, special.kept[department]))
    if special.crossing[department].any():
        _settle_crossing(told, _named(ids, special.crossing[department]))
    return told


def _named(ids: npt.NDArray[Any], which: Bools) -> set[str]:
    return set(ids[which])


def _settle_filled(told: gpd.GeoDataFrame, overlay: Overlay, label: Ints, layer: gpd.GeoDataFrame) -> None:
    """Say to whom each uncovered place was given; one that is given as a whole is settled."""
    rows = np.flatnonzero((told["kind"] == "uncovered").to_numpy())
    faces = np.flatnonzero(overlay.given | _bare(overlay, label))
    if not len(rows) or not overlay.given.any():
        return
    spots = shapely.point_on_surface(overlay.arrangement.mesh.polygons(faces))
    place, which = shapely.STRtree(spots).query(told.geometry.to_numpy()[rows], predicate="intersects")
    now = label[overlay.cell[faces[which]]]
    found = pd.DataFrame({"row": rows[place], "grid": now, "m2": overlay.arrangement.area[faces[which]]})
    m2 = found.groupby(["row", "grid"])["m2"].sum().reset_index()
    m2 = m2.sort_values(["row", "m2", "grid"], ascending=[True, False, True])
    left = m2[m2["grid"] == NONE].set_index("row")["m2"]
    given = m2[m2["grid"] != NONE]
    ids = layer["grid_id"].to_numpy(dtype=object)
    severity, resolution = (told.columns.get_loc(name) for name in ("severity", "resolution"))
    for row, grids in given.groupby("row")["grid"]:
        words = sentence("filled_each" if len(grids) > 1 else "filled", grids=tuple(ids[grids]))
        if (stays := float(left.get(row, 0.0))) > CRUMB_M2:
            words = sentence("filled_but", did=words, m2=round(stays))
        else:
            told.iloc[row, severity] = "settled"
        told.iloc[row, resolution] = words


def _bare(overlay: Overlay, label: Ints) -> Bools:
    """Tell the faces inside the city that still have no grid; `label` is that of each cell."""
    cell = overlay.cell
    return np.asarray((cell != NONE) & (np.append(label, 0)[cell] == NONE))


def _settle_declared(told: gpd.GeoDataFrame, declared: set[str]) -> None:
    """Declared special-purpose grids may be small, and have what they share with others."""
    ids = told["grid_ids"].map(lambda text: str(text).split(SEPARATOR))
    small = (told["kind"] == "sliver") & ids.map(lambda each: each[0] in declared)
    told.loc[small, "severity"] = "note"
    told.loc[small, "resolution"] = sentence("kept_declared")
    shared = (told["kind"] == "overlap") & ids.map(lambda each: len(declared.intersection(each)) == 1)
    to = ids[shared].map(lambda each: next(grid for grid in each if grid in declared))
    told.loc[shared, "severity"] = "settled"
    told.loc[shared, "resolution"] = _given_declared(to)


def _settle_nested(told: gpd.GeoDataFrame, declared: set[str], kept: set[str]) -> None:
    """What lies under a declared grid gives way to it."""
    ids = told["grid_ids"].map(lambda text: str(text).split(SEPARATOR))
    under = (told["kind"] == "nested") & ids.map(lambda each: each[0] not in kept and each[-1] in declared)
    told.loc[under, "resolution"] = _given_declared(ids[under].map(lambda each: each[-1]))


def _given_declared(to: "pd.Series[Any]") -> "pd.Series[Any]":
    """Say that ground went to a declared grid."""
    return pd.Series([sentence("given_declared", to=grid) for grid in to], to.index, dtype=object)


def _settle_crossing(told: gpd.GeoDataFrame, crossing: set[str]) -> None:
    """Grids declared to lie in several units are a note there."""
    meant = (told["kind"] == "crosses_rung") & told["grid_ids"].isin(crossing)
    told.loc[meant, "severity"] = "note"
    told.loc[meant, "resolution"] = sentence("crossing_declared")

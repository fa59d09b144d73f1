"""Where the rungs themselves are at fault, or do not fit into each other."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gridgov.check.report import grids_checked
from gridgov.conflicts.ground import Listing, tolerance_of
from gridgov.ladder import Ladder
from gridgov.schema import NO_RUNG, NO_RUNG_UNIT
from gridgov.told import told
from gridgov.topology.refine import Tolerances

__all__ = ["rung_rows"]

#: What says nothing about a rung: nobody owns a unit, and none is special.
NOT_OF_RUNGS = ("no_owner", "nested")


def rung_rows(ladder: Ladder, limits: Tolerances) -> Listing | None:
    """Check each rung within the coarser ones; what is settled is one row per kind and grids.

    None where nothing is at fault.
    """
    tables = []
    names = list(ladder.rungs)
    for number, rung in enumerate(names):
        layer = ladder.rungs[rung]
        if rung == NO_RUNG and layer["grid_id"].tolist() == [NO_RUNG_UNIT]:
            continue
        report = grids_checked(
            {rung: layer},
            within={name: ladder.rungs[name] for name in names[:number]},
            tolerance_m=tolerance_of(limits, None),
            min_area_m2=limits.min_area_m2,
        )
        tables.append(report.problems[~report.problems["kind"].isin(NOT_OF_RUNGS)].assign(places=1))
    if not any(map(len, tables)):
        return None
    none = np.zeros(0, dtype=np.int64)
    found = pd.concat(tables, ignore_index=True)
    settled = (found["severity"] == "settled") & found.geometry.notna()
    table = pd.concat([found[~settled], _together(found[settled])], ignore_index=True)
    table["moved_m2"] = np.nan
    table["rule"] = table["kind"].map(_RULES)
    table["resolution"] = pd.Series(
        [told(_RESOLUTIONS[kind]) for kind in table["kind"]], table.index, dtype=object
    )
    return Listing(table.drop(columns="geometry"), table["geometry"].to_numpy(dtype=object), none, none)


_RULES = {
    "invalid": "repair",
    "no_geometry": "repair",
    "duplicate_id": "one id",
    "duplicate_geometry": "lowest id",
    "multipart": "as drawn",
    "overlap": "best match",
    "gap": "best match",
    "uncovered": "left open",
    "outside": "hard border",
    "crosses_rung": "hard border",
    "sliver": "best match",
}
_RESOLUTIONS = {
    "invalid": "repaired",
    "no_geometry": "left_out",
    "duplicate_id": "one_unit",
    "duplicate_geometry": "unit_lowest",
    "multipart": "kept",
    "overlap": "one_of_two",
    "gap": "one_of_two",
    "uncovered": "left_no_unit",
    "outside": "left_out_coarser",
    "crosses_rung": "piece_each",
    "sliver": "unit_joined",
}


def _together(found: pd.DataFrame) -> pd.DataFrame:
    """Join the rows of one kind and the same units: the largest says where."""
    groups = found.groupby(["kind", "departments", "grid_ids"], sort=False)
    first = groups.head(1).set_index(["kind", "departments", "grid_ids"])
    sums = groups.agg(places=("places", "sum"), area_m2=("area_m2", "sum"), width_m=("width_m", "max"))
    shapes = [shapely.union_all(found.geometry[rows].to_numpy()) for rows in groups.groups.values()]
    first[["places", "area_m2", "width_m"]] = sums.loc[first.index]
    first["geometry"] = gpd.GeoSeries(shapes, index=sums.index).loc[first.index]
    return first.reset_index()

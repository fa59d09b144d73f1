"""Rows that share an id made one grid, and grids that share a polygon; what reading mended, as problems."""

from typing import Any

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from gridgov.errors import examples
from gridgov.polygons import areas_m2, same_shape_keys

__all__ = ["Problem", "equal_polygons", "inner_point", "one_row_per_grid", "problem"]

#: One entry of a layer's ``problems``: plain JSON values.
Problem = dict[str, Any]


def one_row_per_grid(table: pd.DataFrame, crs: CRS, notes: list[str]) -> tuple[pd.DataFrame, list[Problem]]:
    """Rows that share an id made one: equal shapes collapse, different shapes become one multipart."""
    repeated = table["grid_id"].duplicated(keep=False)
    if not repeated.any():
        return table, []
    groups = table[repeated].groupby("grid_id", sort=False)
    problems, shapes = [], {}
    for grid_id, rows in groups:
        drawn = rows["geometry"].to_numpy(dtype=object)
        keys = same_shape_keys(drawn, geographic=crs.is_geographic)
        distinct = drawn[np.unique(keys, return_index=True)[1]]
        shapes[grid_id] = drawn[0] if len(distinct) == 1 else shapely.union_all(distinct)
        how = "the same polygon each time" if len(distinct) == 1 else "different polygons, joined to one grid"
        owners = rows["owner"].dropna().unique()
        words = f"; its owners differ ({examples(list(owners))}), the first counts" if len(owners) > 1 else ""
        note = f"{len(rows)} rows: {how}{words}"
        problems.append(problem("duplicate_id", [str(grid_id)], note, None, inner_point(shapes[grid_id])))
    merged = groups.first()[
        [column for column in table if column not in ("grid_id", "geometry")]
    ].reset_index()
    merged["geometry"] = np.array([shapes[grid_id] for grid_id in merged["grid_id"]], dtype=object)
    merged.index = table.index[repeated & ~table["grid_id"].duplicated()]
    notes.append(f"{len(shapes)} ids stand in several rows, made one grid each: {examples(list(shapes))}")
    whole = pd.concat([table[~repeated], merged[table.columns]]).sort_index()
    return whole.reset_index(drop=True), problems


def equal_polygons(table: pd.DataFrame, crs: CRS, notes: list[str]) -> list[Problem]:
    """Grids with different ids and the same polygon."""
    shapes = table["geometry"].to_numpy(dtype=object)
    keys = pd.Series(same_shape_keys(shapes, geographic=crs.is_geographic))
    problems = []
    for _, rows in keys[keys.duplicated(keep=False)].groupby(keys, sort=False):
        ids = table["grid_id"].iloc[rows.index].tolist()
        area = areas_m2(shapes[rows.index[:1]], crs)[0]
        problems.append(
            problem(
                "duplicate_geometry",
                ids,
                f"{len(ids)} grids, one polygon",
                area,
                inner_point(shapes[rows.index[0]]),
            )
        )
    if problems:
        listed = [" = ".join(problem["grid_ids"]) for problem in problems]
        notes.append(f"{len(problems)} polygons are drawn for several grids: {examples(listed)}")
    return problems


def inner_point(shape: Any) -> Any:
    """A point inside a polygon, to find it by; None for None."""
    return None if shape is None else shapely.point_on_surface(shape)


def problem(kind: str, grid_ids: list[str], note: str, area_m2: float | None, place: Any) -> Problem:
    """One problem; `area_m2` may be None or NaN, `place` is a point or None, in the layer's coordinates."""
    return {
        "kind": kind,
        "grid_ids": grid_ids,
        "area_m2": None if area_m2 is None or np.isnan(area_m2) else round(float(area_m2), 2),
        "note": note,
        "wkt": None if place is None else shapely.to_wkt(place, rounding_precision=9),
    }

"""Rows that share an id made one grid, and grids that share a polygon."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from gridgov.language import Many, examples
from gridgov.mended import Problem, inner_point, problem
from gridgov.polygons import areas_m2, boxes_shared, same_shape_keys
from gridgov.told import told
from gridgov.words.reading import WORDS

__all__ = ["equal_polygons", "one_row_per_grid"]

#: So many of the owners of one grid are named.
MOST_OWNERS: Final = 5


def one_row_per_grid(table: pd.DataFrame, crs: CRS, notes: list[str]) -> tuple[pd.DataFrame, list[Problem]]:
    """Rows that share an id made one: equal shapes collapse, different shapes become one multipart."""
    repeated = table["grid_id"].duplicated(keep=False)
    if not repeated.any():
        return table, []
    rows = table[repeated]
    shapes, counts = _joined_shapes(rows, crs)
    owners = rows.dropna(subset="owner").groupby("grid_id", sort=False)["owner"].unique()
    sizes = rows["grid_id"].value_counts()
    problems = []
    for grid_id, shape in shapes.items():
        how = told("same_each_time") if counts[grid_id] == 1 else told("joined_to_one")
        note = told("rows_how", n=int(sizes[grid_id]), how=how)
        if grid_id in owners.index and len(owners[grid_id]) > 1:
            note = told("owners_differ", said=note, owners=_some(owners[grid_id]))
        problems.append(problem("duplicate_id", [grid_id], note, None, inner_point(shape)))
    columns = [column for column in table if column not in ("grid_id", "geometry")]
    merged = rows.groupby("grid_id", sort=False)[columns].first().reset_index()
    merged["geometry"] = np.array([shapes[grid_id] for grid_id in merged["grid_id"]], dtype=object)
    merged.index = table.index[repeated & ~table["grid_id"].duplicated()]
    notes.append(WORDS("made_one", n=Many(len(shapes)), ids=examples(list(shapes))))
    whole = pd.concat([table[~repeated], merged[table.columns]]).sort_index()
    return whole.reset_index(drop=True), problems


def _some(owners: Sequence[str]) -> Any:
    """Up to five owners, and how many more there are."""
    first, more = tuple(owners[:MOST_OWNERS]), len(owners) - MOST_OWNERS
    return told("and_more", units=first, n=more) if more > 0 else first


def _joined_shapes(rows: pd.DataFrame, crs: CRS) -> tuple[dict[str, Any], dict[str, int]]:
    """Shape of each id, in order of appearance, and how many different polygons it is made of."""
    keys = same_shape_keys(rows["geometry"].to_numpy(dtype=object), geographic=crs.is_geographic)
    distinct = rows[["grid_id", "geometry"]].assign(key=keys).drop_duplicates(["grid_id", "key"])
    drawn = dict[str, list[Any]]()
    for grid_id, shape in zip(distinct["grid_id"], distinct["geometry"], strict=True):
        drawn.setdefault(grid_id, []).append(shape)
    shapes = {
        each: parts[0] if len(parts) == 1 else shapely.union_all(parts) for each, parts in drawn.items()
    }
    return shapes, {each: len(parts) for each, parts in drawn.items()}


def equal_polygons(table: pd.DataFrame, crs: CRS, notes: list[str]) -> list[Problem]:
    """Grids with different ids and the same polygon."""
    shapes = table["geometry"].to_numpy(dtype=object)
    alike = np.flatnonzero(boxes_shared(shapes, geographic=crs.is_geographic))
    keys = pd.Series(same_shape_keys(shapes[alike], geographic=crs.is_geographic), alike, dtype=object)
    problems = []
    for _, rows in keys[keys.duplicated(keep=False)].groupby(keys, sort=False):
        # By their ids, so that which is named first does not depend on the order of the file.
        named = table["grid_id"].iloc[rows.index].sort_values()
        ids, first = named.tolist(), shapes[table.index.get_loc(named.index[0])]
        area = areas_m2(np.array([first], dtype=object), crs)[0]
        problems.append(
            problem(
                "duplicate_geometry",
                ids,
                told("one_polygon", n=len(ids)),
                area,
                inner_point(first),
            )
        )
    if problems:
        listed = [" = ".join(problem["grid_ids"]) for problem in problems]
        notes.append(WORDS("drawn_for_several", n=Many(len(problems)), grids=examples(listed)))
    return problems

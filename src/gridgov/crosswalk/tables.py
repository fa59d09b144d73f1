"""The crosswalk of departments as tables: every overlap, how many grids are related how, what is left."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gridgov.crosswalk.divisions import Grids
from gridgov.crosswalk.overlaps import NONE, Overlaps
from gridgov.schema import DEPARTMENT_RELATIONS

__all__ = ["pair_table", "relation_table", "total_row"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def pair_table(overlaps: Overlaps, grids: Mapping[str, Grids]) -> pd.DataFrame:
    """Answer the rows of one ordered pair of departments; the columns are in the schema.

    What counts comes first, by the id of `a`, the largest part of each first; then slivers and narrow rests.
    """
    first, second = grids[overlaps.first], grids[overlaps.second]
    shown = _shown(overlaps, len(first))
    a, b, area, relation = shown.a, shown.b, shown.area, shown.relation
    of_a, of_b = _sum(overlaps.a, overlaps.area, len(first)), _sum(overlaps.b, overlaps.area, len(second))
    columns: dict[str, Any] = {
        "department_a": overlaps.first,
        "grid_a": first.ids[a],
        "owner_a": first.owners[a],
        "department_b": overlaps.second,
        "grid_b": _or_none(second.ids, b),
        "owner_b": _or_none(second.owners, b),
        "area_m2": area,
        # A grid without ground of its own is one row of nothing, all of it in no grid.
        "share_of_a": np.where(of_a[a] > 0, _share(area, of_a[a]), (b == NONE).astype(float)),
        "share_of_b": np.where(b == NONE, np.nan, _share(area, of_b[b])),
    }
    if shown.weight is not None and overlaps.weight is not None:
        weight_a = _sum(overlaps.a, overlaps.weight, len(first))
        weight_b = _sum(overlaps.b, overlaps.weight, len(second))
        columns["weight"] = shown.weight
        columns["weight_share_of_a"] = _share(shown.weight, weight_a[a])
        columns["weight_share_of_b"] = np.where(b == NONE, np.nan, _share(shown.weight, weight_b[b]))
    columns["relation"] = relation
    order = np.lexsort((b, -area, a, ~shown.wide))
    return pd.DataFrame(columns).iloc[order].reset_index(drop=True)


def relation_table(overlaps: Overlaps, grids: Mapping[str, Grids]) -> pd.DataFrame:
    """Count the grids of `a` by their relation, and the overlaps of each kind.

    A grid is ``n:1`` or ``n:m`` if one of the grids it meets also meets another grid of its department, else
    ``1:1`` or ``1:n``; ``none`` if it meets none.
    """
    length = len(grids[overlaps.first])
    meets = overlaps.meets
    relation = overlaps.relation
    partners = np.bincount(overlaps.a[meets], minlength=length)
    shared = np.zeros(length, dtype=bool)
    shared[overlaps.a[meets & np.isin(relation, ["n:1", "n:m"])]] = True
    of_grid = np.where(shared, np.where(partners > 1, "n:m", "n:1"), np.where(partners > 1, "1:n", "1:1"))
    of_grid = np.where(partners == 0, "none", of_grid)
    mine = overlaps.a != NONE
    rows = []
    for name in DEPARTMENT_RELATIONS:
        here = mine & (relation == name)
        row = {
            "department_a": overlaps.first,
            "department_b": overlaps.second,
            "relation": name,
            "grids_of_a": int((of_grid == name).sum()),
            "overlaps": int(here.sum()),
            "area_m2": float(overlaps.area[here].sum()),
        }
        if overlaps.weight is not None:
            row["weight"] = float(overlaps.weight[here].sum())
        rows.append(row)
    return pd.DataFrame(rows)


def total_row(overlaps: Overlaps, grids: Mapping[str, Grids], unplaced: float) -> dict[str, Any]:
    """Answer what one ordered pair has in common and what it has not, adding up to all there is."""
    a, b = overlaps.a != NONE, overlaps.b != NONE
    parts = {"both": a & b, "only_a": a & ~b, "only_b": ~a & b}
    reaching = overlaps.wide & parts["only_a"]
    row: dict[str, Any] = {
        "department_a": overlaps.first,
        "department_b": overlaps.second,
        "grids_of_a": len(grids[overlaps.first]),
        "grids_of_b": len(grids[overlaps.second]),
        "grids_of_a_reaching_beyond_b": int(reaching.sum()),
        "reaching_beyond_b_m2": float(overlaps.area[reaching].sum()),
        **{f"{name}_m2": float(overlaps.area[part].sum()) for name, part in parts.items()},
    }
    if overlaps.weight is not None:
        parts["neither"] = ~a & ~b
        row |= {f"weight_{name}": float(overlaps.weight[part].sum()) for name, part in parts.items()}
        row["weight_without_place"] = unplaced
        row["weight_total"] = float(overlaps.weight.sum()) + unplaced
    return row


def _shown(overlaps: Overlaps, length: int) -> Overlaps:
    """The overlaps with a grid of `a`, and an empty one for each grid that has no ground of its own."""
    mine = overlaps.a != NONE
    bare = np.flatnonzero(_sum(overlaps.a, overlaps.area, length)[:-1] == 0)
    bare = bare[~np.isin(bare, overlaps.a[mine & (overlaps.b == NONE)])]
    none = np.full(len(bare), NONE, dtype=np.int64)
    zero = np.zeros(len(bare))
    return replace(
        overlaps,
        a=np.concatenate([overlaps.a[mine], bare]),
        b=np.concatenate([overlaps.b[mine], none]),
        area=np.concatenate([overlaps.area[mine], zero]),
        weight=None if overlaps.weight is None else np.concatenate([overlaps.weight[mine], zero]),
        wide=np.concatenate([overlaps.wide[mine], np.ones(len(bare), dtype=bool)]),
    )


def _sum(row: Ints, values: Floats, length: int) -> Floats:
    """Sum per grid, with 0 for row -1 at the end."""
    mine = row != NONE
    return np.append(np.bincount(row[mine], weights=values[mine], minlength=length), 0.0).astype(np.float64)


def _share(part: Floats, whole: Floats) -> Floats:
    """Parts of a whole; NaN of nothing."""
    shares: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return shares


def _or_none(values: npt.NDArray[np.object_], row: Ints) -> npt.NDArray[np.object_]:
    return np.append(values, np.array([None], dtype=object))[row]

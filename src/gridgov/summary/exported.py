"""What an export gives away, in sentences."""

from collections.abc import Mapping

import geopandas as gpd

from gridgov.departments import BALANCE_COLUMNS
from gridgov.flows import weight_names
from gridgov.schema import ATTRS
from gridgov.summary.amounts import area, counted, share

__all__ = ["grids_lines", "lists_lines"]

#: So many of the grids that changed most are named.
MOST_NAMED = 3


def grids_lines(grids: gpd.GeoDataFrame, *, weight_column: str | None = None) -> list[str]:
    """Say how many grids a department gets back, what moved, and which grids changed most.

    `grids` are those of `department_grids`, `weight_column` as given there.
    """
    about = grids.attrs[ATTRS]
    drawn, outside, twice, out, into, _ = (float(grids[column].sum()) for column in BALANCE_COLUMNS)
    now = area(float(grids["area_m2"].sum()))
    lines = [
        f"{about['department']}: {counted(len(grids), 'grid')} on the common borders, {now}",
        (
            f"  of {area(drawn)} drawn, {area(outside)} lies outside the city, {area(twice)} was drawn "
            f"twice, {area(out)} ({share(out, drawn)}) moved out; "
            f"{area(into)} ({share(into, drawn)}) moved in"
        ),
    ]
    if weight_column is not None:
        moved_in, moved_out = (grids[name].sum() for name in weight_names(weight_column)[:2])
        lines.append(f"  {weight_column}: moved in {moved_in:,.0f}, moved out {moved_out:,.0f}, by area")
    return [*lines, *_most(grids), *(f"  - {note}" for note in about["notes"])]


def lists_lines(rows: Mapping[str, int]) -> list[str]:
    """Say how long each list is."""
    return [f"{name}: {counted(number, 'row')}" for name, number in rows.items()]


def _most(grids: gpd.GeoDataFrame) -> list[str]:
    moved = grids["moved_in_m2"] + grids["moved_out_m2"]
    first = grids.assign(moved=moved)[moved > 0].sort_values(["moved", "grid_id"], ascending=[False, True])
    return [
        f"  most: grid {row.grid_id}, {area(row.moved_in_m2)} in, {area(row.moved_out_m2)} out, now "
        f"{area(row.area_m2)}"
        for row in first.head(MOST_NAMED).itertuples()
    ]

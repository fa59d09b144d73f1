"""What an export gives away, in sentences."""

from collections.abc import Mapping

import geopandas as gpd

from gridgov.departments import BALANCE_COLUMNS
from gridgov.flows import weight_names
from gridgov.language import Many
from gridgov.schema import ATTRS
from gridgov.summary.amounts import area, share
from gridgov.summary.exported_words import WORDS

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
    areas = {"drawn": drawn, "outside": outside, "twice": twice, "out": out, "into": into}
    shares = {"out_share": share(out, drawn), "into_share": share(into, drawn)}
    lines = [
        WORDS("grids", department=about["department"], n=Many(len(grids)), area=now),
        WORDS("balance", **{name: area(m2) for name, m2 in areas.items()}, **shares),
    ]
    if weight_column is not None:
        moved_in, moved_out = (grids[name].sum() for name in weight_names(weight_column)[:2])
        lines.append(WORDS("weights", column=weight_column, into=moved_in, out=moved_out))
    return [*lines, *_most(grids), *(f"  - {note}" for note in about["notes"])]


def lists_lines(rows: Mapping[str, int]) -> list[str]:
    """Say how long each list is."""
    return [WORDS("rows", name=WORDS(f"list.{name}"), n=Many(number)) for name, number in rows.items()]


def _most(grids: gpd.GeoDataFrame) -> list[str]:
    moved = grids["moved_in_m2"] + grids["moved_out_m2"]
    first = grids.assign(moved=moved)[moved > 0].sort_values(["moved", "grid_id"], ascending=[False, True])
    return [
        WORDS(
            "most",
            grid=row.grid_id,
            into=area(row.moved_in_m2),
            out=area(row.moved_out_m2),
            area=area(row.area_m2),
        )
        for row in first.head(MOST_NAMED).itertuples()
    ]

"""The ledger of the outline: how much of it is covered once, twice, not at all, and what lies outside."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.check.ground import Drawn, Ground

__all__ = ["COVERAGE_COLUMNS", "ledger_row"]

Geometries = npt.NDArray[Any]

#: `outline_m2 = once_m2 + twice_m2 + missing_m2`; `special_m2` is the part of twice that only special-purpose
#: grids make; `outside_m2` is beyond the outline. Percentages are of the outline.
COVERAGE_COLUMNS = (
    "department",
    "grids",
    "outline_m2",
    "once_m2",
    "twice_m2",
    "special_m2",
    "missing_m2",
    "outside_m2",
    "once_percent",
    "twice_percent",
    "missing_percent",
    "outside_percent",
)


def ledger_row(
    drawn: Drawn, ground: Ground, *, special: npt.NDArray[np.int64], slits: Geometries
) -> dict[str, Any]:
    """Count the outline of one department; `slits` that run out of it count as missing."""
    area, depth, inside = ground.arrangement.area, drawn.depth, drawn.outline
    ordinary = ~np.isin(drawn.row, special)
    hosts = np.bincount(drawn.face[ordinary], minlength=len(area))
    once = area[inside & (depth == 1)].sum()
    twice = area[inside & (depth > 1)].sum()
    missing = area[inside & (depth == 0)].sum() + shapely.area(slits).sum()
    parts = {"once": once, "twice": twice, "missing": missing, "outside": area[~inside & (depth > 0)].sum()}
    outline = once + twice + missing
    row = {
        "department": drawn.department,
        "grids": len(drawn.layer),
        "outline_m2": float(outline),
        "special_m2": float(area[inside & (depth > 1) & (hosts <= 1)].sum()),
        **{f"{name}_m2": float(value) for name, value in parts.items()},
        **{
            f"{name}_percent": float(100 * value / outline) if outline else 0.0
            for name, value in parts.items()
        },
    }
    return {column: row[column] for column in COVERAGE_COLUMNS}

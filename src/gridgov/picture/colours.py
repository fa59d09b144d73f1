"""Colours that colour-blind people can tell apart, and who gets which.

Lines use the palette of Okabe and Ito (2008) without its red, which is kept for conflicts; fills are tints.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

__all__ = [
    "CELL_LINE",
    "CONFLICT",
    "FOCUS",
    "GRID_LINE",
    "INK",
    "LAYERS",
    "PAPER",
    "RUNG_LINE",
    "SOFT_INK",
    "TINTS",
    "UNCOVERED",
    "tints_of",
]

PAPER: Final = "#FFFFFF"
INK: Final = "#1B1F24"
SOFT_INK: Final = "#5A6470"
FOCUS: Final = "#1B1F24"
RUNG_LINE: Final = "#2B2F36"
GRID_LINE: Final = "#5B6B7B"
CELL_LINE: Final = "#AEB8C2"
CONFLICT: Final = "#D0021B"
UNCOVERED: Final = "#FFFFFF"

#: Borders of the layers in order of precedence; after the last the first comes again.
LAYERS: Final = ("#0072B2", "#E69F00", "#7A8B99", "#B0509A", "#009E73", "#56B4E9")

#: Fills of unified grids; neighbours get different ones.
TINTS: Final = ("#D6E6F4", "#FBEBC8", "#E2DAEF", "#D3ECE4", "#ECE7DC", "#C3D4E6", "#F3F1C9")


def tints_of(polygons: npt.NDArray[Any]) -> list[str]:
    """A tint for each polygon, such that neighbours differ as far as the tints reach.

    Greedy, largest number of neighbours first; 0.1 s for 10,000 polygons.
    """
    a, b = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    order = np.argsort(-np.bincount(a, minlength=len(polygons)), kind="stable")
    neighbours = np.split(b[np.argsort(a, kind="stable")], np.cumsum(np.bincount(a, minlength=len(polygons))))
    given = np.full(len(polygons), -1)
    for polygon in order:
        taken = set(given[neighbours[polygon]].tolist())
        free = [tint for tint in range(len(TINTS)) if tint not in taken]
        # Starting at a different tint each time spreads all of them over the map.
        given[polygon] = free[int(polygon) % len(free)] if free else int(polygon) % len(TINTS)
    return [TINTS[tint] for tint in given]

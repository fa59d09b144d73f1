"""What fits on a sheet of paper: columns in millimetres, and rows divided among pages.

Browsers do not tell how high a row became before they print it. So heights are reckoned here, on the safe
side, and each page is a box of the height of the paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from gridgov.alignment import width

__all__ = ["CONFLICT_WIDTHS", "GRID_WIDTHS", "Page", "divide", "grid_columns", "row_height"]

#: A4 between its margins, in millimetres.
WIDE_MM: Final = 186.0
HIGH_MM: Final = 269.0
#: What stands on every page: title and facts above, the footer below; the signatures on the last one.
_HEAD_MM: Final = 21.0
_FOOT_MM: Final = 7.0
SIGN_MM: Final = 31.0
#: A small map is still a map; a larger one helps nobody.
LEAST_MAP_MM: Final = 60.0
SMALLEST_MAP_MM: Final = 46.0
MOST_MAP_MM: Final = 140.0
#: Rows: text of 7 pt, padding, and the width of a letter (Chinese ones are two wide).
_LINE_MM: Final = 3.15
_PADDING_MM: Final = 1.3
#: Sheets with many rows are set in 6 pt.
SMALL: Final = 6 / 7
_SMALL_PADDING_MM: Final = 0.85
_LETTER_MM: Final = 1.36
_CELL_PADDING_MM: Final = 1.4
_HEADER_MM: Final = 6.0
_CAPTION_MM: Final = 5.5

#: Of the columns in a table of grids; ``changed`` takes what is left.
GRID_WIDTHS: Final[Mapping[str, float]] = {
    "number": 7.0,
    "department": 20.0,
    "grid_id": 27.0,
    "name": 28.0,
    "owner": 28.0,
    "people": 15.0,
    "area_m2": 13.0,
    "households": 13.0,
    "incidents": 11.5,
}
CONFLICT_WIDTHS: Final[Mapping[str, float]] = {
    "letter": 8.0,
    "conflict_id": 19.0,
    "kind": 17.0,
    "grid_ids": 34.0,
    "owners": 34.0,
    "area_m2": 13.0,
    "place": 35.0,
    "resolution": 26.0,
}

Row = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a sheet: rows of both tables, the height of its map (0: none), whether it is the last."""

    grids: Sequence[Any]
    conflicts: Sequence[Any]
    map_mm: float
    last: bool


def grid_columns(filled: Sequence[str]) -> dict[str, float]:
    """Answer the columns of a table of grids with their widths; only those that are filled."""
    widths = {name: wide for name, wide in GRID_WIDTHS.items() if name in filled}
    return {**widths, "changed": WIDE_MM - sum(widths.values())}


def row_height(texts: Row, widths: Mapping[str, float], *, small: bool = False) -> float:
    """Answer how high a row is at most; texts are lines, which are wrapped. Small: in 6 pt."""
    scale = SMALL if small else 1.0
    lines = [
        sum(_lines(line, (wide - _CELL_PADDING_MM) / scale) for line in texts.get(name, ()))
        for name, wide in widths.items()
    ]
    return scale * max([1, *lines]) * _LINE_MM + (_SMALL_PADDING_MM if small else _PADDING_MM)


def _lines(text: str, wide_mm: float) -> int:
    return max(1, ceil(width(text) * _LETTER_MM / wide_mm))


def divide(
    grids: Sequence[Any],
    conflicts: Sequence[Any],
    *,
    grid_heights: Sequence[float],
    conflict_heights: Sequence[float],
    least_map_mm: float = LEAST_MAP_MM,
) -> list[Page]:
    """Divide rows among pages: the map and the first rows, then more rows, the signatures on the last page.

    Everything goes on one page if the map can be small enough for it.
    """
    rows = [*((row, True) for row in grids), *((row, False) for row in conflicts)]
    heights = [*grid_heights, *conflict_heights]
    tables = _HEADER_MM + _CAPTION_MM + (_HEADER_MM if conflicts else 0.0)
    room = HIGH_MM - _HEAD_MM - _FOOT_MM
    left = room - sum(heights) - tables - SIGN_MM
    if left >= least_map_mm:
        return [Page(grids, conflicts, min(left, MOST_MAP_MM), last=True)]
    pages: list[Page] = []
    taken = 0
    free = room - least_map_mm - tables
    while True:
        many = _fitting(heights[taken:], free)
        rest = sum(heights[taken : taken + many])
        last = taken + many == len(rows) and rest <= free - SIGN_MM
        part = rows[taken : taken + many]
        pages.append(
            Page(
                [row for row, is_grid in part if is_grid],
                [row for row, is_grid in part if not is_grid],
                least_map_mm if not pages else 0.0,
                last,
            )
        )
        if last:
            return pages
        taken, free = taken + many, room - tables


def _fitting(heights: Sequence[float], free: float) -> int:
    """How many of the first rows fit; one does in any case, and if it is cut."""
    used, many = 0.0, 0
    for height in heights:
        used += height
        if used > free and many:
            break
        many += 1
    return many

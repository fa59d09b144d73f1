"""Incidents as the page reads them: points, status, candidates, and no column that nobody asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.columns import best_columns
from gridgov.datum import transform_points
from gridgov.errors import ArgumentError
from gridgov.language import Many
from gridgov.mapview.arcs import STEPS_A_DEGREE
from gridgov.mapview.groups import Masked
from gridgov.mapview.packing import packed
from gridgov.mapview.said_words import WORDS
from gridgov.schema import ATTRS, STATUSES

__all__ = ["MOST_INCIDENTS", "Incidents", "shown_incidents"]

Ints = npt.NDArray[np.int64]

#: More points than this make a page too large to open.
MOST_INCIDENTS: Final = 200_000

#: Columns of an assignment that are shown, and the words for them.
_ASSIGNED: Final = {
    "cell_id": "field.cell",
    "cell_candidates": None,
    "grid_id": "field.grid",
    "handler": "field.handler",
    "handler_rule": "field.rule",
    "reject_reason": "field.reason",
    "review": "field.review",
}
_ROLES: Final = {"category": "field.category", "time": "field.time"}
_STATUS: Final = "cell_status"
_UNTAGGED: Final = "untagged"


@dataclass(frozen=True, slots=True, eq=False)
class Incidents:
    """Rows of a table of incidents.

    Attributes
    ----------
    points
        One row each, the point None where it has no place.
    source
        Name of the file.
    ids
        Column of the incidents' numbers; None: their rows are their numbers.
    columns
        Columns that are shown, each with the key of its words or None for its own name.
    masked
        What is done to texts that nobody asked for, see `gridgov.mapview.groups.masking`.
    asked
        Columns that were asked for.
    """

    points: gpd.GeoDataFrame
    source: str
    ids: str | None
    columns: Sequence[tuple[str, str | None]]
    masked: Masked
    asked: Sequence[str] = ()

    def at(self, rows: npt.NDArray[Any]) -> "Incidents":
        """Some of them."""
        return replace(self, points=self.points[rows])

    def packed(self) -> dict[str, Any]:
        """As the page reads it: those with a point, and how many others there are of each status."""
        there = self.points.geometry.notna().to_numpy() & ~self.points.geometry.is_empty.to_numpy()
        placed, others = self.points[there], self.points[~there]
        x, y = shapely.get_coordinates(np.asarray(placed.geometry.array, dtype=object)).T
        lon, lat = transform_points(x, y, source=placed.crs, target="cgcs2000")
        steps = np.rint(np.column_stack([lon, lat]) * STEPS_A_DEGREE).astype(np.int64)
        statuses = self._statuses(placed)
        used = [status for status in (*STATUSES, _UNTAGGED) if status in set(statuses)]
        ids = None if self.ids is None else [str(value) for value in placed[self.ids].fillna("")]
        return {
            "source": self.source,
            "total": len(self.points),
            "count": len(placed),
            "ids": ids,
            "rows": (placed.index.to_numpy() + 1).tolist() if ids is None else None,
            "statuses": used,
            "status": packed(np.array([used.index(status) for status in statuses], dtype=np.int64)),
            "unplaced": {k: int(n) for k, n in self._statuses(others).value_counts().items()},
            "lonlat": packed(np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel()),
            "columns": [[name, words, self._column(placed[name])] for name, words in self.columns],
        }

    def _statuses(self, rows: gpd.GeoDataFrame) -> "pd.Series[Any]":
        if _STATUS not in rows:
            return pd.Series([_UNTAGGED] * len(rows), dtype=object)
        known: pd.Series[Any] = rows[_STATUS].map(lambda status: status if status in STATUSES else _UNTAGGED)
        return known

    def _column(self, column: "pd.Series[Any]") -> dict[str, Any]:
        """Every value once, and which of them each row has; -1 for none."""
        texts = column.map(lambda value: None if pd.isna(value) or value == "" else str(value))
        of, values = pd.factorize(texts)
        shown = [value if column.name in self.asked else self.masked(value) for value in values]
        return {"values": shown, "of": packed(of.astype(np.int64))}


def shown_incidents(table: gpd.GeoDataFrame, *, columns: Sequence[str] = (), masked: Masked) -> Incidents:
    """Choose what a page shows of incidents.

    Parameters
    ----------
    table
        From ``read_incidents(keep=True)``: all columns, and points in the coordinate system of the cells.
    columns
        Columns to show besides the number, category, time and what an assignment added.
    masked
        Done to all texts but `columns`.

    Raises
    ------
    ArgumentError
        More than :data:`MOST_INCIDENTS` have a point.
    """
    placed = int(table.geometry.notna().sum())
    source = str(table.attrs.get(ATTRS, {}).get("source", ""))
    if placed > MOST_INCIDENTS:
        raise ArgumentError(WORDS("many_incidents", source=source, n=Many(placed), most=MOST_INCIDENTS))
    names = [str(name) for name in table.columns if name != table.active_geometry_name]
    shown: dict[str, str | None] = {}
    for role, words in _ROLES.items():
        best = best_columns(names, role)
        if len(best) == 1:
            shown[best[0]] = words
    shown |= {name: words for name, words in _ASSIGNED.items() if name in names}
    shown |= dict.fromkeys(columns)
    numbers = best_columns(names, "incident")
    ids = numbers[0] if len(numbers) == 1 else None
    return Incidents(table.reset_index(drop=True), source, ids, list(shown.items()), masked, tuple(columns))

"""What counting incidents answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gridgov.tally.keys import Key

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["IncidentSummary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSummary:
    """Incidents by what they were counted by.

    Attributes
    ----------
    keys
        What was counted by.
    groups
        One row per value, most incidents first, rows without a value last: the keys, ``<key>_name``,
        ``<key>_owner``, ``incidents``; with times of closing ``closed, closed_share, hours_elapsed_median,
        hours_elapsed_p90``; with limits ``judged, overdue, overdue_share``; sums under their columns' names;
        with a network ``area_m2, per_km2``, and the units without any incident too.
    total
        The same measures of all rows; ``closed_share`` is ``closed / incidents``.
    months
        ``month`` (2025-06), the keys, ``incidents``; None without times.
    duplicates
        Pairs that are likely one incident, the earlier first: ``row_a, row_b`` (data rows from 1),
        ``incident_a, incident_b`` if there is a column of ids, ``category, time_a, time_b, hours_between,
        distance_m``; None if not asked.
    missing
        Units of the network without any row: the key, its name and owner, ``area_m2``, the names of the rungs
        it lies in; None without a network.
    columns
        The columns that were read, by what they are: ``time, closed, limit, category, lon, lat, id``.
    period
        First and last time; None without times.
    notes
        Sentences a person should read.
    """

    keys: tuple[Key, ...]
    groups: "pd.DataFrame"
    total: Mapping[str, Any]
    months: "pd.DataFrame | None"
    duplicates: "pd.DataFrame | None"
    missing: "pd.DataFrame | None"
    columns: Mapping[str, str]
    period: tuple[str, str] | None
    notes: tuple[str, ...]

    @property
    def key_names(self) -> tuple[str, ...]:
        """Columns of the keys."""
        return tuple(key.name for key in self.keys)

    def as_dict(self) -> dict[str, Any]:
        """Answer plain values, for JSON; what is not known is None."""
        tables = {"groups": self.groups, "months": self.months, "missing": self.missing}
        tables["duplicates"] = self.duplicates
        return {
            "by": list(self.key_names),
            "columns": dict(self.columns),
            "period": None if self.period is None else list(self.period),
            "total": dict(self.total),
            **{name: None if table is None else _records(table) for name, table in tables.items()},
            "notes": list(self.notes),
        }


def _records(table: "pd.DataFrame") -> list[dict[str, Any]]:
    plain = table.astype(object)
    return [
        {str(k): v for k, v in row.items()} for row in plain.where(plain.notna(), None).to_dict("records")
    ]

"""A table of incidents read for counting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gridgov import frames
from gridgov.errors import ArgumentError, SchemaError
from gridgov.language import Speaker, examples, listed
from gridgov.network import Network
from gridgov.tally.keys import MONTH, Key, best_column
from gridgov.tally.rows import Counting, amounts, closings, judged, times
from gridgov.tally.said_words import WORDS
from gridgov.tally.units import check_versions

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ROW", "Reading", "as_pandas", "as_polars", "chosen"]

#: Number of a row in the table as it came, from 1.
ROW: Final = "_row_number"

#: Columns that are found by their usual names, and the option that states each.
_OPTIONS: Final = {"time": "time", "closed": "closed", "limit": "limit-column"}


@dataclass(slots=True)
class Reading:
    """A table being counted: its rows with what was read of them, and what is to be said."""

    rows: "pl.DataFrame"
    keys: Sequence[Key]
    say: Speaker
    source: str
    columns: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    when: "pl.Series | None" = None

    def all(self, stated: Mapping[str, str | None], counting: Counting, sums: Sequence[str]) -> None:
        """Read times, closings, limits and amounts into columns of `rows`."""
        came = self.rows.drop(ROW)
        for role in _OPTIONS:
            column = best_column(
                came.columns, role, given=stated[role], option=f"--{_OPTIONS[role]}", where=self.source
            )
            if column is not None:
                self.columns[role] = column
        added: dict[str, pl.Series] = {}
        if "time" in self.columns:
            self.when = times(self.rows, self.columns["time"], self.say, self.notes)
            added["_when"] = self.when
        self._need(stated, counting)
        if self.when is not None and "closed" in self.columns:
            closed = times(self.rows, self.columns["closed"], self.say, self.notes)
            added |= closings(self.when, closed, self.say, self.notes)
            if "limit" in self.columns:
                added |= self._judge(closed, counting)
        for key in self.keys:
            if key.name == MONTH and key.column not in self.rows.columns:
                if self.when is None:
                    raise ArgumentError(WORDS("month_needs"))
                added[MONTH] = self.when.dt.strftime("%Y-%m")
        added |= amounts(came, sums, self.say, self.notes)
        self.rows = self.rows.with_columns(**added)

    def _judge(self, closed: "pl.Series", counting: Counting) -> dict[str, "pl.Series"]:
        limits = self.rows[self.columns["limit"]]
        if not counting.asked:
            if limits.null_count() < len(limits):
                self.notes.append(self.say("limits not asked", column=self.columns["limit"]))
            return {}
        assert self.when is not None
        return {"_overdue": judged(self.when, closed, limits, counting, say=self.say, notes=self.notes)}

    def _need(self, stated: Mapping[str, str | None], counting: Counting) -> None:
        """Raise if what was asked for lacks a column."""
        if "time" not in self.columns and any(stated[role] for role in ("closed", "limit")):
            raise ArgumentError(WORDS("need_report_time", source=self.source))
        missing = [role for role in _OPTIONS if role not in self.columns]
        if counting.asked and missing:
            options = ", ".join(f"--{_OPTIONS[role]}" for role in missing)
            raise ArgumentError(WORDS("limits_need", source=self.source, options=options))
        if counting.as_of is not None and not counting.asked:
            raise ArgumentError(WORDS("as_of_needs"))

    def tell_versions(self, network: Network | None) -> None:
        """Note rows of another network."""
        if network is None:
            return
        others = check_versions(self.rows, network, self.keys, where=self.source)
        if others:
            self.notes.append(self.say("other versions", versions=examples(others), version=network.version))


def as_polars(table: Any) -> "pl.DataFrame":
    """The rows, with texts, times and numbers; geometry left out."""
    import geopandas as gpd
    import polars as pl

    if isinstance(table, pl.DataFrame):
        return table
    names = frames.column_names(table)
    if isinstance(table, gpd.GeoDataFrame) and table.active_geometry_name is not None:
        names.remove(table.active_geometry_name)
    return pl.DataFrame(
        {name: pl.Series(frames.column_values(table, name).tolist(), strict=False) for name in names}
    )


def chosen(rows: "pl.DataFrame", where: Mapping[str, Sequence[str]]) -> "pl.DataFrame":
    """Answer the rows with one of the values in each column, and the number of each row.

    Raises
    ------
    SchemaError
        A column is not there.
    """
    import polars as pl

    lacking = [column for column in where if column not in rows.columns]
    if lacking:
        there = listed(rows.columns)
        raise SchemaError(WORDS("no_where_column", lacking=examples(lacking), columns=there))
    wanted = [
        pl.col(column).cast(pl.String).str.strip_chars().is_in(list(values))
        for column, values in where.items()
    ]
    numbered = rows.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(ROW))
    return numbered.filter(*wanted) if wanted else numbered


def as_pandas(table: "pl.DataFrame") -> pd.DataFrame:
    """Texts as str and None, whole numbers as such where none is missing."""
    columns = {}
    for column in table:
        dtype = None if column.dtype.is_numeric() else object
        columns[column.name] = pd.Series(column.to_list(), dtype=dtype)
    return pd.DataFrame(columns)

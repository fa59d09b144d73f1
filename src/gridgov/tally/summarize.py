"""Tagged incidents counted by what people ask for."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from gridgov.errors import ArgumentError
from gridgov.language import examples
from gridgov.network import Network
from gridgov.tally.duplicates import Nearness
from gridgov.tally.groups import labelled, with_units
from gridgov.tally.keys import MONTH, Key, find_keys
from gridgov.tally.measures import M2_PER_KM2, MEASURES, measures
from gridgov.tally.pairs import duplicate_pairs
from gridgov.tally.reading import Reading, as_pandas, as_polars, chosen
from gridgov.tally.result import IncidentSummary
from gridgov.tally.rows import Counting
from gridgov.tally.said_words import WORDS
from gridgov.tally.units import AREA, unit_table
from gridgov.tally.words import NOTES
from gridgov.tally.workdays import Workdays

if TYPE_CHECKING:
    import polars as pl

__all__ = ["summarize_incidents"]


def summarize_incidents(
    table: Any,
    by: Sequence[str] | str,
    *,
    network: Network | None = None,
    time: str | None = None,
    closed: str | None = None,
    limit: str | None = None,
    category: str | None = None,
    workdays: Workdays | None = None,
    calendar_hours: bool = False,
    as_of: dt.datetime | None = None,
    sums: Sequence[str] = (),
    where: Mapping[str, Sequence[str]] | None = None,
    duplicates: Nearness | None = None,
    lon: str | None = None,
    lat: str | None = None,
    language: str = "en",
    source: str = "table",
) -> IncidentSummary:
    """Count tagged incidents by cell, grid, district, department, handler, category or any column.

    Parameters
    ----------
    table
        What `assign_incidents` answered, or any table with a column to count by (people and teams too):
        pandas, geopandas, polars or Arrow. It is not changed.
    by
        One or several of ``cell``, ``grid``, ``handler``, ``category``, ``month``, a rung, a department, any
        column; ``grid=COLUMN`` says where a unit stands.
    network
        Gives areas, names and owners, and the units without any row.
    time, closed, limit
        Columns of the time of the report, of the closing (办结时间), and of the limit (时限: 4小时, 3工作日).
        Found by their usual names when None.
    category
        Column of the category, for ``by="category"`` and duplicates.
    workdays, calendar_hours, as_of
        How time counts against a limit: by a calendar of workdays, or every hour. Without one of them nothing
        is judged. `as_of` judges open incidents as of that time.
    sums
        Columns of numbers that are added up (积分); the groups with most of the first one come first.
    where
        Count only rows with one of these values in this column: ``{"类别": ["网格员"]}``.
    duplicates
        How near is likely one incident; None does not look. Needs a time, a category and coordinates.
    lon, lat
        Columns of the coordinates, for duplicates; found by their usual names when None.
    language
        ``en`` or ``zh``, of the notes.
    source
        The table's name, for messages.

    Raises
    ------
    ArgumentError
        What was asked for contradicts itself or lacks a column.
    SchemaError
        A column is not there, or holds no such values; cells of another network.

    Notes
    -----
    `closed_share` (办结率) is closed by all incidents of the group, those without a readable time too.
    Hours elapsed count by the clock. Seconds for a million rows.
    """
    came = as_polars(table)
    keys = find_keys([by] if isinstance(by, str) else by, came.columns, category=category, where=source)
    rows = chosen(came, where or {})
    _check_names([*(key.name for key in keys), *sums])
    read = Reading(rows, keys, NOTES.speaker(language), source)
    counting = Counting(workdays=workdays, calendar_hours=calendar_hours, as_of=as_of)
    stated = {"time": time, "closed": closed, "limit": limit}
    read.all(stated, counting, sums)
    read.tell_versions(network)
    pairs = None
    if duplicates is not None:
        pairs = duplicate_pairs(read, duplicates, category=category, lon=lon, lat=lat)
    return _summary(read, network, sums=sums, pairs=pairs)


def _check_names(names: Sequence[str]) -> None:
    """Raise for a column that would stand in the answer twice."""
    twice = sorted({name for name in names if names.count(name) > 1 or name in MEASURES})
    if twice:
        raise ArgumentError(WORDS("two_columns", twice=examples(twice)))


def _summary(
    read: Reading, network: Network | None, *, sums: Sequence[str], pairs: pd.DataFrame | None
) -> IncidentSummary:
    units = _units(network, read.keys)
    measured = measures(read.rows.columns, sums)
    groups = labelled(read, read.rows.group_by(_by(read.keys)).agg(measured), units)
    missing = None
    if len(units) == 1:
        groups, missing = with_units(read, groups, next(iter(units.items())))
    total = read.rows.select(measured).row(0, named=True)
    if network is not None:
        total |= _density(total["incidents"], float(network.cells[AREA].sum()))
    return IncidentSummary(
        keys=tuple(read.keys),
        groups=as_pandas(_most_first(groups, [key.name for key in read.keys], sums)),
        total=total,
        months=_months(read),
        duplicates=pairs,
        missing=missing,
        columns=dict(read.columns),
        period=_period(read.when),
        notes=tuple(read.notes),
    )


def _by(keys: Sequence[Key]) -> "list[pl.Expr]":
    """What is grouped by, as text; a blank is no value."""
    import polars as pl

    texts = [pl.col(key.column).cast(pl.String).str.strip_chars() for key in keys]
    return [
        pl.when(text.str.len_chars() > 0).then(text).alias(key.name)
        for key, text in zip(keys, texts, strict=True)
    ]


def _most_first(groups: "pl.DataFrame", names: Sequence[str], sums: Sequence[str]) -> "pl.DataFrame":
    """Rows without a value last; months in their order; else the highest sum or most incidents first."""
    import polars as pl

    blank = pl.any_horizontal(pl.col(name).is_null() for name in names)
    ordered = [*names] if MONTH in names else [*(-pl.col(name) for name in [*sums[:1], "incidents"]), *names]
    return groups.sort([blank, *ordered])


def _months(read: Reading) -> pd.DataFrame | None:
    import polars as pl

    if read.when is None:
        return None
    month = pl.col("_when").dt.strftime("%Y-%m").alias(MONTH)
    others = [by for by, key in zip(_by(read.keys), read.keys, strict=True) if key.name != MONTH]
    dated = read.rows.filter(pl.col("_when").is_not_null())
    counts = dated.group_by(month, *others).agg(pl.len().cast(pl.Int64).alias("incidents"))
    return as_pandas(counts.sort(counts.columns[:-1], nulls_last=True))


def _density(incidents: int, area_m2: float) -> dict[str, float]:
    return {AREA: area_m2, "per_km2": incidents / (area_m2 / M2_PER_KM2)}


def _units(network: Network | None, keys: Sequence[Key]) -> dict[str, pd.DataFrame]:
    """The units of the network that are counted by, by key."""
    if network is None:
        return {}
    tables = {key.name: unit_table(network, key) for key in keys}
    return {name: table for name, table in tables.items() if table is not None}


def _period(when: "pl.Series | None") -> tuple[str, str] | None:
    if when is None or when.null_count() == len(when):
        return None
    first, last = (str(time.date()) for time in (when.min(), when.max()))  # type: ignore[union-attr]
    return first, last

"""Pairs of incidents that are likely one: the same category, near each other, soon after each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from gridgov.coordinates import parse_coordinates
from gridgov.errors import ArgumentError
from gridgov.language import Many, Speaker
from gridgov.tally.said_words import WORDS

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

__all__ = ["Nearness", "likely_duplicates"]

#: A point that so many rows of so many categories share exactly is a default, not where they happened.
_SHARED_ROWS: Final = 5
_SHARED_CATEGORIES: Final = 3
#: Metres of a degree of latitude; of longitude, times the cosine. Half a per cent off at most.
_DEGREE_M: Final = 111_200.0
_DEGREES: Final = 360.0
#: Buckets are that much larger than the distance, so that rounding loses no pair.
_ROOM: Final = 1.02
_SECONDS: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Nearness:
    """What is likely one incident: within so many metres and hours of each other, of one category."""

    metres: float = 50.0
    hours: float = 24.0

    def __post_init__(self) -> None:
        if not (self.metres > 0 and self.hours > 0):
            raise ArgumentError(WORDS("more_than_0"))


def likely_duplicates(
    rows: "pl.DataFrame", nearness: Nearness, say: Speaker, notes: list[str]
) -> "pl.DataFrame":
    """Answer pairs of rows, the earlier one first, sorted by it.

    Parameters
    ----------
    rows
        ``row`` (number), ``category``, ``when`` (time), ``x``, ``y`` in metres; with nulls.
    nearness
        How near is near.

    Returns
    -------
    ``row_a, row_b, hours_between, distance_m``.

    Notes
    -----
    Rows are put into buckets of place and time and only compared with those of the buckets around:
    seconds for a million rows.
    """
    import polars as pl

    whole = rows.drop_nulls(["category", "when", "x", "y"])
    if whole.height < rows.height:
        notes.append(say("not compared", rows=Many(rows.height - whole.height)))
    shared = whole.group_by("x", "y").agg(
        pl.len().alias("rows"), pl.col("category").n_unique().alias("kinds")
    )
    default = shared.filter((pl.col("rows") >= _SHARED_ROWS) & (pl.col("kinds") >= _SHARED_CATEGORIES))
    if default.height:
        notes.append(say("default points", rows=Many(default["rows"].sum()), points=Many(default.height)))
        whole = whole.join(default, on=["x", "y"], how="anti")
    return _pairs(whole, nearness)


def _pairs(rows: "pl.DataFrame", nearness: Nearness) -> "pl.DataFrame":
    import polars as pl

    side = nearness.metres * _ROOM
    seconds = pl.col("when").dt.epoch("s")
    rows = rows.with_columns(
        seconds.alias("s"),
        (pl.col("x") / side).floor().cast(pl.Int64).alias("bx"),
        (pl.col("y") / side).floor().cast(pl.Int64).alias("by"),
        (seconds / (nearness.hours * _SECONDS * _ROOM)).floor().cast(pl.Int64).alias("bt"),
        pl.col("category").cast(pl.Categorical).to_physical().alias("c"),
    ).select("row", "c", "x", "y", "s", "bx", "by", "bt")
    found = [_met(rows, step, nearness) for step in product((-1, 0, 1), repeat=3) if step >= (0, 0, 0)]
    pairs = pl.concat(found)
    later = pl.col("s_b") - pl.col("s")
    first = (later > 0) | ((later == 0) & (pl.col("row") < pl.col("row_b")))
    return pairs.select(
        row_a=pl.when(first).then("row").otherwise("row_b"),
        row_b=pl.when(first).then("row_b").otherwise("row"),
        hours_between=later.abs() / _SECONDS,
        distance_m=pl.col("distance_m").round(2),
    ).sort("row_a", "row_b")


def _met(rows: "pl.DataFrame", step: Iterable[int], nearness: Nearness) -> "pl.DataFrame":
    """Pairs of which the second lies one bucket in a direction away from the first."""
    import polars as pl

    bucket = ["c", "bx", "by", "bt"]
    bx, by, bt = step
    there = rows.with_columns(pl.col("bx") - bx, pl.col("by") - by, pl.col("bt") - bt)
    pairs = rows.join(there, on=bucket, suffix="_b")
    if (bx, by, bt) == (0, 0, 0):
        pairs = pairs.filter(pl.col("row") < pl.col("row_b"))
    distance = ((pl.col("x") - pl.col("x_b")).pow(2) + (pl.col("y") - pl.col("y_b")).pow(2)).sqrt()
    return (
        pairs.with_columns(distance.alias("distance_m"))
        .filter(
            pl.col("distance_m") <= nearness.metres,
            (pl.col("s") - pl.col("s_b")).abs() <= nearness.hours * _SECONDS,
        )
        .select("row", "row_b", "s", "s_b", "distance_m")
    )


def metres(lon: Any, lat: Any | None) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Answer coordinates in metres, for distances within a city; NaN where there is none.

    `lon` and `lat` are as in `parse_coordinates`: degrees of any datum, which shifts all of them alike, or
    metres.
    """
    plain = pd.to_numeric(pd.Series(lon, dtype=object), errors="coerce").abs().median()
    geographic = not plain > _DEGREES
    given = parse_coordinates(lon, lat, geographic=geographic)
    if not geographic:
        return given.lon, given.lat
    middle = np.nanmedian(given.lat) if np.isfinite(given.lat).any() else 0.0
    return given.lon * _DEGREE_M * np.cos(np.radians(middle)), given.lat * _DEGREE_M

"""Likely duplicates with all that people need to look at them."""

from typing import TYPE_CHECKING

import pandas as pd

from gridgov import frames
from gridgov.columns import best_columns
from gridgov.errors import ArgumentError
from gridgov.lookup.incidents import coordinate_columns
from gridgov.tally.duplicates import Nearness, likely_duplicates, metres
from gridgov.tally.keys import CATEGORY, best_column
from gridgov.tally.reading import ROW, Reading, as_pandas
from gridgov.tally.said_words import WORDS

if TYPE_CHECKING:
    import polars as pl

__all__ = ["duplicate_pairs"]


def duplicate_pairs(
    read: Reading, nearness: Nearness, *, category: str | None, lon: str | None, lat: str | None
) -> pd.DataFrame:
    """Answer the pairs as `IncidentSummary.duplicates` has them; ArgumentError without the columns."""
    import polars as pl

    names = read.rows.columns
    kind = best_column(names, CATEGORY, given=category, option="--category", where=read.source)
    places = coordinate_columns(names, lon=lon, lat=lat, required=False, where=read.source)
    lacking = {"--time": read.when is None, "--category": kind is None, "--lon, --lat": not places}
    if any(lacking.values()):
        options = ", ".join(option for option, lacks in lacking.items() if lacks)
        raise ArgumentError(WORDS("need_columns", source=read.source, options=options))
    assert kind is not None
    read.columns |= {CATEGORY: kind, **dict(zip(("lon", "lat"), places, strict=False))}
    values = [frames.column_values(read.rows, column) for column in places]
    x, y = metres(values[0], values[1] if len(values) > 1 else None)
    found = pl.DataFrame(
        {
            "row": read.rows[ROW],
            CATEGORY: read.rows[kind].cast(pl.String),
            "when": read.when,
            "x": pl.Series(x, nan_to_null=True),
            "y": pl.Series(y, nan_to_null=True),
        }
    )
    pairs = likely_duplicates(found, nearness, read.say, read.notes)
    return as_pandas(_described(read, pairs, kind))


def _described(read: Reading, pairs: "pl.DataFrame", kind: str) -> "pl.DataFrame":
    """Pairs with the ids, category and times of both."""
    import polars as pl

    ids = best_columns(read.rows.columns, "incident")
    about = read.rows.select(
        pl.col(ROW).alias("row"),
        *([pl.col(ids[0]).cast(pl.String).alias("incident")] if len(ids) == 1 else []),
        pl.col(kind).cast(pl.String).alias(CATEGORY),
        pl.col("_when").dt.strftime("%Y-%m-%d %H:%M:%S").alias("time"),
    )
    both = pairs.join(about, left_on="row_a", right_on="row", how="left", maintain_order="left").join(
        about.drop(CATEGORY), left_on="row_b", right_on="row", how="left", suffix="_b", maintain_order="left"
    )
    both = both.rename({name: f"{name}_a" for name in ("incident", "time") if name in both.columns})
    named = ["row_a", "row_b", *(c for c in ("incident_a", "incident_b") if c in both.columns)]
    return both.select(*named, CATEGORY, "time_a", "time_b", "hours_between", "distance_m")

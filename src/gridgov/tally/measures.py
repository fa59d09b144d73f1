"""The measures of a group of incidents."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

__all__ = ["M2_PER_KM2", "MEASURES", "measures"]

M2_PER_KM2: Final = 1_000_000.0
_HIGH: Final = 0.9

#: Columns of an answer that are no keys and no sums.
MEASURES: Final = (
    "incidents",
    "closed",
    "closed_share",
    "hours_elapsed_median",
    "hours_elapsed_p90",
    "judged",
    "overdue",
    "overdue_share",
    "area_m2",
    "per_km2",
)


def measures(columns: Sequence[str], sums: Sequence[str]) -> "list[pl.Expr]":
    """Answer what is measured, given the columns there are: ``_closed, _hours, _overdue``, and amounts.

    The 90th percentile lies between the two incidents around it, in proportion (as Excel's PERCENTILE.INC).
    """
    import polars as pl

    measured = [pl.len().cast(pl.Int64).alias("incidents")]
    if "_closed" in columns:
        closed = pl.col("_closed").sum().cast(pl.Int64)
        measured += [
            closed.alias("closed"),
            (closed / pl.len()).alias("closed_share"),
            pl.col("_hours").median().alias("hours_elapsed_median"),
            pl.col("_hours").quantile(_HIGH, "linear").alias("hours_elapsed_p90"),
        ]
    if "_overdue" in columns:
        judged = pl.col("_overdue").count().cast(pl.Int64)
        overdue = pl.col("_overdue").sum().cast(pl.Int64)
        measured += [
            judged.alias("judged"),
            overdue.alias("overdue"),
            pl.when(judged > 0).then(overdue / judged).alias("overdue_share"),
        ]
    return [*measured, *(pl.col(name).sum() for name in sums)]

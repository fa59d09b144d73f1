"""Groups of incidents with the names, owners and areas of what they are counted by."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from gridgov.language import Many, examples
from gridgov.tally.measures import M2_PER_KM2
from gridgov.tally.reading import Reading
from gridgov.tally.units import AREA, labels

if TYPE_CHECKING:
    import polars as pl

__all__ = ["labelled", "with_units"]


def labelled(read: Reading, groups: "pl.DataFrame", units: Mapping[str, pd.DataFrame]) -> "pl.DataFrame":
    """Groups with the names and owners of their keys, each behind its key."""
    import polars as pl

    order: list[str] = []
    for key in read.keys:
        known = units.get(key.name)
        own = labels(read.rows, key)
        if known is not None:
            endings = [c for c in (f"{key.name}_name", f"{key.name}_owner") if c in known.columns]
            own = pl.DataFrame({c: known[c].tolist() for c in [key.name, *endings]}) if endings else None
        order.append(key.name)
        if own is not None:
            # What is counted by need not be text in the table.
            own = own.with_columns(pl.col(key.name).cast(pl.String)).select(
                key.name, *(c for c in own.columns if c != key.name and c not in groups.columns)
            )
            order += own.columns[1:]
            groups = groups.join(own, on=key.name, how="left")
    return groups.select(*order, pl.exclude(order))


def with_units(
    read: Reading, groups: "pl.DataFrame", unit: tuple[str, pd.DataFrame]
) -> "tuple[pl.DataFrame, pd.DataFrame]":
    """Groups with areas, those of the network without any row too if it is all that is counted by."""
    import polars as pl

    name, known = unit
    areas = pl.DataFrame({column: known[column].tolist() for column in (name, AREA)})
    strange = groups.filter(pl.col(name).is_not_null()).join(areas, on=name, how="anti")
    if strange.height:
        values = strange[name].unique().sort().to_list()
        read.notes.append(
            read.say(
                "unknown units",
                rows=Many(strange["incidents"].sum()),
                units=Many(len(values)),
                key=name,
                examples=examples(values, most=3),
            )
        )
    lacking = ~known[name].isin(groups[name].drop_nulls().to_list())
    missing = known[lacking].reset_index(drop=True)
    if groups.width and len(read.keys) == 1:
        groups = pl.concat([groups, _empty(missing, groups)], how="diagonal_relaxed")
    groups = groups.join(areas, on=name, how="left")
    density = pl.when(pl.col(AREA) > 0).then(pl.col("incidents") / (pl.col(AREA) / M2_PER_KM2))
    return groups.with_columns(density.alias("per_km2")), missing


def _empty(missing: pd.DataFrame, groups: "pl.DataFrame") -> "pl.DataFrame":
    """Rows of units without any incident: counts are 0, shares and hours unknown."""
    import polars as pl

    there = [column for column in groups.columns if column in missing.columns]
    rows = pl.DataFrame(
        {column: missing[column].tolist() for column in there}, schema=[(c, pl.String) for c in there]
    )
    numbers = [c for c in groups.columns if c not in there and groups[c].dtype.is_numeric()]
    zero = [c for c in numbers if not c.endswith("_share") and not c.startswith("hours_elapsed")]
    return rows.with_columns(pl.lit(0).cast(groups[c].dtype).alias(c) for c in zero)

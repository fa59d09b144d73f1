"""Each incident as it is counted: closed or not, hours elapsed, overdue, amounts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gridgov.errors import ArgumentError, SchemaError
from gridgov.language import Many, Speaker, examples, listed
from gridgov.tally.limits import CLOCK, WORK, Limits, read_limits
from gridgov.tally.said_words import WORDS
from gridgov.tally.times import read_times
from gridgov.tally.workdays import Workdays

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

__all__ = ["Counting", "amounts", "closings", "judged", "times"]

_SECONDS: Final = 3600.0
_DAY_HOURS: Final = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """How time counts when a limit is judged.

    Attributes
    ----------
    workdays
        Calendar of working time; None counts by the clock if `calendar_hours`.
    calendar_hours
        Count every hour of every day.
    as_of
        When open incidents are judged; None leaves them out.
    """

    workdays: Workdays | None = None
    calendar_hours: bool = False
    as_of: dt.datetime | None = None

    def __post_init__(self) -> None:
        if self.workdays is not None and self.calendar_hours:
            raise ArgumentError(WORDS("not_both"))

    @property
    def asked(self) -> bool:
        """Whether limits are judged at all."""
        return self.calendar_hours or self.workdays is not None


def times(table: "pl.DataFrame", column: str, say: Speaker, notes: list[str]) -> "pl.Series":
    """Answer the times of a column; raises SchemaError if it holds values and none of them is a time."""
    import polars as pl

    values = table[column]
    read = read_times(values)
    if values.dtype == pl.String:
        there = values.str.strip_chars().str.len_chars().fill_null(0) > 0
    else:
        there = values.is_not_null()
    wrong = values.filter(there & read.is_null())
    if len(wrong):
        shown = examples([f"'{value}'" for value in wrong.unique(maintain_order=True).head(3)])
        if len(wrong) == there.sum():
            raise SchemaError(WORDS("no_times", column=column, shown=shown))
        notes.append(say("unreadable times", column=column, rows=Many(len(wrong)), examples=shown))
    return read


def closings(
    when: "pl.Series", closed: "pl.Series", say: Speaker, notes: list[str]
) -> dict[str, "pl.Series"]:
    """Answer whether each incident is closed (`_closed`), and the hours that took by the clock (`_hours`)."""
    import polars as pl

    frame = pl.DataFrame({"when": when, "closed": closed})
    hours = (pl.col("closed") - pl.col("when")).dt.total_milliseconds() / 1000 / _SECONDS
    answer = frame.select(_closed=pl.col("closed").is_not_null(), _hours=hours)
    early = int((answer["_hours"] < 0).sum())
    if early:
        notes.append(say("closed before reported", rows=Many(early)))
    answer = answer.with_columns(_hours=pl.when(pl.col("_hours") >= 0).then("_hours"))
    return {name: answer[name] for name in answer.columns}


def judged(
    when: "pl.Series",
    closed: "pl.Series",
    limits: "pl.Series",
    counting: Counting,
    *,
    say: Speaker,
    notes: list[str],
) -> "pl.Series":
    """Answer whether each incident is overdue; null where it has no limit, or cannot be judged."""
    import polars as pl

    limit = read_limits(limits)
    if limit.unreadable:
        notes.append(say("unreadable limits", column=limits.name, examples=examples(limit.unreadable)))
    start, end = when.to_numpy().astype("datetime64[us]"), closed.to_numpy().astype("datetime64[us]")
    has_limit = ~np.isnan(limit.amount) & ~np.isnat(start)
    still_open = np.isnat(end)
    if counting.as_of is not None:
        end = np.where(still_open, np.datetime64(counting.as_of, "us"), end)
    elif (has_limit & still_open).any():
        notes.append(say("open not judged", rows=Many((has_limit & still_open).sum())))
    spent = _spent(start, end, limit, counting, say=say, notes=notes)
    # Reported after the day of --as-of, or closed before it was reported: nothing to judge.
    known = has_limit & np.isfinite(spent) & (end >= start)
    frame = pl.DataFrame({"known": known, "late": spent > limit.amount})
    return frame.select(pl.when("known").then("late").alias("_overdue"))["_overdue"]


def _spent(
    start: "NDArray[Any]",
    end: "NDArray[Any]",
    limit: Limits,
    counting: Counting,
    *,
    say: Speaker,
    notes: list[str],
) -> "NDArray[np.float64]":
    """Answer what elapsed of each incident, in hours or days as its limit counts; NaN if unknown."""
    hours = (end - start) / np.timedelta64(1, "s") / _SECONDS
    by_clock = np.where(limit.days, hours / _DAY_HOURS, hours)
    if counting.workdays is None:
        work = (limit.counted == WORK) & np.isfinite(limit.amount)
        if work.any():
            notes.append(say("work limits", rows=Many(work.sum())))
        return np.where(work, np.nan, by_clock)
    calendar = counting.workdays
    by_work = np.where(limit.days, calendar.days_between(start, end), calendar.hours_between(start, end))
    clock = limit.counted == CLOCK
    beyond = ~clock & np.isfinite(limit.amount) & np.isfinite(by_clock) & np.isnan(by_work)
    if beyond.any():
        notes.append(
            say("beyond calendar", rows=Many(beyond.sum()), first=calendar.first, last=calendar.last)
        )
    return np.where(clock, by_clock, by_work)


def amounts(
    table: "pl.DataFrame", columns: Sequence[str], say: Speaker, notes: list[str]
) -> dict[str, "pl.Series"]:
    """Answer the numbers of the columns that are added up; blank ones are 0, others are said.

    Raises
    ------
    SchemaError
        A column is missing, or holds values of which none is a number.
    """
    answer = {}
    for column in columns:
        if column not in table.columns:
            there = listed(table.columns)
            raise SchemaError(WORDS("no_sum_column", column=column, columns=there))
        answer[column] = _numbers(table[column], say, notes)
    return answer


def _numbers(values: "pl.Series", say: Speaker, notes: list[str]) -> "pl.Series":
    import polars as pl

    if values.dtype.is_numeric():
        return values.cast(pl.Float64).fill_null(0.0).fill_nan(0.0)
    texts = values.cast(pl.String).str.strip_chars()
    numbers = texts.str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)
    numbers = numbers.set(numbers.is_infinite() | numbers.is_nan(), None)
    there = texts.str.len_chars().fill_null(0) > 0
    wrong = texts.filter(there & numbers.is_null())
    if len(wrong):
        shown = examples([f"'{value}'" for value in wrong.unique(maintain_order=True).head(3)])
        if len(wrong) == there.sum():
            raise SchemaError(WORDS("no_sum_numbers", column=values.name, shown=shown))
        notes.append(say("no numbers", column=values.name, rows=Many(len(wrong)), examples=shown))
    return numbers.fill_null(0.0)

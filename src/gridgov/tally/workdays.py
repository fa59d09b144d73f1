"""The calendar by which working hours and working days are counted."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gridgov import frames
from gridgov.columns import fold_name
from gridgov.errors import SchemaError
from gridgov.language import both, examples
from gridgov.tally.said_words import WORDS
from gridgov.tally.times import read_times

__all__ = ["Workdays"]

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.datetime64]

_COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "date": ("date", "日期"),
    "workday": ("workday", "是否工作日", "工作日", "是否上班"),
    "from": ("from", "上班时间", "上班"),
    "to": ("to", "下班时间", "下班"),
}
_YES: Final = frozenset({"1", "true", "yes", "y", "是", "班", "上班", "补班", "工作日"})
_NO: Final = frozenset({"0", "false", "no", "n", "否", "休", "休息", "休息日", "节假日", "放假"})
_DAY_HOURS: Final = 24.0
_SECONDS: Final = 3600.0
_WEEKEND: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Workdays:
    """Which hours of which days count.

    Attributes
    ----------
    first
        First day.
    opens, hours
        (days,) per day from the first one: hour at which work begins, and how many hours it lasts; 0 hours
        on a day off.
    """

    first: dt.date
    opens: Floats
    hours: Floats

    @classmethod
    def from_table(cls, table: Any, *, source: str = "workdays") -> "Workdays":
        """Make a calendar of a table with the columns ``date`` (日期) and ``workday`` (是否工作日).

        Parameters
        ----------
        table
            pandas, polars or Arrow. ``workday`` is 1, 0, 是, 否, 班, 休 ... With ``from`` and ``to`` (08:30)
            only these hours count, and every day must be listed. Without them whole days count, and Monday
            to Friday of the same years also where they are not listed: a list of holidays is enough.
        source
            Its name, for messages.

        Raises
        ------
        SchemaError
            A column is missing, a day is there twice, or values are none.
        """
        columns = _columns(table, source)
        days = _days(frames.column_values(table, columns["date"]))
        works = [_is_workday(value) for value in frames.column_values(table, columns["workday"])]
        _check(source, columns["date"], table, days)
        _check(source, columns["workday"], table, works)
        if len(set(days)) < len(days):
            twice = sorted({str(day) for day in days if days.count(day) > 1})
            raise SchemaError(WORDS("days_twice", source=source, twice=examples(twice)))
        known = {day: works[row] for row, day in enumerate(days) if day is not None}
        if "from" in columns and "to" in columns:
            return cls._of_hours(table, columns, source, known=known, days=[day for day in days if day])
        first = dt.date(min(known).year, 1, 1)
        last = dt.date(max(known).year, 12, 31)
        every = [first + dt.timedelta(days=k) for k in range((last - first).days + 1)]
        years = {day.year for day in known}
        gaps = sorted({day.year for day in every} - years)
        if gaps:
            raise SchemaError(WORDS("no_day_of", source=source, gaps=examples(gaps)))
        counts = np.array([known.get(day, day.weekday() < _WEEKEND) for day in every], dtype=np.bool_)
        return cls(first, np.zeros(len(every)), np.where(counts, _DAY_HOURS, 0.0))

    @classmethod
    def _of_hours(
        cls,
        table: Any,
        columns: Mapping[str, str],
        source: str,
        *,
        known: Mapping[dt.date, bool | None],
        days: Sequence[dt.date],
    ) -> "Workdays":
        opens = [_hour(value) for value in frames.column_values(table, columns["from"])]
        closes = [_hour(value) for value in frames.column_values(table, columns["to"])]
        first, last = min(known), max(known)
        lacking = [str(day) for day in _every(first, last) if day not in known]
        if lacking:
            raise SchemaError(WORDS("every_day", source=source, lacking=examples(lacking)))
        start, length = np.zeros(len(known)), np.zeros(len(known))
        for day, begin, end in zip(days, opens, closes, strict=True):
            if not known[day]:
                continue
            if begin is None or end is None or end <= begin:
                raise SchemaError(WORDS("needs_from", source=source, day=day))
            start[(day - first).days], length[(day - first).days] = begin, end - begin
        return cls(first, start, length)

    @property
    def last(self) -> dt.date:
        """Last day."""
        return self.first + dt.timedelta(days=len(self.hours) - 1)

    def covers(self, times: Times) -> npt.NDArray[np.bool_]:
        """Answer whether each time lies in the calendar; NaT does not."""
        day = self._day_numbers(times)
        return np.asarray((day >= 0) & (day < len(self.hours)) & ~np.isnat(times))

    def hours_between(self, start: Times, end: Times) -> Floats:
        """Answer the working hours between times; NaN where the calendar does not cover both."""
        return self._between(start, end, per_day=self.hours)

    def days_between(self, start: Times, end: Times) -> Floats:
        """Answer the working days, and parts of them, between times; NaN where not covered."""
        return self._between(start, end, per_day=(self.hours > 0).astype(np.float64))

    def _between(self, start: Times, end: Times, *, per_day: Floats) -> Floats:
        before = np.concatenate([[0.0], np.cumsum(per_day)])
        both = self.covers(start) & self.covers(end)
        counted = [self._counted(np.where(both, t, self._start), before, per_day) for t in (start, end)]
        return np.where(both, counted[1] - counted[0], np.nan)

    def _counted(self, times: Times, before: Floats, per_day: Floats) -> Floats:
        """Answer what counts from the first day up to each time."""
        day = self._day_numbers(times)
        hour = (times - times.astype("datetime64[D]")) / np.timedelta64(1, "s") / _SECONDS
        length = self.hours[day]
        part = np.clip(hour - self.opens[day], 0.0, length) / np.where(length > 0, length, 1.0)
        return np.asarray(before[day] + part * per_day[day])

    @property
    def _start(self) -> np.datetime64:
        return np.datetime64(self.first, "us")

    def _day_numbers(self, times: Times) -> npt.NDArray[np.int64]:
        return np.asarray((times.astype("datetime64[D]") - np.datetime64(self.first, "D")).astype(np.int64))


def _columns(table: Any, source: str) -> dict[str, str]:
    folded = {fold_name(name): name for name in reversed(frames.column_names(table))}
    found = {
        role: next(folded[fold_name(name)] for name in names if fold_name(name) in folded)
        for role, names in _COLUMNS.items()
        if any(fold_name(name) in folded for name in names)
    }
    missing = [f"{role} ({_COLUMNS[role][1]})" for role in ("date", "workday") if role not in found]
    if missing:
        raise SchemaError(WORDS("calendar_needs", source=source, missing=both(missing)))
    if ("from" in found) != ("to" in found):
        raise SchemaError(WORDS("both_columns", source=source))
    return found


def _check(source: str, column: str, table: Any, read: Sequence[object]) -> None:
    if not len(read):
        raise SchemaError(WORDS("no_day", source=source))
    given = frames.column_values(table, column)
    wrong = [f"'{given[row]}'" for row, value in enumerate(read) if value is None]
    if wrong:
        want = WORDS("such_a_day") if column in {"date", "日期"} else WORDS("one_or_zero")
        raise SchemaError(
            WORDS("column_wants", source=source, column=column, want=want, wrong=examples(wrong))
        )


def _days(values: npt.NDArray[np.object_]) -> list[dt.date | None]:
    import polars as pl

    texts = [None if value is None else str(value) for value in values]
    return [when and when.date() for when in read_times(pl.Series(texts, dtype=pl.String))]


def _is_workday(value: object) -> bool | None:
    text = str(value).strip().casefold().removesuffix(".0")
    return True if text in _YES else False if text in _NO else None


def _hour(value: object) -> float | None:
    """Hour of the day, None where there is none; 24:00 is the end of the day."""
    parts = str(value).replace("：", ":").strip().split(":")
    if not 2 <= len(parts) <= 3 or not all(part.isdigit() for part in parts):  # noqa: PLR2004 (H:M[:S])
        return None
    hours = sum(int(part) / 60**k for k, part in enumerate(parts))
    return hours if hours <= _DAY_HOURS else None


def _every(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=k) for k in range((last - first).days + 1)]

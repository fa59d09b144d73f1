"""Working time is counted by the calendar that is given, and by nothing else."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov import SchemaError
from gridgov.tables.workdays_file import read_workdays
from gridgov.tally import Workdays

HOLIDAY = pd.DataFrame({"date": ["2025-10-01", "2025-09-28"], "workday": ["0", "1"]})
OFFICE = pd.DataFrame(
    {
        "日期": ["2025-06-20", "2025-06-21", "2025-06-22", "2025-06-23"],
        "是否工作日": ["是", "否", "否", "是"],
        "上班时间": ["08:30", None, None, "08:30"],
        "下班时间": ["17:30", None, None, "17:30"],
    }
)


def times(*texts):
    return np.array(texts, dtype="datetime64[us]")


def test_a_list_of_holidays_is_a_calendar_of_its_year():
    calendar = Workdays.from_table(HOLIDAY)
    assert (str(calendar.first), str(calendar.last)) == ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2025-06-18T09:00", "2025-06-19T09:00", 1.0),  # Wednesday to Thursday
        ("2025-06-20T12:00", "2025-06-23T12:00", 1.0),  # over a weekend
        ("2025-09-30T12:00", "2025-10-02T12:00", 1.0),  # over the holiday
        ("2025-09-28T00:00", "2025-09-29T00:00", 1.0),  # a Sunday that is made up
        ("2025-06-21T00:00", "2025-06-22T10:00", 0.0),  # within a weekend
    ],
)
def test_days_off_do_not_count(start, end, days):
    assert Workdays.from_table(HOLIDAY).days_between(times(start), times(end)) == pytest.approx([days])


def test_only_office_hours_count_where_they_are_given():
    calendar = Workdays.from_table(OFFICE)
    hours = calendar.hours_between(times("2025-06-20T16:30"), times("2025-06-23T10:30"))
    assert hours == pytest.approx([1.0 + 2.0])


def test_a_working_day_is_its_office_hours():
    calendar = Workdays.from_table(OFFICE)
    days = calendar.days_between(times("2025-06-20T13:00"), times("2025-06-23T13:00"))
    assert days == pytest.approx([1.0])


def test_times_outside_the_calendar_are_unknown():
    calendar = Workdays.from_table(HOLIDAY)
    assert np.isnan(calendar.hours_between(times("2025-12-31T23:00"), times("2026-01-01T01:00"))).all()
    assert np.isnan(calendar.hours_between(times("2025-12-31T23:00"), times("NaT"))).all()


@given(st.lists(st.integers(0, 365 * 24 * 60 - 1), min_size=3, max_size=3).map(sorted))
def test_working_time_adds_up(minutes):
    calendar = Workdays.from_table(HOLIDAY)
    a, b, c = (times("2025-01-01") + np.timedelta64(m, "m") for m in minutes)
    whole = calendar.hours_between(a, c)
    assert calendar.hours_between(a, b) + calendar.hours_between(b, c) == pytest.approx(whole)
    assert (whole >= 0).all()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"date": ["2025-10-01"]}, "needs the column workday"),
        ({"date": ["10月1日"], "workday": ["0"]}, "wants a day such as 2025-10-01, not '10月1日'"),
        ({"date": ["2025-10-01"], "workday": ["也许"]}, "wants 1 or 0"),
        ({"date": ["2025-10-01"] * 2, "workday": ["0", "1"]}, "there twice: 2025-10-01"),
        ({"date": ["2025-10-01", "2027-10-01"], "workday": ["0", "0"]}, "no day of 2026"),
        ({"date": ["2025-10-01"], "workday": ["1"], "from": ["08:30"]}, "both columns from and to"),
        ({"date": ["2025-10-01"], "workday": ["1"], "from": ["17:30"], "to": ["08:30"]}, "needs from and to"),
        (
            {
                "date": ["2025-10-01", "2025-10-03"],
                "workday": ["1", "1"],
                "from": ["8:30"] * 2,
                "to": ["17:30"] * 2,
            },
            "missing: 2025-10-02",
        ),
        ({"date": [], "workday": []}, "no day in it"),
    ],
)
def test_what_is_no_calendar_is_refused(table, said):
    with pytest.raises(SchemaError, match=said):
        Workdays.from_table(pd.DataFrame(table, dtype=object), source="calendar.csv")


def test_a_calendar_is_read_from_a_file(tmp_path):
    path = tmp_path / "calendar.csv"
    HOLIDAY.to_csv(path, index=False)
    assert (read_workdays(path).hours == Workdays.from_table(HOLIDAY).hours).all()

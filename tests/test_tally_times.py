"""Times and limits are read as people write them; what is none is none."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from gridgov.tally.limits import parse_limit, read_limits
from gridgov.tally.times import read_times

MORNING = dt.datetime(2025, 6, 18, 8, 47)


@pytest.mark.parametrize(
    "text",
    [
        "2025-06-18 08:47:00",
        "2025-06-18T08:47:00",
        "2025/6/18 8:47",
        "2025.6.18 8:47:00",
        "2025年6月18日 8时47分",
        "2025年6月18日8:47",
        " 2025-06-18 08:47:00.000 ",
        "2025-06-18T08:47:00+08:00",
        "2025-06-18T08:47:00Z",
        "20250618 08:47",
    ],
)
def test_a_time_is_read_in_every_spelling(text):
    assert read_times(pl.Series([text]))[0] == MORNING


@pytest.mark.parametrize("text", ["2025-06-18", "2025/6/18", "20250618", "2025年6月18日"])
def test_a_day_is_its_midnight(text):
    assert read_times(pl.Series([text]))[0] == dt.datetime(2025, 6, 18)


@pytest.mark.parametrize(
    "text", ["", "无", "2025-02-30", "2025-06-18 25:00", "已结案", "18/06/2025", "2025-06"]
)
def test_what_is_no_time_is_none(text):
    assert read_times(pl.Series([text])).to_list() == [None]


def test_times_keep_the_order_of_their_rows():
    texts = ["2025-06-19", None, "2025-06-18", "2025-06-19"]
    assert [t and t.day for t in read_times(pl.Series(texts))] == [19, None, 18, 19]


def test_of_a_time_with_a_zone_the_clock_on_the_wall_counts():
    zoned = pl.Series([MORNING]).dt.replace_time_zone("Asia/Shanghai")
    assert read_times(zoned)[0] == MORNING


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("4小时", (4.0, False, "either")),
        ("30分钟", (0.5, False, "either")),
        ("7天", (7.0, True, "either")),
        ("3个工作日", (3.0, True, "work")),
        ("4 工作时", (4.0, False, "work")),
        ("2紧急工作时", (2.0, False, "clock")),
        ("1.5H", (1.5, False, "either")),
        ("24小时内", (24.0, False, "either")),
    ],
)
def test_a_limit_is_read(text, limit):
    assert parse_limit(text) == limit


@pytest.mark.parametrize("text", ["4", "尽快", "4小时30", "小时"])
def test_what_is_no_limit_is_none(text):
    assert parse_limit(text) is None


def test_unreadable_limits_are_named_once():
    limits = read_limits(pl.Series(["4小时", "尽快", None, "尽快", ""]))
    assert limits.unreadable == ("尽快",)
    assert limits.amount.tolist()[0] == 4.0
    assert np.isnan(limits.amount).tolist() == [False, True, True, True, True]

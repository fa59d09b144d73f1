"""Likely duplicates are near in place, time and kind; a shared default coordinate is none."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridgov import ArgumentError
from gridgov.tally import Nearness, summarize_incidents

EAST, NORTH = 475_000.0, 3_843_000.0


def incidents(*rows):
    """Rows of (metres east, hours, category)."""
    return pd.DataFrame(
        {
            "事件编码": [f"E{k}" for k in range(len(rows))],
            "x": [str(EAST + x) for x, _, _ in rows],
            "y": [str(NORTH)] * len(rows),
            "上报时间": [str(pd.Timestamp("2025-06-18") + pd.Timedelta(hours=h)) for _, h, _ in rows],
            "小类": [kind for _, _, kind in rows],
        }
    )


def pairs(table, **near):
    found = summarize_incidents(table, "category", duplicates=Nearness(**near)).duplicates
    return list(zip(found["row_a"], found["row_b"], strict=True))


def test_near_in_place_time_and_kind_is_a_pair():
    assert pairs(incidents((0, 0, "井盖"), (30, 5, "井盖"))) == [(1, 2)]


@pytest.mark.parametrize("other", [(51, 0, "井盖"), (0, 24.1, "井盖"), (0, 0, "路灯")])
def test_too_far_too_late_or_of_another_kind_is_none(other):
    assert pairs(incidents((0, 0, "井盖"), other)) == []


def test_the_limits_themselves_still_count():
    assert pairs(incidents((0, 0, "井盖"), (50, 24, "井盖"))) == [(1, 2)]


def test_the_earlier_one_stands_first():
    assert pairs(incidents((0, 5, "井盖"), (0, 1, "井盖"))) == [(2, 1)]


def test_pairs_say_both_ids_how_far_and_how_long():
    table = incidents((0, 0, "井盖"), (30, 5, "井盖"))
    (row,) = summarize_incidents(table, "category", duplicates=Nearness()).duplicates.to_dict("records")
    assert (row["incident_a"], row["incident_b"]) == ("E0", "E1")
    assert (row["hours_between"], row["distance_m"]) == (5.0, 30.0)
    assert (row["time_a"], row["time_b"]) == ("2025-06-18 00:00:00", "2025-06-18 05:00:00")


def test_a_point_that_many_kinds_share_is_a_default_and_no_pair():
    kinds = ["井盖", "井盖", "路灯", "路灯", "垃圾"]
    result = summarize_incidents(incidents(*((0, 0, k) for k in kinds)), "category", duplicates=Nearness())
    assert len(result.duplicates) == 0
    assert any("default coordinates" in note for note in result.notes)


def test_a_point_that_many_of_one_kind_share_is_a_place():
    assert len(pairs(incidents(*[(0, 0, "井盖")] * 5))) == 10


def test_rows_without_a_coordinate_are_not_compared():
    table = incidents((0, 0, "井盖"), (0, 0, "井盖"), (0, 0, "井盖"))
    table.loc[1, "x"] = None
    result = summarize_incidents(table, "category", duplicates=Nearness())
    assert len(result.duplicates) == 1
    assert any("1 row lacks a coordinate" in note for note in result.notes)


def test_degrees_are_measured_in_metres():
    table = incidents((0, 0, "井盖"), (0, 0, "井盖")).assign(x=["113.730000", "113.730500"], y="34.72")
    (row,) = summarize_incidents(table, "category", duplicates=Nearness()).duplicates.to_dict("records")
    assert row["distance_m"] == pytest.approx(45.8, abs=0.3)  # by the ellipsoid


@pytest.mark.parametrize("lacking", ["上报时间", "小类", "x"])
def test_what_duplicates_need_is_said(lacking):
    table = incidents((0, 0, "井盖")).drop(columns=lacking)
    table = table.drop(columns="y") if lacking == "x" else table
    with pytest.raises(ArgumentError, match="need a time, a category and coordinates"):
        summarize_incidents(table, "事件编码", duplicates=Nearness())


@pytest.mark.parametrize("near", [{"metres": 0.0}, {"hours": -1.0}])
def test_nearness_is_more_than_nothing(near):
    with pytest.raises(ArgumentError, match="more than 0"):
        Nearness(**near)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 80), st.sampled_from("ab")), max_size=25))
def test_no_pair_is_lost_or_made_up(rows):
    x, hour = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    table = incidents((0, 0, "z"), *rows)  # a table without any row has no kinds of columns
    table["y"] = [str(NORTH + 7 * k % 100) for k in range(len(table))]
    north = 7 * np.arange(1, len(table)) % 100
    wanted = {
        frozenset((i + 2, j + 2))
        for i in range(len(rows))
        for j in range(i)
        if np.hypot(x[i] - x[j], north[i] - north[j]) <= 50
        and abs(hour[i] - hour[j]) <= 24
        and rows[i][2] == rows[j][2]
    }
    points = table.assign(n=1).groupby(["x", "y"])["小类"].agg(["size", "nunique"])
    if ((points["size"] >= 5) & (points["nunique"] >= 3)).any():
        return
    assert {frozenset(pair) for pair in pairs(table)} == wanted

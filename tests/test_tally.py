"""Incidents are counted by what is asked, with denominators that are said."""

import datetime as dt

import pandas as pd
import polars as pl
import pytest

import gridgov
from gridgov import ArgumentError, SchemaError
from gridgov.tally import Workdays, summarize_incidents

TAGGED = pd.DataFrame(
    {
        "cell_id": ["a", "a", "b", "d", None],
        "district": ["410104", "410104", "410104", "410105", ""],
        "district_name": ["管城回族区", "管城回族区", "管城回族区", "金水区", None],
        "police": ["P1", "P1", "P2", "P2", None],
        "police_owner": ["一所", "一所", "二所", "二所", None],
        "小类": ["井盖", "路灯", "井盖", "井盖", "路灯"],
        "上报时间": ["2025-06-18 08:00", "2025-06-18 09:00", "2025-07-01 08:00", "2025-07-02 08:00", None],
        "办结时间": ["2025-06-18 10:00", "2025-06-18 15:00", "2025-07-01 12:00", None, None],
        "rule_时限": ["4小时", "4小时", "4小时", "4小时", None],
        "积分": ["1", "2.5", "", "3", "1,000"],
        "network_version": ["v1"] * 5,
    }
)


def by(*what, **options):
    return summarize_incidents(options.pop("table", TAGGED), list(what), **options)


def row(result, **key):
    ((name, value),) = key.items()
    return result.groups[result.groups[name] == value].iloc[0]


def test_incidents_are_counted_by_district():
    groups = by("district").groups
    assert groups["district"].tolist() == ["410104", "410105", None]
    assert groups["incidents"].tolist() == [3, 1, 1]


def test_a_unit_brings_its_name_or_owner():
    assert row(by("district"), district="410105")["district_name"] == "金水区"
    assert row(by("police"), police="P2")["police_owner"] == "二所"


def test_the_share_closed_is_of_all_incidents():
    result = by("district")
    assert row(result, district="410104")["closed_share"] == 1.0
    assert (result.total["closed"], result.total["incidents"]) == (3, 5)
    assert result.total["closed_share"] == pytest.approx(0.6)


def test_hours_elapsed_are_those_of_the_closed():
    total = by("district").total
    assert total["hours_elapsed_median"] == pytest.approx(4.0)
    assert total["hours_elapsed_p90"] == pytest.approx(4.0 + 0.8 * 2.0)


def test_nothing_is_overdue_unless_it_is_said_how_time_counts():
    result = by("district")
    assert "overdue" not in result.groups
    assert any("not judged" in note for note in result.notes)


def test_by_the_clock_what_took_longer_than_its_limit_is_overdue():
    result = by("district", calendar_hours=True)
    assert (result.total["judged"], result.total["overdue"]) == (3, 1)
    assert any("1 open incident has a limit" in note for note in result.notes)


def test_open_incidents_are_judged_as_of_a_day():
    result = by("district", calendar_hours=True, as_of=dt.datetime(2025, 7, 3))
    assert (result.total["judged"], result.total["overdue"]) == (4, 2)


def test_by_the_calendar_days_off_do_not_count():
    table = TAGGED.assign(办结时间="2025-06-23 09:00", 上报时间="2025-06-20 12:00", rule_时限="1工作日")
    off = Workdays.from_table(pd.DataFrame({"date": ["2025-06-23"], "workday": ["0"]}))
    usual = Workdays.from_table(pd.DataFrame({"date": ["2025-10-01"], "workday": ["0"]}))
    assert by("district", table=table.assign(rule_时限="13小时"), workdays=usual).total["overdue"] == 5
    assert by("district", table=table.assign(rule_时限="13小时"), workdays=off).total["overdue"] == 0


def test_working_days_cannot_be_judged_by_the_clock():
    result = by("district", table=TAGGED.assign(rule_时限="1工作日"), calendar_hours=True)
    assert result.total["judged"] == 0
    assert result.total["overdue_share"] is None
    assert any("working hours or days" in note for note in result.notes)


def test_incidents_beyond_the_calendar_are_said_and_not_judged():
    calendar = Workdays.from_table(pd.DataFrame({"date": ["2024-10-01"], "workday": ["0"]}))
    result = by("district", workdays=calendar)
    assert result.total["judged"] == 0
    assert any("outside the calendar (2024-01-01 to 2024-12-31)" in note for note in result.notes)


def test_closed_before_reported_counts_as_closed_without_hours():
    result = by("district", table=TAGGED.assign(办结时间="2025-06-18 08:30"))
    assert result.total["closed"] == 5
    assert result.total["hours_elapsed_median"] == pytest.approx(0.5)
    assert any("3 incidents were closed before" in note for note in result.notes)


def test_months_are_counted():
    months = by("district").months
    assert months[["month", "district", "incidents"]].to_numpy().tolist() == [
        ["2025-06", "410104", 2],
        ["2025-07", "410104", 1],
        ["2025-07", "410105", 1],
    ]


def test_a_month_can_be_counted_by():
    groups = by("month", "category").groups
    assert groups["month"].tolist() == ["2025-06", "2025-06", "2025-07", None]


def test_amounts_are_added_up():
    result = by("cell", "category", sums=["积分"])
    assert result.total["积分"] == pytest.approx(1006.5)
    assert result.groups["积分"].tolist()[:2] == [3.0, 2.5]  # the highest sum first, no cell last


def test_what_is_no_number_is_said_and_not_added():
    result = by("district", table=TAGGED.assign(积分=["1", "优", "2", None, ""]), sums=["积分"])
    assert result.total["积分"] == 3.0
    assert any("1 value is no number and was" in note and "'优'" in note for note in result.notes)


def test_only_chosen_rows_are_counted():
    assert by("district", where={"小类": ["路灯", "沟盖"]}).total["incidents"] == 2


def test_areas_give_incidents_per_km2(four_network):
    result = by("district", network=four_network)
    assert row(result, district="410104")["per_km2"] == pytest.approx(3 / 0.02)
    assert result.total["per_km2"] == pytest.approx(5 / 0.04)


def test_units_of_the_network_without_any_row_are_missing(four_network):
    result = by("cell", network=four_network)
    assert result.missing["cell_id"].tolist() == ["c"]
    assert result.missing["street_name"].tolist() == ["未来路街道"]
    assert row(result, cell_id="c")["incidents"] == 0
    assert result.groups["cell_id"].tolist() == ["a", "b", "d", "c", None]


def test_a_unit_the_network_does_not_have_is_said(four_network):
    result = by("police", table=TAGGED.replace({"P2": "P77"}), network=four_network)
    assert any("2 rows name 1 value of police" in note and "P77" in note for note in result.notes)


def test_cells_of_another_network_are_refused(four_network):
    with pytest.raises(SchemaError, match=r"tagged with network v0.*tag them again"):
        by("cell", table=TAGGED.assign(network_version="v0"), network=four_network)


def test_another_version_is_said_where_ids_last(four_network):
    result = by("police", table=TAGGED.assign(network_version="v0"), network=four_network)
    assert any("network v0; the network given is v1" in note for note in result.notes)


def test_a_unit_may_stand_in_a_column_of_another_name():
    result = by("district=所属区", table=TAGGED.rename(columns={"district": "所属区"}))
    assert result.groups["district"].tolist() == ["410104", "410105", None]


@pytest.mark.parametrize("kind", [pl.from_pandas, lambda t: pl.from_pandas(t).to_arrow(), lambda t: t])
def test_every_kind_of_table_is_counted_alike(kind):
    assert by("district", table=kind(TAGGED)).groups.equals(by("district").groups)


def test_the_table_is_not_changed():
    before = TAGGED.copy()
    by("district", sums=["积分"])
    pd.testing.assert_frame_equal(TAGGED, before)


def test_notes_are_chinese_when_asked():
    assert any("未判断是否超期" in note for note in by("district", language="zh").notes)


def test_people_can_be_counted_without_any_time():
    result = by("police", table=TAGGED[["police", "police_owner"]])
    assert list(result.groups.columns) == ["police", "police_owner", "incidents"]
    assert (result.months, result.period) == (None, None)


def test_an_empty_table_has_no_groups():
    result = by("district", table=TAGGED.iloc[:0].astype(object))
    assert len(result.groups) == 0
    assert result.total["incidents"] == 0


@pytest.mark.parametrize(
    ("what", "options", "error", "said"),
    [
        ((), {}, ArgumentError, "say what to count by"),
        (("district", "district"), {}, ArgumentError, "named twice"),
        (("street",), {}, SchemaError, "no column 'street' to count by"),
        (("district",), {"sums": ["分数"]}, SchemaError, "no column '分数' to add up"),
        (("district",), {"sums": ["小类"]}, SchemaError, "holds no numbers"),
        (("district",), {"closed": "小类"}, SchemaError, "holds no times, but '井盖'"),
        (("district",), {"where": {"类": ["x"]}}, SchemaError, r"no column 类 \(--where\)"),
        (("district",), {"as_of": dt.datetime(2025, 7, 1)}, ArgumentError, "--as-of judges limits"),
        (("积分",), {"sums": ["积分"]}, ArgumentError, "two columns 积分"),
    ],
)
def test_what_cannot_be_counted_is_refused(what, options, error, said):
    with pytest.raises(error, match=said) as refused:
        by(*what, **options)
    assert "_row_number" not in str(refused.value)


def test_two_ways_of_counting_time_are_refused():
    calendar = Workdays.from_table(pd.DataFrame({"date": ["2025-10-01"], "workday": ["0"]}))
    with pytest.raises(ArgumentError, match="not by both"):
        by("district", workdays=calendar, calendar_hours=True)


def test_limits_without_their_columns_are_refused():
    with pytest.raises(ArgumentError, match="name the columns: --closed, --limit-column"):
        by("district", table=TAGGED.drop(columns=["办结时间", "rule_时限"]), calendar_hours=True)


def test_it_can_be_called_by_its_public_name():
    assert gridgov.summarize_incidents(TAGGED, "district").total["incidents"] == 5

"""One point answered at a look: the same answer as the long way, or none."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from gridgov import ArgumentError, Locator, Rules, RulesError
from gridgov.glance import Glance

EAST, NORTH = 475_000.0, 3_843_000.0
METRES = "EPSG:4547"
#: The pixels of so few cells are small, and know borders within a quarter of a pixel.
BORDER_M = 0.2
RULES = Rules.from_table(
    pd.DataFrame(
        {
            "category": ["信号灯", "信号灯", "井盖", None],
            "district": ["管城回族区", "金水区", None, None],
            "道路等级": [None, None, "主干道", None],
            "handler": ["住建局", "城管局", "交警", "街道办"],
            "时限": ["4小时", "8小时", None, "1天"],
        },
        dtype=object,
    )
)


@pytest.fixture
def locator(four_network):
    """A locator whose raster is drawn."""
    made = Locator(four_network, rules=RULES, points_crs=METRES, border_m=BORDER_M)
    made.many(lon=[EAST] * 50, lat=[NORTH] * 50)
    return made


def looked(locator, lon, lat, crs=METRES, time=None, **given):
    return locator._glance.located(lon, lat, crs=crs, given=given, time=time)


def long_way(locator, x, y, **more):
    """Text is never answered at a look."""
    return locator.one(lon=repr(float(x)), lat=repr(float(y)), **more)


@pytest.mark.parametrize(
    "more", [{}, {"category": "信号灯"}, {"category": "井盖", "道路等级": "主干道"}, {"time": "2026-03-05"}]
)
def test_a_look_says_what_the_long_way_says(locator, more):
    random = np.random.default_rng(4)
    places = random.uniform(-30, 230, (150, 2))
    places[::3] = np.round(places[::3] / 50) * 50 + random.choice([0, 1e-9, 0.1, 0.2, 0.3], (50, 2))
    for x, y in np.add(places, [EAST, NORTH]).tolist():
        assert locator.one(lon=x, lat=y, **more) == long_way(locator, x, y, **more)


def test_points_inside_a_cell_are_answered_at_a_look(locator):
    found = looked(locator, EAST + 50.0, NORTH + 50.0, category="信号灯")
    assert (found.cell_id, found.handler, found.handler_rule) == ("a", "住建局", "rules.csv:2")
    assert looked(locator, int(EAST) + 150, int(NORTH) + 150).cell_id == "d"


@pytest.mark.parametrize(
    ("lon", "lat", "status", "candidates"),
    [
        (EAST + 99.9, NORTH + 50.0, "border", ("a", "b")),
        (EAST + 99.9, NORTH + 99.85, "border", ("a", "b", "c", "d")),
        (EAST + 100.0, NORTH + 50.0, "border", ("a", "b")),
        (EAST + 100.0, NORTH + 100.0, "border", ("a", "b", "c", "d")),
        (EAST - 0.1, NORTH + 50.0, "outside", ("a",)),
        (EAST - 5.0, NORTH, "outside", ()),
        (EAST - 5000.0, NORTH, "outside", ()),
    ],
)
def test_points_at_borders_and_outside_are_answered_at_a_look(locator, lon, lat, status, candidates):
    found = looked(locator, lon, lat, category="信号灯")
    assert (found.status, found.candidates) == (status, candidates)
    assert found == locator.one(lon=repr(lon), lat=repr(lat), category="信号灯")


def test_the_nearest_cell_is_found_at_a_look(four_network):
    made = Locator(four_network, rules=RULES, points_crs=METRES, border_m=0.1, nearest_m=BORDER_M)
    made.many(lon=[EAST] * 50, lat=[NORTH] * 50)
    for away, status in ((0.05, "near"), (0.15, "near"), (0.25, "outside")):
        found = looked(made, EAST - away, NORTH + 50.0, category="信号灯")
        assert found == long_way(made, EAST - away, NORTH + 50.0, category="信号灯")
        assert found.status == status


def test_distances_are_rounded_as_the_long_way_rounds_them(locator):
    fractions = np.random.default_rng(6).uniform(0.0, BORDER_M, 60)
    for away in [*fractions.tolist(), *(np.arange(1, 40, 2) * 0.0005).tolist()]:
        found = looked(locator, EAST + 100.0 - away, NORTH + 50.0)
        assert found.status == "border"
        assert found.distance_m == round(found.distance_m, 3) == pytest.approx(away, abs=0.00051)
        assert found == long_way(locator, EAST + 100.0 - away, NORTH + 50.0)


def test_candidates_of_other_owners_ask_for_a_review_at_a_look(locator):
    assert looked(locator, EAST + 50.0, NORTH + 99.9, category="信号灯").review
    assert not looked(locator, EAST + 50.0, NORTH + 50.0, category="信号灯").review


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (math.nan, NORTH),
        (math.inf, NORTH),
        ("475050", NORTH),
        (True, NORTH),
        (None, None),
        (0.0, 0.0),
    ],
)
def test_other_points_take_more_than_a_look(locator, lon, lat):
    assert looked(locator, lon, lat) is None


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (113.73, 34.7),
        (473.73, 34.72),
        (34.72, 113.73),
        (-113.73, 34.72),
        (113.73, 91.0),
        (30.0, 80.0),
        (0.0, 0.0),
    ],
)
def test_degrees_anywhere_are_answered_as_the_long_way_does(four_network, lon, lat):
    made = Locator(four_network, points_crs="gcj02", border_m=BORDER_M)
    made.many(lon=[113.73] * 50, lat=[34.7] * 50)
    assert made.one(lon=lon, lat=lat) == long_way(made, lon, lat)


def test_points_whose_datum_is_not_named_take_more_than_a_look(locator):
    assert looked(locator, EAST + 50.0, NORTH + 50.0, crs=None) is None


def test_before_a_raster_is_drawn_nothing_is_answered_at_a_look(four_network):
    assert looked(Locator(four_network, border_m=BORDER_M), EAST + 50.0, NORTH + 50.0) is None


def test_farther_borders_than_a_pixel_knows_take_more_than_a_look(four_network):
    wide = Locator(four_network, border_m=30, points_crs=METRES)
    wide.many(lon=[EAST] * 50, lat=[NORTH] * 50)
    assert looked(wide, EAST + 50.0, NORTH + 50.0) is None
    assert wide.one(lon=EAST + 75.0, lat=NORTH + 50.0).status == "border"


def test_distances_that_make_no_sense_are_refused_at_a_look_too(four_network):
    for wrong in ({"border_m": -1}, {"nearest_m": -1, "border_m": BORDER_M}):
        made = Locator(four_network, points_crs=METRES, **wrong)
        made._atlas.index.asked_in(METRES).locate(lon=np.full(50, EAST), lat=np.full(50, NORTH))
        with pytest.raises(ArgumentError):
            made.one(lon=EAST + 50.0, lat=NORTH + 50.0)


def test_conditions_that_no_rule_tests_are_refused_at_a_look_too(locator):
    with pytest.raises(ArgumentError, match="do not ask for 道路级"):
        locator.one(lon=EAST + 50.0, lat=NORTH + 50.0, 道路级="主干道")


def test_rules_that_disagree_are_said_each_time(four_network):
    both = Rules.from_table(
        pd.DataFrame({"category": ["井盖", "井盖"], "handler": ["甲", "乙"]}, dtype=object)
    )
    locator = Locator(four_network, rules=both, points_crs=METRES, border_m=BORDER_M)
    locator._atlas.index.asked_in(METRES).locate(lon=np.full(50, EAST), lat=np.full(50, NORTH))
    for _ in range(2):
        with pytest.raises(RulesError):
            locator.one(lon=EAST + 50.0, lat=NORTH + 50.0, category="井盖")


def asked_for_three_days(locator):
    for when in (date(2026, 1, 1), date(2026, 1, 2), "2026-01-02"):
        for category in ("信号灯", "井盖", None):
            found = locator.one(lon=EAST + 50.0, lat=NORTH + 50.0, category=category, time=when)
            assert found == long_way(locator, EAST + 50, NORTH + 50, category=category, time=when)
    return len(locator._glance._decided)


def test_what_rules_decided_is_remembered_by_case(locator, monkeypatch):
    assert asked_for_three_days(locator) == 3
    monkeypatch.setattr("gridgov.glance._MOST", 3)
    locator.one(lon=EAST + 50.0, lat=NORTH + 150.0, category="井盖")
    assert len(locator._glance._decided) == 1


def test_of_rules_with_dates_it_is_remembered_by_day_too(four_network):
    table = {"category": ["信号灯", None], "valid_from": ["2026-01-02", None], "handler": ["甲", "乙"]}
    rules = Rules.from_table(pd.DataFrame(table, dtype=object))
    dated = Locator(four_network, rules=rules, points_crs=METRES, border_m=BORDER_M)
    dated.many(lon=[EAST] * 50, lat=[NORTH] * 50)
    assert asked_for_three_days(dated) == 9
    days = (date(2026, 1, 1), date(2026, 1, 2))
    found = [dated.one(lon=EAST + 50.0, lat=NORTH + 50.0, category="信号灯", time=day) for day in days]
    assert [each.handler for each in found] == ["乙", "甲"]


def test_answers_do_not_share_what_can_be_changed(locator):
    first, second = (locator.one(lon=EAST + 50.0, lat=NORTH + 50.0, category="信号灯") for _ in range(2))
    first.carried["rule_时限"] = "nie"
    assert second.carried["rule_时限"] == "4小时"


def test_without_rules_nobody_handles(four_network):
    made = Locator(four_network, points_crs=METRES, border_m=BORDER_M)
    made.many(lon=[EAST] * 50, lat=[NORTH] * 50)
    found = looked(made, EAST + 50.0, NORTH + 50.0)
    assert (found.handler, found.handler_rule, found.carried) == (None, None, {})
    assert isinstance(made._glance, Glance)

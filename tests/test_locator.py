import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from gridgov import (
    ArgumentError,
    DatumWarning,
    Located,
    Locator,
    Rules,
    RulesError,
    assign_points,
    merge_grids,
    write_network,
)
from gridgov.network import Network

EAST, NORTH = 475_000.0, 3_843_000.0
METRES = "EPSG:4547"


def rules(**columns):
    return Rules.from_table(pd.DataFrame(columns, dtype=object))


RULES = rules(
    category=["信号灯", "信号灯", "信号灯"],
    district=["管城回族区", "金水区", None],
    道路等级=[None, None, "主干道"],
    handler=["住建局", "城管局", "交警"],
    时限=["4小时", "8小时", None],
)


@pytest.fixture(scope="module")
def locator(four_network):
    return Locator(four_network, rules=RULES)


def one(locator, x, y, **more):
    return locator.one(lon=EAST + x, lat=NORTH + y, crs=METRES, **more)


def test_one_point_knows_everything_about_its_place(locator):
    found = one(locator, 50, 99.5, category="信号灯")
    assert found == Located(
        cell_id="a",
        grid_id="P1",
        status="border",
        candidates=("a", "c"),
        candidates_m=(0.0, 0.5),
        distance_m=0.5,
        review=True,
        rungs={"district": "410104", "street": "S1"},
        rung_names={"district": "管城回族区", "street": "北下街街道"},
        grids={"police": "P1", "urban": "U1"},
        owners={"police": "一所", "urban": "一队"},
        handler="住建局",
        handler_rule="rules.csv:2",
        carried={"rule_时限": "4小时"},
        reason=None,
        lon=EAST + 50,
        lat=NORTH + 99.5,
        crs="EPSG:4547",
        network_version="v1",
    )


def test_an_answer_cannot_be_changed(locator):
    with pytest.raises(FrozenInstanceError):
        one(locator, 50, 50).cell_id = "b"


@pytest.mark.parametrize(("x", "y"), [(50, 99.5), (-50, 0), (np.nan, 0)])
def test_an_answer_is_json(locator, x, y):
    plain = one(locator, x, y, category="信号灯").as_dict()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_what_cannot_be_located_says_why(locator):
    found = locator.one(lon="abc", lat="34", crs="wgs84")
    assert (found.status, found.reason, found.cell_id, found.lon) == ("reject", "text", None, None)


def test_both_coordinates_may_be_one_text(locator):
    assert locator.one(lon=f"{EAST + 50} {NORTH + 50}", crs=METRES).cell_id == "a"


def test_the_datum_of_a_point_in_china_is_assumed_aloud(locator):
    with pytest.warns(DatumWarning, match="taken as cgcs2000"):
        found = locator.one(lon=113.73, lat=34.72)
    assert found.crs == "cgcs2000"


def test_a_locator_may_know_the_datum_of_its_points(four_network):
    amap = Locator(four_network, points_crs="gcj02")
    assert amap.one(lon=113.73, lat=34.72).crs == "gcj02"
    assert amap.one(lon=113.73, lat=34.72, crs="bd09").crs == "bd09"


def test_further_conditions_of_the_rules_may_be_given(locator):
    assert locator.conditions == ("道路等级",)
    tied = rules(category=["信号灯", "信号灯"], 道路等级=[None, "主干道"], handler=["住建局", "交警"])
    found = one(Locator(locator._atlas, rules=tied), 50, 50, category="信号灯", 道路等级="主干道")
    assert found.handler == "交警"


@pytest.mark.parametrize("condition", ["道路级", "district"])
def test_a_condition_that_would_not_be_tested_is_refused(locator, condition):
    with pytest.raises(ArgumentError, match=f"do not ask for {condition}: they ask for 道路等级"):
        one(locator, 50, 50, category="信号灯", **{condition: "主干道"})


def test_without_rules_there_are_no_conditions(four_network):
    with pytest.raises(ArgumentError, match=r"do not ask for 道路等级: there are none \(rules=\)"):
        one(Locator(four_network), 50, 50, 道路等级="主干道")


def test_each_point_needs_its_category_or_all_one(locator):
    with pytest.raises(ArgumentError, match="for all 2 points is needed, or one for each, not 3"):
        locator.many(lon=[EAST + 50] * 2, lat=[NORTH + 50] * 2, category=["信号灯"] * 3, crs=METRES)


def test_rules_that_disagree_name_both_rows(locator):
    with pytest.raises(RulesError, match=r"rules.csv:2.*rules.csv:4"):
        one(locator, 50, 50, category="信号灯", 道路等级="主干道")


def test_dated_rules_count_as_of_today_unless_a_time_is_given(four_network):
    yesterday = str(date.today() - timedelta(days=1))  # noqa: DTZ011
    tomorrow = str(date.today() + timedelta(days=1))  # noqa: DTZ011 (as the locator takes it)
    dated = rules(category=["井盖", "路灯"], handler=["城管局", "住建局"], valid_from=[tomorrow, yesterday])
    locator = Locator(four_network, rules=dated)
    assert one(locator, 50, 50, category="路灯").handler == "住建局"
    assert one(locator, 50, 50, category="井盖").handler is None
    assert one(locator, 50, 50, category="井盖", time=tomorrow).handler == "城管局"


def test_many_points_answer_as_each_alone(locator):
    x, y = np.array([50.0, 150.0, -50.0, np.nan]), np.array([99.5, 150.0, 0.0, 0.0])
    table = locator.many(
        lon=EAST + x, lat=NORTH + y, category=["信号灯", "信号灯", "信号灯", None], crs=METRES
    )
    alone = [one(locator, *place, category="信号灯") for place in zip(x, y, strict=True)]
    assert [None if pd.isna(value) else value for value in table["handler"]] == [
        each.handler for each in alone
    ]
    assert table["cell_status"].tolist() == [each.status for each in alone]


def test_many_points_may_share_one_category(locator):
    table = locator.many(lon=[EAST + 50] * 2, lat=[NORTH + 50, NORTH + 150], category="信号灯", crs=METRES)
    assert table["handler"].tolist() == ["住建局", "城管局"]


def test_many_points_are_placed_as_assign_points_places_them(four_network):
    points = {"lon": EAST + np.array([1.0, 100.0]), "lat": NORTH + np.array([1.0, 100.0])}
    located = Locator(four_network).many(**points, crs=METRES)
    pd.testing.assert_frame_equal(located, assign_points(four_network, **points, points_crs=METRES))


def test_distances_are_those_the_locator_was_given(four_network):
    locator = Locator(four_network, border_m=30, nearest_m=60)
    assert one(locator, 80, 50).status == "border"
    assert one(locator, -50, 50).status == "near"


def test_the_nearest_cell_is_found_however_far(locator):
    nearest = locator.nearest(lon=EAST - 5000, lat=NORTH + 50, crs=METRES)
    assert (nearest.cell_id, nearest.distance_m) == ("a", 5000.0)
    assert locator.nearest(lon="", lat="", crs=METRES) is None


def test_a_cell_can_be_asked_for_by_its_id(locator):
    assert locator.cell("d")["district_name"] == "金水区"
    for unknown in ("", "e"):
        with pytest.raises(ArgumentError, match="no cell"):
            locator.cell(unknown)


def test_a_locator_can_be_sent_to_another_process(locator):
    copy = pickle.loads(pickle.dumps(locator))
    assert one(copy, 50, 99.5, category="信号灯") == one(locator, 50, 99.5, category="信号灯")
    assert copy.version == "v1"


def test_threads_may_share_a_locator(locator):
    places = [(float(x), float(y)) for x in range(5, 200, 30) for y in range(5, 200, 30)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda place: one(locator, *place, category="信号灯"), places * 3))
    assert together == [one(locator, *place, category="信号灯") for place in places * 3]


def test_a_locator_takes_no_new_attributes(locator):
    with pytest.raises(AttributeError):
        locator.anything = 1


def test_a_locator_opens_files(four_cells, tmp_path):
    grids = four_cells.rename(columns={"cell_id": "grid_id"})[["grid_id", "geometry"]]
    layer = grids.assign(name=None, owner="甲")[["grid_id", "name", "owner", "geometry"]]
    write_network(merge_grids({"police": layer}), tmp_path / "network.gpkg")
    (tmp_path / "rules.csv").write_text("category,handler\n井盖,城管局\n", encoding="utf-8")
    locator = Locator.open(tmp_path / "network.gpkg", rules=str(tmp_path / "rules.csv"))
    found = one(locator, 50, 50, category="井盖")
    assert (found.grid_id, found.handler, found.network_version) == ("a", "城管局", locator.version)


def test_a_locator_opens_a_network_in_memory(four_network):
    assert isinstance(four_network, Network)
    assert one(Locator.open(four_network), 50, 50).cell_id == "a"


def test_an_answer_of_all_fields_at_once_is_the_same(locator):
    found = one(locator, 50, 99.5, category="信号灯")
    values = {field.name: getattr(found, field.name) for field in fields(found)}
    again = Located.of_fields(values)
    assert again == Located(**values) == found
    assert repr(again) == repr(found)
    with pytest.raises(FrozenInstanceError):
        again.status = "inside"

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from gridgov.errors import RulesError, SchemaError
from gridgov.owners import Rules, check_rules

TODAY = date(2026, 5, 1)


def rules(*rows):
    return Rules.from_table(pd.DataFrame(list(rows)))


def cells(**more):
    """Four cells, two in each district; the police have no owner in the last, the zone runs the second."""
    table = {
        "cell_id": ["1", "2", "3", "4"],
        "district": ["410104", "410104", "410105", "410105"],
        "district_name": ["管城回族区", "管城回族区", "金水区", "金水区"],
        "police": ["p1", "p1", "p2", "p3"],
        "police_owner": ["一所", "一所", "二所", None],
        "run_by": [None, "z", None, None],
        "run_by_owner": [None, "经开区", None, None],
        "special": None,
        "area_m2": 1.0,
        **more,
    }
    return gpd.GeoDataFrame(table, geometry=[box(i, 0, i + 1, 1) for i in range(4)], crs=4547)


def told(table, *columns):
    return [tuple(row) for row in table[list(columns)].to_numpy().tolist()]


def found(made, incidents=None, **options):
    table = check_rules(made, cells(), incidents, today=TODAY, **options)
    return told(table, "finding", "rules", "category", "place")


def test_rules_that_cover_everything_have_no_findings():
    assert found(rules({"category": "路灯", "handler": "A"}, {"category": None, "handler": "B"})) == []


def test_a_category_without_a_handler_in_one_district_is_found_there():
    made = rules({"category": "路灯", "district": "金水区", "handler": "A"})
    table = check_rules(made, cells(), today=TODAY)
    assert table.loc[0, ["finding", "category", "place", "cells"]].to_list() == [
        "no_handler",
        "路灯",
        "管城回族区",
        2,
    ]
    assert table.loc[0, "words"].startswith("nobody handles it; add a rule")


def test_a_category_without_a_handler_in_all_places_is_one_row():
    incidents = pd.DataFrame({"小类": ["路灯", "井盖", "井盖", None]})
    made = rules({"category": "路灯", "district": "金水区|410104", "handler": "A"})
    table = check_rules(made, cells(), incidents, today=TODAY)
    assert table[["category", "place", "cells", "incidents"]].to_numpy().tolist() == [
        ["井盖", "everywhere", 4, 2]
    ]


def test_a_place_whose_department_has_no_owner_is_without_a_handler():
    made = rules({"category": "盗窃", "department": "police"})
    assert found(made) == [("no_handler", "", "盗窃", "without police owner")]


def test_another_condition_that_no_rule_meets_is_said():
    made = rules({"category": "交通信号灯", "道路等级": "主干道", "handler": "A"})
    table = check_rules(made, cells(), today=TODAY)
    assert table["finding"].to_list() == ["no_handler"]
    assert "where 道路等级 is blank or another" in table["words"][0]


def test_with_incidents_only_the_values_that_occur_count():
    made = rules({"category": "交通信号灯", "道路等级": "主干道", "handler": "A"})
    there = pd.DataFrame({"category": ["交通信号灯"], "道路等级": ["主干道"]})
    assert found(made, there) == []
    assert found(made, pd.DataFrame({"category": ["交通信号灯"], "道路等级": [None]}))[0][0] == "no_handler"


def test_two_handlers_are_found_where_they_meet():
    made = rules(
        {"category": "路灯", "district": "管城回族区", "run_by": None, "handler": "住建局"},
        {"category": "路灯", "district": None, "run_by": "经开区", "handler": "经开区"},
        {"category": None, "district": None, "run_by": None, "handler": "12345"},
    )
    assert found(made) == [("two_handlers", "rules.csv:2|rules.csv:3", "路灯", "管城回族区, run_by 经开区")]


def test_a_contradiction_of_fallbacks_is_one_row_for_any_category():
    made = rules({"category": "路灯", "handler": "A"}, {"handler": "B"}, {"handler": "C"})
    assert found(made) == [("two_handlers", "rules.csv:3|rules.csv:4", "", "everywhere")]


def test_an_owner_who_is_the_other_rules_handler_is_no_contradiction():
    made = rules(
        {"category": "盗窃", "district": "410104", "department": "police", "handler": None},
        {"category": "盗窃", "district": "410104", "department": None, "handler": "一所"},
        {"handler": "B"},
    )
    assert found(made) == [("unreachable", "rules.csv:3", "盗窃", "410104")]


def test_a_row_that_repeats_another_never_decides():
    made = rules({"category": "路灯", "handler": "A"}, {"category": "路灯", "handler": "A"})
    table = check_rules(made, cells(), today=TODAY)
    assert table[["finding", "rules"]].to_numpy().tolist() == [["unreachable", "rules.csv:3"]]
    assert table["words"][0] == "always decided before it by rules.csv:2, with the same handler"


def test_a_row_under_others_with_more_conditions_never_decides():
    made = rules(
        {"category": "路灯", "district": None, "handler": "A"},
        {"category": "路灯", "district": "410104", "handler": "B"},
        {"category": "路灯", "district": "410105", "handler": "C"},
    )
    table = check_rules(made, cells(), today=TODAY)
    assert table["words"].to_list() == ["always decided before it by rules.csv:3, rules.csv:4"]


def test_a_district_no_cell_has_is_unreachable_and_the_nearest_name_is_offered():
    made = rules({"district": "管城回族县", "handler": "A"}, {"handler": "B"})
    table = check_rules(made, cells(), today=TODAY)
    assert table[["finding", "rules", "place"]].to_numpy().tolist() == [
        ["unreachable", "rules.csv:2", "管城回族县"]
    ]
    assert table["words"][0] == "no cell has district '管城回族县'; did you mean 管城回族区?"


def test_one_unknown_value_of_several_leaves_the_rule_reachable():
    made = rules({"district": "410104|410199", "handler": "A"}, {"handler": "B"})
    assert found(made) == [("unknown_value", "rules.csv:2", "", "410199")]


def test_places_that_never_meet_are_unreachable():
    made = rules({"district": "410105", "run_by": "经开区", "handler": "A"}, {"handler": "B"})
    assert found(made) == [("unreachable", "rules.csv:2", "", "410105, 经开区")]


def test_a_category_without_incidents_is_a_note():
    made = rules({"category": "路灯", "handler": "A"}, {"category": "井盖", "handler": "B"})
    table = check_rules(made, cells(), pd.DataFrame({"小类": ["路灯"]}), today=TODAY)
    assert table[["finding", "severity", "category"]].to_numpy().tolist() == [
        ["unknown_value", "note", "井盖"]
    ]


def test_a_rule_whose_last_day_is_over_is_expired():
    made = rules(
        {"category": "路灯", "handler": "A", "valid_to": "2026-04-30"},
        {"category": None, "handler": "B", "valid_to": "2026-05-01"},
    )
    assert found(made) == [("expired", "rules.csv:2", "路灯", "everywhere")]


def test_rules_that_begin_later_count_as_reachable_and_contradict_later():
    made = rules(
        {"category": "路灯", "handler": "A", "valid_from": None},
        {"category": "路灯", "handler": "B", "valid_from": "2026-06-01"},
    )
    assert found(made) == [("two_handlers", "rules.csv:2|rules.csv:3", "路灯", "everywhere")]


def test_the_category_column_of_the_incidents_can_be_named():
    made = rules({"category": "路灯", "handler": "A"})
    assert found(made, pd.DataFrame({"事项": ["路灯"]}), category="事项") == []
    with pytest.raises(SchemaError, match="--category"):
        found(made, pd.DataFrame({"事项": ["路灯"]}))


def test_polars_incidents_are_read_too():
    polars = pytest.importorskip("polars")
    made = rules({"category": "路灯", "handler": "A"})
    assert found(made, polars.DataFrame({"小类": ["井盖"]}))[0] == ("no_handler", "", "井盖", "everywhere")


def test_an_unmerged_layer_is_a_set_of_cells():
    layer = gpd.GeoDataFrame(
        {"grid_id": ["p1"], "name": ["x"], "owner": ["一所"]}, geometry=[box(0, 0, 1, 1)], crs=4547
    )
    layer.attrs["gridgov"] = {"department": "police"}
    assert len(check_rules(rules({"category": "盗窃", "department": "police"}), layer)) == 0


def test_rules_that_cannot_be_applied_are_refused():
    with pytest.raises(RulesError, match="no department 'urban'"):
        check_rules(rules({"department": "urban"}), cells())


def test_the_notes_say_what_is_tested():
    notes = check_rules(rules({"道路等级": "x", "时限": "3h", "handler": "A"}), cells()).attrs["notes"]
    assert notes == ["rules.csv: tested are 道路等级; carried along are 时限"]


def test_the_cells_are_not_changed():
    given = cells()
    check_rules(rules({"department": "police"}), given)
    assert given.equals(cells())


def test_a_handbook_of_a_whole_city_is_checked_in_seconds():
    rows = [
        {"category": f"c{i % 100}", "district": f"{410104 + i // 100}", "handler": f"h{i}"}
        for i in range(200)
    ]
    assert found(rules(*rows)) == []


def test_categories_that_no_rule_names_are_told_with_counts():
    made = rules({"category": "路灯", "handler": "A"}, {"category": None, "handler": "B"})
    table = check_rules(
        made, cells(), pd.DataFrame({"小类": ["井盖", "路灯", "树", "井盖", None]}), today=TODAY
    )
    assert len(table) == 0
    assert table.attrs["unnamed_categories"] == {"井盖": 2, "树": 1}
    assert [table.attrs[name] for name in ("rules", "cells", "incidents")] == [2, 4, 5]


def test_a_district_all_of_whose_places_lack_a_handler_is_one_row():
    made = rules(
        {"category": "路灯", "district": "金水区", "run_by": None, "handler": "A"},
        {"category": "井盖", "district": None, "run_by": "经开区", "handler": "B"},
    )
    assert found(made) == [
        ("no_handler", "", "路灯", "管城回族区"),
        ("no_handler", "", "井盖", "管城回族区"),
        ("no_handler", "", "井盖", "金水区"),
    ]


def test_many_places_with_the_same_finding_are_one_row():
    many = pd.concat([cells()] * 25, ignore_index=True)
    many["cell_id"] = [str(row) for row in range(100)]
    many["street"] = many["street_name"] = [f"s{row:03}" for row in range(100)]
    made = rules({"category": "路灯", "street": "s000", "handler": "A"})
    table = check_rules(made, many, today=TODAY)
    assert told(table, "finding", "place", "cells") == [("no_handler", "s001, s002, s003 (99 in all)", 99)]

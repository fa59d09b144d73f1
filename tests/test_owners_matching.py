import pickle
import re
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridgov.errors import RulesError
from gridgov.owners import Rules


def rules(*rows):
    return Rules.from_table(pd.DataFrame(list(rows)))


def columns(**values):
    return {name: np.array(column, dtype=object) for name, column in values.items()}


def decided(made, **values):
    when = values.pop("when", None)
    found = made.handlers(columns(**values), when=None if when is None else np.array(when, dtype=object))
    return list(found.handler), [rule and rule.removeprefix("rules.csv:") for rule in found.handler_rule]


TRAFFIC_LIGHT = (
    {"category": "交通信号灯", "district": "管城回族区", "handler": "管城区住建局"},
    {"category": "交通信号灯", "run_by": "经开区", "道路等级": "主干道", "handler": "交警支队"},
    {"category": None, "district": "管城回族区", "handler": "管城回族区人民政府"},
    {"category": None, "district": None, "handler": "12345"},
)


def light(*, run_by=None, road=None, category="交通信号灯", district="410104"):
    names = {"410104": "管城回族区", "410105": "金水区"}
    return decided(
        rules(*TRAFFIC_LIGHT),
        category=[category],
        道路等级=[road],
        district=[district],
        district_name=[names[district]],
        run_by=[run_by and "JK-01"],
        run_by_owner=[run_by],
    )


def test_the_dead_traffic_light_goes_to_the_housing_bureau_of_the_district():
    assert light(road="主干道") == (["管城区住建局"], ["2"])


def test_on_a_main_road_run_by_the_zone_it_goes_to_the_traffic_police():
    assert light(run_by="经开区", road="主干道") == (["交警支队"], ["3"])


def test_on_another_road_of_the_zone_it_stays_with_the_district():
    assert light(run_by="经开区", road="支路") == (["管城区住建局"], ["2"])


def test_a_row_with_only_a_place_is_the_fallback_of_that_place():
    assert light(category="井盖") == (["管城回族区人民政府"], ["4"])
    assert light(category="井盖", district="410105") == (["12345"], ["5"])


def test_a_place_alone_never_beats_a_category_however_many_places_it_names():
    made = rules(
        {"category": None, "district": "a", "street": "s", "handler": "place"},
        {"category": "路灯", "district": None, "street": None, "handler": "category"},
    )
    place = {"district": ["a"], "district_name": ["A"], "street": ["s"], "street_name": ["S"]}
    assert decided(made, category=["路灯"], **place) == (["category"], ["3"])


def test_nobody_is_none_and_names_no_row():
    assert decided(rules({"category": "路灯", "handler": "A"}), category=["井盖", None]) == ([None] * 2,) * 2


def test_a_rung_is_met_by_its_id_or_its_name():
    made = rules({"district": "410104", "handler": "A"}, {"district": "金水区", "handler": "B"})
    found = decided(made, district=["410104", "410105"], district_name=["管城回族区", "金水区"])
    assert found[0] == ["A", "B"]


def test_one_rule_may_name_several_values():
    made = rules({"category": "路灯｜井盖", "handler": "A"})
    assert decided(made, category=["路灯", "井盖", "路灯|井盖"])[0] == ["A", "A", None]


def test_blanks_around_and_full_width_letters_do_not_count():
    made = rules({"category": "Ａ１　", "handler": " B "})
    assert decided(made, category=["A1", " Ａ1", "a1"])[0] == ["B", "B", None]


def test_numbers_of_incidents_meet_the_text_of_rules():
    made = rules({"code": "410104", "handler": "A"})
    assert decided(made, code=[410104, 410104.0, "410104", np.nan])[0] == ["A", "A", "A", None]


def test_a_department_alone_means_the_owner_of_its_grid_there():
    made = rules({"category": "盗窃", "department": "Police", "handler": None})
    found = decided(made, category=["盗窃"] * 2, police=["1", "2"], police_owner=["一所", "二所"])
    assert found[0] == ["一所", "二所"]


def test_where_the_department_has_no_owner_the_next_rule_decides():
    made = rules(
        {"category": "盗窃", "department": "police", "handler": None},
        {"category": None, "department": None, "handler": "属地"},
    )
    found = decided(made, category=["盗窃"] * 2, police=["1", None], police_owner=["一所", None])
    assert found == (["一所", "属地"], ["2", "3"])


def test_a_handler_beside_a_department_is_the_handler():
    made = rules({"category": "盗窃", "department": "公安局", "handler": "专案组"})
    assert decided(made, category=["盗窃"])[0] == ["专案组"]


def test_a_department_that_no_cell_has_is_refused_with_its_rows():
    made = rules({"department": "polcie"}, {"department": "police"}, {"department": "polcie"})
    with pytest.raises(
        RulesError, match=r"row 2, 4: the cells have no department 'polcie' \(they have police\)"
    ):
        made.bind(["police", "police_owner"])


def test_equals_that_agree_are_the_first():
    made = rules({"category": "路灯", "handler": "A"}, {"category": "路灯", "handler": "Ａ "})
    assert decided(made, category=["路灯"]) == (["A"], ["2"])


def test_equals_that_disagree_are_refused_naming_both_rows():
    made = rules(
        {"category": "路灯", "street": None, "handler": "A"},
        {"category": None, "street": "x", "handler": "B"},
        {"category": "路灯", "street": None, "handler": "C"},
    )
    said = re.escape("rules.csv:2 (A) and rules.csv:4 (C) both match 2 incidents (category 路灯)")
    with pytest.raises(RulesError, match=said):
        decided(made, category=["路灯", "路灯"], street=["y", "x"], street_name=["", ""])


def test_rules_that_contradict_where_no_incident_is_are_no_error():
    made = rules({"a": "1", "b": None, "handler": "A"}, {"a": None, "b": "1", "handler": "B"})
    assert decided(made, a=["1", "2"], b=["2", "1"])[0] == ["A", "B"]
    with pytest.raises(RulesError, match="both match 1 incident "):
        decided(made, a=["1"], b=["1"])


def test_rules_that_contradict_for_want_of_a_condition_name_the_columns_that_are_none():
    made = rules({"a": "1", "run_by": None, "handler": "A"}, {"a": "1", "run_by": "zone", "handler": "B"})
    said = re.escape("no conditions, because neither cells nor incidents have them: run_by")
    with pytest.raises(RulesError, match=said):
        decided(made, a=["1"])


def test_rules_without_any_condition_that_disagree_are_refused():
    with pytest.raises(RulesError, match=r"rules.csv:2 \(A\) and rules.csv:3 \(B\)"):
        decided(rules({"handler": "A"}, {"handler": "B"}), category=["路灯"])


def test_a_contradiction_under_a_rule_with_more_conditions_is_no_error():
    made = rules(
        {"a": "1", "b": None, "handler": "A"},
        {"a": None, "b": "1", "handler": "B"},
        {"a": "1", "b": "1", "handler": "C"},
    )
    assert decided(made, a=["1"], b=["1"]) == (["C"], ["4"])


def test_an_owner_that_is_the_other_rules_handler_is_agreement():
    made = rules(
        {"category": "盗窃", "department": "police", "handler": None},
        {"category": "盗窃", "department": None, "handler": "一所"},
    )
    place = {"police": ["1"], "police_owner": ["一所"]}
    assert decided(made, category=["盗窃"], **place)[0] == ["一所"]
    with pytest.raises(RulesError, match="owner of the police grid"):
        decided(made, category=["盗窃"], police=["1"], police_owner=["二所"])


def test_other_columns_are_carried_from_the_deciding_row():
    made = rules({"category": "路灯", "handler": "A", "时限": "８小时", "级别": None})
    found = made.handlers(columns(category=["路灯", "井盖"]))
    assert list(found.carried) == ["rule_时限", "rule_级别"]
    assert list(found.carried["rule_时限"]) == ["８小时", None]


DATED = (
    {"category": "路灯", "handler": "A", "valid_from": None, "valid_to": "2026-03-31"},
    {"category": "路灯", "handler": "B", "valid_from": "2026-04-01", "valid_to": "20260630"},
    {"category": None, "handler": "C", "valid_from": None, "valid_to": None},
)


def test_dates_are_inclusive_at_both_ends():
    when = ["2026-03-31 23:59:59", "2026/4/1 0:00", "2026-06-30T12:00:00Z", "2026-07-01", "1999-01-01"]
    assert decided(rules(*DATED), category=["路灯"] * 5, when=when)[0] == ["A", "B", "B", "C", "A"]


def test_a_time_that_cannot_be_read_takes_rules_without_dates_and_is_said():
    found = rules(*DATED).handlers(
        columns(category=["路灯"] * 3), when=np.array(["", None, "昨天"], dtype=object)
    )
    assert list(found.handler) == ["C"] * 3
    assert found.notes == ("3 incidents have no readable time: only rules without dates apply there",)


def test_datetimes_are_times_too():
    when = np.array(["2026-04-01T08:00", "NaT"], dtype="datetime64[us]")
    assert list(rules(*DATED).handlers(columns(category=["路灯"] * 2), when=when).handler) == ["B", "C"]


def test_rules_with_dates_need_a_time():
    with pytest.raises(RulesError, match="--time"):
        rules(*DATED).handlers(columns(category=["路灯"]))


def test_a_condition_on_the_category_needs_a_category():
    with pytest.raises(RulesError, match="--category"):
        rules({"小类": "路灯", "handler": "A"}).bind(["district", "district_name"])


def test_a_condition_on_a_rung_that_does_not_exist_is_refused():
    with pytest.raises(RulesError, match="column 'street', but neither the cells nor the incidents do"):
        rules({"street": "x", "handler": "A"}).bind(["district", "district_name"])


def test_a_column_of_the_incident_comes_before_a_word_for_the_same():
    bound = rules({"小类": "路灯", "区县": "x", "handler": "A"}).bind(["小类", "category", "district"])
    assert bound.needs == ("小类", "district")
    assert "the rules' column '区县' is tested against 'district'" in bound.notes


def test_a_misspelt_condition_is_said():
    bound = rules({"handler": "A", "distric": "x"}).bind(["category", "district", "district_name"])
    assert "did you mean 'district'?" in bound.notes[-1]
    assert bound.carried == ("distric",)


def test_a_column_left_of_who_that_is_no_condition_is_said():
    bound = rules({"道路等级": "主干道", "handler": "A", "时限": "3h"}).bind(["category"])
    assert [note for note in bound.notes if "looks like a condition" in note and "道路等级" in note]
    assert not [note for note in bound.notes[1:] if "时限" in note]


def test_a_running_number_is_never_a_condition():
    made = rules({"序号": "1", "category": "路灯", "handler": "A"})
    assert decided(made, 序号=["77"], category=["路灯"])[0] == ["A"]


def test_a_batch_without_incidents_has_no_handlers():
    found = rules(*TRAFFIC_LIGHT[:1]).handlers(columns(category=[], district=[], district_name=[]))
    assert len(found.handler) == len(found.handler_rule) == 0


def test_no_columns_are_read_beyond_those_needed():
    made = rules({"category": "路灯", "district": "x", "handler": "A"})
    bound = made.bind(["category", "district", "district_name", "police", "police_owner", "内容"])
    assert bound.needs == ("category", "district", "district_name")
    assert list(bound.handlers(columns(category=["路灯"], district=["x"], district_name=[None])).handler) == [
        "A"
    ]


def test_bound_rules_can_be_pickled():
    bound = pickle.loads(pickle.dumps(rules({"category": "路灯", "handler": "A"}).bind(["category"])))
    assert list(bound.handlers(columns(category=["路灯"])).handler) == ["A"]


def test_two_hundred_thousand_incidents_take_less_than_a_second():
    rows = [{"category": f"c{i % 200}", "district": f"d{i // 200}", "handler": f"h{i}"} for i in range(2000)]
    random, made = np.random.default_rng(1), rules(*rows)
    category, district = random.integers(0, 200, 200_000), random.integers(0, 10, 200_000)
    picked = columns(category=[f"c{i}" for i in category], district=[f"d{i}" for i in district])
    start = time.process_time()
    found = made.handlers(picked)
    assert time.process_time() - start < 1
    assert found.handler[0] == f"h{category[0] + 200 * district[0]}"


VALUES = st.sampled_from([None, "1", "2"])
ROW = st.fixed_dictionaries({"category": VALUES, "district": VALUES, "road": VALUES, "handler": st.just("h")})
INCIDENT = st.tuples(VALUES, VALUES, VALUES)


@settings(deadline=None, max_examples=60)
@given(st.lists(ROW, min_size=1, max_size=8), st.lists(INCIDENT, max_size=20), st.integers(1, 7))
def test_every_incident_gets_what_reading_the_rules_by_hand_gives_in_any_batches(rows, incidents, step):
    made = rules(*rows)

    def by_hand(incident):
        best = None
        for number, row in enumerate(rows):
            wanted = [row["category"], row["district"], row["road"]]
            if all(value is None or value == has for value, has in zip(wanted, incident, strict=True)):
                rank = (
                    row["category"] is not None or row["road"] is not None,
                    sum(v is not None for v in wanted),
                )
                best = max(best, (rank, -number)) if best else (rank, -number)
        return best and f"rules.csv:{2 - best[1]}"

    found = []
    for start in range(0, len(incidents), step):
        category, district, road = map(list, zip(*incidents[start : start + step], strict=True))
        batch = columns(category=category, district=district, district_name=[None] * len(road), road=road)
        found += list(made.handlers(batch).handler_rule)
    assert found == [by_hand(incident) for incident in incidents]

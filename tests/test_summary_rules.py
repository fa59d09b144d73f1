import pandas as pd

from gridgov.owners.findings import FINDING_COLUMNS
from gridgov.summary import rules_lines
from gridgov.summary.rules import SHOWN

ABOUT = {
    "source": "rules.csv",
    "rules": 2,
    "cells": 4,
    "places": 1,
    "categories": 1,
    "incidents": None,
    "notes": ["rules.csv: tested are category; carried along are no columns"],
    "unnamed_categories": {},
}


def findings(*rows, **about):
    rows = [dict(zip(FINDING_COLUMNS, row, strict=True)) for row in rows]
    table = pd.DataFrame(rows, columns=FINDING_COLUMNS)
    table.attrs = {**ABOUT, **about}
    return table


NOBODY = ("no_handler", "decide", "", "路灯", "金水区", 2, None, "nobody handles it")
UNKNOWN = ("unknown_value", "note", "rules.csv:2", "井盖", "", None, None, "no incident has it")


def test_the_first_line_says_what_was_checked():
    first = rules_lines(findings(incidents=1200))[0]
    checked = "2 rules of rules.csv for 1 category, checked on 4 cells (1 place that the rules tell apart)"
    assert first == f"{checked}, 1,200 incidents"


def test_without_findings_nothing_is_wrong():
    assert rules_lines(findings())[-1].startswith("Nothing else is to mend")


def test_categories_that_no_rule_names_come_before_the_findings():
    lines = rules_lines(findings(NOBODY, incidents=3, unnamed_categories={"树": 2, "井盖": 1}))
    named = next(at for at, line in enumerate(lines) if line.endswith("树 (2), 井盖 (1)"))
    assert named < lines.index("no_handler: 1, a category and place that no rule sends to anybody")


def test_findings_stand_in_a_table_without_blank_columns():
    lines = rules_lines(findings(NOBODY))
    at = lines.index("no_handler: 1, a category and place that no rule sends to anybody")
    assert lines[at + 1 : at + 3] == [
        "  category  place   cells  words",
        "  路灯      金水区  2      nobody handles it",
    ]


def test_a_long_table_is_cut_and_says_so():
    lines = rules_lines(findings(*[NOBODY] * (SHOWN + 5)))
    assert "  and 5 more; --json lists all of them" in lines
    assert lines[-1] == f"{SHOWN + 5} findings to decide: correct the rules and check them again."


def test_notes_alone_need_no_decision():
    assert rules_lines(findings(UNKNOWN))[-1] == "Nothing needs a decision."


def test_every_line_can_be_shown_on_a_chinese_windows_console():
    assert "\n".join(rules_lines(findings(NOBODY, UNKNOWN))).encode("cp936")

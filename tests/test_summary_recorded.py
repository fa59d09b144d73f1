from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from gridgov.recorded import RecordedReport, TriedDatum
from gridgov.recorded.report import Reason
from gridgov.summary.recorded import recorded_lines

PAIRS = pd.DataFrame(
    {
        "recorded": list("ABCDEFG"),
        "located": [*"BCDEF", None, "A"],
        "recorded_name": list("ABCDEFG"),
        "located_name": [*"BCDEF", "none", "A"],
        "rows": [20, 9, 8, 7, 6, 5, 4],
        "far_rows": [0] * 7,
    }
)
REPORT = RecordedReport(
    column="WARD",
    against="ward",
    form="digits",
    rows=2100,
    labelled=2050,
    compared=2000,
    exact=1940,
    border=1950,
    within={1.0: 1945, 5.0: 1945, 15.0: 1999, 30.0: 1999},
    unknown=1,
    other=1990,
    other_name="old.gpkg",
    pairs=PAIRS,
    labels=pd.DataFrame({"label": ["9X"], "rows": [1]}),
    datums=(
        TriedDatum("gcj02", stated=True, agreement=0.97, margin=0.05, sure=True),
        TriedDatum("bd09", stated=False, agreement=0.92, margin=-0.05, sure=False),
        TriedDatum("swapped", stated=False, agreement=0.0, margin=-0.97, sure=True),
    ),
    looked_at=1000,
    shift=None,
    reasons=(Reason("border", "They lie on borders."),),
)
LINES = [
    "Recorded unit (WARD) against located unit (ward), compared by --normalise digits: 2,000 rows with both",
    "      1,940   97.00 %  agree",
    "      1,950   97.50 %  agree, or the recorded unit is a candidate",
    "      1,945   97.25 %  lie at most 1 m outside the recorded unit",
    "      1,999   99.95 %  lie at most 15 m outside the recorded unit",
    "      1,990   99.50 %  agree with old.gpkg",
    "60 rows differ, all in x.mismatches.csv",
    "         20  recorded A, located in B",
    "          9  recorded B, located in C",
    "          8  recorded C, located in D",
    "          7  recorded D, located in E",
    "          6  recorded E, located in F",
    "          9  in 2 more pairs",
    "          1  recorded a label that no unit has: '9X'",
    "Read in other datums, tried on 1,000 rows, these agree:",
    "              97.00 %  gcj02 (as stated)  5.00 points more than the next",
    "              92.00 %  bd09               5.00 points less than the best, which may be chance",
    "               0.00 %  swapped            97.00 points less than the best",
    "Likely reason: They lie on borders.",
]


def test_agreement_pairs_datums_and_reasons_are_said_in_this_order():
    assert recorded_lines(REPORT, listed=Path("x.mismatches.csv")) == LINES


def test_nothing_is_said_of_datums_if_only_the_stated_one_is_possible():
    lines = recorded_lines(replace(REPORT, datums=(REPORT.datums[0], REPORT.datums[2])))
    assert [line for line in lines if "datum" in line or "points" in line] == []


@pytest.mark.parametrize(("labelled", "said"), [(0, "0 rows"), (3, "3 rows")])
def test_nothing_to_compare_is_said(labelled, said):
    lines = recorded_lines(replace(REPORT, labelled=labelled, compared=0, reasons=()))
    (line,) = lines
    assert line.endswith(
        f"nothing to compare: {said} with a label, none of them with a usable coordinate too."
    )


def test_nothing_is_said_if_nothing_was_checked():
    assert recorded_lines(None) == []

from dataclasses import replace
from pathlib import Path

import pytest

from gridgov.doubts import Doubt
from gridgov.schema import STATUSES
from gridgov.summary import tag_lines
from gridgov.tag import RejectLimit, TagResult, Trusted

RESULT = TagResult(
    source=Path("exports/incidents.csv"),
    output=Path("tagged.csv"),
    rejects=Path("x.rejects.csv"),
    rows=1000,
    statuses={**dict.fromkeys(STATUSES, 0), "inside": 900, "near": 40, "outside": 10, "reject": 50},
    reasons={"blank": 50, "outside": 10},
    review=3,
    handlers={f"处置单位{n}": 30 - n for n in range(12)},
    without_handler=7,
    unnamed_categories={"飞线": 43},
    category="小类",
    coordinates=("经度", "纬度"),
    from_points=False,
    crs="gcj02",
    crs_stated=True,
    border_m=2.5,
    nearest_m=30,
    network_version="abc",
    added=("grid_id",),
    replaced=("所属网格编码",),
    written_as="GB18030",
    limit=RejectLimit(5, percent=True),
    notes=("Row 1 is a title: 'x'.",),
)


@pytest.mark.parametrize(
    "line",
    [
        "1,000 rows from incidents.csv, coordinates from 经度, 纬度, read as GCJ-02 (Amap, Tencent)",
        "        900   90.0 %  inside   in one cell, farther than 2.5 m from any other",
        "         40    4.0 %  near     in no cell; the nearest within 30 m is the answer",
        "To review: 3 rows, where a cell within 2.5 m would change the owner or handler (column review).",
        "Without an answer: 60 rows (6.0 %); in the output, and to be mended and fed again: x.rejects.csv",
        "         50  no coordinate",
        "Handlers: 12",
        "         39  in 2 more",
        "          7  located, but no rule says who handles them",
        "Written: tagged.csv (GB18030)",
        "  Replaced in it: 所属网格编码",
        "Note: Row 1 is a title: 'x'.",
        "More rows without an answer than --max-rejects 5% allows, so the exit code is 4.",
    ],
)
def test_everything_a_planner_needs_is_said(line):
    assert line in tag_lines(RESULT)


def test_what_no_rule_names_comes_first():
    lines = tag_lines(RESULT)
    assert lines[0] == "No rule names 1 category of column 小类 (43 rows); add them to the rules:"
    assert lines[1] == "         43  飞线"


def test_what_did_not_happen_is_not_said():
    quiet = replace(
        RESULT, rejects=None, review=0, without_handler=None, unnamed_categories={}, replaced=(), notes=()
    )
    quiet = replace(quiet, statuses={**dict.fromkeys(STATUSES, 0), "inside": 1000}, limit=None, written_as="")
    assert len(tag_lines(quiet)) == 3


def test_a_datum_that_was_not_stated_is_said_to_be_taken():
    (line,) = [
        line for line in tag_lines(replace(RESULT, crs="wgs84", crs_stated=False)) if "rows from" in line
    ]
    assert line.endswith("read as WGS 84 (not stated, so taken as such)")


def test_points_of_a_map_layer_are_called_so():
    assert "coordinates from its points" in "".join(
        tag_lines(replace(RESULT, coordinates=(), from_points=True))
    )


def test_a_table_with_places_only_has_no_coordinates():
    assert "1,000 rows from incidents.csv, no coordinates" in tag_lines(replace(RESULT, coordinates=()))


def test_no_line_needs_more_than_a_gbk_console():
    "\n".join(tag_lines(RESULT)).encode("cp936")


def test_the_reach_of_an_accuracy_is_said():
    trust = Trusted(reach={1.0: 5, 30.0: 90}, reach_rows=900, accuracy={"unusable": 2, "beyond": 1})
    lines = tag_lines(replace(RESULT, trust=trust, accuracy_column="定位精度"))
    at = lines.index("Rows that would have another handler if the point stood so far off:")
    assert lines[at + 1 : at + 5] == [
        "          5    0.6 %  within 1 m",
        "         90   10.0 %  within 30 m",
        "  2 rows with an accuracy that is no number of metres; it was not used.",
        "  1 row with an accuracy of more than 500 m; 500 m was taken.",
    ]


def test_coordinates_to_doubt_are_listed():
    doubt = Doubt("zero", 3, 1000, 0.0, 0.0, "3 rows: a coordinate of 0.")
    lines = tag_lines(replace(RESULT, trust=Trusted(doubts=(doubt,))))
    at = lines.index("Coordinates to doubt:")
    assert lines[at + 1] == "  - 3 rows: a coordinate of 0."


@pytest.mark.parametrize(("accuracy_m", "said"), [(500, []), (600, ["--accuracy-m 600 is more than 500 m"])])
def test_an_accuracy_of_all_rows_that_is_cut_is_said(accuracy_m, said):
    lines = [line for line in tag_lines(replace(RESULT, accuracy_m=accuracy_m)) if "--accuracy-m" in line]
    assert [line.split(";")[0].strip() for line in lines] == said

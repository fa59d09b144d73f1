import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from gridgov import assign_incidents, assign_points, check_accuracy
from gridgov.errors import ArgumentError, SchemaError
from gridgov.lookup import Atlas, Handling, border_widths, place_points, read_points
from gridgov.owners import Rules
from gridgov.reach import HandlerReach

#: Two districts side by side in America, each a square of one hundredth of a degree.
CELLS = gpd.GeoDataFrame(
    {
        "cell_id": ["1-0001", "2-0001"],
        "district": ["1", "2"],
        "district_name": ["west", "east"],
        "police": ["P1", "P2"],
        "police_owner": ["one", "two"],
        "special": None,
        "area_m2": 1e6,
    },
    geometry=[shapely.box(-77.05 + n / 100, 38.9, -77.04 + n / 100, 38.91) for n in (0, 1)],
    crs=4326,
)

#: Metres east of the border between the two districts, and what one metre is in degrees there.
DEGREE_M = 111_320 * np.cos(np.radians(38.905))
AWAY_M = np.array([0.5, 4.0, 12.0, 25.0, 200.0, -3.0, -14.0, np.nan])
LON, LAT = -77.04 + AWAY_M / DEGREE_M, np.full(len(AWAY_M), 38.905)


def test_the_wider_of_border_and_accuracy_counts():
    widths = border_widths(2, stated=["15", "１．５米", "0", "", "about 3", "-4", "1e9"])
    assert widths.metres.tolist() == [15, 2, 2, 2, 2, 2, 500]
    assert (widths.blank, widths.unusable, widths.beyond) == (1, 2, 1)


def test_rows_that_state_no_accuracy_have_that_of_all():
    assert border_widths(1, accuracy_m=15, stated=["", "x", "3"]).metres.tolist() == [15, 15, 3]


@pytest.mark.parametrize("accuracy", [-1, np.inf, np.nan])
def test_an_accuracy_that_is_no_length_is_refused(accuracy):
    with pytest.raises(ArgumentError, match="--accuracy-m"):
        border_widths(1, accuracy_m=accuracy)


def test_points_have_candidates_within_their_accuracy():
    found = assign_points(CELLS, lon=LON[:4], lat=LAT[:4], accuracy_m=["", "3", "15", "15"])
    assert found["cell_candidates"].tolist() == ["2-0001|1-0001", "2-0001", "2-0001|1-0001", "2-0001"]
    assert found["cell_status"].tolist() == ["border", "inside", "border", "inside"]
    assert found["review"].tolist() == [True, False, True, False]
    assert found["cell_distance_m"][2] == pytest.approx(12, rel=0.01)


def test_one_accuracy_for_each_point_is_needed():
    with pytest.raises(ArgumentError, match="one per point"):
        assign_points(CELLS, lon=LON, lat=LAT, accuracy_m=[1, 2])


def test_a_table_may_hold_the_accuracy():
    table = pd.DataFrame({"lon": LON[:3], "lat": LAT[:3], "定位精度": ["", "3", "15"]})
    found = assign_incidents(table, CELLS, accuracy_m=5, accuracy_column="定位精度", columns=["review"])
    assert found["review"].tolist() == [True, False, True]


def test_a_column_of_accuracy_that_is_not_there_is_said():
    table = pd.DataFrame({"lon": LON, "lat": LAT})
    with pytest.raises(SchemaError, match=r"no column '精度'.*--accuracy-column"):
        assign_incidents(table, CELLS, accuracy_column="精度")


def reached(batch):
    atlas = Atlas.of(CELLS)
    reach = HandlerReach(atlas, with_rules=False)
    for begin in range(0, len(LON), batch):
        points = read_points(atlas, lon=LON[begin : begin + batch], lat=LAT[begin : begin + batch])
        placed = place_points(atlas, points, border_m=1, nearest_m=0)
        reach.add(points, placed, np.full(len(points), None, dtype=object), Handling())
    return dict(reach.rows), reach.points


def test_rows_with_another_owner_are_counted_for_every_reach():
    assert reached(100) == ({1: 1, 5: 3, 15: 5, 30: 6}, 7)


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_batches_change_no_count(batch):
    assert reached(batch) == reached(100)


def test_the_same_is_counted_of_a_table():
    table = pd.DataFrame({"lon": LON, "lat": LAT})
    found = check_accuracy(table, CELLS)
    assert found.columns.tolist() == ["within_m", "rows", "of", "compares"]
    assert found[["within_m", "rows"]].to_numpy().tolist() == [[1, 1], [5, 3], [15, 5], [30, 6]]
    assert (set(found["of"]), set(found["compares"])) == ({7}, {"owner"})


def test_handlers_are_compared_if_there_are_rules():
    rules = Rules.from_table(
        pd.DataFrame({"category": ["lamp", "lid", "lid"], "district": ["", "1", "2"], "handler": list("LAB")})
    )
    table = pd.DataFrame({"lon": LON, "lat": LAT, "kind": ["lamp", "lid"] * 4})
    found = check_accuracy(table, CELLS, rules=rules, category="kind", reaches_m=[30, 4.5])
    assert found[["within_m", "rows"]].to_numpy().tolist() == [[4.5, 2], [30, 3]]
    assert set(found["compares"]) == {"handler"}


@pytest.mark.parametrize("reaches", [[], [-1], [np.inf], [np.nan]])
def test_reaches_that_are_no_metres_are_refused(reaches):
    with pytest.raises(ArgumentError, match="reaches_m"):
        check_accuracy(pd.DataFrame({"lon": LON, "lat": LAT}), CELLS, reaches_m=reaches)

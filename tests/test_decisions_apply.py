"""Decisions carried out: the place ends as decided, however narrow, and nothing else changes."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely import box

from gridgov import Decisions, make_grids, merge_grids
from gridgov.decisions.words import offered
from gridgov.topology.edges import edge_table

X0, Y0 = 474_000, 3_843_000  # in EPSG:4547, near Zhengzhou


def layer(department, *, kind=None, **grids):
    """Draw grids by id, as boxes in metres from (X0, Y0)."""
    shapes = [shape if isinstance(shape, shapely.Geometry) else box(*shape) for shape in grids.values()]
    frame = gpd.GeoDataFrame(
        {"grid_id": list(grids), "owner": [f"{name}所" for name in grids]},
        geometry=shapely.transform(np.array(shapes, dtype=object), lambda xy: np.add(xy, (X0, Y0))),
        crs=4547,
    )
    return make_grids(frame, department=department, columns={"id": "grid_id", "owner": "owner"})


CITY = {"W": (0, 0, 400, 200)}
HALVES = {"W": (0, 0, 200, 200), "E": (200, 0, 400, 200)}
ONE = {"C": (0, 0, 400, 200)}
TWO = {"A": (0, 0, 200, 200), "B": (200, 0, 400, 200)}


def city(police, *, within=None, other=None, police_first=True):
    """Layers and rungs of a city of 400 m by 200 m: police as drawn, and another department."""
    layers = {"police": layer("police", **police), "comprehensive": layer("comprehensive", **(other or ONE))}
    if not police_first:
        layers = dict(reversed(layers.items()))
    return layers, {"district": layer("district", **(within or CITY))}


def merged(drawn, decisions=None, **options):
    layers, within = drawn
    return merge_grids(layers, within=within, tolerance_m=25.0, decisions=decisions, **options)


_PLAIN = {}


def plain(drawn):
    """The network without decisions, merged once per drawing."""
    key = repr([[(name, table.to_wkt().to_dict("list")) for name, table in some.items()] for some in drawn])
    if key not in _PLAIN:
        _PLAIN[key] = merged(drawn)
    return _PLAIN[key]


def conflict(network, kind, *, departments=None):
    """The one conflict of a kind."""
    rows = network.conflicts[network.conflicts["kind"] == kind]
    if departments is not None:
        rows = rows[rows["departments"] == departments]
    assert len(rows) == 1, rows
    return rows.iloc[0]


def decisions_of(ids, word, **more):
    ids = [ids] if isinstance(ids, str) else ids
    return Decisions.from_table(pd.DataFrame({"conflict_id": ids, "decision": word, **more}))


def decided(drawn, kind, word, *, departments=None):
    """The network with one conflict decided."""
    found = conflict(plain(drawn), kind, departments=departments)
    return merged(drawn, decisions_of(found["conflict_id"], word))


def grid_at(network, x, y=100, department="police"):
    cells = network.cells[network.cells.contains(shapely.Point(X0 + x, Y0 + y))]
    assert len(cells) == 1
    return cells[department].iloc[0]


def along(network, *xs, department="police"):
    return [grid_at(network, x, department=department) for x in xs]


def ground(network, department, grid):
    return network.cells[network.cells[department] == grid].area.sum()


def check_whole(network, area=80_000):
    """Nothing is lost or doubled: a partition, and shares of every grid that sum to 1."""
    shapes = network.cells.geometry.to_numpy()
    edge_table(shapes)
    assert shapely.coverage_is_valid(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(area, abs=1e-6)
    shares = network.crosswalk.groupby(["department", "grid_id"])["grid_share"].sum()
    assert np.allclose(shares, 1, atol=1e-9)


WIDE_OVERLAP = {"P1": (0, 0, 230, 200), "P2": (170, 0, 400, 200)}
NARROW_OVERLAP = {"P1": (0, 0, 205, 200), "P2": (200, 0, 400, 200)}
WIDE_GAP = {"P1": (0, 0, 170, 200), "P2": (230, 0, 400, 200)}
NARROW_GAP = {"P1": (0, 0, 197, 200), "P2": (203, 0, 400, 200)}


@pytest.mark.parametrize(
    ("word", "owners"), [("keep A", ["P1", "P1"]), ("keep B", ["P2", "P2"]), ("split", ["P1", "P2"])]
)
@pytest.mark.parametrize(
    ("police", "kind", "at"),
    [
        (WIDE_OVERLAP, "overlap", (185, 215)),
        (NARROW_OVERLAP, "overlap", (201, 204)),
        (WIDE_GAP, "uncovered", (185, 215)),
        (NARROW_GAP, "gap", (198, 202)),
    ],
)
def test_a_place_goes_to_the_grid_that_was_kept_or_half_to_each(police, kind, at, word, owners):
    network = decided(city(police), kind, word)
    assert along(network, *at) == owners
    check_whole(network)


@pytest.mark.parametrize(
    ("police", "kind", "half"),
    [(WIDE_OVERLAP, "overlap", 200), (NARROW_OVERLAP, "overlap", 202.5), (NARROW_GAP, "gap", 200)],
)
def test_a_split_runs_along_the_middle(police, kind, half):
    network = decided(city(police), kind, "split")
    assert ground(network, "police", "P1") == pytest.approx(200 * half, rel=1e-3)
    assert len(network.cells) == 2


@pytest.mark.parametrize("word", ["leave", "ignore"])
@pytest.mark.parametrize("police", [WIDE_OVERLAP, NARROW_OVERLAP, WIDE_GAP, NARROW_GAP])
def test_leave_and_ignore_change_no_cell(police, word):
    drawn = city(police)
    before = plain(drawn)
    after = merged(drawn, decisions_of(before.conflicts["conflict_id"].tolist(), word))
    assert_geodataframe_equal(before.cells, after.cells)
    assert after.version == before.version


def test_a_wide_place_that_is_left_without_a_grid_stays_so():
    network = decided(city(WIDE_GAP), "uncovered", "leave")
    assert grid_at(network, 200) is None


# Police's P1 reaches 6 m over the border A|B of the other department, and P2 to it.
BESIDE = {"P1": (0, 0, 206, 200), "P2": (200, 0, 400, 200)}


@pytest.mark.parametrize(("word", "kept"), [("keep A", "P1"), ("keep B", "P2")])
@pytest.mark.parametrize("police_first", [True, False])
def test_a_narrow_place_beside_another_border_is_not_absorbed(word, kept, police_first):
    network = decided(city(BESIDE, other=TWO, police_first=police_first), "overlap", word)
    assert along(network, 201, 203, 205) == [kept] * 3
    check_whole(network)


def test_a_decision_moves_no_border_of_a_department_that_comes_before():
    network = decided(city(BESIDE, other=TWO, police_first=False), "overlap", "keep A")
    assert along(network, 199, 203, department="comprehensive") == ["A", "B"]
    assert ground(network, "comprehensive", "A") == 40_000


def test_borders_of_departments_that_come_later_follow_a_decision():
    network = decided(city(BESIDE, other=TWO), "overlap", "keep A")
    assert along(network, 203, department="comprehensive") == ["A"]
    assert len(network.cells) == 2


def test_a_split_narrow_place_beside_another_border_is_not_absorbed():
    network = decided(city(BESIDE, other=TWO, police_first=False), "overlap", "split")
    assert along(network, 201, 205) == ["P1", "P2"]


# The other department's border A|B is at 200, police drew its own at 210.
APART = {"P1": (0, 0, 210, 200), "P2": (210, 0, 400, 200)}


def apart(word):
    drawn = city(APART, other=TWO, police_first=False)
    return decided(drawn, "borders_apart", word, departments="comprehensive|police")


@pytest.mark.parametrize(
    ("word", "police", "comprehensive"),
    [("keep A", "P2", "B"), ("keep B", "P1", "A"), ("split", "P1", "B"), ("leave", "P2", "B")],
)
def test_either_border_stands_for_both_departments_or_each_its_own(word, police, comprehensive):
    network = apart(word)
    assert grid_at(network, 205) == police
    assert grid_at(network, 205, department="comprehensive") == comprehensive
    check_whole(network)


def test_the_border_that_stands_already_changes_nothing():
    summary = apart("keep A").summary["decisions"]
    assert (summary["applied"], summary["nothing"]) == (0, 1)


def test_both_borders_stay_with_a_cell_between_them():
    network = apart("split")
    assert sorted(network.cells.area) == [2_000, 38_000, 40_000]


# P1 lies in both districts; P2 in the eastern one only.
CROSSING = {"P1": (0, 0, 260, 200), "P2": (260, 0, 400, 200)}


@pytest.mark.parametrize(("word", "east"), [("split", "P2"), ("leave", "P1")])
def test_a_grid_that_crosses_a_border_is_split_there_or_stays_one(word, east):
    network = decided(city(CROSSING, within=HALVES), "crosses_rung", word, departments="police")
    assert along(network, 150, 230, 300) == ["P1", east, "P2"]
    check_whole(network)


def test_parts_beyond_a_border_go_to_the_nearest_grid_of_that_side():
    police = {"P1": (0, 0, 260, 200), "P2": (260, 0, 400, 100), "P3": (260, 100, 400, 200)}
    network = decided(city(police, within=HALVES), "crosses_rung", "split", departments="police")
    assert [grid_at(network, 230, 20), grid_at(network, 230, 180)] == ["P2", "P3"]
    assert grid_at(network, 150, 20) == "P1"


def test_without_another_grid_beyond_the_border_the_conflict_stays_open():
    drawn = city({"P1": (0, 0, 300, 200)}, within=HALVES)
    network = decided(drawn, "crosses_rung", "split", departments="police")
    row = conflict(network, "crosses_rung", departments="police")
    assert row["severity"] == "decide"
    assert "'split' cannot be carried out: police has no other grid beside" in row["resolution"]
    assert list(network.summary["decisions"]["refused"]) == [row["conflict_id"]]


def test_a_sliver_that_people_keep_is_a_cell():
    hole = shapely.difference(box(0, 0, 400, 200), box(100, 100, 110, 110))
    drawn = city({"P1": hole, "P3": (100, 100, 110, 110)})
    assert grid_at(decided(drawn, "sliver", "leave"), 105, 105) == grid_at(plain(drawn), 105, 105)
    assert grid_at(decided(drawn, "sliver", "keep A"), 105, 105) == "P3"


def test_a_campus_in_a_decided_place_keeps_its_ground():
    drawn = city({**WIDE_OVERLAP, "campus": (185, 85, 215, 115)})
    found = plain(drawn).conflicts
    found = found[(found["kind"] == "overlap") & (found["severity"] == "decide")]
    ids = found.loc[[sorted(i.split("|")) == ["P1", "P2"] for i in found["grid_ids"]], "conflict_id"]
    for word, kept in (("keep A", "P1"), ("keep B", "P2")):
        network = merged(drawn, decisions_of(ids.tolist(), word))
        assert [grid_at(network, 200, 100), grid_at(network, 200, 50)] == ["campus", kept]


def test_grids_of_one_polygon_are_decided_between():
    drawn = city({"P1": (0, 0, 200, 200), "P2": (200, 0, 400, 200), "P3": (200, 0, 400, 200)})
    network = decided(drawn, "duplicate_geometry", "keep B")
    assert along(network, 100, 300) == ["P1", "P3"]


def test_what_is_decided_is_settled_and_says_who_when_and_why():
    drawn = city(WIDE_OVERLAP)
    one = conflict(plain(drawn), "overlap")
    more = {"decided_by": "张三", "decided_on": "2026-11-20", "note": "现场已核实"}
    row = conflict(merged(drawn, decisions_of(one["conflict_id"], "保留B", **more)), "overlap")
    assert row["conflict_id"] == one["conflict_id"]
    assert row[["severity", "decision", "resolution"]].tolist() == [
        "settled",
        "keep B",
        "decided: keep B (P2)",
    ]
    assert row[["decided_by", "decided_on", "decision_note"]].tolist() == list(more.values())
    assert row["note"] == one["note"]


def test_the_same_decisions_give_the_same_network_again():
    drawn = city(WIDE_OVERLAP, other=TWO)
    found = plain(drawn).conflicts["conflict_id"]
    once, again = (merged(drawn, decisions_of(found.tolist(), "leave")) for _ in range(2))
    split = [decided(drawn, "overlap", "split") for _ in range(2)]
    for a, b in ((once, again), split):
        assert_geodataframe_equal(a.cells, b.cells)
        assert_geodataframe_equal(a.conflicts, b.conflicts)
        assert_frame_equal(a.crosswalk, b.crosswalk)
        assert a.summary == b.summary
        assert a.provenance == b.provenance


def test_decisions_keep_the_ids_of_all_conflicts():
    drawn = city(BESIDE, other=TWO)
    before = plain(drawn)
    after = merged(drawn, decisions_of(conflict(before, "overlap")["conflict_id"], "keep A"))
    assert sorted(after.conflicts["conflict_id"]) == sorted(before.conflicts["conflict_id"])


def test_a_list_of_an_older_delivery_is_carried_out_where_the_conflict_still_is():
    old, new = city(WIDE_OVERLAP), city({"P1": (0, 0, 231, 200), "P2": (169, 0, 400, 200)})
    one = conflict(plain(old), "overlap")["conflict_id"]
    network = merged(new, decisions_of([one, "gone"], ["keep B", "leave"]))
    assert along(network, 169.5, 230.5) == ["P2", "P2"]
    assert network.summary["decisions"]["unknown"] == ["gone"]


def test_decisions_of_no_conflict_now_and_new_conflicts_are_counted():
    drawn = city(WIDE_OVERLAP)
    stated = pd.DataFrame({"conflict_id": ["gone1", "gone2", "blank"], "decision": ["leave", "split", None]})
    summary = merged(drawn, Decisions.from_table(stated)).summary["decisions"]
    assert summary["unknown"] == ["gone1", "gone2"]
    assert (summary["decided"], summary["applied"], summary["nothing"]) == (2, 0, 0)
    assert (summary["open"], summary["new"]) == (1, 1)


def test_a_conflict_listed_without_a_decision_is_open_but_not_new():
    drawn = city(WIDE_OVERLAP)
    stated = decisions_of(conflict(plain(drawn), "overlap")["conflict_id"], None)
    summary = merged(drawn, stated).summary["decisions"]
    assert (summary["open"], summary["new"]) == (1, 0)


def test_a_word_that_means_nothing_for_the_kind_leaves_the_conflict_open():
    network = decided(city(WIDE_OVERLAP), "overlap", "keep C")
    row = conflict(network, "overlap")
    assert row["severity"] == "decide"
    assert "takes only 保留A keep A, 保留B keep B, 拆分 split" in row["resolution"]
    assert network.summary["decisions"]["applied"] == 0


def test_of_two_decisions_about_one_spot_that_of_the_conflict_listed_first_holds():
    drawn = city({"P1": (0, 0, 230, 200), "P2": (100, 0, 300, 200), "P3": (170, 0, 400, 200)})
    found = plain(drawn).conflicts
    rows = found[(found["kind"] == "overlap") & (found["severity"] == "decide")]
    first, *others = rows["conflict_id"]
    kept = rows["grid_ids"].iloc[0].split("|")[0]
    network = merged(drawn, decisions_of(rows["conflict_id"].tolist(), ["keep A"] + ["keep B"] * len(others)))
    check_whole(network)
    assert grid_at(network, 200) == kept
    assert first not in network.summary["decisions"]["overruled"]
    assert set(network.summary["decisions"]["overruled"]) <= set(others)


def test_the_provenance_names_the_decisions_by_their_content():
    drawn = city(WIDE_OVERLAP)
    one, other = (decided(drawn, "overlap", word).provenance["decisions"] for word in ("keep A", "split"))
    assert one["rows"] == other["rows"] == 1
    assert one["sha256"] != other["sha256"]
    assert "decisions" not in merged(drawn).provenance


def test_moved_ground_and_gaps_count_what_was_decided():
    network = decided(city(WIDE_GAP), "uncovered", "keep A")
    areas = network.summary["area_m2"]
    assert areas["covered"]["police"] == 80_000
    assert areas["moved"]["police"] == 12_000
    assert network.summary["conflicts"]["decide"] == {}


def test_gaps_that_were_filled_are_still_told_apart():
    drawn = city({**WIDE_GAP, "P3": (230, 0, 300, 200)})
    drawn[0]["police"] = layer("police", P1=(0, 0, 120, 200), P2=(150, 0, 230, 200), P3=(220, 0, 400, 200))
    ids = merged(drawn, on_gap="fill").conflicts
    ids = ids[ids["kind"] == "overlap"]["conflict_id"].tolist()
    network = merged(drawn, decisions_of(ids, "keep B"), on_gap="fill")
    assert network.summary["filled"]["police"]["filled"] == pytest.approx(6_000)
    assert grid_at(network, 225) == "P3"
    check_whole(network)


@settings(max_examples=8)
@given(
    left=st.integers(40, 195),
    right=st.integers(205, 360),
    border=st.integers(30, 370),
    word=st.sampled_from(offered("overlap", "police", "P1|P2", layers=["police"])),
)
def test_any_place_ends_as_decided_whatever_borders_lie_around_it(left, right, border, word):
    police = {"P1": (0, 0, right, 200), "P2": (left, 0, 400, 200)}
    other = {"A": (0, 0, border, 200), "B": (border, 0, 400, 200)}
    drawn = city(police, other=other, police_first=False)
    found = plain(drawn).conflicts
    found = found[found["kind"] == "overlap"]
    rows = [row for row in found.itertuples() if sorted(row.grid_ids.split("|")) == ["P1", "P2"]]
    network = merged(drawn, decisions_of([row.conflict_id for row in rows], word))
    check_whole(network)
    if rows and word.startswith("keep"):
        kept = network.cells[network.cells["police"] == ("P1" if word == "keep A" else "P2")]
        place = shapely.union_all([row.geometry for row in rows])
        rest = shapely.difference(place, shapely.union_all(kept.geometry.to_numpy()))
        assert shapely.is_empty(shapely.buffer(rest, -0.02))

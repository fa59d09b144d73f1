"""What cells are called in a merge: codes, and the ids kept of a previous network."""

from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import box

from gridgov import (
    CodeError,
    make_grids,
    merge_grids,
    network_lists,
    read_network,
    write_lists,
    write_network,
)
from gridgov.codes import check_codes
from gridgov.errors import ArgumentError
from gridgov.succession import follow

EAST, NORTH = 475_000.0, 3_843_000.0
ONE, OTHER = "410104009001", "410104009002"


def square(column, row=0, width=1, height=1):
    x, y = EAST + 1000 * column, NORTH + 1000 * row
    return box(x, y, x + 1000 * width, y + 1000 * height)


def layer(**shapes):
    return make_grids(
        gpd.GeoDataFrame({"grid_id": list(shapes)}, geometry=list(shapes.values()), crs="EPSG:4547"),
        department="layer",
    )


#: Two communities side by side, 2 km wide and 1 km high.
WITHIN = {
    "district": layer(**{"410104": square(0, width=4)}),
    "community": layer(**{ONE: square(0, width=2), OTHER: square(2, width=2)}),
}
FOUR = {f"P{k}": square(k) for k in range(4)}


def merged(shapes=FOUR, within=WITHIN, **more):
    return merge_grids({"police": layer(**shapes)}, within=within, **more)


def ids(network):
    return dict(zip(network.cells["police"], network.cells["cell_id"], strict=True))


def day(monkeypatch, number):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(86_400 * number))


def test_cells_get_codes_inside_their_communities():
    network = merged(codes="unit15", parents={ONE, OTHER, "410104009003"})
    assert ids(network) == {"P0": f"{ONE}001", "P1": f"{ONE}002", "P2": f"{OTHER}001", "P3": f"{OTHER}002"}
    assert check_codes(network.cells["cell_id"], scheme="unit15", parents={ONE, OTHER}).empty
    assert network.summary["codes"] == {"scheme": "unit15", "kept": 0, "new": 4, "retired": 0, "advice": []}
    assert network.provenance["codes"] == "unit15"
    assert network.provenance["parents"]["rows"] == 3
    assert network.succession is None
    assert set(network.crosswalk["cell_id"]) == set(network.cells["cell_id"])


def test_a_place_may_be_told_in_parts():
    parts = {
        "district": layer(**{"410104": square(0, width=4)}),
        "street": layer(**{"009": square(0, width=4)}),
        "community": layer(**{"001": square(0, width=2), "002": square(2, width=2)}),
    }
    assert ids(merged(within=parts, codes="unit15")) == ids(merged(codes="unit15"))


def test_codes_are_refused_where_places_have_none():
    with pytest.raises(CodeError, match=r"1 community is not in the list \(--parents\): 410104009002"):
        merged(codes="unit15", parents={ONE})
    with pytest.raises(CodeError, match="the rungs district give 410104: 410104 has 6 digits"):
        merged(within={"district": WITHIN["district"]}, codes="unit15")
    with pytest.raises(ArgumentError, match="there are no rungs"):
        merged(within={}, codes="unit15")
    with pytest.raises(ArgumentError, match="say which codes"):
        merged(parents={ONE})
    with pytest.raises(ArgumentError, match="cells get codes of unit15"):
        merged(codes="department20")
    half = {"district": WITHIN["district"], "community": layer(**{ONE: square(0, width=2)})}
    with pytest.raises(CodeError, match=r"1 place lies in no community.*\(\d+, \d+\) 2,000,000 m2"):
        merged(within=half, codes="unit15")


def test_unusual_parts_of_a_code_are_said_and_taken():
    strange = {
        "district": layer(**{"410104": square(0, width=4)}),
        "community": layer(**{"410104612001": square(0, width=4)}),
    }
    network = merged(within=strange, codes="unit15")
    assert network.summary["codes"]["advice"][0].startswith("410104612001: street part 612 is outside")


@pytest.mark.parametrize("codes", [None, "unit15"])
def test_the_same_again_keeps_all_ids(codes):
    before = merged(codes=codes)
    after = merged(codes=codes, previous=before)
    assert ids(after) == ids(before)
    assert after.version == before.version
    assert after.succession["change"].tolist() == ["kept"] * 4
    assert after.succession[["old_share", "new_share"]].to_numpy().tolist() == [[1.0, 1.0]] * 4
    pd.testing.assert_frame_equal(after.register, before.register)
    assert after.provenance["previous"] == before.version


def test_what_stayed_keeps_its_id_and_the_rest_is_retired_for_good(monkeypatch):
    day(monkeypatch, 1)
    before = merged(codes="unit15")
    day(monkeypatch, 2)
    # P0 is divided, P1 stays, P2 and P3 become one.
    cut = {
        "A": square(0, width=0.5),
        "B": square(0.5, width=0.5),
        "P1": square(1),
        "C": square(2, width=2),
    }
    middle = merged(cut, codes="unit15", previous=before)
    assert ids(middle) == {"A": f"{ONE}003", "B": f"{ONE}004", "P1": f"{ONE}002", "C": f"{OTHER}003"}
    register = middle.register.set_index("cell_id")
    assert register.loc[f"{ONE}002"].tolist() == ["current", "1970-01-02", None, None]
    assert register.loc[f"{ONE}003"].tolist() == ["current", "1970-01-03", None, None]
    assert register.loc[f"{ONE}001"].tolist() == ["retired", "1970-01-02", "1970-01-03", "divided"]
    assert register.loc[f"{OTHER}001"].tolist() == ["retired", "1970-01-02", "1970-01-03", "joined"]
    assert middle.summary["codes"] | {"advice": 0} == {
        "scheme": "unit15",
        "kept": 1,
        "new": 3,
        "retired": 3,
        "advice": 0,
    }
    day(monkeypatch, 3)
    again = merged(codes="unit15", previous=middle)
    new = {"P0": f"{ONE}005", "P1": f"{ONE}002", "P2": f"{OTHER}004", "P3": f"{OTHER}005"}
    assert ids(again) == new
    assert again.register["cell_id"].is_unique
    past = again.register[again.register["code_status"] == "retired"].set_index("cell_id")
    assert past["ended_by"].to_dict() == {
        f"{ONE}001": "divided",
        f"{ONE}003": "joined",
        f"{ONE}004": "joined",
        f"{OTHER}001": "joined",
        f"{OTHER}002": "joined",
        f"{OTHER}003": "divided",
    }
    assert past.loc[f"{ONE}001", "until"] == "1970-01-03"


def test_the_larger_part_keeps_the_id():
    before = merged(codes="unit15")
    cut = FOUR | {"P0": square(0, width=0.7), "B": square(0.7, width=0.3)}
    after = merged(cut, codes="unit15", previous=before)
    assert ids(after)["P0"] == ids(before)["P0"]
    assert ids(after)["B"] == f"{ONE}003"
    table = after.succession
    parts = table[table["old_id"] == f"{ONE}001"].set_index("new_id")
    assert parts["change"].to_dict() == {f"{ONE}001": "kept", f"{ONE}003": "part"}
    assert parts["old_share"].round(6).to_dict() == {f"{ONE}001": 0.7, f"{ONE}003": 0.3}
    assert parts["new_share"].round(6).tolist() == [1.0, 1.0]


def test_another_community_and_another_scheme_give_another_code():
    before = merged(codes="unit15")
    moved = WITHIN | {"community": layer(**{ONE: square(0, width=1), OTHER: square(1, width=3)})}
    after = merged(within=moved, codes="unit15", previous=before)
    assert ids(after)["P1"] == f"{OTHER}003"
    assert after.register.set_index("cell_id").loc[f"{ONE}002", "ended_by"] == "moved"
    assert set(after.succession["change"]) == {"kept", "renamed"}
    recoded = merged(codes="unit15", previous=merged())
    assert set(recoded.succession["change"]) == {"renamed"}
    assert set(recoded.register["ended_by"]) == {"recoded", None}


def test_ground_that_comes_and_goes_is_told():
    before = merged({"P0": square(0)}, within={"district": layer(**{"410104": square(0)})})
    grown = {"district": layer(**{"410104": square(0), "410105": square(1)})}
    after = merged({"P0": square(0), "P1": square(1)}, within=grown, previous=before)
    assert after.succession[["old_id", "new_id", "change"]].to_numpy().tolist() == [
        ["410104-0001", "410104-0001", "kept"],
        [None, "410105-0001", "new"],
    ]
    back = merged({"P0": square(0)}, within={"district": layer(**{"410104": square(0)})}, previous=after)
    assert back.succession["change"].tolist() == ["kept", "gone"]
    assert back.register.set_index("cell_id").loc["410105-0001", "ended_by"] == "gone"
    with pytest.raises(ArgumentError, match="is it of another city"):
        merged({"P0": square(9)}, within={"district": layer(**{"410104": square(9)})}, previous=before)


def test_register_and_succession_are_written_read_and_listed(tmp_path, monkeypatch):
    day(monkeypatch, 5)
    network = merged(FOUR | {"P0": square(0, width=0.5), "B": square(0.5, width=0.5)}, previous=merged())
    write_network(network, tmp_path / "n.gpkg")
    read = read_network(tmp_path / "n.gpkg")
    pd.testing.assert_frame_equal(read.register, network.register)
    pd.testing.assert_frame_equal(read.succession, network.succession)
    again = merged(previous=read)
    assert set(again.register["cell_id"]) >= set(network.register["cell_id"])
    lists = network_lists(read)
    assert len(lists["register"]) == 6
    assert len(network_lists(merged())["succession"]) == 0
    write_lists(read, tmp_path / "lists.xlsx")
    shown = pd.read_excel(tmp_path / "lists.xlsx", sheet_name="编码登记 register", header=1)
    assert "作废 retired" in shown["状态 code_status"].tolist()
    assert "拆分 divided" in shown["作废原因 ended_by"].tolist()


def test_a_network_without_a_register_is_followed(tmp_path):
    from dataclasses import replace

    old = replace(merged(), register=None)
    after = merged(FOUR | {"P0": square(0, width=0.5), "B": square(0.5, width=0.5)}, previous=old)
    rows = after.register.set_index("cell_id")
    assert rows.loc["410104-0002", "since"] is None
    assert rows.loc["410104-0001", "ended_by"] == "divided"


@pytest.mark.parametrize("seed", range(8))
def test_shared_ground_is_that_of_every_pair(seed):
    random = np.random.default_rng(seed)

    def cells(first):
        edges = [0.0, first, *np.sort(random.uniform(first, 1000, 6)), 1000.0]
        return np.array([box(a, 0, b, 100) for a, b in pairwise(edges)], dtype=object)

    # With odd seeds the first cell is the same in both.
    before, after = cells(100.0), cells(100.0 if seed % 2 else 130.0)
    table = gpd.GeoDataFrame({"cell_id": [f"1-{k}" for k in range(8)]}, geometry=before, crs="EPSG:4547")
    known = follow(table, None, after, crs=table.crs)
    found = dict(zip(zip(known.old.tolist(), known.new.tolist(), strict=True), known.shared_m2, strict=True))
    for a, old in enumerate(before):
        for b, new in enumerate(after):
            shared = shapely.area(shapely.intersection(old, new))
            assert found.get((a, b), 0.0) == pytest.approx(shared if shared >= 1 else 0.0)


def test_row_order_changes_no_code():
    turned = dict(reversed(FOUR.items()))
    before = merged(codes="unit15")
    one, other = merged(codes="unit15", previous=before), merged(turned, codes="unit15", previous=before)
    assert ids(one) == ids(other)
    pd.testing.assert_frame_equal(one.succession, other.succession)
    pd.testing.assert_frame_equal(one.register, other.register)


SAMPLES = Path(__file__).parents[1] / "data" / "samples"


def test_the_command_line_codes_and_keeps(gridgov, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rungs = [
        f"{name}={SAMPLES / file}"
        for name, file in (("district", "districts.geojson"), ("community", "communities.gpkg"))
    ]
    words = ["merge", f"comprehensive={SAMPLES / 'comprehensive.gpkg'}"]
    words += [word for rung in rungs for word in ("--within", rung)]
    ended = gridgov(*words, "--codes", "unit15", "-o", "one.gpkg")
    assert ended.code == 0, ended.err
    assert "Cell ids are codes of unit15" in ended.err
    ended = gridgov(*words, "--codes", "unit15", "--previous", "one.gpkg", "-o", "two.gpkg")
    assert ended.code == 0, ended.err
    assert "cells keep their ids, 0 ids are retired for good, 0 ids are new" in ended.err
    one, two = read_network("one.gpkg"), read_network("two.gpkg")
    assert one.cells["cell_id"].tolist() == two.cells["cell_id"].tolist()
    (tmp_path / "p.csv").write_text("code,old\n410104009003,410104009004\n", "utf-8")
    for options, said, code in (
        (("--parents", "p.csv"), "say which codes", 2),
        (("--codes", "unit15", "--parents", "p.csv"), "several columns hold 12-digit codes", 3),
        (("--codes", "unit15", "--parents", "p.csv:code"), "are not in the list (--parents)", 3),
        (("--codes", "unit15", "--parents", "none.csv"), "none.csv is not there", 3),
        (("--codes", "nothing"), "there is no code scheme 'nothing'", 2),
        (("--previous", "none.gpkg"), "none.gpkg is not there", 3),
    ):
        ended = gridgov(*words, *options, "-o", "three.gpkg")
        assert (ended.code, said in ended.err) == (code, True), ended.err
        assert not Path("three.gpkg").exists()
    ended = gridgov(*words, "--previous", "one.gpkg", "-o", "one.gpkg", "--overwrite")
    assert ended.code != 0
    assert read_network("one.gpkg").version == one.version

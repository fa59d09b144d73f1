"""Sentences that tables keep: English in a network, and in Chinese wherever they are shown."""

import copy
import itertools
import json
import pickle
import re
import string
from contextvars import copy_context
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from gridgov import Decisions, make_grids, merge_grids, write_network
from gridgov.check.places import outside_every, place_told, places_said
from gridgov.conflicts import said_conflicts, unit_said
from gridgov.conflicts.messages import TEXTS, with_messages, written
from gridgov.conflicts.words import NO_GRID, Given, given_each, given_to
from gridgov.language import speak
from gridgov.lists import network_lists
from gridgov.report import make_report
from gridgov.summary.decided import decision_lines
from gridgov.summary.merged import network_lines
from gridgov.told import Sayings, Told, from_message, said, told
from gridgov.told.words import TOLD

KEYS = Path(__file__).parent / "data" / "told.json"
#: Two Latin words one after the other; names of columns, options and departments stand alone.
ENGLISH = re.compile(r"(?<![-\w])[A-Za-z]{2,} [A-Za-z]{2,}")


def fields(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def layer(department, columns, *boxes):
    frame = gpd.GeoDataFrame(columns, geometry=[box(*b) for b in boxes], crs=4547)
    return make_grids(frame, department=department)


def faulty_network(decisions=None):
    """Police and urban grids with nearly every kind of conflict, within two districts."""
    x, y = 474_000, 3_843_000

    def at(*corners):
        return x + corners[0], y + corners[1], x + corners[2], y + corners[3]

    police = layer(
        "police",
        {"grid_id": ["1", "2", "3", "4", "5", "5", "6"], "owner": ["甲", "乙", "丙", None, "戊", "己", "庚"]},
        at(0, 0, 300, 500),
        at(260, 0, 500, 500),
        at(500, 0, 1060, 300),
        at(500, 420, 1000, 500),
        at(0, 504, 450, 1000),
        at(600, 600, 700, 700),
        at(20, 20, 60, 60),
    )
    urban = layer(
        "urban",
        {"grid_id": ["甲1", "甲2", "甲3"], "owner": ["一队", "二队", "三队"]},
        at(0, 0, 700, 512),
        at(0, 512, 700, 1000),
        at(700, 0, 1000, 1000),
    )
    district = layer(
        "district",
        {"grid_id": ["W", "E"], "name": ["西区", "东区"]},
        at(0, 0, 500, 1000),
        at(500, 0, 1000, 1000),
    )
    layers = {"police": police, "urban": urban}
    return merge_grids(layers, within={"district": district}, tolerance_m=25, decisions=decisions)


@pytest.fixture(scope="module")
def network():
    return faulty_network()


@pytest.fixture(scope="module")
def decided(network):
    """Every decision that a list offers, on one conflict or another, some of them impossible."""
    words = ["keep A", "split", "leave", "ignore", "keep B", "keep F"]
    rows = network.conflicts.assign(decision=[words[k % len(words)] for k in range(len(network.conflicts))])[
        ["conflict_id", "decision"]
    ]
    return faulty_network(Decisions.from_table(rows))


def test_a_network_is_the_same_whatever_language_was_spoken(tmp_path, monkeypatch, in_chinese):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    in_chinese(write_network, in_chinese(faulty_network), tmp_path / "zh.gpkg")
    write_network(faulty_network(), tmp_path / "en.gpkg")
    assert (tmp_path / "zh.gpkg").read_bytes() == (tmp_path / "en.gpkg").read_bytes()


def test_texts_of_a_network_are_english(network, decided):
    for found in (network, decided):
        for column in TEXTS:
            texts = "".join(found.conflicts[column].dropna())
            assert not re.search("已|网格|划归|占|之间", texts)


def test_every_text_of_a_conflict_has_a_message(network, decided):
    for found in (network, decided):
        for row in found.conflicts.itertuples():
            messages = json.loads(row.messages)
            assert {name for name in TEXTS if getattr(row, name)} == set(messages)


def test_the_message_of_a_text_says_the_text(network, decided):
    for found in (network, decided):
        for row in found.conflicts.itertuples():
            for name, message in json.loads(row.messages).items():
                assert said(message, "en") == from_message(message).said("en") == getattr(row, name)


def test_conflicts_are_shown_in_chinese(network, decided, in_chinese):
    for found in (network, decided):
        shown = said_conflicts(found.conflicts, "zh")
        assert "messages" not in shown
        texts = [text for column in TEXTS for text in shown[column].dropna()]
        assert [text for text in texts if ENGLISH.search(text)] == []
        assert [text for text in shown["resolution"] if not re.search("[\u4e00-\u9fff]", text)] == []


def test_the_fixture_has_many_kinds_of_texts(network, decided):
    """So that the tests above see them."""
    found = "".join([*network.conflicts["messages"], *decided.conflicts["messages"]])
    keys = set(re.findall(r'"(\w+)":\{', found))
    assert len(keys & set(TOLD.table)) > 30
    assert {"given", "cut", "cannot_be", "decided_for", "in_unit", "thin_joined", "share_of"} <= keys


def test_conflicts_in_english_are_those_of_the_network(network):
    shown = said_conflicts(network.conflicts, "en")
    assert shown["resolution"].tolist() == network.conflicts["resolution"].tolist()


def test_a_text_without_a_message_stays_as_it_is(network):
    older = network.conflicts.drop(columns="messages")
    assert said_conflicts(older, "zh")["place"].tolist() == older["place"].tolist()
    assert unit_said(older.head(1), "zh") == [older["place"].iloc[0].partition(", ")[0]]


def test_a_message_of_a_later_version_leaves_the_english_text(network):
    later = network.conflicts.assign(messages='{"place": {"from a later version": {}}}')
    assert said_conflicts(later, "zh")["place"].tolist() == later["place"].tolist()


def test_the_unit_of_a_place_is_told_without_its_grids(network):
    rows = network.conflicts[network.conflicts["kind"] == "overlap"]
    assert set(unit_said(rows, "zh")) <= {"西区", "东区"}
    outside = network.conflicts[network.conflicts["place"].str.startswith("outside every")]
    assert set(unit_said(outside, "zh")) == {"在各区县之外"}


def test_lists_and_sheets_and_summaries_are_told_in_chinese(network, decided, in_chinese):
    for found in (network, decided):
        table = network_lists(found, language="zh")["conflicts"]
        texts = [text for column in TEXTS for text in table[column].dropna()]
        report = make_report(found, language="zh")
        texts += [text for sheet in report.sheets for text in sheet.conflicts["resolution"]]
        texts += [text for sheet in report.sheets for text in sheet.conflicts["place"]]
        texts += report.tables["open_conflicts"]["resolution"].tolist()
        texts += network_lines(found, language="zh") + decision_lines(found.summary, language="zh")
        assert [text for text in texts if ENGLISH.search(text)] == []


def test_a_sentence_can_be_kept_and_copied():
    sentence = told("given", to=told("shares", one="1", share="70", other="2", rest="30"))
    assert sentence == "given to 1 (70 %) and 2 (30 %)"
    assert sentence.said("zh") == "划归 1（占 70%）和 2（占 30%）"
    assert copy.deepcopy(sentence) is sentence
    again = pickle.loads(pickle.dumps(sentence))
    assert isinstance(again, Told)
    assert again.message() == sentence.message()


def test_sentences_that_files_hold_are_never_forgotten():
    """Networks hold keys and names of values: a change would leave older ones without Chinese words."""
    kept = json.loads(KEYS.read_text("utf-8"))
    assert {key: fields(TOLD.table[key][0]) for key in kept} == kept
    assert sorted(set(TOLD.table) - set(kept)) == [], "add new sentences to tests/data/told.json"


IDS = ["1", "", 'a "quoted" \\ id', "单元 7", "100 %", "{name}", "given to 1", "%s"]


@pytest.mark.parametrize("beside", [True, False])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_columns_of_sentences_are_the_sentences_one_by_one(beside, language):
    def said_both_ways():
        speak(language)
        inside = ["", "区 / street 1", outside_every("district")] * 8
        ids = [[], *[[one] for one in IDS], *map(list, itertools.pairwise(IDS))]
        ids = (ids * 2)[: len(inside)]
        did = [told("given", to=one) for one in IDS] * 3
        place = [place_told(at, own, beside=beside) for at, own in zip(inside, ids, strict=True)]
        texts = {"place": place, "resolution": did, "note": [""] * len(place)}
        rows = gpd.GeoDataFrame({name: pd.Series(column, dtype=object) for name, column in texts.items()})
        slowly = with_messages(rows)
        quickly = written(place=places_said(inside, ids, beside=beside), resolution=Sayings.of(did))
        return slowly, quickly

    slowly, quickly = copy_context().run(said_both_ways)
    assert {name: slowly[name].tolist() for name in quickly} == quickly


@pytest.mark.parametrize("language", ["en", "zh"])
def test_grids_that_share_a_place_are_said_in_columns_as_one_by_one(language):
    now = np.array([0, 1, 0, 2, 2, -1, -1, 1, 3, 3])
    merged = SimpleNamespace(now=now[:, None], area=np.array([9.0, 1, 5, 5, 7, 3, 8, 2, 6, 0.01]))
    group = np.array([0, 0, 1, 1, 2, 2, 3, 3, 5, 5])
    ids = ["1", 'a "quoted" id', "单元 7", "100 %", NO_GRID]

    def said_both_ways():
        speak(language)
        given = Given(merged, 0, group=group, face=np.arange(10), count=7)
        return Sayings.of([given_to(to) for to in given.said(ids)]), given_each(given.sayings(ids))

    slowly, quickly = copy_context().run(said_both_ways)
    assert quickly == slowly
    assert "shares_none" in slowly.messages[2]


def test_sentences_that_format_their_values_are_not_made_in_columns():
    with pytest.raises(ValueError, match="smaller_than"):
        Sayings.made("smaller_than", min_area_m2=Sayings.of(["300"]))

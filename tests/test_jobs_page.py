"""The page of a results folder: everything linked, every name escaped."""

import re
from html import unescape
from urllib.parse import unquote

from gridgov.jobs.page import page_of
from gridgov.jobs.record import Assigned, Done, Left, Record

NASTY = '<script>alert("x")</script>&#1%20?.gpkg'


def links(page):
    return [unquote(unescape(link)) for link in re.findall(r'href="([^"]*)"', page)]


def record(**changes):
    step = Done("check", "检查", "Check", (f"said {NASTY}",), (Left(NASTY, "清单", "a list", 1234),))
    known = {
        "job": NASTY,
        "folder": "results",
        "gridgov": "1",
        "finished": "2026-01-31 23:05",
        "steps": [step],
    }
    return Record(**{**known, **changes})


def test_every_name_is_escaped():
    page = page_of(record(assigned=[Assigned(NASTY, NASTY, NASTY, error=NASTY), Assigned("s", NASTY, NASTY)]))
    assert "<script" not in page
    assert NASTY in unescape(page)


def test_links_lead_to_the_files_whatever_they_are_called():
    names = [NASTY, "a#b.csv", "50%.csv", "冲突清单.xlsx", "javascript:alert(1)"]
    outputs = [Left(name, "", "", 1) for name in names]
    page = page_of(record(steps=[Done("x", "", "", (), outputs)]))
    assert links(page) == [f"./{name}" for name in names]


def test_conflicts_to_decide_come_first_with_the_command_that_carries_decisions_out():
    page = page_of(record(job="job.toml", folder="结果", undecided=1234))
    assert "<b>1,234 处冲突待决定</b>" in page
    assert "gridgov run job.toml --decisions 结果/冲突清单.xlsx" in page
    assert "处冲突待决定" not in page_of(record(undecided=0))


def test_incidents_are_listed_the_latest_first_with_their_rejects_and_what_failed():
    files = [
        Assigned("s", "../a.csv", "a.csv", key="k", rows=1200, finished="2026-01-30 02:30"),
        Assigned("s", "../b.csv", "b.csv", rejects="b.rejects.csv", finished="2026-01-31 02:30"),
        Assigned("s", "../c.csv", "c.csv", error="no datum", finished="2026-02-01 02:30"),
    ]
    page = page_of(record(steps=[], assigned=files))
    assert links(page) == ["./b.csv", "./b.rejects.csv", "./a.csv"]
    assert "../c.csv: no datum" in page
    assert "1,200" in page


def test_it_asks_for_nothing_from_the_network():
    assert re.findall(r'(?:src|href|url)\s*[=(]\s*"?(?:https?:)?//', page_of(record())) == []

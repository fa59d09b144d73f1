"""Conflicts given to people and decided: `merge --conflicts`, `merge --decisions`, `export --conflicts`."""

import json
import shutil

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from shapely import box

from gridgov import read_decisions, read_network

X0, Y0 = 474_000, 3_843_000  # in EPSG:4547, near Zhengzhou


def save(path, boxes):
    shapes = [box(X0 + a, Y0 + b, X0 + c, Y0 + d) for a, b, c, d in boxes.values()]
    frame = gpd.GeoDataFrame({"网格编码": list(boxes), "责任单位": "示例所"}, geometry=shapes, crs=4547)
    frame.to_file(path)


INPUTS = ("police=jw.gpkg", "--within", "district=qx.gpkg", "--tolerance-m", "25")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A folder with two police grids that overlap by 60 m, beside a place without a grid."""
    folder = tmp_path_factory.mktemp("drawn")
    save(folder / "jw.gpkg", {"P1": (0, 0, 230, 140), "P2": (170, 0, 400, 140)})
    save(folder / "qx.gpkg", {"410104": (0, 0, 400, 200)})
    return folder


@pytest.fixture
def merge(gridgov, drawn, tmp_path, monkeypatch):
    """Run `gridgov merge` on them."""
    shutil.copytree(drawn, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        return gridgov("merge", *INPUTS, *arguments)

    return run


@pytest.fixture(scope="module")
def first_list(run_in, drawn, tmp_path_factory):
    """How their merge ended, ids of what is to be decided by kind, and the folder with network and list."""
    folder = tmp_path_factory.mktemp("listed")
    shutil.copytree(drawn, folder, dirs_exist_ok=True)
    ended = run_in(folder, "merge", *INPUTS, "-o", "n.gpkg", "--conflicts", "冲突清单.xlsx")
    assert ended.code == 0, ended.err
    conflicts = read_network(folder / "n.gpkg").conflicts
    decide = conflicts[conflicts["severity"] == "decide"]
    return ended, dict(decide[["kind", "conflict_id"]].to_numpy().tolist()), folder


@pytest.fixture
def listed(first_list, tmp_path):
    """Network and list of conflicts of that merge, to be worked on: how it ended, and ids by kind."""
    ended, ids, folder = first_list
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return ended, ids


def decide(path, encoding="utf-8", **words):
    lines = [f"{one},{word},张三,2026-11-20," for one, word in words.items()]
    path.write_bytes("\n".join(["冲突编号,决定,决定人,决定日期,备注", *lines, ""]).encode(encoding))


def test_the_list_is_written_with_the_network_and_said(listed, tmp_path):
    ended, ids = listed
    assert set(ids) == {"overlap", "uncovered"}
    assert "List of conflicts: 2 to decide, 0 decided" in ended.err
    assert ended.err.splitlines()[-1] == "Written: 冲突清单.xlsx"
    assert set(read_decisions(tmp_path / "冲突清单.xlsx").rows["conflict_id"]) >= set(ids.values())


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_decisions_are_carried_out_and_counted(merge, listed, tmp_path, encoding):
    _, ids = listed
    words = {ids["overlap"]: "保留B", ids["uncovered"]: "维持现状", "gone": "split"}
    decide(tmp_path / "决定.csv", encoding, **words)
    ended = merge("-o", "decided.gpkg", "--decisions", "决定.csv")
    assert ended.code == 0, ended.err
    assert "Decisions: 3 conflicts decided in 决定.csv; 1 applied, 1 changed nothing" in ended.err
    assert "  1 is of no conflict now: gone." in ended.err
    assert "  Still to decide: 0, of these 0 new (not in 决定.csv)." in ended.err
    cells = read_network("decided.gpkg").cells
    assert cells.loc[cells["police"] == "P2", "area_m2"].sum() == 230 * 140


def test_decisions_are_in_the_summary_and_provenance_for_programs(merge, listed, tmp_path):
    decide(tmp_path / "决定.csv", **{listed[1]["overlap"]: "keep B"})
    told = json.loads(merge("-o", "decided.gpkg", "--decisions", "决定.csv", "--json").out)
    assert told["summary"]["decisions"]["applied"] == 1
    assert told["summary"]["decisions"]["new"] == 1
    assert told["provenance"]["decisions"]["source"] == "决定.csv"


def test_a_decided_network_read_again_says_who_decided(merge, listed, tmp_path):
    decide(tmp_path / "决定.csv", **{listed[1]["overlap"]: "split"})
    merge("-o", "decided.gpkg", "--decisions", "决定.csv")
    row = read_network("decided.gpkg").conflicts.set_index("conflict_id").loc[listed[1]["overlap"]]
    assert row[["severity", "decision", "decided_by", "decided_on"]].tolist() == [
        "settled",
        "split",
        "张三",
        "2026-11-20",
    ]


def test_export_gives_the_list_of_a_network_again_with_its_decisions(gridgov, merge, listed, tmp_path):
    decide(tmp_path / "决定.csv", **{listed[1]["overlap"]: "split"})
    merge("-o", "decided.gpkg", "--decisions", "决定.csv")
    ended = gridgov("export", "decided.gpkg", "--conflicts", "again.xlsx")
    assert ended.code == 0, ended.err
    assert "List of conflicts: 1 to decide, 1 decided" in ended.err
    stated = read_decisions(tmp_path / "again.xlsx").rows.dropna(subset=["decision"])
    assert stated[["conflict_id", "decision", "decided_by"]].to_numpy().tolist() == [
        [listed[1]["overlap"], "split", "张三"]
    ]


def fill_in(path, conflict_id, word):
    """Choose a decision in a workbook, as people do."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        headings = [str(cell.value).split()[-1] for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            if row[0].value == conflict_id:
                row[headings.index("decision")].value = word
    book.save(path)


@pytest.mark.parametrize("word", ["拆分 split", "也许"])
def test_a_list_that_people_filled_in_is_not_replaced(gridgov, merge, listed, tmp_path, word):
    path = tmp_path / "冲突清单.xlsx"
    fill_in(path, listed[1]["overlap"], word)
    before = path.read_bytes()
    merged = merge("-o", "n.gpkg", "--conflicts", path.name, "--overwrite")
    exported = gridgov("export", "n.gpkg", "--conflicts", path.name, "--overwrite")
    for ended in (merged, exported):
        assert ended.code == 5
        assert "holds 1 decision of people that the new list would lose" in ended.err
    assert path.read_bytes() == before


def test_a_list_is_replaced_by_one_with_the_same_decisions(gridgov, merge, listed, tmp_path):
    path = tmp_path / "冲突清单.xlsx"
    fill_in(path, listed[1]["overlap"], "拆分 split")
    shutil.copy(path, tmp_path / "决定.xlsx")
    decided = ("-o", "n.gpkg", "--decisions", "决定.xlsx", "--overwrite")
    assert merge(*decided, "--conflicts", path.name).code == 0
    assert gridgov("export", "n.gpkg", "--conflicts", path.name, "--overwrite").code == 0


def test_a_decision_that_cannot_be_carried_out_is_said_and_stays_open(gridgov, merge, listed, tmp_path):
    decide(tmp_path / "决定.csv", **{listed[1]["overlap"]: "keep D"})
    ended = merge("-o", "decided.gpkg", "--decisions", "决定.csv")
    assert ended.code == 0
    assert f"  1 cannot be carried out: {listed[1]['overlap']} (overlap here takes only" in ended.err
    assert "  Still to decide: 2, of these 1 new" in ended.err
    again = gridgov("export", "decided.gpkg", "--conflicts", "again.xlsx")
    assert "List of conflicts: 2 to decide, 0 decided" in again.err


def test_a_list_with_a_wrong_word_is_refused_before_anything_is_read(merge, listed, tmp_path):
    decide(tmp_path / "决定.csv", **{listed[1]["overlap"]: "也许"})
    ended = merge("-o", "decided.gpkg", "--decisions", "决定.csv")
    assert ended.code == 3
    assert "Error: 决定.csv: row 2: '也许' is no decision; allowed are 保留A keep A" in ended.err
    assert "police: 2 grids" not in ended.err
    assert not (tmp_path / "decided.gpkg").exists()


def test_network_and_list_are_written_both_or_neither(merge, tmp_path, monkeypatch):
    def fails(*_, **__):
        raise OSError("disk on fire")

    monkeypatch.setattr("gridgov.layers.write_network", fails)
    ended = merge("-o", "n.gpkg", "--conflicts", "冲突清单.xlsx")
    assert ended.code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["jw.gpkg", "qx.gpkg"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--conflicts", "list.csv"], 3, "the list of conflicts is a workbook; name an .xlsx"),
        (["--conflicts", "there.xlsx"], 5, "there.xlsx is already there; --overwrite replaces it"),
        (["--conflicts", "there.xlsx", "--decisions", "there.xlsx", "--overwrite"], 2, "is also an input"),
        (["--decisions", "none.xlsx"], 3, "none.xlsx is not there"),
    ],
)
def test_files_that_cannot_be_are_said_before_the_merge(merge, tmp_path, arguments, code, said):
    (tmp_path / "there.xlsx").write_text("mine")
    ended = merge("-o", "n.gpkg", *arguments)
    assert (ended.code, (tmp_path / "n.gpkg").exists()) == (code, False)
    assert said in ended.err
    assert (tmp_path / "there.xlsx").read_text() == "mine"


def test_export_takes_one_thing_and_one_place(gridgov, merge, listed):
    both = gridgov("export", "n.gpkg", "--conflicts", "x.xlsx", "--tables", "-o", "y.xlsx")
    assert (both.code, "say what to export" in both.err) == (2, True)
    twice = gridgov("export", "n.gpkg", "--conflicts", "x.xlsx", "-o", "y.xlsx")
    assert (twice.code, "leave out -o y.xlsx" in twice.err) == (2, True)


@pytest.mark.parametrize("output", ["lists", "lists.xlsx"])
def test_lists_in_which_people_decided_are_read_and_not_replaced(gridgov, merge, listed, tmp_path, output):
    overlap, export = listed[1]["overlap"], ("export", "n.gpkg", "--tables", "-o", output, "--overwrite")
    assert gridgov(*export).code == 0
    path = tmp_path / output if output == "lists.xlsx" else tmp_path / output / "conflicts.csv"
    if output == "lists.xlsx":
        book = openpyxl.load_workbook(path)
        sheet = book["冲突清单 conflicts"]
        headings = [cell.value.split()[-1] for cell in sheet[2]]
        row = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == overlap)
        row[headings.index("decision")].value = "保留B"
        row[headings.index("decision_note")].value = "看过"
        book.save(path)
    else:
        table = pd.read_csv(path, dtype=str)
        table.loc[table["conflict_id"] == overlap, ["decision", "decision_note"]] = ["保留B", "看过"]
        table.to_csv(path, index=False, encoding="gbk")
    ended = gridgov(*export)
    assert ended.code == 5
    assert f"holds 1 decision of people that the new list would lose: {overlap}." in ended.err
    ended = merge("-o", "decided.gpkg", "--decisions", path)
    assert "1 conflict decided in" in ended.err
    conflicts = read_network("decided.gpkg").conflicts.set_index("conflict_id")
    assert conflicts.loc[overlap, "decision_note"] == "看过"
    assert conflicts.drop(index=overlap)["decision_note"].isna().all()
    assert gridgov("export", "decided.gpkg", *export[2:]).code == 0

"""Answers behind the lines of a text table are those of a table whose every value was parsed."""

import csv
import random
import subprocess
import sys

import pandas as pd
import pytest

from gridgov import write_network
from gridgov.index import answers, asking
from gridgov.owners import Rules
from gridgov.tables import line_blocks, read_table, text_lines
from gridgov.tag import TagOptions, behind, tag_file
from gridgov.tag.behind import AnswersBehind, takes_polars
from gridgov.tag.written import Written

HEADER = ["编码", "经度", "纬度", "小类", "所属街道", "说明"]
RULES = Rules.from_table(
    pd.DataFrame(
        {"category": ["路灯", "井盖"], "district": ["410104", None], "handler": ["住建局", "城管局"]}
    )
)


def incidents(path, cells, rows=300, encoding="utf-8", quoting=csv.QUOTE_MINIMAL):
    """Points in cells, on their borders, beside them, and without a place."""
    noise = random.Random(3)  # noqa: S311
    west, south, east, north = cells.to_crs(4490).total_bounds
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, quoting=quoting, lineterminator=noise.choice(["\n", "\r\n"]))
        writer.writerow(HEADER)
        for number in range(rows):
            x, y = noise.uniform(west, east), noise.uniform(south, north)
            place = noise.choice(
                [(x, y), (x, y), (x, y), ((west + east) / 2, y), (x + 1, y), ("", ""), (0, 0)]
            )
            said = noise.choice(["", "有,逗号", 'say "no"', "two\nlines", " x "])
            writer.writerow([f"{number:05}", *place, noise.choice(["路灯", "井盖"]), "北下街街道", said])
    return path


@pytest.fixture(autouse=True, params=[False, True], ids=["numpy", "numba"])
def loops(request, monkeypatch):
    """Few rows as if they were many, so that they are asked with numba; or as few ones are."""
    if request.param:
        pytest.importorskip("numba")
    for module in (asking, answers):
        monkeypatch.setattr(module, "worth_compiling", lambda _: request.param)
    for module in (line_blocks, text_lines):
        monkeypatch.setattr(module, "loaded", lambda: request.param)


def both(monkeypatch, tmp_path, source, cells, **more):
    """The rows written with lines carried, and with every value parsed; and all files beside them."""
    read = []
    for name, carries in (("fast", True), ("slow", False)):
        with monkeypatch.context() as patch:
            if not carries:
                patch.setattr(Written, "carries_lines", False)
            folder = tmp_path / name
            folder.mkdir()
            tag_file(source, folder / "t.csv", cells, **more)
        read.append({path.name: read_table(path).rows() for path in sorted(folder.glob("*.csv"))})
    return read


@pytest.fixture
def carried(monkeypatch):
    """How many rows had answers set behind their lines."""
    rows, real = [], AnswersBehind.of

    def of(self, answers, cell, odd=None):
        rows.append(len(cell))
        return real(self, answers, cell, odd)

    monkeypatch.setattr(AnswersBehind, "of", of)
    return rows


@pytest.mark.parametrize(
    "written",
    [
        {"batch_rows": 1, "encoding": "gb18030"},
        {"batch_rows": 7, "encoding": "utf-8-sig", "quoting": csv.QUOTE_ALL},
        {"batch_rows": 1000, "encoding": "utf-8"},
        {"batch_rows": 1000, "encoding": "gb18030", "quoting": csv.QUOTE_ALL},
    ],
)
def test_answers_are_the_same(monkeypatch, tmp_path, four_cells, carried, written):
    written = dict(written)
    batch_rows = written.pop("batch_rows")
    rows = 60 if batch_rows == 1 else 300
    source = incidents(tmp_path / "in.csv", four_cells, rows, **written)
    fast, slow = both(
        monkeypatch, tmp_path, source, four_cells, options=TagOptions(crs="cgcs2000"), batch_rows=batch_rows
    )
    assert sum(carried) == rows
    assert fast == slow
    assert set(fast) == {"t.csv", "t.rejects.csv"}


@pytest.mark.parametrize(
    "options",
    [
        {"columns": ["cell_id"]},
        {"columns": ["review", "cell_candidates", "cell_distance_m"], "prefix": "a_"},
        {"columns": ["police_phone", "special", "network_version"]},
        {"place": {"street": "所属街道"}, "nearest_m": 50.0},
        {"accuracy_m": 30.0},
        {"rules": RULES, "category": "小类"},
    ],
)
def test_answers_are_the_same_whatever_is_asked(monkeypatch, tmp_path, four_cells, carried, options):
    source = incidents(tmp_path / "in.csv", four_cells)
    options = TagOptions(crs="cgcs2000", **options)
    fast, slow = both(monkeypatch, tmp_path, source, four_cells, options=options, batch_rows=50)
    assert sum(carried) == 300
    assert fast == slow


def test_lines_keep_every_byte(tmp_path, four_cells):
    source = incidents(tmp_path / "in.csv", four_cells, quoting=csv.QUOTE_ALL)
    tag_file(source, tmp_path / "t.csv", four_cells, options=TagOptions(crs="cgcs2000", columns=["cell_id"]))
    given, written = source.read_bytes(), (tmp_path / "t.csv").read_bytes()
    end = b"\r\n" if b"\r\n" in given else b"\n"
    ids = [(f",{value}" if value else ",").encode() for value in read_table(tmp_path / "t.csv")["cell_id"]]
    rows = given.split(b'"' + end)[1:-1]
    assert written.split(end, 1)[1] == b"".join(r + b'"' + i + end for r, i in zip(rows, ids, strict=True))


@pytest.mark.parametrize(
    "options",
    [
        {"safe_csv": True},
        {"rename": {"cell_id": "说明"}, "columns": ["cell_id"]},
        {"rename": {"cell_id": "说明"}, "columns": ["cell_id"], "fill": True},
    ],
)
def test_lines_are_not_carried_where_values_change(tmp_path, four_cells, carried, options):
    source = incidents(tmp_path / "in.csv", four_cells)
    tag_file(source, tmp_path / "t.csv", four_cells, options=TagOptions(crs="cgcs2000", **options))
    assert carried == []


def test_lines_are_not_carried_into_another_encoding(tmp_path, four_cells, carried):
    source = incidents(tmp_path / "in.csv", four_cells, encoding="gb18030")
    tag_file(source, tmp_path / "t.csv", four_cells, options=TagOptions(crs="cgcs2000", bom=True))
    assert carried == []
    assert read_table(tmp_path / "t.csv").select(HEADER).equals(read_table(source))


@pytest.mark.parametrize(
    "form", [("utf-8", "\n", "csv"), ("utf-8", "\r\n", "tsv"), ("gb18030", "\r\n", "csv")]
)
def test_rejects_are_the_same_bytes_as_of_parsed_rows(monkeypatch, tmp_path, four_cells, form):
    encoding, line_end, kind = form
    rows = ["编码,经度,纬度,小类", "1,0,0, 路灯", "2,,,", "", "3,113.7,34.7,井 盖", "4,无,34,"] * 3
    text = line_end.join([rows[0], *(row for row in rows if row != rows[0])]) + line_end
    source = tmp_path / "in.csv"
    source.write_bytes(text.encode(encoding))
    written = []
    for name, carries in (("fast", True), ("slow", False)):
        with monkeypatch.context() as patch:
            if not carries:
                patch.setattr(Written, "carries_lines", False)
            (tmp_path / name).mkdir()
            output, rejects = tmp_path / name / "t.csv", tmp_path / name / f"r.{kind}"
            tag_file(source, output, four_cells, options=TagOptions(crs="cgcs2000"), rejects=rejects)
        written.append(rejects.read_bytes())
    assert written[0] == written[1]
    assert written[0].count(line_end.encode()) > 9


def test_rejects_with_quotes_are_written_anew(tmp_path, four_cells):
    source = incidents(tmp_path / "in.csv", four_cells, quoting=csv.QUOTE_ALL)
    tag_file(source, tmp_path / "t.csv", four_cells, options=TagOptions(crs="cgcs2000"))
    assert b'"00' not in (tmp_path / "t.rejects.csv").read_bytes()


def test_many_values_are_written_by_polars_as_few_are_without(monkeypatch, tmp_path, four_cells):
    source = incidents(tmp_path / "in.csv", four_cells)
    written = []
    monkeypatch.setattr(behind, "_ROWS_A_VALUE", 1_000_000)
    for few in (0, 200_000):
        monkeypatch.setattr(behind, "_FEW_VALUES", few)
        monkeypatch.setattr(behind, "without_polars", lambda _: True)
        tag_file(source, tmp_path / f"{few}.csv", four_cells, options=TagOptions(crs="cgcs2000"))
        written.append((tmp_path / f"{few}.csv").read_bytes())
    assert written[0] == written[1]


def test_only_rows_with_unusual_answers_are_written_one_by_one(monkeypatch, tmp_path, four_cells):
    source = incidents(tmp_path / "in.csv", four_cells)
    sizes, real = [], AnswersBehind.of

    def of(self, answers, cell, odd=None):
        made = real(self, answers, cell, odd)
        sizes.append((len(made.other), int((cell < 0).sum())))
        return made

    monkeypatch.setattr(AnswersBehind, "of", of)
    tag_file(source, tmp_path / "t.csv", four_cells, options=TagOptions(crs="cgcs2000", columns=["cell_id"]))
    assert all(other == nowhere > 0 for other, nowhere in sizes)


def test_values_written_one_by_one_are_few_for_the_rows(monkeypatch, tmp_path, four_cells):
    source = incidents(tmp_path / "in.csv", four_cells)
    many = []
    real = behind._many
    monkeypatch.setattr(behind, "_many", lambda *given: many.append(1) or real(*given))
    monkeypatch.setattr(behind, "without_polars", lambda _: True)
    monkeypatch.setattr(behind, "_FEW_VALUES", 5)
    options = TagOptions(crs="cgcs2000", columns=["cell_id"])
    for rows_a_value, by_polars in ((1, False), (1000, True)):
        monkeypatch.setattr(behind, "_ROWS_A_VALUE", rows_a_value)
        tag_file(source, tmp_path / f"{rows_a_value}.csv", four_cells, options=options)
        assert bool(many) is by_polars
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "1000.csv").read_bytes()


LOADED_FIRST = """
import sys
from pathlib import Path
from gridgov.layers import read_cells
from gridgov.tag import TagOptions, job, tag_file
from gridgov.threads import ahead

known = []
job.ahead = lambda items: known.append("polars" in sys.modules) or ahead(items)
source, output = map(Path, sys.argv[2:])
tag_file(source, output, read_cells(sys.argv[1]), options=TagOptions(crs="gcj02", columns=["cell_id"]))
print(known)
"""


def test_polars_is_loaded_before_threads_ask_for_it(moved_network, tmp_path):
    write_network(moved_network, network := tmp_path / "network.gpkg")
    rows = pd.DataFrame({"lon": ["113.7"] * 9, "lat": ["34.7"] * 9})
    rows.to_csv(tmp_path / "rows.csv", index=False)
    rows.astype(float).to_parquet(tmp_path / "rows.parquet")

    def known(source, output):
        command = [sys.executable, "-c", LOADED_FIRST, network, tmp_path / source, tmp_path / output]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    assert known("rows.parquet", "out.parquet") == "[True, True, True]"
    assert known("rows.csv", "tagged.csv") == "[False, False, False]"
    assert takes_polars(10_000_000, cells=20_000, columns=15)
    assert not takes_polars(10_000_000, cells=20_000, columns=1)
    assert not takes_polars(1_000, cells=20_000, columns=15)

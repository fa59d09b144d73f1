"""`gridgov demo` runs the real commands and tells what came of them, read from what they wrote."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from gridgov import read_network
from gridgov.demo import outputs, told
from gridgov.tables import read_table


def gridgov(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gridgov", *words],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def tagged(demonstrated):
    return read_table(demonstrated[0] / "结果 1" / "tagged.csv")


@pytest.fixture(scope="module")
def network(demonstrated):
    return read_network(demonstrated[0] / "结果 1" / "network.gpkg")


@pytest.fixture
def copied(demonstrated, tmp_path):
    """A copy of the demo's folder, to write in."""
    shutil.copytree(demonstrated[0] / "结果 1", tmp_path / "结果 1")
    return tmp_path


def test_the_demo_ends_well(demonstrated):
    assert demonstrated[1].code == 0, demonstrated[1].err


def test_the_demo_writes_its_outputs_and_the_samples(demonstrated):
    folder = demonstrated[0] / "结果 1"
    written = {path.name for path in folder.iterdir()}
    assert written == {*(path.name for path in outputs(folder)), "samples"}


def test_the_picture_is_a_png(demonstrated):
    assert (demonstrated[0] / "结果 1" / "picture.png").read_bytes().startswith(b"\x89PNG")


def test_the_map_is_one_file_with_the_layers_as_drawn_and_the_incidents(demonstrated):
    html = (demonstrated[0] / "结果 1" / "map.html").read_text(encoding="utf-8")
    assert '"source":"tagged.csv"' in html
    assert '"key":"run_by","lines"' in html


def test_the_demo_tells_it_in_a_dozen_lines(demonstrated):
    assert 10 <= len(demonstrated[1].out.splitlines()) <= 14


def test_every_output_is_named(demonstrated):
    for path in outputs(Path("结果 1")):
        assert str(path) in demonstrated[1].out


def test_the_numbers_told_are_those_of_the_network(demonstrated, network):
    first = demonstrated[1].out.splitlines()[0]
    assert f"{len(network.grids):,} unified grids and {len(network.cells):,} cells" in first


def test_conflicts_told_are_those_to_decide(demonstrated, network):
    asked = Counter(network.conflicts.loc[network.conflicts["severity"] == "decide", "kind"])
    line = next(line for line in demonstrated[1].out.splitlines() if line.startswith("In conflict"))
    assert f" {sum(asked.values())} places" in line
    assert all(f"{kind} {number}" in line for kind, number in asked.items())


def test_incidents_told_are_those_in_the_table(demonstrated, tagged):
    line = next(line for line in demonstrated[1].out.splitlines() if " incidents: " in line)
    assert line.startswith(f"{len(tagged):,} incidents")
    assert all(f"{s} {n:,}" in line for s, n in Counter(tagged["cell_status"]).items())


def test_the_dead_traffic_light_goes_to_the_district(demonstrated):
    line = next(line for line in demonstrated[1].out.splitlines() if line.startswith("  handler"))
    assert "管城区住建局 by rules.csv:2" in line


def test_the_same_fault_on_a_main_road_of_the_zone_goes_to_the_traffic_police(demonstrated):
    line = next(line for line in demonstrated[1].out.splitlines() if line.startswith("           but"))
    assert "示例交警支队 by rules.csv:6" in line


def test_the_story_is_the_row_of_the_table(demonstrated, tagged):
    (row,) = tagged.filter(tagged["事发地址"] == "航海东路与紫辰路交叉口").iter_rows(named=True)
    line = next(line for line in demonstrated[1].out.splitlines() if line.startswith("  cell"))
    assert f"{row['cell_id']} ({row['cell_status']})" in line
    assert all(candidate in line for candidate in row["cell_candidates"].split("|"))


def test_the_junction_lies_at_the_border_of_several_cells(tagged):
    (row,) = tagged.filter(tagged["事发地址"] == "航海东路与紫辰路交叉口").iter_rows(named=True)
    assert row["cell_status"] == "border"
    assert row["district_name"] == "管城回族区"
    assert row["review"] == "true"
    assert len(row["cell_candidates"].split("|")) >= 3


def test_every_command_shown_is_kept_with_what_it_said(demonstrated):
    shown = [line for line in demonstrated[1].err.splitlines() if line.startswith("> gridgov ")]
    kept = (demonstrated[0] / "结果 1" / "commands.txt").read_text(encoding="utf-8-sig").splitlines()
    assert len(shown) == 7
    assert [line for line in kept if line.startswith("> gridgov ")] == shown
    assert len(kept) > 100


def test_a_command_shown_can_be_typed_again(demonstrated, copied):
    last = [line for line in demonstrated[1].err.splitlines() if line.startswith("> gridgov ")][-1]
    again = gridgov(*shlex.split(last)[2:], folder=copied)
    assert again.returncode == 0, again.stderr
    assert "管城区住建局" in again.stdout + again.stderr


def test_the_next_step_can_be_typed(demonstrated, copied):
    (line,) = [line for line in demonstrated[1].err.splitlines() if line.startswith("  gridgov ")]
    ended = gridgov(*shlex.split(line)[1:], folder=copied)
    assert ended.returncode == 0, ended.stderr
    assert (copied / "结果 1" / "conflicts.xlsx").is_file()
    assert str(Path("结果 1") / "conflicts.xlsx") in line


def test_the_files_that_come_next_are_there(demonstrated):
    folder, done = demonstrated
    last = done.err.splitlines()[-5:]
    assert last[0] == f"Next: open {Path('结果 1') / 'map.html'} in a browser."
    assert (folder / "结果 1" / "map.html").is_file()
    assert str(Path("结果 1") / "commands.txt") in last[3]


def test_the_story_is_told_in_chinese_too(demonstrated, monkeypatch, in_chinese):
    monkeypatch.chdir(demonstrated[0])
    chinese = in_chinese(told, Path("结果 1"))
    english = demonstrated[1].out.splitlines()
    assert len(chinese) == len(english)
    for line, translated in zip(english, chinese, strict=True):
        assert sorted(re.findall(r"\d[\d,.:-]*\d", line)) == sorted(re.findall(r"\d[\d,.:-]*\d", translated))
    assert chinese[0].startswith("4 个部门的 ")


def test_a_second_run_replaces_nothing_unasked(demonstrated):
    folder = demonstrated[0]
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    again = gridgov("demo", "结果 1", folder=folder)
    assert again.returncode == 5
    assert again.stdout == ""
    assert "--overwrite" in again.stderr
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_it_goes_to_gridgov_demo_if_no_folder_is_named(copied):
    (copied / "结果 1").rename(copied / "gridgov-demo")
    again = gridgov("demo", folder=copied)
    assert again.returncode == 5
    assert str(Path("gridgov-demo") / "map.html") in again.stderr

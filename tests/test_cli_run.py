"""`gridgov init` and `gridgov run`: two commands and one edit from what departments sent to the results."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

import gridgov as library

SOURCE = Path(library.__file__).parents[1]


def answered(text, start):
    """The text with the # removed before the first line that begins with `start`."""
    assert text.count(f"\n# {start}") == 1
    return text.replace(f"\n# {start}", f"\n{start}")


@pytest.fixture
def place(city, tmp_path, monkeypatch):
    """A folder with a network, rules and a night's incidents; the current one."""
    for name in ("network.gpkg", "rules.csv"):
        shutil.copy(city / name, tmp_path / name)
    shutil.copy(city / "事件 导出.csv", tmp_path / "夜_20250601.csv")
    monkeypatch.chdir(tmp_path)
    return tmp_path


NIGHT = '[assign.夜]\nfiles = "夜_*.csv"\ncrs = "cgcs2000"\ncells = "network.gpkg"\n'


def test_six_ugly_files_become_results_with_two_commands_and_one_edit(gridgov, sent, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    drafted = gridgov("init", sent, "-o", "job.toml")
    assert (drafted.code, drafted.out) == (0, "")
    assert drafted.err.endswith("Answer by removing a #, then: gridgov run job.toml\n")
    assert "1 question is open (line " in drafted.err

    refused = gridgov("run", "job.toml")
    assert (refused.code, refused.out) == (3, "")
    assert len(re.findall(r"job.toml, line \d+ \[layer\.(?:comprehensive|police)\]", refused.err)) == 2
    assert not (tmp_path / "results").exists()

    job = tmp_path / "job.toml"
    job.write_text(answered(job.read_text("utf-8-sig"), 'default_crs = "EPSG:4547"'), "utf-8")
    ran = gridgov("run", "job.toml")
    assert (ran.code, ran.out) == (0, "")
    assert "police: 4 grids from 警务网格.shp" in ran.err
    assert "owner taken for 4 grids" in ran.err

    network = library.read_network("results/network.gpkg")
    assert network.departments == ("comprehensive", "police", "urban", "sanitation")
    assert sorted(set(network.cells["police_owner"])) == ["1所", "2所", "3所", "4所"]
    assert sorted(set(network.cells["comprehensive"])) == ["S1", "S2", "S3", "S4"]
    page = (tmp_path / "results" / "index.html").read_text("utf-8")
    linked = {unquote(link).removeprefix("./") for link in re.findall(r'href="([^"]*)"', page)}
    there = {path.relative_to("results").as_posix() for path in Path("results").rglob("*") if path.is_file()}
    assert there - linked == {"index.html", "run.json"}
    assert linked <= there


def test_a_question_that_is_open_stops_the_run_with_the_line_to_change(gridgov, sent, tmp_path):
    (tmp_path / "来件").mkdir()
    for part in sent.glob("警务网格.*"):
        shutil.copy(part, tmp_path / "来件")
    shutil.copy(sent / "区县.gpkg", tmp_path / "来件")
    assert gridgov("init", tmp_path / "来件", "-o", tmp_path / "job.toml").code == 0
    ended = gridgov("run", tmp_path / "job.toml")
    lines = (tmp_path / "job.toml").read_text("utf-8-sig").split("\n")
    [answer] = re.findall(r"In job.toml: remove the # before line (\d+)", ended.err)
    assert ended.code == 3
    assert lines[int(answer) - 1].startswith('# crs = "EPSG:4547"')


def test_a_job_file_that_is_there_is_not_replaced(gridgov, sent, tmp_path):
    (tmp_path / "job.toml").write_text("mine")
    ended = gridgov("init", sent, "-o", tmp_path / "job.toml")
    assert ended.code == 5
    assert (tmp_path / "job.toml").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["init"], "name the folder of what the departments sent"),
        (["init", "."], "say where to write the job file: -o job.toml"),
        (["init", ".", "--nightly", "job.toml"], "leave out FOLDER and -o"),
        (["run", "job.toml", "--assign-only", "--decisions", "a.csv"], "this run merges nothing"),
    ],
)
def test_wrong_commands_are_told_how_they_go(gridgov, place, words, said):
    (place / "job.toml").write_text(NIGHT, "utf-8")
    ended = gridgov(*words)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


@pytest.mark.parametrize("words", [["run", "no.toml"], ["init", "no", "-o", "job.toml"]])
def test_what_is_not_there_ends_with_3(gridgov, place, words):
    ended = gridgov(*words)
    assert (ended.code, ended.out) == (3, "")
    assert "no" in ended.err


def test_a_folder_without_anything_to_read_is_said(gridgov, tmp_path):
    ended = gridgov("init", tmp_path, "-o", tmp_path / "job.toml")
    assert ended.code == 3
    assert "nothing in it that gridgov reads" in ended.err


def test_a_file_that_fails_ends_with_its_code_and_more_rejects_than_allowed_with_4(gridgov, place):
    (place / "job.toml").write_text(NIGHT + 'max_rejects = "0"\n', "utf-8")
    assert gridgov("run", "job.toml").code == 4
    (place / "夜_20250602.csv").write_text("a,b\n1,2\n")
    ended = gridgov("run", "job.toml")
    assert ended.code == 3
    assert "Error: 1 file of incidents could not be tagged; why is said above." in ended.err


# Nights ---------------------------------------------------------------------------------------------


def test_the_nightly_script_tags_the_new_files_of_a_night_once(gridgov, place):
    (place / "夜's job.toml").write_text(NIGHT, "utf-8")
    ended = gridgov("init", "--nightly", "夜's job.toml")
    assert ended.code == 0
    cron, schtasks = ended.out.splitlines()
    assert cron == f"30 2 * * * '{place}/nightly.sh'"
    assert schtasks.startswith("schtasks /create /tn gridgov /sc daily /st 02:30 /tr ")

    for files in (1, 2):
        done = subprocess.run(
            ["sh", "-c", cron.split("* * * ")[1]],
            cwd="/",
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        tagged = sorted(
            path.name for path in (place / "results" / "assigned" / "夜").glob("夜_???????[12].csv")
        )
        assert tagged == ["夜_20250601.csv", "夜_20250602.csv"][:files]
        shutil.copy("夜_20250601.csv", "夜_20250602.csv")
    [log] = place.glob("nightly-*.log")
    assert "夜_20250601.csv: done before" in log.read_text("utf-8")


def test_the_nightly_script_ends_with_the_exit_code_and_says_where_to_look(gridgov, place):
    (place / "job.toml").write_text(NIGHT.replace("network.gpkg", "没有.gpkg"), "utf-8")
    assert gridgov("init", "--nightly", "job.toml").code == 0
    done = subprocess.run(
        [place / "nightly.sh"],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert re.match(r"gridgov ended with exit code 3: see .*nightly-.*\.log\n$", done.stderr)


def test_the_script_for_windows_has_its_line_ends_and_no_open_place(gridgov, place):
    (place / "100%.toml").write_text(NIGHT, "utf-8")
    assert gridgov("init", "--nightly", "100%.toml").code == 0
    script = (place / "nightly.bat").read_bytes()
    assert script.count(b"\r\n") == script.count(b"\n")
    assert b"@" not in script.replace(b"@echo off", b"")
    assert b'-m gridgov run "100%%.toml" --assign-only' in script
    # From a folder on a server too, and with the exit code of gridgov, not that of leaving the folder.
    lines = script.decode().splitlines()
    assert lines.index('pushd "%~dp0" || exit /b 1') < lines.index("set code=%errorlevel%")
    assert lines[-3:] == ["set code=%errorlevel%", "popd", "exit /b %code%"]
    assert "-m gridgov run" in lines[-4]


def test_scripts_are_not_written_for_a_job_without_incidents(gridgov, place):
    (place / "job.toml").write_text("", "utf-8")
    ended = gridgov("init", "--nightly", "job.toml")
    assert ended.code == 3
    assert "no section [assign.NAME]" in ended.err
    assert not (place / "nightly.sh").exists()


# A command kept -------------------------------------------------------------------------------------

ASSIGN = ("--cells", "network.gpkg", "--crs", "cgcs2000", "--place", "所属区县", "--rules", "rules.csv")
ASSIGN += (
    "--category",
    "小类",
    "--border-m",
    "2",
    "--columns",
    "grid_id，handler",
    "--rename",
    "网格=grid_id",
)


def test_a_command_kept_as_a_job_does_the_same_again(gridgov, place):
    kept = gridgov(
        "assign", "夜_20250601.csv", *ASSIGN, "-o", "夜_20250601_归格.csv", "--save-job", "night.toml"
    )
    assert kept.code == 0
    assert 'Kept as [assign."夜"] in night.toml; again: gridgov run night.toml --assign-only' in kept.err
    text = (place / "night.toml").read_text("utf-8-sig")
    assert text.endswith(
        """\
[assign."夜"]
files = "夜_*.csv"
output = "{stem}_归格.csv"
cells = "network.gpkg"
crs = "cgcs2000"
place = ["所属区县"]
rules = "rules.csv"
category = "小类"
columns = ["grid_id", "handler"]
rename = ["网格=grid_id"]
border_m = 2
"""
    )
    assert "夜_20250601.csv: done before" in gridgov("run", "night.toml", "--assign-only").err
    shutil.copy("夜_20250601.csv", "夜_20250602.csv")
    assert gridgov("run", "night.toml", "--assign-only").code == 0
    first, second = (place / f"夜_2025060{n}_归格.csv" for n in (1, 2))
    assert first.read_bytes() == second.read_bytes()


def test_a_command_is_added_to_a_job_file_that_is_there_but_no_section_twice(gridgov, place):
    (place / "night.toml").write_text('results = "结果"  # mine\n', "gb18030")
    shutil.copy("夜_20250601.csv", "12345.csv")
    for name in ("夜_20250601.csv", "12345.csv"):
        assert gridgov("assign", name, *ASSIGN, "-o", f"out_{name}", "--save-job", "night.toml").code == 0
    text = (place / "night.toml").read_text("utf-8-sig")
    assert text.startswith('results = "结果"  # mine\n')
    assert [line for line in text.split("\n") if line.startswith("[")] == ['[assign."夜"]', "[assign.12345]"]
    again = gridgov("assign", "12345.csv", *ASSIGN, "-o", "other.csv", "--save-job", "night.toml")
    assert again.code == 5
    assert not (place / "other.csv").exists()


def test_an_option_that_a_job_file_does_not_keep_is_said_before_any_work(gridgov, place):
    words = ("--check-column", "所属区县", "-o", "out.csv", "--save-job", "night.toml")
    ended = gridgov("assign", "夜_20250601.csv", *ASSIGN, *words)
    assert ended.code == 2
    assert "--check-column: a job file does not keep this; leave out --save-job" in ended.err
    assert not (place / "out.csv").exists()

"""Every command as people start it: in a console of another encoding, redirected, in awkward folders."""

import json
import os
import shutil
import subprocess
import sys

import geopandas as gpd
import pytest
import typer

from gridgov.cli.app import program

COMMANDS = typer.main.get_command(program()).commands

#: One ordinary run of each command; {tmp} is a folder to write to. demo has a file of tests of its own.
RUNS = {
    "info": ["警务 网格.gpkg", "事件 导出.csv"],
    "check": ["police=警务 网格.gpkg", "--within", "district=区.gpkg", "-o", "{tmp}/问题 清单.xlsx"],
    "merge": [
        "police=警务 网格.gpkg",
        "urban=城管.gpkg",
        "--districts",
        "区.gpkg",
        "-o",
        "{tmp}/一张 网.gpkg",
    ],
    "assign": [
        *("事件 导出.csv", "--cells", "network.gpkg", "--crs", "cgcs2000", "--place", "所属区县"),
        *("--rules", "rules.csv", "--category", "小类", "-o", "{tmp}/结 果.csv"),
    ],
    "locate": [
        *("113.7280", "34.7155", "--cells", "network.gpkg", "--crs", "cgcs2000"),
        *("--rules", "rules.csv", "--category", "路灯"),
    ],
    "check-rules": ["rules.csv", "--cells", "network.gpkg", "--incidents", "事件 导出.csv"],
    "index": ["network.gpkg", "--crs", "cgcs2000", "-o", "{tmp}/索 引.idx"],
    "summarize": ["事件 导出.csv", "--by", "小类"],
    "map": ["network.gpkg", "-o", "{tmp}/地 图.html"],
    "report": ["network.gpkg", "-o", "{tmp}/报 告.html"],
    "init": [".", "-o", "{tmp}/作 业.toml"],
    "run": ["{tmp}/一 夜.toml"],
}
JOB = """
results = '{tmp}/结 果'
[rung.district]
file = '{city}/区.gpkg'
[layer.police]
file = '{city}/警务 网格.gpkg'
[layer.urban]
file = '{city}/城管.gpkg'
"""
#: What is an answer, on stdout, and what is said about the work, on stderr.
SAID = {
    "info": ("警务 网格.gpkg#police", "2 layers and tables in 2 files"),
    "check": ("police: 4 grids", "问题 清单.xlsx"),
    "merge": ("", "一张 网.gpkg"),
    "assign": ("", "结 果.csv"),
    "locate": ("管城回族区", "network.gpkg"),
    "check-rules": ("rules.csv", "network.gpkg"),
    "index": ("", "索 引.idx"),
    "summarize": ("路灯", ""),
    "map": ("", "地 图.html"),
    "report": ("", "报 告.html"),
    "init": ("", "作 业.toml"),
    "run": ("", "index.html"),
}


def shell(command, *arguments, folder, tmp, encoding):
    words = [each.replace("{tmp}", str(tmp)) for each in arguments]
    return subprocess.run(
        [sys.executable, "-m", "gridgov", command, *words],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )


#: Commands with a run under cp936 among tests of their own.
ELSEWHERE = {"crosswalk", "demo", "export"}


def test_every_command_is_run_here_or_in_its_own_tests():
    assert set(COMMANDS) <= set(RUNS) | ELSEWHERE


@pytest.mark.parametrize("command", RUNS)
def test_a_chinese_windows_console_gets_every_word(command, city, tmp_path):
    job = JOB.format(tmp=tmp_path.as_posix(), city=city.as_posix())
    (tmp_path / "一 夜.toml").write_text(job, encoding="utf-8")
    ended = shell(command, *RUNS[command], folder=city, tmp=tmp_path, encoding="cp936")
    out, err = ended.stdout.decode("cp936"), ended.stderr.decode("cp936")
    assert ended.returncode == 0, err
    assert "Traceback" not in err
    assert "?" not in (out + err).replace("is one of the coordinate systems wrong?", "")
    answer, words = SAID[command]
    assert answer in out
    assert words in err
    assert bool(out) == bool(answer)


def test_a_console_that_knows_no_chinese_gets_question_marks_and_no_error(city, tmp_path):
    ended = shell("check", *RUNS["check"], folder=city, tmp=tmp_path, encoding="ascii")
    assert ended.returncode == 0, ended.stderr
    assert "police: 4 grids" in ended.stdout.decode("ascii")
    assert "?? ??.xlsx" in ended.stderr.decode("ascii")
    assert (tmp_path / "问题 清单.xlsx").is_file()


def test_errors_reach_a_chinese_windows_console_too(city, tmp_path):
    ended = shell("check", "police=没有 这个.gpkg", folder=city, tmp=tmp_path, encoding="cp936")
    assert (ended.returncode, ended.stdout) == (3, b"")
    assert ended.stderr.decode("cp936").startswith("Error: there is no file '没有 这个.gpkg'")


JSON_RUNS = {
    "info": ["警务 网格.gpkg", "--json"],
    "check": ["police=警务 网格.gpkg", "--json"],
    "merge": ["police=警务 网格.gpkg", "--json", "-o", "{tmp}/n.gpkg"],
    "locate": ["113.7280", "34.7155", "--cells", "network.gpkg", "--json"],
    "check-rules": ["rules.csv", "--cells", "network.gpkg", "--json"],
    "summarize": ["事件 导出.csv", "--by", "小类", "--json"],
}


def test_every_command_with_json_is_run_here():
    have = {name for name, command in COMMANDS.items() if any("--json" in p.opts for p in command.params)}
    assert have <= set(JSON_RUNS) | ELSEWHERE


@pytest.mark.parametrize("command", JSON_RUNS)
def test_json_is_utf8_and_alone_on_stdout(command, city, tmp_path, gridgov, monkeypatch):
    monkeypatch.chdir(city)
    words = [each.replace("{tmp}", str(tmp_path)) for each in JSON_RUNS[command]]
    ended = gridgov(command, *words)
    assert ended.code == 0
    assert isinstance(json.loads(ended.out), dict)


def test_redirected_json_is_utf8_whatever_the_console(city, tmp_path):
    ended = shell("check", *JSON_RUNS["check"], folder=city, tmp=tmp_path, encoding="cp936")
    assert json.loads(ended.stdout.decode("utf-8"))["departments"] == ["police"]


def test_a_reader_that_stops_early_is_no_error(city, tmp_path):
    command = [sys.executable, "-m", "gridgov", "info", "警务 网格.gpkg"]
    with subprocess.Popen(command, cwd=city, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        said = running.stderr.read()
        code = running.wait()
    assert b"Traceback" not in said
    assert b"Error" not in said
    assert code == 0


def test_the_work_is_done_though_nobody_reads_what_is_said_of_it(city, tmp_path):
    written = tmp_path / "problems.gpkg"
    command = [sys.executable, "-m", "gridgov", "check", "police=警务 网格.gpkg", "-o", str(written)]
    with subprocess.Popen(command, cwd=city, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        running.stderr.close()
        code = running.wait()
    assert (code, written.exists()) == (0, True)


def test_the_folder_may_be_anywhere_when_paths_are_whole(city, tmp_path, gridgov, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ended = gridgov("check", f"police={city / '警务 网格.gpkg'}", "-o", tmp_path / "p.gpkg")
    assert ended.code == 0
    assert len(gpd.read_file(tmp_path / "p.gpkg", layer="coverage")) == 1


def test_a_shapefile_in_an_awkward_folder_is_read(city, tmp_path, gridgov, monkeypatch):
    folder = tmp_path / "a=b #1 (副本)"
    folder.mkdir()
    gpd.read_file(city / "城管.gpkg").to_file(folder / "城管 网格.shp", encoding="gb18030")
    monkeypatch.chdir(tmp_path)
    ended = gridgov("check", f"urban={folder.name}/城管 网格.shp")
    assert (ended.code, "urban: 2 grids" in ended.out) == (0, True)


def test_a_read_only_input_is_enough(city, tmp_path, gridgov):
    copy = tmp_path / "network.gpkg"
    shutil.copy(city / "network.gpkg", copy)
    copy.chmod(0o444)
    assert gridgov("locate", "113.728", "34.7155", "--cells", copy, "--crs", "cgcs2000").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["network.gpkg"]

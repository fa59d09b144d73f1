"""Nothing is overwritten unasked, nothing is half-written: every command that writes, every format."""

import errno
import os
import signal
import subprocess
import sys

import pytest

WRITING = {
    "check": (["police=警务 网格.gpkg"], ["p.gpkg", "p.xlsx", "p.csv", "p.geojson"]),
    "merge": (["police=警务 网格.gpkg"], ["n.gpkg", "n.parquet"]),
    "assign": (
        ["事件 导出.csv", "--cells", "network.gpkg", "--crs", "cgcs2000"],
        ["t.csv", "t.xlsx", "t.parquet", "t.gpkg", "t.geojson"],
    ),
}
OUTPUTS = [(command, output) for command, (_, outputs) in WRITING.items() for output in outputs]


@pytest.fixture
def in_city(city, monkeypatch):
    monkeypatch.chdir(city)


@pytest.fixture
def full_disk(in_city, monkeypatch):
    """The disk is full after the output was written, which some writers do not notice."""

    def full(folder):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("gridgov.outputs.replace.check_room", full)


@pytest.mark.parametrize(("command", "output"), OUTPUTS)
def test_an_output_is_replaced_only_when_asked(gridgov, in_city, tmp_path, command, output):
    path = tmp_path / output
    path.write_text("mine")
    ended = gridgov(command, *WRITING[command][0], "-o", path)
    assert (ended.code, "--overwrite" in ended.err) == (5, True)
    assert path.read_text() == "mine"
    assert gridgov(command, *WRITING[command][0], "-o", path, "--overwrite").code == 0
    assert path.read_bytes() != b"mine"


@pytest.mark.parametrize(("command", "output"), OUTPUTS)
def test_a_folder_in_the_place_of_the_output_is_said(gridgov, in_city, tmp_path, command, output):
    (tmp_path / output).mkdir()
    ended = gridgov(command, *WRITING[command][0], "-o", tmp_path / output, "--overwrite")
    assert (ended.code, "is a folder" in ended.err) == (2, True)
    assert list((tmp_path / output).iterdir()) == []


@pytest.mark.parametrize("command", WRITING)
def test_a_folder_that_is_not_there_is_said(gridgov, in_city, tmp_path, command):
    output = tmp_path / "没有 这个" / WRITING[command][1][0]
    ended = gridgov(command, *WRITING[command][0], "-o", output)
    assert (ended.code, "create it first" in ended.err) == (3, True)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be written here")
@pytest.mark.parametrize("command", WRITING)
def test_a_read_only_folder_is_said(gridgov, in_city, tmp_path, command):
    tmp_path.chmod(0o555)
    ended = gridgov(command, *WRITING[command][0], "-o", tmp_path / WRITING[command][1][0])
    tmp_path.chmod(0o755)
    assert (ended.code, "read-only" in ended.err) == (5, True)


def test_a_rejects_file_is_kept_like_any_output(gridgov, in_city, tmp_path):
    (tmp_path / "t.rejects.csv").write_text("mine")
    ended = gridgov("assign", *WRITING["assign"][0], "-o", tmp_path / "t.csv")
    assert (ended.code, "t.rejects.csv is already there" in ended.err) == (5, True)
    assert [path.name for path in tmp_path.iterdir()] == ["t.rejects.csv"]


@pytest.mark.parametrize(("command", "output"), OUTPUTS)
def test_a_full_disk_is_said_and_keeps_what_was_there(gridgov, full_disk, tmp_path, command, output):
    (tmp_path / output).write_text("mine")
    ended = gridgov(command, *WRITING[command][0], "-o", tmp_path / output, "--overwrite")
    assert (ended.code, "no space left in the folder" in ended.err) == (5, True)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {output: "mine"}


#: Command -> its output, and what is called while that is half written.
MIDDLE = {
    "check": ("p.xlsx", "gridgov.layers.problems_file.problem_sheets"),
    "merge": ("n.gpkg", "gridgov.layers.network_file._first_entry"),
    "assign": ("t.csv", "gridgov.tag.written.rejects_of_lines"),
}


@pytest.fixture(params=[KeyboardInterrupt, RuntimeError])
def stopped(request, in_city, monkeypatch, gridgov, tmp_path):
    """Run a command over an output that is there; Ctrl-C or a bug ends it in the middle of writing."""

    def stop(*arguments, **options):
        raise request.param

    def run(command):
        name, place = MIDDLE[command]
        (tmp_path / name).write_text("mine")
        monkeypatch.setattr(place, stop)
        ended = gridgov(command, *WRITING[command][0], "-o", tmp_path / name, "--overwrite")
        return ended.code == {KeyboardInterrupt: 130, RuntimeError: 1}[request.param], ended.err

    return run


@pytest.mark.parametrize("command", MIDDLE)
def test_what_stops_in_the_middle_leaves_everything_as_it_was(stopped, tmp_path, command):
    as_documented, err = stopped(command)
    assert as_documented, err
    assert "Traceback" not in err
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {MIDDLE[command][0]: "mine"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_while_a_network_is_written_leaves_no_trace(city, tmp_path):
    code = (
        "import os, signal, sys; from gridgov.layers import network_file\n"
        "network_file._first_entry = lambda network: os.kill(os.getpid(), signal.SIGINT)\n"
        "from gridgov.cli.app import main; main()"
    )
    words = ["merge", "police=警务 网格.gpkg", "-o", str(tmp_path / "n.gpkg")]
    ended = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=city, capture_output=True, text=True, check=False
    )
    assert ended.returncode in {130, -signal.SIGINT}
    assert ended.stderr.endswith("Interrupted; nothing was left half-written.\n")
    assert list(tmp_path.iterdir()) == []

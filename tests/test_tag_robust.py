"""Jobs that are killed, run out of room or lose their input: the old output stands or the new one.

GRIDGOV_KILLS says how many times a job is killed (20 if it does not).
"""

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from gridgov.errors import FormatError, InputMissingError, OutputLockedError
from gridgov.outputs import alone
from gridgov.tables import read_table
from gridgov.tag import TagOptions, job, tag_file

KILLS = int(os.environ.get("GRIDGOV_KILLS", "20"))

#: Tags a table with small batches, so that much happens between beginning and end: in a process of its own
#: for each line, which costs no new start. Says the number of the process, then how it ended.
JOB = """
import os, sys, geopandas as gpd, polars, pyarrow.csv, pyogrio
from gridgov.tag import tag_file, TagOptions
cells = gpd.read_parquet("cells.parquet")
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        source, output = line.split()
        tag_file(source, output, cells, options=TagOptions(crs="cgcs2000"), batch_rows=50, overwrite=True)
        os._exit(0)
    print(pid, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


@pytest.fixture
def here(four_cells, tmp_path, monkeypatch):
    four_cells.to_parquet(tmp_path / "cells.parquet")
    monkeypatch.chdir(tmp_path)
    write_incidents(tmp_path / "a.csv", "old", 300)
    write_incidents(tmp_path / "b.csv", "new", 400)
    return tmp_path


def write_incidents(path, word, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "经度", "纬度"])
        writer.writerows([f"{word}-{n}", f"{113.728 + n % 7 / 1000}", "34.7155"] for n in range(rows))
    return path


class Server:
    """Runs jobs in processes that can be killed."""

    def __init__(self, folder):
        self.running = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", JOB],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, source, output):
        self.running.stdin.write(f"{source} {output}\n")
        self.running.stdin.flush()
        return int(self.running.stdout.readline())

    def ended(self):
        return int(self.running.stdout.readline())

    def close(self):
        self.running.stdin.close()
        self.running.wait()
        self.running.stdout.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_job_killed_at_any_moment_leaves_the_old_output_or_the_new_one(here):
    server = Server(here)
    server.start("a.csv", "out.csv")
    assert server.ended() == 0
    old = (here / "out.csv").read_bytes()
    began = time.monotonic()
    server.start("b.csv", "out.csv")
    assert server.ended() == 0
    takes = time.monotonic() - began
    new, moments = (here / "out.csv").read_bytes(), random.Random(5)  # noqa: S311
    killed = 0
    for _ in range(KILLS):
        (here / "out.csv").write_bytes(old)
        job = server.start("b.csv", "out.csv")
        time.sleep(moments.uniform(0, takes))
        with suppress(ProcessLookupError):
            os.kill(job, signal.SIGKILL)
        killed += server.ended() != 0
        assert (here / "out.csv").read_bytes() in (old, new)
    server.start("b.csv", "out.csv")
    assert server.ended() == 0
    server.close()
    assert killed > KILLS / 4
    assert (here / "out.csv").read_bytes() == new
    assert [path.name for path in here.iterdir() if path.name.startswith(".")] == [], "what was left is gone"


def test_two_jobs_do_not_write_one_output(here):
    with alone(here / "out.csv"), pytest.raises(OutputLockedError, match="written by another gridgov"):
        tag(here / "a.csv", here / "out.csv")
    assert not (here / "out.csv").exists()
    tag(here / "a.csv", here / "out.csv")


def tag(source, output, **more):
    import geopandas as gpd

    cells = gpd.read_parquet("cells.parquet")
    return tag_file(source, output, cells, options=TagOptions(crs="cgcs2000"), **more)


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (
            lambda path: path.write_text(path.read_text("utf-8") + "x,113.7,34.7\n", "utf-8"),
            FormatError,
            "was changed while it was read",
        ),
        (lambda path: path.unlink(missing_ok=True), InputMissingError, "vanished while it was read"),
    ],
)
def test_an_input_that_grows_or_vanishes_is_refused(here, monkeypatch, change, error, said):
    real = job.ahead

    def ahead(items):
        for number, item in enumerate(real(items)):
            if number == 1:
                change(here / "a.csv")
            yield item

    monkeypatch.setattr(job, "ahead", ahead)
    (here / "out.csv").write_text("old")
    with pytest.raises(error, match=said):
        tag(here / "a.csv", here / "out.csv", batch_rows=50, overwrite=True)
    assert (here / "out.csv").read_text() == "old"


def test_a_folder_that_cannot_be_written_to_is_said(here):
    if os.geteuid() == 0:
        pytest.skip("nothing is read-only for root")
    folder = here / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(OutputLockedError, match="read-only"):
        tag(here / "a.csv", folder / "out.csv")
    folder.chmod(0o700)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 160 KB, if this user may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(disk)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".parquet", ".gpkg", ".geojson", ".xlsx", ".ndjson"])
def test_a_full_disk_leaves_the_old_output(here, small_disk, ending):
    (small_disk / f"out{ending}").write_text("old")
    rows = 20_000 if ending in {".parquet", ".csv.gz"} else 3000
    source = here / "many.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        noise = random.Random(1)  # noqa: S311
        file.write("code,经度,纬度\n")
        file.writelines(f"{noise.random()},{113.728 + noise.random() / 100},34.7155\n" for _ in range(rows))
    with pytest.raises(OutputLockedError, match="no space left"):
        tag(source, small_disk / f"out{ending}", rejects=here / "r.csv", overwrite=True)
    assert (small_disk / f"out{ending}").read_text() == "old"
    assert [path.name for path in small_disk.iterdir()] == [f"out{ending}"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"code,lon,lat\n" + b"1,-77,38\n" * 4000 + b"2,-77\n", "line 4002 has 2"),
        ("code,lon,lat\n郑州,-77,38\n".encode() * 4000 + b"\xff\xfe,1,2\n", "line 8001"),
        (b"code,lon,lat\n" + b"1,-77,38\n" * 4000 + b"1,\0,2\n", "line 4002 holds a NUL byte"),
        (b"code,lon,lat\n1,-77," + b"3" * (40 << 20) + b"\n", "begins on line 2 is longer than 8 MB"),
        (b"code,lon,lat\n1,-77,38\n" + b"3" * (10 << 20) + b",-77,38\n", "line 3 is longer than 8 MB"),
        (b"code,lon,lon\n1,2,3\n", "same name: lon"),
        (b"", "is empty"),
    ],
)
def test_ugly_text_is_refused_with_the_line_and_nothing_is_written(here, content, said):
    (here / "ugly.csv").write_bytes(content)
    with pytest.raises((FormatError, ValueError), match=said):
        tag(here / "ugly.csv", here / "out.csv")
    assert not [path for path in here.iterdir() if path.name.startswith(("out", ".out"))]


@pytest.mark.parametrize("content", [b"code,lon,lat", b"code,lon,lat\r\n"])
def test_a_header_alone_becomes_a_header(here, content):
    (here / "header.csv").write_bytes(content)
    assert tag(here / "header.csv", here / "out.csv").rows == 0
    assert read_table(here / "out.csv").columns[:4] == ["code", "lon", "lat", "grid_id"]

"""`gridgov init` and `gridgov run`: two commands and one edit from what departments sent to the results."""

import pytest


def answered(text, start):
    """The file with the # before the first line removed that begins with `start`."""
    assert f"\n# {start}" in text
    return text.replace(f"\n# {start}", f"\n{start}", 1)


def test_six_ugly_files_become_results_with_two_commands_and_one_edit(gridgov, sent, tmp_path):
    job = tmp_path / "job.toml"
    drafted = gridgov("init", sent, "-o", job)
    assert (drafted.code, drafted.out) == (0, "")
    print(job.read_text("utf-8-sig"))
    print(drafted.err)
    job.write_text(answered(job.read_text("utf-8-sig"), 'default_crs = "EPSG:4547"'), "utf-8")
    ran = gridgov("run", job)
    print(ran.err)
    assert (ran.code, ran.out) == (0, "")
    assert 0

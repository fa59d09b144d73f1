"""The demo finds the samples wherever gridgov is installed, and says which commands it runs."""

import pytest

from gridgov import InputMissingError, OutputExistsError
from gridgov.demo import commands, copy_samples, outputs, plan, samples


def test_the_samples_are_found():
    assert (samples() / "incidents.csv").is_file()


def test_samples_inside_the_package_are_taken_first(tmp_path, monkeypatch):
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "districts.geojson").touch()
    monkeypatch.setattr(plan, "files", lambda _package: tmp_path)
    assert samples() == tmp_path / "samples"


def test_missing_samples_are_said(tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "files", lambda _package: tmp_path)
    monkeypatch.setattr(plan, "__file__", str(tmp_path / "a" / "b" / "c" / "plan.py"))
    with pytest.raises(InputMissingError, match="install its wheel again"):
        samples()


def test_every_sample_is_copied_beside_the_outputs(tmp_path):
    copy_samples(tmp_path)
    copied = {path.name: path.read_bytes() for path in (tmp_path / "samples").iterdir()}
    assert copied == {file.name: file.read_bytes() for file in samples().iterdir() if file.is_file()}


@pytest.mark.parametrize("name", [*(path.name for path in outputs(plan.Path())), "samples/rules.csv"])
def test_nothing_is_replaced_unasked(tmp_path, name):
    (tmp_path / "samples").mkdir()
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(OutputExistsError, match="--overwrite"):
        copy_samples(tmp_path)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name.split("/")[-1]]


def test_what_the_demo_wrote_before_is_replaced_when_asked(tmp_path):
    copy_samples(tmp_path)
    (tmp_path / "samples" / "rules.csv").write_text("mine", encoding="utf-8")
    copy_samples(tmp_path, overwrite=True)
    assert (tmp_path / "samples" / "rules.csv").read_bytes() == (samples() / "rules.csv").read_bytes()


def test_commands_overwrite_only_when_asked(tmp_path):
    assert not any("--overwrite" in words for words in commands(tmp_path))
    assert sum("--overwrite" in words for words in commands(tmp_path, overwrite=True)) == 5


def test_commands_read_only_what_the_samples_hold(tmp_path):
    copy_samples(tmp_path)
    at = str(tmp_path / "samples")
    named = [word.partition("=")[2] or word for words in commands(tmp_path) for word in words if at in word]
    assert len(named) > 10
    assert all(plan.Path(path).exists() for path in named)

from importlib import metadata

import pytest

from gridgov.cli import environment


@pytest.fixture
def requires(monkeypatch):
    def setter(*requirements):
        monkeypatch.setattr(environment.metadata, "requires", lambda _: list(requirements))
        return environment.environment()["missing"]

    return setter


def test_nothing_is_missing_where_everything_is_installed(requires):
    assert requires("shapely>=2.2") == []


def test_a_missing_package_says_what_it_is_needed_for(requires, monkeypatch):
    def version(name):
        if name == "fastexcel":
            raise metadata.PackageNotFoundError
        return "9.9"

    monkeypatch.setattr(environment.metadata, "version", version)
    assert requires("fastexcel>=0.14") == ["fastexcel is not installed; needed for: reading .xlsx"]


def test_an_extra_that_is_not_there_is_not_missing_but_said(monkeypatch):
    def version(name):
        if name == "numba":
            raise metadata.PackageNotFoundError
        return "9.9"

    monkeypatch.setattr(environment.metadata, "requires", lambda _: ["numba>=0.62; extra == 'fast'"])
    monkeypatch.setattr(environment.metadata, "version", version)
    found = environment.environment()
    said = "numba is not installed; only needed for: faster assignment (pip install gridgov[fast])"
    assert (found["missing"], found["spare"]) == ([], [said])
    lines = environment.environment_lines(found)
    assert lines[-1] == "Nothing is missing."
    assert f"  - {said}" in lines


def test_an_extra_that_is_too_old_is_missing(requires, monkeypatch):
    monkeypatch.setattr(environment.metadata, "version", lambda _: "0.1")
    (said,) = requires("numba>=0.62; extra == 'fast'")
    assert "numba 0.1 is too old" in said


def test_a_package_that_is_too_old_is_named(requires):
    (said,) = requires("shapely>=99.1")
    assert "is too old; 99.1 or later" in said


def test_polars_that_does_not_start_is_named_with_what_still_works(requires, monkeypatch):
    monkeypatch.setattr(environment, "_polars_runs", lambda: False)
    (said,) = requires("polars<3,>=2.1")
    assert "AVX2" in said
    assert "check, merge and locate do without" in said

"""The keys of a job file are explained."""

from pathlib import Path

import pytest

from gridgov.jobs.keys import KEYS, NAMED
from gridgov.jobs.steps import STEPS

DOCS = Path(__file__).parents[1] / "docs" / "jobs.md"


@pytest.mark.parametrize("section", KEYS)
def test_jobs_md_names_every_section_and_key(section):
    text = DOCS.read_text("utf-8")
    assert f"[{section}{'.NAME' * (section in NAMED)}]" in text or not section
    assert [key.name for key in KEYS[section] if f"`{key.name}`" not in text] == []


def test_jobs_md_names_every_step_and_output():
    text = DOCS.read_text("utf-8")
    assert [step.name for step in STEPS if f"`{step.name}`" not in text] == []
    outputs = ("问题清单.xlsx", "network.gpkg", "冲突清单.xlsx", "对照表.xlsx", "清单.xlsx")
    assert [name for name in outputs if f"`{name}`" not in text] == []


@pytest.mark.parametrize("section", KEYS)
def test_every_key_has_a_meaning_in_both_languages(section):
    for key in KEYS[section]:
        assert key.en.isascii(), key.name
        assert not key.zh.isascii(), key.name

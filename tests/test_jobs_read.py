"""Job files read: values as the job has them, and every fault with its line and what would be right."""

import dataclasses

import pytest

from gridgov.errors import InputMissingError, JobError
from gridgov.jobs import read_job
from gridgov.jobs.asking import _SAME
from gridgov.jobs.keys import KEYS, SECTIONS
from gridgov.tag import TagOptions


@pytest.fixture
def read(tmp_path):
    def reader(text):
        (tmp_path / "job.toml").write_text(text, encoding="utf-8")
        return read_job(tmp_path / "job.toml")

    return reader


def faults(read, text):
    with pytest.raises(JobError) as error:
        read(text)
    return str(error.value).splitlines()


def test_layers_and_rungs_stand_in_the_order_of_the_file(read):
    job = read('[layer.b]\nfile = "b"\n[rung.street]\nfile = "s"\n[layer.a]\nfile = "a"\n')
    assert [each.name for each in job.layers] == ["b", "a"]
    assert [each.name for each in job.rungs] == ["street"]


def test_paths_are_relative_to_the_job_file(read, tmp_path):
    job = read('results = "结果"\n[layer.a]\nfile = "来件/a.gpkg#网格"\n')
    assert job.results == tmp_path / "结果"
    assert job.layers[0].get("file") == (tmp_path / "来件" / "a.gpkg", "网格")


def test_paths_of_windows_between_single_quotes_are_read_everywhere(read, tmp_path):
    job = read("[layer.a]\nfile = '来件\\a.gpkg'\n")
    assert job.layers[0].get("file") == (tmp_path / "来件" / "a.gpkg", None)


def test_a_backslash_that_became_a_tab_is_refused_with_the_mend(read):
    [fault] = faults(read, '[layer.a]\nfile = "data\\table.gpkg"\n')
    assert fault.startswith("job.toml, line 2 [layer.a]: file holds 'data\\table.gpkg': a \\ between double")
    assert "between single quotes" in fault


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[layer.a]\nfil = "a"\nfile = "a"\n',
            "line 2 [layer.a]: 'fil' is no key of [layer]; did you mean file?",
        ),
        (
            '[layer.a]\n责任主体列 = "a"\nfile = "a"\n',
            "line 2 [layer.a]: '责任主体列' is no key of [layer]; did you mean owner?",
        ),
        ("[layer.a]\nfile = 1\n", 'line 2 [layer.a]: file is a text between quotes, such as "a", not 1.'),
        ("[layer.a]\nid = 'x'\n", "line 1 [layer.a]: file = ... is missing"),
        (
            '[layer.a]\nfile = "a"\ncarry = "x"\n',
            'line 3 [layer.a]: carry is a list of texts, such as ["a", "b"]',
        ),
        ("[merge]\nmin_area_m2 = true\n", "line 2 [merge]: min_area_m2 is a number, not true."),
        ("[merge]\nmin_area_m2 = -1\n", "line 2 [merge]: min_area_m2 is a number from 0 up, not -1."),
        ("[merge]\nmin_area_m2 = nan\n", "line 2 [merge]: min_area_m2 is a number from 0 up, not nan."),
        ('results = " "\n', "line 1: results is empty"),
        ("[layer]\nfile = 'a'\n", "line 1: give each layer a section of its own with its name: [layer.NAME]"),
        ("merge = 1\n", "line 1: 'merge' is a section: write [merge]"),
        (
            "result = 'a'\n",
            "line 1: 'result' is no key of the keys above the sections; did you mean results?",
        ),
        ("[layer.a-b]\nfile = 'a'\n", "the name 'a-b' must begin with a letter"),
    ],
)
def test_what_is_wrong_is_said_with_line_section_and_key(read, text, said):
    assert any(said in fault for fault in faults(read, text)), faults(read, text)


def test_every_fault_is_said_at_once(read):
    found = faults(read, '[layer.a]\nfil = "a"\n[merge]\non_gap = 1\n')
    assert [fault.split(":")[0] for fault in found] == [
        "job.toml, line 1 [layer.a]",
        "job.toml, line 2 [layer.a]",
        "job.toml, line 4 [merge]",
    ]


def test_a_job_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InputMissingError, match="there is no such file"):
        read_job(tmp_path / "no.toml")
    with pytest.raises(InputMissingError, match="is a folder"):
        read_job(tmp_path)


def test_every_setting_of_incidents_is_a_key():
    apart = {"sheet", "rules", "rename", "recorded", "control"}
    assert {field.name for field in dataclasses.fields(TagOptions)} - apart == set(_SAME)
    assert set(_SAME) | {"rules", "rename"} <= {key.name for key in KEYS["assign"]}


def test_every_section_has_keys_and_a_meaning():
    assert set(KEYS) == set(SECTIONS)

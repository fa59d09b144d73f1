"""Jobs run: all results or none, nothing that people filled in lost, incidents file by file."""

import gzip
import shutil
import warnings
from dataclasses import replace

import geopandas as gpd
import pytest

from gridgov import read_network
from gridgov.errors import (
    ArgumentError,
    CRSError,
    FormatError,
    InputMissingError,
    JobError,
    OutputExistsError,
    SchemaError,
)
from gridgov.jobs import read_job, run_job
from gridgov.jobs.record import read_record
from gridgov.jobs.steps import STEPS

QUICK = 'skip = ["check", "map", "report", "export", "crosswalk", "lists"]\n'
LAYERS = """
[rung.district]
file = "区.gpkg"
[layer.police]
file = "警务 网格.gpkg"
carry = ["电话"]
[layer.urban]
file = "城管.gpkg"
"""
ASSIGN = """
[assign.夜]
files = "夜*.csv"
crs = "cgcs2000"
place = ["所属区县"]
rules = "rules.csv"
category = "小类"
"""


FILES = ("区.gpkg", "警务 网格.gpkg", "城管.gpkg", "rules.csv", "network.gpkg", "事件 导出.csv")


@pytest.fixture
def place(city, tmp_path):
    """A copy of the city's files, which jobs may change."""
    for name in FILES:
        shutil.copy(city / name, tmp_path / name)
    return tmp_path


@pytest.fixture(scope="session")
def first_run(city, tmp_path_factory):
    """The results folder of a first run of QUICK + LAYERS; not to be changed."""
    folder = tmp_path_factory.mktemp("first")
    for name in FILES:
        shutil.copy(city / name, folder / name)
    (folder / "job.toml").write_text(QUICK + LAYERS, encoding="utf-8")
    run_job(read_job(folder / "job.toml"))
    return folder / "results"


@pytest.fixture
def ran(first_run, place):
    """`place` after a first run."""
    shutil.copytree(first_run, place / "results")
    return place


@pytest.fixture
def run(place):
    """Write a job file and run it; what is said is in `run.said`."""

    def runner(text, **options):
        (place / "job.toml").write_text(text, encoding="utf-8")
        runner.said = []
        return run_job(read_job(place / "job.toml"), say=runner.said.append, **options)

    return runner


def night(place, number):
    shutil.copy(place / "事件 导出.csv", place / f"夜{number}.csv")


def without_crs(path):
    """Make a layer one whose file says nothing of its coordinate system."""
    frame = gpd.read_file(path).set_crs(None, allow_override=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # this is what is wanted
        path.unlink()
        frame.to_file(path)


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_step_writes_what_it_names_and_nothing_else(run, place):
    run(LAYERS)
    named = {output.name for step in STEPS for output in step.outputs(read_job(place / "job.toml"))}
    results = place / "results"
    there = {path.relative_to(results).as_posix() for path in results.rglob("*")}
    assert there - named == {"departments", "map", "index.html", "run.json"}
    assert named - there == set()


def test_the_network_is_the_one_that_the_sections_describe(run, place):
    run(QUICK + LAYERS + "[merge]\ntolerance_m = 3\n")
    network = read_network(place / "results" / "network.gpkg")
    assert network.departments == ("police", "urban")
    assert "police_电话" in network.cells
    assert network.summary["borders"]["urban"]["tolerance_m"] == 3


def test_a_second_run_replaces_the_results_of_the_first(run, ran):
    run(LAYERS.replace("\n", 'skip = ["merge", "map", "report", "export", "crosswalk", "lists"]\n', 1))
    there = {path.name for path in (ran / "results").iterdir()}
    assert there == {"问题清单.xlsx", "problems.gpkg", "index.html", "run.json"}
    assert read_record(ran / "results").network_version is None


def test_files_that_no_run_wrote_stay(run, ran):
    (ran / "results" / "备注.txt").write_text("mine")
    run(QUICK + LAYERS)
    assert (ran / "results" / "备注.txt").read_text() == "mine"


def test_a_file_that_was_there_before_the_first_run_is_not_replaced_unasked(run, place):
    (place / "results").mkdir()
    (place / "results" / "network.gpkg").write_text("mine")
    with pytest.raises(OutputExistsError, match=r"network.gpkg is there and not of an earlier run"):
        run(QUICK + LAYERS)
    assert (place / "results" / "network.gpkg").read_text() == "mine"
    run(QUICK + LAYERS, overwrite=True)
    assert read_network(place / "results" / "network.gpkg").departments == ("police", "urban")


def test_after_a_step_that_fails_everything_is_as_before(run, ran, monkeypatch):
    before = contents(ran / "results")

    def fails(_work):
        raise SchemaError("no")

    monkeypatch.setattr("gridgov.jobs.run.STEPS", (*STEPS, replace(STEPS[0], name="last", run=fails)))
    with pytest.raises(SchemaError):
        run(QUICK + LAYERS)
    assert contents(ran / "results") == before


def test_a_first_run_that_fails_leaves_no_folder(run, place):
    text = LAYERS.replace("区.gpkg", "没有.gpkg")
    with pytest.raises(InputMissingError, match=r"job.toml, line 3 \[rung.district\]: there is no file"):
        run(text.replace("\n", 'results = "a/b/c"\n', 1))
    assert not (place / "a").exists()


def test_every_layer_that_cannot_be_read_is_named_at_once(run):
    text = LAYERS.replace("城管.gpkg", "没有.gpkg").replace('carry = ["电话"]', 'id = "无"')
    with pytest.raises(JobError) as error:
        run(text)
    assert "line 6 [layer.police]" in str(error.value)
    assert "line 8 [layer.urban]" in str(error.value)


def test_an_open_question_is_answered_with_the_lines_that_answer_it(run, place):
    without_crs(place / "城管.gpkg")
    with pytest.raises(CRSError) as error:
        run(LAYERS + '# crs = "EPSG:4547"\n# crs = "EPSG:4526"\n')
    assert str(error.value).startswith("job.toml, line 7 [layer.urban]: ")
    assert 'state it: crs = "EPSG:4547" or another' in str(error.value)
    assert str(error.value).endswith("In job.toml: remove the # before one of the lines 9 to 10.")


def test_default_crs_is_that_of_files_that_state_none_and_of_no_other(run, place):
    without_crs(place / "城管.gpkg")
    gpd.read_file(place / "区.gpkg").to_crs(4490).to_file(place / "区.geojson")
    run(QUICK + 'default_crs = "EPSG:4547"\n' + LAYERS.replace("区.gpkg", "区.geojson"))
    assert any("urban: 2 grids" in line and "EPSG:4547" in line for line in run.said)
    assert any("district: 2 units" in line and "EPSG:4490" in line for line in run.said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('skip = ["karte"]' + LAYERS, "line 1: 'karte' is no step; steps are check, merge, map"),
        (LAYERS + '[export]\nformats = ["dwg"]', "line 10 [export]: 'dwg' is no format"),
        (LAYERS + '[export]\ndepartments = ["fire"]', "line 10 [export]: 'fire' is none of the layers"),
        (LAYERS + 'special = ["TYPE"]', "line 9 [layer.urban]: special is a list of COLUMN=VALUE"),
        ("", "there is no section [layer.NAME] or [assign.NAME], so there is nothing to do"),
    ],
)
def test_settings_that_cannot_be_are_refused_before_anything_is_done(run, place, text, said):
    with pytest.raises(JobError) as error:
        run(text)
    assert said in str(error.value)
    assert not (place / "results").exists()


def test_no_output_may_be_an_input(run, place):
    with pytest.raises(ArgumentError, match="is also an input"):
        run('results = "."\n' + LAYERS.replace("城管.gpkg", "network.gpkg#cells"))


# Decisions ------------------------------------------------------------------------------------------


def change(path):
    path.write_bytes(path.read_bytes() + b"changed")


def test_a_list_that_people_changed_is_not_replaced(run, ran):
    change(ran / "results" / "冲突清单.xlsx")
    before = contents(ran / "results")
    with pytest.raises(OutputExistsError, match=r"was changed since it was written.*--decisions"):
        run(QUICK + LAYERS)
    assert contents(ran / "results") == before


def test_decisions_are_carried_out_and_kept_beside_the_new_list(run, ran):
    conflicts = read_network(ran / "results" / "network.gpkg").conflicts
    first = conflicts[conflicts["severity"] == "decide"].iloc[0]
    text = f"conflict_id,decision\n{first['conflict_id']},leave\n"
    (ran / "决定.csv").write_text(text)
    before = read_record(ran / "results").undecided
    run(QUICK + LAYERS, decisions=ran / "决定.csv")
    record = read_record(ran / "results")
    assert record.undecided == before - 1
    assert (ran / "results" / record.decisions).read_text() == text


def test_the_list_in_the_results_can_be_given_as_decisions(run, ran):
    listed = ran / "results" / "冲突清单.xlsx"
    filled = listed.read_bytes()
    run(QUICK + LAYERS, decisions=listed)
    assert (ran / "results" / "已执行的决定.xlsx").read_bytes() == filled


def test_decisions_that_are_not_there_are_looked_for_in_the_results(run, ran, monkeypatch):
    monkeypatch.chdir(ran)
    with pytest.raises(InputMissingError, match=r"did you mean .*results/冲突清单.xlsx"):
        run(QUICK + LAYERS, decisions="冲突清单.xlsx")
    with pytest.raises(InputMissingError, match=r"job.toml, line \d+ \[merge\]: there is no file"):
        run(QUICK + LAYERS + '[merge]\ndecisions = "没有.xlsx"')


# Incidents ------------------------------------------------------------------------------------------

CELLS = ASSIGN + 'cells = "network.gpkg"\n'


def test_every_file_of_a_pattern_is_tagged_once(run, place):
    night(place, 1)
    run(CELLS)
    first = (place / "results" / "assigned" / "夜" / "夜1.csv").stat().st_mtime_ns
    night(place, 2)
    run(CELLS)
    tagged = sorted((place / "results" / "assigned" / "夜").glob("夜?.csv"))
    assert [path.name for path in tagged] == ["夜1.csv", "夜2.csv"]
    assert tagged[0].stat().st_mtime_ns == first
    assert any("夜1.csv: done before" in line for line in run.said)
    assert [each.source for each in read_record(place / "results").assigned] == ["../夜1.csv", "../夜2.csv"]


def test_a_table_and_the_same_packed_have_lists_of_their_own(run, place):
    night(place, 1)
    (place / "夜1.csv.gz").write_bytes(gzip.compress((place / "夜1.csv").read_bytes()))
    run(CELLS.replace("夜*.csv", "夜*.csv*"))
    lists = sorted(path.name for path in (place / "results" / "assigned" / "夜").glob("*.rejects.csv"))
    assert lists == ["夜1.csv.gz.rejects.csv", "夜1.csv.rejects.csv"]


def test_a_file_whose_rejects_are_gone_is_tagged_again(run, place):
    night(place, 1)
    run(CELLS)
    rejects = place / "results" / "assigned" / "夜" / "夜1.rejects.csv"
    before = rejects.read_bytes()
    rejects.unlink()
    run(CELLS)
    assert rejects.read_bytes() == before


@pytest.mark.parametrize("changed", ["夜1.csv", "rules.csv", "network.gpkg", "job.toml"])
def test_a_file_is_tagged_again_when_anything_it_depends_on_changed(run, place, changed):
    night(place, 1)
    run(CELLS)
    text = CELLS
    if changed == "network.gpkg":
        run(QUICK + LAYERS + "[merge]\ntolerance_m = 3\n")
        text = ASSIGN
    elif changed == "job.toml":
        text += "border_m = 2\n"
    else:
        (place / changed).write_bytes((place / changed).read_bytes().rstrip() + b"\r\n")
    run(text)
    assert not any("done before" in line for line in run.said)


def test_incidents_are_tagged_with_the_network_of_the_same_job(run, place):
    night(place, 1)
    run(QUICK + LAYERS + ASSIGN)
    record = read_record(place / "results")
    assert record.assigned[0].network_version == record.network_version
    assert [step.name for step in record.steps] == ["merge"]


def test_assign_only_leaves_the_network_as_it_is(run, place):
    night(place, 1)
    run(QUICK + LAYERS)
    before = (place / "results" / "network.gpkg").read_bytes()
    run(QUICK + LAYERS + ASSIGN, assign_only=True)
    assert (place / "results" / "network.gpkg").read_bytes() == before
    record = read_record(place / "results")
    assert ([step.name for step in record.steps], len(record.assigned)) == (["merge"], 1)


def test_a_bad_file_does_not_stop_the_rest(run, place):
    night(place, 2)
    (place / "夜1.csv").write_text("a,b\n1,2\n")
    result = run(CELLS)
    assert [type(error) for error in result.errors] == [SchemaError]
    assert str(result.errors[0]).startswith(
        "job.toml, line 7 [assign.夜]: 夜1.csv: there is no column '小类'"
    )
    record = read_record(place / "results")
    assert [bool(each.error) for each in record.assigned] == [True, False]
    assert "夜1.csv" in (place / "results" / "index.html").read_text("utf-8")


def test_a_section_that_cannot_be_does_not_stop_the_others(run, place):
    night(place, 1)
    bad = CELLS.replace("夜", "昼").replace("network.gpkg", "没有.gpkg") + '[assign.x]\nfiles = "昼.csv"\n'
    result = run(bad.replace('files = "昼*.csv"', 'files = "夜*.csv"') + CELLS)
    assert len(result.errors) == 2
    assert [each.section for each in read_record(place / "results").assigned if not each.error] == ["夜"]


def test_an_output_that_no_run_wrote_is_not_replaced_also_on_the_second_try(run, place):
    night(place, 1)
    (place / "out.csv").write_text("mine")
    for _ in range(2):
        result = run(CELLS + 'output = "out.csv"\n')
        assert [type(error) for error in result.errors] == [OutputExistsError]
        assert (place / "out.csv").read_text() == "mine"
    assert not run(CELLS + 'output = "out.csv"\n', overwrite=True).errors


def test_outputs_that_the_pattern_matches_are_not_tagged_again(run, place):
    night(place, 1)
    text = CELLS + 'output = "{stem}_归格.csv"\n'
    run(text)
    run(text)
    assert sorted(path.name for path in place.glob("夜*.csv")) == [
        "夜1.csv",
        "夜1_归格.csv",
        "夜1_归格.rejects.csv",
    ]


def test_several_files_with_one_output_are_refused(run, place):
    night(place, 1)
    night(place, 2)
    [error] = run(CELLS + 'output = "out.csv"\n').errors
    assert "several files would have one output; write {stem} in it" in str(error)


def test_more_rejects_than_the_limit_are_told(run, place):
    night(place, 1)
    assert run(CELLS + 'max_rejects = "0"\n').beyond_limit
    assert not run(CELLS + 'max_rejects = "99%"\n').beyond_limit


def test_a_pattern_that_matches_nothing_is_no_error(run, place):
    assert not run(CELLS).errors
    assert any("no file matches" in line for line in run.said)


def test_one_unmerged_layer_may_be_asked(run, place):
    night(place, 1)
    text = '[assign.夜]\nfiles = "夜*.csv"\ncrs = "cgcs2000"\ncells = "警务 网格.gpkg"\n'
    text += 'cells_owner = "责任单位"\n'
    assert not run(text).errors
    tagged = (place / "results" / "assigned" / "夜" / "夜1.csv").read_text("gb18030")
    assert "grid_owner" in tagged.splitlines()[0]


def test_a_record_that_is_none_is_refused(run, place):
    (place / "results").mkdir()
    (place / "results" / "run.json").write_text("{}")
    with pytest.raises(FormatError, match=r"no run of gridgov left this"):
        run(QUICK + LAYERS)


def test_a_wrong_value_is_told_with_its_line_in_chinese_too(run, place, in_chinese):
    night(place, 1)
    result = in_chinese(run, CELLS.replace('crs = "cgcs2000"', 'crs = "gcj03"'))
    [error] = map(str, result.errors)
    assert error.startswith("job.toml 第 4 行 [assign.夜]：“gcj03”不是坐标系；crs 可用 gcj02、")

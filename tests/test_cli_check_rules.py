import json
import sys
import warnings

import geopandas as gpd
import pytest
from shapely import box

import gridgov
from gridgov.cli.app import main

RULES = """category,district,run_by,道路等级,handler,valid_to,时限
交通信号灯,管城回族区,,,管城区住建局,,4小时
交通信号灯,,经开区,主干道,交警支队,,2小时
,,,,12345,,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A network of two districts with a zone in the first; folder and file have Chinese and blank names."""
    folder = tmp_path_factory.mktemp("规则 表")
    districts = layer("district", ["410104", "410105"], ["管城回族区", "金水区"], [(0, 1000), (1000, 2000)])
    zone = layer("run_by", ["z1"], ["经开区"], [(500, 1000)])
    streets = layer("grid", ["g1", "g2", "g3"], ["甲", "乙", "丙"], [(0, 500), (500, 1000), (1000, 2000)])
    network = gridgov.merge_grids({"grid": streets, "run_by": zone}, within={"district": districts})
    gridgov.write_network(network, folder / "网 络.gpkg")
    (folder / "rules.csv").write_text(RULES, encoding="gb18030")
    lines = RULES.replace("12345,,", "12345,2020-01-01,") + "井盖,金水区,,,A,,\n井盖,金水区,,,B,,\n"
    (folder / "bad.csv").write_text(lines, encoding="utf-8")
    (folder / "事件.csv").write_text("小类,道路等级\n交通信号灯,主干道\n树,\n树,\n", encoding="gb18030")
    return folder


def layer(department, ids, owners, spans):
    table = {"grid_id": ids, "name": owners, "owner": owners}
    shapes = [box(474000 + left, 3843000, 474000 + right, 3844000) for left, right in spans]
    return gridgov.make_grids(gpd.GeoDataFrame(table, geometry=shapes, crs=4547), department=department)


@pytest.fixture
def run(folder, monkeypatch, capsys):
    """Run the program in the folder; answers exit code, stdout and stderr."""

    def running(*arguments):
        monkeypatch.chdir(folder)
        monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
        monkeypatch.setattr(sys, "argv", ["gridgov", "check-rules", *arguments, "--cells", "网 络.gpkg"])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, *capsys.readouterr()

    return running


def test_sound_rules_exit_with_0_and_say_so_on_stdout(run):
    code, out, err = run("rules.csv", "--strict")
    assert code == 0
    assert out.splitlines()[-1].startswith("Nothing else is to mend")
    assert err.startswith("cells: ")


def test_findings_exit_with_0_unless_strict(run):
    assert run("bad.csv")[0] == 0
    code, out, err = run("bad.csv", "--strict")
    assert code == 4
    assert "--strict" in err
    assert "two_handlers: 1" in out
    assert "expired: 1" in out


def test_incidents_show_the_categories_that_no_rule_names(run):
    _, out, _ = run("rules.csv", "--incidents", "事件.csv")
    assert "Categories that no rule names" in out
    assert "树 (2)" in out


def test_json_is_the_only_thing_on_stdout(run):
    _, out, _ = run("bad.csv", "--json", "--incidents", "事件.csv")
    found = json.loads(out)
    assert found["unnamed_categories"] == {"树": 2}
    kinds = [(finding["finding"], finding["rules"]) for finding in found["findings"]]
    assert ("two_handlers", "bad.csv:5|bad.csv:6") in kinds
    assert ("expired", "bad.csv:4") in kinds


def test_a_redirected_chinese_windows_console_shows_it(run_in, folder):
    ended = run_in(folder, "check-rules", "bad.csv", "--cells", "网 络.gpkg", encoding="cp936")
    assert ended.code == 0
    assert "金水区" in ended.out
    assert "网 络.gpkg" in ended.err


def test_a_missing_file_is_refused_with_3(run):
    code, out, err = run("none.csv")
    assert (code, out) == (3, "")
    assert "none.csv is not there" in err


def test_rules_that_say_nobody_are_refused_with_3_and_their_rows(run, tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("category,handler\n路灯,\n井盖,A\n树,\n", encoding="utf-8")
    code, _, err = run(str(wrong))
    assert code == 3
    assert "Error: wrong.csv: no handler and no department in row 2, 4" in err


def test_blank_lines_of_a_file_keep_the_row_numbers_of_a_spreadsheet(run, tmp_path):
    rules = tmp_path / "gaps.csv"
    rules.write_text("category,handler\n路灯,A\n\n路灯,B\n", encoding="utf-8")
    _, out, _ = run(str(rules))
    assert "gaps.csv:2|gaps.csv:4" in out


def test_a_category_column_that_cannot_be_found_is_asked_for(run, tmp_path):
    incidents = tmp_path / "x.csv"
    incidents.write_text("内容\n灯\n", encoding="utf-8")
    code, _, err = run("rules.csv", "--incidents", str(incidents))
    assert code == 3
    assert "--category" in err
    assert run("rules.csv", "--incidents", str(incidents), "--category", "内容")[0] == 0

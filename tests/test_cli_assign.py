"""`gridgov assign`, run as people run it: exit codes and both streams."""

import json
import sys
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import box

from gridgov.cli import app
from gridgov.tables import read_table

DC = Path(__file__).parents[2] / "shared" / "data" / "dc"
needs_dc = pytest.mark.skipif(not DC.exists(), reason="the data of Washington DC are not here")

ROWS = "编码,经度,纬度,小类,所属区县\n007,113.73,34.72,路灯,西区\n8,,,井盖,东区\n9,113.74,34.9,路灯,\n"
RULES = "category,handler,时限\n路灯,住建局,4小时\n"


@pytest.fixture
def folder(tmp_path):
    """Two grids, three incidents and a rule, in a folder with a space and Chinese in its name."""
    place = tmp_path / "网格 数据"
    place.mkdir()
    shapes = [box(113.72, 34.71, 113.74, 34.73), box(113.74, 34.71, 113.76, 34.73)]
    grids = gpd.GeoDataFrame({"网格编码": ["A1", "A2"], "责任单位": ["甲", "乙"]}, geometry=shapes, crs=4490)
    grids.to_file(place / "警务 网格.gpkg", layer="jw")
    (place / "事件 导出.csv").write_bytes(ROWS.encode("gb18030"))
    (place / "rules.csv").write_text(RULES, encoding="utf-8")
    return place


@pytest.fixture
def run(folder, monkeypatch, capsys):
    """Run the program in this process, which is quick; answers exit code, stdout, stderr."""
    monkeypatch.chdir(folder)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["gridgov", "assign", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            app.main()
        streams = capsys.readouterr()
        return ended.value.code or 0, streams.out, streams.err

    return run


ASK = ("事件 导出.csv", "--cells", "police=警务 网格.gpkg")


def test_a_console_in_gbk_gets_every_word_and_stdout_stays_empty(run_in, folder):
    ended = run_in(folder, "assign", *ASK, "--crs", "cgcs2000", "-o", "结果 1.csv", encoding="cp936")
    assert (ended.code, ended.out) == (0, "")
    assert "Written: 结果 1.csv (GB18030)" in ended.err
    assert "?" not in ended.err


def test_the_summary_says_where_the_rows_went(run):
    code, out, err = run(*ASK, "--crs", "cgcs2000", "-o", "out.csv")
    assert (code, out) == (0, "")
    assert "3 rows from 事件 导出.csv, coordinates from 经度, 纬度, read as CGCS2000" in err
    assert "1   33.3 %  inside   in one cell, farther than 1 m from any other" in err
    assert "Without an answer: 2 rows (66.7 %)" in err
    assert "1  no coordinate" in err
    assert "out.rejects.csv" in err


def test_categories_no_rule_names_come_first(run):
    options = ("--crs", "cgcs2000", "--rules", "rules.csv", "--category", "小类", "-o", "out.csv")
    code, _, err = run(*ASK, *options)
    lines = [line for line in err.splitlines() if not line.startswith(("cells:", "  - "))]
    assert code == 0
    assert lines[0] == "No rule names 1 category of column 小类 (1 row); add them to the rules:"
    assert lines[1].split() == ["1", "井盖"]
    assert read_table("out.csv")["handler"].to_list() == ["住建局", None, None]
    assert read_table("out.csv")["rule_时限"].to_list() == ["4小时", None, None]


def test_what_the_datum_is_must_be_said_in_china(run, folder):
    code, out, err = run(*ASK, "-o", "out.csv")
    assert (code, out) == (3, "")
    assert "Error: points in China need their datum" in err
    assert all(name in err for name in ("--crs", "gcj02", "bd09", "wgs84"))
    assert not (folder / "out.csv").exists()


def test_an_output_must_be_named(run):
    code, _, err = run(*ASK)
    assert code == 2
    assert "-o tagged.csv" in err


@pytest.mark.parametrize("output", [".", "folder", "tagged", "tagged.doc"])
def test_an_output_that_cannot_be_is_explained(run, folder, output):
    (folder / "folder").mkdir()
    code, _, err = run(*ASK, "--crs", "cgcs2000", "-o", output)
    assert code in {2, 3}
    assert err.startswith("Error: ")


def test_an_output_that_is_there_is_kept(run, folder):
    (folder / "out.csv").write_text("mine")
    code, _, err = run(*ASK, "--crs", "cgcs2000", "-o", "out.csv")
    assert code == 5
    assert "--overwrite" in err
    assert (folder / "out.csv").read_text() == "mine"
    assert run(*ASK, "--crs", "cgcs2000", "-o", "out.csv", "--overwrite")[0] == 0


@pytest.mark.parametrize("output", ["警务 网格.gpkg", "rules.csv", "事件 导出.csv"])
def test_an_input_is_no_output(run, folder, output):
    before = (folder / output).read_bytes()
    code, _, err = run(*ASK, "--rules", "rules.csv", "-o", output, "--overwrite")
    assert code == 2
    assert "also an input" in err
    assert (folder / output).read_bytes() == before


def test_too_many_rejects_end_with_4_and_everything_written(run, folder):
    code, _, err = run(*ASK, "--crs", "cgcs2000", "-o", "out.csv", "--max-rejects", "50%")
    assert code == 4
    assert "--max-rejects 50%" in err
    assert (folder / "out.csv").exists()
    assert (folder / "out.rejects.csv").exists()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--max-rejects", "few"), 2, "--max-rejects few"),
        (("--rename", "x"), 2, "NEW=COLUMN"),
        (("--rename", "x=grid_id,y=grid_id"), 2, "two names"),
        (("--columns", ","), 2, "--columns"),
        (("--columns", "nothing"), 2, "there is no nothing"),
        (("--lon", "东经"), 3, "no column '东经'"),
        (("--rules", "no.csv"), 3, "no.csv is not there"),
        (("--encoding", "utf-8"), 3, "--encoding"),
        (("--border-m", "-1"), 2, "--border-m"),
        (("--place", "所属区县"), 2, "need cells with"),
        (("--accuracy-m", "-1"), 2, "--accuracy-m"),
        (("--accuracy-column", "精度"), 3, "no column '精度' (accuracy_column=, --accuracy-column)"),
        (("--against", "police"), 2, "--check-column"),
        (("--check-column", "编码", "--vintage-id", "x"), 2, "--vintage FILE"),
        (("--check-column", "编码", "--normalise", "lower"), 2, "one of upper, strip, digits"),
        (("--check-column", "编号"), 3, "(column=, --check-column)"),
        (("--check-column", "编码", "--against", "ward"), 2, "the cells have no ward"),
        (("--check-column", "编码", "--vintage", "none.gpkg"), 3, "none.gpkg"),
        (("--check-column", "编码", "--mismatches", "out.csv"), 2, "--mismatches out.csv"),
    ],
)
def test_options_that_cannot_be_are_explained(run, options, code, said):
    ended, out, err = run(*ASK, "--crs", "cgcs2000", "-o", "out.csv", *options)
    assert (ended, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


RECORDED = (
    "编码,经度,纬度,网格\n1,113.73,34.72,A1\n2,113.73,34.72,A2\n3,113.7399999,34.72,A2\n4,113.75,34.72,\n"
)


def test_recorded_units_are_held_against_located_ones(run, folder):
    (folder / "recorded.csv").write_text(RECORDED, encoding="utf-8")
    asked = ("recorded.csv", "--cells", "police=警务 网格.gpkg", "--crs", "cgcs2000")
    code, out, err = run(*asked, "--check-column", "网格", "-o", "out.csv")
    assert (code, out) == (0, "")
    assert "Recorded unit (网格) against located unit (police): 3 rows with both" in err
    assert "          1   33.33 %  agree" in err
    assert "          2   66.67 %  lie at most 1 m outside the recorded unit" in err
    assert "2 rows differ, all in out.mismatches.csv" in err
    listed = read_table(folder / "out.mismatches.csv")
    assert listed.columns == ["_row", "_recorded", "_located", "_distance_m", "编码", "经度", "纬度", "网格"]
    assert listed["_row"].to_list() == ["2", "3"]
    assert listed["_located"].to_list() == ["A1", "A1"]
    assert [float(metres) for metres in listed["_distance_m"]] == pytest.approx([916, 0.009], rel=0.01)
    assert "Likely reason: " in err


def test_a_list_of_mismatches_may_go_elsewhere_and_an_old_one_goes(run, folder):
    (folder / "recorded.csv").write_text(RECORDED, encoding="utf-8")
    asked = (
        "recorded.csv",
        "--cells",
        "police=警务 网格.gpkg",
        "--crs",
        "cgcs2000",
        "--check-column",
        "网格",
    )
    code, _, err = run(*asked, "-o", "out.csv", "--mismatches", "list.xlsx")
    assert (code, (folder / "list.xlsx").exists()) == (0, True)
    (folder / "recorded.csv").write_text(RECORDED.replace(",A2", ",A1"), encoding="utf-8")
    code, _, err = run(*asked, "-o", "out.csv", "--mismatches", "list.xlsx", "--overwrite")
    assert (code, (folder / "list.xlsx").exists()) == (0, False)
    assert "list.xlsx of an earlier run was removed: no row differs now." in err


def test_boundaries_of_another_year_are_compared(run, folder):
    gpd.GeoDataFrame(
        {"网格编码": ["A2", "A1"]},
        geometry=[box(113.72, 34.71, 113.74, 34.73), box(113.74, 34.71, 113.76, 34.73)],
        crs=4490,
    ).to_file(folder / "old.gpkg")
    rows = [f"{n},{113.721 + n / 1500:.6f},34.72,A2" for n in range(20)]
    (folder / "recorded.csv").write_text("\n".join(["编码,经度,纬度,网格", *rows]), encoding="utf-8")
    asked = ("recorded.csv", "--cells", "police=警务 网格.gpkg", "--crs", "cgcs2000", "-o", "out.csv")
    code, _, err = run(*asked, "--check-column", "网格", "--vintage", "old.gpkg", "--vintage-id", "网格编码")
    assert code == 0
    assert "vintage: 2 grids of one unmerged layer from old.gpkg" in err
    assert "         20  100.00 %  agree with old.gpkg" in err
    assert "Likely reason: The units were recorded by the boundaries of old.gpkg: 100.00 % agree there" in err
    told = json.loads((folder / "out.csv.json").read_text("utf-8"))["options"]["recorded"]
    assert (told["column"], told["vintage"]["name"]) == ("网格", "old.gpkg")
    assert len(told["vintage"]["content_hash"]) == 32


def test_many_files_are_checked_one_by_one(run, folder):
    (folder / "in").mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / "in" / name).write_text(RECORDED, encoding="utf-8")
    asked = ("in", "--cells", "police=警务 网格.gpkg", "--crs", "cgcs2000", "-o", "out")
    code, _, err = run(*asked, "--check-column", "网格")
    assert code == 0
    assert err.count("  Recorded unit (网格) against located unit (police): 3 rows with both") == 2
    assert len(list((folder / "out").glob("*.mismatches.csv"))) == 2


def test_a_log_of_json_tells_what_was_found(run, folder):
    (folder / "recorded.csv").write_text(RECORDED, encoding="utf-8")
    asked = ("recorded.csv", "--cells", "police=警务 网格.gpkg", "--crs", "cgcs2000", "-o", "out.csv")
    code, _, err = run(*asked, "--check-column", "网格", "--accuracy-m", "15", "--log-format", "json")
    done = json.loads(err.splitlines()[-1])
    assert (code, done["doubts"]) == (0, {"coarse": 3})
    assert (done["recorded"]["compared"], done["recorded"]["exact"]) == (3, 1)
    assert done["recorded"]["mismatches"] == "out.mismatches.csv"
    assert done["another_within_m"] == {"1": 1, "5": 1, "15": 1, "30": 1}


def test_missing_files_are_said_with_exit_code_3(run):
    code, _, err = run("none.csv", "--cells", "警务 网格.gpkg", "-o", "out.csv")
    assert (code, "none.csv is not there" in err) == (3, True)
    code, _, err = run("事件 导出.csv", "--cells", "none.gpkg", "-o", "out.csv")
    assert (code, "none.gpkg" in err) == (3, True)


def test_added_columns_are_chosen_and_renamed(run):
    options = ("--columns", "police，grid_id", "--prefix", "p_", "--rename", "网格=grid_id")
    assert run(*ASK, "--crs", "cgcs2000", "-o", "out.csv", *options)[0] == 0
    assert read_table("out.csv").columns[-2:] == ["p_police", "网格"]


def test_ctrl_c_leaves_nothing_half_written(run, folder, monkeypatch):
    def interrupt(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("gridgov.tag.written.open_writer", interrupt)
    before = sorted(path.name for path in folder.iterdir())
    code, _, err = run(*ASK, "--crs", "cgcs2000", "-o", "out.csv")
    assert code == 130
    assert "Interrupted; nothing was left half-written." in err
    assert sorted(path.name for path in folder.iterdir()) == before


@needs_dc
@pytest.mark.parametrize(
    ("name", "column", "share"), [("crime_2016_30d", "PSA", 0.95), ("requests_311_2016_30d", None, None)]
)
def test_real_exports_keep_every_value_and_find_their_grid(run, folder, name, column, share):
    source = DC / f"{name}.csv"
    cells = f"psa={DC / 'dc_layers.gpkg'}#police_service_areas_psa"
    code, _, err = run(source, "--cells", cells, "--cells-id", "PSA", "-o", "out.csv", "--prefix", "g_")
    assert code == 0, err
    given, written = read_table(source), read_table("out.csv")
    assert written.select(given.columns).equals(given)
    if column:
        labelled = written.drop_nulls(column)
        assert (labelled[column] == labelled["g_grid_id"]).mean() > share

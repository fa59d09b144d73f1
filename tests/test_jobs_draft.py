"""Jobs drafted: what each file is taken for, and what is asked."""

import shutil

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from gridgov.jobs import read_job
from gridgov.jobs.draft import draft_job
from gridgov.jobs.draft.sorting import dateless
from gridgov.jobs.keys import KEYS, NAMED

X0, Y0 = 474_000, 3_843_000


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "来件").mkdir()
    return tmp_path / "来件"


def save(folder, name, columns, crs=4547):
    """Squares of 200 m side by side, a row each."""
    rows = len(next(iter(columns.values())))
    squares = [box(X0 + 200 * n, Y0, X0 + 200 * n + 200, Y0 + 200) for n in range(rows)]
    gpd.GeoDataFrame(columns, geometry=squares, crs=4547).to_crs(crs).to_file(folder / name)


def districts(folder):
    save(
        folder, "区县.geojson", {"区县编码": ["410104", "410105"], "区县名称": ["管城回族区", "金水区"]}, 4490
    )


def drafted(folder):
    """The draft, and the job that it is when nothing is answered."""
    draft = draft_job(folder, folder.parent / "job.toml")
    (folder.parent / "job.toml").write_text(draft.text, "utf-8")
    return draft, read_job(folder.parent / "job.toml")


def incidents(folder, name, columns=("事件编码", "小类", "所属区县", "经度", "纬度"), crs="gcj02"):
    from gridgov.datum import transform_points

    x, y = [X0 + 100, X0 + 300], [Y0 + 100, Y0 + 100]
    lon, lat = transform_points(x, y, source="EPSG:4547", target=crs)
    rows = {
        "事件编码": ["1", "2"],
        "小类": "路灯",
        "所属区县": ["管城区", "金水区"],
        "经度": lon,
        "纬度": lat,
    }
    pd.DataFrame(rows)[list(columns)].to_csv(folder / name, index=False, encoding="gb18030")


def test_the_draft_of_every_kind_of_file_is_a_job(sent):
    draft, job = drafted_of(sent)
    assert [each.name for each in job.rungs] == ["district"]
    assert [each.name for each in job.layers] == ["comprehensive", "police", "urban", "sanitation"]
    assert len(draft.questions) == 1


def drafted_of(sent):
    draft = draft_job(sent, sent.parent / "job.toml")
    (sent.parent / "job.toml").write_text(draft.text, "utf-8")
    return draft, read_job(sent.parent / "job.toml")


def test_the_usual_order_of_precedence_is_comprehensive_police_urban_others_zones(folder):
    for name in ("经开区.gpkg", "消防.gpkg", "燃气片区.gpkg", "城管.gpkg", "警务.gpkg", "综治.gpkg"):
        save(folder, name, {"网格编码": [f"{name}1", f"{name}2"]})
    _, job = drafted(folder)
    assert [each.name for each in job.layers] == [
        "comprehensive",
        "police",
        "urban",
        "fire",
        "燃气片区",
        "run_by",
    ]


def test_two_layers_of_one_department_get_names_of_their_own(folder):
    save(folder, "警务东.gpkg", {"网格编码": ["1"]})
    save(folder, "警务西.gpkg", {"网格编码": ["2"]})
    assert [each.name for each in drafted(folder)[1].layers] == ["police", "police_2"]


def test_of_several_layers_in_a_file_each_is_named(folder):
    save(folder, "一.gpkg", {"网格编码": ["1"]})
    gpd.read_file(folder / "一.gpkg").to_file(folder / "一.gpkg", layer="警务")
    files = [each.get("file") for each in drafted(folder)[1].layers]
    assert files == [(folder / "一.gpkg", "警务"), (folder / "一.gpkg", "一")]


def test_a_ledger_goes_to_the_layer_whose_ids_it_has_whatever_it_is_called(folder):
    save(folder, "城管.gpkg", {"网格编码": ["U1", "U2"]})
    save(folder, "警务.gpkg", {"网格编码": ["P1", "P2"]})
    pd.DataFrame({"网格编码": ["p1", "P2 ", "P9"], "责任单位": "一所"}).to_excel(
        folder / "表.xlsx", index=False
    )
    pd.DataFrame({"网格编码": ["X1", "X2"], "责任单位": "谁"}).to_excel(folder / "别的.xlsx", index=False)
    draft, job = drafted(folder)
    assert {each.name: each.get("attributes") for each in job.layers} == {
        "police": (folder / "表.xlsx", None),
        "urban": None,
    }
    assert "not used: 别的.xlsx (its ids are those of no layer)" in draft.notes


def test_an_id_that_may_be_two_columns_is_a_question_with_both(folder):
    save(folder, "警务.gpkg", {"网格编码": ["a", "b"], "网格编号": ["1", "2"]})
    draft, _ = drafted(folder)
    lines = draft.text.split("\n")
    [asked] = draft.questions
    assert lines[asked + 1 : asked + 3] == ['# id = "网格编码"  # a, b', '# id = "网格编号"  # 1, 2']


def test_an_id_that_is_not_found_is_a_question_with_the_columns_that_differ_in_every_row(folder):
    save(folder, "警务.gpkg", {"甲": ["a", "b"], "乙": ["x", "x"]})
    text = drafted(folder)[0].text
    assert '\n# id = "甲"  # a, b\n' in text
    assert '# id = "乙"' not in text


def test_a_file_that_cannot_be_read_is_said_and_does_not_stop_the_rest(folder):
    save(folder, "警务.gpkg", {"网格编码": ["a"]})
    (folder / "坏.gpkg").write_bytes(b"x")
    draft, job = drafted(folder)
    assert len(job.layers) == 1
    said = next(line for line in draft.text.splitlines() if "cannot be read" in line)
    assert said.startswith("# 不能读取 cannot be read: 坏.gpkg: ")
    assert said.count("坏.gpkg") == 1


def test_results_of_earlier_runs_are_passed_over(folder):
    save(folder, "警务.gpkg", {"网格编码": ["a"]})
    (folder / "results").mkdir()
    (folder / "results" / "run.json").write_text("{}")
    shutil.copy(folder / "警务.gpkg", folder / "results" / "城管.gpkg")
    assert [each.name for each in drafted(folder)[1].layers] == ["police"]


def test_names_with_quotes_and_other_marks_make_no_other_toml(folder):
    name = '警务" ] = #1.gpkg'
    save(folder, name, {"甲": ["a", "b"], 'b"\\': ["1", "2"]})
    draft, job = drafted(folder)
    assert job.layers[0].get("file") == (folder / name, None)
    assert '\n# id = "b\\"\\\\"  # 1, 2\n' in draft.text


def test_the_datum_of_incidents_is_a_question_that_the_recorded_places_help_to_answer(folder):
    districts(folder)
    save(folder, "警务.gpkg", {"网格编码": ["a", "b"]})
    incidents(folder, "随手拍_20250601.csv")
    draft, job = drafted(folder)
    [asked] = draft.questions
    lines = draft.text.split("\n")
    assert lines[asked + 1].startswith('# crs = "gcj02"  # 100.0% ')
    assert [each.name for each in job.assigns] == ["随手拍"]
    assert job.assigns[0].get("files") == (folder / "随手拍_*.csv", None)
    assert job.assigns[0].get("place") == ["所属区县"]


def test_files_that_differ_in_their_dates_are_one_section(folder):
    for day in ("20250601", "20250602"):
        incidents(folder, f"随手拍{day}.csv")
    incidents(folder, "采集 2025-06-01.csv")
    assert [each.name for each in drafted(folder)[1].assigns] == ["采集", "随手拍"]


def test_incidents_without_coordinates_are_asked_for_no_datum(folder):
    incidents(folder, "12345热线.csv", columns=("事件编码", "小类", "所属区县"))
    shutil.copy(folder / "12345热线.csv", folder / "rules.csv")
    (folder / "rules.csv").write_text("category,handler\n路灯,一所\n", "utf-8")
    draft, job = drafted(folder)
    [section] = job.assigns
    assert (section.name, section.get("place"), section.get("category")) == (
        "12345热线",
        ["所属区县"],
        "小类",
    )
    assert section.get("rules") == (folder / "rules.csv", None)
    assert "crs = " not in draft.text


def test_without_layers_the_network_that_is_there_is_asked(folder, city):
    shutil.copy(city / "network.gpkg", folder / "network.gpkg")
    incidents(folder, "夜.csv")
    _, job = drafted(folder)
    assert job.layers == ()
    assert job.assigns[0].get("cells") == (folder / "network.gpkg", None)


def test_every_optional_line_is_a_key_when_its_mark_is_removed(sent):
    draft, _ = drafted_of(sent)
    text = draft.text[draft.text.index("[check]") :]
    (sent.parent / "all.toml").write_text(text.replace("\n# ", "\n"), "utf-8")
    assert drafted_of(sent)[1].sections == {}
    job = read_job(sent.parent / "all.toml")
    assert set(job.sections) == set(KEYS) - {*NAMED, ""}


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("随手拍_20250601.csv", "随手拍_*.csv"),
        ("随手拍2025-06-01.csv", "随手拍*.csv"),
        ("随手拍2025年6月1日.xlsx", "随手拍*.xlsx"),
        ("夜_20250601_0230.csv", "夜_*.csv"),
        ("12345.csv", "12345.csv"),
        ("410104.csv", "410104.csv"),
    ],
)
def test_a_date_in_a_name_stands_for_any(tmp_path, name, pattern):
    assert dateless(tmp_path / name) == tmp_path / pattern

"""A report says of each grid who, how large and what changed; everything people typed stays text."""

import re
from io import BytesIO

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from shapely import box

import gridgov
from gridgov import ArgumentError, make_grids, make_report, merge_grids
from gridgov.report import figures
from gridgov.report.changes import changes_of
from gridgov.report.overview import Advice
from gridgov.report.paper import HIGH_MM, LEAST_MAP_MM, divide, grid_columns, row_height
from gridgov.report.sheets import _Open

EAST, NORTH = 475_000.0, 3_843_000.0
EVIL = "<img src=x onerror=alert(1)>"


def network(border_m=0.0, names=("甲", EVIL, "丙"), **columns):
    """Three strips of 100 m of the first department; police has two, apart from them by `border_m`."""

    def layer(edges, **more):
        shapes = [box(EAST + a, NORTH, EAST + b, NORTH + 100) for a, b in edges]
        return gpd.GeoDataFrame(more, geometry=shapes, crs=4547)

    first = layer(
        [(0, 100), (100, 200), (200, 300)],
        grid_id=["A", "B", "C"],
        name=list(names),
        owner="居委会",
        **columns,
    )
    police = layer([(0, 150 + border_m), (150 + border_m, 300)], grid_id=["P1", "P2"], owner=["一所", None])
    within = layer([(0, 200), (200, 300)], grid_id=["1", "2"], name=["东街道", "西街道"])
    layers = {"社区": make_grids(first, department="社区"), "police": make_grids(police, department="police")}
    carry = {"社区": list(columns)} if columns else None
    return merge_grids(layers, within={"street": make_grids(within, department="street")}, carry=carry)


@pytest.fixture(scope="module")
def plain():
    return network()


@pytest.fixture(scope="module")
def report(plain):
    return make_report(plain, made_on="2025-06-01", printed_on="2025-06-02", language="zh")


def test_there_is_a_sheet_per_street_and_per_pair_of_departments(report):
    assert [(sheet.kind, sheet.title) for sheet in report.sheets] == [
        ("unit", "东街道 1"),
        ("unit", "西街道 2"),
        ("pair", "社区 - police"),
    ]


def test_a_sheet_lists_the_grids_of_its_street(report):
    east, west, _ = report.sheets
    assert east.grids["grid_id"].tolist() == ["A", "B"]
    assert west.grids["area_m2"].tolist() == [10_000.0]


def test_numbers_and_letters_on_the_map_are_those_of_the_tables(report):
    sheet = report.sheets[0]
    said = [*map(str, sheet.grids["number"]), *sheet.conflicts["letter"]]
    assert [label.text for label in sheet.ground.labels] == said == ["1", "2", "A"]


def test_those_who_sign_are_the_street_and_the_departments(report):
    assert list(report.sheets[0].signers) == ["东街道", "社区", "police"]
    assert list(report.sheets[2].signers) == ["社区", "police", "牵头单位"]


def test_what_was_carried_says_who_is_in_charge_and_how_many_households():
    sheet = make_report(network(网格长=["张", "李", None], 户数=["4２0", "1,300", None])).sheets[0]
    assert sheet.grids["people"].tolist() == ["张", "李"]
    assert make_report(network(户数=["420", "1,300", None])).sheets[0].grids["households"].tolist() == [
        420,
        1300,
    ]


def test_without_them_the_way_to_get_them_is_said(report):
    assert any("--carry 社区=网格长" in note for note in report.notes)
    assert any("--carry 社区=户数" in note for note in report.notes)


def test_ground_that_was_drawn_as_anothers_is_told(moved_network):
    rows = changes_of(moved_network, "police")
    moved = rows[(rows["grid_id"] == "P2") & (rows["from_grid"] == "P1")]
    assert moved["area_m2"].tolist() == pytest.approx([6 * 200], abs=30)


def test_ground_that_was_nobodys_is_told(moved_network):
    rows = changes_of(moved_network, "urban")
    assert set(rows["grid_id"]) <= {"U1"}


def test_changes_since_an_older_network_are_told(plain):
    newer = network(border_m=10.0)
    rows = changes_of(newer, "police", previous=plain)
    assert rows[["grid_id", "from_grid"]].to_numpy().tolist() == [["P1", "P2"]]
    assert rows["area_m2"].tolist() == pytest.approx([10 * 100], rel=0.01)


def test_nothing_changed_against_itself(plain):
    assert len(changes_of(plain, "police", previous=plain)) == 0


def test_an_older_network_without_a_department_is_refused(plain, four_network):
    with pytest.raises(ArgumentError, match="no department 社区"):
        make_report(plain, previous=four_network)


def test_a_rung_that_is_not_there_is_refused(plain):
    with pytest.raises(ArgumentError, match="no rung 'community'; its rungs are street"):
        make_report(plain, rung="community")


def test_open_conflicts_stand_on_their_sheet(moved_network):
    sheets = make_report(moved_network).sheets
    opened = moved_network.conflicts[moved_network.conflicts["severity"] == "decide"]
    assert opened["district"].isna().any()  # one lies outside the city; the nearest unit settles it
    listed = [one for sheet in sheets if sheet.kind == "unit" for one in sheet.conflicts["conflict_id"]]
    assert sorted(listed) == sorted(opened["conflict_id"])


def test_coverage_adds_up(report):
    table = report.tables["coverage"]
    assert np.allclose(table["covered_m2"] + table["missing_m2"], table["city_m2"])


def test_grids_without_an_owner_are_listed(report):
    assert report.tables["no_owner"][["department", "grid_id"]].to_numpy().tolist() == [["police", "P2"]]


def test_households_are_held_against_the_advised_range():
    table = make_report(network(户数=["420", "1300", "10"])).tables["households"]
    assert table[["below", "within", "above"]].to_numpy().sum(axis=0).tolist() == [1, 1, 1]


def test_sizes_are_held_against_a_range_that_is_given(plain):
    advice = Advice(area_m2={"社区": (9_000.0, 9_999.0)})
    table = make_report(plain, advice=advice).tables["size"]
    assert table.loc[0, "above"] == 3
    assert pd.isna(table.loc[1, "above"])


@pytest.mark.parametrize("text", [(500.0, 300.0), (-1.0, 5.0)])
def test_a_range_goes_upwards(text):
    with pytest.raises(ArgumentError, match="smaller to a larger"):
        Advice(households=text)


def test_incidents_are_counted_per_grid_and_unit(plain):
    tagged = pd.DataFrame(
        {"grid_id": ["A", "A", None], "street": ["1", "1", None], "handler": ["x", "y", "x"]}
    )
    made = make_report(plain, incidents=tagged)
    assert made.sheets[0].grids["incidents"].tolist() == [2, 0]
    assert made.tables["incidents"]["incidents"].tolist() == [2, 0, 1]
    assert made.tables["handlers"]["incidents"].tolist() == [2, 1]


def test_names_stay_text(report):
    html = report.html()
    assert EVIL not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_nothing_is_loaded_from_anywhere(report):
    html = report.html()
    loaded = re.findall(r"""<(?:img|link|script|iframe)\b[^>]*?(?:src|href)="([^"]*)""", html)
    assert all(source.startswith("data:image/png") for source in loaded)
    assert "<script" not in html
    assert "default-src 'none'" in html


def test_the_foot_says_version_date_datum_and_a_line(plain):
    html = make_report(plain, made_on="2025-06-01", printed_on="2025-06-02", footer="仅供讨论").html()
    foot = html[html.index("<footer>") :]
    for said in (plain.version, "2025-06-01", "EPSG:4547", "2025-06-02", "仅供讨论"):
        assert said in foot[: foot.index("</footer>")]


def test_words_are_of_the_language(plain, report):
    assert "内部工作底图" in report.html()
    assert "签字" in report.html()
    english = make_report(plain).html()
    assert "Working draft, internal" in english
    assert "Signature" in english


def test_the_workbook_has_the_tables_and_figures(report):
    book = load_workbook(BytesIO(report.workbook()))
    assert {"覆盖台账", "网格", "变动明细", "待定冲突清单", "说明"} <= set(book.sheetnames)
    assert [cell.value for cell in book["网格"][1]][:3] == ["部门", "网格编码", "名称"]
    assert book["网格"]["C3"].value == EVIL


def test_without_matplotlib_there_are_no_figures_and_it_is_said(plain, monkeypatch):
    monkeypatch.setattr(figures, "find_spec", lambda _name: None)
    made = make_report(plain)
    assert made.figures == {}
    assert any("gridgov[plot]" in note for note in made.notes)
    assert "<h2>Figures</h2>" not in made.html()


def test_figures_are_png(plain):
    pytest.importorskip("matplotlib")
    made = make_report(plain)
    assert {"coverage", "size"} <= set(made.figures)
    assert all(png.startswith(b"\x89PNG") for png in made.figures.values())


def test_a_system_without_chinese_fonts_is_warned_of_plainly(plain, monkeypatch):
    pytest.importorskip("matplotlib")
    monkeypatch.setattr(figures, "CHINESE_FONTS", ("No Such Font",))
    assert any("No font has Chinese characters" in note for note in make_report(plain).notes)


def test_rows_that_fit_are_on_one_page_with_their_map():
    (page,) = divide([1, 2], [3], grid_heights=[5, 5], conflict_heights=[8])
    assert (page.grids, page.conflicts, page.last) == ([1, 2], [3], True)
    assert page.map_mm >= LEAST_MAP_MM


def test_more_rows_go_on_and_none_is_lost():
    pages = divide(list(range(150)), [], grid_heights=[5.0] * 150, conflict_heights=[])
    assert [row for page in pages for row in page.grids] == list(range(150))
    assert [page.last for page in pages] == [False] * (len(pages) - 1) + [True]
    assert [page.map_mm > 0 for page in pages] == [True] + [False] * (len(pages) - 1)
    assert all(sum([5.0] * len(page.grids)) + page.map_mm < HIGH_MM for page in pages)


def test_a_row_is_as_high_as_its_longest_text():
    widths = grid_columns(["name"])
    short, long = row_height({"name": ["甲"]}, widths), row_height({"name": ["甲" * 40]}, widths)
    assert long > 3 * short


def test_a_network_of_one_department_has_no_pairs():
    layer = make_grids(
        gpd.GeoDataFrame({"grid_id": ["A"]}, geometry=[box(EAST, NORTH, EAST + 90, NORTH + 90)], crs=4547),
        department="patrol",
    )
    alone = merge_grids({"patrol": layer})
    assert [sheet.kind for sheet in make_report(alone).sheets] == ["unit"]
    assert make_report(alone).html()


def test_it_is_public():
    assert gridgov.make_report is make_report


def test_letters_of_conflicts_in_one_place_stand_beside_each_other():
    table = pd.DataFrame({"letter": ["A", "B", "C"]})
    shapes = np.array([box(0, 0, 10, 10), box(0, 0, 11, 10), box(900, 0, 910, 10)], dtype=object)
    _, labels = _Open(table, shapes).drawn()
    assert [label.text for label in labels] == ["A,B", "C"]

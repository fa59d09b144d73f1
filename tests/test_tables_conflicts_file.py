"""The list of conflicts as a workbook: what is where, drop-downs, and that it comes back as it went."""

import datetime as dt
import shutil
import subprocess

import geopandas as gpd
import openpyxl
import pytest
from shapely import box
from shapely.affinity import translate

from gridgov import (
    Decisions,
    FormatError,
    OutputExistsError,
    make_grids,
    merge_grids,
    read_decisions,
    read_network,
    write_conflicts,
    write_network,
)
from gridgov.datum import transform_points
from gridgov.decisions.sheets import HEADINGS
from gridgov.decisions.words import MEANINGS, shown
from gridgov.tables.conflicts_file import COUNTS, HOW_TO, NOTES

X0, Y0 = 474_000, 3_843_000  # in EPSG:4547, near Zhengzhou
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def layer(department, boxes, **columns):
    shapes = [translate(box(*corners), X0, Y0) for corners in boxes.values()]
    table = {"grid_id": list(boxes), "owner": [f"{name}所" for name in boxes], **columns}
    roles = {"id": "grid_id", "owner": "owner", **({"name": "name"} if columns else {})}
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs=4547)
    return make_grids(frame, department=department, columns=roles)


@pytest.fixture(scope="module")
def drawn():
    """Two police grids that overlap, a place without one, a campus, and borders 10 m apart from the base's.

    The second id is a formula to a spreadsheet, the first a number of 17 digits.
    """
    base = {"B1": (0, 0, 200, 200), "B2": (200, 0, 400, 200)}
    police = {
        "41010400900100001": (0, 0, 230, 80),
        "=1+1": (170, 0, 400, 80),
        "P3": (0, 120, 205, 200),
        "P4": (205, 120, 400, 200),
        "campus": (20, 20, 60, 60),
    }
    layers = {
        "base": layer("base", base, name=["东社区第1网格", "东社区第2网格"]),
        "police": layer("police", police),
    }
    return layers, {"district": layer("district", {"410104": (0, 0, 400, 200)}, name=["管城回族区"])}


def merged(drawn, decisions=None):
    layers, within = drawn
    return merge_grids(layers, within=within, tolerance_m=25.0, decisions=decisions)


@pytest.fixture(scope="module")
def network(drawn):
    return merged(drawn)


@pytest.fixture(scope="module")
def written(network, tmp_path_factory):
    path = tmp_path_factory.mktemp("list") / "冲突清单.xlsx"
    return path, write_conflicts(network, path)


@pytest.fixture(scope="module")
def book(written):
    return openpyxl.load_workbook(written[0])


def rows_of(book, name):
    """Rows of a sheet by the keys of its headings."""
    keys = {heading: key for key, heading in HEADINGS.items()}
    heading, *rows = book[name].iter_rows(values_only=True)
    return [{keys[h]: value for h, value in zip(heading, row, strict=True)} for row in rows]


def row_of(book, kind, name="police"):
    return next(row for row in rows_of(book, name) if row["kind"].endswith(kind))


def fill(path, words, **more):
    """Type words beside conflicts, as people do."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        headings = [cell.value for cell in sheet[1]]
        if HEADINGS["decision"] not in headings:
            continue
        for row in sheet.iter_rows(min_row=2):
            word = words.get(row[headings.index(HEADINGS["conflict_id"])].value)
            if word is not None:
                for key, value in {"decision": word, **more}.items():
                    row[headings.index(HEADINGS[key])].value = value
    book.save(path)
    return path


def test_a_sheet_per_department_stands_between_the_instructions_and_the_rest(book):
    assert book.sheetnames == [HOW_TO, "police", NOTES, COUNTS]


def test_what_needs_a_decision_is_listed_and_what_is_settled_counted(network, written, book):
    severities = network.conflicts["severity"].value_counts()
    assert written[1]["open"] == severities["decide"] == len(rows_of(book, "police"))
    assert written[1]["notes"] == severities["note"] == len(rows_of(book, NOTES))
    assert sum(row["places"] for row in rows_of(book, COUNTS)) >= severities["settled"]
    assert written[1]["decided"] == 0


def test_ids_are_text_and_nothing_is_a_formula(book):
    row = row_of(book, "overlap")
    assert (row["a"], row["b"]) == ("41010400900100001", "=1+1")
    kinds = {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds


def test_a_row_names_both_grids_and_their_owners(book):
    row = row_of(book, "overlap")
    assert (row["a_owner"], row["b_owner"]) == ("41010400900100001所", "=1+1所")
    assert row["conflict_id"]
    assert row["resolution"].startswith("given to ")


def test_a_place_is_said_in_words_and_in_two_datums(book):
    row = row_of(book, "overlap")
    assert row["place"].startswith("管城回族区")
    assert row["nearest"] in {"东社区第1网格 (B1)", "东社区第2网格 (B2)"}
    lon, lat = transform_points(row["lon"], row["lat"], source="cgcs2000", target="gcj02")
    assert (row["gcj02_lon"], row["gcj02_lat"]) == pytest.approx((float(lon), float(lat)), abs=1e-6)


def test_the_drop_down_offers_what_the_kind_takes(book):
    sheet = book["police"]
    column = [cell.value for cell in sheet[1]].index(HEADINGS["decision"]) + 1
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            assert (area.min_col, area.max_col) == (column, column)
            offered |= dict.fromkeys(range(area.min_row, area.max_row + 1), rule.formula1)
    kinds = {number: row["kind"] for number, row in enumerate(rows_of(book, "police"), start=2)}
    assert set(offered) == set(kinds)
    overlap = next(number for number, kind in kinds.items() if kind.endswith("overlap"))
    assert offered[overlap] == '"保留A keep A,保留B keep B,拆分 split,维持现状 leave,忽略 ignore"'


def test_notes_say_whose_they_are_as_they_stand_on_one_sheet(book):
    assert {row["departments"] for row in rows_of(book, NOTES)} == {"police"}


def test_notes_have_no_drop_down(book):
    assert not book[NOTES].data_validations.dataValidation


def test_headings_stay_in_view_and_can_be_filtered(book):
    sheet = book["police"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions


def test_the_first_sheet_explains_every_word_in_both_languages(book):
    text = "\n".join(str(v) for row in book[HOW_TO].iter_rows(values_only=True) for v in row if v)
    for means in MEANINGS.values():
        for words in (means.keep, means.split, means.leave):
            assert words is None or all(part in text for part in words)
    assert "--decisions" in text
    assert shown("keep A") in text


def test_a_list_nobody_filled_in_decides_nothing(written):
    stated = read_decisions(written[0])
    assert len(stated) == 0
    assert len(stated.rows) == written[1]["open"] + written[1]["notes"]


def test_what_was_decided_comes_back_and_the_next_list_has_it(drawn, network, written, tmp_path):
    path = tmp_path / "filled.xlsx"
    shutil.copy(written[0], path)
    overlap = network.conflicts.query("kind == 'overlap' and severity == 'decide'").iloc[0]["conflict_id"]
    day = dt.date(2026, 11, 20)
    fill(path, {overlap: "拆分 split"}, decided_by="张三", decided_on=day, decision_note="已核实")
    decided = merged(drawn, read_decisions(path))
    again = tmp_path / "again.xlsx"
    rows = write_conflicts(decided, again)
    assert (rows["open"], rows["decided"]) == (written[1]["open"] - 1, 1)
    assert read_decisions(again).sha256 == read_decisions(path).sha256
    assert merged(drawn, read_decisions(again)).version == decided.version


def test_a_decided_network_read_again_gives_the_same_list(drawn, network, tmp_path):
    ids = network.conflicts.loc[network.conflicts["severity"] == "decide", ["conflict_id"]]
    stated = ids.assign(decision="leave", decided_by="王五", decided_on="2026-11-21", note="看过")
    decided = merged(drawn, Decisions.from_table(stated))
    write_network(decided, tmp_path / "n.gpkg")
    lists = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for one, path in zip((decided, read_network(tmp_path / "n.gpkg")), lists, strict=True):
        write_conflicts(one, path)
    one, two = (read_decisions(path) for path in lists)
    assert one.rows.to_numpy().tolist() == two.rows.to_numpy().tolist()
    assert set(one.rows["decided_by"].dropna()) == {"王五"}


def test_equal_content_is_an_equal_file_when_the_day_is_given(network, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    paths = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for path in paths:
        write_conflicts(network, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_only_workbooks_are_written_and_none_over_another(network, tmp_path):
    with pytest.raises(FormatError, match=r"is a workbook; name an \.xlsx"):
        write_conflicts(network, tmp_path / "list.csv")
    (tmp_path / "list.xlsx").write_text("mine")
    with pytest.raises(OutputExistsError, match="already there"):
        write_conflicts(network, tmp_path / "list.xlsx")


def test_outside_china_there_is_no_gcj02(tmp_path):
    def there(layers):
        return {name: table.set_crs(32618, allow_override=True) for name, table in layers.items()}

    police = {"P1": (0, 0, 230, 200), "P2": (170, 0, 400, 200)}
    within = there({"district": layer("district", {"D": (0, 0, 400, 200)})})
    network = merge_grids(there({"police": layer("police", police)}), within=within, tolerance_m=25.0)
    write_conflicts(network, tmp_path / "list.xlsx")
    row = row_of(openpyxl.load_workbook(tmp_path / "list.xlsx"), "overlap")
    assert "lon" in row
    assert "gcj02_lon" not in row


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_list_saved_by_libreoffice_decides_the_same(drawn, network, written, tmp_path):
    path = tmp_path / "冲突清单.xlsx"
    shutil.copy(written[0], path)
    ids = network.conflicts.loc[network.conflicts["severity"] == "decide", "conflict_id"]
    words = dict(zip(ids, ["保留B keep B", "拆分 split", "维持现状 leave"], strict=False))
    fill(path, words, decided_by="张三", decided_on=dt.date(2026, 11, 20), decision_note="已核实")
    (tmp_path / "saved").mkdir()
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    to = ["--convert-to", "xlsx", "--outdir", str(tmp_path / "saved")]
    command = [SOFFICE, home, "--headless", *to, str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    before, after = read_decisions(path), read_decisions(tmp_path / "saved" / path.name)
    assert after.rows.to_numpy().tolist() == before.rows.to_numpy().tolist()
    assert merged(drawn, after).version == merged(drawn, before).version

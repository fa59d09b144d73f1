import csv
import datetime as dt
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import polars as pl
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridgov import tables
from gridgov.datum import wgs84_to_gcj02
from gridgov.errors import ArgumentError, CRSError, FormatError, OutputExistsError, SchemaError
from gridgov.index.ready import Drawn
from gridgov.lookup import Atlas
from gridgov.owners import Rules
from gridgov.tables import MapPoints, excel_writer, load_table, read_table, write_table
from gridgov.tag import RejectLimit, TagOptions, job, opening, rejects_path, tag_file

#: South-west corner of two districts, each a square of one hundredth of a degree, side by side.
AMERICA = (-77.05, 38.90)
CHINA = (113.72, 34.71)
STEP = 0.01


def cells_at(corner):
    west, south = corner
    squares = [shapely.box(west + n * STEP, south, west + (n + 1) * STEP, south + STEP) for n in (0, 1)]
    table = {
        "cell_id": ["1-0001", "2-0001"],
        "district": ["1", "2"],
        "district_name": ["西区", "东区"],
        "police": ["P1", "P2"],
        "police_owner": ["一所", "二所"],
        "special": None,
        "area_m2": 1e6,
    }
    return gpd.GeoDataFrame(table, geometry=squares, crs=4490 if corner is CHINA else 4326)


CELLS = cells_at(AMERICA)
WEST, EAST, FAR = ("-77.045", "38.905"), ("-77.035", "38.905"), ("-78", "38")
ROWS = [
    ("007", *WEST, "路灯", "西区"),
    ("41010400100100123", "", "", "井盖", "东区"),
    ("1.50", *EAST, "路灯", ""),
    ("", *FAR, "飞线", "西区"),
    ("=x", "-77.04", "38.905", "路灯", "西区"),
    ("x,y", "0", "0", "飞线", ""),
]
HEADER = ("事件编码", "lon", "lat", "小类", "所属区县")
STATUSES = ["inside", "reject", "inside", "outside", "border", "reject"]


def incidents(path, rows=ROWS, header=HEADER, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture(autouse=True, params=[2, job.BATCH_ROWS])
def batch_rows(request, monkeypatch):
    """Every test runs with batches of two rows too: cutting a table in pieces must change nothing."""
    monkeypatch.setattr(job, "BATCH_ROWS", request.param)
    return request.param


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "随手拍 导出"
    folder.mkdir()
    return incidents(folder / "incidents.csv")


@pytest.fixture
def output(source):
    return source.with_name("tagged.csv")


def tag(source, output, cells=CELLS, *, rejects=None, max_rejects=None, overwrite=False, **options):
    return tag_file(
        source,
        output,
        cells,
        options=TagOptions(**options),
        rejects=rejects,
        max_rejects=max_rejects,
        overwrite=overwrite,
    )


def test_every_row_stays_in_its_order_with_its_values(source, output):
    tag(source, output)
    assert read_table(output).select(HEADER).equals(read_table(source))


def test_every_row_has_a_status(source, output):
    tag(source, output)
    assert read_table(output)["cell_status"].to_list() == STATUSES


def test_the_result_counts_what_was_written(source, output):
    result = tag(source, output)
    assert result.rows == 6
    assert {status: rows for status, rows in result.statuses.items() if rows} == {
        "inside": 2,
        "border": 1,
        "outside": 1,
        "reject": 2,
    }
    assert result.reasons == {"blank": 1, "outside": 1, "zero": 1}
    assert (result.rejected, result.review) == (3, 1)
    assert (result.coordinates, result.crs, result.crs_stated) == (("lon", "lat"), "wgs84", False)
    assert result.added[:3] == ("grid_id", "cell_id", "cell_status")


def test_rejects_stay_in_the_output_and_go_to_a_file_of_their_own(source, output):
    result = tag(source, output)
    assert result.rejects == rejects_path(output)
    assert read_table(result.rejects).rows() == [
        ("2", "blank", "41010400100100123", None, None, "井盖", "东区"),
        ("4", "outside", None, *FAR, "飞线", "西区"),
        ("6", "zero", "x,y", "0", "0", "飞线", None),
    ]


def test_a_rejects_file_fed_again_loses_its_first_two_columns(source, output):
    rejects = tag(source, output).rejects
    result = tag(rejects, source.with_name("again.csv"))
    assert read_table(result.output).columns[:5] == list(HEADER)
    assert read_table(result.rejects)["_row"].to_list() == ["1", "2", "3"]
    assert any("_row and _reason were dropped" in note for note in result.notes)


def test_without_rejects_there_is_no_rejects_file(source, output):
    incidents(source, ROWS[:1])
    assert tag(source, output).rejects is None
    assert not rejects_path(output).exists()


def test_a_rejects_file_of_an_earlier_run_does_not_stay(source, output):
    tag(source, output)
    incidents(source, ROWS[:1])
    result = tag(source, output, overwrite=True)
    assert not rejects_path(output).exists()
    assert any("of an earlier run was removed" in note for note in result.notes)


def test_an_old_rejects_file_that_is_open_elsewhere_is_said_to_be_old(source, output, monkeypatch):
    tag(source, output)
    incidents(source, ROWS[:1])

    def refuse(path, **more):
        if path == rejects_path(output):
            raise PermissionError(13, "denied", str(path))

    monkeypatch.setattr(type(output), "unlink", refuse)
    assert any("of an earlier run and open" in note for note in tag(source, output, overwrite=True).notes)


def test_rejects_may_go_elsewhere(source, output):
    result = tag(source, output, rejects=source.with_name("退回 1.xlsx"))
    assert read_table(result.rejects)["_reason"].to_list() == ["blank", "outside", "zero"]


@pytest.mark.parametrize("name", ["tagged.csv", "tagged.rejects.csv"])
def test_neither_file_is_overwritten_unasked(source, output, name):
    source.with_name(name).write_text("mine")
    with pytest.raises(OutputExistsError, match="--overwrite"):
        tag(source, output)
    assert sorted(path.name for path in source.parent.iterdir()) == ["incidents.csv", name]


def test_an_input_is_never_an_output(source, output):
    with pytest.raises(ArgumentError, match="also an input"):
        tag(source, source, overwrite=True)
    with pytest.raises(ArgumentError, match="also an input"):
        tag(source, output, rejects=source, overwrite=True)
    with pytest.raises(ArgumentError, match="the output itself"):
        tag(source, output, rejects=output, overwrite=True)


def raised(error):
    raise error


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
@pytest.mark.parametrize("at", [1, 2])
def test_nothing_is_left_half_written(source, output, monkeypatch, stop, at):
    opened = []

    def open_writer(path, **more):
        writer = tables.open_writer(path, **more)
        opened.append(writer)
        if len(opened) == at:
            writer.close = lambda: raised(stop)
        return writer

    monkeypatch.setattr("gridgov.tag.written.open_writer", open_writer)
    with pytest.raises(stop):
        tag(source, output)
    assert [path.name for path in source.parent.iterdir()] == ["incidents.csv"]


def test_a_column_that_is_there_already_is_said_before_anything_is_written(source, output):
    incidents(source, header=("事件编码", "lon", "lat", "review", "所属区县"))
    with pytest.raises(SchemaError, match=r"review.*--prefix"):
        tag(source, output)
    assert not output.exists()


def test_a_prefix_makes_room(source, output):
    incidents(source, header=("事件编码", "lon", "lat", "review", "所属区县"))
    assert "p_review" in tag(source, output, prefix="p_").added


def test_names_that_differ_in_case_clash_in_geopackage_only(source, output):
    incidents(source, header=("事件编码", "lon", "lat", "Review", "所属区县"))
    with pytest.raises(SchemaError, match="Review, review"):
        tag(source, output.with_suffix(".gpkg"))
    tag(source, output)


def test_only_the_columns_asked_for_are_added(source, output):
    result = tag(source, output, columns=["police", "grid_id"])
    assert read_table(output).columns == [*HEADER, "police", "grid_id"]
    assert result.statuses["inside"] == 2


def test_a_column_of_the_input_is_replaced_where_it_stands(source, output):
    header = ("所属网格编码", "lon", "lat", "小类", "所属区县")
    incidents(source, header=header)
    result = tag(source, output, rename={"grid_id": "所属网格编码"})
    written = read_table(output)
    assert written["所属网格编码"].to_list() == ["P1", None, "P2", None, "P1", None]
    assert written.columns[:6] == [*header, "cell_id"]
    assert result.replaced == ("所属网格编码",)
    assert read_table(result.rejects)["所属网格编码"].to_list() == ["41010400100100123", None, "x,y"]


def test_a_recorded_place_stands_in_for_a_coordinate(source, output):
    result = tag(source, output, place=["所属区县"])
    assert result.statuses["place"] == 1
    assert read_table(output).row(1, named=True)["district"] == "2"
    assert read_table(result.rejects)["_row"].to_list() == ["4", "6"]


def test_a_recorded_place_nobody_asked_to_use_is_pointed_out(source, output):
    note = "1 row without an answer has a recorded place: --place 所属区县 would use it."
    assert note in tag(source, output).notes


def test_a_recorded_place_whose_column_has_a_blank_is_pointed_out_as_it_can_be_typed(source, output):
    source.write_text(source.read_text("utf-8").replace("所属区县", "所属 区县", 1), encoding="utf-8")
    assert '--place "所属 区县" would use it' in " ".join(tag(source, output).notes)


def test_coordinates_may_be_missing_altogether_if_places_are_recorded(source, output):
    incidents(source, [("1", "西区")], header=("事件编码", "所属区县"))
    result = tag(source, output, place=["所属区县"])
    assert (result.statuses["place"], result.coordinates) == (1, ())
    with pytest.raises(SchemaError, match="--lon"):
        tag(source, source.with_name("other.csv"))


RULES = Rules.from_table(
    pd.DataFrame({"category": ["路灯", "井盖"], "district": ["西区", None], "handler": ["住建局", "城管局"]})
)


def test_handlers_and_what_no_rule_names_are_counted(source, output):
    result = tag(source, output, rules=RULES, category="小类", place=["所属区县"])
    assert result.unnamed_categories == {"飞线": 2}
    assert result.handlers == {"住建局": 2, "城管局": 1}
    assert result.without_handler == 1
    assert read_table(output)["handler"].to_list() == ["住建局", "城管局", None, None, "住建局", None]


def test_the_category_column_need_not_be_named(source, output):
    result = tag(
        source, output, rules=Rules.from_table(pd.DataFrame({"小类": ["路灯"], "handler": ["住建局"]}))
    )
    assert result.category == "小类"
    assert result.unnamed_categories == {"飞线": 2, "井盖": 1}


@pytest.mark.parametrize(
    ("text", "beyond"), [("2", True), ("3", False), ("49.9%", True), ("50%", False), ("100 %", False)]
)
def test_a_limit_on_rejects_is_held_but_all_is_written(source, output, text, beyond):
    result = tag(source, output, max_rejects=RejectLimit.parse(text))
    assert result.beyond_limit is beyond
    assert output.exists()
    assert result.rejects.exists()


@pytest.mark.parametrize("text", ["many", "-1", "101%", "", "nan"])
def test_a_limit_must_be_a_number_or_a_share(text):
    with pytest.raises(ArgumentError, match="--max-rejects"):
        RejectLimit.parse(text)


# Datum --------------------------------------------------------------------------------------------------


def chinese(path, datum):
    """One point in the middle of each district of China, in GCJ-02 or CGCS2000."""
    lon, lat = np.array([CHINA[0] + STEP / 2, CHINA[0] + 1.5 * STEP]), np.full(2, CHINA[1] + STEP / 2)
    if datum == "gcj02":
        lon, lat = wgs84_to_gcj02(lon, lat)
    rows = zip(["a", "b"], lon, lat, ["西区", "东区"], strict=True)
    return incidents(path, list(rows), header=("编码", "经度", "纬度", "所属区县"), encoding="gb18030")


def test_points_in_china_need_their_datum_and_recorded_places_tell_it(source, output):
    chinese(source, "gcj02")
    with pytest.raises(CRSError, match=r"--crs.*gcj02 100\.0%"):
        tag(source, output, cells_at(CHINA))
    assert not output.exists()


def test_the_stated_datum_is_used_and_told(source, output):
    result = tag(chinese(source, "gcj02"), output, cells_at(CHINA), crs="gcj02")
    assert (result.statuses["inside"], result.crs, result.crs_stated) == (2, "gcj02", True)


def test_a_text_output_is_written_as_the_input_was(source, output):
    result = tag(chinese(source, "gcj02"), output, cells_at(CHINA), crs="gcj02")
    assert result.written_as == "GB18030"
    assert "西区" in output.read_bytes().decode("gb18030")


@pytest.mark.parametrize(("ending", "crs"), [(".gpkg", 4490), (".geojson", 4326)])
def test_points_of_a_map_output_stand_where_the_incidents_are(source, output, ending, crs):
    output = output.with_suffix(ending)
    tag(chinese(source, "gcj02"), output, cells_at(CHINA), crs="gcj02")
    points = gpd.read_file(output, **({"layer": "incidents"} if ending == ".gpkg" else {}))
    assert points.crs == crs
    assert points.geometry.iloc[0].distance(shapely.Point(CHINA[0] + STEP / 2, CHINA[1] + STEP / 2)) < 1e-8


def test_rows_without_a_coordinate_have_no_point_on_the_map(source, output):
    result = tag(source, output.with_suffix(".gpkg"))
    assert "tagged.gpkg are in the coordinate system of the cells, EPSG:4326" in "".join(result.notes)
    geometry = load_table(output.with_suffix(".gpkg")).points.geometry
    assert [point is None for point in geometry] == [False, True, False, False, False, True]


# Map layers in ------------------------------------------------------------------------------------------


def layer(path, *, crs, corner=CHINA):
    points = np.array([shapely.Point(corner[0] + STEP / 2, corner[1] + STEP / 2), None])
    data = pl.DataFrame({"code": ["007", "8"], "n": [41010400100100123, None], "lon": ["kept", None]})
    write_table(data, path, points=MapPoints(points, gpd.GeoSeries(crs=crs).crs))
    return path


def test_rejected_rows_of_nested_columns_stand_as_json_in_their_table(tmp_path, four_cells):
    rows = {
        "lon": [113.728, 0.0, 0.0],
        "lat": [34.7155, 0.0, 0.0],
        "photos": [["a.jpg"], ["b.jpg", "图,1"], None],
        "by": [{"name": "甲", "on": None}, {"name": '乙"', "on": dt.date(2026, 3, 1)}, None],
    }
    pl.DataFrame(rows).write_parquet(tmp_path / "a.parquet")
    result = tag_file(
        tmp_path / "a.parquet", tmp_path / "b.parquet", four_cells, options=TagOptions(crs="cgcs2000")
    )
    assert pl.read_parquet(tmp_path / "b.parquet")["photos"].to_list() == rows["photos"]
    rejected = read_table(result.rejects)
    assert rejected["photos"].to_list() == ['["b.jpg", "图,1"]', None]
    assert json.loads(rejected["by"][0]) == {"name": '乙"', "on": "2026-03-01"}
    again = tag_file(result.rejects, tmp_path / "c.csv", four_cells, options=TagOptions(crs="cgcs2000"))
    assert again.rows == 2
    assert read_table(tmp_path / "c.csv")["photos"].to_list() == rejected["photos"].to_list()


@pytest.mark.parametrize("ending", [".gpkg", ".parquet"])
def test_a_map_layer_keeps_its_points_types_and_coordinate_system(source, ending):
    given, output = layer(source.with_suffix(ending), crs=4490), source.with_name(f"out{ending}")
    result = tag(given, output, cells_at(CHINA))
    before, after = load_table(given), load_table(output)
    assert after.data.select(before.data.columns).equals(before.data)
    assert after.points.geometry[0] == before.points.geometry[0]
    assert after.points.crs == before.points.crs
    assert (result.from_points, result.crs_stated, result.statuses["inside"]) == (True, True, 1)


def test_a_map_layer_in_china_that_claims_wgs84_must_be_confirmed(source, output):
    given = layer(source.with_suffix(".gpkg"), crs=4326)
    with pytest.raises(CRSError, match="--crs"):
        tag(given, output, cells_at(CHINA))
    assert tag(given, output, cells_at(CHINA), crs="wgs84").statuses["inside"] == 1


def test_points_of_a_map_layer_become_columns_of_a_text_table(source, output):
    tag(layer(source.with_suffix(".gpkg"), crs=4490), output, cells_at(CHINA))
    assert {"lon", "lon_1", "lat"} <= set(read_table(output).columns)
    assert read_table(rejects_path(output)).columns == ["_row", "_reason", "code", "n", "lon", "lon_1", "lat"]


# Every format in, every format out ----------------------------------------------------------------------


@pytest.mark.parametrize("into", [".csv", ".xlsx", ".parquet", ".gpkg", ".geojson"])
@pytest.mark.parametrize("given", [".csv", ".xlsx", ".parquet"])
def test_ids_stay_text_from_every_format_to_every_format(source, given, into):
    data = pl.DataFrame(ROWS, schema=list(HEADER), orient="row").with_columns(pl.all().replace("", None))
    write_table(data, source.with_name(f"in{given}"))
    tag(source.with_name(f"in{given}"), source.with_name(f"out{into}"))
    back = read_table(source.with_name(f"out{into}"))
    assert back.select(HEADER).equals(data)
    assert back["cell_status"].to_list() == STATUSES


def test_a_table_without_rows_is_tagged(source, output):
    result = tag(incidents(source, []), output)
    assert (result.rows, result.rejected, result.beyond_limit) == (0, 0, False)
    assert read_table(output).columns[:6] == [*HEADER, "grid_id"]


def test_an_output_of_unknown_kind_is_refused_before_reading(source, output):
    with pytest.raises(FormatError, match=r"tagged\.doc"):
        tag(source.with_name("not there.csv"), output.with_suffix(".doc"))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(min_codepoint=32, max_codepoint=0x4FFF), max_size=8),
            st.one_of(st.floats(-78, -76).map(str), st.text("0123456789.-° ,'", max_size=8)),
            st.one_of(st.floats(38, 40).map(str), st.just("")),
        ),
        max_size=12,
    )
)
def test_one_row_in_is_one_row_out_whatever_it_holds(source, rows):
    output = source.with_name("any.csv")
    incidents(source, rows, header=("编码", "lon", "lat"))
    result = tag(source, output, overwrite=True)
    assert result.rows == len(rows) == sum(result.statuses.values())
    with output.open(encoding="utf-8", newline="") as file:
        assert [tuple(row[:3]) for row in csv.reader(file)][1:] == rows


# Doubts -------------------------------------------------------------------------------------------------


def test_doubtful_coordinates_are_told(source, output):
    incidents(source, [*ROWS, *[("x", "-77.0412", "38.9034", "", "")] * 30])
    doubts = tag(source, output).trust.doubts
    assert [doubt.doubt for doubt in doubts] == ["zero", "default", "coarse"]


@pytest.mark.parametrize("batch_rows", [2, None])
def test_doubts_are_the_same_whatever_the_batches(source, output, batch_rows):
    incidents(source, [*ROWS, *[("x", "77.0412", "38.9034", "", "")] * 3, ("y", "397309", "140470", "", "")])
    result = tag_file(source, output, CELLS, batch_rows=batch_rows, overwrite=True)
    assert [(doubt.doubt, doubt.rows, doubt.lon) for doubt in result.trust.doubts] == [
        ("elsewhere", 4, -78.0),
        ("metres", 1, 397309.0),
        ("sign", 3, 77.0412),
        ("zero", 1, 0.0),
        ("coarse", 1, -78.0),
    ]


@pytest.mark.parametrize(("crs", "drawn"), [("wgs84", True), (None, False)])
def test_for_a_long_file_cells_are_drawn_while_it_is_looked_through(tmp_path, monkeypatch, crs, drawn):
    atlas, drawn_when = Atlas.of(CELLS), []
    real = job.Asking.of
    monkeypatch.setattr(job, "rows_surely", lambda files: 1000)

    def of(*given, **more):
        drawn_when.append(isinstance(atlas.index.asked_in("wgs84")._ready, Drawn))
        return real(*given, **more)

    monkeypatch.setattr(job.Asking, "of", of)
    result = tag_file(incidents(tmp_path / "a.csv"), tmp_path / "out.csv", atlas, options=TagOptions(crs=crs))
    assert (result.rows, drawn_when) == (6, [drawn])


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".parquet"])
def test_more_rows_than_a_sheet_holds_are_refused_before_any_is_asked(tmp_path, monkeypatch, suffix):
    monkeypatch.setattr(opening, "MOST_ROWS", 10)
    monkeypatch.setattr(excel_writer, "MOST_ROWS", 10)
    monkeypatch.setattr(job.Asking, "ask", lambda *given: pytest.fail("asked"))
    path = tmp_path / f"a{suffix}"
    write_table(pl.DataFrame({"lon": [WEST[0]] * 10, "lat": [WEST[1]] * 10}), path)
    with pytest.raises(FormatError, match=r"out.xlsx: an Excel sheet holds 9 rows .* not 10 x 2; write .csv"):
        tag_file(path, tmp_path / "out.xlsx", CELLS)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_as_many_rows_as_a_sheet_holds_are_written(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MOST_ROWS", 7)
    monkeypatch.setattr(excel_writer, "MOST_ROWS", 7)
    assert tag_file(incidents(tmp_path / "a.csv"), tmp_path / "out.xlsx", CELLS).rows == 6

import csv
import datetime as dt
import io

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import shapely
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridgov.errors import (
    ArgumentError,
    EncodingError,
    FormatError,
    InputMissingError,
    OutputExistsError,
    SchemaError,
)
from gridgov.tables import MapPoints, TextFormat, load_table, open_table, read_rules, read_table, write_table
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.text import open_text

HARD = [
    "007",
    "1.50",
    "41010400100100123",
    " x ",
    "=1+1",
    "http://a.cn",
    "1e5",
    "a\nb",
    'say "no"',
    "航海东路,紫辰路",
]
DATA = pl.DataFrame({"事件编码": [*HARD, None], "n": [str(i) for i in range(len(HARD) + 1)]})


@pytest.fixture(params=[".csv", ".tsv", ".xlsx", ".parquet", ".gpkg", ".geojson"])
def path(request, tmp_path):
    return tmp_path / f"事件 导出{request.param}"


def points_for(data):
    return MapPoints(shapely.points(np.arange(data.height), 34.0), gpd.GeoSeries(crs=4490).crs)


def saved(data, path, **more):
    points = points_for(data) if path.suffix in {".gpkg", ".geojson"} else None
    return write_table(data, path, points=points, **more)


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return path


def test_every_value_comes_back_unchanged(path):
    saved(DATA, path)
    assert read_table(path).select(DATA.columns).equals(DATA)


def test_a_table_without_rows_keeps_its_columns(path):
    if path.suffix == ".geojson":
        pytest.skip("GeoJSON keeps names only with values")
    saved(DATA.clear(), path)
    assert read_table(path).columns[:2] == DATA.columns


def test_nothing_is_overwritten_unasked(path):
    saved(DATA, path)
    with pytest.raises(OutputExistsError):
        saved(DATA, path)
    saved(DATA.head(1), path, overwrite=True)
    assert read_table(path).height == 1


def test_a_file_that_is_not_there_is_said(path):
    with pytest.raises(InputMissingError, match="is not there"):
        read_table(path)


def test_a_damaged_file_is_said_in_words(path):
    path.write_bytes(b"\x00\x01\x02\xff damaged" * 50)
    with pytest.raises((FormatError, EncodingError), match="事件 导出"):
        read_table(path)


# Text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "separator", "line_end"),
    [("utf-8", ",", "\n"), ("utf-8-sig", ";", "\r\n"), ("gb18030", "\t", "\r\n"), ("utf-16", ",", "\n")],
)
def test_a_text_table_is_written_as_it_came(tmp_path, encoding, separator, line_end):
    text = line_end.join(
        separator.join(row) for row in [["编码", "内容"], ["007", "郑州镕"], ["", '""'], ["", ""]]
    )
    source = written(tmp_path / "in.csv", text + line_end, encoding)
    table = load_table(source)
    assert table.data.rows() == [("007", "郑州镕"), (None, ""), (None, None)]
    write_table(table.data, tmp_path / "out.csv", text=table.text)
    assert (tmp_path / "out.csv").read_bytes() == source.read_bytes()


def test_gbk_is_written_in_a_form_that_holds_every_character(tmp_path):
    table = load_table(written(tmp_path / "in.csv", "编码\n郑\n", "gbk"), encoding="gbk")
    notes = write_table(pl.DataFrame({"编码": ["𠮷"]}), tmp_path / "out.csv", text=table.text)
    assert notes == []
    assert read_table(tmp_path / "out.csv")["编码"].to_list() == ["𠮷"]


def test_a_character_that_the_encoding_lacks_makes_it_utf8_and_is_said(tmp_path):
    notes = write_table(DATA, tmp_path / "out.csv", text=TextFormat("latin-1"))
    assert "UTF-8" in notes[0]
    assert read_table(tmp_path / "out.csv").equals(DATA)


def test_a_new_text_table_opens_in_excel(tmp_path):
    write_table(DATA, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n3\n", r": line 3 has 1 value, but the header \(line 1\) names 2 columns\."),
        ("a,b\n1,2,3\n1,2\n", r"line 2 has 3"),
        ("标题\na,b\n1,2\n", "is it a title"),
        ("a,b\n" + "1,2\n" * 99 + "1,x\x00\n", "line 101 holds a NUL byte"),
        ('a,b\n1,2\n3,"open\n5,6\n7,8\n', "line 3 a quote is not closed"),
        ("", "is empty"),
        ("\n\n", "is empty, or holds nothing but blanks"),
    ],
)
def test_a_malformed_text_table_is_refused_with_the_place(tmp_path, text, said):
    with pytest.raises(FormatError, match=said):
        read_table(written(tmp_path / "in.csv", text))


def test_columns_that_repeat_are_named(tmp_path):
    with pytest.raises(SchemaError, match="same name: a; rename"):
        read_table(written(tmp_path / "in.csv", "a,b,a\n1,2,3\n"))


def test_columns_without_a_name_get_one_and_it_is_said(tmp_path):
    table = load_table(written(tmp_path / "in.csv", "a,,\n1,2,3\n"))
    assert table.data.columns == ["a", "column_2", "column_3"]
    assert table.notes == ("Columns without a name are called column_2, column_3.",)


def test_empty_lines_are_no_rows(tmp_path):
    assert read_table(written(tmp_path / "in.csv", "a,b\n\n1,2\n\n\n")).rows() == [("1", "2")]


def test_an_empty_line_in_a_single_column_is_a_row(tmp_path):
    assert read_table(written(tmp_path / "in.csv", "坐标\n\n1\n"))["坐标"].to_list() == [None, "1"]


def test_a_line_of_separators_is_a_row(tmp_path):
    assert read_table(written(tmp_path / "in.csv", "a,b\n,\n1,2\n")).height == 2


def test_a_separator_in_quotes_or_in_one_header_does_not_mislead(tmp_path):
    assert read_table(written(tmp_path / "in.csv", '"x;y;z",b\n1;2,3\n')).columns == ["x;y;z", "b"]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(*[st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r"))] * 3),
        max_size=6,
    ),
    encoding=st.sampled_from(["utf-8", "gb18030"]),
)
def test_any_text_survives_reading_and_writing(tmp_path, rows, encoding):
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    with source.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *rows])
    table = load_table(source, encoding=encoding)
    write_table(table.data, output, text=table.text, overwrite=True)
    with output.open(encoding=encoding, newline="") as file:
        assert [tuple(row) for row in csv.reader(file)][1:] == rows


# Excel --------------------------------------------------------------------------------------------------


def workbook(path, sheets):
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_a_title_above_the_header_is_passed_over_and_said(tmp_path):
    rows = [["2024年事件导出"], ["编码", "经度"], ["007", 113.73]]
    table = load_table(workbook(tmp_path / "a.xlsx", {"S": rows}))
    assert table.data.rows() == [("007", "113.73")]
    assert table.notes == ("Row 1 is a title: '2024年事件导出'.",)


def test_the_header_row_may_be_stated(tmp_path):
    rows = [["导出", "2024"], ["编码", "经度"], ["007", 113.73]]
    path = workbook(tmp_path / "a.xlsx", {"S": rows})
    assert read_table(path, header_row=2).columns == ["编码", "经度"]
    with pytest.raises(FormatError, match="no row 9"):
        read_table(path, header_row=9)


def test_blank_rows_of_a_sheet_are_passed_over_and_said(tmp_path):
    table = load_table(workbook(tmp_path / "a.xlsx", {"S": [["a", "b"], [], ["1", ""], ["2", "3"]]}))
    assert table.data["a"].to_list() == ["1", "2"]
    assert table.notes == ("Rows without any value, passed over: 1.",)


def test_the_only_sheet_with_something_on_it_is_taken(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"Sheet1": [], "事件": [["a", "b"], ["1", "2"]]})
    assert read_table(path).rows() == [("1", "2")]


def test_several_sheets_are_listed(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"一月": [["a", "b"]], "二月": [["a", "b"], ["1", "2"]]})
    with pytest.raises(ArgumentError, match=r"一月, 二月; name one: .*a\.xlsx#一月"):
        read_table(path)
    assert read_table(path, sheet="二月").height == 1
    with pytest.raises(InputMissingError, match="no sheet '三月'"):
        read_table(path, sheet="三月")


def test_numbers_that_lost_digits_in_excel_are_said(tmp_path):
    rows = [["编码", "text", "short"], [41010400100100123, "41010400100100123", 410104001001001]]
    (note,) = load_table(workbook(tmp_path / "a.xlsx", {"S": rows})).notes
    assert note.startswith("Column 编码 holds numbers of more than 15 digits")


@pytest.mark.parametrize(("code", "said"), [(41010400100100123, True), ("41010400100100123", False)])
def test_a_total_among_the_numbers_does_not_hide_that_digits_are_lost(tmp_path, code, said):
    rows = [["编码", "n"], [code, 1], ["合计", 1]]
    assert bool(load_table(workbook(tmp_path / "a.xlsx", {"S": rows})).notes) is said


def test_codes_are_text_cells_and_numbers_are_numbers(tmp_path):
    data = pl.DataFrame({"id": ["007"], "cell_distance_m": [1.5], "review": [True], "=a": ["=1"]})
    write_table(data, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet[2]] == ["007", 1.5, True, "=1"]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "b", "s"]
    assert sheet.freeze_panes == "A2"


def test_a_table_too_long_for_excel_names_the_way_out(tmp_path):
    data = pl.DataFrame({"a": pl.zeros(1_048_576, dtype=pl.UInt8, eager=True)})
    with pytest.raises(FormatError, match=r"1,048,575 rows .* write \.csv or \.parquet"):
        write_table(data, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_value_too_long_for_excel_is_refused_not_cut(tmp_path):
    with pytest.raises(FormatError, match="32,767 characters; column a"):
        write_table(pl.DataFrame({"a": ["x" * 32_768]}), tmp_path / "a.xlsx")


# Typed --------------------------------------------------------------------------------------------------

TYPED = pl.DataFrame(
    {
        "code": ["007", None],
        "big": [41010400100100123, None],
        "ok": [True, None],
        "n": [1.5, None],
        "day": [dt.date(2024, 5, 1), None],
        "when": ["2024/05/01", "8:30"],
    }
)


@pytest.mark.parametrize("ending", [".parquet", ".gpkg"])
def test_values_keep_their_types(tmp_path, ending):
    saved(TYPED, tmp_path / f"a{ending}")
    assert read_table(tmp_path / f"a{ending}").select(TYPED.columns).equals(TYPED)


def test_text_that_looks_like_a_day_stays_as_it_is_in_geojson(tmp_path):
    saved(pl.DataFrame({"when": ["2024/05/01", "2024/05/02"]}), tmp_path / "a.geojson")
    assert read_table(tmp_path / "a.geojson")["when"].to_list() == ["2024/05/01", "2024/05/02"]


@pytest.mark.parametrize("ending", [".parquet", ".gpkg", ".geojson"])
def test_points_come_back_with_their_coordinate_system(tmp_path, ending):
    points = MapPoints(np.array([shapely.Point(113.73, 34.72), None]), gpd.GeoSeries(crs=4490).crs)
    write_table(TYPED, tmp_path / f"a{ending}", points=points)
    back = load_table(tmp_path / f"a{ending}").points
    assert back.geometry[0].equals_exact(points.geometry[0], 1e-9)
    assert back.geometry[1] is None
    assert back.crs.to_epsg() == (4326 if ending == ".geojson" else 4490)


def test_points_are_two_columns_in_a_text_table(tmp_path):
    data = pl.DataFrame({"lon": ["x", "y"]})
    write_table(data, tmp_path / "a.csv", points=MapPoints(np.array([shapely.Point(1, 2), None]), None))
    assert read_table(tmp_path / "a.csv").rows() == [("x", "1.0", "2.0"), ("y", None, None)]
    assert read_table(tmp_path / "a.csv").columns == ["lon", "lon_1", "lat"]


def test_geopandas_reads_what_is_written(tmp_path):
    for ending, read in ((".gpkg", gpd.read_file), (".parquet", gpd.read_parquet)):
        saved_as = tmp_path / f"a{ending}"
        write_table(TYPED, saved_as, points=points_for(TYPED))
        assert read(saved_as).crs == 4490
        assert read(saved_as).geometry.x.tolist() == [0, 1]


def test_columns_that_geopackage_uses_itself_are_renamed_and_said(tmp_path):
    data = pl.DataFrame({"fid": ["a"], "geom": ["b"], "fid_1": ["c"]})
    notes = write_table(data, tmp_path / "a.gpkg", points=points_for(data))
    assert notes == [
        "a.gpkg: column 'fid' is called 'fid_2' there.",
        "a.gpkg: column 'geom' is called 'geom_1' there.",
    ]
    assert read_table(tmp_path / "a.gpkg").select("fid_2", "geom_1", "fid_1").rows() == [("a", "b", "c")]


def test_names_that_differ_in_case_are_refused_in_geopackage_only(tmp_path):
    data = pl.DataFrame({"Police": ["a"], "police": ["b"]})
    with pytest.raises(SchemaError, match="Police, police for one"):
        write_table(data, tmp_path / "a.gpkg", points=points_for(data))
    write_table(data, tmp_path / "a.csv")


def test_a_map_layer_needs_points(tmp_path):
    with pytest.raises(ArgumentError, match="needs a point per row"):
        write_table(TYPED, tmp_path / "a.gpkg")


def test_polygons_are_no_incidents(tmp_path):
    gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.box(0, 0, 1, 1)], crs=4490).to_file(tmp_path / "a.gpkg")
    with pytest.raises(FormatError, match=r"row 1 holds a Polygon, not a point.*--cells"):
        read_table(tmp_path / "a.gpkg")


def test_several_point_layers_are_listed(tmp_path):
    frame = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(0, 0)], crs=4490)
    for layer in ("一月", "二月"):
        frame.to_file(tmp_path / "a.gpkg", layer=layer)
    with pytest.raises(ArgumentError, match="several layers: 一月, 二月"):
        read_table(tmp_path / "a.gpkg")
    assert read_table(tmp_path / "a.gpkg", sheet="二月").height == 1
    with pytest.raises(InputMissingError, match="no layer 'x'"):
        read_table(tmp_path / "a.gpkg", sheet="x")


@pytest.mark.parametrize("kind", [pd.DataFrame, pa.table, pl.DataFrame])
def test_tables_of_every_kind_are_written(tmp_path, kind):
    write_table(kind({"a": ["007", None], "b": [1.5, 2.5]}), tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet").rows() == [("007", 1.5), (None, 2.5)]


def test_a_geodataframe_brings_its_points(tmp_path):
    frame = gpd.GeoDataFrame({"a": ["007"]}, geometry=[shapely.Point(1, 2)], crs=4490)
    write_table(frame, tmp_path / "a.gpkg")
    assert read_table(tmp_path / "a.gpkg").rows() == [("007", 1.0, 2.0)]


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.xls", "save it as .xlsx"), ("a.doc", "ending in .doc is not known"), ("a", "no ending")],
)
def test_an_unknown_kind_of_table_names_those_that_are_known(tmp_path, name, said):
    (tmp_path / name).touch()
    with pytest.raises(FormatError, match=said):
        read_table(tmp_path / name)


def test_only_workbooks_and_map_files_have_sheets_or_layers(tmp_path):
    with pytest.raises(ArgumentError, match="has no sheets or layers"):
        read_table(written(tmp_path / "in.csv", "a,b\n1,2\n"), sheet="S")


def test_a_file_that_may_not_be_read_is_said(tmp_path, monkeypatch):
    def refuse(path, **more):
        raise PermissionError(13, "denied", str(path))

    monkeypatch.setattr("gridgov.tables.read.open_text", refuse)
    with pytest.raises(InputMissingError, match="open in another program"):
        read_table(written(tmp_path / "in.csv", "a,b\n1,2\n"))


# Rules --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rules.csv", "rules.xlsx"])
def test_rules_keep_the_row_numbers_of_the_file(tmp_path, name):
    rows = [[], ["规则表"]] if name.endswith("xlsx") else []
    rows += [
        ["category", "handler", "时限"],
        ["路灯", "住建局", "4"],
        [None, None, None],
        ["井盖", "城管局", "08"],
    ]
    if name.endswith("csv"):
        text = "\n".join(",".join(value or "" for value in row) for row in rows)
        written(tmp_path / name, text, "gb18030")
    else:
        workbook(tmp_path / name, {"S": rows})
    rules = read_rules(tmp_path / name)
    assert rules.source == name
    assert [rules.label(number) for number in range(len(rules))] == (
        ["rules.csv:2", "rules.csv:4"] if name.endswith("csv") else ["rules.xlsx:4", "rules.xlsx:6"]
    )
    assert rules.columns["时限"] == ("4", "08")


# Batches ------------------------------------------------------------------------------------------------


def rows_of(path, **more):
    batches = list(open_table(path, **more).batches)
    return pl.concat([batch.frame() for batch in batches]), [len(batch) for batch in batches]


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".tsv.zst", ".xlsx", ".parquet", ".gpkg", ".geojson"])
def test_a_table_comes_in_batches_in_its_order(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    saved(DATA, path)
    whole, _ = rows_of(path)
    pieces, sizes = rows_of(path, batch_rows=4)
    assert sizes == [4, 4, 3]
    assert pieces.equals(whole)


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".xlsx", ".parquet", ".gpkg"])
def test_a_table_without_rows_is_one_batch_without_rows(tmp_path, ending):
    saved(DATA.clear(), tmp_path / f"a{ending}")
    assert rows_of(tmp_path / f"a{ending}")[1] == [0]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(*[st.text("a\n\"é,'郑 ", max_size=9)] * 2), min_size=1, max_size=30),
    block_bytes=st.integers(64, 300),
    encoding=st.sampled_from(["utf-8", "gb18030"]),
)
def test_where_a_text_table_is_cut_changes_nothing(tmp_path, rows, block_bytes, encoding):
    source = tmp_path / "in.csv"
    with source.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([("a", "b"), *rows])
    stream = open_text(ByteFile.of(source), encoding=encoding, batch_rows=3, block_bytes=block_bytes)
    assert [row for batch in stream.batches for row in batch.frame().rows()] == [
        tuple(value or None for value in row) for row in rows
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n007,1\n",
        "\r\n\n01,2.50\n1e3,true\n",
        '"1\n2",03,04\n05,06,07\n',
        '5" tall,"1\n2",03,04\n05,06,07,08\n',
        *("\n".join([",".join(f"0{n}" for n in range(columns))] * 2) + "\n" for columns in range(2, 19)),
    ],
)
def test_every_column_of_any_first_row_is_text(tmp_path, text):
    stream = open_table(written(tmp_path / "in.csv", text))
    frame = pl.concat([batch.frame() for batch in stream.batches])
    header, *rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    assert stream.names == tuple(header)
    assert frame.rows() == [tuple(row) for row in rows]


def test_a_wrong_row_far_down_is_named_by_its_line(tmp_path):
    text = "a,b\n" + '1,"x\n\ny"\n' * 50 + "\n3\n" + "1,2\n" * 50
    file = ByteFile.of(written(tmp_path / "in.csv", text))
    with pytest.raises(FormatError, match=r"line 153 has 1 value, but .+ 2 columns\. Line 153 begins '3'"):
        list(open_text(file, block_bytes=256).batches)


def test_a_row_longer_than_a_block_is_refused(tmp_path):
    stream = written(tmp_path / "in.csv", "a,b\n" + "1,2\n" * 99 + "1," + "x" * 9999 + "\n" + "1,2\n")
    with pytest.raises(FormatError, match="row that begins on line 101 is longer than"):
        list(open_text(ByteFile.of(stream), block_bytes=2048).batches)


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_a_packed_table_that_is_cut_off_is_said(tmp_path, packing):
    path = tmp_path / f"a.csv{packing}"
    write_table(pl.DataFrame({"a": [str(hash(str(n))) for n in range(5000)]}), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(FormatError, match=r"a\.csv.* cut off or damaged"):
        read_table(path)


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_a_packed_table_keeps_encoding_and_separator(tmp_path, packing):
    form = TextFormat("gb18030", False, ";", "\r\n")
    write_table(DATA, tmp_path / f"a.csv{packing}", text=form)
    table = load_table(tmp_path / f"a.csv{packing}")
    assert table.text == form
    assert table.data.equals(DATA)


@pytest.mark.parametrize("text", ["a,b", "\n\na,b", "a,b\r\n"])
def test_a_header_alone_is_a_table_without_rows(tmp_path, text):
    table = read_table(written(tmp_path / "in.csv", text))
    assert (table.columns, table.height) == (["a", "b"], 0)

"""Drawings: squares 1000 m wide in a row, with texts in them."""

import warnings

import pytest

from gridgov.errors import FormatError, InputMissingError, SchemaError
from gridgov.layers import read_grids


def line(layer, x, size=500, *, closed=True):
    corners = [(x, 3_843_000), (x + size, 3_843_000), (x + size, 3_843_000 + size), (x, 3_843_000 + size)]
    points = "".join(f"10\n{a}\n20\n{b}\n" for a, b in corners)
    return f"0\nLWPOLYLINE\n8\n{layer}\n90\n4\n70\n{int(closed)}\n{points}"


def text(layer, x, words, y=3_843_100):
    return f"0\nTEXT\n8\n{layer}\n10\n{x}\n20\n{y}\n40\n10\n1\n{words}\n"


def drawing(*entities, version="AC1015", page="ANSI_936"):
    head = f"0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\n{version}\n9\n$DWGCODEPAGE\n3\n{page}\n0\nENDSEC\n"
    return f"{head}0\nSECTION\n2\nENTITIES\n{''.join(entities)}0\nENDSEC\n0\nEOF\n"


@pytest.fixture
def read(tmp_path):
    def reader(*entities, encoding="gbk", version="AC1015", **options):
        path = tmp_path / "jw.dxf"
        path.write_bytes(drawing(*entities, version=version).encode(encoding))
        return read_grids(path, crs=4547, **options)

    return reader


TWO = (line("网格", 474_000), line("网格", 475_000))


def notes(layer):
    return " / ".join(layer.attrs["gridgov"]["notes"])


def test_closed_lines_are_grids_and_the_text_inside_is_their_id(read):
    layer = read(*TWO, text("编号", 474_100, "警格一"), text("编号", 475_100, "警格二"))
    assert layer["grid_id"].tolist() == ["警格一", "警格二"]
    assert layer.area.tolist() == [250_000, 250_000]


def test_a_drawing_of_2007_or_later_is_utf8_whatever_its_code_page_says(read):
    layer = read(*TWO, text("编号", 474_100, "警格一"), encoding="utf-8", version="AC1021")
    assert layer["grid_id"].tolist() == ["警格一", "?2"]


def test_a_polygon_without_a_text_is_listed(read):
    layer = read(*TWO, text("编号", 474_100, "a"))
    assert layer["grid_id"].tolist() == ["a", "?2"]
    assert "1 polygon without a text inside" in notes(layer)


def test_a_polygon_with_two_texts_is_listed_and_not_guessed(read):
    layer = read(*TWO, text("编号", 474_100, "a"), text("编号", 475_100, "b"), text("编号", 475_200, "c"))
    assert layer["grid_id"].tolist() == ["a", "?2"]
    assert "1 polygon with several texts inside (b / c)" in notes(layer)


def test_texts_on_different_cad_layers_can_be_id_and_owner(read):
    texts = [text("编号", 474_100, "a"), text("单位", 474_200, "一所"), text("编号", 475_100, "b")]
    layer = read(*TWO, *texts, columns={"id": "编号", "owner": "单位"})
    assert layer["grid_id"].tolist() == ["a", "b"]
    assert layer["owner"].tolist() == ["一所", None]


def test_a_text_in_nested_polygons_belongs_to_the_inner_one(read):
    inner = line("网格", 474_050, size=100)
    layer = read(
        line("网格", 474_000), inner, text("编号", 474_080, "内", 3_843_080), text("编号", 474_400, "外")
    )
    assert layer["grid_id"].tolist() == ["外", "内"]


def test_several_cad_layers_with_closed_lines_and_none_named_are_listed(read):
    entities = [
        *TWO,
        line("图框", 473_000, size=5000),
        text("编号", 474_100, "a"),
        text("编号", 475_100, "b"),
    ]
    with pytest.raises(InputMissingError, match=r"'网格' \(2 closed lines\), '图框' \(1 closed line\)"):
        read(*entities)
    assert read(*entities, layer="网格")["grid_id"].tolist() == ["a", "b"]


def test_open_lines_are_left_out_and_said(read):
    layer = read(*TWO, line("网格", 476_000, closed=False), text("编号", 474_100, "a"))
    assert len(layer) == 2
    assert "left out: 1 line not closed, starting at (476000.0, 3843000.0)" in notes(layer)


def test_a_drawing_without_a_closed_line_is_refused(read):
    with pytest.raises(FormatError, match="no line in the drawing is closed"):
        read(line("网格", 474_000, closed=False))


def test_a_cad_layer_that_is_not_there_is_an_error_that_lists_them(read):
    with pytest.raises(InputMissingError, match="'网格'"):
        read(*TWO, layer="街道")
    with pytest.raises(SchemaError, match=r"'人员' \(--owner\); texts are on: 编号"):
        read(*TWO, text("编号", 474_100, "a"), columns={"owner": "人员"})


def test_a_binary_drawing_is_refused(tmp_path):
    (tmp_path / "jw.dxf").write_bytes(b"AutoCAD Binary DXF\r\n\x1a\x00")
    with pytest.raises(FormatError, match="binary DXF"):
        read_grids(tmp_path / "jw.dxf", crs=4547)


def test_reading_a_drawing_leaves_the_setting_of_gdal_as_it_was(read):
    import pyogrio

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read(*TWO, text("编号", 474_100, "a"), encoding="utf-8", version="AC1021")
    assert pyogrio.get_gdal_config_option("DXF_ENCODING") is None

"""Households and the like from files: what is typed, what is read, what is refused."""

import geopandas as gpd
import pytest
import shapely
import xlsxwriter
from shapely import box

from gridgov import crosswalk_departments, read_weights, schema
from gridgov.datum import transform_points
from gridgov.errors import ArgumentError, CRSError, FormatError, InputMissingError, SchemaError
from gridgov.weights import split_weights

X0, Y0 = 474_352, 3_843_000


def layer(*shapes):
    columns = {"grid_id": [str(n + 1) for n in range(len(shapes))], "name": None, "owner": None}
    return gpd.GeoDataFrame(
        columns, geometry=[shapely.affinity.translate(s, X0, Y0) for s in shapes], crs=4547
    )


@pytest.fixture
def near():
    return {"p": layer(box(0, 0, 400, 400), box(400, 0, 800, 400)), "c": layer(box(0, 0, 800, 400))}


def lonlat(x, y, crs="cgcs2000"):
    lon, lat = transform_points([X0 + x], [Y0 + y], source=4547, target=crs)
    return f"{lon[0]:.8f},{lat[0]:.8f}"


def notes(weights):
    return "\n".join(weights.attrs[schema.ATTRS]["notes"])


def places(weights):
    """Places in metres from the corner; None for none."""
    moved = weights.geometry.to_crs(4547)
    return [None if p is None else (round(p.x - X0), round(p.y - Y0)) for p in moved]


# What is typed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "layer_", "column"),
    [
        ("households.csv:户数", "households.csv", None, "户数"),
        ("households.csv", "households.csv", None, None),
        ("blocks.gpkg#b2020:pop", "blocks.gpkg", "b2020", "pop"),
        (r"C:\数据\households.csv:户数", r"C:\数据\households.csv", None, "户数"),
        (r"C:\数据\households.csv", r"C:\数据\households.csv", None, None),
        ("C:/data/blocks.gpkg#b:pop", "C:/data/blocks.gpkg", "b", "pop"),
        ("households.csv：户数", "households.csv", None, "户数"),
    ],
)
def test_file_and_column_are_split_at_the_colon_and_a_drive_letter_is_none(text, path, layer_, column):
    found = split_weights(text)
    assert (str(found.path), found.layer, found.column) == (path, layer_, column)


def test_a_file_that_exists_is_taken_whole(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a：b.csv").write_text("x")
    assert split_weights("a：b.csv").column is None


def test_a_column_may_hold_a_colon_if_its_file_exists(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("x")
    assert split_weights("a.csv:户数:2020").column == "户数:2020"


@pytest.mark.parametrize("text", ["a.gpkg#blocks:pop", "a.gpkg#blocks：pop"])
def test_a_column_may_stand_behind_a_layer_of_a_file_that_exists(text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.gpkg").write_text("x")
    found = split_weights(text)
    assert (str(found.path), found.layer, found.column) == ("a.gpkg", "blocks", "pop")


@pytest.mark.parametrize("text", ["households.csv:", ":户数"])
def test_half_a_name_is_an_error_that_shows_how_it_is_written(text):
    with pytest.raises(ArgumentError, match="FILE:COLUMN"):
        split_weights(text)


# Tables -----------------------------------------------------------------------------------------------


def test_a_table_in_gb18030_is_read_with_its_datum(tmp_path, near):
    file = tmp_path / "户数.csv"
    file.write_text(f"经度,纬度,户数\n{lonlat(10, 20, 'gcj02')},12\n", encoding="gb18030")
    weights = read_weights(file, near=near, column="户数", crs="gcj02")
    assert weights["weight"].tolist() == [12]
    assert places(weights) == [(10, 20)]


def test_points_in_china_need_their_datum_and_the_option_is_named(tmp_path, near):
    file = tmp_path / "h.csv"
    file.write_text(f"lon,lat,n\n{lonlat(10, 20)},12\n")
    with pytest.raises(CRSError, match=r"\(--weights-crs\) gcj02"):
        read_weights(file, near=near, column="n")


def test_a_row_without_a_place_keeps_its_weight_and_is_said(tmp_path, near):
    file = tmp_path / "h.csv"
    file.write_text(f"lon,lat,n\n{lonlat(10, 20)},12\n,,30\n0,0,4\n")
    weights = read_weights(file, near=near, column="n", crs="cgcs2000")
    assert places(weights) == [(10, 20), None, None]
    assert "2 rows without a usable place (34 in all): row 3, row 4" in notes(weights)
    totals = crosswalk_departments(near, weights=weights).totals
    assert totals["weight_without_place"].tolist() == [34, 34]


def test_totals_are_left_out_and_said(tmp_path, near):
    file = tmp_path / "h.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        rows = [
            ["楼栋", "坐标", "户数"],
            ["1号楼", lonlat(1, 2), 5],
            ["2号楼", lonlat(3, 4), 7],
            ["合 计", None, 12],
        ]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    weights = read_weights(file, near=near, column="户数", crs="cgcs2000")
    assert weights["weight"].sum() == 12
    assert "1 row of totals left out: row 4" in notes(weights)


def test_blanks_count_nothing_and_are_said(tmp_path, near):
    file = tmp_path / "h.csv"
    file.write_text(f'lon,lat,n\n{lonlat(1, 2)},\n{lonlat(3, 4)},"1,200"\n')
    weights = read_weights(file, near=near, column="n", crs="cgcs2000")
    assert weights["weight"].tolist() == [0, 1200]
    assert "1 row without a number in 'n', counting nothing" in notes(weights)


def test_text_among_the_numbers_is_an_error_with_file_column_and_row(tmp_path, near):
    file = tmp_path / "h.csv"
    file.write_text(f"lon,lat,n\n{lonlat(1, 2)},3\n{lonlat(3, 4)},约30\n")
    with pytest.raises(
        SchemaError, match=r"'h.csv: n' must hold numbers, 0 or more, and has '约30' in row 3"
    ):
        read_weights(file, near=near, column="n", crs="cgcs2000")


def test_a_column_that_is_not_there_is_an_error_that_lists_the_others(tmp_path, near):
    file = tmp_path / "h.csv"
    file.write_text(f"lon,lat,n\n{lonlat(1, 2)},3\n")
    with pytest.raises(SchemaError, match=r"no column '户数' to count .* there are lon, lat, n"):
        read_weights(file, near=near, column="户数", crs="cgcs2000")


def test_a_column_is_found_whatever_its_case(tmp_path, near):
    file = tmp_path / "h.csv"
    file.write_text(f"lon,lat,POP\n{lonlat(1, 2)},3\n")
    assert read_weights(file, near=near, column="pop", crs="cgcs2000")["weight"].tolist() == [3]


def test_without_a_column_each_row_counts_one_and_the_way_to_name_one_is_said(tmp_path, near):
    file = tmp_path / "h.csv"
    file.write_text(f"lon,lat\n{lonlat(1, 2)}\n")
    weights = read_weights(file, near=near, crs="cgcs2000")
    assert weights["weight"].tolist() == [1]
    assert "--weights h.csv:COLUMN" in notes(weights)


def test_rows_without_a_place_are_named_in_the_language_spoken(tmp_path, near, in_chinese):
    file = tmp_path / "h.csv"
    file.write_text(f"lon,lat,n\n{lonlat(1, 2)},3\n,,4\n")
    assert "第 3 行" in notes(in_chinese(read_weights, file, near=near, column="n", crs="cgcs2000"))


def test_coordinates_with_other_names_are_named_by_our_options(tmp_path, near):
    file = tmp_path / "h.csv"
    file.write_text(f"a,b,n\n{lonlat(1, 2)},3\n")
    with pytest.raises(SchemaError, match=r"^h\.csv: no column looks like the longitude.*--weights-lon"):
        read_weights(file, near=near, column="n", crs="cgcs2000")
    assert places(read_weights(file, near=near, column="n", crs="cgcs2000", lon="a", lat="b")) == [(1, 2)]


# Map layers -------------------------------------------------------------------------------------------


def test_polygons_are_read_with_the_system_their_file_says(tmp_path, near):
    blocks = gpd.GeoDataFrame({"pop": [10]}, geometry=[box(X0, Y0, X0 + 100, Y0 + 100)], crs=4547)
    blocks.to_file(tmp_path / "b.gpkg")
    weights = read_weights(tmp_path / "b.gpkg", near=near, column="pop")
    assert weights.geometry.area.tolist() == [10_000]


def test_rows_with_the_same_polygon_all_count(tmp_path, near):
    square = box(X0, Y0, X0 + 100, Y0 + 100)
    gpd.GeoDataFrame({"id": ["1", "1"], "pop": [10, 5]}, geometry=[square] * 2, crs=4547).to_file(
        tmp_path / "b.gpkg"
    )
    weights = read_weights(tmp_path / "b.gpkg", near=near, column="pop")
    assert crosswalk_departments(near, weights=weights).totals["weight_both"].tolist() == [15, 15]


def test_an_invalid_polygon_is_repaired_and_said(tmp_path, near):
    bow = shapely.Polygon([(X0, Y0), (X0 + 9, Y0 + 9), (X0 + 9, Y0), (X0, Y0 + 9)])
    gpd.GeoDataFrame({"pop": [10]}, geometry=[bow], crs=4547).to_file(tmp_path / "b.gpkg")
    weights = read_weights(tmp_path / "b.gpkg", near=near, column="pop")
    assert weights.geometry.is_valid.all()
    assert "1 invalid polygon repaired" in notes(weights)


def test_polygons_without_a_system_are_refused_with_our_option(tmp_path, near):
    square = box(X0, Y0, X0 + 100, Y0 + 100)
    gpd.GeoDataFrame({"pop": [10]}, geometry=[square], crs=4547).to_file(tmp_path / "b.shp")
    (tmp_path / "b.prj").unlink()
    with pytest.raises(CRSError, match="--weights-crs EPSG"):
        read_weights(tmp_path / "b.shp", near=near, column="pop")


def test_points_of_a_map_layer_are_read_with_its_system(tmp_path, near):
    spots = gpd.GeoDataFrame({"n": [3, 4]}, geometry=[shapely.Point(X0 + 5, Y0 + 6), None], crs=4547)
    spots.to_file(tmp_path / "p.gpkg")
    assert places(read_weights(tmp_path / "p.gpkg", near=near, column="n")) == [(5, 6), None]


def test_a_map_layer_of_points_in_plain_degrees_needs_its_datum_in_china(tmp_path, near):
    spots = gpd.GeoDataFrame({"n": [3]}, geometry=[shapely.Point(X0 + 5, Y0 + 6)], crs=4547).to_crs(4326)
    spots.to_file(tmp_path / "p.geojson")
    with pytest.raises(CRSError, match="--weights-crs"):
        read_weights(tmp_path / "p.geojson", near=near, column="n")
    assert places(read_weights(tmp_path / "p.geojson", near=near, column="n", crs="wgs84")) == [(5, 6)]


def test_lines_are_refused(tmp_path, near):
    line = shapely.LineString([(X0, Y0), (X0 + 9, Y0)])
    gpd.GeoDataFrame({"n": [3]}, geometry=[line], crs=4547).to_file(tmp_path / "l.gpkg")
    with pytest.raises(SchemaError, match="points or else polygons; row 1: the row has a LineString"):
        read_weights(tmp_path / "l.gpkg", near=near, column="n")


def test_a_file_that_is_not_there_is_an_error(tmp_path, near):
    with pytest.raises(InputMissingError, match=r"h\.csv"):
        read_weights(tmp_path / "h.csv", near=near, column="n")


def test_a_file_of_another_kind_is_an_error(tmp_path, near):
    (tmp_path / "h.pdf").write_bytes(b"x")
    with pytest.raises(FormatError, match=r"\.pdf"):
        read_weights(tmp_path / "h.pdf", near=near, column="n")


def test_a_network_says_where_points_lie_too(tmp_path, four_network):
    file = tmp_path / "h.csv"
    file.write_text("lon,lat,n\n113.7300,34.7200,1\n")
    with pytest.raises(CRSError, match="--weights-crs"):
        read_weights(file, near=four_network, column="n")

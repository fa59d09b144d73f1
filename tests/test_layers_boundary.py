import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gridgov.errors import SchemaError
from gridgov.layers.boundary import boundary_column, parse_boundaries, table_with_polygons

TRIANGLE = "113.1,34.1;113.2,34.1;113.2,34.2"


def area(text):
    return parse_boundaries([text])[0].area


@pytest.mark.parametrize(
    "text",
    [
        TRIANGLE,
        TRIANGLE + ";",
        TRIANGLE + ";113.1,34.1",
        "１１３．１，３４．１；113.2，34.1；113.2，34.2",
        "[[113.1,34.1],[113.2,34.1],[113.2,34.2]]",
        "113.1 34.1;113.2 34.1;113.2 34.2",
        "POLYGON ((113.1 34.1, 113.2 34.1, 113.2 34.2, 113.1 34.1))",
        "SRID=4490;POLYGON ((113.1 34.1, 113.2 34.1, 113.2 34.2, 113.1 34.1))",
        "MULTIPOLYGON (((113.1 34.1, 113.2 34.1, 113.2 34.2, 113.1 34.1)))",
    ],
)
def test_a_triangle_is_read_however_it_is_written(text):
    assert area(text) == pytest.approx(0.005)


def test_parts_are_divided_by_a_bar():
    polygon = parse_boundaries([f"{TRIANGLE}|114.1,34.1;114.2,34.1;114.2,34.2"])[0]
    assert polygon.geom_type == "MultiPolygon"
    assert polygon.area == pytest.approx(0.01)


@pytest.mark.parametrize(
    "text", [None, "", "  ", "无", "113.1,34.1;113.2", "113.1,34.1;113.2,34.1", "POLYGON ((0 0, 1 0"]
)
def test_what_is_no_polygon_is_none(text):
    assert parse_boundaries([text])[0] is None


@given(st.lists(st.tuples(st.integers(-180, 180), st.integers(-90, 90)), min_size=3, max_size=8, unique=True))
def test_corners_come_back_as_they_were_written(points):
    polygon = parse_boundaries([";".join(f"{x},{y}" for x, y in points)])[0]
    assert [tuple(p) for p in shapely.get_coordinates(polygon)[:-1]] == points


def test_the_column_is_known_by_its_values_whatever_its_name():
    assert boundary_column(pd.DataFrame({"编码": ["1"], "四至": [TRIANGLE]})) == "四至"


def test_a_coordinate_pair_is_no_border():
    assert boundary_column(pd.DataFrame({"经纬度": ["113.1,34.1"], "电话": ["1380000;1390000;1"]})) is None


def test_two_columns_of_polygons_are_a_question():
    with pytest.raises(SchemaError, match="a, b"):
        boundary_column(pd.DataFrame({"a": [TRIANGLE], "b": [TRIANGLE]}))


def test_a_table_without_polygons_lists_its_columns():
    with pytest.raises(SchemaError, match="编码, 名称"):
        table_with_polygons(pd.DataFrame({"编码": ["1"], "名称": ["x"]}), where="a.csv")

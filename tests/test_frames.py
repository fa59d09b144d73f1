import datetime as dt
import subprocess
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pandas.testing import assert_index_equal
from shapely import Point

from gridgov.errors import ArgumentError, SchemaError
from gridgov.frames import column_names, column_values, row_count, with_columns

ROWS = {"编码": ["007", None, "3"], "lon": [113.7, None, 113.9]}
TABLES = {
    "pandas": pd.DataFrame(ROWS, index=[5, 5, 1]),
    "polars": pl.DataFrame(ROWS),
    "arrow": pa.table(ROWS),
    "geopandas": gpd.GeoDataFrame(ROWS, geometry=[Point(0, 0)] * 3, crs=4326, index=[5, 5, 1]),
}
ADDED = {
    "grid_id": np.array(["a", None, "c"], dtype=object),
    "cell_distance_m": np.array([0.0, np.nan, 2.5]),
    "review": np.array([True, False, False]),
    "handler": np.array([None, None, None], dtype=object),
}


@pytest.fixture(params=TABLES)
def table(request):
    return TABLES[request.param]


def test_names_come_in_order(table):
    assert column_names(table)[:2] == ["编码", "lon"]


def test_rows_are_counted(table):
    assert row_count(table) == 3


def test_missing_values_are_none(table):
    assert column_values(table, "编码").tolist() == ["007", None, "3"]
    assert column_values(table, "lon").tolist() == [113.7, None, 113.9]


def test_added_columns_come_back_from_the_same_kind_of_table(table):
    answer = with_columns(table, ADDED)
    assert type(answer) is type(table)
    assert column_names(answer) == [*column_names(table), *ADDED]
    assert column_values(answer, "grid_id").tolist() == ["a", None, "c"]
    assert column_values(answer, "cell_distance_m").tolist() == [0.0, None, 2.5]
    assert column_values(answer, "review").tolist() == [True, False, False]
    assert column_values(answer, "handler").tolist() == [None] * 3


def test_the_table_given_is_not_changed(table):
    before = column_names(table)
    with_columns(table, {**ADDED, "lon": np.zeros(3)})
    assert column_names(table) == before
    assert column_values(table, "lon").tolist() == [113.7, None, 113.9]


def test_a_name_the_table_has_is_replaced_where_it_stands(table):
    answer = with_columns(table, {"编码": np.array(["x", "y", "z"], dtype=object)})
    assert column_names(answer) == column_names(table)
    assert column_values(answer, "编码").tolist() == ["x", "y", "z"]


@pytest.mark.parametrize("kind", ["pandas", "geopandas"])
def test_the_index_is_kept_even_if_it_repeats(kind):
    assert_index_equal(with_columns(TABLES[kind], ADDED).index, TABLES[kind].index)


def test_geopandas_keeps_geometry_and_crs():
    answer = with_columns(TABLES["geopandas"], ADDED)
    assert answer.crs == 4326
    assert answer.geometry.notna().all()


def test_a_column_without_any_value_is_text_in_polars_and_arrow():
    assert with_columns(TABLES["polars"], ADDED)["handler"].dtype == pl.String
    assert with_columns(TABLES["arrow"], ADDED).schema.field("handler").type == pa.string()


def test_missing_numbers_are_null_in_polars_and_arrow():
    assert with_columns(TABLES["polars"], ADDED)["cell_distance_m"].null_count() == 1
    assert with_columns(TABLES["arrow"], ADDED)["cell_distance_m"].null_count == 1


def test_columns_of_a_pandas_answer_can_be_added():
    answer = with_columns(
        TABLES["polars"], {"a": pd.Series(["x", None, "z"]), "b": pd.Series([1.0, None, 3])}
    )
    assert answer["a"].to_list() == ["x", None, "z"]
    assert answer["b"].to_list() == [1.0, None, 3.0]


def test_times_stay_times():
    when = dt.datetime(2024, 5, 1, 8, 30)
    assert column_values(pl.DataFrame({"t": [when]}), "t").tolist() == [when]


def test_a_lazy_frame_is_refused_with_the_way_out():
    with pytest.raises(ArgumentError, match=r"\.collect\(\)"):
        column_names(pl.LazyFrame(ROWS))


def test_another_kind_of_table_is_refused_in_words():
    with pytest.raises(ArgumentError, match="type dict is not known"):
        with_columns({"a": [1]}, {})


def test_a_missing_column_is_named_with_those_there_are():
    with pytest.raises(SchemaError, match="no column 'lat'; the columns are 编码, lon"):
        column_values(TABLES["polars"], "lat")


def test_a_column_that_is_there_twice_is_refused():
    with pytest.raises(SchemaError, match="several columns 'a'"):
        column_values(pd.DataFrame([[1, 2]], columns=["a", "a"]), "a")


def test_an_array_of_another_length_is_refused(table):
    with pytest.raises(ArgumentError, match="3 rows"):
        with_columns(table, {"grid_id": np.array(["a"])})


def test_pandas_alone_does_not_bring_in_polars():
    code = (
        "import sys, pandas as pd; from gridgov.frames import column_values as v;"
        "v(pd.DataFrame({'a': [1]}), 'a'); sys.exit('polars' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

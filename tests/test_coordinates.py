import decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov.coordinates import parse_coordinates
from gridgov.errors import ArgumentError
from gridgov.schema import REJECT_REASONS

NAN = float("nan")


def read(lon, lat=None, **options):
    found = parse_coordinates([lon], None if lat is None else [lat], **options)
    return (found.lon[0], found.lat[0]) if found.reason[0] is None else found.reason[0]


@pytest.mark.parametrize(
    "text",
    [
        "113.73",
        " 113.73 ",
        "+113.73",
        "1.1373e2",
        "113,73",
        "１１３．７３",
        "113。73",
        "\u3000113.73\u00a0",
        "113.73°",
        "113.73度",
        "113.73E",
        "E113.73",
        "e 113.73",
        "东经113.73",
        "113°43'48\"",
        "113°43'48\"E",
        "113° 43′ 48″",
        "113°43’48”",
        "113º43'48''",
        "１１３度４３分４８秒",
        "东经113度43分48秒",
        "113:43:48",
        "113 43 48",
        "113°43.8'",
        "113°43'48.0\"",
        "113°43'48,0\"",
    ],
)
def test_a_longitude_may_be_written_in_many_ways(text):
    assert read(text, "34.72") == pytest.approx((113.73, 34.72), abs=1e-9)


@pytest.mark.parametrize("text", ["西经77", "77W", "W77", "-77", "－77", "\u221277", "77°0'0\"W", "-77°0'"])
def test_the_west_is_negative(text):
    assert read(text, "38.9") == (-77.0, 38.9)


@pytest.mark.parametrize(
    "text",
    [
        "113.73,34.72",
        "113.73, 34.72",
        "113.73 34.72",
        "113.73;34.72",
        "113.73|34.72",
        "113.73/34.72",
        "113.73，34.72",
        "113.73、34.72",
        "113.73\t34.72",
        "113,73;34,72",
        "113,73 34,72",
        "113,73, 34,72",
        "113,73,34,72",
        "[113.73, 34.72]",
        "（１１３．７３，３４．７２）",
        "POINT (113.73 34.72)",
        "E113.73 N34.72",
        "E113.73N34.72",
        "E113.73,N34.72",
        "113.73E34.72N",
        "N34.72 E113.73",
        "34°43'12\"N 113°43'48\"E",
        "北纬34.72 东经113.73",
        "东经113°43′48″北纬34°43′12″",
        "113°43'48\" 34°43'12\"",
        "113:43:48 34:43:12",
        "113 43 48, 34 43 12",
    ],
)
def test_one_column_may_hold_both_in_many_ways(text):
    assert read(text) == pytest.approx((113.73, 34.72), abs=1e-9)


@pytest.mark.parametrize(
    "blank", [None, NAN, pd.NA, pd.NaT, "", "  ", "\u3000", "NULL", "null", "NaN", "-", "—", "无", "N/A"]
)
def test_what_stands_for_nothing_is_blank(blank):
    assert read(blank, blank) == "blank"
    assert read(blank, 34.72) == "half"
    assert read("113.73", blank) == "half"
    assert read(blank) == "blank"


@pytest.mark.parametrize("text", ["null,null", "无,无", ","])
def test_a_pair_of_nothings_is_blank(text):
    assert read(text) == "blank"


@pytest.mark.parametrize("text", ["113.73", "113.73,", "113.73,无", "无,34.72", ",34.72", "113°43'48\""])
def test_half_a_pair_is_half(text):
    assert read(text) == "half"


@pytest.mark.parametrize(
    "text",
    [
        "航海东路",
        "113.73.5",
        "113°61'",
        "113°43'60\"",
        "113.5°30'",
        "12 34 56 78",
        "E113.73E",
        "-77W",
        "0x71",
        "1_13",
        "true",
        "--5",
    ],
)
def test_what_is_no_number_is_text(text):
    assert read(text, "34.72") == "text"


@pytest.mark.parametrize(
    "text",
    [
        "a,b",
        "113.73,b",
        "113.73,34.72,90",
        "113.73,34,90",
        "113.73, 34,90",
        "E113 E34",
        "航海东路与紫辰路",
        "2024-01-01",
    ],
)
def test_what_is_no_pair_is_text(text):
    assert read(text) == "text"


@pytest.mark.parametrize("value", [True, pd.Timestamp("2024-01-01")])
def test_other_values_are_text(value):
    assert read(value, 34.72) == "text"


def test_text_counts_before_a_missing_half():
    assert read("航海东路", None) == "text"


@pytest.mark.parametrize("zero", [0, 0.0, "0", "0.000000", "-0.0", "0°0'0\"", 1e-9])
def test_two_zeros_are_a_default_not_a_place(zero):
    assert read(zero, zero) == "zero"


@pytest.mark.parametrize("zero", [0, "0", "0.00 m"])
def test_two_zeros_in_metres_are_a_default_too(zero):
    assert read(zero, zero, geographic=False) == "zero"


def test_one_zero_is_a_place():
    assert read(0.0, 51.5) == (0.0, 51.5)


@pytest.mark.parametrize(
    ("lon", "lat"), [(34.72, 113.73), (43.8, 87.6), (38.9, -177.0), ("34.72N", "113.73E"), ("34.72N", "43.8")]
)
def test_an_exchanged_pair_is_refused(lon, lat):
    assert read(lon, lat) == "swapped"


def test_an_exchanged_pair_in_one_column_is_refused():
    assert read("34.72,113.73") == "swapped"


def test_far_north_is_a_place_outside_of_china():
    assert read(20.0, 78.2, china=False) == (20.0, 78.2)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (190, 34),
        (113, 181),
        (113, -200),
        (475268, 3843563),
        ("inf", 34),
        (np.inf, np.inf),
        (34, np.inf),
        (120, 95),
    ],
)
def test_what_is_no_longitude_and_latitude_is_range(lon, lat):
    assert read(lon, lat) == "range"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("474352.5", 474352.5),
        ("474,352.5", 474352.5),
        ("474,352", 474352.0),
        ("38,474,352.25", 38474352.25),
        ("474 352", 474352.0),
        ("474.352,5", 474352.5),
        ("474352,5", 474352.5),
        ("474352.5m", 474352.5),
        ("474352.5 米", 474352.5),
    ],
)
def test_metres_may_have_thousands_and_a_unit(text, number):
    assert read(text, 3843563, geographic=False) == (number, 3843563.0)


def test_metres_are_never_swapped_or_out_of_range():
    assert read(3843563, 474352, geographic=False) == (3843563.0, 474352.0)


@pytest.mark.parametrize("text", ["E474352", "474352°", "inf", "4743,52,1"])
def test_metres_have_no_degrees(text):
    assert read(text, 1, geographic=False) == "text"


@pytest.mark.parametrize(
    "column",
    [
        [113.73, 113.7],
        np.array([113.73, 113.7]),
        np.array(["113.73", "113.7"]),
        pd.Series(["113.73", "113.7"], index=[5, 3]),
        pd.Series([113.73, 113.7], dtype="Float64"),
        np.ma.masked_array([113.73, 113.7]),
        [decimal.Decimal("113.73"), "113.7"],
    ],
)
def test_columns_of_many_kinds_are_read(column):
    assert parse_coordinates(column, [34.7, 34.8]).lon.tolist() == [113.73, 113.7]


def test_columns_of_polars_and_arrow_are_read():
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    for column in (
        polars.Series(["113.73", None]),
        pyarrow.chunked_array([["113.73", None]]),
        polars.Series([113.73, None]),
    ):
        found = parse_coordinates(column, column)
        assert found.reason.tolist() == ["range", "blank"]


def test_masked_and_missing_numbers_are_blank():
    masked = np.ma.masked_array([113.73], mask=[True])
    assert parse_coordinates(masked, pd.Series([pd.NA], dtype="Int64")).reason[0] == "blank"


def test_numbers_in_one_column_are_halves():
    assert parse_coordinates(np.array([113.73, np.nan])).reason.tolist() == ["half", "blank"]


def test_columns_of_two_lengths_are_an_error():
    with pytest.raises(ArgumentError, match="2 longitudes but 1 latitudes"):
        parse_coordinates([1.0, 2.0], [1.0])


def test_nothing_in_nothing_out():
    assert parse_coordinates([], []).reason.size == 0
    assert parse_coordinates(np.array([], object)).lon.dtype == np.float64


def test_columns_given_are_not_changed():
    lon = np.array([0.0, 113.7])
    parse_coordinates(lon, np.array([0.0, 34.7]))
    assert lon.tolist() == [0.0, 113.7]


cells = st.one_of(
    st.none(), st.floats(), st.text(max_size=8), st.sampled_from(["113.73", "34,7", "无", "0", "113°43'48\""])
)


@given(st.lists(st.tuples(cells, cells), max_size=12), st.integers(0, 12), st.booleans())
def test_every_row_has_either_numbers_or_a_reason_and_is_judged_alone(rows, cut, geographic):
    lon, lat = [row[0] for row in rows], [row[1] for row in rows]
    whole = parse_coordinates(objects(lon), objects(lat), geographic=geographic)
    for x, y, reason in zip(whole.lon, whole.lat, whole.reason, strict=True):
        assert (
            np.isfinite([x, y]).all()
            if reason is None
            else reason in REJECT_REASONS and np.isnan([x, y]).all()
        )
    parts = [
        parse_coordinates(objects(lon[a:b]), objects(lat[a:b]), geographic=geographic)
        for a, b in ((0, cut), (cut, 99))
    ]
    assert np.concatenate([part.reason for part in parts]).tolist() == whole.reason.tolist()
    assert np.array_equal(np.concatenate([part.lon for part in parts]), whole.lon, equal_nan=True)


@given(st.lists(st.text("0123456789.,;°'\"NESW东经北纬 -", max_size=16), max_size=8))
def test_one_column_of_anything_never_fails(texts):
    found = parse_coordinates(objects(texts))
    assert len(found.reason) == len(texts)


def objects(values):
    array = np.empty(len(values), object)
    array[:] = values
    return array

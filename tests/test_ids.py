"""Ids as text, and what number columns did to them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov.ids import damaged_forms, fold_id, text_ids, text_values

CODE = "41010400100100123"


@pytest.mark.parametrize(
    "values",
    [
        [410104001, 410104002],
        [410104001.0, 410104002.0],
        np.array([410104001, 410104002], dtype=np.int32),
        np.array([410104001, 410104002], dtype=np.float64),
        pd.array([410104001, 410104002], dtype="Int64"),
        ["410104001", " 410104002\u3000"],
        ["410104001.0", "410104002.0"],
        pd.Series(["410104001", "410104002"], dtype="str"),
        pd.Series(["410104001", "410104002"], dtype="category"),
    ],
)
def test_ids_of_every_kind_become_the_same_text(values):
    ids, _ = text_ids(pd.Series(values))
    assert ids.tolist() == ["410104001", "410104002"]


@pytest.mark.parametrize("blank", [None, np.nan, pd.NA, pd.NaT, "", "  ", "\u3000", "\0"])
def test_every_kind_of_blank_is_none(blank):
    assert text_values([blank]).tolist() == [None]


def test_leading_zeros_of_text_stay():
    assert text_ids(["0371", "007"])[0].tolist() == ["0371", "007"]


def test_decimals_that_mean_something_stay():
    assert text_ids(["1.0", "1.5"])[0].tolist() == ["1.0", "1.5"]


def test_ids_written_with_a_decimal_zero_are_said():
    assert ".0 left out" in text_ids(["1.0", "2.0"], column="bm")[1][0]


def test_17_digits_in_a_double_column_are_named_as_damaged():
    _, notes = text_ids(pd.Series([float(CODE), 7.0]), column="网格编码")
    assert "'网格编码': digits are lost in 1 id," in notes[0]
    assert "41010400100100120" in notes[0]


def test_15_digits_in_a_double_column_are_fine():
    assert text_ids(pd.Series([410104001001001.0]))[1] == []


def test_17_digits_in_an_integer_column_are_fine():
    ids, notes = text_ids(pd.Series([int(CODE)]))
    assert (ids.tolist(), notes) == ([CODE], [])


def test_codes_that_excel_cut_and_made_equal_are_named():
    assert "digits are lost" in text_ids(["41010400100100100", "41010400100100100"])[1][0]


def test_codes_that_end_in_zeros_but_differ_are_fine():
    assert text_ids(["41010400100100000", "41010400100200000"])[1] == []


def test_scientific_notation_is_named():
    assert "4.10104E+16" in text_ids(["4.10104E+16"])[1][0]


@given(st.integers(min_value=0, max_value=2**53))
def test_whole_doubles_lose_nothing(number):
    assert text_values([float(number)]).tolist() == [str(number)]


@given(st.text(alphabet="0123456789", min_size=16, max_size=20))
def test_a_code_is_never_its_own_damage(code):
    assert code not in damaged_forms(code)


@pytest.mark.parametrize("written", ["ＪＷ－０１", " jw-01", "'JW-01", "J W-01"])
def test_ids_fold_to_one_form(written):
    assert fold_id(written) == "jw-01"


@pytest.mark.parametrize("code", ["3E02", "1e5", "2E", "12E3"])
def test_codes_with_an_e_are_no_numbers(code):
    assert text_ids([code])[1] == []

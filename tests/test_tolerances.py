import math

import numpy as np
import pytest

from gridgov.errors import ArgumentError
from gridgov.tolerances import each_tolerance

NAMES = ["police", "urban"]


def test_nothing_said_is_to_be_found_for_every_department():
    assert each_tolerance(None, NAMES) == {"police": None, "urban": None}


def test_one_number_is_for_all():
    assert each_tolerance(np.int64(15), NAMES) == {"police": 15.0, "urban": 15.0}


def test_names_set_some_and_leave_the_others_to_be_found():
    assert each_tolerance({"urban": 15}, NAMES) == {"police": None, "urban": 15.0}


def test_a_name_that_is_no_department_is_refused():
    with pytest.raises(ArgumentError, match="no layer is called 'zone'; the layers are police, urban"):
        each_tolerance({"zone": 15}, NAMES)


@pytest.mark.parametrize("value", [0, -1, 0.019, math.nan, math.inf, "15", True, None])
def test_what_is_no_number_of_metres_is_refused(value):
    with pytest.raises(ArgumentError, match=r"a number of metres, 0.02 or more \(--tolerance-m\)"):
        each_tolerance({"police": value}, NAMES)

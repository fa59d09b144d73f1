"""Values are gathered into kinds as pandas gathers them, with and without it."""

import subprocess
import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest

from gridgov.owners.kinds import kinds_of


def objects(*values):
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


COLUMNS = [
    objects(),
    objects("路灯", None, "井盖", "路灯", ""),
    objects(None, None),
    objects(float("nan"), "a", np.nan, "a", np.datetime64("NaT")),
    objects(1, 1.0, True, 0, -0.0, False, "1"),
    objects(date(2024, 1, 2), date(2024, 1, 2), ("a", 1)),
    np.array([3, 1, 3, -5, 2**62], dtype=np.int64),
    np.random.default_rng(0).integers(0, 40, 5000),
]


@pytest.mark.parametrize("values", COLUMNS, ids=range(len(COLUMNS)))
def test_kinds_are_those_of_pandas(values, monkeypatch):
    expected = kinds_of(values)
    monkeypatch.delitem(sys.modules, "pandas")
    kinds, different = kinds_of(values)
    assert kinds.dtype == expected[0].dtype
    assert kinds.tolist() == expected[0].tolist() == pd.factorize(values)[0].tolist()
    assert different == expected[1]


def test_many_values_are_left_to_pandas(monkeypatch):
    monkeypatch.setattr("gridgov.owners.kinds._FEW", 3)
    monkeypatch.delitem(sys.modules, "pandas")
    assert kinds_of(objects("b", "a", "b", None))[0].tolist() == [0, 1, 0, -1]


PROGRAM = """
import sys
import numpy as np
from gridgov import Locator
from gridgov.owners import Rules
columns = {"category": ["路灯"], "valid_from": ["2020-01-01"], "handler": ["住建局"]}
categories, times = np.array(["路灯", None], dtype=object), np.array(["2024-01-02", ""])
print(list(Rules.from_columns(columns).handlers({"category": categories}, when=times).handler))
print("pandas" in sys.modules)
"""


def test_rules_decide_without_pandas():
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["['住建局', None]", "False"]

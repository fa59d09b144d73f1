"""Equal values gathered into kinds, so that each is looked at once."""

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["kinds_of"]

#: Loading pandas takes longer than gathering so many values one by one.
_FEW = 50_000


def kinds_of(values: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int64], Sequence[Any]]:
    """Kind of each value, and the values that differ, as they first appear; -1 for None and NaN.

    Numbers or objects that can be hashed, as `pandas.factorize` takes them.

    >>> kinds_of(np.array(["路灯", None, "井盖", "路灯"], dtype=object))
    (array([ 0, -1,  1,  0]), ['路灯', '井盖'])
    """
    if "pandas" in sys.modules or len(values) > _FEW:
        import pandas as pd

        kinds, different = pd.factorize(values)
        return kinds.astype(np.int64), different.tolist()
    known: dict[Any, int] = {}
    listed = values.tolist()
    # NaN and NaT are not what they are.
    few = [
        -1 if value is None or value != value else known.setdefault(value, len(known))  # noqa: PLR0124
        for value in listed
    ]
    return np.array(few, dtype=np.int64), list(known)

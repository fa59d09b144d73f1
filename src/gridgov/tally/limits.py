"""Limits for handling (时限) as handbooks write them: 4小时, 7日, 3个工作日, 2紧急工作时."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Limits", "parse_limit", "read_limits"]

Floats = npt.NDArray[np.float64]

#: How a limit is counted: by the clock, by working time, or as the caller counts all others.
CLOCK, WORK, EITHER = "clock", "work", "either"

#: Units by their spellings: (hours, or None for days; factor; how they are counted).
_UNITS: Final = {
    "紧急工作时": (True, 1.0, CLOCK),
    "自然小时": (True, 1.0, CLOCK),
    "自然日": (False, 1.0, CLOCK),
    "工作小时": (True, 1.0, WORK),
    "工作时": (True, 1.0, WORK),
    "工作日": (False, 1.0, WORK),
    "小时": (True, 1.0, EITHER),
    "分钟": (True, 1 / 60, EITHER),
    "hours": (True, 1.0, EITHER),
    "hour": (True, 1.0, EITHER),
    "h": (True, 1.0, EITHER),
    "days": (False, 1.0, EITHER),
    "day": (False, 1.0, EITHER),
    "d": (False, 1.0, EITHER),
    "min": (True, 1 / 60, EITHER),
    "天": (False, 1.0, EITHER),
    "日": (False, 1.0, EITHER),
}
_LIMIT: Final = re.compile(rf"(\d+(?:\.\d+)?)\s*个?\s*({'|'.join(_UNITS)})(?:内|以内)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """A limit per row: `amount` (NaN where there is none), whether in `days`, and how it is `counted`."""

    amount: Floats
    days: npt.NDArray[np.bool_]
    counted: npt.NDArray[np.object_]
    unreadable: tuple[str, ...]


def parse_limit(text: str) -> tuple[float, bool, str] | None:
    """Answer a limit's amount, whether it is in days (else hours), and how it is counted; None if it is none.

    >>> parse_limit("4小时"), parse_limit("3个工作日"), parse_limit("30分钟"), parse_limit("4")
    ((4.0, False, 'either'), (3.0, True, 'work'), (0.5, False, 'either'), None)
    """
    found = _LIMIT.fullmatch(text.strip())
    if found is None:
        return None
    hours, factor, counted = _UNITS[found[2].lower()]
    return float(found[1]) * factor, not hours, counted


def read_limits(values: "pl.Series") -> Limits:
    """Answer the limits of a column of texts; what is no limit is listed, each text once."""
    codes, texts = pd.factorize(np.array(values.to_list(), dtype=object))
    parsed = [parse_limit(str(text)) if str(text).strip() else (np.nan, False, EITHER) for text in texts]
    known = [one or (np.nan, False, EITHER) for one in parsed] + [(np.nan, False, EITHER)]
    amount, days, counted = (np.array(each, dtype=object)[codes] for each in zip(*known, strict=True))
    unreadable = tuple(str(text) for text, one in zip(texts, parsed, strict=True) if one is None)
    return Limits(amount.astype(np.float64), days.astype(np.bool_), counted, unreadable)

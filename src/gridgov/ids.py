"""Ids and codes as text, and what Excel or a double column has done to them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from gridgov.language import Many, examples
from gridgov.words.reading import WORDS

__all__ = ["damaged_forms", "fold_id", "looks_scientific", "text_ids", "text_values"]

#: Above it not every whole number is a double; Excel keeps 15 digits, whatever it shows.
_EXACT: Final = 2**53
_EXCEL_DIGITS: Final = 15

_WHOLE_WITH_POINT = re.compile(r"-?\d+\.0+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_INNER_SPACE = re.compile(r"\s+")


def text_values(values: Iterable[object]) -> np.ndarray:
    """Any values as trimmed text; what is missing or blank becomes None.

    Parameters
    ----------
    values
        Shape (n,): text, whole or broken numbers (numpy's too), pandas' missing values.

    Returns
    -------
    ndarray
        Shape (n,), dtype object, of str and None. Whole floats lose their ``.0``.

    Examples
    --------
    >>> text_values([410104001.0, " 7 ", None, "", 2.5]).tolist()
    ['410104001', '7', None, None, '2.5']
    """
    series = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype=object)
    objects = series.astype(object).to_numpy()
    missing = series.isna().to_numpy()
    texts = [None if gone else _text(value) for value, gone in zip(objects, missing, strict=True)]
    return _objects(texts)


def text_ids(values: Iterable[object], *, column: str = "id") -> tuple[np.ndarray, list[str]]:
    """Ids as text (None where blank), and sentences on what was done to them or may be wrong with them.

    Parameters
    ----------
    values
        Shape (n,): as :func:`text_values`.
    column
        Name of the column, for the sentences.

    Notes
    -----
    A double holds whole numbers exactly up to 2**53 (16 digits); Excel keeps 15 digits of a number. Ids
    beyond that cannot be mended here, only named.
    """
    series = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype=object)
    ids = text_values(series)
    notes = []
    present = [value for value in ids if value is not None]
    if present and not _numeric(series) and all(_WHOLE_WITH_POINT.fullmatch(value) for value in present):
        ids = _objects([None if value is None else value.split(".")[0] for value in ids])
        notes.append(WORDS("whole_numbers", column=column, present=examples(present)))
    damaged = _damaged(series, ids.tolist())
    if damaged:
        notes.append(WORDS("digits_are_lost", column=column, n=Many(len(damaged)), ids=examples(damaged)))
    return ids, notes


def fold_id(value: str) -> str:
    """Id as it is compared when it does not match exactly: no spaces, half-width, one case, no ``'``, ``.0``.

    >>> fold_id("　ＪＷ－０１ "), fold_id("'410104001"), fold_id("410104001.0")
    ('jw-01', '410104001', '410104001')
    """
    folded = _INNER_SPACE.sub("", unicodedata.normalize("NFKC", value)).casefold().lstrip("'")
    return folded.split(".")[0] if _WHOLE_WITH_POINT.fullmatch(folded) else folded


def damaged_forms(value: str) -> set[str]:
    """What Excel (15 digits, the rest zeros) and a double column make of an id of more than 15 digits.

    >>> sorted(damaged_forms("41010400100100123"))
    ['41010400100100100', '41010400100100120']
    >>> damaged_forms("410104001001")
    set()
    """
    if not (value.isascii() and value.isdigit()) or len(value) <= _EXCEL_DIGITS:
        return set()
    excel = value[:_EXCEL_DIGITS].ljust(len(value), "0")
    return {excel, f"{float(value):.0f}"} - {value}


def looks_scientific(value: str) -> bool:
    """Whether a code has become a number in scientific notation: its last digits are gone.

    >>> looks_scientific("4.10104E+16")
    True
    """
    return _SCIENTIFIC.fullmatch(value) is not None


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value.replace("\0", "").strip() or None
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return f"{value:.0f}"
    return str(value).strip() or None


def _objects(texts: Sequence[str | None]) -> np.ndarray:
    array = np.empty(len(texts), dtype=object)
    array[:] = texts
    return array


def _numeric(series: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(series.dtype)


def _damaged(series: pd.Series, ids: Sequence[str | None]) -> list[str]:
    """Distinct ids that must have lost digits, in order of appearance."""
    present = [value for value in ids if value is not None]
    lost = {value for value in present if looks_scientific(value)}
    if pd.api.types.is_float_dtype(series.dtype):
        lost |= {value for value in present if value.lstrip("-").isdigit() and abs(int(value)) > _EXACT}
    long = [value for value in present if value.isdigit() and len(value) > _EXCEL_DIGITS]
    if long and all(set(value[_EXCEL_DIGITS:]) == {"0"} for value in long):
        # Codes may end in zeros; codes that all do, and repeat, were numbers in Excel.
        lost |= {value for value, count in Counter(long).items() if count > 1}
    return [value for value in dict.fromkeys(present) if value in lost]

"""Columns of coordinates made into numbers, and why a row has none."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gridgov import schema
from gridgov.coordinates.plain import PlainNumbers
from gridgov.coordinates.texts import BLANK, TEXT, Reading, read_number, read_pair
from gridgov.errors import ArgumentError

__all__ = ["Coordinates", "all_usable", "parse_coordinates", "parse_metres"]

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]

#: What `texts.Reading` may note.
_NOTES: Final = ("", "x", "y", BLANK, TEXT)
_REASONS: Final = np.array([*schema.REASON_CODES, None], dtype=object)

#: Pairs closer to 0,0 than this, in degrees or metres, are a default nobody changed.
_NULL_ISLAND: Final = 1e-6

#: So many texts are read one by one sooner than pandas is loaded.
_FEW_TEXTS: Final = 5000
_DIGITS: Final = re.compile("-?[0-9]+(?:\\.[0-9]+)?")

_HALF_TURN: Final = 180.0
_POLE: Final = 90.0

#: Degrees of China, as `datum.in_china` has them.
_CHINA_LON: Final = (73.0, 135.0)
_CHINA_LAT: Final = (18.0, 54.0)


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Longitudes and latitudes (or eastings and northings), one for every row given, in their order.

    `lon` and `lat` are NaN wherever there is a reason: `code` is its `schema.REASON_CODES`, -1 for none.
    `numbers` are all that could be read, whatever the reason; NaN where there is no number.
    """

    lon: Floats
    lat: Floats
    code: Codes
    numbers: tuple[Floats, Floats]

    @property
    def reason(self) -> NDArray[np.object_]:
        """Reason of each row in words, a key of `schema.REJECT_REASONS`, or None."""
        return _REASONS[self.code]


@dataclass(frozen=True, slots=True)
class _Column:
    """One column read: numbers, NaN where there is none, and the note of each `texts.Reading` as a code."""

    number: Floats
    code: Codes

    def noted(self, note: str) -> NDArray[np.bool_]:
        """Where the note is this one."""
        return np.asarray(self.code == _NOTES.index(note))


def parse_coordinates(
    lon: Any, lat: Any = None, *, geographic: bool = True, china: bool = True
) -> Coordinates:
    """Numbers from coordinate columns as they really come, and the reason where there are none.

    Parameters
    ----------
    lon, lat
        Arrays, Series or lists of n numbers or texts: ``113.73``, full-width digits, decimal comma
        (``113,73``), thousands (``474,352.5``), degrees, minutes and seconds (``113°43'48"E``,
        ``东经113度43分48秒``, ``113:43:48``). Without `lat`, `lon` holds both: ``113.73,34.72``,
        ``POINT (113.73 34.72)``; compass letters may say that the latitude stands first.
    geographic
        True for degrees; False for metres, where only blank, half, text and zero can be told.
    china
        Whether the data should lie in China: then a latitude of 73-90 with a longitude of 18-54 is an
        exchanged pair (Urumqi); elsewhere it is a place in the Arctic.

    Returns
    -------
    Coordinates
        Float64 arrays of n, and a reason for each row or None. A pair that looks exchanged is refused, never
        mended. Each row is judged alone: cutting a table in pieces changes nothing.

    Raises
    ------
    ArgumentError
        The two columns differ in length.

    Notes
    -----
    A million rows of numbers take 0.3 s, of plain decimal text 0.6 s (1.3 s in one column); other texts are
    read one by one, each different text once (4 s for a million different ones).

    >>> found = parse_coordinates(["113.73", "无", "34.72", "１１３。７３"], ["34.72", "", "113.73", "34,72"])
    >>> found.lon.tolist(), found.reason.tolist()
    ([113.73, nan, nan, 113.73], [None, 'blank', 'swapped', None])
    """
    if lat is None:
        x, y = _read_pairs(_raw(lon), geographic=geographic)
    else:
        x, y = (_read_column(_raw(column), geographic=geographic) for column in (lon, lat))
    if x.number.size != y.number.size:
        raise ArgumentError(f"{x.number.size} longitudes but {y.number.size} latitudes")
    code = _reasons(x, y, geographic=geographic, china=china)
    usable = code < 0
    lon, lat = (np.where(usable, column.number, np.nan) for column in (x, y))
    return Coordinates(lon, lat, code, (x.number, y.number))


def parse_metres(values: Any) -> tuple[Floats, NDArray[np.bool_]]:
    """Lengths in metres from a column as it comes (``15``, ``15.0米``, full-width digits), and its blanks.

    Each row is judged alone. What is neither blank nor a number is NaN and no blank.

    >>> parse_metres(["15 m", "", "about 3"])
    (array([15., nan, nan]), array([False,  True, False]))
    """
    column = _read_column(_raw(values), geographic=False)
    return column.number, column.noted(BLANK)


def _reasons(x: _Column, y: _Column, *, geographic: bool, china: bool) -> Codes:
    """Code of each row's reason, -1 for none; what stands first here counts before what stands later."""
    lon, lat = np.abs(x.number), np.abs(y.number)
    infinite = np.isinf(lon) | np.isinf(lat)
    no_x, no_y = x.noted(BLANK), y.noted(BLANK)
    cases = {
        "blank": no_x & no_y,
        "text": x.noted(TEXT) | y.noted(TEXT) | (infinite & (not geographic)),
        "half": no_x | no_y,
        "zero": (lon < _NULL_ISLAND) & (lat < _NULL_ISLAND),
    }
    if geographic:
        turned = (lat > _POLE) & (lat <= _HALF_TURN) & (lon <= _POLE)
        turned |= x.noted("y") | y.noted("x")
        if china:
            turned |= _between(x.number, _CHINA_LAT) & _between(y.number, _CHINA_LON)
        cases["swapped"] = turned & ~infinite
        cases["range"] = (lon > _HALF_TURN) | (lat > _POLE)
    code = np.full(lon.size, -1, np.int8)
    for word, rows in reversed(cases.items()):
        code[rows] = schema.REASON_CODES[word]
    return code


def all_usable(box: tuple[float, float, float, float], *, geographic: bool, china: bool) -> bool:
    """Whether no pair of numbers in a box (west, south, east, north) has a reason not to be usable.

    >>> all_usable((113, 34, 114, 35), geographic=True, china=True)
    True
    >>> all_usable((-1, -1, 1, 1), geographic=True, china=False)
    False
    """
    west, south, east, north = box
    zero = west < _NULL_ISLAND and east > -_NULL_ISLAND and south < _NULL_ISLAND and north > -_NULL_ISLAND
    if not geographic:
        return not zero
    beyond = west < -_HALF_TURN or east > _HALF_TURN or south < -_POLE or north > _POLE
    (lowest, highest), (first, last) = _CHINA_LAT, _CHINA_LON
    swapped = china and west <= highest and east >= lowest and south <= last and north >= first
    return not (zero or beyond or swapped)


def _between(numbers: Floats, limits: tuple[float, float]) -> NDArray[np.bool_]:
    return np.asarray((numbers >= limits[0]) & (numbers <= limits[1]))


def _raw(values: Any) -> Any:
    """A flat array, of float64 or of objects, a polars Series of text, or numbers with such texts."""
    if isinstance(values, PlainNumbers):
        return values
    polars = sys.modules.get("polars")
    if polars and isinstance(values, polars.Series) and values.dtype == polars.String:
        return values
    # Who has one of these has imported it, which takes numpy some time.
    masked = sys.modules.get("numpy.ma")
    if masked and isinstance(values, masked.MaskedArray):
        values = masked.filled(values.astype(object), None)
    array = np.asarray(values).reshape(-1)
    if array.dtype.kind in "fiu":
        return array.astype(np.float64)
    return array.astype(object) if array.dtype.kind in "OU" else array.astype(str).astype(object)


def _read_column(raw: Any, *, geographic: bool) -> _Column:
    if isinstance(raw, np.ndarray) and raw.dtype != object:
        return _Column(raw, np.where(np.isnan(raw), _NOTES.index(BLANK), 0).astype(np.int8))
    if isinstance(raw, PlainNumbers):
        return _completed(raw, geographic=geographic)
    number = _plain_numbers(raw)
    (column,) = _each_text(raw, [number], lambda text: (read_number(text, geographic=geographic),))
    return column


def _completed(raw: PlainNumbers, *, geographic: bool) -> _Column:
    """A column of which the plain numbers were read already."""
    number, code = raw.number.copy(), np.zeros(len(raw.number), np.int8)
    rest = np.flatnonzero(np.isnan(number))
    if len(rest):
        some = _read_column(raw.texts(rest), geographic=geographic)
        number[rest], code[rest] = some.number, some.code
    return _Column(number, code)


def _read_pairs(raw: Any, *, geographic: bool) -> tuple[_Column, _Column]:
    if not isinstance(raw, np.ndarray):
        raw = np.array(raw.to_list(), dtype=object)
    if raw.dtype != object or not raw.size:
        return _read_column(raw, geographic=geographic), _Column(
            np.full(raw.size, np.nan), np.full(raw.size, _NOTES.index(BLANK), np.int8)
        )
    parts = [(value if isinstance(value, str) else "").partition(",") for value in raw]
    plain = [_plain_numbers(np.array([part[place] for part in parts], dtype=object)) for place in (0, 2)]
    x, y = _each_text(raw, plain, lambda text: read_pair(text, geographic=geographic))
    return x, y


def _plain_numbers(raw: Any) -> Floats:
    """What needs no second look; a bool is not a number."""
    if not isinstance(raw, np.ndarray):
        # Reads the same texts as pandas but those with blanks around them, which are looked at again.
        numbers = raw.cast(sys.modules["polars"].Float64, strict=False).to_numpy(writable=True)
        return np.asarray(numbers, dtype=np.float64)
    if raw.size <= _FEW_TEXTS and {*map(type, raw)} <= {str, type(None)} and "pandas" not in sys.modules:
        return np.array([float(text) if _DIGITS.fullmatch(text or "") else np.nan for text in raw])
    import pandas as pd

    numbers = pd.to_numeric(pd.Series(raw, dtype=object), errors="coerce").to_numpy(np.float64, copy=True)
    odd = np.fromiter((isinstance(value, (bool, np.bool_)) for value in raw), bool, raw.size)
    numbers[odd] = np.nan
    return numbers


def _each_text(raw: Any, plain: list[Floats], read: Callable[[str], tuple[Reading, ...]]) -> list[_Column]:
    """Columns with what `plain` lacks read one by one, each different text once."""
    rest = np.flatnonzero(np.logical_or.reduce([np.isnan(numbers) for numbers in plain]))
    rows = raw[rest] if isinstance(raw, np.ndarray) else raw.gather(rest).to_list()
    texts = ["" if _is_missing(value) else str(value) for value in rows]
    different: dict[str, int] = {}
    codes = np.array([different.setdefault(text, len(different)) for text in texts], dtype=np.intp)
    readings = [read(text) for text in different]
    columns = []
    for place, numbers in enumerate(plain):
        note = np.zeros(len(numbers), np.int8)
        if readings:
            numbers[rest] = np.array([reading[place].number for reading in readings])[codes]
            note[rest] = np.array([_NOTES.index(reading[place].note) for reading in readings], np.int8)[codes]
        columns.append(_Column(numbers, note))
    return columns


def _is_missing(value: object) -> bool:
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 (NaN)
        return True
    # Who has one of these has imported pandas.
    pandas = sys.modules.get("pandas")
    return any(value is getattr(pandas, name, None) for name in ("NA", "NaT"))

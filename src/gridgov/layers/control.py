"""Control points on disk."""

from pathlib import Path
from typing import Final

from gridgov.coordinates import parse_metres
from gridgov.datum.control import ControlFit, fit_control
from gridgov.errors import ArgumentError, FormatError, SchemaError
from gridgov.layers.arguments import split_path
from gridgov.layers.formats import TABLE_FILES, check_input, kind_of
from gridgov.layers.spreadsheet import read_sheet
from gridgov.layers.words import WORDS

__all__ = ["read_control"]

#: Names of the four columns: easting and northing in the system to leave, and in the known one. Upper and
#: lower case tell them apart.
_COLUMNS: Final = (
    ("x", "y", "X", "Y"),
    ("x", "y", "to_x", "to_y"),
    ("x_old", "y_old", "x_new", "y_new"),
    ("旧x", "旧y", "新x", "新y"),
    ("旧X", "旧Y", "新X", "新Y"),
    ("源x", "源y", "目标x", "目标y"),
    ("源X", "源Y", "目标X", "目标Y"),
)
_NAMES: Final = ("点号", "点名", "名称", "编号", "name", "id", "point")


def read_control(
    path: str | Path, *, crs: object, sheet: str | None = None, encoding: str | None = None
) -> ControlFit:
    """The four parameters that the control points of a file give (.csv, .xlsx).

    Parameters
    ----------
    path
        A table with columns ``x, y, X, Y``: easting and northing in the system to leave, and in the known one
        (or ``x_old, y_old, x_new, y_new``; 旧X, 旧Y, 新X, 新Y), and perhaps the point's name (点号).
        ``points.xlsx#Sheet1`` names a sheet.
    crs
        What X and Y are in.
    sheet, encoding
        As for other tables.

    Raises
    ------
    InputMissingError, FormatError, EncodingError, SchemaError
        The file cannot be read, or has no such columns.
    CoordinateError, CRSError
        As `gridgov.fit_control`.
    """
    file, named = split_path(str(path))
    if crs is None:
        raise ArgumentError(WORDS("control_system", file=file.name))
    check_input(file)
    if kind_of(file) not in TABLE_FILES.values():
        raise FormatError(WORDS("control_table", file=file.name))
    read = read_sheet(file, sheet=sheet or named, encoding=encoding)
    rows = read.rows
    header = next((k for k, row in enumerate(rows) if _found(row)), None)
    if header is None:
        raise SchemaError(WORDS("control_columns", source=read.source))
    columns = _found(rows[header])
    below = [(number, row) for number, row in enumerate(rows[header + 1 :], start=header + 2) if any(row)]
    x, y, to_x, to_y = (parse_metres([row[place] for _, row in below])[0] for place in columns)
    words = [(text or "").strip().lower() for text in rows[header]]
    label = next((k for k, word in enumerate(words) if word in _NAMES), None)
    texts = [None if label is None else row[label] for _, row in below]
    names = [
        text.strip() if text else WORDS("row", number=number)
        for text, (number, _) in zip(texts, below, strict=True)
    ]
    return fit_control(x=x, y=y, to_x=to_x, to_y=to_y, crs=crs, names=names, source=read.source)


def _found(row: list[str | None]) -> list[int]:
    """Places of the four columns in a row of names; empty if they are not there."""
    names = [(text or "").strip() for text in row]
    return next(([names.index(name) for name in four] for four in _COLUMNS if set(four) <= set(names)), [])

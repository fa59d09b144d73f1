"""The planners' lists on disk: one workbook, or a folder of text tables."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from gridgov.errors import FormatError
from gridgov.lists import LISTS, network_lists
from gridgov.network import Network
from gridgov.outputs import check_output, check_together, replacing, replacing_together

__all__ = ["check_lists_output", "write_lists"]

WORKBOOK: Final = ".xlsx"

#: Sheets are called as planners call the lists; files in plain ASCII, which every system keeps.
SHEETS: Final = {
    "crosswalk": "对照表 crosswalk",
    "conflicts": "冲突清单 conflicts",
    "uncovered": "空白区 uncovered",
    "lost": "lost grids",
    "grids": "all grids",
}

#: Limits of the .xlsx format (ECMA-376).
_MOST_ROWS: Final = 1_048_576
_MOST_CHARACTERS: Final = 32_767

#: Rows above the values: what the list holds, and the column names.
_ABOVE: Final = 2

#: Columns are as wide as what stands in their first rows, within limits, in characters.
_LOOKED_AT, _NARROWEST, _WIDEST = 1000, 8, 48

_FORMATS: Final = {"_m2": "#,##0", "_share": "0.00%", "_m": "0.0", "lon": "0.000000", "lat": "0.000000"}


def write_lists(network: Network, path: str | Path, *, overwrite: bool = False) -> dict[str, int]:
    """Write the lists of :func:`gridgov.lists.network_lists`, all or none.

    Parameters
    ----------
    network
        From `merge_grids` or `read_network`.
    path
        ``.xlsx``: one sheet per list, with a sentence above it and ids as text. Else a folder, made if it is
        not there: one ``<list>.csv`` per list, UTF-8 with a byte order mark.
    overwrite
        Replace what is there; other files in the folder stay.

    Returns
    -------
    Rows per list.

    Raises
    ------
    FormatError, OutputExistsError, OutputLockedError, InputMissingError
        Another ending, or more rows than a sheet holds; it is there; it cannot be written.
    """
    path = Path(path)
    check_lists_output(path, overwrite=overwrite)
    lists = network_lists(network)
    if path.suffix.lower() == WORKBOOK:
        _check_rows(lists, path)
        with replacing(path, overwrite=overwrite) as partial:
            _workbook(lists, partial)
    else:
        with replacing_together(_targets(path), overwrite=overwrite) as folder:
            inner = folder if path.is_dir() else folder / path.name
            inner.mkdir(exist_ok=True)
            for name, table in lists.items():
                table.to_csv(inner / _file(name), index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return {name: len(table) for name, table in lists.items()}


def check_lists_output(path: str | Path, *, overwrite: bool = False) -> None:
    """Raise what `write_lists` would raise of a path, before any work is done."""
    path = Path(path)
    if path.suffix.lower() == WORKBOOK:
        check_output(path, overwrite=overwrite)
    elif path.suffix and not path.is_dir():
        raise FormatError(f"{path}: the tables are written to a folder or to one .xlsx; name it with -o")
    else:
        check_together(_targets(path), overwrite=overwrite)


def _targets(path: Path) -> list[Path]:
    """What is replaced: the files in a folder that is there, else the folder."""
    return [path / _file(name) for name in LISTS] if path.is_dir() else [path]


def _file(name: str) -> str:
    return f"{name}.csv"


def _check_rows(lists: dict[str, pd.DataFrame], path: Path) -> None:
    for name, table in lists.items():
        if len(table) > _MOST_ROWS - _ABOVE:
            raise FormatError(
                f"{path}: '{name}' has {len(table):,} rows, more than an Excel sheet holds; write the tables "
                "to a folder instead: -o DIR"
            )


def _workbook(lists: dict[str, pd.DataFrame], path: Path) -> None:
    import xlsxwriter

    # Ids of 17 digits stay text; a note that begins with '=' is no formula; row by row takes little memory.
    options = {
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "constant_memory": True,
    }
    with xlsxwriter.Workbook(path, options) as book:
        bold = book.add_format({"bold": True})
        formats = {end: book.add_format({"num_format": shown}) for end, shown in _FORMATS.items()}
        for name, table in lists.items():
            sheet = book.add_worksheet(SHEETS[name])
            for number, column in enumerate(table.columns):
                style = next((formats[end] for end in formats if column.endswith(end)), None)
                sheet.set_column(number, number, _width(column, table[column]), style)
            sheet.freeze_panes(_ABOVE, 0)
            sheet.autofilter(_ABOVE - 1, 0, max(_ABOVE, _ABOVE + len(table) - 1), len(table.columns) - 1)
            sheet.write_string(0, 0, LISTS[name])
            sheet.write_row(1, 0, list(table.columns), bold)
            for number, row in enumerate(_plain_rows(table), start=_ABOVE):
                sheet.write_row(number, 0, row)


def _plain_rows(table: pd.DataFrame) -> Iterator[list[Any]]:
    """Rows of text, numbers and None; a text longer than a cell holds is cut."""
    missing = table.isna().to_numpy()
    for row, gone in zip(table.itertuples(index=False, name=None), missing, strict=True):
        values = [None if no else value for value, no in zip(row, gone, strict=True)]
        yield [value[:_MOST_CHARACTERS] if isinstance(value, str) else value for value in values]


def _width(column: str, values: "pd.Series[Any]") -> int:
    """Characters a column needs, Chinese ones counted twice; numbers are shown rounded."""
    texts = [column, *(value for value in values.head(_LOOKED_AT) if isinstance(value, str))]
    widest = max(sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text) for text in texts)
    return min(max(widest + 2, _NARROWEST), _WIDEST)

"""The crosswalk of departments on disk: a workbook (对照表) or one table."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.errors import FormatError
from gridgov.outputs import replacing
from gridgov.schema import DEPARTMENT_RELATIONS
from gridgov.tables.excel import MOST_ROWS

if TYPE_CHECKING:
    import pandas as pd

    from gridgov.crosswalk import DepartmentCrosswalk

__all__ = ["CROSSWALK_FILES", "crosswalk_sheets", "write_crosswalk"]

CROSSWALK_FILES: Final = (".xlsx", ".csv", ".parquet")

#: Excel's limit for the name of a sheet.
_SHEET_NAME: Final = 31
_WIDTHS: Final = {"owner_a": 24, "owner_b": 24, "grid_a": 22, "grid_b": 22, "meaning": 90, "note": 120}
_USUAL_WIDTH: Final = 16
_TEXT: Final = ("grid_a", "grid_b", "relation")
_FORMATS: Final = {"_m2": "#,##0", "share": "0.00%", "weight": "#,##0.##"}


def write_crosswalk(result: "DepartmentCrosswalk", path: str | Path, *, overwrite: bool = False) -> None:
    """Write a crosswalk of departments to one file, whole or not at all.

    Parameters
    ----------
    result
        From `crosswalk_departments`.
    path
        ``.xlsx``: a sheet per ordered pair of departments, and sheets ``summary`` (counts per relation in
        words), ``totals`` and ``notes``. ``.csv`` (UTF-8, for programs: Excel would change its long ids) and
        ``.parquet``: all pairs in one table.
    overwrite
        Replace a file that exists.

    Raises
    ------
    FormatError, OutputExistsError, OutputLockedError
        Another extension, or more rows than a sheet holds; the file is there; it cannot be written.
    """
    path = Path(path)
    writers = {".xlsx": _workbook, ".csv": _csv, ".parquet": _parquet}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise FormatError(f"{path}: a crosswalk is written as {', '.join(CROSSWALK_FILES)}; name one with -o")
    if writer is _workbook:
        _check_size(result, path)
    with replacing(path, overwrite=overwrite) as partial:
        writer(result, partial)


def crosswalk_sheets(result: "DepartmentCrosswalk") -> "dict[str, pd.DataFrame]":
    """Answer the sheets of the workbook by name; the names of long departments are cut."""
    import pandas as pd

    notes = [*result.notes, *(f"{name}: {words}" for name, words in DEPARTMENT_RELATIONS.items())]
    sheets = {
        "summary": result.relations,
        "totals": result.totals,
        "notes": pd.DataFrame({"note": notes}, dtype=object),
    }
    for (a, b), rows in result.pairs.groupby(["department_a", "department_b"], sort=False):
        sheets[_sheet_name(str(a), str(b), sheets)] = rows
    return sheets


def _sheet_name(a: str, b: str, taken: "Mapping[str, object]") -> str:
    """Two names in one that Excel takes: 31 characters, unique ignoring case."""
    used = {name.casefold() for name in taken}
    number = 1
    while True:
        end = f" {number}" if number > 1 else ""
        room = (_SHEET_NAME - len(" - ") - len(end)) // 2
        short = max(room, 2 * room - min(len(a), len(b)))
        name = f"{a[:short]} - {b[:short]}{end}"
        if name.casefold() not in used:
            return name
        number += 1


def _check_size(result: "DepartmentCrosswalk", path: Path) -> None:
    most = int(result.pairs.groupby(["department_a", "department_b"]).size().max())
    if most >= MOST_ROWS:
        raise FormatError(
            f"{path}: an Excel sheet holds {MOST_ROWS - 1:,} rows, and this crosswalk has {most:,}; "
            "write .csv or .parquet instead"
        )


def _csv(result: "DepartmentCrosswalk", path: Path) -> None:
    result.pairs.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _parquet(result: "DepartmentCrosswalk", path: Path) -> None:
    result.pairs.to_parquet(path, index=False, compression="zstd")


def _workbook(result: "DepartmentCrosswalk", path: Path) -> None:
    import xlsxwriter

    # Ids of 17 digits stay text; an owner that begins with '=' is no formula.
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        bold = book.add_format({"bold": True})
        formats = {end: book.add_format({"num_format": form}) for end, form in _FORMATS.items()}
        formats["text"] = book.add_format({"num_format": "@"})
        for name, table in crosswalk_sheets(result).items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, list(table.columns), bold)
            if len(table):
                sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
            for number, column in enumerate(table.columns):
                _write_column(sheet, number, column, table[column], formats)


def _write_column(
    sheet: Any, number: int, column: str, values: "pd.Series[Any]", formats: Mapping[str, Any]
) -> None:
    import pandas as pd

    style = formats["text"] if column in _TEXT else None
    if style is None and pd.api.types.is_float_dtype(values):
        style = next((form for part, form in formats.items() if part in column), None)
    sheet.set_column(number, number, _WIDTHS.get(column, _USUAL_WIDTH), style)
    sheet.write_column(1, number, [None if pd.isna(value) else value for value in values.tolist()])

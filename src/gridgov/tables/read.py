"""Tables of incidents read by the ending of their name."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from gridgov.errors import ArgumentError, FormatError, InputMissingError
from gridgov.tables.excel import read_excel
from gridgov.tables.points import read_parquet, read_points, with_coordinates
from gridgov.tables.table import Table
from gridgov.tables.text import read_text

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ENDINGS", "check_ending", "load_table", "read_table"]

TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt")
EXCEL_ENDINGS: Final = (".xlsx",)
PARQUET_ENDINGS: Final = (".parquet", ".geoparquet")
POINT_ENDINGS: Final = (".gpkg", ".geojson")
ENDINGS: Final = TEXT_ENDINGS + EXCEL_ENDINGS + PARQUET_ENDINGS + POINT_ENDINGS

_SAVE_AS: Final = {".xls": ".xlsx", ".et": ".xlsx", ".json": ".geojson", ".shp": ".gpkg", ".dbf": ".csv"}


def load_table(
    path: str | Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    blank_rows: bool = False,
) -> Table:
    """Read a table with all that its output needs: text format, points, what was done to read it.

    Parameters
    ----------
    path
        .csv, .tsv, .txt, .xlsx, .parquet, .gpkg (points) or .geojson (points).
    encoding
        Encoding of a text table; found when None: byte order mark, UTF-8, GB18030.
    sheet
        Sheet of a workbook or layer of a GeoPackage that has several.
    header_row
        Row of the column names in a workbook, from 1; found when None.
    blank_rows
        Keep rows of a text table or workbook that hold nothing at all, as rows of nulls. Otherwise they
        are no rows.

    Raises
    ------
    InputMissingError, FormatError, EncodingError, SchemaError, ArgumentError
        The file is not there, of another kind, damaged, or cannot be read without being told more.
    """
    path = Path(path)
    if not path.is_file():
        said = "is a folder; name a file in it" if path.exists() else "is not there"
        raise InputMissingError(f"{path} {said}")
    check_ending(path)
    if not path.stat().st_size:
        raise FormatError(f"{path}: the file is empty (0 bytes)")
    ending = path.suffix.lower()
    if sheet is not None and ending not in EXCEL_ENDINGS + POINT_ENDINGS:
        raise ArgumentError(f"{path} has no sheets or layers, so no '{sheet}'")
    try:
        if ending in EXCEL_ENDINGS:
            return read_excel(path, sheet=sheet, header_row=header_row, blank_rows=blank_rows)
        if ending in PARQUET_ENDINGS:
            return read_parquet(path)
        if ending in POINT_ENDINGS:
            return read_points(path, layer=sheet)
        return read_text(path, encoding=encoding, blank_rows=blank_rows)
    except PermissionError as error:
        said = "you may not, or it is open in another program"
        raise InputMissingError(f"{path} cannot be read: {said}") from error


def read_table(
    path: str | Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
) -> "pl.DataFrame":
    """Rows of a table as a polars DataFrame; points become the columns ``lon`` and ``lat``.

    Parameters and errors as :func:`load_table`. The two columns are x and y in the file's own coordinate
    system, called ``lon_1`` and ``lat_1`` if the file has such columns.
    """
    table = load_table(path, encoding=encoding, sheet=sheet, header_row=header_row)
    return table.data if table.points is None else with_coordinates(table.data, table.points)[0]


def check_ending(path: Path) -> None:
    """Raise FormatError, naming the way out, unless gridgov reads and writes tables of this ending."""
    ending = path.suffix.lower()
    if ending in ENDINGS:
        return
    if ending in _SAVE_AS:
        raise FormatError(f"{path}: {ending} is not read or written; save it as {_SAVE_AS[ending]}")
    said = f"a table ending in {ending} is not known" if ending else "the name has no ending"
    raise FormatError(f"{path}: {said}; known are {', '.join(ENDINGS)}")

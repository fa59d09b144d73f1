"""Tables of incidents read by the kind of their file, batch by batch or whole."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gridgov.errors import ArgumentError, FormatError, InputMissingError
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.excel import open_excel
from gridgov.tables.formats import TableFormat
from gridgov.tables.geometry import with_coordinates
from gridgov.tables.json_lines import open_json_lines
from gridgov.tables.parquet import open_parquet
from gridgov.tables.points import open_points
from gridgov.tables.table import BATCH_ROWS, MapPoints, Table, TableStream
from gridgov.tables.text import open_text
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import polars as pl

__all__ = ["check_source", "load_table", "open_table", "read_table"]


def open_table(
    path: str | Path,
    *,
    form: TableFormat | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    blank_rows: bool = False,
    batch_rows: int = BATCH_ROWS,
    shown: str | None = None,
) -> TableStream:
    """A table to be read batch by batch, with all that its output needs.

    Parameters
    ----------
    path
        .csv, .tsv, .txt, .ndjson, .jsonl (also .gz or .zst), .xlsx, .parquet, .gpkg or .geojson (points).
    form
        What kind of file it is; by its ending when None.
    encoding
        Encoding of a text table; found when None: byte order mark, UTF-8, GB18030.
    sheet
        Sheet of a workbook or layer of a GeoPackage that has several.
    header_row
        Row of the column names in a workbook, from 1; found when None.
    blank_rows
        Keep rows of a text table or workbook that hold nothing at all, as rows of nulls. Otherwise they
        are no rows.
    batch_rows
        Rows of a batch, at most.
    shown
        What messages call a text file, if not by its path.

    Raises
    ------
    InputMissingError, FormatError, EncodingError, SchemaError, ArgumentError
        The file is not there, of another kind, damaged, or cannot be read without being told more. What is
        wrong farther down is raised when that batch is read.
    """
    path = Path(path)
    form = check_source(path, form)
    if sheet is not None and not form.layered:
        raise ArgumentError(WORDS("no_sheets", path=path, sheet=sheet))
    try:
        if form.kind == "xlsx":
            return open_excel(
                path, sheet=sheet, header_row=header_row, blank_rows=blank_rows, batch_rows=batch_rows
            )
        if form.kind == "parquet":
            return open_parquet(path, batch_rows=batch_rows)
        if form.spatial:
            return open_points(path, layer=sheet, batch_rows=batch_rows)
        if form.kind == "ndjson":
            return open_json_lines(ByteFile(path, form.packing, shown or str(path)), batch_rows=batch_rows)
        return open_text(
            ByteFile(path, form.packing, shown or str(path)),
            encoding=encoding,
            tabs=form.kind == "tsv",
            blank_rows=blank_rows,
            batch_rows=batch_rows,
        )
    except PermissionError as error:
        said = WORDS("may_not")
        raise InputMissingError(WORDS("cannot_read", path=path, said=said)) from error


def check_source(path: Path, form: TableFormat | None = None) -> TableFormat:
    """What kind of table a file is; raises unless it is there, of a known kind, and not empty."""
    if not path.is_file():
        said = WORDS("is_folder") if path.exists() else WORDS("is_not_there")
        raise InputMissingError(f"{path} {said}")
    form = form or TableFormat.of(path)
    if not path.stat().st_size:
        raise FormatError(WORDS("empty_file", path=path))
    return form


def load_table(
    path: str | Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    blank_rows: bool = False,
) -> Table:
    """Read a whole table with all that its output needs: text format, points, what was done to read it.

    Parameters and errors as :func:`open_table`.
    """
    import polars as pl

    stream = open_table(path, encoding=encoding, sheet=sheet, header_row=header_row, blank_rows=blank_rows)
    batches = list(stream.batches)
    points = None
    if stream.spatial:
        shapes = [batch.points.geometry for batch in batches if batch.points is not None]
        points = MapPoints(np.concatenate(shapes), stream.crs)
    data = pl.concat([batch.frame() for batch in batches])
    return Table(data, stream.path, stream.text, points, tuple(stream.notes), stream.first_row)


def read_table(
    path: str | Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
) -> "pl.DataFrame":
    """Rows of a table as a polars DataFrame; points become the columns ``lon`` and ``lat``.

    Parameters and errors as :func:`open_table`. The two columns are x and y in the file's own coordinate
    system, called ``lon_1`` and ``lat_1`` if the file has such columns.
    """
    table = load_table(path, encoding=encoding, sheet=sheet, header_row=header_row)
    return table.data if table.points is None else with_coordinates(table.data, table.points)[0]

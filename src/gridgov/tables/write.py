"""Tables of incidents written by the kind of their file, batch by batch or whole."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from gridgov.errors import SchemaError
from gridgov.frames import column_names, column_values
from gridgov.language import examples
from gridgov.outputs import replacing
from gridgov.tables.byte_file import packed
from gridgov.tables.excel_writer import ExcelWriter, check_sheet
from gridgov.tables.formats import TableFormat
from gridgov.tables.geometry import coordinate_columns, geopackage_names
from gridgov.tables.json_lines import JsonLinesWriter
from gridgov.tables.parquet_writer import ParquetWriter
from gridgov.tables.points import PointsWriter
from gridgov.tables.table import EXCEL_TEXT, Batch, MapPoints, TextFormat
from gridgov.tables.text_writer import TextWriter
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import polars as pl
    from pyproj import CRS

__all__ = ["TableWriter", "check_columns", "open_writer", "stream_writer", "text_form_of", "write_table"]


class TableWriter(Protocol):
    """Writes a table batch by batch; every batch has the same columns."""

    def write(self, batch: Batch) -> None:
        """Add rows."""

    def flush(self) -> None:
        """Give on what was written, where rows can be read one by one."""

    def describe(self, told: Mapping[str, Any]) -> None:
        """Say inside the file where it comes from, before it is closed, if its kind can hold that."""

    def close(self) -> list[str]:
        """End the file; answers sentences on what had to be written otherwise."""

    def abandon(self) -> None:
        """Let go of the file after an error; it will be removed."""


def open_writer(
    path: Path,
    *,
    name: Path,
    form: TableFormat | None = None,
    text: TextFormat | None = None,
    spatial: bool = False,
    crs: "CRS | None" = None,
    safe: bool = False,
) -> TableWriter:
    """A writer to `path` of what will be called `name`.

    Parameters
    ----------
    path, name
        Where to write; what the file will be called.
    form
        What kind of file it is; by the ending of `name` when None.
    text
        How to write a text table; UTF-8 with a byte order mark when None, which Excel reads.
    spatial, crs
        Whether batches have points, and in which coordinate system. They are the geometry in GeoPackage,
        GeoJSON and Parquet, two columns ``lon`` and ``lat`` elsewhere.
    safe
        Whether values of a text table that look like formulas get an apostrophe in front.
    """
    form = form or TableFormat.of(name)
    if form.spatial:
        return PointsWriter(path, name=name, kind=form.kind)
    if form.kind == "parquet":
        return ParquetWriter(path, crs=crs, spatial=spatial)
    plain: TableWriter
    if form.kind == "xlsx":
        plain = ExcelWriter(path, name=name)
    elif form.kind == "ndjson":
        plain = JsonLinesWriter(packed(path, form.packing))
    else:
        plain = TextWriter(path, text_form_of(form, text), packing=form.packing, safe=safe)
    return _WithCoordinates(plain) if spatial else plain


def stream_writer(
    stream: BinaryIO,
    form: TableFormat,
    *,
    text: TextFormat | None = None,
    spatial: bool = False,
    safe: bool = False,
) -> TableWriter:
    """A writer to an open stream, for csv, tsv and ndjson; text is UTF-8 unless `text` says otherwise."""
    plain: TableWriter
    if form.kind == "ndjson":
        plain = JsonLinesWriter(stream)
    else:
        plain = TextWriter(stream, text_form_of(form, text or TextFormat()), safe=safe)
    return _WithCoordinates(plain) if spatial else plain


def text_form_of(form: TableFormat, text: TextFormat | None) -> TextFormat:
    """How a text table is written: as a text input was, else as Excel likes it."""
    text = text or EXCEL_TEXT
    return TextFormat(text.encoding, text.bom, "\t", text.line_end) if form.kind == "tsv" else text


class _WithCoordinates:
    """A writer of a table without geometry: points are two columns in it."""

    def __init__(self, writer: TableWriter) -> None:
        self._writer = writer
        self.flush, self.describe = writer.flush, writer.describe
        self.close, self.abandon = writer.close, writer.abandon

    def write(self, batch: Batch) -> None:
        """Add rows."""
        if batch.points is not None:
            frame = batch.frame()
            batch = Batch(frame, added=coordinate_columns(batch.points, frame.columns))
        self._writer.write(batch)


def write_table(
    table: Any,
    path: str | Path,
    *,
    overwrite: bool = False,
    text: TextFormat | None = None,
    points: MapPoints | None = None,
) -> list[str]:
    """Write a table: the file is there whole, or not at all.

    Parameters
    ----------
    table
        pandas, geopandas or polars DataFrame, or pyarrow Table.
    path
        .csv, .tsv, .txt, .ndjson, .jsonl (also .gz or .zst), .xlsx, .parquet, .gpkg or .geojson.
    overwrite
        Replace a file that is there.
    text
        How to write a text table; UTF-8 with a byte order mark when None, which Excel reads.
    points
        One point per row: the geometry in GeoPackage, GeoJSON and Parquet, two columns ``lon`` and ``lat``
        in text tables and workbooks. A GeoDataFrame brings its own.

    Returns
    -------
    list of str
        Sentences on what had to be written otherwise (columns renamed, another encoding).

    Raises
    ------
    OutputExistsError, OutputLockedError, InputMissingError, ArgumentError
        As :func:`gridgov.outputs.check_output`; ArgumentError also if a spatial file has no points.
    FormatError, SchemaError
        The ending is unknown, or the format cannot hold the table.
    """
    path = Path(path)
    form = TableFormat.of(path)
    data, own = _polars(table)
    points = points or own
    check_columns(data.columns, path, form)
    with replacing(path, overwrite=overwrite) as temporary:
        writer = open_writer(
            temporary,
            name=path,
            form=form,
            text=text,
            spatial=points is not None,
            crs=points.crs if points is not None else None,
        )
        try:
            writer.write(Batch(data, points))
            return writer.close()
        except BaseException:
            writer.abandon()
            raise


def check_columns(names: Sequence[str], path: Path, form: TableFormat) -> None:
    """Raise what writing would raise of a table with these columns.

    SchemaError for names that clash in the format, FormatError for more than a sheet holds.
    """
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise SchemaError(WORDS("same_names_out", path=path, repeated=examples(repeated)))
    if form.kind == "gpkg":
        geopackage_names(names, where=str(path))
    if form.kind == "xlsx":
        check_sheet(path, rows=0, columns=len(names))


def _polars(table: Any) -> "tuple[pl.DataFrame, MapPoints | None]":
    import geopandas as gpd
    import polars as pl

    if isinstance(table, pl.DataFrame):
        return table, None
    names = column_names(table)
    points = None
    if isinstance(table, gpd.GeoDataFrame) and table.active_geometry_name is not None:
        names.remove(table.active_geometry_name)
        points = MapPoints(table.geometry.to_numpy(), table.crs)
    columns = {name: column_values(table, name).tolist() for name in names}
    return pl.DataFrame(columns, infer_schema_length=None), points

"""What a file of incidents holds: its columns, its points if it has any, and how it was written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gridgov.language import listed
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    import pyarrow as pa
    from numpy.typing import NDArray
    from pyproj import CRS

    from gridgov.coordinates import PlainNumbers
    from gridgov.tables.row_groups import GroupPart
    from gridgov.tables.text_lines import TextLines

__all__ = [
    "BATCH_ROWS",
    "Batch",
    "Behind",
    "MapPoints",
    "Table",
    "TableStream",
    "TextFormat",
    "arrow_column",
    "in_batches",
]

#: Rows read, asked and written at a time.
BATCH_ROWS: Final = 200_000


@dataclass(frozen=True, slots=True)
class TextFormat:
    r"""How a text table is written, so that the output can be written the same way.

    Attributes
    ----------
    encoding
        Python's name of the encoding, without the byte order mark.
    bom
        True if a byte order mark stands first.
    separator
        ``,``, tab or ``;``.
    line_end
        ``\n`` or ``\r\n``.
    """

    encoding: str = "utf-8"
    bom: bool = False
    separator: str = ","
    line_end: str = "\n"

    def __str__(self) -> str:
        words = [self.encoding.upper()]
        if self.bom:
            words.append(WORDS("with_mark"))
        if self.separator != ",":
            words.append({"\t": "tab-separated", ";": "semicolon-separated"}[self.separator])
        return listed(words)


#: For text tables made from no text table: Excel shows Chinese only if a byte order mark stands first.
EXCEL_TEXT = TextFormat(bom=True, line_end="\r\n")


@dataclass(frozen=True, slots=True)
class MapPoints:
    """One point per row in one coordinate system; None where a row has none."""

    geometry: "NDArray"  # type: ignore[type-arg]
    crs: "CRS | None"


class Behind(NamedTuple):
    """Columns set behind the lines of a text table: their names, and what stands behind each line.

    That is one of the texts of the lists `one` and `other`, at the position `at`, counted through both.
    """

    names: tuple[str, ...]
    one: "pa.LargeBinaryArray"
    other: "pa.LargeBinaryArray"
    at: "NDArray[np.int64]"


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Some rows of a table, in its order.

    Attributes
    ----------
    rows
        pyarrow Table or polars DataFrame, as they were read.
    points
        Geometry of a spatial file or of what is written to one. It is no column of `rows`.
    added
        polars Series, one value per row: columns to be set at the end, or in the place of one of that name.
    lines
        The rows as they came, if answers are set behind them: JSON objects, or lines of a text table; then
        `rows` may lack columns. Or the part of a row group of Parquet that they are.
    numbers
        Columns of coordinates that are no columns of `rows`, if they were read with the lines.
    behind
        What stands behind each line of a text table.
    coded
        Columns of Arrow to be set at the end of a Parquet file; texts may be codes of words.
    filled
        Whether those of `added` in the place of others differ from them only where they are empty.
    """

    rows: Any
    points: MapPoints | None = None
    added: "tuple[pl.Series, ...]" = ()
    lines: "list[str] | TextLines | GroupPart | None" = None
    numbers: "Mapping[str, PlainNumbers]" = field(default_factory=dict)
    behind: "Behind | None" = None
    coded: "Mapping[str, pa.Array]" = field(default_factory=dict)
    filled: bool = False

    def __len__(self) -> int:
        return len(self.lines if self.lines is not None else self.rows)

    def frame(self) -> "pl.DataFrame":
        """Rows with what is added, as a polars DataFrame."""
        import polars as pl

        rows = self.rows if isinstance(self.rows, pl.DataFrame) else pl.from_arrow(self.rows)
        assert isinstance(rows, pl.DataFrame)
        return rows.with_columns(self.added) if self.added else rows

    def table(self) -> "pa.Table":
        """Rows with what is added, as a pyarrow Table; columns that were read are carried as they are."""
        import polars as pl
        import pyarrow as pa

        rows = self.rows
        if isinstance(rows, pl.DataFrame):
            columns = rows.get_columns()
            rows = pa.Table.from_arrays(list(map(arrow_column, columns)), [each.name for each in columns])
        for series in self.added:
            column = arrow_column(series)
            where = rows.schema.get_field_index(series.name)
            if where < 0:
                rows = rows.append_column(series.name, column)
            else:
                rows = rows.set_column(where, series.name, column)
        for name, column in self.coded.items():
            rows = rows.append_column(name, column)
        return rows


def arrow_column(series: "pl.Series") -> Any:
    """A column of polars as Arrow has it, texts as the type that every reader knows."""
    import polars as pl
    import pyarrow as pa

    column = series.to_arrow(compat_level=pl.CompatLevel.oldest())
    return column.cast(pa.string()) if column.type == pa.large_string() else column


def in_batches(rows: Any, batch_rows: int, points: MapPoints | None = None) -> Iterator[Batch]:
    """Rows cut into batches, at least one."""
    for begin in range(0, max(len(rows), 1), batch_rows):
        some = points and MapPoints(points.geometry[begin : begin + batch_rows], points.crs)
        yield Batch(rows.slice(begin, batch_rows), some)


@dataclass(slots=True, eq=False)
class TableStream:
    """A table that is read batch by batch; its batches can be had once.

    Attributes
    ----------
    path
        Where it comes from.
    names
        Columns of every batch.
    batches
        The rows, in order; an empty table has one batch without rows. Close it (`.close()`) to stop early.
    text
        How it was written, for text tables.
    spatial, crs
        Whether batches have points, and in which coordinate system.
    notes
        What was done to read it, as sentences; complete after the last batch.
    first_row
        Row of the file in which the first batch begins, as a spreadsheet counts: the header is row 1.
    done
        Share of the file that was read so far, 0 to 1.
    rows_about
        How many rows there are, roughly; 0 where that is not known.
    carried
        Gives, instead of `batches`, such that hold the columns named first only, those named second as
        `numbers` if that is quicker, and their lines as they came; None where the ends of rows are not
        certain. Itself None for what is no text table.
    close
        Lets go of the file; to be called when not all batches were taken.
    """

    path: Path
    names: tuple[str, ...]
    batches: "Iterator[Batch]"
    text: TextFormat | None = None
    spatial: bool = False
    crs: "CRS | None" = None
    notes: list[str] = field(default_factory=list)
    first_row: int = 2
    done: Callable[[], float] = lambda: 1.0
    rows_about: int = 0
    carried: "Callable[[Sequence[str], Sequence[str]], Iterator[Batch] | None] | None" = None
    close: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a file, in its order.

    Attributes
    ----------
    data
        polars DataFrame: all text from CSV and Excel, typed from Parquet, GeoPackage and GeoJSON.
    path
        Where it came from.
    text
        How it was written, for text tables.
    points
        Geometry, for spatial files. It is no column of `data`.
    notes
        What was done to read it, as sentences.
    first_row
        Row of the file in which `data` begins, as a spreadsheet counts: the header is row 1.
    """

    data: "pl.DataFrame"
    path: Path
    text: TextFormat | None = None
    points: MapPoints | None = None
    notes: tuple[str, ...] = ()
    first_row: int = 2

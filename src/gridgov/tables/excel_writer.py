"""Excel workbooks written batch by batch, so that codes stay text and nothing becomes a formula."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.errors import FormatError
from gridgov.language import examples
from gridgov.tables.table import Batch
from gridgov.tables.words import WORDS
from gridgov.workbook import AS_TYPED, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, parts_folder, set_day

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ExcelWriter", "check_sheet"]

#: Columns are as wide as what stands in their first rows, within limits, in characters.
_LOOKED_AT: Final = 1000
_NARROWEST, _WIDEST = 8, 48


class ExcelWriter:
    """Write one sheet: text as text, the header frozen, columns as wide as their first values.

    Raises FormatError naming CSV and Parquet as soon as the table is larger than the format allows.
    """

    def __init__(self, path: Path, *, name: Path) -> None:
        import xlsxwriter

        self._parts = parts_folder()
        options = {
            **AS_TYPED,
            "tmpdir": self._parts.name,
            "remove_timezone": True,
            "nan_inf_to_errors": True,
            "default_date_format": "yyyy-mm-dd hh:mm:ss",
        }
        self._name, self._rows = name, 0
        self._book: Any = xlsxwriter.Workbook(path, options)
        self._sheet: Any = None

    def write(self, batch: Batch) -> None:
        """Add rows; the first ones bring the header."""
        frame = batch.frame()
        check_sheet(self._name, rows=self._rows + frame.height, columns=frame.width)
        _check_texts(self._name, frame)
        if self._sheet is None:
            self._begin(frame)
        # The library writes cell by cell, and with little memory only row by row.
        for number, row in enumerate(frame.iter_rows(), start=self._rows + 1):
            self._sheet.write_row(number, 0, row)
        self._rows += frame.height

    def flush(self) -> None:
        """Nothing can be read of it before it is closed."""

    def describe(self, told: Mapping[str, Any]) -> None:
        """It has no place for that."""

    def close(self) -> list[str]:
        """End the file."""
        self._book.close()
        self._parts.cleanup()
        return []

    def abandon(self) -> None:
        """Let go of the file; what was written of it is not a workbook."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()
        self._book.fileclosed = True
        self._parts.cleanup()

    def _begin(self, frame: "pl.DataFrame") -> None:
        set_day(self._book)
        self._sheet = self._book.add_worksheet("gridgov")
        self._sheet.freeze_panes(1, 0)
        for number, width in enumerate(_widths(frame.head(_LOOKED_AT))):
            self._sheet.set_column(number, number, width)
        self._sheet.write_row(0, 0, frame.columns, self._book.add_format({"bold": True}))


def check_sheet(name: Path, *, rows: int, columns: int) -> None:
    """Raise FormatError, naming CSV and Parquet, for more rows or columns than a sheet holds."""
    if rows >= MOST_ROWS or columns > MOST_COLUMNS:
        raise FormatError(
            WORDS(
                "sheet_full",
                name=name,
                most_rows=MOST_ROWS - 1,
                most_columns=MOST_COLUMNS,
                rows=rows,
                columns=columns,
            )
        )


def _check_texts(name: Path, frame: "pl.DataFrame") -> None:
    import polars as pl

    lengths = frame.select(pl.col(pl.String).str.len_chars().max())
    long = [column for column in lengths.columns if (lengths[column][0] or 0) > MOST_CHARACTERS]
    if long:
        raise FormatError(WORDS("cell_full", name=name, most=MOST_CHARACTERS, columns=examples(long)))


def _widths(frame: "pl.DataFrame") -> list[float]:
    """Width of each column in characters; Chinese ones take two."""
    import polars as pl

    texts = frame.select(pl.all().cast(pl.String, strict=False))
    # In UTF-8 a Chinese letter is three bytes and one letter: two places.
    places = texts.select(((pl.all().str.len_bytes() + pl.all().str.len_chars()) / 2).max())
    widths = []
    for name in frame.columns:
        longest = max(places[name][0] or 0.0, (len(name.encode()) + len(name)) / 2)
        widths.append(min(max(longest + 2, _NARROWEST), _WIDEST))
    return widths

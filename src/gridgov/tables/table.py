"""What a file of incidents held: its columns, its points if it has any, and how it was written."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray
    from pyproj import CRS

__all__ = ["MapPoints", "Table", "TextFormat"]


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
            words.append("with byte order mark")
        if self.separator != ",":
            words.append({"\t": "tab-separated", ";": "semicolon-separated"}[self.separator])
        return ", ".join(words)


#: For text tables made from no text table: Excel shows Chinese only if a byte order mark stands first.
EXCEL_TEXT = TextFormat(bom=True, line_end="\r\n")


@dataclass(frozen=True, slots=True)
class MapPoints:
    """One point per row in one coordinate system; None where a row has none."""

    geometry: "NDArray"  # type: ignore[type-arg]
    crs: "CRS | None"


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

"""The parts of a Shapefile: whether all are there and whole."""

import struct
from pathlib import Path

from gridgov.errors import FormatError, InputMissingError

__all__ = ["check_parts"]

_SHAPEFILE_CODE = 9994
_HEADER_BYTES = 100


def check_parts(path: Path) -> None:
    """Raise unless ``.shp``, ``.shx`` and ``.dbf`` stand together and none is cut short.

    GDAL reads a Shapefile without ``.dbf`` as one without columns, and a truncated one as far as it
    goes, both without a word.
    """
    missing = [ending for ending in (".shx", ".dbf") if _part(path, ending) is None]
    if missing:
        what = {".shx": "its index", ".dbf": "the ids and owners"}
        words = " and no ".join(f"{path.stem}{ending} ({what[ending]})" for ending in missing)
        raise InputMissingError(
            f"{path.name}: there is no {words} beside it. A Shapefile is several files: "
            "copy .shp, .shx, .dbf, .prj and .cpg together."
        )
    _check_shp(path)
    dbf = _part(path, ".dbf")
    if dbf is not None:
        _check_dbf(dbf)


def _part(path: Path, ending: str) -> Path | None:
    for candidate in (path.with_suffix(ending), path.with_suffix(ending.upper())):
        if candidate.exists():
            return candidate
    return None


def _check_shp(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or struct.unpack(">i", header[:4])[0] != _SHAPEFILE_CODE:
        raise FormatError(f"{path.name}: this is not a Shapefile, or it is damaged; copy it again.")
    _check_length(path, 2 * struct.unpack(">i", header[24:28])[0])


def _check_dbf(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(32)
    if len(header) < 32:  # noqa: PLR2004 - a dBASE header
        raise FormatError(f"{path.name}: the file is cut short; copy it again.")
    rows, header_bytes, row_bytes = struct.unpack("<IHH", header[4:12])
    _check_length(path, header_bytes + rows * row_bytes)


def _check_length(path: Path, stated: int) -> None:
    size = path.stat().st_size
    if size < stated:
        raise FormatError(f"{path.name}: the file is cut short ({size} of {stated} bytes); copy it again.")

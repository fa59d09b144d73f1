"""The parts of a Shapefile: whether all are there and whole."""

import struct
from pathlib import Path

from gridgov.errors import FormatError, InputMissingError
from gridgov.layers.words import WORDS

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
        what = {".shx": "shp_index", ".dbf": "shp_ids"}
        parts = [WORDS(what[ending], part=f"{path.stem}{ending}") for ending in missing]
        words = WORDS("shp_both", index=parts[0], ids=parts[1]) if len(parts) > 1 else parts[0]
        raise InputMissingError(WORDS("shp_parts", path=path.name, words=words))
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
        raise FormatError(WORDS("shp_damaged", path=path.name))
    _check_length(path, 2 * struct.unpack(">i", header[24:28])[0])


def _check_dbf(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(32)
    if len(header) < 32:  # noqa: PLR2004 - a dBASE header
        raise FormatError(WORDS("shp_cut", path=path.name))
    rows, header_bytes, row_bytes = struct.unpack("<IHH", header[4:12])
    _check_length(path, header_bytes + rows * row_bytes)


def _check_length(path: Path, stated: int) -> None:
    size = path.stat().st_size
    if size < stated:
        raise FormatError(WORDS("shp_cut_bytes", path=path.name, size=size, stated=stated))

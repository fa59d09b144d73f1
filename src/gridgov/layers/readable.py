"""Files whose own statement of their encoding is wrong, made so that GDAL reads them right.

GeoJSON saved in GBK, MapInfo MIF exported as charset "Neutral", DXF of AutoCAD 2007 and later (UTF-8,
whatever ``$DWGCODEPAGE`` says): each reads as garbage or not at all otherwise.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyogrio

from gridgov.encodings import text_encoding
from gridgov.errors import EncodingError, FormatError
from gridgov.layers.formats import kind_of
from gridgov.layers.words import WORDS

__all__ = ["readable"]

_UTF8 = frozenset({"utf-8", "utf-8-sig", "ascii"})
_NEUTRAL = re.compile(rb'(?im)^(\s*charset\s+)"neutral"')
_BINARY_DXF = b"AutoCAD Binary DXF"


@contextmanager
def readable(path: Path, *, encoding: str | None = None) -> Iterator[Path]:
    """The file that GDAL should open: `path` itself, or a mended copy that goes away."""
    kind = kind_of(path)
    if kind == "DXF":
        with _dxf_encoding(path, encoding):
            yield path
    elif kind == "GeoJSON" and text_encoding(path, declared=encoding).lower() not in _UTF8:
        with _copy(path) as copy:
            text = path.read_bytes().decode(text_encoding(path, declared=encoding))
            copy.write_text(text, encoding="utf-8")
            yield copy
    elif kind == "MapInfo MIF" and _NEUTRAL.search(path.read_bytes()[:400]):
        with _copy(path) as copy:
            _declare_charset(path, copy, encoding)
            yield copy
    else:
        yield path


@contextmanager
def _copy(path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gridgov-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / path.name


def _declare_charset(path: Path, copy: Path, stated: str | None) -> None:
    """Copy a MIF and its MID with the charset that their text really has."""
    mids = [path.with_suffix(e) for e in (".mid", ".MID") if path.with_suffix(e).exists()][:1]
    found = {text_encoding(file, declared=stated).lower() for file in (path, *mids)}
    charset = b"UTF-8" if found <= _UTF8 else b"WindowsSimpChinese"
    copy.write_bytes(_NEUTRAL.sub(rb'\1"' + charset + b'"', path.read_bytes()))
    for mid in mids:
        shutil.copyfile(mid, copy.with_suffix(mid.suffix))


@contextmanager
def _dxf_encoding(path: Path, stated: str | None) -> Iterator[None]:
    with path.open("rb") as file:
        if file.read(len(_BINARY_DXF)) == _BINARY_DXF:
            raise FormatError(WORDS("binary_dxf", path=path.name))
    before = pyogrio.get_gdal_config_option("DXF_ENCODING")
    pyogrio.set_gdal_config_options({"DXF_ENCODING": stated or _found(path)})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"DXF_ENCODING": before})


def _found(path: Path) -> str | None:
    """UTF-8 if the text is that; else None: what the header says holds."""
    try:
        return "UTF-8" if text_encoding(path).lower() in _UTF8 else None
    except EncodingError:
        return None

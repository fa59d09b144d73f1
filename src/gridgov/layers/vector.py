"""Polygon files through GDAL: their layers, their rows, and GDAL's complaints in words."""

import codecs
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from gridgov.encodings import dbf_encoding
from gridgov.encodings.names import codec
from gridgov.errors import EncodingError, FormatError, InputMissingError
from gridgov.language import listed
from gridgov.layers.formats import kind_of
from gridgov.layers.readable import readable
from gridgov.layers.shapefile import check_parts
from gridgov.layers.words import WORDS

__all__ = ["VectorLayer", "choose_layer", "list_layers", "read_vector"]

#: Whole numbers from here on do not survive as floats.
_EXACT_FLOAT: Final = 2**53

#: Every byte is one character in it, so that nothing is lost or refused while reading.
_BYTE_BY_BYTE: Final = "ISO-8859-1"

#: Columns that GDAL adds to every KML.
_KML_DISPLAY: Final = (
    "description",
    "timestamp",
    "begin",
    "end",
    "altitudeMode",
    "tessellate",
    "extrude",
    "visibility",
    "drawOrder",
    "icon",
)

#: GDAL says these of files that are read in full.
_HARMLESS: Final = (
    "organizePolygons",
    "invalid value encountered in from_wkb",  # numpy's, on coordinates that are not numbers
    "Could not decode error message",
    "winding order",
    "Measured (M)",
    "non conformant file extension",
    "has GPKG application_id",
    "will not be emitted anymore",
    "Non closed ring detected",
)
_DRIVER_HINT: Final = "; It might help"


@dataclass(frozen=True, slots=True)
class VectorLayer:
    """One layer of a file; `geometry` is None for a table without geometry."""

    name: str
    geometry: str | None


def list_layers(path: Path) -> list[VectorLayer]:
    """Layers of a file in its own order, tables without geometry too. Raises FormatError."""
    if kind_of(path) == "GeoParquet":
        return [VectorLayer(path.stem, "Polygon")]
    if kind_of(path) == "Shapefile":
        check_parts(path)
    with _in_words(path.name) as _, readable(path) as file:
        rows = pyogrio.list_layers(file)
    return [VectorLayer(str(name), None if kind is None else str(kind)) for name, kind in rows]


def choose_layer(path: Path, wanted: str | None, *, where: str) -> str:
    """The layer that was named, or the only one with geometry.

    Raises InputMissingError if there is none of that name, or several and none was named.
    """
    layers = [layer for layer in list_layers(path) if layer.geometry is not None]
    names = [layer.name for layer in layers]
    if wanted is not None:
        same = [name for name in names if name == wanted] or [n for n in names if n.lower() == wanted.lower()]
        if len(same) == 1:
            return same[0]
        raise InputMissingError(WORDS("no_layer", where=where, wanted=wanted, layers=_listed(layers)))
    if len(names) == 1:
        return names[0]
    if not names:
        raise FormatError(WORDS("no_polygons", where=where))
    raise InputMissingError(
        WORDS("which_of_layers", where=where, n=len(names), layers=_listed(layers), first=names[0])
    )


def read_vector(path: Path, *, layer: str, encoding: str | None = None) -> tuple[gpd.GeoDataFrame, list[str]]:
    """All rows of one layer as the file has them, and notes on how it was read.

    Whole numbers stay exact where cells are blank. `encoding` serves a Shapefile; other files say theirs.
    Raises FormatError, EncodingError.
    """
    kind = kind_of(path)
    if encoding is not None:
        codec(encoding, where=path.name)  # a name that is none is said, whatever the file
    if kind == "GeoParquet":
        return _read_parquet(path), []
    options: dict[str, Any] = {"layer": layer}
    notes: list[str] = []
    if kind == "Shapefile":
        options["encoding"] = encoding or dbf_encoding(path)
        notes += _encoding_note(path, options["encoding"], stated=encoding is not None)
    if kind == "DXF":
        options["CLOSED_LINE_AS_POLYGON"] = "YES"
    with _in_words(path.name) as said, readable(path, encoding=encoding) as file:
        try:
            frame = _read(file, options, said)
        except UnicodeDecodeError:
            if kind != "Shapefile":
                raise
            frame = _decoded(_read(file, {**options, "encoding": _BYTE_BY_BYTE}, said), options["encoding"])
    if kind == "KML":
        frame = _without_display(frame)
    return frame, [*notes, *said]


def _read(file: Path, options: Mapping[str, Any], notes: list[str]) -> gpd.GeoDataFrame:
    try:
        frame = pyogrio.read_dataframe(file, on_invalid="raise", **options)
    except shapely.GEOSException:
        frame = pyogrio.read_dataframe(file, on_invalid="fix", **options)
        notes.append(WORDS("rings_closed"))
    if not isinstance(frame, gpd.GeoDataFrame):
        frame = gpd.GeoDataFrame(frame, geometry=[None] * len(frame))
    return _exact_integers(frame, file, options)


def _decoded(frame: gpd.GeoDataFrame, encoding: str) -> gpd.GeoDataFrame:
    """Names and texts read byte by byte, decoded; a last character cut in two by the field's end is dropped.

    A Shapefile keeps ten bytes of a column's name: in UTF-8 three Chinese characters and a third.
    """

    def decoded(text: object) -> object:
        if not isinstance(text, str):
            return text
        return codecs.getincrementaldecoder(encoding)().decode(text.encode("iso8859-1"), final=False)

    texts = [name for name in frame.columns if frame[name].dtype.kind == "O" and name != "geometry"]
    frame = frame.assign(**{name: frame[name].astype(object).map(decoded) for name in texts})
    return frame.rename(columns={name: decoded(name) for name in frame.columns})


def _exact_integers(frame: gpd.GeoDataFrame, file: Path, options: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Columns of whole numbers with blanks come as floats; those too large for one are read again."""
    plain = {key: value for key, value in options.items() if key in {"layer", "encoding"}}
    info = pyogrio.read_info(file, **plain)
    kinds = dict(zip(info["fields"], info["dtypes"], strict=True))
    lossy = [
        name
        for name, kind in kinds.items()
        if kind == "int64" and frame[name].dtype.kind == "f" and (np.abs(frame[name]) >= _EXACT_FLOAT).any()
    ]
    if not lossy:
        return frame
    _, table = pyogrio.read_arrow(file, columns=lossy, read_geometry=False, **plain)
    exact = table.to_pandas(integer_object_nulls=True)
    return frame.assign(**{name: pd.Series(exact[name].to_numpy(), frame.index, object) for name in lossy})


def _without_display(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """A KML without the columns that only say how it is shown, where they say nothing."""
    blank = [c for c in _KML_DISPLAY if c in frame and (frame[c].isna() | frame[c].isin([-1, 0])).all()]
    return frame.drop(columns=blank)


def _read_parquet(path: Path) -> gpd.GeoDataFrame:
    try:
        return gpd.read_parquet(path)
    except (ValueError, OSError, KeyError) as error:
        if "geo metadata" in str(error):
            raise FormatError(WORDS("parquet_plain", path=path.name)) from error
        raise FormatError(WORDS("parquet_damaged", path=path.name)) from error


def _encoding_note(path: Path, encoding: str, *, stated: bool) -> list[str]:
    if stated:
        return [WORDS("text_read_stated", encoding=encoding)]
    if encoding.lower().replace("_", "-") in {"utf-8", "utf8", "ascii"}:
        return []
    declared = any(path.with_suffix(ending).exists() for ending in (".cpg", ".CPG"))
    return [WORDS("text_read_as", encoding=encoding) + ("" if declared else WORDS("found_not_utf8"))]


def _listed(layers: list[VectorLayer]) -> str:
    return listed(f"'{layer.name}' ({layer.geometry})" for layer in layers) or WORDS("none_with_geometry")


@contextmanager
def _in_words(name: str) -> Iterator[list[str]]:
    """Collect GDAL's warnings as notes and raise its errors as ours."""
    notes: list[str] = []
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield notes
    except (DataSourceError, DataLayerError, shapely.GEOSException) as error:
        raise FormatError(f"{name}: {_reason(str(error))}") from error
    except UnicodeDecodeError as error:
        mend = WORDS("mend_encoding")
        if kind_of(Path(name)) != "Shapefile":
            mend = WORDS("mend_export")
        raise EncodingError(WORDS("not_encoding", name=name, encoding=error.encoding, mend=mend)) from error
    texts = dict.fromkeys(str(warning.message) for warning in caught)
    notes += [
        WORDS("gdal_says", text=text) for text in texts if not any(known in text for known in _HARMLESS)
    ]


def _reason(message: str) -> str:
    reason = message.split(_DRIVER_HINT, maxsplit=1)[0].strip().rstrip(".")
    if "not recognized" in reason:
        return WORDS("content_wrong")
    return WORDS("cannot_read", reason=reason.rpartition("; ")[2])

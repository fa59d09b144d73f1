"""Files looked into, layer by layer and sheet by sheet: the substance of ``gridgov info``."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gridgov.columns import best_columns
from gridgov.coordinates import parse_coordinates
from gridgov.encodings import dbf_encoding
from gridgov.errors import InputMissingError, SchemaError
from gridgov.language import examples, listed
from gridgov.layers.archive import unpacked
from gridgov.layers.boundary import boundary_column, table_with_polygons
from gridgov.layers.dxf import CAD_LAYER, cad_layers
from gridgov.layers.facts import LayerFacts, about_columns, about_place
from gridgov.layers.formats import TABLE_FILES, check_input, kind_of
from gridgov.layers.likeness_words import WORDS as LIKENESS
from gridgov.layers.network_read import is_network
from gridgov.layers.spreadsheet import list_sheets, read_sheet
from gridgov.layers.vector import list_layers, read_vector
from gridgov.layers.words import WORDS
from gridgov.schema import cell_departments, cell_rungs

__all__ = ["inspect_file"]

#: Kinds of file that name their layers; in the others the file is the layer.
_LAYERED: Final = frozenset({"GeoPackage", "File Geodatabase", "KML"})

#: Rows of a .csv that are looked at; all are counted.
_LOOKED_AT: Final = 5000


@dataclass(frozen=True, slots=True)
class _File:
    """A file, what it is called in answers (it may come out of a .zip), and what was asked about it."""

    path: Path
    label: str
    layer: str | None
    encoding: str | None
    outline: Any


def inspect_file(
    path: Path, *, layer: str | None = None, encoding: str | None = None, outline: Any = None
) -> list[LayerFacts]:
    """Facts of every layer and sheet of a file, of one of them if `layer` is given.

    `outline` (EPSG:4490 degrees) sharpens the candidates for coordinates of unknown system. Raises as
    `read_grids` does for what cannot be read at all. Reads the whole file.
    """
    check_input(path)
    facts: list[LayerFacts] = []
    with unpacked(path) as files:
        for each in files:
            label = path.name if each == path else f"{path.name}/{each.name}"
            file = _File(each, label, layer, encoding, outline)
            facts += _tables(file) if kind_of(each) in TABLE_FILES.values() else _layers(file)
    return facts


def _layers(file: _File) -> list[LayerFacts]:
    layers = list_layers(file.path)
    spatial = [layer.name for layer in layers if layer.geometry is not None]
    if file.layer is None and is_network(file.path):
        return [_network(file)]
    if kind_of(file.path) == "DXF":
        return [_layer(file, spatial[0])]
    if file.layer is not None and file.layer not in spatial:
        there = examples(spatial, most=20) or WORDS("none_with_geometry")
        raise InputMissingError(WORDS("no_layer", where=file.label, wanted=file.layer, layers=there))
    return [_layer(file, name) for name in ([file.layer] if file.layer else spatial)]


def _layer(file: _File, layer: str) -> LayerFacts:
    frame, notes = read_vector(file.path, layer=layer, encoding=file.encoding)
    kind = kind_of(file.path)
    if kind == "DXF":
        notes = [*notes, *_drawing_notes(frame)]
        frame = frame[[CAD_LAYER, "Text", "geometry"]]
    table = pd.DataFrame(frame.drop(columns=frame.active_geometry_name))
    return LayerFacts(
        file=file.label,
        layer=layer if kind in _LAYERED else None,
        kind=kind,
        rows=len(frame),
        encoding=(file.encoding or dbf_encoding(file.path)) if kind == "Shapefile" else None,
        **about_place(frame, file.outline, file.label),
        **about_columns(table, [layer, file.path.stem], frame),
        notes=_without_encoding(notes),
    )


def _tables(file: _File) -> list[LayerFacts]:
    return [_table(file, sheet) for sheet in ([file.layer] if file.layer else list_sheets(file.path))]


def _table(file: _File, sheet: str) -> LayerFacts:
    read = read_sheet(file.path, sheet=sheet, encoding=file.encoding, most=_LOOKED_AT)
    kind = kind_of(file.path)
    known: dict[str, Any] = {"file": file.label, "kind": kind, "encoding": read.encoding}
    known["layer"] = sheet if kind == "Excel" else None
    try:
        table, notes = read.table()
    except SchemaError as error:
        return LayerFacts(**known, rows=0, notes=(str(error),))
    known |= {"rows": len(table) + read.more, "looked_at": len(table) if read.more else None}
    known |= {"notes": _without_encoding(notes)}
    frame = table_with_polygons(table, where=file.label) if _has_polygons(table) else _points(table)
    names = [sheet, file.path.stem]
    return LayerFacts(
        **known, **about_place(frame, file.outline, file.label), **about_columns(table, names, frame)
    )


def _has_polygons(table: pd.DataFrame) -> bool:
    try:
        return boundary_column(table) is not None
    except SchemaError:
        return False


def _without_encoding(notes: Sequence[str]) -> tuple[str, ...]:
    """Notes without the one that repeats the `encoding` of the facts."""
    return tuple(note for note in notes if not note.startswith("text read as"))


def _points(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """The rows of a table as points, where a coordinate is usable; without a geometry where none is."""
    lon, lat, both = (best_columns(table.columns, role)[:1] for role in ("lon", "lat", "lonlat"))
    x = y = np.full(len(table), np.nan)
    if lon and lat:
        found = parse_coordinates(table[lon[0]], table[lat[0]])
        if not np.isfinite(found.lon).any():
            found = parse_coordinates(table[lon[0]], table[lat[0]], geographic=False)
        x, y = found.lon, found.lat
    elif both:
        found = parse_coordinates(table[both[0]])
        x, y = found.lon, found.lat
    usable = np.isfinite(x) & np.isfinite(y)
    points = np.full(len(table), None, object)
    points[usable] = shapely.points(x[usable], y[usable])
    return gpd.GeoDataFrame(geometry=points)


def _drawing_notes(drawing: gpd.GeoDataFrame) -> list[str]:
    lines = [f"{name} ({count})" for name, count in cad_layers(drawing).items()]
    texts = drawing.loc[drawing["Text"].notna(), CAD_LAYER].fillna("").value_counts()
    words = [f"{name} ({count})" for name, count in texts.items()]
    return [
        WORDS("info_closed", lines=examples(lines, most=20) or "none"),
        WORDS("info_texts", words=examples(words, most=20) or "none")
        + WORDS("info_text_is_id") * bool(words),
    ]


def _network(file: _File) -> LayerFacts:
    frame, _ = read_vector(file.path, layer="cells")
    columns = list(frame.columns)
    departments, rungs = listed(cell_departments(columns)), listed(cell_rungs(columns))
    return LayerFacts(
        file=file.label,
        layer="cells",
        kind=kind_of(file.path),
        rows=len(frame),
        **about_place(frame, None, file.label),
        looks_like=LIKENESS("network", departments=departments, rungs=rungs),
        like="network",
    )

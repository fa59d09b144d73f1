"""One layer of polygons as its file has it, whatever the format: before ids and repairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import geopandas as gpd

from gridgov.errors import InputMissingError
from gridgov.language import examples
from gridgov.layers.archive import unpacked
from gridgov.layers.boundary import table_with_polygons
from gridgov.layers.dxf import TEXT_COLUMNS, grids_from_drawing
from gridgov.layers.formats import TABLE_FILES, check_input, kind_of
from gridgov.layers.spreadsheet import read_sheet
from gridgov.layers.vector import choose_layer, list_layers, read_vector
from gridgov.layers.words import WORDS

__all__ = ["RawLayer", "read_raw"]

_TABLES: Final = frozenset(TABLE_FILES.values())


@dataclass(frozen=True, slots=True)
class RawLayer:
    """Rows as the file has them, with what was noticed while reading; `source` is file and layer.

    `columns` are the stated columns by the names they have in `frame`.
    """

    frame: gpd.GeoDataFrame
    source: str
    notes: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


def read_raw(
    path: Path,
    *,
    layer: str | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> RawLayer:
    """Read one layer of any file in :data:`gridgov.layers.formats.POLYGON_FILES`, a table, or a .zip.

    `layer` names a layer, a sheet, a CAD layer, or a file in a .zip; needed only where there are several.
    `columns` matters for DXF: the CAD layers of the texts. Raises InputMissingError, FormatError,
    EncodingError, SchemaError.
    """
    check_input(path)
    with unpacked(path) as files:
        file, wanted = _pick(files, layer, path.name)
        kind = kind_of(file)
        if kind in _TABLES:
            return replace(_from_table(file, wanted, encoding, path.name), columns=columns or {})
        if kind == "DXF":
            return _from_drawing(file, wanted, columns, encoding, path.name)
        several = wanted is not None or len(files) > 1
        name = choose_layer(file, wanted, where=path.name)
        frame, notes = read_vector(file, layer=name, encoding=encoding)
        source = f"{path.name}#{name}" if several else path.name
        return RawLayer(frame, source, tuple(notes), columns or {})


def _pick(files: Sequence[Path], wanted: str | None, where: str) -> tuple[Path, str | None]:
    """The file of an archive that holds the wanted layer, and the layer to ask it for."""
    if len(files) == 1:
        only = files[0]
        return only, None if wanted == only.stem and kind_of(only) == "DXF" else wanted
    stems = [file.stem for file in files]
    if wanted is None:
        raise InputMissingError(WORDS("which_layer", where=where, stems=examples(stems), first=stems[0]))
    if stems.count(wanted) == 1:
        file = files[stems.index(wanted)]
        return file, wanted if kind_of(file) == "Shapefile" else None
    spatial = [file for file in files if kind_of(file) not in {*_TABLES, "DXF"}]
    holding = [file for file in spatial if wanted in [layer.name for layer in list_layers(file)]]
    if len(holding) != 1:
        raise InputMissingError(WORDS("no_layer_raw", where=where, wanted=wanted, stems=examples(stems)))
    return holding[0], wanted


def _from_table(file: Path, sheet: str | None, encoding: str | None, where: str) -> RawLayer:
    read = read_sheet(file, sheet=sheet, encoding=encoding)
    source = f"{where}#{sheet}" if sheet else where
    table, notes = read.table()
    frame = table_with_polygons(table, where=source)
    lost = int(frame.geometry.isna().sum())
    if lost:
        notes = [*notes, WORDS("lost_polygons", lost=lost)]
    return RawLayer(frame, source, tuple(notes))


def _from_drawing(
    file: Path, layer: str | None, columns: Mapping[str, str] | None, encoding: str | None, where: str
) -> RawLayer:
    drawing, notes = read_vector(file, layer=choose_layer(file, None, where=where), encoding=encoding)
    source = f"{where}#{layer}" if layer else where
    frame, left_out = grids_from_drawing(drawing, layer=layer, columns=columns, where=source)
    stated = {role: TEXT_COLUMNS.get(role, role) for role in columns or {}}
    return RawLayer(frame, source, (*notes, *left_out), stated)

"""A department's grids, or a rung, from a file of any kind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from gridgov.datum.control import ControlFit
from gridgov.errors import ArgumentError, FormatError
from gridgov.grids import join_attributes, make_grids
from gridgov.layers.arguments import parse_layer_argument, split_path
from gridgov.layers.control import read_control
from gridgov.layers.formats import TABLE_FILES, check_input, kind_of
from gridgov.layers.placement import centres, check_placement
from gridgov.layers.raw import RawLayer, read_raw
from gridgov.layers.spreadsheet import read_sheet
from gridgov.layers.words import WORDS
from gridgov.schema import ATTRS, no_owner_note

__all__ = ["Ledger", "read_grids"]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A table of owners and people: file, sheet, row of the column names (from 1; found if None)."""

    path: Path
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None


def read_grids(
    path: str | Path,
    *,
    department: str | None = None,
    layer: str | None = None,
    columns: Mapping[str, str] | None = None,
    crs: object = None,
    encoding: str | None = None,
    attributes: Ledger | str | Path | None = None,
    outline: Any = None,
    control: ControlFit | str | Path | None = None,
) -> gpd.GeoDataFrame:
    """Read one layer of polygons and make it a layer: text ids, valid polygons, one row per grid.

    Parameters
    ----------
    path
        GeoPackage, Shapefile, File Geodatabase, MapInfo, GeoJSON, FlatGeobuf, KML, GeoParquet, DXF, a
        table with polygons as text (.xlsx, .csv), or a .zip of these.
    department
        Name of the layer; the file's stem if None.
    layer
        Layer, sheet, CAD layer or file in a .zip; needed only if there are several.
    columns
        Columns of the layer, or of `attributes`, that are its ``id``, ``name``, ``owner``. For DXF the
        CAD layers of these texts.
    crs
        Coordinate system, over what the file says; ``gcj02`` and ``bd09`` are converted.
    encoding
        Encoding of the text, over what the file says or what is found.
    attributes
        Table of owners and people to join by grid id: a path, ``"ledger.xlsx#Sheet1"``, or a `Ledger`.
    outline
        Where the layer should lie, to weigh coordinate systems by: a layer such as the districts, or a
        polygon in EPSG:4490 degrees.
    control
        Control points that bring the layer from a system of its own (a city's, Xian 80) to a known one: a
        table as `read_control` takes it, `crs` then being that of its X and Y; or what `read_control` gives.

    Returns
    -------
    GeoDataFrame
        As :func:`gridgov.make_grids` answers it; ``attrs["gridgov"]["notes"]`` also says how it was read.

    Raises
    ------
    InputMissingError
        No such file, part of a file, layer or sheet; or several and none named.
    FormatError
        A damaged file, or a kind that is not read.
    CRSError
        No coordinate system, or one the coordinates cannot be in: lists those they could be in.
    EncodingError, SchemaError
        Text in another encoding; no id column, or two that may be it.
    """
    name = department or parse_layer_argument(str(path)).name
    ledger = None if attributes is None else _read_ledger(attributes)
    joined = {role: column for role, column in (columns or {}).items() if ledger and column in ledger.frame}
    alone = {role: column for role, column in (columns or {}).items() if role not in joined}
    raw = read_raw(Path(path), layer=layer, columns=alone, encoding=encoding)
    if isinstance(outline, gpd.GeoDataFrame):
        outline = outline.to_crs("EPSG:4490").union_all()
    fit = _control(control, crs, name)
    if fit is not None:
        raw, crs = _moved(raw, fit), None
    placed = check_placement(raw.frame, crs=crs, outline=outline, where=raw.source, name=name)
    both = {role: column for role, column in joined.items() if column in raw.frame}
    own = {**raw.columns, **both}
    grids = make_grids(raw.frame, department=name, columns=own, crs=crs, source=raw.source)
    own_notes = grids.attrs[ATTRS]["notes"]
    if ledger is None:
        return _noted(grids, [*raw.notes, *placed, *own_notes])
    # The owners come from the ledger: that the layer itself has none is no news.
    own_notes = [note for note in own_notes if not note.startswith(no_owner_note())]
    grids = _noted(grids, [*raw.notes, *placed, *own_notes, *ledger.notes])
    return join_attributes(grids, ledger.frame, columns=joined, source=ledger.source)


def _control(given: ControlFit | str | Path | None, crs: object, name: str) -> ControlFit | None:
    if given is None:
        return None
    if isinstance(given, ControlFit):
        if crs is not None:
            raise ArgumentError(WORDS("control_and_crs"))
        return given
    if crs is None:
        raise ArgumentError(WORDS("control_says_crs", given=given, name=name))
    return read_control(given, crs=crs)


def _moved(raw: RawLayer, fit: ControlFit) -> RawLayer:
    """A layer brought to a known system by control points, whatever the file says of its own."""
    notes = fit.check_near(*centres(raw.frame), where=raw.source)
    shapes = fit.moved(raw.frame.geometry.to_numpy())
    frame = raw.frame.set_geometry(gpd.GeoSeries(shapes, index=raw.frame.index, crs=fit.crs.crs))
    return replace(raw, frame=frame, notes=(*raw.notes, *fit.lines(), *notes))


@dataclass(frozen=True, slots=True)
class _LedgerRows:
    frame: pd.DataFrame
    source: str
    notes: list[str]


def _read_ledger(given: Ledger | str | Path) -> _LedgerRows:
    ledger = given if isinstance(given, Ledger) else Ledger(*split_path(str(given)))
    check_input(ledger.path)
    if kind_of(ledger.path) not in TABLE_FILES.values():
        raise FormatError(WORDS("ledger_kind", name=ledger.path.name))
    read = read_sheet(ledger.path, sheet=ledger.sheet, encoding=ledger.encoding)
    table, notes = read.table(header_row=ledger.header_row)
    return _LedgerRows(table, read.source, [f"{read.source}: {note}" for note in notes])


def _noted(grids: gpd.GeoDataFrame, notes: list[str]) -> gpd.GeoDataFrame:
    grids.attrs[ATTRS] = {**grids.attrs[ATTRS], "notes": notes}
    return grids

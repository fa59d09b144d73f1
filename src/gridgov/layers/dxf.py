"""Grids drawn in CAD: closed lines are polygons, the text inside one is its id."""

from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gridgov.errors import FormatError, InputMissingError, SchemaError
from gridgov.language import examples

__all__ = ["CAD_LAYER", "TEXT_COLUMNS", "cad_layers", "grids_from_drawing"]

CAD_LAYER: Final = "Layer"
_TEXT: Final = "Text"

#: What texts become in the table that :func:`grids_from_drawing` answers.
TEXT_COLUMNS: Final = {"id": "grid_id", "name": "name", "owner": "owner"}


def cad_layers(drawing: gpd.GeoDataFrame) -> dict[str, int]:
    """CAD layers that hold closed lines, and how many.

    >>> square = shapely.box(0, 0, 1, 1)
    >>> cad_layers(gpd.GeoDataFrame({"Layer": ["网格"], "Text": [None]}, geometry=[square]))
    {'网格': 1}
    """
    counts = drawing.loc[_is_polygon(drawing), CAD_LAYER].fillna("").value_counts()
    return {str(name): int(count) for name, count in counts.items()}


def grids_from_drawing(
    drawing: gpd.GeoDataFrame,
    *,
    layer: str | None = None,
    columns: Mapping[str, str] | None = None,
    where: str = "DXF",
) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Polygons of one CAD layer with the texts that stand in them, and notes on what was left out.

    Parameters
    ----------
    drawing
        All entities as GDAL gives them: columns ``Layer``, ``Text``, geometry.
    layer
        CAD layer of the borders; needed when several hold closed lines.
    columns
        CAD layers of the texts that are id, name and owner. Without any, every text is an id.
    where
        File, for messages.

    Returns
    -------
    GeoDataFrame
        ``grid_id`` (None where no text or several stand in a polygon), ``name`` and ``owner`` if asked
        for, ``Layer``, geometry.
    list of str
        Notes.

    Raises
    ------
    FormatError
        No line is closed.
    InputMissingError
        No such CAD layer, or several with closed lines and none named.
    SchemaError
        A CAD layer of texts that does not exist.
    """
    chosen = _choose(drawing, layer, where)
    at = _is_polygon(drawing) & (drawing[CAD_LAYER].fillna("") == chosen)
    grids = gpd.GeoDataFrame(
        {CAD_LAYER: drawing.loc[at, CAD_LAYER].to_numpy()}, geometry=drawing.geometry[at].to_numpy()
    )
    notes = _left_out(drawing, chosen)
    for role, texts in _texts(drawing, columns or {}, where).items():
        values, faults = _inside(grids, texts)
        grids[TEXT_COLUMNS[role]] = values
        notes += [f"{role}: {fault}" for fault in faults]
    return grids, notes


def _choose(drawing: gpd.GeoDataFrame, wanted: str | None, where: str) -> str:
    counts = cad_layers(drawing)
    listed = (
        ", ".join(f"'{name}' ({_some(count, 'closed line')})" for name, count in counts.items()) or "none"
    )
    if wanted is not None:
        if wanted not in counts:
            raise InputMissingError(
                f"{where}: no CAD layer '{wanted}' with closed lines; there are: {listed}."
            )
        return wanted
    if len(counts) > 1:
        raise InputMissingError(
            f"{where}: several CAD layers hold closed lines: {listed}; say which: FILE#{next(iter(counts))}"
        )
    if not counts:
        lines = int(drawing.geom_type.isin(["LineString", "MultiLineString"]).sum())
        raise FormatError(
            f"{where}: no line in the drawing is closed, so none is a grid; {lines} are open: close them."
        )
    return next(iter(counts))


def _is_polygon(drawing: gpd.GeoDataFrame) -> pd.Series:
    """Closed lines; a hatch only colours an area that has its line already."""
    polygon: pd.Series = drawing.geom_type.isin(["Polygon", "MultiPolygon"])
    classes = drawing.get("SubClasses", pd.Series("", drawing.index)).fillna("").astype(str)
    outlined: pd.Series = polygon & ~classes.str.contains("AcDbHatch")
    return outlined if outlined.any() else polygon


def _left_out(drawing: gpd.GeoDataFrame, chosen: str) -> list[str]:
    same = drawing[CAD_LAYER].fillna("") == chosen
    open_lines = drawing[same & drawing.geom_type.isin(["LineString", "MultiLineString"])]
    if open_lines.empty:
        return []
    starts = shapely.get_point(shapely.get_parts(open_lines.geometry.to_numpy()), 0)
    places = [f"({x:.1f}, {y:.1f})" for x, y in shapely.get_coordinates(starts)]
    return [f"left out: {_some(len(open_lines), 'line')} not closed, starting at {examples(places, most=3)}"]


def _texts(drawing: gpd.GeoDataFrame, columns: Mapping[str, str], where: str) -> dict[str, gpd.GeoDataFrame]:
    texts = drawing[drawing[_TEXT].notna() & (drawing.geom_type == "Point")]
    wanted = {role: name for role, name in columns.items() if role in TEXT_COLUMNS}
    if not wanted:
        return {"id": texts}
    known = sorted(set(texts[CAD_LAYER].fillna("")))
    for role, name in wanted.items():
        if name not in known:
            raise SchemaError(
                f"{where}: no texts on a CAD layer '{name}' (--{role}); texts are on: {', '.join(known)}"
            )
    found = {role: texts[texts[CAD_LAYER] == name] for role, name in wanted.items()}
    return found if "id" in found else {"id": texts[~texts[CAD_LAYER].isin(wanted.values())], **found}


def _inside(grids: gpd.GeoDataFrame, texts: gpd.GeoDataFrame) -> tuple[np.ndarray, list[str]]:
    """Text of each polygon; a text in nested polygons belongs to the smallest."""
    values = np.full(len(grids), None, object)
    tree = shapely.STRtree(grids.geometry.to_numpy())
    text, grid = tree.query(texts.geometry.to_numpy(), predicate="intersects")
    order = np.lexsort((grids.geometry.area.to_numpy()[grid], text))
    text, first = np.unique(text[order], return_index=True)
    grid = grid[order][first]
    counts = np.bincount(grid, minlength=len(grids))
    words = texts[_TEXT].astype(str).str.replace(r"\s+", " ", regex=True).str.strip().to_numpy(object)
    alone = counts[grid] == 1
    values[grid[alone]] = words[text[alone]]
    several = [" / ".join(words[text[grid == row]]) for row in np.flatnonzero(counts > 1)]
    faults = [f"{_some((counts == 0).sum(), 'polygon')} without a text inside"] if (counts == 0).any() else []
    if several:
        faults.append(
            f"{_some(len(several), 'polygon')} with several texts inside ({examples(several, most=3)}); "
            "name the CAD layer of the right texts with --id"
        )
    stray = len(texts) - len(text)
    if stray:
        faults.append(f"{_some(stray, 'text')} outside all polygons")
    return values, faults


def _some(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"

"""Grids drawn in CAD: closed lines are polygons, the text inside one is its id."""

from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gridgov.errors import FormatError, InputMissingError, SchemaError
from gridgov.language import Many, examples, listed
from gridgov.layers.words import WORDS

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
    layers = listed(WORDS("cad_count", name=name, n=Many(count)) for name, count in counts.items()) or WORDS(
        "none"
    )
    if wanted is not None:
        if wanted not in counts:
            raise InputMissingError(WORDS("cad_no_layer", where=where, wanted=wanted, layers=layers))
        return wanted
    if len(counts) > 1:
        raise InputMissingError(WORDS("cad_layers", where=where, layers=layers, first=next(iter(counts))))
    if not counts:
        lines = int(drawing.geom_type.isin(["LineString", "MultiLineString"]).sum())
        raise FormatError(WORDS("cad_open", where=where, lines=lines))
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
    return [WORDS("cad_left_out", n=Many(len(open_lines)), places=examples(places, most=3))]


def _texts(drawing: gpd.GeoDataFrame, columns: Mapping[str, str], where: str) -> dict[str, gpd.GeoDataFrame]:
    texts = drawing[drawing[_TEXT].notna() & (drawing.geom_type == "Point")]
    wanted = {role: name for role, name in columns.items() if role in TEXT_COLUMNS}
    if not wanted:
        return {"id": texts}
    known = sorted(set(texts[CAD_LAYER].fillna("")))
    for role, name in wanted.items():
        if name not in known:
            raise SchemaError(WORDS("cad_no_texts", where=where, name=name, role=role, known=listed(known)))
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
    blank = int((counts == 0).sum())
    faults = [WORDS("cad_blank", n=Many(blank))] if blank else []
    if several:
        faults.append(WORDS("cad_several", n=Many(len(several)), texts=examples(several, most=3)))
    stray = len(texts) - len(text)
    if stray:
        faults.append(WORDS("cad_stray", n=Many(stray)))
    return values, faults

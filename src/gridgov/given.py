"""What is given to a merge: checked before any work, and brought to one plane."""

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gridgov.errors import ArgumentError, SchemaError
from gridgov.language import both, listed
from gridgov.plane import flat, flat_rungs, plane_crs
from gridgov.schema import LAYER_COLUMNS, NO_RUNG, cell_columns
from gridgov.schema_faults import check_layer, check_names
from gridgov.words.merging import WORDS

__all__ = ["carried", "check_given", "on_one_plane", "together"]

Layers = Mapping[str, gpd.GeoDataFrame]

#: How many grids are looked at together for one that lies in the city.
LOOKED_AT = 100


def carried(carry: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Name each column once; id and owner are in the cells in any case."""
    known = ("grid_id", "owner")
    return {
        name: [column for column in dict.fromkeys(columns) if column not in known]
        for name, columns in carry.items()
    }


def on_one_plane(layers: Layers, within: Layers) -> tuple[Layers, Layers]:
    """Bring layers and rungs to one CRS in metres, their rows in the order of their ids."""
    crs = plane_crs([*within.values(), *layers.values()])
    drawn = _by_id({name: flat(layer, crs) for name, layer in layers.items()})
    rungs = _by_id(flat_rungs(within, crs))
    _check_drawn(drawn, rungs)
    return drawn, rungs


def _by_id(layers: Layers) -> Layers:
    return {name: layer.sort_values("grid_id", ignore_index=True) for name, layer in layers.items()}


def together(drawn: Mapping[str, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """The grids of all departments, without their columns."""
    crs = next(iter(drawn.values())).crs
    return gpd.GeoDataFrame(geometry=pd.concat([layer.geometry for layer in drawn.values()]), crs=crs)


def check_given(layers: Layers, within: Layers, carry: Mapping[str, Sequence[str]]) -> None:
    """Raise ArgumentError or SchemaError unless layers, rungs and columns can be merged."""
    if not layers:
        raise ArgumentError(WORDS("nothing_to_merge"))
    _check_free(layers, within)
    for name, layer in [*within.items(), *layers.items()]:
        check_layer(layer, where=name)
    for name, columns in carry.items():
        if name not in layers:
            raise ArgumentError(WORDS("carry_no_layer", name=name, layers=listed(layers)))
        missing = [column for column in columns if column not in layers[name].columns]
        if missing:
            taken = {layers[name].active_geometry_name, *LAYER_COLUMNS}
            there = listed(c for c in layers[name].columns if c not in taken) or WORDS("none")
            raise SchemaError(WORDS("carry_no_column", name=name, missing=missing[0], there=there))
    _check_columns(cell_columns(layers, within or [NO_RUNG], carry))


def _check_free(layers: Layers, within: Layers) -> None:
    """Raise unless all names can be columns; without rungs the cells have the district `all`."""
    check_names(layers, within)
    if within:
        return
    try:
        check_names(layers, [NO_RUNG])
    except ArgumentError as error:
        raise ArgumentError(WORDS("without_within", error=error, whole=NO_RUNG)) from None


def _check_columns(columns: Sequence[str]) -> None:
    """Raise if a carried column would be called like another column of the cells, ignoring case."""
    folded = [column.casefold() for column in columns]
    twice = [column for column, fold in zip(columns, folded, strict=True) if folded.count(fold) > 1]
    if twice:
        raise ArgumentError(WORDS("two_columns_called", names=both(dict.fromkeys(twice))))


def _check_drawn(drawn: Mapping[str, gpd.GeoDataFrame], rungs: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Raise if there is nothing to merge, or every grid lies outside the first rung."""
    everything = together(drawn)
    if everything.is_empty.all():
        said = WORDS("holds_none") if len(drawn) == 1 else WORDS("none_holds_any")
        raise SchemaError(WORDS("no_grid_to_merge", drawn=listed(drawn), said=said))
    if not rungs:
        return
    name, outline = next(iter(rungs.items()))
    tree, shapes = shapely.STRtree(outline.geometry.array), np.asarray(everything.geometry.array)
    # One is enough, and most often the first ones do.
    parts = np.array_split(shapes, np.arange(LOOKED_AT, len(shapes), LOOKED_AT))
    if not any(tree.query(part, "intersects").size for part in parts):
        raise SchemaError(WORDS("none_lies_in", drawn=listed(drawn), name=name))

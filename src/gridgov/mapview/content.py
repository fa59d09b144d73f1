"""What a map shows, as plain JSON values: the one place where a network becomes the content of a page."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from gridgov.datum import describe_crs, in_china, transform_points
from gridgov.errors import ArgumentError
from gridgov.language import listed
from gridgov.mapview.arcs import arcs_of, packed_arcs, simplified, simplified_coverage
from gridgov.mapview.conflicts import packed_conflicts
from gridgov.mapview.crosswalk import packed_crosswalk
from gridgov.mapview.groups import groups_of, masking
from gridgov.mapview.packing import packed
from gridgov.mapview.said_words import WORDS
from gridgov.mapview.tints import TINTS
from gridgov.network import Network
from gridgov.schema import RELATIONS, cell_rungs

if TYPE_CHECKING:
    from gridgov.mapview.changes import Changes
    from gridgov.mapview.incidents import Incidents

__all__ = ["MapOptions", "map_content"]

CHINESE: Final = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOptions:
    """How a map is to be.

    Attributes
    ----------
    title
        Of the page; the names of the districts when None.
    language
        ``zh`` or ``en``: the language in which it opens.
    tiles
        Address of a tile server with {z}, {x} and {y}; none when None.
    tiles_datum
        ``cgcs2000`` (= WGS 84) or ``gcj02``: the degrees in which the tiles are cut.
    columns
        Other columns of cells to show, which are left out unless asked for; people's phones may be there.
    phones
        Leave mobile numbers inside the names of owners; they are masked otherwise.
    """

    title: str | None = None
    language: str = CHINESE
    tiles: str | None = None
    tiles_datum: str = "cgcs2000"
    columns: tuple[str, ...] = field(default_factory=tuple)
    phones: bool = False


def map_content(
    network: Network,
    options: MapOptions,
    *,
    incidents: "Incidents | None" = None,
    changes: "Changes | None" = None,
    whole: Network | None = None,
) -> dict[str, Any]:
    """Everything that one page shows; `whole` is the network that `network` is one district of."""
    cells = network.cells
    arcs = arcs_of(simplified_coverage(np.asarray(cells.geometry.array, dtype=object)))
    masked = masking(phones=options.phones)
    groups = groups_of(network, arcs.sides(), masked=masked)
    return {
        "about": _about(network, options),
        "tints": list(TINTS),
        "cells": {
            "ids": cells["cell_id"].tolist(),
            "area": packed(np.rint(cells["area_m2"]).astype(np.int64)),
            "special": [
                [int(row), cells["special"].iloc[row]] for row in np.flatnonzero(cells["special"].notna())
            ],
            "shown": [[name, _shown(cells, name)] for name in options.columns],
            "shapes": packed_arcs(arcs, crs=cells.crs),
        },
        "groups": [group.packed() for group in groups],
        "crosswalk": packed_crosswalk(network, groups, whole=whole),
        "conflicts": packed_conflicts(network, masked=masked),
        "drawn": _drawn(network),
        "incidents": None if incidents is None else incidents.packed(),
        "changes": None if changes is None else changes.packed(groups, crs=cells.crs),
    }


def _about(network: Network, options: MapOptions) -> dict[str, Any]:
    cells = network.cells
    west, south, east, north = cells.total_bounds
    lon, lat = transform_points(
        [(west + east) / 2], [(south + north) / 2], source=cells.crs, target="cgcs2000"
    )
    china = bool(in_china(lon, lat)[0])
    return {
        "title": options.title or _title(network),
        "version": network.version,
        "departments": list(network.departments),
        "rungs": cell_rungs(list(cells.columns)),
        "relations": list(RELATIONS),
        "datum": "CGCS2000" if china else "WGS 84",
        "crs": describe_crs(cells.crs),
        "china": china,
        "language": options.language,
        "tiles": options.tiles,
        "tiles_datum": options.tiles_datum,
    }


def _title(network: Network) -> str:
    """The names of the coarsest units, as far as there is room for them."""
    rung = cell_rungs(list(network.cells.columns))[0]
    names = [str(name) for name in network.cells[f"{rung}_name"].dropna().unique() if str(name) != "all"]
    return "、".join(names[:6]) + (" …" if len(names) > 6 else "") if names else "gridgov"  # noqa: PLR2004


def _shown(cells: gpd.GeoDataFrame, name: str) -> list[str | None]:
    if name not in cells or name == cells.active_geometry_name:
        there = listed(column for column in cells.columns if column != cells.active_geometry_name)
        raise ArgumentError(WORDS("no_column", name=name, there=there))
    return [None if pd.isna(value) else str(value) for value in cells[name]]


def _drawn(network: Network) -> list[dict[str, Any]]:
    """The borders as each department drew them."""
    if network.drawn is None:
        return []
    layers = network.drawn.groupby("department", sort=False)
    return [{"key": name, "lines": _lines(layer)} for name, layer in layers]


def _lines(layer: gpd.GeoDataFrame) -> dict[str, str]:
    arcs = arcs_of(np.asarray(layer.geometry.array, dtype=object))
    return packed_arcs(simplified(arcs), crs=layer.crs, rings=False)

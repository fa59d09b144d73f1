"""What `gridgov map` makes of a network: one page, or an index and a page per district."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gridgov.diff import diff_networks
from gridgov.errors import ArgumentError, examples
from gridgov.mapview.changes import Changes
from gridgov.mapview.content import MapOptions, map_content
from gridgov.mapview.groups import masking
from gridgov.mapview.html import index_page, map_page
from gridgov.mapview.incidents import Incidents, shown_incidents
from gridgov.network import Network
from gridgov.schema import SEVERITIES, cell_rungs

__all__ = ["MOST_CELLS", "MapOptions", "draw_map"]

#: A network with more cells gets a page per district.
MOST_CELLS: Final = 25_000
DECIDE: Final = SEVERITIES[0]

#: What a file name may not hold.
_UNSAFE: Final = str.maketrans(dict.fromkeys('\\/:*?"<>| %#', "_"))


def draw_map(
    network: Network,
    *,
    options: MapOptions | None = None,
    drawn: Mapping[str, gpd.GeoDataFrame] | None = None,
    incidents: gpd.GeoDataFrame | None = None,
    previous: Network | None = None,
    stem: str = "map",
    most_cells: int = MOST_CELLS,
) -> dict[str, str]:
    """Make the page on which people look at a network, with no other file and no network connection.

    Parameters
    ----------
    network
        From `merge_grids` or `read_network`.
    options
        Title, language, tiles, further columns: see :class:`MapOptions`.
    drawn
        Departments' layers as they were drawn, by department, to be laid over the merged borders.
    incidents
        From ``read_incidents(keep=True)``, after `assign` for statuses, candidates and handlers.
    previous
        An older network: what changed since is listed and shown before and after.
    stem
        Name of the file without its ending: the names of further pages begin with it.
    most_cells
        A network with more cells gets a page per unit of its coarsest rung, and an index of them.

    Returns
    -------
    Name of each file -> its HTML text; the first is the one to open, ``<stem>.html``.

    Raises
    ------
    ArgumentError
        A layer that is no department; a column that is nowhere; too many incidents.
    CRSError
        The network's coordinate system cannot be converted to degrees.

    Notes
    -----
    20,000 cells take about 8 s and give 7 MB; incidents about 100 bytes each.
    """
    options = options or MapOptions()
    drawn = drawn or {}
    _check_drawn(network, drawn)
    options, of_incidents = _split_columns(network, incidents, options)
    masked = masking(phones=options.phones)
    points = None if incidents is None else shown_incidents(incidents, columns=of_incidents, masked=masked)
    changes = None
    if previous is not None:
        changes = Changes(diff_networks(previous, network), previous, network, masked)
    if len(network.cells) <= most_cells:
        content = map_content(network, options, drawn=drawn, incidents=points, changes=changes)
        return {f"{stem}.html": map_page(content)}
    return _district_pages(
        network, options=options, drawn=drawn, incidents=points, changes=changes, stem=stem
    )


def _check_drawn(network: Network, drawn: Mapping[str, gpd.GeoDataFrame]) -> None:
    unknown = [name for name in drawn if name not in network.departments]
    if unknown:
        raise ArgumentError(
            f"{examples(unknown)}: the network has no such department; its departments are "
            f"{', '.join(network.departments)}"
        )


def _split_columns(
    network: Network, incidents: gpd.GeoDataFrame | None, options: MapOptions
) -> tuple[MapOptions, list[str]]:
    """Columns asked for that cells have, and those that incidents have; ArgumentError for others."""
    cells = [str(column) for column in network.cells.columns]
    rows = [] if incidents is None else [str(column) for column in incidents.columns]
    for name in options.columns:
        if name not in cells and name not in rows:
            there = ", ".join(cells[:-1])
            more = f"; incidents have {', '.join(rows[:-1])}" if rows else ""
            raise ArgumentError(f"there is no column '{name}' to show (--show); cells have {there}{more}")
    shown = tuple(name for name in options.columns if name in cells)
    return replace(options, columns=shown), [name for name in options.columns if name in rows]


def _district_pages(
    network: Network,
    *,
    options: MapOptions,
    drawn: Mapping[str, gpd.GeoDataFrame],
    incidents: Incidents | None,
    changes: Changes | None,
    stem: str,
) -> dict[str, str]:
    rung = cell_rungs(list(network.cells.columns))[0]
    page_of = None if incidents is None else _units_at(network.cells, rung, incidents.points)
    pages: dict[str, str] = {}
    listed = []
    for unit, cells in network.cells.groupby(rung, sort=True):
        part = _part(network, rung, str(unit), cells)
        title = str(cells[f"{rung}_name"].iloc[0] or unit)
        content = map_content(
            part,
            replace(options, title=title if options.title is None else f"{options.title} · {title}"),
            drawn={name: _near(layer, cells) for name, layer in drawn.items()},
            incidents=None if incidents is None else incidents.at(page_of == unit),
            changes=None if changes is None else changes.within(cells["cell_id"].tolist()),
            whole=network,
        )
        name = f"{stem}-{str(unit).translate(_UNSAFE)}.html"
        pages[name] = map_page(content, index=f"{stem}.html")
        listed.append(_listed(name, str(unit), title, part, content))
    index = {
        "title": options.title or "gridgov",
        "version": network.version,
        "language": options.language,
        "rung": rung,
        "pages": listed,
        "conflicts": _conflict_pages(network, rung, {each["unit"]: each["file"] for each in listed}),
    }
    return {f"{stem}.html": index_page(index), **pages}


def _part(network: Network, rung: str, unit: str, cells: gpd.GeoDataFrame) -> Network:
    """The network of one unit alone; the crosswalk stays whole."""
    conflicts = network.conflicts
    here = conflicts[conflicts[rung] == unit] if rung in conflicts else conflicts
    return replace(network, cells=cells.reset_index(drop=True), conflicts=here.reset_index(drop=True))


def _near(layer: gpd.GeoDataFrame, cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Grids of a layer whose boxes meet those of the cells."""
    west, south, east, north = cells.to_crs(layer.crs).total_bounds
    return layer.cx[west:east, south:north]


def _units_at(cells: gpd.GeoDataFrame, rung: str, points: gpd.GeoDataFrame) -> Any:
    """The unit in which each point lies, or the nearest one; None for rows without a point."""
    units = np.full(len(points), None, dtype=object)
    there = points.geometry.notna().to_numpy()
    shapes = np.asarray(points.geometry.array, dtype=object)[there]
    nearest = shapely.STRtree(np.asarray(cells.geometry.array, dtype=object)).nearest(shapes)
    units[there] = cells[rung].to_numpy(dtype=object)[nearest]
    return units


def _listed(name: str, unit: str, title: str, part: Network, content: Mapping[str, Any]) -> dict[str, Any]:
    first = part.departments[0]
    return {
        "file": name,
        "unit": unit,
        "title": title,
        "cells": len(part.cells),
        "grids": int(part.cells[first].nunique()),
        "decide": int((part.conflicts["severity"] == DECIDE).sum()),
        "incidents": None if content["incidents"] is None else content["incidents"]["count"],
        "changes": None if content["changes"] is None else content["changes"]["count"],
    }


def _conflict_pages(network: Network, rung: str, files: Mapping[str, str]) -> dict[str, str]:
    """On which page each conflict that people must decide is, so that `map.html#c=ID` finds it."""
    conflicts = network.conflicts
    rows = conflicts[conflicts["severity"] == DECIDE]
    units: Sequence[Any] = rows[rung].tolist() if rung in rows else []
    return {
        str(conflict): files[unit]
        for conflict, unit in zip(rows["conflict_id"], units, strict=False)
        if not pd.isna(unit) and unit in files
    }

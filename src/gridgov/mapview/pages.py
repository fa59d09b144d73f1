"""What `gridgov map` makes of a network: one page, or an index and a page per district."""

from dataclasses import replace
from typing import Final

import geopandas as gpd

from gridgov.diff import diff_networks
from gridgov.errors import ArgumentError
from gridgov.language import listed
from gridgov.mapview.changes import Changes
from gridgov.mapview.content import MapOptions, map_content
from gridgov.mapview.districts import district_pages
from gridgov.mapview.groups import masking
from gridgov.mapview.html import map_page
from gridgov.mapview.incidents import shown_incidents
from gridgov.mapview.said_words import WORDS
from gridgov.network import Network

__all__ = ["MOST_CELLS", "MapOptions", "draw_map"]

#: A network with more cells gets a page per district.
MOST_CELLS: Final = 25_000


def draw_map(
    network: Network,
    *,
    options: MapOptions | None = None,
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
        A column that is nowhere; too many incidents.
    CRSError
        The network's coordinate system cannot be converted to degrees.

    Notes
    -----
    20,000 cells of three departments take about 10 s and give 10 MB; incidents about 100 bytes each.
    """
    options = options or MapOptions()
    options, of_incidents = _split_columns(network, incidents, options)
    masked = masking(phones=options.phones)
    points = None if incidents is None else shown_incidents(incidents, columns=of_incidents, masked=masked)
    changes = None
    if previous is not None:
        changes = Changes(diff_networks(previous, network), previous, network, masked)
    if len(network.cells) <= most_cells:
        content = map_content(network, options, incidents=points, changes=changes)
        return {f"{stem}.html": map_page(content)}
    return district_pages(network, options=options, incidents=points, changes=changes, stem=stem)


def _split_columns(
    network: Network, incidents: gpd.GeoDataFrame | None, options: MapOptions
) -> tuple[MapOptions, list[str]]:
    """Columns asked for that cells have, and those that incidents have; ArgumentError for others."""
    cells = [str(column) for column in network.cells.columns]
    rows = [] if incidents is None else [str(column) for column in incidents.columns]
    for name in options.columns:
        if name not in cells and name not in rows:
            there = listed(cells[:-1])
            said = "no_column_at_all" if rows else "no_column"
            raise ArgumentError(WORDS(said, name=name, there=there, rows=listed(rows[:-1])))
    shown = tuple(name for name in options.columns if name in cells)
    return replace(options, columns=shown), [name for name in options.columns if name in rows]

"""A large network as a page per district, and an index that leads to them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Final

import geopandas as gpd

from gridgov.conflicts import units_near, units_of_conflicts
from gridgov.mapview.changes import Changes
from gridgov.mapview.content import MapOptions, map_content
from gridgov.mapview.groups import OWNER
from gridgov.mapview.html import index_page, map_page
from gridgov.mapview.incidents import Incidents
from gridgov.network import Network
from gridgov.schema import SEVERITIES, cell_rungs

__all__ = ["district_pages"]

DECIDE: Final = SEVERITIES[0]

#: What a file name may not hold.
_UNSAFE: Final = str.maketrans(dict.fromkeys('\\/:*?"<>| %#', "_"))


@dataclass(frozen=True, slots=True)
class _Page:
    """The page of one unit: its file, the network of this unit alone, and what is shown of it."""

    file: str
    unit: str
    title: str
    part: Network
    content: Mapping[str, Any]


def district_pages(
    network: Network,
    *,
    options: MapOptions,
    incidents: Incidents | None,
    changes: Changes | None,
    stem: str,
) -> dict[str, str]:
    """Names and HTML of the index and of a page for each unit of the coarsest rung.

    Conflicts and incidents that lie in no unit are on the page of the nearest one, conflicts without a place
    on the first.
    """
    rung = cell_rungs(list(network.cells.columns))[0]
    incidents_at = units_near(
        network.cells, rung, network.cells.iloc[:0] if incidents is None else incidents.points
    )
    conflicts_at = units_of_conflicts(network, rung)
    pages = []
    for name, cells in network.cells.groupby(rung, sort=True):
        unit = str(name)
        title = str(cells[f"{rung}_name"].iloc[0] or unit)
        conflicts = network.conflicts[conflicts_at == unit].reset_index(drop=True)
        drawn = None if network.drawn is None else _near(network.drawn, cells)
        part = replace(network, cells=cells.reset_index(drop=True), conflicts=conflicts, drawn=drawn)
        content = map_content(
            part,
            replace(options, title=title if options.title is None else f"{options.title} · {title}"),
            incidents=None if incidents is None else incidents.at(incidents_at == unit),
            changes=None if changes is None else changes.within(cells["cell_id"].tolist()),
            whole=network,
        )
        pages.append(_Page(f"{stem}-{unit.translate(_UNSAFE)}.html", unit, title, part, content))
    index = {
        "title": options.title or "gridgov",
        "version": network.version,
        "language": options.language,
        "rung": rung,
        "pages": [_listed(page) for page in pages],
        "conflicts": {
            conflict: page.file for page in pages for conflict in _to_decide(page.part)["conflict_id"]
        },
        "found": _found(pages),
    }
    return {
        f"{stem}.html": index_page(index),
        **{page.file: map_page(page.content, index=f"{stem}.html") for page in pages},
    }


def _near(layer: gpd.GeoDataFrame, cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Grids whose boxes meet that of the cells."""
    west, south, east, north = cells.total_bounds
    return layer.cx[west:east, south:north]


def _to_decide(network: Network) -> gpd.GeoDataFrame:
    return network.conflicts[network.conflicts["severity"] == DECIDE]


def _listed(page: _Page) -> dict[str, Any]:
    part, content = page.part, page.content
    return {
        "file": page.file,
        "unit": page.unit,
        "title": page.title,
        "cells": len(part.cells),
        "grids": int(part.cells[part.departments[0]].nunique()),
        "decide": len(_to_decide(part)),
        "incidents": None if content["incidents"] is None else content["incidents"]["count"],
        "changes": None if content["changes"] is None else content["changes"]["count"],
    }


def _found(pages: list[_Page]) -> list[dict[str, Any]]:
    """What the index finds: units below the district and grids, by column, with the number of their page.

    A grid with cells in several districts is there once for each.
    """
    answer: dict[str, list[tuple[str, str | None, int]]] = {}
    for number, page in enumerate(pages):
        for group in page.content["groups"]:
            if group["kind"] == OWNER:
                continue
            here = set(page.part.cells[group["key"]].dropna())
            named = zip_longest(group["ids"], group["names"])
            rows = [(unit, name, number) for unit, name in named if unit in here]
            answer.setdefault(group["key"], []).extend(rows)
    return [
        {"key": key, **dict(zip(("ids", "names", "pages"), map(list, zip(*rows, strict=True)), strict=True))}
        for key, rows in answer.items()
        if rows
    ]

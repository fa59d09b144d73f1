"""`gridgov map`."""

from pathlib import Path
from typing import TYPE_CHECKING

from gridgov.cli import options
from gridgov.cli.command_words import WORDS
from gridgov.cli.points import PointOptions, points_path, read_points
from gridgov.cli.words import say
from gridgov.errors import ArgumentError
from gridgov.language import Many, listed, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gridgov.network import Network


def map_(
    network: options.exports.NetworkFile,
    *,
    output: options.outputs.Output = None,
    overwrite: options.outputs.Overwrite = False,
    incidents: options.maps.MapIncidents = None,
    incidents_crs: options.crosswalks.IncidentsCrs = None,
    incidents_lon: options.crosswalks.IncidentsLon = None,
    incidents_lat: options.crosswalks.IncidentsLat = None,
    incidents_encoding: options.crosswalks.IncidentsEncoding = None,
    compare: options.maps.Compare = None,
    show: options.maps.Show = None,
    phones: options.maps.Phones = False,
    title: options.maps.Title = None,
    tiles: options.maps.TilesUrl = None,
    tiles_crs: options.maps.TilesCrs = "cgcs2000",
) -> None:
    """Write a page on which people look at a network and decide: one HTML file, no network connection needed.

    Example: gridgov map network.gpkg --incidents tagged.csv --incidents-crs gcj02 -o map.html

    What changed since an older network: --compare old.gpkg.
    """
    from gridgov.layers.map_file import check_map_output, write_map
    from gridgov.mapview import MapOptions, draw_map
    from gridgov.outputs import check_not_input

    output = output or Path("map.html")
    check_map_output(output, overwrite=overwrite)
    _check_tiles(tiles, tiles_crs)
    points = PointOptions(
        option="incidents",
        file=incidents,
        crs=incidents_crs,
        lon=incidents_lon,
        lat=incidents_lat,
        encoding=incidents_encoding,
        keep=True,
    )
    points.check()
    others = [path for path in (network, compare) if path is not None]
    check_not_input(output, [*others, *points_path(points)])
    merged = _read(network)
    previous = None if compare is None else _read(compare)
    pages = draw_map(
        merged,
        options=MapOptions(
            title=title,
            language=spoken(),
            tiles=tiles,
            tiles_datum=tiles_crs,
            columns=_names(show),
            phones=phones,
        ),
        incidents=read_points(points, merged),
        previous=previous,
        stem=output.stem,
    )
    write_map(pages, output, overwrite=overwrite)
    _say(merged, pages, output)


def _check_tiles(tiles: str | None, crs: str) -> None:
    if tiles is not None and not (
        tiles.startswith(("http://", "https://")) and all(part in tiles for part in ("{z}", "{x}", "{y}"))
    ):
        raise ArgumentError(WORDS("tiles_form", tiles=tiles))
    if crs not in ("cgcs2000", "gcj02"):
        raise ArgumentError(WORDS("tiles_crs", crs=crs))


def _names(show: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (show or "").split(",") if name.strip())


def _read(path: Path) -> "Network":
    from gridgov.layers import read_network

    network = read_network(path)
    about = {"cells": len(network.cells), "version": network.version}
    say(
        WORDS.speaker(spoken())(
            "map_network", name=path.name, departments=listed(network.departments), **about
        )
    )
    return network


def _say(network: "Network", pages: "Mapping[str, str]", output: Path) -> None:
    from gridgov.mapview import MOST_CELLS

    words = WORDS.speaker(spoken())
    conflicts = network.conflicts[network.conflicts["severity"] == "decide"]
    if len(conflicts):
        first = conflicts["conflict_id"].iloc[0]
        say(words("map_conflicts", count=Many(len(conflicts)), name=output.name, conflict=first))
    if len(pages) > 1:
        say(words("map_districts", most=MOST_CELLS, pages=len(pages) - 1))
    say(words("map_written", path=output, size=output.stat().st_size / 1e6))

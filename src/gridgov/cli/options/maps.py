"""The map page."""

from pathlib import Path
from typing import Annotated

import typer

MapIncidents = Annotated[
    str | None,
    typer.Option(
        "--incidents",
        metavar="FILE[#SHEET]",
        show_default=False,
        help="Incidents to show, best after assign: with status, candidates and handler.",
    ),
]
Compare = Annotated[
    Path | None,
    typer.Option(
        "--compare",
        metavar="NETWORK",
        show_default=False,
        help="An older network: what changed since is listed and shown before and after.",
    ),
]
Show = Annotated[
    str | None,
    typer.Option(
        "--show",
        metavar="COLUMN[,COLUMN]",
        show_default=False,
        help="Further columns of cells or incidents; not shown unasked, for they may be personal.",
    ),
]
Phones = Annotated[
    bool, typer.Option("--phones", help="Show mobile numbers inside owners' names; they are masked if not.")
]
Title = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", show_default=False, help="Heading of the page.")
]
TilesUrl = Annotated[
    str | None,
    typer.Option(
        "--tiles",
        metavar="URL",
        show_default=False,
        help="A tile server below the grids: http://tiles.city.local/{z}/{x}/{y}.png. None if not given.",
    ),
]
TilesCrs = Annotated[
    str,
    typer.Option("--tiles-crs", metavar="cgcs2000|gcj02", help="Degrees in which those tiles are cut."),
]

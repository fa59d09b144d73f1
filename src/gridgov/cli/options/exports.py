"""What is handed out of a network."""

from pathlib import Path
from typing import Annotated

import typer

NetworkFile = Annotated[
    Path, typer.Argument(metavar="NETWORK", show_default=False, help="A network that merge wrote (.gpkg).")
]
Department = Annotated[
    str | None,
    typer.Option(
        "--department",
        metavar="NAME",
        show_default=False,
        help="A department's own grids on the common borders, with the m2 that moved.",
    ),
]
WeightColumn = Annotated[
    str | None,
    typer.Option(
        "--weight-column",
        metavar="COLUMN",
        show_default=False,
        help="With --department: a carried column of numbers (households); how many moved, by area.",
    ),
]
NetworkLayer = Annotated[
    str | None,
    typer.Option(
        "--layer",
        metavar="NAME",
        show_default=False,
        help="Or a layer of the network as it is: cells, grids, conflicts, or a rung.",
    ),
]
Tables = Annotated[
    bool,
    typer.Option("--tables", help="Or the lists: crosswalk, conflicts, uncovered, lost and all grids."),
]

"""What cells are called."""

from pathlib import Path
from typing import Annotated

import typer

Codes = Annotated[
    str | None,
    typer.Option(
        "--codes",
        metavar="unit15",
        show_default=False,
        help="Cell ids are 15-digit codes of unit grids, numbered inside the 12-digit communities of the "
        "rungs.",
    ),
]
Parents = Annotated[
    str | None,
    typer.Option(
        "--parents",
        metavar="FILE[:COLUMN]",
        show_default=False,
        help="All 12-digit codes of communities that there are: others are refused.",
    ),
]
PreviousNetwork = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="NETWORK",
        show_default=False,
        help="The network before this one: cells that stayed keep their ids, the other ids are retired for "
        "good.",
    ),
]

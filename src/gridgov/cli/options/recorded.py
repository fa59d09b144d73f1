"""Units that were recorded with incidents, and boundaries of another year."""

from pathlib import Path
from typing import Annotated

import typer

CheckColumn = Annotated[
    str | None,
    typer.Option(
        "--check-column",
        metavar="COLUMN",
        help="Column of a unit that was recorded: held against the unit in which the point lies.",
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="COLUMN",
        help="Column of the cells that holds such units: a rung, a department; the only one if not given.",
    ),
]
Normalise = Annotated[
    str | None,
    typer.Option(
        "--normalise",
        metavar="digits|strip|upper",
        help="Compare labels by their digits, without spaces and common words, or in capitals.",
    ),
]
Vintage = Annotated[
    str | None,
    typer.Option(
        "--vintage",
        metavar="FILE[#LAYER]",
        show_default=False,
        help="Boundaries of another year: whether the recorded units fit them better is said.",
    ),
]
VintageId = Annotated[
    str | None, typer.Option("--vintage-id", metavar="COLUMN", help="Id column of that layer, if unmerged.")
]
VintageCrs = Annotated[
    str | None, typer.Option("--vintage-crs", metavar="CRS", help="Coordinate system of that layer.")
]
VintageEncoding = Annotated[
    str | None, typer.Option("--vintage-encoding", metavar="ENCODING", help="Text encoding of that layer.")
]
MismatchesFile = Annotated[
    Path | None,
    typer.Option(
        "--mismatches",
        metavar="FILE",
        show_default=False,
        help="Where rows go whose recorded unit differs; <output>.mismatches.csv if not given.",
    ),
]

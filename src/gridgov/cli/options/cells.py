"""Cells that points are looked for in."""

from typing import Annotated

import typer

Cells = Annotated[
    str,
    typer.Option(
        "--cells", metavar="FILE[#LAYER]", show_default=False, help="A merged network, or one unmerged layer."
    ),
]
CellsCrs = Annotated[
    str | None, typer.Option("--cells-crs", metavar="CRS", help="Coordinate system of an unmerged layer.")
]
CellsId = Annotated[
    str | None, typer.Option("--cells-id", metavar="COLUMN", help="Id column of an unmerged layer.")
]
CellsOwner = Annotated[
    str | None, typer.Option("--cells-owner", metavar="COLUMN", help="Owner column of an unmerged layer.")
]
CellsEncoding = Annotated[
    str | None,
    typer.Option("--cells-encoding", metavar="ENCODING", help="Text encoding of an unmerged layer."),
]
CellsControl = Annotated[
    str | None,
    typer.Option(
        "--cells-control",
        metavar="FILE",
        help="Control points of an unmerged layer in a system of its own; --cells-crs says what X, Y are in.",
    ),
]

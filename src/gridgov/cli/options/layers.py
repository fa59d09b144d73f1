"""Layers as departments deliver them: files, columns, coordinate systems."""

from typing import Annotated

import typer

LAYER = "NAME=FILE[#LAYER]"
Layers = Annotated[
    list[str],
    typer.Argument(
        metavar=f"{LAYER}...",
        show_default=False,
        help="Departmental layers, e.g. police=jw.shp. The order is the precedence: the first wins.",
    ),
]
Within = Annotated[
    list[str],
    typer.Option(
        "--within",
        metavar=LAYER,
        show_default=False,
        help="A rung, coarse to fine: --within district=F --within street=F. No cell crosses its borders.",
    ),
]
Districts = Annotated[
    str | None, typer.Option("--districts", metavar="FILE", help="The same as --within district=FILE.")
]
Id = Annotated[
    list[str],
    typer.Option("--id", metavar="[NAME=]COLUMN", show_default=False, help="Column of the grid id."),
]
Owner = Annotated[
    list[str],
    typer.Option("--owner", metavar="[NAME=]COLUMN", show_default=False, help="Column of the owner."),
]
Name = Annotated[
    list[str],
    typer.Option("--name", metavar="[NAME=]COLUMN", show_default=False, help="Column of the grid's name."),
]
LayerCrs = Annotated[
    list[str],
    typer.Option(
        "--crs",
        metavar="[NAME=]CRS",
        show_default=False,
        help="Coordinate system: EPSG:4547, gcj02, bd09 ... Overrides what the file says.",
    ),
]
LayerEncoding = Annotated[
    list[str],
    typer.Option(
        "--encoding", metavar="[NAME=]ENCODING", show_default=False, help="Text encoding: gb18030 ..."
    ),
]
LayerControl = Annotated[
    list[str],
    typer.Option(
        "--control",
        metavar="[NAME=]FILE",
        show_default=False,
        help="Control points (x, y, X, Y) of a layer in a system of its own, fitted by 4 parameters and "
        "refused over 1 m. --crs then says what X, Y are in.",
    ),
]
Attributes = Annotated[
    list[str],
    typer.Option(
        "--attributes",
        metavar="NAME=FILE[#SHEET]",
        show_default=False,
        help="Owners and people from a table (.xlsx, .csv), joined by grid id.",
    ),
]
HeaderRow = Annotated[
    list[str],
    typer.Option(
        "--header-row",
        metavar="[NAME=]N",
        show_default=False,
        help="Row of the column names in an --attributes table, from 1; found by itself when not given.",
    ),
]
Carry = Annotated[
    list[str],
    typer.Option(
        "--carry",
        metavar="[NAME=]COLUMN[,COLUMN]",
        show_default=False,
        help="Columns to bring along into the cells, as <name>_<column>.",
    ),
]

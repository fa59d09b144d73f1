"""Columns added to incidents, and rows without an answer."""

from pathlib import Path
from typing import Annotated

import typer

AddedColumns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="COLUMN[,COLUMN]",
        help="Columns to add, in this order; also others of the cells. All of the usual ones if not given.",
    ),
]
Prefix = Annotated[
    str, typer.Option("--prefix", metavar="TEXT", help="Set before the name of every column added: p_.")
]
Rename = Annotated[
    list[str] | None,
    typer.Option(
        "--rename",
        metavar="NEW=COLUMN",
        show_default=False,
        help="Another name for an added column: 所属网格编码=grid_id. One of the input is replaced.",
    ),
]
Rejects = Annotated[
    Path | None,
    typer.Option(
        "--rejects",
        metavar="FILE",
        show_default=False,
        help="Where rows without an answer go too; <output>.rejects.csv beside the output if not given.",
    ),
]
MaxRejects = Annotated[
    str | None,
    typer.Option(
        "--max-rejects",
        metavar="N|N%",
        help="Exit with 4 when more rows have no answer; everything is written all the same.",
    ),
]

"""How layers become one network."""

from typing import Annotated

import typer

ToleranceM = Annotated[
    float,
    typer.Option(
        "--tolerance-m",
        metavar="METRES",
        min=0.02,
        help="Borders closer than this, in metres, mean the same line.",
    ),
]
MinAreaM2 = Annotated[
    float,
    typer.Option("--min-area-m2", metavar="M2", min=0.0, help="Pieces smaller than this join a neighbour."),
]
LayerToleranceM = Annotated[
    list[str],
    typer.Option(
        "--tolerance-m",
        metavar="[NAME=]METRES",
        show_default=False,
        help="Borders closer than this mean the same line: police=15; a bare number is for all others.",
    ),
]
OnGap = Annotated[
    str,
    typer.Option(
        "--on-gap",
        metavar="leave|fill",
        help="Ground that a department left without a grid: leave it, or fill it with the neighbour of the "
        "longest shared border.",
    ),
]
SpecialGrids = Annotated[
    list[str],
    typer.Option(
        "--special",
        metavar="NAME:COLUMN=VALUE[|VALUE]",
        show_default=False,
        help="Special-purpose grids, by what a column says: police:TYPE=专属. Grids inside others are in any "
        "case.",
    ),
]
AllowCross = Annotated[
    list[str],
    typer.Option(
        "--allow-cross",
        metavar="NAME:COLUMN=VALUE | VALUE",
        show_default=False,
        help="Grids that may lie in several districts, such as a business quarter: police:TYPE=商圈, or a "
        "value that --special names.",
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        metavar="N",
        help="Work on so many departments at the same time: quicker, and the same result.",
    ),
]

"""Sheets for people to sign."""

from pathlib import Path
from typing import Annotated

import typer

TaggedIncidents = Annotated[
    str | None,
    typer.Option(
        "--incidents", metavar="FILE[#SHEET]", help="Incidents tagged with this network: counted per grid."
    ),
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="NETWORK",
        help="An older network: what changed since. Else what the merge changed of the grids as drawn.",
    ),
]
Rung = Annotated[
    str | None,
    typer.Option("--rung", metavar="NAME", help="One sheet per unit of it; street, or the lowest one."),
]
FooterLine = Annotated[
    str | None,
    typer.Option("--footer", metavar="TEXT", help="Line at the foot of every sheet: 内部工作底图."),
]
Households = Annotated[
    str,
    typer.Option("--households", metavar="LOW-HIGH", help="Households that a unified grid should have."),
]
GridArea = Annotated[
    list[str],
    typer.Option(
        "--grid-m2",
        metavar="NAME=LOW-HIGH",
        show_default=False,
        help="Square metres that grids of a department should have: urban=5000-15000.",
    ),
]

"""Who handles what."""

from typing import Annotated

import typer

RulesFile = Annotated[
    str | None, typer.Option("--rules", metavar="FILE", help="Who handles what, where (.csv, .xlsx).")
]
Category = Annotated[
    str | None, typer.Option("--category", metavar="COLUMN", help="Column the rules call category.")
]
RulesIncidents = Annotated[
    str | None,
    typer.Option("--incidents", metavar="FILE", help="Incidents: the categories and values that occur."),
]
Time = Annotated[
    str | None,
    typer.Option("--time", metavar="COLUMN", help="Column of the time, for rules with valid_from/valid_to."),
]

"""Conflicts that people decide."""

from pathlib import Path
from typing import Annotated

import typer

ConflictsFile = Annotated[
    Path | None,
    typer.Option(
        "--conflicts",
        metavar="FILE.xlsx",
        show_default=False,
        help="Write the list of conflicts for people to decide, with drop-downs: 冲突清单.xlsx.",
    ),
]
DecisionsFile = Annotated[
    Path | None,
    typer.Option(
        "--decisions",
        metavar="FILE",
        show_default=False,
        help="Carry out what people decided in that list (.xlsx, .csv), matched by conflict_id.",
    ),
]

"""Where answers go, and in which form."""

from pathlib import Path
from typing import Annotated

import typer

Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", show_default=False, help="Where to write.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an output that exists.")]
Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON on stdout.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 4 when there is a problem that needs a decision.")
]
SaveJob = Annotated[
    Path | None,
    typer.Option(
        "--save-job",
        metavar="JOB.toml",
        show_default=False,
        help="Keep this command as a section of a job file, for gridgov run; made if it is not there.",
    ),
]

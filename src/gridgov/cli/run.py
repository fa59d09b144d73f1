"""`gridgov run`."""

from pathlib import Path
from typing import Annotated

import typer

from gridgov.cli import options
from gridgov.cli.point_words import WORDS
from gridgov.cli.progress import Progress
from gridgov.cli.words import say
from gridgov.language import Many, spoken
from gridgov.memory import keep_freed
from gridgov.steps import telling_steps

BEYOND_LIMIT = 4

JobFile = Annotated[
    Path, typer.Argument(metavar="JOB", show_default=False, help="A job file, as init writes it (.toml).")
]
AssignOnly = Annotated[
    bool,
    typer.Option("--assign-only", help="Leave the network as it is and only tag incidents, as every night."),
]


def run(
    job: JobFile,
    decisions: options.decisions.DecisionsFile = None,
    assign_only: AssignOnly = False,
    overwrite: options.outputs.Overwrite = False,
) -> None:
    """Do what a job file says, into one results folder with an index.html that links everything.

    Example: gridgov run job.toml

    Then choose what is right in the folder's 冲突清单.xlsx, and run it again with --decisions FILE.
    """
    if assign_only:
        # Batches alone, as `gridgov assign`: a merge would rather give its memory back.
        keep_freed()
    from gridgov.jobs import read_job, run_job

    with Progress() as progress, telling_steps(progress.step):

        def say_alone(words: str) -> None:
            progress.clear()
            say(words)

        result = run_job(
            read_job(job),
            decisions=decisions,
            assign_only=assign_only,
            overwrite=overwrite,
            language=spoken(),
            say=say_alone,
        )
    say(WORDS("linked_in", page=result.page))
    if result.errors:
        say(WORDS("not_tagged", n=Many(len(result.errors))))
        raise typer.Exit(result.errors[0].exit_code)
    if result.beyond_limit:
        raise typer.Exit(BEYOND_LIMIT)

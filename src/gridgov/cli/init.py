"""`gridgov init`."""

from pathlib import Path
from typing import Annotated

import typer

from gridgov.cli import options
from gridgov.cli.words import say

Folder = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", show_default=False, help="The folder of what the departments sent."),
]


def init(folder: Folder, output: options.Output = None, overwrite: options.Overwrite = False) -> None:
    """Look at what the departments sent, and write a job file for run, with questions on what is open.

    Example: gridgov init 来件 -o job.toml

    Answer the questions in it by removing a #, then: gridgov run job.toml
    """
    from gridgov.errors import ArgumentError, counted
    from gridgov.jobs.draft import draft_job
    from gridgov.outputs import check_output, replacing

    if output is None:
        raise ArgumentError("say where to write the job file: -o job.toml")
    check_output(output, overwrite=overwrite)
    say(f"Looking into {folder}:")
    draft = draft_job(folder, output, say=say)
    with replacing(output, overwrite=overwrite) as partial:
        # The mark by which Windows knows UTF-8.
        partial.write_text(draft.text, encoding="utf-8-sig")
    say()
    for note in draft.notes:
        say(note)
    say(f"Written: {output}")
    if draft.questions:
        lines = ", ".join(map(str, draft.questions))
        many = counted(len(draft.questions), "question is", "questions are")
        say(f"{many} open (line {lines}). Answer by removing a #, then: gridgov run {output}")
    else:
        say(f"No question is open. Now: gridgov run {output}")

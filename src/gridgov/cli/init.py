"""`gridgov init`."""

from pathlib import Path
from typing import Annotated

import typer

from gridgov.cli import options
from gridgov.cli.words import answer, say
from gridgov.errors import ArgumentError
from gridgov.language import counted

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="FOLDER", show_default=False, help="The folder of what the departments sent."),
]
Nightly = Annotated[
    Path | None,
    typer.Option(
        "--nightly",
        metavar="JOB",
        show_default=False,
        help="Instead: write nightly.sh and nightly.bat beside a job file, and show how to schedule them.",
    ),
]


def init(
    folder: Folder = None,
    output: options.outputs.Output = None,
    nightly: Nightly = None,
    overwrite: options.outputs.Overwrite = False,
) -> None:
    """Look at what the departments sent, and write a job file for run, with questions on what is open.

    Example: gridgov init 来件 -o job.toml

    Answer the questions in it by removing a #, then: gridgov run job.toml
    """
    if nightly is not None:
        if folder is not None or output is not None:
            raise ArgumentError("--nightly takes a job file that is there; leave out FOLDER and -o")
        _nightly(nightly, overwrite=overwrite)
    elif folder is None:
        raise ArgumentError("name the folder of what the departments sent: gridgov init FOLDER -o job.toml")
    elif output is None:
        raise ArgumentError("say where to write the job file: -o job.toml")
    else:
        _draft(folder, output, overwrite=overwrite)


def _draft(folder: Path, output: Path, *, overwrite: bool) -> None:
    from gridgov.jobs.draft import draft_job
    from gridgov.outputs import check_output, replacing

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


def _nightly(path: Path, *, overwrite: bool) -> None:
    from gridgov.jobs import read_job
    from gridgov.jobs.nightly import schedule_lines, write_scripts

    job = read_job(path)
    for written in write_scripts(job, overwrite=overwrite):
        say(f"Written: {written}")
    say("Every night at 2:30, on Linux (crontab -e) or on Windows (in a command prompt):")
    for line in schedule_lines(job):
        answer(line)

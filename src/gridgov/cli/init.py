"""`gridgov init`."""

from pathlib import Path
from typing import Annotated

import typer

from gridgov.cli import options
from gridgov.cli.point_words import WORDS
from gridgov.cli.words import answer, say
from gridgov.errors import ArgumentError
from gridgov.language import Many, listed

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
            raise ArgumentError(WORDS("nightly_takes"))
        _nightly(nightly, overwrite=overwrite)
    elif folder is None:
        raise ArgumentError(WORDS("name_folder"))
    elif output is None:
        raise ArgumentError(WORDS("job_where"))
    else:
        _draft(folder, output, overwrite=overwrite)


def _draft(folder: Path, output: Path, *, overwrite: bool) -> None:
    from gridgov.jobs.draft import draft_job
    from gridgov.outputs import check_output, replacing

    check_output(output, overwrite=overwrite)
    say(WORDS("looking_into", folder=folder))
    draft = draft_job(folder, output, say=say)
    with replacing(output, overwrite=overwrite) as partial:
        # The mark by which Windows knows UTF-8.
        partial.write_text(draft.text, encoding="utf-8-sig")
    say()
    for note in draft.notes:
        say(note)
    say(WORDS("written", output=output))
    if draft.questions:
        lines = listed(draft.questions)
        n = Many(len(draft.questions))
        say(WORDS("open_questions", n=n, lines=lines, output=output))
    else:
        say(WORDS("none_open", output=output))


def _nightly(path: Path, *, overwrite: bool) -> None:
    from gridgov.jobs import read_job
    from gridgov.jobs.nightly import schedule_lines, write_scripts

    job = read_job(path)
    for written in write_scripts(job, overwrite=overwrite):
        say(WORDS("written", output=written))
    say(WORDS("every_night"))
    for line in schedule_lines(job):
        answer(line)

"""`gridgov demo`."""

import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from gridgov.cli import options
from gridgov.cli.words import answer, say
from gridgov.language import shell_word


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", show_default=True, help="Where to write; made if need be.")
    ] = Path("gridgov-demo"),
    overwrite: options.outputs.Overwrite = False,
) -> None:
    """Run gridgov's main commands on an invented city, and draw a picture of the merge.

    Example: gridgov demo

    Each command line is shown as it can be typed; what the commands said is kept in commands.txt.
    """
    from gridgov.demo import commands, copy_samples, draw, keep_words, list_command, next_steps, told

    copy_samples(folder, overwrite=overwrite)
    said = []
    for words in commands(folder, overwrite=overwrite):
        line = _line(words)
        say(f"> {line}")
        said.append(f"> {line}\n{_run(words)}")
    draw(folder, overwrite=overwrite)
    keep_words(folder, "\n".join(said), overwrite=overwrite)
    say()
    for text in told(folder):
        answer(text)
    say()
    for text in next_steps(folder, _line(list_command(folder))):
        say(text)


def _run(words: list[str]) -> str:
    """What a command says on both streams; on an error it is said, and the error goes on."""
    from gridgov.cli.app import program

    said = StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            program(words[:1])(words, prog_name="gridgov", standalone_mode=False)
    except BaseException:
        sys.stderr.write(said.getvalue())
        raise
    return said.getvalue()


def _line(words: list[str]) -> str:
    """A command as it can be typed."""
    return " ".join(["gridgov", *map(shell_word, words)])

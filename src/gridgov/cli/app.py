"""The `gridgov` program: its commands, and the one place where it ends."""

import sys
from contextvars import copy_context
from typing import Annotated

import typer

from gridgov.cli import (
    assign,
    check,
    check_rules,
    crosswalk,
    demo,
    export,
    index,
    info,
    init,
    locate,
    merge,
    report,
    run,
    summarize,
)
from gridgov.cli import map as map_
from gridgov.cli.errors import ending
from gridgov.cli.words import answer, forgiving_streams
from gridgov.language import speak, system_language

app = typer.Typer(
    name="gridgov",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="First steps: gridgov demo. Exit codes: 0 done, 1 a bug, 2 usage, 3 input refused, "
    "4 done but beyond a limit you set, 5 output exists or is locked, 130 interrupted. --lang zh: 中文.",
)
app.command("info")(info.info)
app.command("check")(check.check)
app.command("merge")(merge.merge)
app.command("export")(export.export)
app.command("crosswalk")(crosswalk.crosswalk)
app.command("assign")(assign.assign)
app.command("locate", context_settings={"ignore_unknown_options": True})(locate.locate)
app.command("summarize")(summarize.summarize)
app.command("map")(map_.map_)
app.command("report")(report.report)
app.command("index")(index.index)
app.command("check-rules")(check_rules.check_rules)
app.command("init")(init.init)
app.command("run")(run.run)
app.command("demo")(demo.demo)


def _version(wanted: bool) -> None:
    if wanted:
        from gridgov import __version__

        answer(f"gridgov {__version__}")
        raise typer.Exit


def _language(wanted: str | None) -> None:
    if wanted is not None:
        speak(wanted)


@app.callback()
def gridgov(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="zh|en",
            callback=_language,
            is_eager=True,
            help="Language of words; that of the system if not given.",
        ),
    ] = None,
) -> None:
    """Merge departmental grids into one seamless layer and assign incidents to them."""


def main() -> None:
    """Run the program and exit; `--debug` and `--lang` may stand anywhere on the command line."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    forgiving_streams()
    # What is spoken is known in here only: a second call in one process begins anew.
    copy_context().run(_run, _language_first(arguments), debug=len(arguments) < len(sys.argv) - 1)


def _run(arguments: list[str], *, debug: bool) -> None:
    speak(system_language())
    with ending(debug=debug):
        app(arguments, prog_name="gridgov")


def _language_first(arguments: list[str]) -> list[str]:
    """Words of a command line, with `--lang` before the command, where Typer takes it.

    >>> _language_first(["merge", "--lang", "zh", "a.shp"])
    ['--lang', 'zh', 'merge', 'a.shp']
    """
    for at, word in enumerate(arguments):
        if word == "--lang" or word.startswith("--lang="):
            end = at + 1 + (word == "--lang")
            return [*arguments[at:end], *arguments[:at], *arguments[end:]]
    return arguments

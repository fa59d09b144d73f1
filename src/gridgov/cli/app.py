"""The `gridgov` program: its commands, and the one place where it ends."""

import gc
import sys
from collections.abc import Callable
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
from gridgov.cli.errors import USAGE, ending
from gridgov.cli.help import Command, Group
from gridgov.cli.words import answer, forgiving_streams, say
from gridgov.language import LANGUAGES, speak, system_language

app = typer.Typer(
    name="gridgov",
    cls=Group,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="First steps: gridgov demo. Exit codes: 0 done, 1 a bug, 2 usage, 3 input refused, "
    "4 done but beyond a limit you set, 5 output exists or is locked, 130 interrupted. --lang zh: 中文.",
)
_COMMANDS: dict[str, Callable[..., None]] = {
    "info": info.info,
    "check": check.check,
    "merge": merge.merge,
    "export": export.export,
    "crosswalk": crosswalk.crosswalk,
    "assign": assign.assign,
    "locate": locate.locate,
    "summarize": summarize.summarize,
    "map": map_.map_,
    "report": report.report,
    "index": index.index,
    "check-rules": check_rules.check_rules,
    "init": init.init,
    "run": run.run,
    "demo": demo.demo,
}
#: So many new objects are looked at for garbage.
_GARBAGE = 50_000
#: Negative coordinates look like options.
_SETTINGS = {"locate": {"ignore_unknown_options": True}}
for _name, _function in _COMMANDS.items():
    app.command(_name, cls=Command, context_settings=_SETTINGS.get(_name))(_function)


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
    context: typer.Context,
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
    del version, debug, lang  # What they ask for is done when they are read.
    if context.invoked_subcommand is None:
        say(context.get_help())
        raise typer.Exit(USAGE)


def main() -> None:
    """Run the program and exit; `--debug` and `--lang` may stand anywhere on the command line."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    forgiving_streams()
    # What is imported, and the cells, are many objects that stay: looking for garbage among them takes a
    # fifth of a short command.
    gc.set_threshold(_GARBAGE)
    # What is spoken is known in here only: a second call in one process begins anew.
    copy_context().run(_run, _language_first(arguments), debug=len(arguments) < len(sys.argv) - 1)


def _run(arguments: list[str], *, debug: bool) -> None:
    speak(_asked_language(arguments) or system_language())
    with ending(debug=debug):
        sys.exit(app(arguments, prog_name="gridgov", standalone_mode=False))


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


def _asked_language(arguments: list[str]) -> str | None:
    """The language that a command line asks for, if there is one: in it is said what else is wrong.

    >>> _asked_language(["--lang=zh", "merge"]), _asked_language(["--lang"])
    ('zh', None)
    """
    first, second = [*arguments, "", ""][:2]
    option, _, value = first.partition("=")
    asked = value or second
    return asked if option == "--lang" and asked in LANGUAGES else None

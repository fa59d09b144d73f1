"""The `gridgov` program: its commands, and the one place where it ends."""

import sys
from collections.abc import Callable, Sequence
from contextvars import copy_context
from importlib import import_module
from typing import Annotated, Final

import typer

from gridgov.cli.errors import USAGE, ending
from gridgov.cli.help import Command, Group
from gridgov.cli.words import answer, forgiving_streams, say
from gridgov.language import LANGUAGES, speak, system_language

#: In the order of the help page; each stands in a module of its own.
COMMANDS: Final = (
    "info",
    "check",
    "merge",
    "export",
    "crosswalk",
    "assign",
    "locate",
    "summarize",
    "map",
    "report",
    "index",
    "check-rules",
    "init",
    "run",
    "demo",
)
#: Negative coordinates look like options.
_SETTINGS = {"locate": {"ignore_unknown_options": True}}


def program(commands: Sequence[str] = COMMANDS) -> typer.Typer:
    """The program with some of its commands: one that is typed need not wait for the others."""
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
    app.callback()(gridgov)
    for name in commands:
        app.command(name, cls=Command, context_settings=_SETTINGS.get(name))(_function(name))
    return app


def _function(command: str) -> Callable[..., None]:
    name = command.replace("-", "_")
    module = import_module(f"gridgov.cli.{name}")
    function: Callable[..., None] = getattr(module, "map_" if name == "map" else name)
    return function


def _version(wanted: bool) -> None:
    if wanted:
        from gridgov import __version__

        answer(f"gridgov {__version__}")
        raise typer.Exit


def _language(wanted: str | None) -> None:
    if wanted is not None:
        speak(wanted)


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
    # What is spoken is known in here only: a second call in one process begins anew.
    copy_context().run(_run, _language_first(arguments), debug=len(arguments) < len(sys.argv) - 1)


def _run(arguments: list[str], *, debug: bool) -> None:
    speak(_asked_language(arguments) or system_language())
    with ending(debug=debug):
        app = program(_needed(arguments))
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


def _needed(arguments: list[str]) -> Sequence[str]:
    """The command that is asked for; all of them where that is not plain.

    >>> _needed(["--lang", "zh", "assign", "a.csv"]), _needed(["--version"]), len(_needed(["asign"]))
    (['assign'], [], 15)
    """
    first, *rest = [*arguments, ""]
    if first.startswith("--lang"):
        first = [*rest, "", ""][0 if "=" in first else 1]
    if first == "--version":
        return []
    return [first] if first in COMMANDS else COMMANDS

"""What is wrong with a command line: what Typer found, in the language spoken."""

import re
from typing import Any, Final

import typer

from gridgov.cli.help.words import USAGE, WORDS
from gridgov.language import LANGUAGES, spoken

__all__ = ["UsageError", "usage_lines"]

#: What Typer raises for a command line that cannot be understood; it is not public by its own name.
UsageError: Final[type[Exception]] = typer.BadParameter.__bases__[0]


def usage_lines(error: Any) -> list[str]:
    """How the command is typed and where its help is, if that is known; and last what is wrong.

    >>> usage_lines(UsageError("No such option: --cell"))
    ['No such option: --cell']
    """
    said = _said(error.format_message(), spoken())
    if error.ctx is None:
        return [said]
    context = error.ctx
    where = WORDS("try_help", command=context.command_path, option=context.help_option_names[0])
    return [context.get_usage(), where, "", said]


def _said(sentence: str, language: str) -> str:
    """A sentence of Typer's in our words, or as it is where a newer Typer says what we do not know.

    >>> small = "Invalid value for '--border-m': Input should be greater than or equal to 0"
    >>> _said(small, "en"), _said(small, "zh")
    ("Invalid value for '--border-m': must be 0 or more", '--border-m 的值无效：应不小于 0')
    """
    for pattern, texts in USAGE.items():
        if found := re.fullmatch(pattern, sentence, re.DOTALL):
            text = texts[LANGUAGES.index(language)]
            parts = [_part(part, language) for part in found.groups() if part is not None]
            return sentence if text is None else text.format(*parts)
    return sentence


def _part(part: str, language: str) -> str:
    """What a pattern found; Chinese puts no quotes around it."""
    said = _said(part, language)
    return said if language == "en" else said.replace("'", "").replace(", ", "、")

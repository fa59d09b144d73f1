"""What is wrong with a command line: Typer's own sentences, in the language spoken."""

import re
from typing import Any, Final

import typer

from gridgov.cli.help.words import USAGE_CHINESE, WORDS
from gridgov.language import spoken

__all__ = ["UsageError", "usage_lines"]

#: What Typer raises for a command line that cannot be understood; it is not public by its own name.
UsageError: Final[type[Exception]] = typer.BadParameter.__bases__[0]


def usage_lines(error: Any) -> list[str]:
    """How the command is typed and where its help is, if that is known; and last what is wrong.

    >>> usage_lines(UsageError("No such option: --cell"))
    ['No such option: --cell']
    """
    sentence = error.format_message()
    said = sentence if spoken() == "en" else _chinese(sentence)
    if error.ctx is None:
        return [said]
    context = error.ctx
    where = WORDS("try_help", command=context.command_path, option=context.help_option_names[0])
    return [context.get_usage(), where, "", said]


def _chinese(sentence: str) -> str:
    """A sentence of Typer's in Chinese, or as it is where a newer Typer says what we do not know.

    >>> _chinese("Invalid value for '--border-m': Input should be greater than or equal to 0")
    '--border-m 的值无效：应不小于 0'
    """
    for pattern, chinese in USAGE_CHINESE.items():
        if found := re.fullmatch(pattern, sentence, re.DOTALL):
            parts = [part for part in found.groups() if part is not None]
            return chinese.format(*(_chinese(part).replace("'", "").replace(", ", "、") for part in parts))
    return sentence

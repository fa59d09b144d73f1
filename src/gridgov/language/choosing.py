"""Which language people are spoken to."""

import locale
import os
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Final

from gridgov.errors import ArgumentError

__all__ = ["LANGUAGES", "check_language", "chosen_language", "speak", "spoken", "system_language"]

#: In the order in which a message gives them.
LANGUAGES: Final = ("en", "zh")
#: What errors, warnings and notes are told in; a program that imports gridgov is told English.
_SPOKEN: ContextVar[str] = ContextVar("spoken", default="en")

#: Where POSIX systems say it, the first that is set counts.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
#: What Windows calls it, beside zh_CN.
_CHINESE = ("zh", "chinese")


def check_language(language: str) -> None:
    """Raise ArgumentError for a language there are no messages in."""
    if language not in LANGUAGES:
        raise ArgumentError(f"there are no messages in '{language}'; languages are {', '.join(LANGUAGES)}")


def speak(language: str) -> None:
    """Tell errors, warnings and notes in a language from now on, in this context (PEP 567).

    A thread begins anew in English unless it is run in a copy of the context, as gridgov's own are.

    Raises
    ------
    ArgumentError
        There are no messages in `language`.
    """
    check_language(language)
    _SPOKEN.set(language)


def spoken() -> str:
    """Answer the language in which errors, warnings and notes are told: ``en`` until `speak` was called."""
    return _SPOKEN.get()


def chosen_language(wanted: str | None = None) -> str:
    """Answer `wanted`, or the system's language if it is None.

    Raises
    ------
    ArgumentError
        There are no messages in `wanted`.
    """
    if wanted is None:
        return system_language()
    check_language(wanted)
    return wanted


def system_language(environment: Mapping[str, str] | None = None) -> str:
    """Answer ``zh`` on a Chinese system, else ``en``.

    `environment` takes the place of the system's variables.

    >>> system_language({"LANG": "zh_CN.UTF-8"}), system_language({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    """
    variables = os.environ if environment is None else environment
    said = next((variables[name] for name in _VARIABLES if variables.get(name)), None)
    if said is None and environment is None:
        said = locale.getlocale()[0]
    return "zh" if said and said.lower().startswith(_CHINESE) else "en"

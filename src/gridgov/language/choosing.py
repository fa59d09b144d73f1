"""Which language people are spoken to."""

import locale
import os
from collections.abc import Mapping

from gridgov.language.messages import check_language

__all__ = ["chosen_language", "system_language"]

#: Where POSIX systems say it, the first that is set counts.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
#: What Windows calls it, beside zh_CN.
_CHINESE = ("zh", "chinese")


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

"""A table of messages, each in every language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from gridgov.language.choosing import LANGUAGES, check_language, spoken

__all__ = ["Many", "Messages", "Speaker"]

#: Stands for a space between Chinese text and a value until it is known whether the value is Chinese too.
_MAYBE: Final = "\ufdd0"
_BESIDE_VALUE: Final = re.compile(r"(?<=[\u4e00-\u9fff]) (?=\{)|(?<=\}) (?=[\u4e00-\u9fff])")
_BETWEEN_CHINESE: Final = re.compile(
    f"(?<=[”）》。，；：、]){_MAYBE}|{_MAYBE}(?=[“（《。，；：、])|"
    f"(?<=[\u4e00-\u9fff]){_MAYBE}(?=[\u4e00-\u9fff])"
)


@dataclass(frozen=True, slots=True, init=False)
class Messages:
    """Messages by key, each as (English, Chinese); ``{name}`` stands for a value.

    Attributes
    ----------
    table
        Key -> one text per language, in the order of :data:`LANGUAGES`.

    Examples
    --------
    >>> words = Messages({"cells": ("{n:,} cells", "{n:,} 个单元")})
    >>> words("cells", n=1234), words.speaker("zh")("cells", n=1234)
    ('1,234 cells', '1,234 个单元')
    """

    table: Mapping[str, tuple[str, str]]

    def __init__(self, table: Mapping[str, tuple[str, str]]) -> None:
        object.__setattr__(self, "table", MappingProxyType(dict(table)))

    def __call__(self, key: str, /, **values: object) -> str:
        """Answer a message in the language spoken (:func:`gridgov.language.speak`)."""
        return self.speaker(spoken())(key, **values)

    def term(self, key: str, *, otherwise: str) -> str:
        """Answer a message in the language spoken, or `otherwise` where there is no such word of ours."""
        return self(key) if key in self.table else otherwise

    def speaker(self, language: str) -> "Speaker":
        """Who says these messages in one language; raises ArgumentError for one there is not."""
        check_language(language)
        return Speaker(self.table, language)


class Many(int):
    """A number whose message says one or many: ``{n:grid|grids}``; plain where there is no difference.

    Examples
    --------
    >>> f"{Many(1):grid|grids}, {Many(1234):grid|grids}, {Many(1234)}"
    '1 grid, 1,234 grids, 1,234'
    """

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        return f"{int(self):,} {one if self == 1 else many}" if bar else format(int(self), spec or ",")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says messages in one language: ``say("cells", n=3)``."""

    table: Mapping[str, tuple[str, str]]
    language: str

    def __call__(self, key: str, /, **values: object) -> str:
        """Answer the message of a key with its values; a key that is not there is a KeyError.

        In a Chinese sentence a Latin word or number stands between spaces, a Chinese word does not.

        >>> say = Messages({"of": ("of {a}", "以 {a} 的边界为准")}).speaker("zh")
        >>> say("of", a="police"), say("of", a="城管")
        ('以 police 的边界为准', '以城管的边界为准')
        """
        texts = self.table[key]
        if self.language == "en":
            return texts[0].format(**values)
        text = texts[LANGUAGES.index(self.language)]
        said = _with_maybes(text).format(**values)
        return _BETWEEN_CHINESE.sub("", said).replace(_MAYBE, " ") if _MAYBE in said else said

    def term(self, key: str, *, otherwise: str | None = None) -> str:
        """Answer the message of a key; `otherwise`, or the key itself, where it is no word of ours."""
        if key in self.table:
            return self(key)
        return key if otherwise is None else otherwise


@cache
def _with_maybes(text: str) -> str:
    return _BESIDE_VALUE.sub(_MAYBE, text)

"""A sentence that remembers of which words it is made."""

from collections.abc import Mapping
from typing import Any, Self

from gridgov.language import Many, listed, spoken
from gridgov.told.words import TOLD

__all__ = ["Told", "from_message", "known_told", "said", "told"]


class Told(str):
    """Text in the language spoken when it was made, that can be said in any other.

    Attributes
    ----------
    key, values
        The message in :data:`gridgov.told.words.TOLD` and what is filled in: texts, numbers, other sentences,
        or tuples of these, which are said one after the other.
    language
        The language of the text.

    Examples
    --------
    >>> where = told("between_grids", one="1", other="2")
    >>> where, where.said("zh")
    ('between grids 1 and 2', '网格 1 与 2 之间')
    >>> where.message()
    {'between_grids': {'one': '1', 'other': '2'}}
    """

    __slots__ = ("key", "language", "values")

    key: str
    values: Mapping[str, Any]
    language: str

    def __new__(cls, key: str, values: Mapping[str, Any]) -> Self:
        """Say a message in the language spoken."""
        language = spoken()
        made = super().__new__(cls, _said(key, values, language))
        made.key, made.values, made.language = key, values, language
        return made

    def said(self, language: str) -> str:
        """Answer the sentence in a language."""
        return str(self) if language == self.language else _said(self.key, self.values, language)

    def message(self) -> dict[str, dict[str, Any]]:
        """Answer key and values as plain JSON values, as `said` takes them."""
        return {self.key: {name: _plain(value) for name, value in self.values.items()}}

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.key, self.values)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Answer itself: nothing of it changes (pandas copies what a layer remembers again and again)."""
        return self


def told(key: str, /, **values: Any) -> Told:
    """Make a sentence."""
    return Told(key, values)


def known_told(group: str, word: str) -> str:
    """Make a sentence of a word of a group (``fault.self-intersection``); the word itself if it is none.

    >>> known_told("geometry", "Point").said("zh"), known_told("geometry", "Blob")
    ('点', 'Blob')
    """
    key = f"{group}.{word}"
    return Told(key, {}) if key in TOLD.table else word


def said(message: Any, language: str) -> str | None:
    """Say what `Told.message` answered; None if there is a key that this version does not know.

    >>> said({"kept": {}}, "zh"), said({"from a later version": {}}, "zh")
    ('保留', None)
    """
    try:
        shown: str | None = _shown(message, language)
    except KeyError:
        return None
    return shown


def from_message(message: Mapping[str, Any]) -> Told:
    """Make the sentence again of what `Told.message` answered.

    >>> from_message({"given": {"to": "12"}}).said("zh")
    '划归 12'
    """
    ((key, values),) = message.items()
    return Told(key, {name: _made(value) for name, value in values.items()})


def _made(value: Any) -> Any:
    if isinstance(value, dict):
        return from_message(value)
    return tuple(_made(each) for each in value) if isinstance(value, list) else value


def _said(key: str, values: Mapping[str, Any], language: str) -> str:
    # A network has some hundred thousand sentences, and nearly all values are texts.
    shown = {name: value if type(value) is str else _shown(value, language) for name, value in values.items()}
    return _SPEAKERS[language](key, **shown)


def _shown(value: Any, language: str) -> Any:
    """What stands for a value in a language: of a file, or of a sentence being made."""
    if isinstance(value, Told):
        return value.said(language)
    if isinstance(value, dict):
        ((key, values),) = value.items()
        return _said(key, values, language)
    if isinstance(value, list | tuple):
        return listed([_shown(each, language) for each in value], language)
    return Many(value) if isinstance(value, int) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Told):
        return value.message()
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


_SPEAKERS = {language: TOLD.speaker(language) for language in ("en", "zh")}

"""Many sentences at a time: their English and their messages as texts, without an object for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from json import JSONEncoder
from json.encoder import encode_basestring
from string import Formatter
from typing import Any, Final, Self

from gridgov.told.sentence import Told
from gridgov.told.words import TOLD

__all__ = ["Sayings", "message_text"]

#: Made once: `json.dumps` makes one for every message.
_AS_JSON: Final = JSONEncoder(ensure_ascii=False, separators=(",", ":"))
ENGLISH: Final = "en"


def message_text(message: Any) -> str:
    """Write a message, or several by column, as JSON.

    >>> message_text({"given": {"to": "12"}})
    '{"given":{"to":"12"}}'
    """
    return _AS_JSON.encode(message)


@dataclass(frozen=True, slots=True)
class Sayings:
    """A column of sentences, as a network's file holds them.

    Attributes
    ----------
    texts
        (n,) in English.
    messages
        (n,) what each is made of: the JSON of `Told.message`, or of a plain text.
    """

    texts: list[str]
    messages: list[str]

    @classmethod
    def of(cls, values: Sequence[str]) -> Self:
        """Take sentences (`Told`) and plain texts; the same object again costs nothing."""
        if Told not in set(map(type, values)):
            return cls(list(values), list(map(encode_basestring, values)))
        known = {id(value): value for value in values if isinstance(value, Told)}
        english = {at: value.said(ENGLISH) for at, value in known.items()}
        messages = {at: message_text(value.message()) for at, value in known.items()}
        return cls(
            [english.get(id(value), value) for value in values],
            [messages.get(id(value)) or encode_basestring(value) for value in values],
        )

    @classmethod
    def same(cls, value: str, count: int) -> Self:
        """Say the same so many times."""
        one = cls.of([value])
        return cls(one.texts * count, one.messages * count)

    @classmethod
    def made(cls, key: str, /, **values: "Sayings") -> Self:
        """Make sentences of one kind, whose values are columns; without format, as ids are.

        >>> Sayings.made("given", to=Sayings.of(["12"]))
        Sayings(texts=['given to 12'], messages=['{"given":{"to":"12"}}'])
        """
        parts = list(Formatter().parse(TOLD.table[key][0]))
        if any(spec or conversion for _, name, spec, conversion in parts if name is not None):
            raise ValueError(f"'{key}' formats its values")
        # English names the values in an order of its own.
        words = "".join(text.replace("%", "%%") + ("%s" if name else "") for text, name, _, _ in parts)
        order = [name for _, name, _, _ in parts if name]
        inner = ",".join(f'"{name}":%s' for name in values)
        message = f'{{"{key}":{{{inner}}}}}'
        texts = zip(*(values[name].texts for name in order), strict=True)
        messages = zip(*(column.messages for column in values.values()), strict=True)
        return cls([words % row for row in texts], [message % row for row in messages])

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, rows: Sequence[int]) -> "Sayings":
        return Sayings([self.texts[row] for row in rows], [self.messages[row] for row in rows])

    def put(self, rows: Sequence[int], others: "Sayings") -> None:
        """Put other sentences at `rows`, in place."""
        for row, text, message in zip(rows, others.texts, others.messages, strict=True):
            self.texts[row], self.messages[row] = text, message

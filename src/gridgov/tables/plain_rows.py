"""Few rows written as text, byte for byte as polars writes them, which takes longer to load than they do."""

from collections.abc import Iterable, Sequence
from typing import Final

__all__ = ["plain_rows"]

#: What else than the separator must stand in quotes.
_QUOTED: Final = frozenset('"\n\r')


def plain_rows(columns: Iterable[Sequence[object]], separator: str) -> list[str] | None:
    """The rows of columns, without line ends; None if a value is none that is surely written alike.

    Values are texts, True and False, numbers, and None or NaN for nothing; each column has one kind of them.

    >>> plain_rows([["路灯", "a,b", None, ""], [1.5, 2.0, float("nan"), 0.0]], ",")
    ['路灯,1.5', '"a,b",2.0', ',', '"",0.0']
    """
    written = [_column(column, separator) for column in columns]
    if any(column is None for column in written):
        return None
    return [separator.join(row) for row in zip(*written, strict=True)]


def _column(values: Sequence[object], separator: str) -> list[str] | None:
    """Each value as it is written."""
    kinds = {*map(type, values)} - {type(None)}
    if not kinds:
        return [""] * len(values)
    if kinds == {str}:
        written = {value: _quoted(value, separator) for value in {*values}}
        return [written[value] for value in values]
    if kinds in ({bool}, {int}):
        return ["" if value is None else str(value).lower() for value in values]
    if kinds == {float}:
        texts = ["" if value is None or value != value else repr(value) for value in values]  # noqa: PLR0124
        # Small numbers have fewer zeros there: 1e-6 where Python has 1e-06.
        return None if any("e-" in text for text in texts) else texts
    return None


def _quoted(value: object, separator: str) -> str:
    """A text, in quotes only if it must be; an empty one is, so that it is not taken for nothing."""
    if value is None:
        return ""
    text = str(value)
    if text and separator not in text and _QUOTED.isdisjoint(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'

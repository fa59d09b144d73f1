"""Columns of text that line up on a console, where a Chinese character is two columns wide."""

import unicodedata
from collections.abc import Container, Sequence

__all__ = ["aligned", "padded", "shortened", "width"]


def width(text: str) -> int:
    """Columns that a text takes on a console.

    >>> width("网格id")
    6
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def padded(text: str, columns: int) -> str:
    """Text with blanks behind it up to a width.

    >>> padded("网格", 6) + "|"
    '网格  |'
    """
    return text + " " * max(columns - width(text), 0)


def shortened(text: str, columns: int) -> str:
    """Text cut to a width, ending in ``..`` where it was cut.

    >>> shortened("航海东路派出所", 10)
    '航海东路..'
    """
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 2:
        text = text[:-1]
    return text + ".."


def aligned(rows: Sequence[Sequence[str]], *, gap: int = 2, numbers: Container[int] = ()) -> list[str]:
    """Rows of texts as lines with their columns below each other; the last column is not padded.

    Columns in `numbers` end below each other instead.

    >>> aligned([("id", "text"), ("网格编码", "x")])
    ['id        text', '网格编码  x']
    >>> aligned([("id", "rows"), ("a", "3")], numbers={1})
    ['id  rows', 'a      3']
    """
    if not rows:
        return []
    columns = [
        _ended(column) if number in numbers else column
        for number, column in enumerate(zip(*rows, strict=True))
    ]
    rows = list(zip(*columns, strict=True))
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    blank = " " * gap
    return [
        blank.join([*(padded(text, most) for text, most in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    ]


def _ended(column: Sequence[str]) -> tuple[str, ...]:
    """Texts with blanks before them up to the widest."""
    most = max(map(width, column))
    return tuple(" " * (most - width(text)) + text for text in column)

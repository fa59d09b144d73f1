"""Text in lines of a terminal, where a Chinese character is two columns wide."""

from itertools import pairwise
from unicodedata import east_asian_width

__all__ = ["columns_of", "in_lines", "paragraphs"]

#: What must not begin a line, and what must not end one.
_CLOSING = frozenset("，。、；：？！）》”’…%.,;:?!)]}")
_OPENING = frozenset("（《“‘([{")
#: By what a Chinese sentence is known: an English one may quote a Chinese word, which stays whole.
_CHINESE = frozenset("，。、；：？！")


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> columns_of("cells"), columns_of("单元"), columns_of("“单元”")
    (5, 4, 8)
    """
    return sum(map(_columns, text))


def _columns(letter: str) -> int:
    # Ambiguous ones (curly quotes) are wide on Chinese consoles.
    return 2 if east_asian_width(letter) in "WFA" else 1


def in_lines(text: str, columns: int) -> list[str]:
    """Break a text into lines of so many columns: at spaces, in a Chinese sentence between characters too.

    A longer word stands on a line of its own.

    >>> in_lines("one two three", 9)
    ['one two', 'three']
    >>> in_lines("写明 --crs，再运行。", 10)
    ['写明', '--crs，再', '运行。']
    >>> in_lines("写成.csv、.tsv。", 10)
    ['写成.csv、', '.tsv。']
    """
    lines, line = [], ""
    for space, piece in _pieces(text):
        longer = f"{line}{space if line else ''}{piece}"
        if line and columns_of(longer) > columns:
            lines.append(line)
            longer = piece
        line = longer
    return [*lines, line] if line else lines


def _pieces(text: str) -> list[tuple[str, str]]:
    """What a line is made of, each with the space before it: words, or Chinese characters one by one."""
    pieces = []
    chinese = not _CHINESE.isdisjoint(text)
    for word in text.split():
        space = " "
        piece = word[0]
        for before, letter in pairwise(word):
            if chinese and _may_break(before, letter):
                pieces.append((space, piece))
                space = piece = ""
            piece += letter
        pieces.append((space, piece))
    return pieces


def _may_break(before: str, letter: str) -> bool:
    wide = _columns(before) > 1 or _columns(letter) > 1
    # The point that closes nothing begins a file's ending: .csv、.xlsx
    closing = letter in _CLOSING and not (letter == "." and before in _CHINESE)
    return wide and before not in _OPENING and not closing


def paragraphs(text: str) -> list[str]:
    """Paragraphs of a text as it is typed, each as one line.

    >>> paragraphs("Merge  the layers.")
    ['Merge the layers.']
    """
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]

"""How far a job is or what a merge does, on a terminal only: one line that is written over and over."""

import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

from gridgov.cli.point_words import WORDS
from gridgov.cli.words import logs_json

__all__ = ["Progress"]

#: Seconds before the first line, and between lines.
_PATIENCE_S: Final = 1.0
#: Longer than this is said in minutes.
_SOON_S: Final = 100


class Progress:
    """A line on stderr if that is a terminal and words are for people; nothing otherwise."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty() and not logs_json()
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def of(self, source: Path) -> Callable[[int, float], None] | None:
        """What is to be told of one file: rows so far, and the share of it that was read."""
        if not self._shown:
            return None
        began = last = time.monotonic()

        def tell(rows: int, share: float) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= _PATIENCE_S:
                last = now
                self._write(progress_line(source.name, rows=rows, share=share, seconds=now - began))

        return tell

    def step(self, words: str) -> None:
        """Tell of a step of long work that begins."""
        if self._shown:
            self._write(f"{words} ...")

    def clear(self) -> None:
        """Take the line away, so that other words stand alone."""
        if self._width:
            self._write("")
            print("\r", end="", file=sys.stderr, flush=True)
            self._width = 0

    def _write(self, line: str) -> None:
        width = _columns(line)
        print(f"\r{line}{' ' * (self._width - width)}", end="", file=sys.stderr, flush=True)
        self._width = width


def _columns(line: str) -> int:
    """Columns of a terminal that a line takes: two for each Chinese sign."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line)


def progress_line(name: str, *, rows: int, share: float, seconds: float) -> str:
    """Rows so far, how fast, and how long it will still take.

    >>> progress_line("a.csv", rows=400_000, share=0.25, seconds=2.0)
    'a.csv: 400,000 rows (25 %), 200,000 rows/s, about 6 s left'
    """
    left = ""
    if 0 < share < 1:
        remaining = seconds * (1 - share) / share
        soon = remaining < _SOON_S
        left = (
            WORDS("seconds_left", remaining=remaining)
            if soon
            else WORDS("minutes_left", remaining=remaining / 60)
        )
    return WORDS("progress", name=name, rows=rows, share=share, speed=rows / seconds, left=left).replace(
        "%)", " %)"
    )

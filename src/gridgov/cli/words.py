"""The two streams: words on stderr, answers on stdout."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO

from gridgov.language import chosen_language

__all__ = ["answer", "answer_json", "forgiving_streams", "say", "speak", "spoken"]

#: The language of this run; None is the system's.
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


def speak(language: str) -> None:
    """Speak a language from now on; raises ArgumentError for one there is not (`--lang`)."""
    _SPOKEN.set(chosen_language(language))


def spoken() -> str:
    """Answer the language of this run."""
    return chosen_language(_SPOKEN.get())


def forgiving_streams() -> None:
    """Replace, not raise on, characters that the console cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str = "") -> None:
    """Print a sentence for a person, on stderr."""
    with _still_working(sys.stderr):
        print(text, file=sys.stderr, flush=True)


def answer(text: str) -> None:
    """Print what was asked for, on stdout."""
    with _still_working(sys.stdout):
        print(text, flush=True)


def answer_json(value: object) -> None:
    """Print JSON on stdout, as UTF-8 whatever the console's encoding when it is redirected."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        answer(text)
    else:
        with _still_working(sys.stdout):
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode() + b"\n")
            sys.stdout.buffer.flush()


@contextmanager
def _still_working(stream: TextIO) -> Iterator[None]:
    """Go on when nobody reads any more (`gridgov ... | head`): the work is not done for its words."""
    try:
        yield
    except BrokenPipeError:
        # What is still in the buffer would be written, and fail, once more when Python ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)

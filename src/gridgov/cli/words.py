"""The two streams: words on stderr, answers on stdout."""

import datetime as dt
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO

from gridgov.cli.command_words import WORDS
from gridgov.errors import ArgumentError

__all__ = [
    "answer",
    "answer_json",
    "forgiving_streams",
    "log_as",
    "logs_json",
    "record",
    "say",
]

#: How this run says things on stderr.
_LOG: ContextVar[str] = ContextVar("log", default="text")


def forgiving_streams() -> None:
    """Replace, not raise on, characters that the console cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(text: str = "", *, level: str = "info") -> None:
    """Print a sentence on stderr: for a person, or as a line of JSON for a program."""
    if _LOG.get() == "json":
        if text:
            record(message=text, level=level)
        return
    with _still_working(sys.stderr):
        print(text, file=sys.stderr, flush=True)


def log_as(form: str) -> None:
    """Say things from now on as ``text`` or ``json``; raises ArgumentError for others (`--log-format`)."""
    if form not in {"text", "json"}:
        raise ArgumentError(WORDS("log_format", form=form))
    _LOG.set(form)


def logs_json() -> bool:
    """Answer whether things are said as JSON."""
    return _LOG.get() == "json"


def record(*, level: str = "info", **values: object) -> None:
    """Print one line of JSON on stderr: when, how grave, and what."""
    at = dt.datetime.now(tz=dt.UTC).isoformat(timespec="milliseconds")
    line = json.dumps({"at": at, "level": level, **values}, ensure_ascii=False)
    with _still_working(sys.stderr):
        print(line, file=sys.stderr, flush=True)


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

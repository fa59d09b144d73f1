"""The time that outputs are stamped with: SOURCE_DATE_EPOCH, so that the same input gives the same bytes."""

import os
from datetime import UTC, datetime

from gridgov.errors import ArgumentError
from gridgov.words.files import WORDS

__all__ = ["now", "stamp", "today"]


def now() -> datetime:
    """Answer the time of SOURCE_DATE_EPOCH, else now; UTC, to the second.

    Raises
    ------
    ArgumentError
        SOURCE_DATE_EPOCH is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ArgumentError(WORDS("epoch", epoch=epoch)) from error


def stamp() -> str:
    """Answer the time of `now` as ISO text."""
    return now().strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """Answer the day of `now` as ISO text."""
    return now().date().isoformat()

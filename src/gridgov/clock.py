"""The time that outputs are stamped with: SOURCE_DATE_EPOCH, so that the same input gives the same bytes."""

import os
from datetime import UTC, datetime

__all__ = ["now", "stamp", "today"]


def now() -> datetime:
    """Answer the time of SOURCE_DATE_EPOCH, else now; UTC, to the second."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    when = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return when.replace(microsecond=0)


def stamp() -> str:
    """Answer the time of `now` as ISO text."""
    return now().strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """Answer the day of `now` as ISO text."""
    return now().date().isoformat()

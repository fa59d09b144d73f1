"""How far incidents can be trusted, in plain lines."""

from gridgov.language import Many
from gridgov.lookup.accuracy import MOST_ACCURACY_M
from gridgov.summary.amounts import share
from gridgov.summary.tagged_words import WORDS
from gridgov.tag import Trusted

__all__ = ["doubt_lines", "reach_lines"]


def reach_lines(trust: Trusted) -> list[str]:
    """Say how many rows would have another handler if they stood so many metres off."""
    if not trust.reach:
        return []
    lines = [WORDS(f"reach.{trust.reach_of}")]
    for metres, rows in trust.reach.items():
        within = WORDS("within", m=metres)
        lines.append(f"  {rows:>9,}  {share(rows, trust.reach_rows):>7}  {within}")
    lines += [
        WORDS(f"accuracy.{name}", rows=Many(rows), most=MOST_ACCURACY_M)
        for name, rows in trust.accuracy.items()
    ]
    return lines


def doubt_lines(trust: Trusted) -> list[str]:
    """Say which coordinates are hardly where something happened."""
    if not trust.doubts:
        return []
    return [WORDS("doubts"), *(f"  - {doubt.words}" for doubt in trust.doubts)]

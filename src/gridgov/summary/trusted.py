"""How far incidents can be trusted, in plain lines."""

from gridgov.lookup.accuracy import MOST_ACCURACY_M
from gridgov.summary.amounts import counted, share
from gridgov.tag import Trusted

__all__ = ["doubt_lines", "reach_lines"]

#: What is wrong with an accuracy, after "n rows".
_ACCURACIES = {
    "blank": "without an accuracy",
    "unusable": "with an accuracy that is no number of metres; it was not used",
    "beyond": f"with an accuracy of more than {MOST_ACCURACY_M:g} m; {MOST_ACCURACY_M:g} m was taken",
}


def reach_lines(trust: Trusted) -> list[str]:
    """Say how many rows would have another handler if they stood so many metres off."""
    if not trust.reach:
        return []
    lines = [f"Rows that would have another {trust.reach_of} if the point stood so far off:"]
    for metres, rows in trust.reach.items():
        within = f"within {metres:g} m"
        lines.append(f"  {rows:>9,}  {share(rows, trust.reach_rows):>7}  {within}")
    lines += [f"  {counted(rows, 'row')} {_ACCURACIES[name]}." for name, rows in trust.accuracy.items()]
    return lines


def doubt_lines(trust: Trusted) -> list[str]:
    """Say which coordinates are hardly where something happened."""
    if not trust.doubts:
        return []
    return ["Coordinates to doubt:", *(f"  - {doubt.words}" for doubt in trust.doubts)]

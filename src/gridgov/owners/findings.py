"""What is wrong with rules, found before incidents meet it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from gridgov.owners.rules import Rules

__all__ = ["check_rules"]


def check_rules(
    rules: "Rules",
    cells: object,
    incidents: object = None,
    *,
    category: str | None = None,
    today: "date | None" = None,
) -> "pd.DataFrame":
    """What is wrong with rules on these cells; see docs/assigning.md."""
    raise NotImplementedError

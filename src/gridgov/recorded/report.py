"""What was found when recorded units were held against located ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gridgov.recorded.trials import Shift, TriedDatum

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Reason", "RecordedReport", "TriedDatum"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A guess why recorded and located units differ: a word of `reasons.REASONS`, and a sentence."""

    reason: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedReport:
    """Agreement of recorded units with located ones, and why they may differ.

    Attributes
    ----------
    column, against, form
        Column of the recorded labels, column of the cells that names the units, form in which labels were
        compared (None: as they stand).
    rows, labelled, compared
        Rows, those with a label, those with a usable coordinate too: shares are of these.
    exact, border
        Rows whose recorded unit is the located one; and those where it is a candidate at least, as it lies
        within `border_m` or the accuracy.
    within
        Metres -> rows whose recorded unit lies within them, the exact ones among them.
    unknown
        Rows with a label that no unit has.
    other, other_name
        Rows whose recorded unit is the located one in other boundaries, None if none were given; their file.
    pairs
        DataFrame ``recorded, located, recorded_name, located_name, rows, far_rows``: who is taken for whom,
        most first; far ones lie more than 30 m from the unit recorded. `located` is None for no unit.
    labels
        DataFrame ``label, rows``: labels that no unit has, most first.
    datums
        Points read in each datum they may be in, the best first.
    looked_at
        Rows on which datums were tried, evenly spread over all.
    shift
        The one vector that would mend most, or None.
    reasons
        Guesses, the likeliest first; empty if nothing differs.
    mismatches
        DataFrame of the rows that differ, for tables in memory: ``row`` (label of the table's index, or its
        position), ``recorded, located, distance_m``; None where they went to a file.
    """

    column: str
    against: str
    form: str | None
    rows: int
    labelled: int
    compared: int
    exact: int
    border: int
    within: Mapping[float, int]
    unknown: int
    other: int | None
    other_name: str
    pairs: "pd.DataFrame"
    labels: "pd.DataFrame"
    datums: tuple[TriedDatum, ...]
    looked_at: int
    shift: Shift | None
    reasons: tuple[Reason, ...]
    mismatches: "pd.DataFrame | None" = None

    @property
    def agreement(self) -> float:
        """Share of the compared rows whose recorded unit is the located one; NaN without any."""
        return self.exact / self.compared if self.compared else float("nan")

    @property
    def differing(self) -> int:
        """Rows whose recorded unit is not the located one."""
        return self.compared - self.exact

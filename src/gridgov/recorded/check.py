"""Recorded units of one table held against the units in which its points lie."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gridgov import frames
from gridgov.assign import BORDER_M, NEAREST_M
from gridgov.columns import stated_column
from gridgov.lookup import Atlas, incident_points, incident_widths, place_points
from gridgov.reach import REACHES_M
from gridgov.recorded.reasons import guess
from gridgov.recorded.report import RecordedReport
from gridgov.recorded.tally import Mismatches, RecordedTally
from gridgov.recorded.trials import datum_agreement, find_shift, try_datums
from gridgov.recorded.units import Units
from gridgov.recorded.words import WORDS

if TYPE_CHECKING:
    import pandas as pd

    from gridgov.lookup.points import Agreement

__all__ = ["Recorded", "check_recorded", "recorded_report"]


def check_recorded(
    table: Any,
    cells: object,
    *,
    column: str,
    against: str | None = None,
    normalise: str | None = None,
    vintage: object = None,
    lon: str | None = None,
    lat: str | None = None,
    crs: object = None,
    border_m: float = BORDER_M,
    nearest_m: float = NEAREST_M,
    accuracy_m: float | None = None,
    accuracy_column: str | None = None,
) -> RecordedReport:
    """How well the units that were recorded agree with those the points lie in, and why they may differ.

    Parameters
    ----------
    table
        pandas, geopandas or polars DataFrame, or Arrow table; one incident per row.
    cells
        A `Network`, its `.cells`, or one unmerged layer from `read_grids`.
    column
        Column of the recorded labels.
    against
        Column of the cells whose units they are: a rung, a department, or another one; a label is the id or
        the name (``<column>_name``) of a unit. None: the only rung or department there is.
    normalise
        How labels are compared: None as they stand (rungs also by their names in another form, as `place`
        in `assign_incidents`), ``upper`` in capitals, ``strip`` without spaces, signs and the words that all
        units share, ``digits`` by their digits without leading zeros.
    vintage
        Cells in other boundaries, as of another year, with the same column (an unmerged layer: its grids).
    lon, lat, crs, border_m, nearest_m, accuracy_m, accuracy_column
        As in `assign_incidents`.

    Returns
    -------
    RecordedReport
        Counts, who is taken for whom, datums tried, guesses, and every row that differs.

    Raises
    ------
    ArgumentError, SchemaError, CRSError
        As in `assign_incidents`; or the cells have no such column, or `normalise` is none of these.

    Notes
    -----
    A row without a label or a usable coordinate is not compared. A point in no unit differs. Datums are
    tried on up to 20,000 rows, evenly spread.
    """
    atlas = Atlas.of(cells)
    recorded = Recorded.of(
        frames.column_names(table),
        atlas,
        column=column,
        against=against,
        normalise=normalise,
        vintage=vintage,
        vintage_name=WORDS("other_boundaries"),
    )
    labels = frames.column_values(table, recorded.column)
    agreement = recorded.agreement(labels)
    points = incident_points(table, atlas, lon=lon, lat=lat, crs=crs, recorded={}, agreement=agreement)
    widths = incident_widths(table, border_m, accuracy_m=accuracy_m, column=accuracy_column)
    placed = place_points(atlas, points, border_m=widths.metres, nearest_m=nearest_m)
    tally = RecordedTally(recorded.units, other=recorded.other)
    found = tally.add(labels, points, placed, widths=widths)
    report = recorded_report(tally, column=recorded.column, other_name=recorded.other_name)
    return replace(report, mismatches=_mismatch_table(table, found))


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """Units to be checked: the `column` that records them, and what they are held against."""

    column: str
    units: Units
    other: Units | None = None
    other_name: str = ""

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        atlas: Atlas,
        *,
        column: str,
        against: str | None,
        normalise: str | None,
        vintage: object,
        vintage_name: str,
        where: str = "",
    ) -> "Recorded":
        """What is to be checked of a table with columns `names`; raises as `check_recorded`."""
        name = stated_column(names, column, where=where, option="column=, --check-column")
        units = Units.of(atlas, against, form=normalise)
        return cls(name, units, other_units(vintage, units), vintage_name)

    def agreement(self, labels: NDArray[np.object_]) -> "Agreement":
        """What tells how well a datum fits the recorded units."""
        recorded, _ = self.units.read(labels)
        return lambda given, name: datum_agreement(self.units, given, name, recorded)


def other_units(vintage: object, units: Units) -> Units | None:
    """The same units in other boundaries; an unmerged layer has but one kind."""
    if vintage is None:
        return None
    atlas = Atlas.of(vintage)
    known = {*atlas.columns, *atlas.further}
    only = len([*atlas.rungs, *atlas.departments]) == 1
    return Units.of(atlas, None if only and units.column not in known else units.column, form=units.form)


def recorded_report(tally: RecordedTally, *, column: str, other_name: str = "") -> RecordedReport:
    """What was counted, with the datums tried and the guesses; after the last batch."""
    counts, units = tally.counts, tally.units
    datums = [] if tally.crs is None else try_datums(units, tally.crs, tally.sample)
    better = bool(datums) and not datums[0].stated and datums[0].sure
    shift = None if better or tally.crs is None else find_shift(units, tally.crs, tally.sample)
    return RecordedReport(
        column=column,
        against=units.column,
        form=units.form,
        rows=counts.rows,
        labelled=counts.labelled,
        compared=counts.compared,
        exact=counts.exact,
        border=counts.exact + counts.border,
        within={reach: counts.exact + rows for reach, rows in zip(REACHES_M, counts.within, strict=True)},
        unknown=counts.unit_unknown,
        other=counts.other if tally.other else None,
        other_name=other_name if tally.other else "",
        pairs=_pair_table(tally),
        labels=_label_table(tally),
        datums=tuple(datums),
        looked_at=len(tally.sample[0]),
        shift=shift,
        reasons=guess(tally, datums, shift, other_name=other_name),
    )


def _pair_table(tally: RecordedTally) -> "pd.DataFrame":
    import pandas as pd

    pairs = sorted(tally.pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    ids, called = [*tally.units.ids, None], tally.units.called
    columns = {
        "recorded": [ids[recorded] for (recorded, _), _ in pairs],
        "located": [ids[located] for (_, located), _ in pairs],
        "recorded_name": [called(recorded) for (recorded, _), _ in pairs],
        "located_name": [called(located) for (_, located), _ in pairs],
    }
    table = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})
    return table.assign(
        rows=np.array([rows for _, rows in pairs], dtype=np.int64),
        far_rows=np.array([tally.far_pairs[pair] for pair, _ in pairs], dtype=np.int64),
    )


def _label_table(tally: RecordedTally) -> "pd.DataFrame":
    import pandas as pd

    labels = Counter[str]()
    for (label, _), rows in tally.unknown.items():
        labels[label] += rows
    found = sorted(labels.items(), key=lambda pair: (-pair[1], pair[0]))
    return pd.DataFrame(
        {
            "label": pd.Series([label for label, _ in found], dtype=object),
            "rows": pd.Series([rows for _, rows in found], dtype=np.int64),
        }
    )


def _mismatch_table(table: Any, found: Mismatches) -> "pd.DataFrame":
    import pandas as pd

    index = table.index.to_numpy()[found.row] if isinstance(table, pd.DataFrame) else found.row
    return pd.DataFrame(
        {
            "row": index,
            "recorded": pd.Series(found.recorded, dtype=object),
            "located": pd.Series(found.located, dtype=object),
            "distance_m": found.distance_m,
        }
    )

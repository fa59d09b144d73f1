"""Agreement of recorded units with located ones, counted batch by batch."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from gridgov.lookup import Placed, Points, Widths
from gridgov.owners.words import folded
from gridgov.reach import REACHES_M
from gridgov.recorded.units import NO_UNIT, Units
from gridgov.sample import Sample

if TYPE_CHECKING:
    from gridgov.datum import PointCRS

__all__ = ["Counts", "Mismatches", "RecordedTally"]

Texts = NDArray[np.object_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Rows on which other datums are tried.
_SAMPLE: Final = 20_000
#: Different labels without a unit that are remembered, the first ones.
_UNKNOWN: Final = 10_000
#: Decimals of a distance in metres, as in `cell_distance_m`.
_MILLIMETRES: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Mismatches:
    """Rows of one batch whose recorded unit is not the located one.

    Attributes
    ----------
    row
        (n,) their numbers in the batch, from 0, in order.
    recorded, located
        Ids of the units; None for a label that no unit has, and for a point in none.
    distance_m
        From the point to the recorded unit; NaN where there is no such unit.
    """

    row: Ints
    recorded: Texts
    located: Texts
    distance_m: Floats


@dataclass(slots=True)
class Counts:
    """Rows: all, with a label, compared (with a usable coordinate too), and those that agree.

    `border` agree within the width of their border; `within` maps metres to rows that agree within them;
    `unit_unknown` have a label that no unit has. Of another layer: `other` agree there, `only_other` there
    alone, `only_here` here alone.
    """

    rows: int = 0
    labelled: int = 0
    compared: int = 0
    exact: int = 0
    border: int = 0
    within: tuple[int, ...] = (0,) * len(REACHES_M)
    unit_unknown: int = 0
    other: int = 0
    only_other: int = 0
    only_here: int = 0


class RecordedTally:
    """Holds recorded units against located ones; one for a file, fed with every batch in its order.

    Any batches of the same file count the same.

    Parameters
    ----------
    units
        The units of the cells that points are placed in.
    other
        The same units in other boundaries, of another year.
    """

    def __init__(self, units: Units, *, other: Units | None = None) -> None:
        self.units, self.other = units, other
        self.counts = Counts()
        #: (recorded, located) -> rows that differ; of known units.
        self.pairs: Counter[tuple[int, int]] = Counter()
        #: Rows that differ by more than the last of REACHES_M, likewise.
        self.far_pairs: Counter[tuple[int, int]] = Counter()
        #: (label, located) -> rows, of labels that no unit has.
        self.unknown: Counter[tuple[str, int]] = Counter()
        self._unknown_labels: set[str] = set()
        self._sample = Sample(_SAMPLE)
        self.crs: PointCRS | None = None

    def add(self, labels: Texts, points: Points, placed: Placed, *, widths: Widths) -> Mismatches:
        """Count a batch: its recorded labels and its points as they were placed."""
        self.crs = points.crs
        recorded, labelled = self.units.read(labels)
        located = self.units.of_row[placed.row]
        compared = labelled & points.usable
        exact = compared & (recorded != NO_UNIT) & (recorded == located)
        row = np.flatnonzero(compared & ~exact)
        away = self._away(points, row, recorded[row])
        width = np.broadcast_to(widths.metres, len(labels))[row]
        self._count(labelled, compared, exact, recorded)
        self._count_near(away, width)
        self._count_pairs(labels, row, recorded[row], located[row], away)
        self._count_other(labels, points, compared, exact)
        self._look_at(points, recorded)
        return Mismatches(row, self._ids(recorded[row]), self._ids(located[row]), away.round(_MILLIMETRES))

    @property
    def sample(self) -> tuple[Floats, Floats, Ints]:
        """Some rows with a known unit and numbers: as they were given, and the number of the unit."""
        x, y, unit = self._sample.columns or (np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64))
        return x, y, unit

    def _away(self, points: Points, row: Ints, recorded: Ints) -> Floats:
        """Metres from each differing point to the unit that was recorded for it."""
        away = np.full(len(row), np.nan)
        index = self.units.atlas.index.asked_in(points.crs)
        order = np.argsort(recorded, kind="stable")
        for unit in np.unique(recorded[recorded != NO_UNIT]):
            first, last = np.searchsorted(recorded, [unit, unit + 1], sorter=order)
            some = order[first:last]
            at = row[some]
            away[some] = index.distance_to(self.units.rows_of(unit), lon=points.lon[at], lat=points.lat[at])
        return away

    def _count(self, labelled: Flags, compared: Flags, exact: Flags, recorded: Ints) -> None:
        counts = self.counts
        counts.rows += len(labelled)
        counts.labelled += int(np.count_nonzero(labelled))
        counts.compared += int(np.count_nonzero(compared))
        counts.exact += int(np.count_nonzero(exact))
        counts.unit_unknown += int(np.count_nonzero(compared & (recorded == NO_UNIT)))

    def _count_near(self, away: Floats, width: Floats) -> None:
        self.counts.border += int(np.count_nonzero(away <= width))
        near = [int(np.count_nonzero(away <= reach)) for reach in REACHES_M]
        self.counts.within = tuple(sum(both) for both in zip(self.counts.within, near, strict=True))

    def _count_pairs(self, labels: Texts, row: Ints, recorded: Ints, located: Ints, away: Floats) -> None:
        import pandas as pd

        known = recorded != NO_UNIT
        far = away > REACHES_M[-1]
        for counter, some in ((self.pairs, known), (self.far_pairs, known & far)):
            pairs, rows = np.unique(np.stack([recorded[some], located[some]]), axis=1, return_counts=True)
            for (one, other), number in zip(pairs.T.tolist(), rows.tolist(), strict=True):
                counter[one, other] += number
        code, different = pd.factorize(labels[row[~known]])
        texts = [str(folded(label)) for label in different]
        for text in texts:
            if len(self._unknown_labels) < _UNKNOWN:
                self._unknown_labels.add(text)
        pairs, rows = np.unique(np.stack([code, located[~known]]), axis=1, return_counts=True)
        for (label, unit), number in zip(pairs.T.tolist(), rows.tolist(), strict=True):
            if texts[label] in self._unknown_labels:
                self.unknown[texts[label], unit] += number

    def _count_other(self, labels: Texts, points: Points, compared: Flags, exact: Flags) -> None:
        if self.other is None:
            return
        recorded, _ = self.other.read(labels)
        index = self.other.atlas.index.asked_in(points.crs)
        located = self.other.of_row[index.locate(lon=points.lon, lat=points.lat)]
        there = compared & (recorded != NO_UNIT) & (recorded == located)
        self.counts.other += int(np.count_nonzero(there))
        self.counts.only_other += int(np.count_nonzero(there & ~exact))
        self.counts.only_here += int(np.count_nonzero(exact & ~there))

    def _look_at(self, points: Points, recorded: Ints) -> None:
        x, y = points.numbers
        some = (recorded != NO_UNIT) & np.isfinite(x) & np.isfinite(y) & ((x != 0) | (y != 0))
        self._sample.add(x[some], y[some], recorded[some])

    def _ids(self, numbers: Ints) -> Texts:
        ids = np.array([*self.units.ids, None], dtype=object)
        return np.asarray(ids[numbers], dtype=object)

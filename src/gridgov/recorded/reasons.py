"""Why recorded and located units may differ, guessed by rules that are written in docs/trust.md."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from gridgov.language import Many, listed, per_cent, sentences
from gridgov.reach import REACHES_M
from gridgov.recorded.forms import FORMS
from gridgov.recorded.report import Reason
from gridgov.recorded.tally import RecordedTally
from gridgov.recorded.trials import Shift, TriedDatum
from gridgov.recorded.units import NO_UNIT
from gridgov.recorded.words import WORDS

__all__ = ["REASONS", "guess"]

#: In the order in which they are guessed; what each means stands in docs/trust.md.
REASONS: Final = ("labels", "datum", "shift", "vintage", "border", "outside", "unclear")

#: A reason must tell of this share of what differs ...
_MOST: Final = 0.5
#: ... and of so many rows; fewer may be chance.
_ROWS: Final = 10
#: A better datum gains this share of the rows at least.
_GAIN: Final = 0.005
#: Points so near to the recorded unit are on its border, in metres: the half of a street.
_BORDER_M: Final = 5.0
#: Pairs of units that a moved border leaves: so many hold most of what differs.
_PAIRS: Final = 5
#: Fewer of the rows are single mistakes; so many are none.
_FEW: Final = 0.01
_MANY: Final = 0.1
#: Rows that a pair of units has on average where borders moved; mistakes are scattered.
_ROWS_A_PAIR: Final = 3
#: Deviations by which one count exceeds another beyond chance.
_DEVIATIONS: Final = 2.0
_SHOWN: Final = 3
#: Beijing 54 and Xian 80 are off by so many metres in China.
_OLD_DATUMS_M: Final = (40.0, 150.0)


def guess(
    tally: RecordedTally, datums: Sequence[TriedDatum], shift: Shift | None, *, other_name: str
) -> tuple[Reason, ...]:
    """Guesses for what was counted, in the order of REASONS; empty if nothing differs."""
    counts = tally.counts
    if counts.compared == counts.exact > 0:
        return ()
    if not counts.compared:
        return tuple(_datum(datums))
    found = [*_labels(tally), *_datum(datums), *_shift(shift, china=tally.units.atlas.in_china())]
    # Points that stand wrong as a whole leave the same traces as borders that moved.
    if not any(each.reason in ("datum", "shift") for each in found):
        found += [*(_vintage(tally, other_name) if tally.other else _moved(tally)), *_border(tally)]
        found += _outside(tally)
    differing, outside = counts.compared - counts.exact, _rows_outside(tally)
    if not found or (found[0].reason == "outside" and outside < _MOST * differing):
        found.append(Reason("unclear", WORDS("no_pattern")))
    return tuple(found)


def _labels(tally: RecordedTally) -> Iterator[Reason]:
    """Labels that no unit has: written in another form, or of other units."""
    rows = sum(tally.unknown.values())
    if not rows or rows < min(_ROWS, tally.counts.compared):
        return
    labels = Counter[str]()
    for (label, _), number in tally.unknown.items():
        labels[label] += number
    shown = listed(WORDS("quoted", text=label) for label, _ in labels.most_common(_SHOWN))
    said = WORDS("no_such_labels", n=Many(rows), shown=shown)
    form, named, agreeing = max((_in_form(tally, labels, form) for form in FORMS), key=lambda found: found[2])
    if agreeing and named >= _MOST * rows:
        yield Reason(
            "labels",
            WORDS("other_form", said=said, form=form, named=named, agreeing=agreeing),
        )
    elif not tally.other:
        units = listed(WORDS("quoted", text=name) for name in tally.units.ids[:_SHOWN])
        names = WORDS("nameless", column=tally.units.column) if tally.units.nameless() else ""
        yield Reason("vintage", WORDS("other_units", said=said, units=units, names=names))


def _in_form(tally: RecordedTally, labels: Counter[str], form: str) -> tuple[str, int, int]:
    """Rows whose label names a unit in a form, and those that agree then."""
    units = tally.units.in_form(form)
    meant = {label: units.number(label) for label in labels}
    named = sum(rows for label, rows in labels.items() if meant[label] != NO_UNIT)
    agreeing = sum(rows for (label, unit), rows in tally.unknown.items() if meant[label] == unit != NO_UNIT)
    return form, named, agreeing


def _datum(datums: Sequence[TriedDatum]) -> Iterator[Reason]:
    if not datums:
        return
    best = datums[0]
    stated = next(each for each in datums if each.stated)
    gain = best.agreement - stated.agreement
    if best.stated or not stated.sure or gain < _GAIN:
        return
    there, here = (per_cent(each.agreement, digits=2) for each in (best, stated))
    found = WORDS("there_here", there=there, here=here, stated=stated.name)
    if best.name == "swapped":
        words = WORDS("exchanged", found=found)
    elif best.name == "wgs84" and stated.name in ("gcj02", "bd09"):
        words = WORDS("not_converted", found=found, stated=stated.name)
    else:
        words = WORDS("other_datum", best=best.name, found=found)
    yield Reason("datum", words)


def _shift(shift: Shift | None, *, china: bool) -> Iterator[Reason]:
    if shift is None:
        return
    ways = [
        WORDS("metres_to", metres=abs(metres), word=WORDS(words[metres < 0]))
        for metres, words in ((shift.east_m, ("east", "west")), (shift.north_m, ("north", "south")))
        if round(metres)
    ]
    old = china and _OLD_DATUMS_M[0] < shift.length_m < _OLD_DATUMS_M[1]
    like = WORDS("as_between") if old else WORDS("as_another")
    yield Reason(
        "shift",
        WORDS(
            "off_by_one",
            like=like,
            ways=WORDS("and").join(ways),
            agreement=per_cent(shift.agreement, digits=2),
        ),
    )


def _vintage(tally: RecordedTally, name: str) -> Iterator[Reason]:
    counts = tally.counts
    gained, lost = counts.only_other, counts.only_here
    if gained - lost <= _DEVIATIONS * np.sqrt(gained + lost):
        return
    there, here = (per_cent(rows / counts.compared, digits=2) for rows in (counts.other, counts.exact))
    yield Reason(
        "vintage",
        WORDS("by_boundaries", name=name, there=there, here=here),
    )


def _moved(tally: RecordedTally) -> Iterator[Reason]:
    """Much lies deep inside another unit, always between the same units or too much to be mistakes."""
    pairs = Counter({pair: rows for pair, rows in tally.far_pairs.items() if pair[1] != NO_UNIT})
    far, compared = sum(pairs.values()), tally.counts.compared
    top = pairs.most_common(_PAIRS)
    together = sum(rows for _, rows in top)
    if far < _ROWS or far < _FEW * compared or far < _MOST * sum(tally.pairs.values()):
        return
    many = far >= _MANY * compared and far >= _ROWS_A_PAIR * len(pairs)
    if together < _MOST * far and not many:
        return
    units = tally.units
    shown = sentences(
        WORDS("in_recorded_as", rows=rows, located=units.called(located), recorded=units.called(recorded))
        for (recorded, located), rows in top[:_SHOWN]
    )
    yield Reason(
        "vintage",
        WORDS("too_far", n=Many(far), reach_m=REACHES_M[-1], shown=shown),
    )


def _border(tally: RecordedTally) -> Iterator[Reason]:
    near = tally.counts.within[REACHES_M.index(_BORDER_M)]
    differing = sum(tally.pairs.values())
    if near and near >= _MOST * differing:
        yield Reason(
            "border",
            WORDS("on_border", near=near, n=Many(differing), border_m=_BORDER_M),
        )


def _outside(tally: RecordedTally) -> Iterator[Reason]:
    if (rows := _rows_outside(tally)) >= _ROWS:
        pairs = Counter({pair: rows for pair, rows in tally.pairs.items() if pair[1] == NO_UNIT})
        (recorded, _), most = pairs.most_common(1)[0]
        yield Reason(
            "outside",
            WORDS("in_no_unit", n=Many(rows), most=most, recorded=tally.units.called(recorded)),
        )


def _rows_outside(tally: RecordedTally) -> int:
    """Rows with a unit whose points lie in none."""
    return sum(rows for (_, located), rows in tally.pairs.items() if located == NO_UNIT)

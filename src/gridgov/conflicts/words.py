"""What the merge did at a place, and by which rule."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gridgov.check import Drawn
from gridgov.conflicts.bundles import Bundles
from gridgov.conflicts.ground import NONE, Merged
from gridgov.language import per_cents
from gridgov.told import Sayings, Told, told
from gridgov.topology.distinct import distinct
from gridgov.topology.ragged import starts

__all__ = ["NO_GRID", "Given", "Words", "done", "gap_words", "outside_words", "overlap_words"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

#: Stands at the end of the ids, for ground without a grid.
NO_GRID = ""

#: A grid that holds less of a place than this is not named.
LEAST_SHARE = 0.01

#: What is done about a grid itself: the sentence of the resolution, and the rule.
ABOUT_GRIDS = {
    "invalid": ("repaired", "repair"),
    "no_geometry": ("left_out", "repair"),
    "duplicate_id": ("one_grid", "one id"),
    "multipart": ("kept", "as drawn"),
    "no_owner": ("kept_no_owner", "as drawn"),
    "nested": ("kept_special", "smallest grid"),
    "crosses_rung": ("cut", "hard border"),
    "outside": ("left_out_outline", "hard border"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of each bundle: `grid_ids` and `owners` beside each other, and where, in words."""

    departments: Sequence[str]
    grid_ids: Sequence[Sequence[str]]
    owners: Sequence[Sequence[str]]
    rule: Sequence[str]
    resolution: Sayings
    at: str


class Given:
    """Whose the places are now: the grids of the cells there, the largest part first.

    `first` is (n,) the row of the grid that holds most of each place, -1 for none.
    """

    def __init__(self, merged: Merged, number: int, *, group: Ints, face: Ints, count: int) -> None:
        """Sum up the faces of each of `count` places; `group` says which place a face belongs to."""
        now = merged.now[face, number]
        span = now.max(initial=NONE) + 2  # room for none, which is -1
        key, where = distinct(group * span + now + 1)
        area = np.bincount(where, weights=merged.area[face], minlength=len(key))
        place, row = key // span, key % span - 1
        order = np.lexsort((row, -area, place))
        self._row, self._area = row[order], area[order]
        self._start = starts(place[order], count)
        self.first = np.full(count, NONE, dtype=np.int64)
        some = self._start[1:] > self._start[:-1]
        self.first[some] = self._row[self._start[:-1][some]]

    def said(self, ids: Sequence[str]) -> list[str]:
        """Say to whom each place went: '12', or '12 (70 %) and 13 (30 %)'; `ids` end with that of no grid."""
        answer = [ids[row] for row in self.first.tolist()]
        for number, one, other, share, rest in zip(*self._shares(), strict=True):
            answer[number] = _shared(ids[one], ids[other], share, rest)
        return answer

    def sayings(self, ids: Sequence[str]) -> Sayings:
        """Say the same of many places, as columns."""
        places, ones, others, shares, rests = self._shares()
        named = Sayings.of(ids)
        answer = named[self.first.tolist()]
        share, rest = Sayings.of(shares), Sayings.of(rests)
        for key, some in (
            ("shares", [row for row, other in enumerate(others) if other != NONE]),
            ("shares_none", [row for row, other in enumerate(others) if other == NONE]),
        ):
            values = {"one": named[[ones[row] for row in some]], "share": share[some]}
            if key == "shares":
                values["other"] = named[[others[row] for row in some]]
            answer.put([places[row] for row in some], Sayings.made(key, **values, rest=rest[some]))
        return answer

    def _shares(self) -> tuple[list[int], list[int], list[int], list[str], list[str]]:
        """Answer the places that two grids share: which, whose, who else's, and per cents of both."""
        place = np.flatnonzero((np.diff(self._start) > 1) & (self.first != NONE))
        at = self._start[place]
        ends = np.stack([at, self._start[place + 1]], axis=1).ravel()
        total = np.add.reduceat(np.append(self._area, 0.0), ends)[::2] if len(ends) else self._area[:0]
        most, next_ = self._area[at] / total, self._area[at + 1] / total
        told = next_ >= LEAST_SHARE
        rows = (place[told].tolist(), self._row[at[told]].tolist(), self._row[at[told] + 1].tolist())
        share, rest = (
            [said.removesuffix(" %") for said in per_cents(part[told].tolist())] for part in (most, next_)
        )
        return *rows, share, rest


def _shared(one: str, other: str, share: str, rest: str) -> Told:
    if other == NO_GRID:
        return told("shares_none", one=one, share=share, rest=rest)
    return told("shares", one=one, share=share, other=other, rest=rest)


def overlap_words(found: Bundles, drawn: Drawn, merged: Merged, *, declared: Bools) -> Words:
    """Say which two grids lie over each other, and who holds the ground; the key is `low * grids + high`."""
    low, high = np.divmod(found.key[:, 0], max(len(drawn.ids), 1))
    ids, owners = _pairs(low, high, drawn)
    given = Given(merged, merged.number, group=found.group, face=found.face, count=len(found))
    smaller = np.where(drawn.area[high] < drawn.area[low], high, low)
    first = np.append(declared, False)
    rule = np.where(given.first == smaller, "smallest grid", "best match").astype(object)
    rule[first[given.first] & (first[low] != first[high])] = "declared"
    return Words(
        [drawn.department] * len(found),
        ids,
        owners,
        rule.tolist(),
        given_each(given.sayings([*drawn.ids, NO_GRID])),
        "at",
    )


def gap_words(found: Bundles, drawn: Drawn, merged: Merged) -> Words:
    """Say between which two grids the gaps are, and who holds the ground; the key is the two, or -1."""
    ids, owners = _pairs(found.key[:, 0], found.key[:, 1], drawn)
    given = Given(merged, merged.number, group=found.group, face=found.face, count=len(found))
    return Words(
        [drawn.department] * len(found),
        ids,
        owners,
        ["best match"] * len(found),
        given_each(given.sayings([*drawn.ids, NO_GRID])),
        "between",
    )


def outside_words(found: Bundles, drawn: Drawn) -> Words:
    """Say which grid reaches over the outline; the key is its row."""
    resolution, rule = ABOUT_GRIDS["outside"]
    row = found.key[:, 0].tolist()
    return Words(
        [drawn.department] * len(found),
        [[drawn.ids[k]] for k in row],
        [[drawn.owners[k]] for k in row],
        [rule] * len(found),
        Sayings.same(told(resolution), len(found)),
        "at",
    )


def _pairs(low: Ints, high: Ints, drawn: Drawn) -> tuple[list[list[str]], list[list[str]]]:
    pairs = [[k for k in pair if k != NONE] for pair in zip(low.tolist(), high.tolist(), strict=True)]
    return [[drawn.ids[k] for k in pair] for pair in pairs], [
        [drawn.owners[k] for k in pair] for pair in pairs
    ]


def given_to(said: str) -> Told:
    """Say to whom a place went."""
    return told("left_no_grid") if said == NO_GRID else told("given", to=said)


def given_each(said: Sayings) -> Sayings:
    """Say to whom each place went, as `given_to` does."""
    answer = Sayings.same(given_to(NO_GRID), len(said))
    some = [row for row, to in enumerate(said.texts) if to != NO_GRID]
    answer.put(some, Sayings.made("given", to=said[some]))
    return answer


def done(kind: str, *, said: str, rows: Sequence[int], now: int, smallest: int) -> tuple[Told, str]:
    """Answer resolution and rule of one place.

    `rows` are its grids, `now` the row of the grid that holds most of it (`said` in words), `smallest` the
    row of the smallest grid drawn there.
    """
    if kind in ABOUT_GRIDS:
        resolution, rule = ABOUT_GRIDS[kind]
        return told(resolution), rule
    rule = "best match"
    if kind == "duplicate_geometry":
        rule = "lowest id"
    elif kind == "overlap" and now == smallest:
        rule = "smallest grid"
    elif kind == "uncovered":
        rule = "left open" if now == NONE else "longest border"
    elif kind == "sliver":
        return (told("kept"), "as drawn") if now in rows else (_now_in(said), rule)
    return given_to(said), rule


def _now_in(said: str) -> Told:
    return told("now_in", to=told("no_grid") if said == NO_GRID else said)

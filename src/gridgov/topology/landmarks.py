"""Landmarks of borders, junctions and sharp corners, and which of two drawings' landmarks are the same."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from gridgov.topology.borders import Borders
from gridgov.topology.spots import Spots

__all__ = ["Landmarks", "pair_up"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: The direction of a border is where it is after so many metres: longer than the wiggles of a hand that
#: digitises, shorter than the blocks of a city.
REACH_M = 20.0

#: A border that turns by so many degrees within twice the reach has a corner there.
CORNER_DEGREES = 20.0

#: Next to a junction only a border that turns by so much has one: the hand that digitises is unsteady there.
BESIDE_JUNCTION_DEGREES = 60.0

#: Two borders whose directions differ by less may be one.
SAME_DIRECTION = float(np.cos(np.radians(35.0)))

#: A border that only one of two landmarks has sets them apart as much as this share of the reach does.
MISSING = 0.6
MOST_MISSING = 2

#: Landmarks are paired in so many rounds: one taken by a better match looks again at the rest.
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The landmarks of some borders.

    Attributes
    ----------
    borders
        The borders.
    vertex
        (n,) vertices where three or more segments meet, or where the border turns sharply, ascending.
    direction
        (m, 2) direction in which each segment of the borders leaves its start.
    """

    borders: Borders
    vertex: Ints
    direction: Floats

    @classmethod
    def of(cls, borders: Borders) -> Self:
        """Find the landmarks of borders."""
        direction = borders.directions(REACH_M)
        passed = np.flatnonzero(borders.degree == 2)  # noqa: PLR2004 (a border that goes on)
        one, other = borders.first[passed], borders.first[passed] + 1
        cosine = np.clip(_cosine(direction, one, direction, other), -1.0, 1.0)
        turn = np.full(len(borders.xy), BESIDE_JUNCTION_DEGREES)
        turn[passed] = 180.0 - np.degrees(np.arccos(cosine))
        beside = np.maximum(*(_nearby(borders, turn, leaving) for leaving in (one, other)))
        sharp = (turn[passed] >= CORNER_DEGREES) & (turn[passed] >= beside)
        is_one = borders.degree != 2  # noqa: PLR2004
        is_one[passed[sharp]] = True
        return cls(borders, np.flatnonzero(is_one), direction)

    @property
    def xy(self) -> Floats:
        """(n, 2) where they are."""
        return self.borders.xy.take(self.vertex, axis=0)

    @property
    def arms(self) -> Ints:
        """(n,) how many borders leave each."""
        return self.borders.degree[self.vertex]


def _cosine(some: Floats, one: Ints, others: Floats, other: Ints) -> Floats:
    """Answer the cosine of the angle between unit vectors, given by their rows."""
    a, b = some.take(one, axis=0), others.take(other, axis=0)
    return a[:, 0] * b[:, 0] + a[:, 1] * b[:, 1]


def _nearby(borders: Borders, turn: Floats, leaving: Ints) -> Floats:
    """Answer the turn at the next vertex, where that is within reach."""
    return np.where(borders.length[leaving] < REACH_M, turn[borders.end[leaving]], 0.0)


def pair_up(mine: Landmarks, theirs: Landmarks, *, within_m: float, shift: Floats) -> tuple[Ints, Ints]:
    """Answer which landmark of `theirs` each of `mine` is, as rows of both, where there is one.

    Parameters
    ----------
    within_m
        How far apart they may be.
    shift
        (2,) metres by which mine are moved beforehand.

    Notes
    -----
    Landmarks are the same if borders leave them in the same directions: two, or the one of a mere corner.
    Each is paired once: with its best match, if it is that one's best match too. What is nearer, and has
    fewer borders that the other lacks, matches better.
    """
    here, there = mine.xy + shift, theirs.xy
    i, j = Spots.of(there, width=within_m).near(here, within_m=within_m)
    common = _common_directions(mine, theirs, i, j)
    arms = mine.arms[i]
    same = (common >= 2) | ((common == 1) & (arms == 2))  # noqa: PLR2004 (see Notes)
    i, j, missing = i[same], j[same], np.minimum(arms - common, MOST_MISSING)[same]
    apart = np.hypot(*(there[j] - here[i]).T)
    return _best_pairs(i, j, apart / within_m + MISSING * missing)


def _common_directions(mine: Landmarks, theirs: Landmarks, i: Ints, j: Ints) -> Ints:
    """Count, for each pair, the borders of mine that theirs has in about the same direction."""
    if not len(i):
        return np.zeros(0, dtype=np.int64)
    many, other = mine.arms[i], theirs.arms[j]
    size = many * other
    pair = np.repeat(np.arange(len(i)), size)
    place = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    arm = mine.borders.first[mine.vertex[i[pair]]] + place // other[pair]
    facing = theirs.borders.first[theirs.vertex[j[pair]]] + place % other[pair]
    cosine = _cosine(mine.direction, arm, theirs.direction, facing)
    starts = np.flatnonzero(place % other[pair] == 0)
    found = np.maximum.reduceat(cosine, starts) > SAME_DIRECTION
    return np.add.reduceat(found.astype(np.int64), np.cumsum(many) - many)


def _best_pairs(i: Ints, j: Ints, cost: Floats) -> tuple[Ints, Ints]:
    """Take pairs that are the cheapest of both, then look again among the rest."""
    taken: list[tuple[Ints, Ints]] = []
    for _ in range(ROUNDS):
        if not len(i):
            break
        both = _among(_cheapest(i, j, cost), len(i)) & _among(_cheapest(j, i, cost), len(i))
        taken.append((i[both], j[both]))
        left = ~(_among(i[both], i.max() + 1)[i] | _among(j[both], j.max() + 1)[j])
        i, j, cost = i[left], j[left], cost[left]
    if not taken:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    mine, theirs = (np.concatenate(part) for part in zip(*taken, strict=True))
    return mine, theirs


def _among(some: Ints, count: Any) -> Bools:
    """Tell which of the numbers below `count` are among some."""
    answer = np.zeros(count, dtype=bool)
    answer[some] = True
    return answer


def _cheapest(key: Ints, other: Ints, cost: Floats) -> Any:
    """Row of the cheapest pair of each `key`; ties: the lowest other."""
    order = np.lexsort((other, cost, key))
    return order[np.flatnonzero(np.r_[True, np.diff(key[order]) != 0])]

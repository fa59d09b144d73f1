"""Bending a layer onto borders that count for more, as far as both show the same thing."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.schema import PRECISION_M
from gridgov.topology.borders import Borders
from gridgov.topology.landmarks import Landmarks, pair_up

__all__ = ["Bent", "bend"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[Any]

#: From so few pairs no shift of a whole layer is concluded, nor that it was drawn on the other borders: what
#: tells then is whether its landmarks lie on vertices of these, be they landmarks or not.
LEAST_PAIRS = 30

#: A layer of whose pairs more than this share lie exactly on one another was drawn on the other borders:
#: where it leaves them it is meant to.
DRAWN_ON = 0.5
#: With more than this share, there is nothing left to bend: also its narrow arms are meant.
DRAWN_WHOLLY_ON = 0.9

#: First without a shift, then with the one that the first pairs show, and only as far as ...
PASSES = 2
#: ... so many times the moves of the closest quarter of the pairs, or so many metres. Drawings of one mark
#: lie about equally far apart: in a layer that was drawn well, pairs far apart are streets that look alike.
CLOSEST, TRUE_MOVES, LEAST_REACH_M = 0.25, 6.0, 2.0


@dataclass(frozen=True, slots=True)
class Bent:
    """A layer after bending.

    Attributes
    ----------
    polygons
        (n,) the polygons, valid, on the 1 cm grid; they share the borders that they shared before.
    landmarks, paired
        How many junctions and corners the layer has, and how many of them were moved onto another one.
    shift
        Median move of those to the east and north, in metres; none where they are few.
    drawn_on
        Whether nearly all of them lay there already: the layer was drawn on the other borders.
    """

    polygons: Geometries
    landmarks: int
    paired: int
    shift: tuple[float, float]
    drawn_on: bool = False


def bend(polygons: Geometries, *, onto: Borders, within_m: float, earlier: bool = False) -> Bent:
    """Move junctions and corners onto those of other borders, and the borders between them along.

    Parameters
    ----------
    polygons
        (n,) a coverage on the 1 cm grid, in metres.
    onto
        The borders that count for more; they do not move.
    within_m
        How far apart two drawings of one landmark may be.
    earlier
        Whether earlier layers made some of the other borders: what is noded with these was drawn on them.

    Notes
    -----
    Rubber sheeting along borders: a landmark moves onto the landmark it is a drawing of (same place, same
    directions of the borders that leave it); one that the other borders do not show moves by the median of
    the layer; what lies between two landmarks follows linearly. A layer that was drawn on the other borders
    stays as it is. n log n in the vertices.
    """
    mine, theirs = Landmarks.of(Borders.of(polygons)), Landmarks.of(onto)
    shift, reach = np.zeros(2), within_m
    for _ in range(PASSES):
        i, j = pair_up(mine, theirs, within_m=reach, shift=shift)
        moves = theirs.xy.take(j, axis=0) - mine.xy.take(i, axis=0)
        if len(moves) >= LEAST_PAIRS:
            shift = np.median(moves, axis=0)
            true = float(np.quantile(np.hypot(*(moves - shift).T), CLOSEST))
            reach = min(within_m, max(TRUE_MOVES * true, LEAST_REACH_M))
    if (share := _drawn_on(mine, onto, i, moves, earlier)) > DRAWN_ON:
        return Bent(polygons, len(mine.vertex), 0, (0.0, 0.0), drawn_on=share > DRAWN_WHOLLY_ON)
    borders = mine.borders
    known = np.zeros((len(borders.xy), 2))
    known[mine.vertex] = shift
    known[mine.vertex[i]] = moves
    fixed = np.zeros(len(borders.xy), dtype=bool)
    fixed[mine.vertex] = True
    move = borders.along(known, fixed=fixed)
    move[np.isnan(move[:, 0])] = shift
    xy = np.round((borders.xy + move) / PRECISION_M) * PRECISION_M
    moved = shapely.set_coordinates(np.array(polygons, dtype=object), xy.take(borders.vertex, axis=0))
    return Bent(_valid(moved), len(mine.vertex), len(i), (float(shift[0]), float(shift[1])))


def _drawn_on(mine: Landmarks, onto: Borders, paired: Ints, moves: Floats, earlier: bool) -> float:
    """Answer the share of those landmarks of a layer that tell which lie on the other borders already."""
    if len(moves) >= LEAST_PAIRS:
        return float(np.mean((moves == 0).all(axis=1)))
    if earlier and mine.borders.drawn_with(onto):
        return 1.0
    there = onto.has(mine.xy)
    told = there.sum() + np.count_nonzero(~there[paired])
    return float(there.sum() / max(told, 1))


def _valid(polygons: Geometries) -> Geometries:
    """Repair the few that were folded over by moves of two corners that lie close together."""
    answer = np.array(polygons, dtype=object)
    folded = ~shapely.is_valid(answer)
    answer[folded] = shapely.make_valid(answer[folded], method="structure", keep_collapsed=False)
    return answer

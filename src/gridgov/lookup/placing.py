"""How each point is placed: its cell, the status that says how sure that is, and its candidates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridgov import schema
from gridgov.errors import ArgumentError
from gridgov.index import Pairs
from gridgov.lookup.atlas import Atlas, Texts
from gridgov.lookup.points import Points
from gridgov.lookup.words import WORDS
from gridgov.schema import STATUS_CODES

__all__ = ["Placed", "joined_ids", "place_points"]


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Row of the answer (-1 none), how it was found (`schema.STATUS_CODES`), how far, and all candidates.

    Candidates have the answer first. Points whose only candidate is the cell they lie in are not among them.
    """

    row: NDArray[np.int32]
    code: NDArray[np.int8]
    distance_m: NDArray[np.float64]
    candidates: Pairs


def place_points(
    atlas: Atlas, points: Points, *, border_m: "float | NDArray[np.float64]", nearest_m: float
) -> Placed:
    """Where each point lies: the containing cell, else the nearest within `nearest_m`.

    Candidates lie within `border_m`: one width for all, or one for each point.
    """
    if not np.all((np.asarray(border_m) >= 0) & np.isfinite(border_m)):
        raise ArgumentError(WORDS("border_m", border_m=border_m))
    if not nearest_m >= 0:
        raise ArgumentError(WORDS("nearest_m", nearest_m=nearest_m))
    index = atlas.index.asked_in(points.crs)
    row, several, found = index.locate_within(lon=points.lon, lat=points.lat, border_m=border_m)
    contained = row >= 0
    outside = np.flatnonzero(~contained & points.usable)
    nearest, away = index.nearest(lon=points.lon[outside], lat=points.lat[outside], within_m=nearest_m)
    row[outside] = nearest

    candidates, second = _answer_first(found, row, outside[nearest >= 0], away[nearest >= 0])
    bordering = np.zeros(len(row), dtype=np.bool_)
    bordering[candidates.point[second]] = True

    code = np.full(len(row), STATUS_CODES["reject"], dtype=np.int8)
    code[outside] = STATUS_CODES["outside"]
    code[outside[nearest >= 0]] = STATUS_CODES["near"]
    code[contained] = STATUS_CODES["inside"]
    code[contained & bordering] = STATUS_CODES["border"]
    code[contained & several] = STATUS_CODES["overlap"]

    distance = np.where(contained, 0.0, np.nan)
    distance[outside] = away
    to_next = second[code[candidates.point[second]] == STATUS_CODES["border"]]
    distance[candidates.point[to_next]] = candidates.distance_m[to_next]
    return Placed(row, code, distance, candidates)


def _answer_first(
    found: Pairs, row: NDArray[np.int32], near: NDArray[np.intp], away: NDArray[np.float64]
) -> tuple[Pairs, NDArray[np.intp]]:
    """Candidates with each point's answer first, then by distance, then id; and which come second.

    `near` are the points whose answer may lie beyond `border_m`, `away` the distances to it.
    """
    known = np.isin(near, found.point[found.row == row[found.point]])
    near, away = near[~known], away[~known]
    point = np.concatenate([found.point, near])
    rows = np.concatenate([found.row, row[near]])
    distance = np.concatenate([found.distance_m, away])
    order = np.lexsort((rows, distance, rows != row[point], point))
    pairs = Pairs(point[order], rows[order], distance[order])
    return pairs, np.flatnonzero(_rank(pairs.point) == 1)


def _rank(point: NDArray[np.int64]) -> NDArray[np.int64]:
    """Position of each pair among those of its point; pairs are sorted by point."""
    return np.arange(len(point)) - np.searchsorted(point, point)


def joined_ids(pairs: Pairs, ids: Texts, size: int) -> Texts:
    """Candidate ids of each point in one text, or None; one step per rank, not per point."""
    joined = np.full(size, None, dtype=object)
    rank = _rank(pairs.point)
    for number in range(rank.max(initial=-1) + 1):
        point, text = pairs.point[rank == number], ids[pairs.row[rank == number]]
        joined[point] = text if number == 0 else joined[point] + schema.SEPARATOR + text
    return joined

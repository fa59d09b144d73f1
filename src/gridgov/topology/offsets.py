"""How far a layer's borders lie from the borders that count for more."""

from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt

from gridgov.topology.borders import Borders
from gridgov.topology.ragged import spread
from gridgov.topology.spots import Spots

__all__ = ["LEAST_TOLERANCE_M", "Offsets", "measure_offsets"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Borders are asked every so many metres, ...
STEP_M = 20.0
#: ... but in no more than so many places.
MOST_PLACES = 10_000

#: Borders have a station every so many metres ...
STRIDE_M = 20.0
#: ... and are sought so far around each place, until one is found; so many places at a time.
REACHES_M, SOME = (20.0, 100.0), 1 << 12

#: The distances are counted in classes of so many metres, up to so many ...
CLASS_M = 2.0
FARTHEST_M = 100.0
#: ... and in the next wider ones where fewer than so many places make the floor: in a small city 5 of 250
#: places are chance, and not a border that ends there. Not where all the places that may be were asked.
WIDER_M = (CLASS_M, 5.0, 10.0)
LEAST_IN_CLASS = 5

#: A class says something when so many places lie in it or beyond.
LEAST_PLACES = 200

#: Unrelated borders make a floor: in each class about the same share of the places that lie no nearer. It is
#: taken from the lower classes; where the share is less than so many times the floor, the drawings of one
#: border end.
FLOOR_QUANTILE = 0.2
ABOVE_FLOOR = 1.5
#: ... unless a class in so many metres thereafter has so many times the floor again: along kerbs few borders
#: lie 10 m apart, and many 16 m.
NEXT_M, FAR_ABOVE_FLOOR = 6.0, 3.0
#: Where unrelated borders are fewer than this share of each class, so many make the floor.
LEAST_FLOOR = 0.0003

#: Where hardly any place is far from a border, there are no unrelated ones: this share of the places counts.
ODD = 0.02
ALL_BUT_ODD = 0.95

#: The tolerance is so many times the distance found, and never less or more than so many metres: pieces too
#: many cost far more than a border that lies a few metres aside, but a street of its own is no slit.
MARGIN = 1.5
LEAST_TOLERANCE_M, MOST_TOLERANCE_M = 10.0, 60.0


@dataclass(frozen=True, slots=True)
class Offsets:
    """How far two drawings of a border lie apart at most, and what to take as the same border therefore.

    Attributes
    ----------
    apart_m
        Metres; None where too few borders lie near others to tell.
    tolerance_m
        Metres.
    shift
        Metres to the east and north by which the layer as a whole was moved onto the others.
    """

    apart_m: float | None
    tolerance_m: float
    shift: tuple[float, float] = (0.0, 0.0)


def measure_offsets(borders: Borders, *, onto: Borders, default_m: float) -> Offsets:
    """Find the tolerance of a layer from the distances between its borders and others.

    Parameters
    ----------
    borders, onto
        Borders in metres; `onto` are those that count for more.
    default_m
        The tolerance where there are too few places to tell.

    Notes
    -----
    Drawings of the same border lie near each other: small distances are many. Unrelated borders lie anywhere:
    of the places with no border nearer than d, always about the same share has one at d. The tolerance is
    where the first of the two ends, and does not come back soon. At most 10,000 places, evenly spread along
    the borders, are asked.
    """
    distance = _distances(borders, onto)
    far = np.count_nonzero(distance >= FARTHEST_M / 2)
    if far >= LEAST_PLACES:
        apart = _where_floor_begins(distance)
    elif len(distance) >= LEAST_PLACES and far <= ODD * len(distance):
        most = np.quantile(distance[np.isfinite(distance)], ALL_BUT_ODD)
        apart = float(np.ceil(most / CLASS_M) * CLASS_M)
    else:
        return Offsets(None, default_m)
    tolerance = min(max(round(MARGIN * apart, 1), LEAST_TOLERANCE_M), MOST_TOLERANCE_M)
    return Offsets(apart, tolerance)


def _where_floor_begins(distance: Floats) -> float:
    """Answer the metres from which on there are no more places than unrelated borders make."""
    for wide in WIDER_M:
        count = np.histogram(distance, np.arange(0.0, FARTHEST_M + wide, wide))[0]
        beyond = len(distance) - np.r_[0, np.cumsum(count)[:-1]]
        told = beyond >= LEAST_PLACES
        enough = np.quantile(count[told], FLOOR_QUANTILE) >= LEAST_IN_CLASS
        if enough or len(distance) >= MOST_PLACES:
            break
    share = count[told] / beyond[told]
    floor = max(float(np.quantile(share, FLOOR_QUANTILE)), LEAST_FLOOR)
    return wide * _end(share / floor, soon=ceil(NEXT_M / wide))


def _end(times_floor: Floats, *, soon: int) -> int:
    """Answer the first class near the floor with none of the next `soon` above it, or their number."""
    # The classes after each, which stand out or do not; beyond the last there are none.
    after = np.append(times_floor[1:], np.zeros(soon))
    most = np.lib.stride_tricks.sliding_window_view(after, soon).max(axis=1)
    ends = np.flatnonzero((times_floor <= ABOVE_FLOOR) & (most < FAR_ABOVE_FLOOR))
    return int(ends[0]) if len(ends) else len(times_floor)


def _distances(mine: Borders, theirs: Borders) -> Floats:
    """Distance of places along my borders to the nearest of theirs; inf where none is near."""
    start, end = mine.ends().swapaxes(0, 1)
    length = mine.length[mine.once()]
    until = np.cumsum(length)
    places = min(MOST_PLACES, int(until[-1] / STEP_M)) if len(until) else 0
    asked = (np.arange(places) + 0.5) * until[-1] / places if places else np.zeros(0)
    at = np.searchsorted(until, asked)
    share = 1 - (until[at] - asked) / length[at]
    return _to_segments(start[at] + (end[at] - start[at]) * share[:, None], theirs.ends())


def _to_segments(places: Floats, segments: Floats) -> Floats:
    """Answer (n,) metres from places (n, 2) to the nearest of segments (m, 2, 2); inf where none is near.

    A segment is no farther from a place than one of its stations, which stand along it, and half a stride
    nearer at most. Most places are done with those around them.
    """
    answer, segment, stations = np.full(len(places), np.inf), *_stations(segments)
    spots, open_ = Spots.of(stations, width=REACHES_M[0] + STRIDE_M / 2), np.arange(len(places))
    for reach in REACHES_M:
        for some in np.split(open_, np.arange(SOME, len(open_), SOME)):
            place, spot = spots.near(places[some], within_m=reach + STRIDE_M / 2)
            apart = _apart(places[some].take(place, axis=0), segments.take(segment[spot], axis=0))
            np.minimum.at(answer, some[place], apart)
        answer[answer > FARTHEST_M] = np.inf
        open_ = np.flatnonzero(answer > reach)
    return answer


def _stations(segments: Floats) -> tuple[Ints, Floats]:
    """Answer the segment of each station, and its place: they stand a stride apart, or nearer."""
    along = segments[:, 1] - segments[:, 0]
    many = np.maximum(np.ceil(np.hypot(*along.T) / STRIDE_M), 1).astype(np.int64)
    segment, number = spread(np.zeros(len(many), dtype=np.int64), many)
    share = (number + 0.5) / many[segment]
    return segment, segments[:, 0].take(segment, axis=0) + along.take(segment, axis=0) * share[:, None]


def _apart(place: Floats, segment: Floats) -> Floats:
    """Answer the distance of each place (n, 2) to its segment (n, 2, 2), as GEOS computes it."""
    (x, y), (x0, y0), (x1, y1) = place.T, segment[:, 0].T, segment[:, 1].T
    dx, dy = x1 - x0, y1 - y0
    square = dx * dx + dy * dy
    foot = ((x - x0) * dx + (y - y0) * dy) / square
    aside = np.abs(((y0 - y) * dx - (x0 - x) * dy) / square) * np.sqrt(square)
    x0, y0 = np.where(foot <= 0, x0, x1), np.where(foot <= 0, y0, y1)
    ends = np.sqrt((x - x0) ** 2 + (y - y0) ** 2)
    return np.asarray(np.where((foot <= 0) | (foot >= 1), ends, aside))

"""Noding on the grid: segments cut so that they meet only in common vertices.

Snap rounding after Hobby (1999): the squares of one grid step around every end point and every crossing
are hot, and every segment that passes through a hot square is led through its centre. That the segments
then meet in vertices only, and no vertex comes to lie inside another segment, is his theorem; it needs
exact tests, which integers give. Segments that were bent are asked again until none passes through the
square of a vertex that is not its own (Halperin and Packer 2002), so that noding twice is noding once.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from gridgov.errors import TopologyError
from gridgov.topology.buckets import extent, fill_buckets
from gridgov.topology.distinct import distinct, distinct_only
from gridgov.topology.meetings import NEAR, Near, from_key, key_of, meetings, near_squares, passes
from gridgov.topology.ragged import spread, starts
from gridgov.words.merging import WORDS

__all__ = ["Noded", "Unnoded", "node"]

Ints = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

#: Products of two lengths, doubled, and sums of them, fit into 64 bits up to here: 5,368 km in steps of 1 cm.
LONGEST = 1 << 29
#: Two coordinates fit into one 64-bit key up to here: 21,475 km in steps of 1 cm.
FARTHEST = 1 << 31


@dataclass(frozen=True, slots=True)
class Unnoded:
    """Segments to be noded, each once.

    Attributes
    ----------
    origin
        (2,) lower left corner, in grid steps.
    key
        (v,) the places of their ends, seen from there, ascending (`meetings.key_of`).
    low, high
        (n,) rows of the end points of each segment, low < high.
    given, which, forward
        (m,) parallel: given segment `given` is segment `which`, from low to high if `forward`.
    """

    origin: Ints
    key: Ints
    low: Ints
    high: Ints
    given: Short
    which: Short
    forward: Bools

    @classmethod
    def of(cls, xy: Ints, start: Ints, end: Ints) -> Self:
        """Take segments as they are drawn.

        Parameters
        ----------
        xy
            (c, 2) places in whole grid steps; equal ones are one vertex.
        start, end
            (m,) rows of the end points. A segment may come several times; one of no length is left out.

        Raises
        ------
        TopologyError
            Coordinates farther apart than 2**31 steps.
        """
        # Column by column: that takes a tenth of the time of both at once.
        origin = np.array([along.min() if len(along) else 0 for along in xy.T], dtype=np.int64)
        away = xy - origin
        if max(along.max(initial=0) for along in away.T) >= FARTHEST:
            raise TopologyError(WORDS("too_far_apart"))
        key, vertex = distinct(key_of(away))
        one, other = vertex[start], vertex[end]
        whole = np.flatnonzero(one != other)
        one, other = one[whole], other[whole]
        width = max(len(key), 1)
        ends, which = distinct(np.minimum(one, other) * width + np.maximum(one, other))
        return cls(
            origin=origin,
            key=key,
            low=ends // width,
            high=ends % width,
            given=whole.astype(np.int32),
            which=which.astype(np.int32),
            forward=np.asarray(one < other),
        )


@dataclass(frozen=True, slots=True)
class Noded:
    """Noded segments, and the path that each given segment takes along them.

    Attributes
    ----------
    xy
        (v, 2) vertices in grid steps, sorted by x, then y.
    a, b
        (n,) rows of the end points of each segment, a < b; each once, sorted by a, then b.
    given, edge, forward
        (m,) parallel: given segment `given` runs along segment `edge`, from a to b if `forward`. Sorted by
        `given`.
    """

    xy: Ints
    a: Ints
    b: Ints
    given: Short
    edge: Short
    forward: Bools


def node(segments: Unnoded) -> Noded:
    """Cut segments where they cross or touch, on the grid.

    Raises
    ------
    TopologyError
        A segment longer than 2**29 steps.

    Notes
    -----
    n log n where segments have neighbours, not crowds: 1 million, and 400,000 crossings, in 2 s.
    """
    parts = _cut(from_key(segments.key), segments.low, segments.high)
    # The paths of all given segments: those that were drawn twice or backwards, too.
    first = starts(parts.given, len(segments.low))
    row, part = spread(first[segments.which], np.diff(first)[segments.which])
    forward = parts.forward[part] == segments.forward[row]
    return Noded(parts.xy + segments.origin, parts.a, parts.b, segments.given[row], parts.edge[part], forward)


def _cut(points: Ints, low: Ints, high: Ints) -> Noded:
    """Node distinct segments, given by rows of sorted distinct points, low < high."""
    if extent(points, low, high).max(initial=0) > LONGEST:
        raise TopologyError(WORDS("border_too_long"))
    buckets = fill_buckets(points, low, high, margin=NEAR)
    key = key_of(points)
    crossed, near = meetings(buckets, points, low, high)
    hot = distinct_only(np.concatenate([key, crossed]))
    moved, xy = np.searchsorted(hot, key), from_key(hot)
    low, high = moved[low], moved[high]
    near = replace(near, place=moved[near.place].astype(np.int32))
    del points, key, hot, moved  # in a large city each of these takes tens of megabytes
    bare = np.ones(len(xy), dtype=bool)  # squares in which no segment ends
    bare[low] = bare[high] = False
    near = Near.joined([near, near_squares(buckets, xy, low, high, np.flatnonzero(bare))])
    del buckets
    segment, square, passed = near.segment.astype(np.int64), near.place.astype(np.int64), near.passed
    parts = _paths(xy, low, high, segment[passed], square[passed])
    return _settled(parts, segment[~passed], square[~passed])


def _paths(xy: Ints, low: Ints, high: Ints, segment: Ints, square: Ints) -> Noded:
    """Lead segments through the hot squares they pass."""
    touched, which = distinct(segment)
    of, begin, end = _led(xy, low[touched], high[touched], which, square)
    count = np.ones(len(low), dtype=np.int64)
    count[touched] = np.bincount(of, minlength=len(touched))
    bent = np.zeros(len(low), dtype=bool)
    bent[touched] = True
    given, led = np.repeat(np.arange(len(low)), count), np.repeat(bent, count)
    one, other = low[given], high[given]
    one[led], other[led] = begin, end
    forward, width = one < other, max(len(xy), 1)
    key = np.minimum(one, other) * width + np.maximum(one, other)
    del of, begin, end, led, one, other
    ends, edge = distinct(key)
    return Noded(
        xy, ends // width, ends % width, given.astype(np.int32), edge.astype(np.int32), np.asarray(forward)
    )


def _led(xy: Ints, low: Ints, high: Ints, segment: Ints, square: Ints) -> tuple[Ints, Ints, Ints]:
    """Answer the parts of segments that pass squares, from `low` on: which segment, from where, to where."""
    number, width = np.arange(len(low)), max(len(xy), 1)
    # Squares are sorted by x, then y: the order in which a rising segment passes them.
    key = distinct_only(
        np.concatenate([number * width + low, number * width + high, segment * width + square])
    )
    of, stops = key // width, key % width
    part = of[1:] == of[:-1]
    x, falls = xy[:, 0][stops], xy[:, 1][high] < xy[:, 1][low]
    # A falling one passes those of equal x from above.
    turned = part & (x[1:] == x[:-1]) & falls[of[1:]]
    if turned.any():
        stops = _turned(stops, turned)
    return of[:-1][part], stops[:-1][part], stops[1:][part]


def _turned(items: Ints, joined: Bools) -> Ints:
    """Turn runs of items round; `joined` tells which belong together with the next one."""
    first = np.flatnonzero(np.concatenate([[True], ~joined]))
    count = np.diff(first, append=len(items))
    return np.asarray(items[np.repeat(2 * first + count - 1, count) - np.arange(len(items))])


def _settled(parts: Noded, segment: Ints, square: Ints) -> Noded:
    """Lead segments through the squares that they pass only since they were bent, until there are none.

    `segment` came near `square` before. Bending moves less than a square, so no others need be asked.
    """
    first = starts(parts.given, int(parts.given.max(initial=-1)) + 1)
    which, item = spread(first[segment], np.diff(first)[segment])
    part, square = parts.edge[item].astype(np.int64), square[which]
    through = _passing(parts.xy, parts.a[part], parts.b[part], square)
    straight = []
    while through.any():
        touched, which = distinct(part[through])
        straight.append((parts, touched))
        parts = _paths(parts.xy, parts.a[touched], parts.b[touched], which, square[through])
        # Squares stay where they are: only what was bent last is asked again, few of all.
        buckets = fill_buckets(parts.xy, parts.a, parts.b)
        near = near_squares(buckets, parts.xy, parts.a, parts.b)
        part, square = near.segment.astype(np.int64), near.place.astype(np.int64)
        through = _passing(parts.xy, parts.a[part], parts.b[part], square)
    for before, touched in reversed(straight):
        parts = _in_place(before, touched, parts)
    return parts


def _passing(xy: Ints, a: Ints, b: Ints, square: Ints) -> Bools:
    """Tell the segments that pass through a square, which is not that of an end."""
    return np.asarray((a != square) & (b != square) & passes(xy, a, b, square)[1])


def _in_place(parts: Noded, touched: Ints, new: Noded) -> Noded:
    """Put the paths `new` in place of the segments `touched` (ascending)."""
    width = max(len(parts.xy), 1)
    stays = np.ones(len(parts.a), dtype=bool)
    stays[touched] = False
    key = (parts.a * width + parts.b)[stays]
    keys, moved = distinct(np.concatenate([key, new.a * width + new.b]))
    edge, added = np.full(len(stays), -1, dtype=np.int32), moved[len(key) :].astype(np.int32)
    edge[stays] = moved[: len(key)]
    place = np.cumsum(~stays) - 1
    del key, moved
    stay = stays[parts.edge]
    mine = np.flatnonzero(~stay)
    first = starts(new.given, len(touched))
    split = place[parts.edge[mine]]
    row, item = spread(first[split], np.diff(first)[split])
    # In place of each segment that was split, its parts: nearly all the others stay where they are.
    at = (mine - np.arange(len(mine)))[row]
    forward = parts.forward[mine[row]] == new.forward[item]
    return Noded(
        parts.xy,
        keys // width,
        keys % width,
        np.insert(parts.given[stay], at, parts.given[mine[row]]),
        np.insert(edge[parts.edge[stay]], at, added[new.edge[item]]),
        np.insert(parts.forward[stay], at, forward),
    )

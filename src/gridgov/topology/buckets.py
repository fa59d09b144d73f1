"""Which segments come near each other, and which points come near them: by square buckets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from gridgov.topology.boxes import Boxes
from gridgov.topology.distinct import put_in_order

__all__ = ["Buckets", "Placed", "extent", "fill_buckets", "point_candidates", "segment_pairs"]

Ints = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]

#: Where there are so many times fewer buckets than points, most points are in none.
FEW = 8
#: Items are put aside when all but one in so many are through.
THINNED = 2

#: So many segments, and items of buckets, at a time: what belongs to them stays near the processor.
PART = 1 << 16

#: No bucket is smaller than 2**SMALLEST steps.
SMALLEST = 4
#: Where a piece of a segment begins is a broken number: its corners are so many steps farther out at most.
PIECE_MARGIN = 2

#: Numbers of buckets are spread over so many bits by Knuth's multiplier.
HASHED, MULTIPLIER = 17, np.uint64(11400714819323198485)

#: Grid steps take fewer bits; in a bucket's number, x stands above as many as y needs.
STEP_BITS = 32


@dataclass(frozen=True, slots=True)
class Buckets:
    """Segments by the buckets they pass through; one that passes through several stands in each.

    Attributes
    ----------
    shift
        A bucket is 2**shift grid steps wide.
    key
        (n,) number of the bucket, ascending.
    segment
        (n,) the segment.
    """

    shift: int
    key: Ints
    segment: Short

    def some(self) -> Iterator["Buckets"]:
        """Give all of them, whole buckets, some ten thousand items at a time."""
        at = 0
        while at < len(self.key):
            last = self.key[min(at + PART, len(self.key)) - 1]
            end = int(np.searchsorted(self.key, last, side="right"))
            yield Buckets(self.shift, self.key[at:end], self.segment[at:end])
            at = end


@dataclass(frozen=True, slots=True)
class Placed:
    """Points by the bucket they lie in.

    Attributes
    ----------
    key
        (n,) number of the bucket, ascending.
    x, y
        (n,) grid steps.
    point
        (n,) which point it is.
    """

    key: Ints
    x: Short
    y: Short
    point: Short

    @classmethod
    def of(cls, places: Ints, buckets: Buckets, some: Ints | None = None) -> Self:
        """Put places (n, 2) from 0 to 2**31, some or all, in those buckets at least of which one is there."""
        points = places if some is None else places.take(some, axis=0)
        key = _number(points[:, 0] >> buckets.shift, points[:, 1] >> buckets.shift, buckets.shift)
        if len(buckets.key) * FEW < len(key):
            rows = _in(buckets.key, key)
            key, order = put_in_order(key[rows])
            order = rows[order]
        else:
            key, order = put_in_order(key)
        x, y = (along[order].astype(np.int32) for along in points.T)
        return cls(key, x, y, (order if some is None else some[order]).astype(np.int32))


def fill_buckets(points: Ints, low: Ints, high: Ints, *, margin: int = 0) -> Buckets:
    """Put segments into buckets about as wide as the segments are long.

    Parameters
    ----------
    points
        (p, 2) places in grid steps, from 0 to 2**31.
    low, high
        (n,) rows of the end points.
    margin
        Steps around a segment that count as the segment.

    Notes
    -----
    Long segments are laid in as pieces no longer than a bucket is wide, so that a segment stands in every
    bucket it passes and in few others.
    """
    size = extent(points, low, high)
    shift = max(int(np.ceil(np.log2(max(size.mean() if len(size) else 1, 1)))), SMALLEST)
    # No piece is longer than a bucket is wide, all around it counted: it is in two columns and rows at most.
    room = (1 << shift) - 2 * (margin + PIECE_MARGIN)
    keys, rows = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int32)]
    for at in range(0, len(low), PART):
        some = slice(at, at + PART)
        start, end = points.take(low[some], axis=0), points.take(high[some], axis=0)
        pieces = np.maximum(-(-size[some] // room), 1)
        for key, row in _standing(start, end, pieces, margin=margin, shift=shift):
            keys.append(key)
            rows.append((row + at).astype(np.int32))
    key, order = put_in_order(np.concatenate(keys))
    return Buckets(shift, key, np.concatenate(rows)[order])


def extent(points: Ints, low: Ints, high: Ints) -> Ints:
    """How far each segment between places (p, 2) goes along x or y, whichever is more."""
    x, y = points.T
    return np.asarray(np.maximum(np.abs(x[high] - x[low]), np.abs(y[high] - y[low])))


def _standing(
    start: Ints, end: Ints, pieces: Ints, *, margin: int, shift: int
) -> Iterator[tuple[Ints, Ints]]:
    """Give the buckets that segments stand in, and which segment."""
    segment = np.repeat(np.arange(len(start)), pieces)
    low, high = _piece_bounds(start, end, pieces, segment)
    (left, bottom), (right, top) = np.maximum(low - margin, 0).T >> shift, (high + margin).T >> shift
    for aside in (0, 1):
        for up in (0, 1):
            there = np.flatnonzero((left + aside <= right) & (bottom + up <= top))
            yield _number(left[there] + aside, bottom[there] + up, shift), segment[there]


def _number(column: Ints, row: Ints, shift: int) -> Ints:
    return np.asarray((column << (STEP_BITS - shift)) + row)


def _piece_bounds(start: Ints, end: Ints, pieces: Ints, segment: Ints) -> tuple[Ints, Ints]:
    """Answer lower left and upper right corners; those of pieces of longer segments with some room around."""
    low = np.minimum(start, end).take(segment, axis=0)
    high = np.maximum(start, end).take(segment, axis=0)
    cut = np.flatnonzero(pieces[segment] > 1)
    if not len(cut):
        return low, high
    whole = segment[cut]
    first = np.cumsum(pieces) - pieces
    number, count = (cut - first[whole])[:, None], pieces[whole][:, None]
    begin = start.take(whole, axis=0)
    along = end.take(whole, axis=0) - begin
    one = begin + along * (number / count)
    other = begin + along * ((number + 1) / count)
    low[cut] = np.maximum(np.floor(np.minimum(one, other)).astype(np.int64) - 1, low[cut])
    high[cut] = np.minimum(np.ceil(np.maximum(one, other)).astype(np.int64) + 1, high[cut])
    return low, high


def segment_pairs(buckets: Buckets, boxes: Boxes) -> tuple[Short, Short]:
    """Answer pairs of items that share a bucket and whose boxes meet; pairs of segments may come twice.

    `boxes` are those of the items, as they stand in the buckets. In each step the items meet those so many
    places farther on: arrays are compared as they lie, and nothing is looked up for a pair that is none.
    """
    count = _counts(buckets.key)
    many = np.repeat(count, count)
    behind = np.repeat(np.cumsum(count), count) - np.arange(1, len(buckets.key) + 1)
    box, item = boxes, np.arange(len(buckets.key), dtype=np.int32)
    found, step = [np.zeros((2, 0), dtype=np.int32)], 1
    while len(item):
        i = np.flatnonzero(box[:-step].meet(box[step:]) & (behind[:-step] >= step))
        found.append(np.stack([item[i], item[i + step]]))
        step += 1
        there = many > step
        if THINNED * np.count_nonzero(there) < len(there):
            box, item, many, behind = box[there], item[there], many[there], behind[there]
    one, other = np.concatenate(found, axis=1)
    return one, other


def point_candidates(buckets: Buckets, boxes: Boxes, placed: Placed) -> tuple[Short, Short]:
    """Answer pairs of segment and point that share a bucket, the point in the box; some twice.

    `boxes` are those of the items, as they stand in the buckets. In each step the items meet the next
    point of their bucket.
    """
    count = _counts(buckets.key)
    here = buckets.key[np.cumsum(count) - count]
    low = np.searchsorted(placed.key, here, side="left")
    many = np.repeat(np.searchsorted(placed.key, here, side="right") - low, count)
    at, box, segment = np.repeat(low, count), boxes, buckets.segment
    found, step = [np.zeros((2, 0), dtype=np.int32)], 0
    while len(segment) and len(placed.key):
        there = many > step
        if THINNED * np.count_nonzero(there) < len(there):
            box, segment, many, at = box[there], segment[there], many[there], at[there]
            there = there[there]
        row = np.minimum(at + step, len(placed.key) - 1)
        i = np.flatnonzero(box.hold(placed.x[row], placed.y[row]) & there)
        found.append(np.stack([segment[i], placed.point[row[i]]]))
        step += 1
    one, other = np.concatenate(found, axis=1)
    return one, other


def _in(some: Ints, key: Ints) -> Ints:
    """Answer the places of numbers that are among some (ascending)."""
    if not len(some):
        return np.zeros(0, dtype=np.int64)
    known = np.zeros(1 << HASHED, dtype=bool)
    known[_hashed(some)] = True
    rows = np.flatnonzero(known[_hashed(key)])  # most of the others are out: a look at each of these pays
    key = key[rows]
    return np.asarray(rows[some[np.minimum(np.searchsorted(some, key), len(some) - 1)] == key])


def _hashed(key: Ints) -> npt.NDArray[np.uint64]:
    return np.asarray((key.astype(np.uint64) * MULTIPLIER) >> np.uint64(64 - HASHED))


def _counts(key: Ints) -> Ints:
    """How often each number stands there, in order; equal ones stand together."""
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])[: len(key)])
    return np.diff(np.append(first, len(key)))

"""Which segments come near each other, and which points come near them: by square buckets."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gridgov.topology.boxes import Boxes
from gridgov.topology.distinct import in_order

__all__ = ["Buckets", "fill_buckets", "point_candidates", "segment_pairs"]

Ints = npt.NDArray[np.int64]

#: Where there are so many times fewer buckets than points, most points are in none.
FEW = 8
#: Items are put aside when all but one in so many are through.
THINNED = 2

#: No bucket is smaller than 2**SMALLEST steps.
SMALLEST = 4
#: Where a piece of a segment begins is a broken number: its corners are so many steps farther out at most.
PIECE_MARGIN = 2

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
    segment: Ints


def fill_buckets(start: Ints, end: Ints, *, margin: int = 0) -> Buckets:
    """Put segments into buckets about as wide as the segments are long.

    Parameters
    ----------
    start, end
        (n, 2) end points in grid steps, from 0 to 2**31.
    margin
        Steps around a segment that count as the segment.

    Notes
    -----
    Long segments are laid in as pieces no longer than a bucket is wide, so that a segment stands in every
    bucket it passes and in few others.
    """
    along = np.abs(end - start)
    size = np.maximum(along[:, 0], along[:, 1])
    shift = max(int(np.ceil(np.log2(max(size.mean() if len(size) else 1, 1)))), SMALLEST)
    # No piece is longer than a bucket is wide, all around it counted: it is in two columns and rows at most.
    room = (1 << shift) - 2 * (margin + PIECE_MARGIN)
    pieces = np.maximum(-(-size // room), 1)
    segment = np.repeat(np.arange(len(start)), pieces)
    low, high = _piece_bounds(start, end, pieces, segment)
    (left, bottom), (right, top) = np.maximum(low - margin, 0).T >> shift, (high + margin).T >> shift
    keys, rows = [], []
    for aside in (0, 1):
        for up in (0, 1):
            there = np.flatnonzero((left + aside <= right) & (bottom + up <= top))
            keys.append(_number(left[there] + aside, bottom[there] + up, shift))
            rows.append(segment[there])
    key, row = np.concatenate(keys), np.concatenate(rows)
    order = in_order(key)
    return Buckets(shift, key[order], row[order])


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


def segment_pairs(buckets: Buckets, boxes: Boxes) -> tuple[Ints, Ints]:
    """Answer pairs of segments that share a bucket and whose boxes meet, by the first; some twice.

    In each step the items of the buckets meet those so many places farther on: arrays are compared as they
    lie, and nothing is looked up for a pair that is none. Segments with a common end point are no pair.
    """
    count = _counts(buckets.key)
    many = np.repeat(count, count)
    behind = np.repeat(np.cumsum(count), count) - np.arange(1, len(buckets.key) + 1)
    box, segment = boxes[buckets.segment], buckets.segment
    found, step = [np.zeros((2, 0), dtype=np.int64)], 1
    while len(segment):
        i = np.flatnonzero(box[:-step].meet(box[step:]) & (behind[:-step] >= step))
        found.append(np.stack([segment[i], segment[i + step]]))
        step += 1
        there = many > step
        if THINNED * np.count_nonzero(there) < len(there):
            box, segment, many, behind = box[there], segment[there], many[there], behind[there]
    return _by_first(found)


def point_candidates(buckets: Buckets, boxes: Boxes, points: Ints) -> tuple[Ints, Ints]:
    """Answer pairs of segment and point that share a bucket, the point in the box; some twice.

    `points` are (n, 2) grid steps. In each step the items of the buckets meet the next point of their bucket.
    The end points of a segment are no pair with it.
    """
    count = _counts(buckets.key)
    here = buckets.key[np.cumsum(count) - count]
    key = _number(points[:, 0] >> buckets.shift, points[:, 1] >> buckets.shift, buckets.shift)
    rows = _in(here, key) if 0 < len(here) * FEW < len(key) else np.arange(len(key))
    order = rows[in_order(key[rows])]
    key, x, y = key[order], *(along[order].astype(np.int32) for along in points.T)
    low = np.searchsorted(key, here, side="left")
    many = np.repeat(np.searchsorted(key, here, side="right") - low, count)
    at, box, segment = np.repeat(low, count), boxes[buckets.segment], buckets.segment
    found, step = [np.zeros((2, 0), dtype=np.int64)], 0
    while len(segment) and len(order):
        there = many > step
        if THINNED * np.count_nonzero(there) < len(there):
            box, segment, many, at = box[there], segment[there], many[there], at[there]
            there = there[there]
        point = np.minimum(at + step, len(order) - 1)
        i = np.flatnonzero(box.hold(x[point], y[point], order[point]) & there)
        found.append(np.stack([segment[i], order[point[i]]]))
        step += 1
    return _by_first(found)


def _in(some: Ints, key: Ints) -> Ints:
    """Answer the places of numbers that are among some (ascending, one at least)."""
    return np.flatnonzero(some[np.minimum(np.searchsorted(some, key), len(some) - 1)] == key)


def _counts(key: Ints) -> Ints:
    """How often each number stands there, in order; equal ones stand together."""
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])[: len(key)])
    return np.diff(np.append(first, len(key)))


def _by_first(found: list[Ints]) -> tuple[Ints, Ints]:
    """Put pairs in order of the first: what lies near each other then stands near each other."""
    one, other = np.concatenate(found, axis=1)
    order = in_order(one)
    return one[order], other[order]

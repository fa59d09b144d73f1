"""Which segments come near each other, and which points come near them: by square buckets."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gridgov.topology.distinct import in_order
from gridgov.topology.ragged import spread

__all__ = ["Buckets", "fill_buckets", "point_candidates", "segment_pairs"]

Ints = npt.NDArray[np.int64]

#: So many candidates at a time; more take memory, fewer take calls.
CHUNK = 1 << 18

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
    size = np.abs(end - start).max(axis=1, initial=0)
    shift = max(int(np.ceil(np.log2(max(size.mean() if len(size) else 1, 1)))), SMALLEST)
    # No piece is longer than a bucket is wide, all around it counted: it is in two columns and rows at most.
    room = (1 << shift) - 2 * (margin + PIECE_MARGIN)
    pieces = np.maximum(-(-size // room), 1)
    segment = np.repeat(np.arange(len(start)), pieces)
    low, high = _piece_bounds(start, end, pieces, segment)
    low, high = np.maximum(low - margin, 0) >> shift, high + margin >> shift
    keys, rows = [], []
    for right in (0, 1):
        for up in (0, 1):
            there = (low[:, 0] + right <= high[:, 0]) & (low[:, 1] + up <= high[:, 1])
            keys.append(_number(low[there, 0] + right, low[there, 1] + up, shift))
            rows.append(segment[there])
    key, row = np.concatenate(keys), np.concatenate(rows)
    order = in_order(key)
    return Buckets(shift, key[order], row[order])


def _number(column: Ints, row: Ints, shift: int) -> Ints:
    return np.asarray((column << (STEP_BITS - shift)) + row)


def _piece_bounds(start: Ints, end: Ints, pieces: Ints, segment: Ints) -> tuple[Ints, Ints]:
    """Answer lower left and upper right corners; those of pieces of longer segments with some room around."""
    low, high = np.minimum(start, end)[segment], np.maximum(start, end)[segment]
    cut = np.flatnonzero(pieces[segment] > 1)
    if not len(cut):
        return low, high
    whole = segment[cut]
    first = np.cumsum(pieces) - pieces
    number, count = (cut - first[whole])[:, None], pieces[whole][:, None]
    along = (end - start)[whole]
    one = start[whole] + along * (number / count)
    other = start[whole] + along * ((number + 1) / count)
    low[cut] = np.maximum(np.floor(np.minimum(one, other)).astype(np.int64) - 1, low[cut])
    high[cut] = np.minimum(np.ceil(np.maximum(one, other)).astype(np.int64) + 1, high[cut])
    return low, high


def segment_pairs(buckets: Buckets) -> Iterator[tuple[Ints, Ints]]:
    """Give pairs of segments that share a bucket, some thousands at a time; the same pair may come twice."""
    here = np.arange(len(buckets.key))
    ends = np.flatnonzero(np.append(buckets.key[1:] != buckets.key[:-1], True)[: len(here)]) + 1
    last = np.repeat(ends, np.diff(ends, prepend=0))
    for i, j in _chunks(here + 1, last - here - 1):
        yield buckets.segment[i], buckets.segment[j]


def point_candidates(buckets: Buckets, points: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Give pairs of segment and point that share a bucket, some thousands at a time, perhaps twice.

    `points` are (n, 2) grid steps.
    """
    key = _number(points[:, 0] >> buckets.shift, points[:, 1] >> buckets.shift, buckets.shift)
    order = in_order(key)
    key = key[order]
    low = np.searchsorted(key, buckets.key, side="left")
    high = np.searchsorted(key, buckets.key, side="right")
    for i, j in _chunks(low, high - low):
        yield buckets.segment[i], order[j]


def _chunks(first: Ints, count: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pair each row with so many numbers of its own, from `first` on."""
    total = np.concatenate([[0], np.cumsum(count)])
    at = 0
    while at < len(first):
        stop = max(int(np.searchsorted(total, total[at] + CHUNK, side="right")) - 1, at + 1)
        row, number = spread(first[at:stop], count[at:stop])
        yield row + at, number
        at = stop

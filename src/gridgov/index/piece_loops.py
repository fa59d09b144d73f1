"""The loop over corners that numba compiles; imported only where numba is.

It finds the pieces that `gridgov.index.pieces` finds with numpy, in the same order.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["counterclockwise", "pieces_walked", "turned_upward"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")
_inlined: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy", inline="always")

_NOBODY = -1

#: Coordinates are looked for in parts of about so many, whose table stays in the processor's second cache.
_PART = 1 << 14


@_compiled
def counterclockwise(xy: Any, rings: Any) -> Any:
    """Whether each ring turns left."""
    turned = np.zeros(len(rings) - 1, dtype=np.bool_)
    for ring in range(len(rings) - 1):
        area = 0.0
        for i in range(rings[ring] + 1, rings[ring + 1] - 1):
            # Seen from the first corner: coordinates are long numbers, and rings are small.
            east, north = xy[i, 0] - xy[rings[ring], 0], xy[i, 1] - xy[rings[ring], 1]
            area += east * (xy[i + 1, 1] - xy[rings[ring], 1]) - (xy[i + 1, 0] - xy[rings[ring], 0]) * north
        turned[ring] = area > 0
    return turned


@_compiled
def pieces_walked(xy: Any, rings: Any, owners: Any, odd: Any, room: Any, out: Any) -> Any:
    """Find corners and pieces; how many of both.

    `xy` (n, 2); `rings` where each ring begins in it; `owners` the row of its polygon, and whether that lies
    on the left of it; `odd` three odd numbers that spread the bits of coordinates. `room` is an array like
    `xy`, which gets the corners, and four of n int32; `out` gets for each piece its two corners and the rows
    whose border it is, and their sides.
    """
    owner, left = owners
    numbers, side = out
    places, at, before, last, _ = room
    _lead(xy, odd, room)
    known = _number(xy, at, places)
    # The pieces that begin at a corner: the last one, and before each piece the one before.
    last[:known] = -1
    count = 0
    for ring in range(len(rings) - 1):
        for i in range(rings[ring] + 1, rings[ring + 1]):
            if at[i] != at[i - 1]:
                count = _met(
                    at[i - 1],
                    at[i],
                    places,
                    owner[ring],
                    left[ring],
                    numbers,
                    side,
                    last,
                    before,
                    count,
                )
    return known, count


@_compiled
def turned_upward(corners: Any, numbers: Any, side: Any) -> None:
    """Turn pieces around that lead down."""
    for i in range(len(numbers)):
        a, b = numbers[i, 0], numbers[i, 1]
        if corners[a, 1] > corners[b, 1]:
            numbers[i, 0], numbers[i, 1] = b, a
            side[i, 0], side[i, 1] = -side[i, 0], -side[i, 1]


@_compiled
def _number(xy: Any, leader: Any, places: Any) -> Any:
    """Put down each place once, as they first appear, and for each coordinate its place; how many there are.

    `leader`, the first coordinate at the same place, gets the numbers of places.
    """
    known = 0
    for i in range(len(xy)):
        if leader[i] == i:
            places[known, 0], places[known, 1] = xy[i, 0], xy[i, 1]
            leader[i] = known
            known += 1
        else:
            leader[i] = leader[leader[i]]
    return known


@_compiled
def _lead(xy: Any, odd: Any, room: Any) -> None:
    """Put down for each coordinate the first one at the same place."""
    there, leader, which, mixed, spread = room
    bits = 0
    while _PART << bits < len(xy):
        bits += 1
    parts = 1 << bits
    # All coordinates of a place are in one part, in their order.
    begin = np.zeros(parts + 1, dtype=np.int64)
    for i in range(len(xy)):
        mixed[i] = _mixed(xy[i, 0], xy[i, 1], odd)
        begin[(mixed[i] & (parts - 1)) + 1] += 1
    for part in range(parts):
        begin[part + 1] += begin[part]
    after = begin.copy()
    for i in range(len(xy)):
        part = mixed[i] & (parts - 1)
        at = after[part]
        there[at, 0], there[at, 1], which[at], spread[at] = xy[i, 0], xy[i, 1], i, mixed[i] >> bits
        after[part] += 1
    for part in range(parts):
        _lead_part(there, which, spread, begin[part], begin[part + 1], leader)


@_inlined
def _mixed(x: Any, y: Any, odd: Any) -> Any:
    """Number that is equal for equal places, and hardly ever for others."""
    one, other = np.float64(x).view(np.uint64), np.float64(y).view(np.uint64)
    mixed = (one * odd[0]) ^ (((other * odd[1]) >> np.uint64(29)) * odd[2]) ^ (other * odd[2])
    return np.int32((mixed ^ (mixed >> np.uint64(32))) & np.uint64(0x7FFFFFFF))


@_compiled
def _lead_part(there: Any, which: Any, spread: Any, begin: Any, end: Any, leader: Any) -> None:
    """Put down the first at the same place for the coordinates of a part."""
    width = 1
    while width < 2 * (end - begin):
        width *= 2
    table = np.full(width, -1, dtype=np.int32)
    for i in range(begin, end):
        slot = spread[i] & (width - 1)
        first = table[slot]
        while first >= 0 and (there[first, 0] != there[i, 0] or there[first, 1] != there[i, 1]):
            slot = (slot + 1) & (width - 1)
            first = table[slot]
        if first < 0:
            table[slot] = first = i
        leader[which[i]] = which[first]


@_inlined
def _met(
    one: Any,
    other: Any,
    places: Any,
    owner: Any,
    on_left: Any,
    numbers: Any,
    side: Any,
    last: Any,
    before: Any,
    count: Any,
) -> Any:
    """Put down who has a border between two corners; how many pieces there are then."""
    forward = places[one, 0] < places[other, 0] or (
        places[one, 0] == places[other, 0] and places[one, 1] < places[other, 1]
    )
    low, high = (one, other) if forward else (other, one)
    mine = np.int8(1) if forward == on_left else np.int8(-1)
    piece = last[low]
    while piece >= 0 and (numbers[piece, 1] != high or numbers[piece, 3] != _NOBODY):
        piece = before[piece]
    if piece >= 0:
        numbers[piece, 3], side[piece, 1] = owner, mine
        return count
    numbers[count, 0], numbers[count, 1] = low, high
    numbers[count, 2], numbers[count, 3] = owner, _NOBODY
    side[count, 0], side[count, 1] = mine, 0
    before[count] = last[low]
    last[low] = count
    return count + 1

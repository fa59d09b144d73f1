"""The loop over corners that numba compiles; imported only where numba is.

It finds the pieces that `gridgov.index.pieces` finds with numpy, in the same order.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["pieces_walked"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")

_NOBODY = -1

#: Places looked for in advance.
_AHEAD = 128


@_compiled
def pieces_walked(xy: Any, rings: Any, owner: Any, left: Any, odd: Any) -> Any:
    """Corners once; for each piece its two corners, the rows whose border it is, and their sides.

    `xy` (n, 2); `rings` where each ring begins in it, `owner` the row of its polygon, `left` whether that
    lies on the left of it. `odd` three odd numbers that spread the bits of coordinates.
    """
    size = len(xy)
    corners = (np.empty((size, 2), dtype=np.float64), np.empty(size, dtype=np.int32))
    pieces = (
        np.empty(size, dtype=np.int32),
        np.empty(size, dtype=np.int32),
        np.empty((size, 2), dtype=np.int32),
        np.empty((size, 2), dtype=np.int8),
    )
    # The pieces that begin at a corner: the last one, and before each piece the one before.
    lists = (np.full(size, -1, dtype=np.int32), np.empty(size, dtype=np.int32))
    number = np.empty(size, dtype=np.int32)
    table = _table(size)
    places, first = corners
    a, b, rows, side = pieces
    last, before = lists
    slots = np.empty(_AHEAD + 1, dtype=np.int64)
    known, count = 0, 0
    for ring in range(len(rings) - 1):
        for i in range(rings[ring], rings[ring + 1]):
            ahead = (i - rings[ring]) % _AHEAD
            if ahead == 0:
                _slots(xy, i, min(i + _AHEAD, rings[ring + 1]), table, odd, slots)
            found = -1
            if i > rings[ring]:
                found = _guessed(xy, i, number, first, places)
            if found < 0:
                found = _looked_up(xy, i, places, known, table, slots[ahead])
                if found == known:
                    places[known, 0], places[known, 1] = xy[i, 0], xy[i, 1]
                    first[known] = i
                    known += 1
            number[i] = found
            if i > rings[ring] and number[i] != number[i - 1]:
                count = _met(
                    number[i - 1],
                    number[i],
                    places,
                    owner[ring],
                    left[ring],
                    a,
                    b,
                    rows,
                    side,
                    last,
                    before,
                    count,
                )
    return (
        places[:known].copy(),
        a[:count].copy(),
        b[:count].copy(),
        rows[:count].copy(),
        side[:count].copy(),
    )


@_compiled
def _table(size: Any) -> Any:
    width = 1
    while 2 * width < 3 * size:
        width *= 2
    return np.full(width, -1, dtype=np.int32)


@_compiled
def _slots(xy: Any, begin: Any, end: Any, table: Any, odd: Any, slots: Any) -> None:
    """Where in the table to look for some places; all are fetched, so that none is waited for later."""
    fetched = 0
    for i in range(begin, end):
        one, other = np.float64(xy[i, 0]).view(np.uint64), np.float64(xy[i, 1]).view(np.uint64)
        mixed = (one * odd[0]) ^ (((other * odd[1]) >> np.uint64(29)) * odd[2]) ^ (other * odd[2])
        mixed ^= mixed >> np.uint64(32)
        slot = np.int64(mixed & np.uint64(len(table) - 1))
        slots[i - begin] = slot
        fetched += table[slot]
    slots[_AHEAD] = fetched


@_compiled
def _guessed(xy: Any, i: Any, number: Any, first: Any, places: Any) -> Any:
    """Number of a place of a ring if it is the expected one, else -1.

    Two neighbours share whole stretches of border, and walk them in opposite directions: after a place that
    is known follows what then came before it.
    """
    before = first[number[i - 1]]
    if 0 < before < i - 1:
        guess = number[before - 1]
        if places[guess, 0] == xy[i, 0] and places[guess, 1] == xy[i, 1]:
            return guess
    return -1


@_compiled
def _looked_up(xy: Any, i: Any, places: Any, known: Any, table: Any, slot: Any) -> Any:
    """Number of a place; `known`, put into the table, if it is new."""
    while table[slot] >= 0:
        place = table[slot]
        if places[place, 0] == xy[i, 0] and places[place, 1] == xy[i, 1]:
            return place
        slot = (slot + 1) & (len(table) - 1)
    table[slot] = known
    return known


@_compiled
def _met(
    one: Any,
    other: Any,
    places: Any,
    owner: Any,
    on_left: Any,
    a: Any,
    b: Any,
    rows: Any,
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
    while piece >= 0 and (b[piece] != high or rows[piece, 1] != _NOBODY):
        piece = before[piece]
    if piece >= 0:
        rows[piece, 1], side[piece, 1] = owner, mine
        return count
    a[count], b[count] = low, high
    rows[count, 0], rows[count, 1] = owner, _NOBODY
    side[count, 0], side[count, 1] = mine, 0
    before[count] = last[low]
    last[low] = count
    return count + 1

"""The loops over segments that share a bucket with others or with points; imported only where numba is.

They say what `gridgov.topology.meetings` says with numpy, in the same whole numbers; there is said why.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["crossing_pairs", "near_pairs"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")


@_compiled
def crossing_pairs(buckets: Any, xy: Any, low: Any, high: Any) -> Any:
    """Answer the pairs of segments that cross."""
    key, segment = buckets
    room = len(low) + 1
    one, other, count = np.empty(room, np.int64), np.empty(room, np.int64), 0
    end = 0
    for begin in range(len(key)):
        if begin == end:
            while end < len(key) and key[end] == key[begin]:
                end += 1
        i = segment[begin]
        x0, y0, x1, y1 = xy[low[i], 0], xy[low[i], 1], xy[high[i], 0], xy[high[i], 1]
        bottom, top = min(y0, y1), max(y0, y1)
        for at in range(begin + 1, end):
            j = segment[at]
            u0, u1 = xy[low[j], 0], xy[high[j], 0]
            if x0 > u1 or u0 > x1 or low[i] == low[j] or high[i] == high[j]:
                continue
            v0, v1 = xy[low[j], 1], xy[high[j], 1]
            if bottom > max(v0, v1) or min(v0, v1) > top:
                continue
            dx, dy, ex, ey = x1 - x0, y1 - y0, u1 - u0, v1 - v0
            fx, fy = u0 - x0, v0 - y0
            turn = dx * ey - dy * ex
            j0, i0 = dx * fy - dy * fx, fx * ey - fy * ex
            j1, i1 = j0 + turn, i0 - turn
            if j0 == 0 or j1 == 0 or i0 == 0 or i1 == 0:
                continue
            if (j0 < 0) == (j1 < 0) or (i0 < 0) == (i1 < 0):
                continue
            if count == room:
                room *= 2
                one, other = _longer(one, room), _longer(other, room)
            one[count], other[count] = i, j
            count += 1
    return one[:count], other[:count]


@_compiled
def near_pairs(buckets: Any, points: Any, xy: Any, ends: Any, margin: Any) -> Any:
    """Answer the pairs of a segment and a square that it comes near, and whether it passes through it.

    The numbers of `points` ascend as those of `buckets` do.
    """
    (key, segment), (point_key, point), (low, high) = buckets, points, ends
    room = len(low) + 1
    one, other, count = np.empty(room, np.int64), np.empty(room, np.int64), 0
    passed = np.empty(room, np.bool_)
    begin, end = 0, 0
    for at in range(len(key)):
        if at == 0 or key[at] != key[at - 1]:
            begin = end
            while begin < len(point_key) and point_key[begin] < key[at]:
                begin += 1
            end = begin
            while end < len(point_key) and point_key[end] == key[at]:
                end += 1
        i = segment[at]
        x0, y0, x1, y1 = xy[low[i], 0], xy[low[i], 1], xy[high[i], 0], xy[high[i], 1]
        bottom, top = min(y0, y1), max(y0, y1)
        dx, dy = x1 - x0, y1 - y0
        reach = dx + abs(dy)
        for k in range(begin, end):
            p = point[k]
            px, py = xy[p, 0], xy[p, 1]
            if px < x0 - margin or px > x1 + margin or py < bottom - margin or py > top + margin:
                continue
            if p == low[i] or p == high[i]:
                continue
            aside = 2 * (dx * (py - y0) - dy * (px - x0))
            if abs(aside) >= 3 * reach:
                continue
            through = abs(aside) < reach or (aside == reach and dy < 0 and dx > 0)
            if count == room:
                room *= 2
                one, other, passed = _longer(one, room), _longer(other, room), _longer(passed, room)
            one[count], other[count] = i, p
            passed[count] = through and x0 <= px <= x1 and bottom <= py <= top
            count += 1
    return one[:count], other[:count], passed[:count]


@_compiled
def _longer(values: Any, room: Any) -> Any:
    answer = np.empty(room, values.dtype)
    answer[: len(values)] = values
    return answer

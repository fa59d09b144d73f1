"""The faces of noded segments: who lies on each side of each of them, by walking around."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gridgov.topology.components import components
from gridgov.topology.cycles import cycle_heads
from gridgov.topology.distinct import in_order
from gridgov.topology.ragged import spread

__all__ = ["NOBODY", "Faces", "find_faces", "sort_around"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NOBODY = -1

#: Vertices of fewer segments need no sorting: what comes next is the other one.
FORK = 3
#: So many candidates at a time when looking for what lies below.
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Faces:
    """Segments that bound faces.

    Attributes
    ----------
    kept
        (n,) bool of the segments asked about: those with the same face on both sides bound none.
    left, right
        (k,) face on each side of each kept segment, seen from a to b; -1 is the ground outside. Faces are
        numbered by their lowest corner, by x, then y, and around it.
    twice_area
        (f,) exact, in grid steps squared.
    """

    kept: Bools
    left: Ints
    right: Ints
    twice_area: Ints


def find_faces(xy: Ints, a: Ints, b: Ints) -> Faces:
    """Answer the faces that noded segments make.

    Parameters
    ----------
    xy
        (v, 2) vertices in grid steps, sorted by x, then y.
    a, b
        (n,) rows of the end points, a < b; distinct, sorted by a, then b; they meet in vertices only.

    Notes
    -----
    Each segment is two half-edges, 2i from a to b and 2i + 1 back. Arriving at a vertex, the first one
    clockwise bounds the same face. What lies apart in a face (an island) is found from its lowest vertex,
    looking down.
    """
    following = _following(a, b, _around(xy, a, b))
    head = cycle_heads(following)
    kept = head[0::2] != head[1::2]
    if not kept.all():
        head = _heads_without(following, head, np.repeat(kept, 2))
        a, b = a[kept], b[kept]
    is_head = head == np.arange(len(head))
    heads = np.flatnonzero(is_head)
    cycle = (np.cumsum(is_head) - 1)[head]
    area = _twice_areas(xy, a, b, cycle, len(heads))
    face = np.where(area > 0, np.cumsum(area > 0) - 1, NOBODY)
    islands = np.flatnonzero(area < 0)
    if len(islands) > 1:
        lowest = a[heads[islands] // 2]
        below = edge_below(xy, a, b, lowest)
        # The left side of a segment is the upper one.
        face[islands] = _faces_around(face, islands, np.where(below == NOBODY, NOBODY, cycle[2 * below]))
    inside = face != NOBODY
    total = np.zeros(int((area > 0).sum()), dtype=np.int64)
    np.add.at(total, face[inside], area[inside])
    side = face[cycle]
    return Faces(kept, side[0::2].copy(), side[1::2].copy(), total)


def _following(a: Ints, b: Ints, out: Ints) -> Ints:
    """For each half-edge, the next one around the face on its left; `out` as `_around` answers it."""
    leaves = np.where(out % 2, b[out // 2], a[out // 2])
    first = np.flatnonzero(np.diff(leaves, prepend=-1))
    before = np.empty(len(out), dtype=np.int64)
    before[1:] = out[:-1]
    before[first] = out[np.append(first[1:], len(out))[: len(first)] - 1]
    answer = np.empty(len(out), dtype=np.int64)
    answer[out ^ 1] = before
    return answer


def _heads_without(following: Ints, head: Ints, kept: Bools) -> Ints:
    """Answer the heads of the half-edges that are kept, as if there were no others.

    Only cycles that lose some are walked again: what follows one that is not kept follows in its place.
    """
    number = np.cumsum(kept) - 1
    loses = np.zeros(len(head), dtype=bool)
    loses[head[~kept]] = True
    again = loses[head]
    rows = np.flatnonzero(again & kept)
    to = following[rows]
    while True:
        gone = np.flatnonzero(~kept[to])
        if not len(gone):
            break
        to[gone] = following[to[gone] ^ 1]
    answer = number[head[kept]]
    rows, to = number[rows], number[to]
    place = np.empty(len(answer), dtype=np.int64)
    place[rows] = np.arange(len(rows))
    answer[rows] = rows[cycle_heads(place[to])]
    return answer


def _around(xy: Ints, a: Ints, b: Ints) -> Ints:
    """Half-edges by the vertex they leave, anticlockwise from straight down.

    Those from a to b go to the right or straight up, and come first.
    """
    edges = np.arange(len(a))
    right, left = np.bincount(a, minlength=len(xy)), np.bincount(b, minlength=len(xy))
    many = right + left
    start = np.cumsum(many) - many
    by_b = in_order(b)
    rightward = _by_slope(xy, a, b, edges, at=a, size=right[a], fork=many[a] >= FORK)
    end = b[by_b]
    leftward = _by_slope(xy, a, b, by_b, at=end, size=left[end], fork=many[end] >= FORK)
    out = np.empty(2 * len(a), dtype=np.int64)
    out[start[a] + edges - (np.cumsum(right) - right)[a]] = 2 * rightward
    out[(start + right)[end] + edges - (np.cumsum(left) - left)[end]] = 2 * leftward + 1
    return out


def _by_slope(xy: Ints, a: Ints, b: Ints, edges: Ints, *, at: Ints, size: Ints, fork: Bools) -> Ints:
    """Sort the `size` edges that share the vertex `at` (ascending) by slope, where there is a `fork`."""
    answer = edges.copy()
    first = np.flatnonzero(fork & (size == 2))[0::2]  # noqa: PLR2004 (of two, a look tells which is lower)
    one, other = edges[first], edges[first + 1]
    along, beyond = _along(xy, a, b, one), _along(xy, a, b, other)
    wrong = along[:, 0] * beyond[:, 1] < along[:, 1] * beyond[:, 0]
    answer[first[wrong]], answer[first[wrong] + 1] = other[wrong], one[wrong]
    fork &= size > 2  # noqa: PLR2004
    some = edges[fork]
    along = _along(xy, a, b, some)
    answer[fork] = some[sort_around(at[fork], along[:, 0], along[:, 1])]
    return answer


def _along(xy: Ints, a: Ints, b: Ints, edge: Ints) -> Ints:
    """Answer the way (n, 2) from a to b of some edges."""
    return np.asarray(xy.take(b[edge], axis=0) - xy.take(a[edge], axis=0))


def sort_around(group: Ints, dx: Ints, dy: Ints) -> Ints:
    """Sort directions within each group from straight down over right to straight up: dx >= 0, exactly.

    Floating point never turns two quotients round, it only takes near ones for equal.
    """
    with np.errstate(divide="ignore"):
        slope = dy / dx
    order = np.lexsort((slope, group))
    while True:
        one, other = order[:-1], order[1:]
        doubt = np.flatnonzero((group[one] == group[other]) & (slope[one] == slope[other]))
        one, other = one[doubt], other[doubt]
        wrong = doubt[dx[one] * dy[other] < dy[one] * dx[other]]
        if not len(wrong):
            return np.asarray(order)
        wrong = wrong[np.concatenate([[True], np.diff(wrong) > 1])]
        order[wrong], order[wrong + 1] = order[wrong + 1], order[wrong]


def _twice_areas(xy: Ints, a: Ints, b: Ints, cycle: Ints, count: int) -> Ints:
    """Twice the area of each cycle, negative where it is walked clockwise: around islands.

    Sums may leave 64 bits on the way and come back; the answer is exact.
    """
    x, y = xy.T
    part = x[a] * y[b] - x[b] * y[a]
    answer = np.zeros(count, dtype=np.int64)
    np.add.at(answer, cycle[0::2], part)
    np.subtract.at(answer, cycle[1::2], part)
    return answer


def _faces_around(face: Ints, islands: Ints, over: Ints) -> Ints:
    """Answer the face that each island lies in, from the cycle that it lies over.

    Below an island may be another one; both lie in the same face.
    """
    number = np.full(len(face), NOBODY, dtype=np.int64)
    number[islands] = np.arange(len(islands))
    beside = np.where(over == NOBODY, NOBODY, number[over])
    chained = np.flatnonzero(beside != NOBODY)
    group = components(len(islands), chained, beside[chained])
    answer = np.full(len(islands), NOBODY, dtype=np.int64)
    rooted = np.flatnonzero((over != NOBODY) & (beside == NOBODY))
    answer[group[rooted]] = face[over[rooted]]
    return answer[group]


def edge_below(xy: Ints, a: Ints, b: Ints, vertex: Ints) -> Ints:
    """Answer the first segment straight below each vertex, -1 for none.

    Each vertex must be the lowest, by x, then y, of the segments it is joined to.
    """
    left, right = xy[:, 0][a], xy[:, 0][b]
    order = in_order(xy[:, 0][vertex])
    x = xy[:, 0][vertex[order]]
    low, high = np.searchsorted(x, left, side="left"), np.searchsorted(x, right, side="left")
    over = np.flatnonzero(low < high)
    best = np.full(len(vertex), NOBODY, dtype=np.int64)
    for part in np.split(over, np.flatnonzero(np.diff(np.cumsum((high - low)[over]) // CHUNK)) + 1):
        count = (high - low)[part]
        which, there = spread(low[part], count)
        known = np.flatnonzero(best != NOBODY)
        edge, query = np.append(part[which], best[known]), np.append(order[there], known)
        along = _along(xy, a, b, edge)
        away = xy.take(vertex[query], axis=0) - xy.take(a[edge], axis=0)
        highest = _highest(query, along, away)
        best[query[highest]] = edge[highest]
    return best


def _highest(query: Ints, along: Ints, away: Ints) -> Ints:
    """Rows of segments below the vertices `query`, the highest of each last; vectors from where they begin.

    Those that begin in one vertex are told apart by their slopes.
    """
    below = along[:, 0] * away[:, 1] > along[:, 1] * away[:, 0]
    rows = np.flatnonzero(below)
    slope = along[rows, 1] / along[rows, 0]
    depth = away[rows, 1] - away[rows, 0] * slope
    return rows[np.lexsort((slope, -depth, query[rows]))]

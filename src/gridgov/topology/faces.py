"""The faces that arcs make: who lies on each side of each of them, by walking around."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gridgov.topology.arcs import Arcs
from gridgov.topology.components import components
from gridgov.topology.cycles import cycle_heads
from gridgov.topology.distinct import in_order, put_in_order
from gridgov.topology.ragged import spread

__all__ = ["NOBODY", "Faces", "find_faces", "sort_around"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NOBODY = -1

#: So many candidates at a time when looking for what lies below.
CHUNK = 1 << 20
#: Half a turn has so many parts; few directions that leave one vertex lie in the same.
PARTS = 1 << 14


@dataclass(frozen=True, slots=True)
class Faces:
    """Arcs that bound faces.

    Attributes
    ----------
    arcs
        Those of the arcs asked about that have different faces on their sides: others bound none.
    kept
        (n,) bool of the arcs asked about: which those are.
    left, right
        (k,) face on each side of each kept arc; -1 is the ground outside. Faces are numbered by their lowest
        corner, by x, then y, and around it.
    turn
        (k,) twice the area that each kept arc sweeps, seen from the origin.
    twice_area
        (f,) exact, in grid steps squared.
    """

    arcs: Arcs
    kept: Bools
    left: Ints
    right: Ints
    turn: Ints
    twice_area: Ints


def find_faces(xy: Ints, arcs: Arcs) -> Faces:
    """Answer the faces that arcs make.

    Parameters
    ----------
    xy
        (v, 2) vertices in grid steps, sorted by x, then y.
    arcs
        They meet in their end vertices only.

    Notes
    -----
    Each arc is two half-edges, 2i along it and 2i + 1 back. Arriving at a vertex, the first one clockwise
    bounds the same face. What lies apart in a face (an island) is found from its lowest vertex, looking down.
    """
    following = _following(*_around(xy, arcs))
    head = cycle_heads(following)
    kept = head[0::2] != head[1::2]
    if not kept.all():
        head = _heads_without(following, head, np.repeat(kept, 2))
        arcs = arcs.only(kept)
    cycle, lowest = _numbered(arcs, head, len(xy))
    area = np.zeros(len(lowest), dtype=np.int64)
    turn = arcs.turns(xy)
    np.add.at(area, cycle[0::2], turn)
    np.subtract.at(area, cycle[1::2], turn)  # sums may leave 64 bits on the way and come back
    face = np.where(area > 0, np.cumsum(area > 0) - 1, NOBODY)
    islands = np.flatnonzero(area < 0)
    if len(islands) > 1:
        face[islands] = _faces_around(face, islands, _cycles_below(xy, arcs, cycle, lowest[islands]))
    inside = face != NOBODY
    total = np.zeros(int((area > 0).sum()), dtype=np.int64)
    np.add.at(total, face[inside], area[inside])
    side = face[cycle]
    return Faces(arcs, kept, side[0::2].copy(), side[1::2].copy(), turn, total)


def _around(xy: Ints, arcs: Arcs) -> tuple[Ints, Ints]:
    """Half-edges by the vertex they leave, anticlockwise from straight down; and these vertices."""
    leaves = np.stack([arcs.a, arcs.b], axis=1).ravel()
    along = xy.take(np.stack(arcs.beside(), axis=1).ravel(), axis=0) - xy.take(leaves, axis=0)
    leftward = (along[:, 0] < 0) | ((along[:, 0] == 0) & (along[:, 1] < 0))
    along[leftward] *= -1
    out = sort_around(2 * leaves + leftward, along[:, 0], along[:, 1])
    return out, leaves[out]


def _following(out: Ints, leaves: Ints) -> Ints:
    """For each half-edge, the next one around the face on its left; half-edges as `_around` answers them."""
    first = np.flatnonzero(np.diff(leaves, prepend=-1))
    before = np.empty(len(out), dtype=np.int64)
    before[1:] = out[:-1]
    before[first] = out[np.append(first[1:], len(out))[: len(first)] - 1]
    answer = np.empty(len(out), dtype=np.int64)
    answer[out ^ 1] = before
    return answer


def _numbered(arcs: Arcs, head: Ints, vertices: int) -> tuple[Ints, Ints]:
    """Number the cycles by their lowest segment: of each half-edge, and the lowest vertex of each cycle."""
    one, other = arcs.segments()
    key = (np.minimum(one, other) * vertices + np.maximum(one, other)) * 2 + (one > other)
    low = np.minimum.reduceat(key, arcs.first_segment[:-1]) if len(arcs) else key
    is_head = head == np.arange(len(head))
    cycle = (np.cumsum(is_head) - 1)[head]
    lowest = np.full(int(is_head.sum()), np.iinfo(np.int64).max)
    np.minimum.at(lowest, cycle, np.stack([low, low ^ 1], axis=1).ravel())
    order = in_order(lowest)
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return number[cycle], lowest[order] // (2 * vertices)


def _cycles_below(xy: Ints, arcs: Arcs, cycle: Ints, vertex: Ints) -> Ints:
    """Answer the cycle on the upper side of the first segment below each vertex, -1 for none."""
    one, other = arcs.segments()
    below = edge_below(xy, np.minimum(one, other), np.maximum(one, other), vertex)
    arc = np.searchsorted(arcs.first_segment, below, side="right") - 1
    # The left side of a segment that goes to the right is the upper one.
    return np.where(below == NOBODY, NOBODY, cycle[2 * arc + (one[below] > other[below])])


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


def _along(xy: Ints, a: Ints, b: Ints, edge: Ints) -> Ints:
    """Answer the way (n, 2) from a to b of some edges."""
    return np.asarray(xy.take(b[edge], axis=0) - xy.take(a[edge], axis=0))


def sort_around(group: Ints, dx: Ints, dy: Ints) -> Ints:
    """Sort directions within each group from straight down over right to straight up: dx >= 0, exactly.

    They are sorted by group and part of the half turn; whole numbers decide within a part.
    """
    part = ((dy / (dx + np.abs(dy)) + 1) * (PARTS / 2)).astype(np.int64)  # rounding turns none round
    key, order = put_in_order(group * (PARTS + 1) + part)
    doubt = np.flatnonzero(key[1:] == key[:-1])
    while True:
        one, other = order[doubt], order[doubt + 1]
        wrong = doubt[dx[one] * dy[other] < dy[one] * dx[other]]
        if not len(wrong):
            return order
        wrong = wrong[wrong % 2 == wrong[0] % 2]  # no item is in two pairs at a time
        order[wrong], order[wrong + 1] = order[wrong + 1], order[wrong]


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

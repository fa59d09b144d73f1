"""Arcs: noded segments strung together from one meeting to the next, where nothing else comes in between."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgov.topology.noding import Noded
from gridgov.topology.ragged import spread

__all__ = ["Arcs", "Strung", "strung"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]

NONE = -1

#: So many segments meet where nothing ends: one comes, one goes on.
PASSED = 2
#: Lengths are whole numbers of this part of a grid step, so that sums of them do not depend on the order.
LENGTH_STEP = 2.0**-20


@dataclass(frozen=True)  # no slots: they have no place for what is made once
class Arcs:
    """Lines between vertices; what lies on their left, and on their right, is the same all the way.

    Attributes
    ----------
    vertex
        (m,) int32 rows of the vertices along all arcs, one arc behind the other.
    first
        (n + 1,) where each begins in `vertex`, and behind them the end of the last.
    """

    vertex: npt.NDArray[np.int32]
    first: Ints

    def __len__(self) -> int:
        return len(self.first) - 1

    @cached_property
    def a(self) -> Ints:
        """(n,) the vertex each begins at."""
        return self.vertex[self.first[:-1]].astype(np.int64)

    @cached_property
    def b(self) -> Ints:
        """(n,) the vertex each ends at."""
        return self.vertex[self.first[1:] - 1].astype(np.int64)

    def beside(self) -> tuple[Ints, Ints]:
        """(n,) the vertex next to the beginning of each, and the one next to its end."""
        return (
            self.vertex[self.first[:-1] + 1].astype(np.int64),
            self.vertex[self.first[1:] - 2].astype(np.int64),
        )

    def next_to(self, arc: Ints, begins: Bools) -> Ints:
        """Answer, of some arcs, the vertex next to the beginning, or else the one next to the end."""
        return self.vertex[np.where(begins, self.first[arc] + 1, self.first[arc + 1] - 2)].astype(np.int64)

    def segments(self) -> tuple[Ints, Ints]:
        """Answer the two vertices of each segment, along the arcs, one behind the other."""
        leaves = np.ones(len(self.vertex), dtype=bool)
        leaves[self.first[1:] - 1] = False
        at = np.flatnonzero(leaves)
        return self.vertex[at].astype(np.int64), self.vertex[at + 1].astype(np.int64)

    @property
    def first_segment(self) -> Ints:
        """(n + 1,) where the segments of each begin in what `segments` answers."""
        return self.first - np.arange(len(self.first))

    def only(self, kept: Bools) -> "Arcs":
        """Answer some of the arcs."""
        size = np.diff(self.first)[kept]
        _, at = spread(self.first[:-1][kept], size)
        return Arcs(self.vertex[at], np.concatenate([[0], np.cumsum(size)]))

    def total(self, of_segments: Numbers) -> Numbers:
        """(n,) the sum of what the segments of each have; whole numbers may leave 64 bits and come back."""
        if not len(self):
            return of_segments[:0]
        return np.asarray(np.add.reduceat(of_segments, self.first_segment[:-1]))

    def lengths(self, xy: Ints) -> Floats:
        """(n,) grid steps along each; sums of them are exact up to 2**33 steps, in any order."""
        one, other = self.segments()
        along = xy.take(other, axis=0) - xy.take(one, axis=0)
        length = np.rint(np.hypot(along[:, 0], along[:, 1]) / LENGTH_STEP) * LENGTH_STEP
        return np.asarray(self.total(length))

    def turns(self, xy: Ints) -> Ints:
        """(n,) twice the area that each sweeps, seen from the origin; the sum around a face is exact."""
        one, other = self.segments()
        x, y = xy[:, 0], xy[:, 1]
        return np.asarray(self.total(x[one] * y[other] - x[other] * y[one]))


@dataclass(frozen=True, slots=True)
class Strung:
    """Noded segments as arcs.

    Attributes
    ----------
    arcs
        Together they take every segment once.
    arc
        (s,) the arc that each noded segment begins, -1 for one further along.
    along
        (s,) whether that arc takes it from a to b.
    """

    arcs: Arcs
    arc: Ints
    along: Bools


def strung(noded: Noded) -> Strung:
    """String segments together, as far as the rings drawn lead along them and nothing else meets them.

    An arc may end where it could go on, as where a ring begins. Which do depends on the order of what was
    drawn; nothing that is made of arcs may.
    """
    edge, one, other = _each_once(noded)
    lone = (
        np.bincount(noded.a, minlength=len(noded.xy)) + np.bincount(noded.b, minlength=len(noded.xy))
        == PASSED
    )
    backward = (one[:-1] == other[1:]) & lone[one[:-1]]
    turned = np.zeros(len(edge), dtype=bool)
    turned[:-1] |= backward
    turned[1:] |= backward
    one[turned], other[turned] = other[turned], one[turned]
    begins = np.ones(len(edge), dtype=bool)
    begins[1:] = (other[:-1] != one[1:]) | ~lone[one[1:]]
    begin = np.flatnonzero(begins)
    last = np.append(begin, len(edge))[1:] - 1
    first = np.append(begin, len(edge)) + np.arange(len(begin) + 1)
    vertex = np.empty(len(edge) + len(begin), dtype=np.int32)
    vertex[np.arange(len(edge)) + np.cumsum(begins) - 1] = one
    vertex[first[1:] - 1] = other[last]
    arc, along = np.full(len(edge), NONE, dtype=np.int64), np.zeros(len(edge), dtype=bool)
    arc[edge[begin]] = np.arange(len(begin))
    along[edge[begin]] = one[begin] < other[begin]
    return Strung(Arcs(vertex, first), arc, along)


def _each_once(noded: Noded) -> tuple[Ints, Ints, Ints]:
    """Answer every segment once, in the order in which paths come to it, and from where to where they go."""
    item = np.arange(len(noded.edge))
    earliest = np.empty(len(noded.a), dtype=np.int64)
    earliest[noded.edge[::-1]] = item[::-1]  # of several, what is put last stays
    once = earliest[noded.edge] == item
    edge, forward = noded.edge[once], noded.forward[once]
    a, b = noded.a[edge], noded.b[edge]
    return edge, np.where(forward, a, b), np.where(forward, b, a)

"""Outlines of regions from the arcs around them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType

from gridgov.errors import TopologyError
from gridgov.topology.arcs import Arcs
from gridgov.topology.cycles import cycles
from gridgov.topology.distinct import in_order
from gridgov.topology.faces import NOBODY, sort_around
from gridgov.topology.outlines import Outlines
from gridgov.topology.ragged import spread
from gridgov.words.merging import WORDS

__all__ = ["Border", "outlines_around"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Border:
    """The arcs around regions, once for each of the regions beside them.

    Attributes
    ----------
    arc
        (n,) the arc.
    along
        (n,) whether the region lies on its left, else on its right.
    region
        (n,) the region, which does not lie on the other side. Regions may overlap each other.
    turn
        (n,) twice the area that the arc sweeps with the region on the left.
    """

    arc: Ints
    along: Bools
    region: Ints
    turn: Ints

    def __getitem__(self, order: Ints) -> "Border":
        return Border(self.arc[order], self.along[order], self.region[order], self.turn[order])


@dataclass(frozen=True, slots=True)
class _Rings:
    """Closed walks along arcs, by region and lowest vertex.

    Attributes
    ----------
    vertex
        (m,) the vertices of all rings, one ring behind the other, each once.
    first, size, lowest
        (n,) where each ring begins in `vertex`, how many vertices it has, and which of them, counted from the
        first, is the lowest: there it begins in the answer.
    walk, region
        (n,) the walk it was cut from, and the region on its left.
    shell
        (n,) whether it goes anticlockwise.
    """

    vertex: Ints
    first: Ints
    size: Ints
    lowest: Ints
    walk: Ints
    region: Ints
    shell: Bools

    def __len__(self) -> int:
        return len(self.first)

    def closed(self, rings: Ints) -> tuple[Ints, Ints]:
        """Answer the vertices of some rings from the lowest to the lowest, and where each ring ends."""
        size = self.size[rings] + 1
        ring, step = spread(self.lowest[rings], size)
        long = self.size[rings][ring]
        step[step >= long] -= long[step >= long]
        return self.vertex[self.first[rings][ring] + step], np.concatenate([[0], np.cumsum(size)])


def outlines_around(xy: Ints, arcs: Arcs, border: Border, *, count: int, scale: float) -> Outlines:
    """Build the outlines of regions from all arcs around them.

    Parameters
    ----------
    xy
        (v, 2) vertices in grid steps, sorted by x, then y.
    arcs, border
        Which of the arcs go around which regions.
    count
        Number of regions; one without arcs is an empty polygon.
    scale
        Grid steps in a metre.

    Returns
    -------
    (count,) Polygons in metres, or MultiPolygons of parts that touch in points at most; valid as OGC has it:
    where a region touches itself in a point, the ring is cut into shell and hole. Shells are anticlockwise,
    and rings begin at their lowest vertex, by x, then y: the answer does not depend on how long the arcs are.

    Raises
    ------
    TopologyError
        The arcs do not go around anything.
    """
    rings = _rings(xy, arcs, border)
    part = _parts(rings.walk, rings.region, rings.shell)
    lost = np.flatnonzero(part == NOBODY)
    if len(lost):
        around = np.flatnonzero(rings.shell & np.isin(rings.region, rings.region[lost]))
        holes, shells = (_filled(xy, rings, which, scale) for which in (lost, around))
        of_hole, of_shell = rings.region[lost], rings.region[around]
        part[lost] = part[around[_shells_around(holes, shells, of_hole=of_hole, of_shell=of_shell)]]
    return _assembled(xy, rings, part=part, count=count, scale=scale)


def _rings(xy: Ints, arcs: Arcs, border: Border) -> _Rings:
    """Walk around all regions."""
    start = np.where(border.along, arcs.a[border.arc], arcs.b[border.arc])
    order = in_order(border.region * len(xy) + start)
    border, start = border[order], start[order]
    following = _following(xy, arcs, border, start)
    walk, step = cycles(following)
    head, step = _without_loops(border.region * len(xy) + start, following, walk, step)
    is_head = step == 0
    heads, ring = np.flatnonzero(is_head), (np.cumsum(is_head) - 1)[head]
    turn = np.zeros(len(heads), dtype=np.int64)
    np.add.at(turn, ring, border.turn)
    in_turn = in_order(ring * (int(step.max(initial=0)) + 1) + step)
    vertex, size = _vertices(arcs, border.arc[in_turn], border.along[in_turn])
    size = np.bincount(ring[in_turn], size, len(heads)).astype(np.int64)
    first = np.cumsum(size) - size
    lowest = _lowest(vertex, first, size)
    # Rings that have their lowest vertex in common are told apart by the one behind it.
    behind = vertex[first + (lowest + 1) % np.maximum(size, 1)]
    by = np.lexsort((behind, vertex[first + lowest], border.region[heads]))
    of = heads[by]
    return _Rings(vertex, first[by], size[by], lowest[by], walk[of], border.region[of], turn[by] > 0)


def _vertices(arcs: Arcs, arc: Ints, along: Bools) -> tuple[Ints, Ints]:
    """Answer the vertices of arcs as they are walked, each without its last one, and how many they are."""
    first, end = arcs.first[arc], arcs.first[arc + 1]
    which, step = spread(np.zeros(len(arc), dtype=np.int64), end - first - 1)
    place = np.where(along, first, end - 1)[which] + np.where(along, 1, -1)[which] * step
    return arcs.vertex[place].astype(np.int64), end - first - 1


def _lowest(vertex: Ints, first: Ints, size: Ints) -> Ints:
    """Answer where the lowest vertex of each ring lies behind its first."""
    if not len(first):
        return first
    low = np.minimum.reduceat(vertex, first)
    ring = np.repeat(np.arange(len(first)), size)
    at = np.flatnonzero(vertex == low[ring])
    answer = np.empty(len(first), dtype=np.int64)
    answer[ring[at]] = at - first[ring[at]]
    return answer


def _following(xy: Ints, arcs: Arcs, border: Border, start: Ints) -> Ints:
    """For each arc, the next one around its region; arcs are sorted by region, then by where they start."""
    end = np.where(border.along, arcs.b[border.arc], arcs.a[border.arc])
    leaving, arriving = border.region * len(xy) + start, border.region * len(xy) + end
    into = in_order(arriving)
    if not np.array_equal(arriving[into], leaving):
        raise TopologyError(WORDS("border_open"))
    answer = np.empty(len(start), dtype=np.int64)
    answer[into] = np.arange(len(start))
    again = leaving[1:] == leaving[:-1]
    if again.any():
        fork = np.concatenate([again, [False]]) | np.concatenate([[False], again])
        out, into = np.flatnonzero(fork), into[fork]
        second = arcs.next_to(border.arc[out], border.along[out])
        last = arcs.next_to(border.arc[into], ~border.along[into])
        along = np.concatenate([xy[second] - xy[start[out]], xy[last] - xy[end[into]]])
        arrival, departure = _matched(leaving[fork], along)
        answer[into[arrival]] = out[departure]
    return answer


def _matched(fork: Ints, along: Ints) -> tuple[Ints, Ints]:
    """Where a region comes to a vertex again: which arrivals go on to which departures.

    `fork` is the place of each departure and of each arrival; `along` the directions, seen from there, of the
    departures and then of the arrivals. On goes the first departure clockwise.
    """
    leftward = (along[:, 0] < 0) | ((along[:, 0] == 0) & (along[:, 1] < 0))
    along[leftward] *= -1
    fork = np.concatenate([fork, fork])
    order = sort_around(2 * fork + leftward, along[:, 0], along[:, 1])
    arrives = order >= len(fork) // 2
    before = np.concatenate([order[-1:], order[:-1]])
    first = np.flatnonzero(np.concatenate([[True], np.diff(fork[order]) != 0]))
    before[first] = order[np.concatenate([first[1:], [len(order)]]) - 1]
    if (arrives == (before >= len(fork) // 2)).any():
        raise TopologyError(WORDS("faces_overlap"))
    return order[arrives] - len(fork) // 2, before[arrives]


def _without_loops(place: Ints, following: Ints, walk: Ints, step: Ints) -> tuple[Ints, Ints]:
    """Cut walks that come to a place again into rings that do not; answer head and steps from it.

    Places are sorted. A walk visits them in nested order, as it goes around one face: each loop between two
    visits is a ring.
    """
    same = np.concatenate([[False], place[1:] == place[:-1], [False]])
    busy = np.flatnonzero(same[1:] | same[:-1])
    order = busy[np.lexsort((step[busy], place[busy], walk[busy]))]
    again = np.flatnonzero((place[order[1:]] == place[order[:-1]]) & (walk[order[1:]] == walk[order[:-1]]))
    if not len(again):
        return walk, step
    # Only the walks with loops are walked again.
    looped = np.zeros(len(walk), dtype=bool)
    looped[walk[order[again]]] = True
    rows = np.flatnonzero(looped[walk])
    number = np.empty(len(walk), dtype=np.int64)
    number[rows] = np.arange(len(rows))
    following = number[following[rows]]
    before = np.empty(len(rows), dtype=np.int64)
    before[following] = np.arange(len(rows))
    # From each visit back to where the one before left; from the first visit to where the last of all left.
    begins, ends = again[~np.isin(again, again + 1)], again[~np.isin(again + 1, again)] + 1
    arriving = before[number[order[np.concatenate([again + 1, begins])]]]
    following[arriving] = number[order[np.concatenate([again, ends])]]
    head, step = walk.copy(), step.copy()
    heads, step[rows] = cycles(following)
    head[rows] = rows[heads]
    return head, step


def _parts(walk: Ints, region: Ints, shell: Bools) -> Ints:
    """Number the shells in order, and answer the one of each hole too, -1 where it must be looked for.

    Parallel, per ring: `walk` is the walk it was cut from. A hole belongs to the shell of the same walk, or
    to the only one of its region.
    """
    part = np.where(shell, np.cumsum(shell) - 1, NOBODY)
    for owner in (walk, region):
        shells = np.bincount(owner[shell], minlength=int(owner.max(initial=-1)) + 1)
        last = np.full(len(shells), NOBODY, dtype=np.int64)
        last[owner[shell]] = part[shell]
        lone = (part == NOBODY) & (shells[owner] == 1)
        part[lone] = last[owner[lone]]
    return part


def _shells_around(holes: Geometries, shells: Geometries, *, of_hole: Ints, of_shell: Ints) -> Ints:
    """Answer the smallest shell of its region around each hole."""
    hole, found = shapely.STRtree(shells).query(shapely.point_on_surface(holes), predicate="intersects")
    size = shapely.area(shells)
    # A shell that lies in the hole is smaller than it.
    fits = (of_hole[hole] == of_shell[found]) & (size[found] > shapely.area(holes)[hole])
    hole, found = hole[fits], found[fits]
    order = np.lexsort((found, size[found], hole))[::-1]
    answer = np.full(len(holes), NOBODY, dtype=np.int64)
    answer[hole[order]] = found[order]
    if (answer == NOBODY).any():
        raise TopologyError(WORDS("hole_outside"))
    return answer


def _filled(xy: Ints, rings: _Rings, which: Ints, scale: float) -> Geometries:
    """Answer what some rings go around, as polygons."""
    vertex, ends = rings.closed(which)
    shells = np.arange(len(which) + 1)
    return np.asarray(
        shapely.from_ragged_array(GeometryType.POLYGON, xy.take(vertex, axis=0) / scale, (ends, shells))
    )


def _assembled(xy: Ints, rings: _Rings, *, part: Ints, count: int, scale: float) -> Outlines:
    """Put rings together: those of a part behind its shell, parts of a region behind each other."""
    of_part = np.empty(int(rings.shell.sum()), dtype=np.int64)
    of_part[part[rings.shell]] = rings.region[rings.shell]
    order = in_order((rings.region * len(part) + part) * 2 + ~rings.shell)
    vertex, ends = rings.closed(order)
    shells = np.concatenate([np.flatnonzero(rings.shell[order]), [len(order)]])
    return Outlines(xy.take(vertex, axis=0) / scale, ends, shells, np.sort(of_part), count)

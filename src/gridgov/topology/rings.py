"""Polygons from the segments around them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType

from gridgov.errors import TopologyError
from gridgov.topology.cycles import cycles
from gridgov.topology.distinct import in_order
from gridgov.topology.faces import NOBODY, sort_around
from gridgov.topology.ragged import spread
from gridgov.words.merging import WORDS

__all__ = ["polygons_around"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]


def polygons_around(
    xy: Ints, start: Ints, end: Ints, region: Ints, *, count: int, places: Floats
) -> Geometries:
    """Build the polygons of regions from all segments around them.

    Parameters
    ----------
    xy
        (v, 2) vertices in grid steps.
    start, end, region
        (n,) parallel: region `region` lies on the left of the segment between these vertices, and not on
        its right. Regions may overlap each other.
    count
        Number of regions; one without segments is an empty polygon.
    places
        (v, 2) coordinates of the vertices in the answer.

    Returns
    -------
    (count,) Polygons, or MultiPolygons of parts that touch in points at most; valid as OGC has it: where a
    region touches itself in a point, the ring is cut into shell and hole. Shells are anticlockwise.

    Raises
    ------
    TopologyError
        The segments do not go around anything.
    """
    # In this order the answer does not depend on the order of the segments.
    order = in_order(region * len(xy) + start)
    start, end, region = start[order], end[order], region[order]
    following = _following(xy, start, end, region)
    walk, step = cycles(following)
    head, step = _without_loops(region * len(xy) + start, following, walk, step)
    is_head = step == 0
    heads = np.flatnonzero(is_head)
    ring = (np.cumsum(is_head) - 1)[head]
    first = np.concatenate([[0], np.cumsum(np.bincount(ring, minlength=len(heads)) + 1)])
    vertex = np.empty(first[-1], dtype=np.int64)
    vertex[first[ring] + step] = start
    vertex[first[1:] - 1] = vertex[first[:-1]]
    shell = _anticlockwise(xy, vertex, first)
    part = _parts(walk[heads], region[heads], shell)
    lost = np.flatnonzero(part == NOBODY)
    if len(lost):
        around = np.flatnonzero(shell & np.isin(region[heads], region[heads[lost]]))
        holes, shells = (_filled(places[vertex], first, rings) for rings in (lost, around))
        of_hole, of_shell = region[heads[lost]], region[heads[around]]
        part[lost] = part[around[_shells_around(holes, shells, of_hole=of_hole, of_shell=of_shell)]]
    return _assembled(
        places.take(vertex, axis=0), first, part=part, hole=~shell, region=region[heads], count=count
    )


def _following(xy: Ints, start: Ints, end: Ints, region: Ints) -> Ints:
    """For each segment, the next one around its region; segments are sorted by region, then start."""
    leaving, arriving = region * len(xy) + start, region * len(xy) + end
    into = in_order(arriving)
    if not np.array_equal(arriving[into], leaving):
        raise TopologyError(WORDS("border_open"))
    answer = np.empty(len(start), dtype=np.int64)
    answer[into] = np.arange(len(start))
    again = leaving[1:] == leaving[:-1]
    if again.any():
        fork = np.concatenate([again, [False]]) | np.concatenate([[False], again])
        out, into = np.flatnonzero(fork), into[fork]
        along = np.concatenate([xy[end[out]] - xy[start[out]], xy[start[into]] - xy[end[into]]])
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


def _anticlockwise(xy: Ints, vertex: Ints, first: Ints) -> Bools:
    """Tell the rings walked anticlockwise; exactly, for sums may leave 64 bits and come back."""
    if not len(vertex):
        return np.zeros(0, dtype=bool)
    x, y = xy[:, 0][vertex], xy[:, 1][vertex]
    part = np.zeros(len(vertex), dtype=np.int64)
    part[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    part[first[1:] - 1] = 0
    return np.asarray(np.add.reduceat(part, first[:-1]) > 0)


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


def _filled(xy: Floats, first: Ints, rings: Ints) -> Geometries:
    size = np.diff(first)[rings]
    ends = np.concatenate([[0], np.cumsum(size)])
    _, at = spread(first[rings], size)
    return np.asarray(
        shapely.from_ragged_array(GeometryType.POLYGON, xy[at], (ends, np.arange(len(rings) + 1)))
    )


def _assembled(xy: Floats, first: Ints, *, part: Ints, hole: Bools, region: Ints, count: int) -> Geometries:
    """Put rings together: those of a part behind its shell, parts of a region behind each other."""
    of_part = np.empty(len(part) - int(hole.sum()), dtype=np.int64)
    of_part[part[~hole]] = region[~hole]
    order = in_order((region * len(part) + part) * 2 + hole)
    size = np.diff(first)[order]
    ends = np.concatenate([[0], np.cumsum(size)])
    if not np.array_equal(order, np.arange(len(order))):
        xy = xy.take(spread(first[order], size)[1], axis=0)
    shells = np.concatenate([np.flatnonzero(~hole[order]), [len(order)]])
    polygons = np.asarray(shapely.from_ragged_array(GeometryType.POLYGON, xy, (ends, shells)), dtype=object)
    answer = np.full(count, shapely.Polygon(), dtype=object)
    of = np.sort(of_part)
    answer[of] = polygons
    several = np.bincount(of, minlength=count)[of] > 1
    if several.any():
        number, which = np.unique(of[several], return_inverse=True)
        answer[number] = shapely.multipolygons(polygons[several], indices=which)
    return answer

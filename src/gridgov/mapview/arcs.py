"""Borders as arcs: every stretch between two junctions once, whoever lies on its sides."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.datum import transform_points
from gridgov.mapview.packing import packed, packed_differences
from gridgov.topology.distinct import distinct
from gridgov.topology.edges import distinct_places

__all__ = ["Arcs", "arcs_of", "packed_arcs", "simplified", "simplified_coverage"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

NOBODY: Final = -1

#: What nobody sees on a screen may go: an area of so many metres squared at each corner.
FINEST_M: Final = 0.5
#: More corners than this make a page slow; they are thinned out more.
MOST_CORNERS: Final = 1_200_000
#: Places on the page are whole numbers of millionths of a degree, which is 11 cm.
STEPS_A_DEGREE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Arcs:
    """Polygons as rings of shared arcs.

    Attributes
    ----------
    xy, start
        (m, 2) corners of all arcs one after the other; (k + 1,) where each begins, and the end.
    refs, ring
        (r,) arcs of all rings in their order: `k`, or `-1 - k` if it is gone through backwards; (q + 1,)
        where each ring begins, and the end.
    owner
        (q,) row of the polygon of each ring, ascending.
    """

    xy: Floats
    start: Ints
    refs: Ints
    ring: Ints
    owner: Ints

    def __len__(self) -> int:
        return len(self.start) - 1

    def sides(self) -> tuple[Ints, Ints]:
        """Rows of the polygons at each arc: two that share it, or one and -1."""
        arc = np.where(self.refs < 0, -1 - self.refs, self.refs)
        row = np.repeat(self.owner, np.diff(self.ring))
        one, other = np.full(len(self), NOBODY), np.full(len(self), NOBODY)
        one[arc[::-1]] = row[::-1]
        other[arc] = row
        return one, np.where(other == one, NOBODY, other)


def arcs_of(polygons: Geometries) -> Arcs:
    """Take polygons apart into arcs between junctions.

    Parameters
    ----------
    polygons
        (n,) valid Polygons or MultiPolygons, empty ones too. Shared borders are found by equal corners; the
        polygons need not be a coverage.

    Notes
    -----
    n log n in the corners; a million take about a second.
    """
    parts, row = shapely.get_parts(shapely.remove_repeated_points(polygons), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, number = shapely.get_coordinates(rings, return_index=True)
    if not len(xy):
        none = np.zeros(0, dtype=np.int64)
        return Arcs(xy, np.zeros(1, np.int64), none, np.zeros(1, np.int64), none)
    _, place = distinct_places(xy)
    size = np.bincount(number, minlength=len(rings)) - 1
    at = _rotated(place, size)
    edge = _edges(place[at], size)
    cut = _cuts(place, size)[place[at]]
    owner = row[part].astype(np.int64)
    return _collected(xy[at], place[at], edge=edge, cut=cut, size=size, owner=owner)


def _cuts(place: Ints, size: Ints) -> Bools:
    """Tell the places where arcs begin: junctions, and the lowest place of each ring without one."""
    inner = _inner(size)
    one, other = place[inner], place[inner + 1]
    low, high = np.minimum(one, other), np.maximum(one, other)
    width = int(place.max()) + 1
    edges, _ = distinct(low * width + high)
    ends = np.concatenate([edges // width, edges % width])
    cut = np.bincount(ends, minlength=width) != 2  # noqa: PLR2004  # an arc goes on where two segments meet
    starts = np.cumsum(size + 1) - (size + 1)
    has = np.logical_or.reduceat(cut[place], starts)
    lowest = np.minimum.reduceat(place, starts)
    cut[lowest[~has]] = True
    return np.asarray(cut)


def _rotated(place: Ints, size: Ints) -> Ints:
    """Rows of the corners, each ring turned so that it begins and ends where an arc does."""
    cut = _cuts(place, size)
    starts = np.cumsum(size + 1) - (size + 1)
    ring = np.repeat(np.arange(len(size)), size + 1)
    offset = np.arange(len(place)) - starts[ring]
    found = np.where(cut[place], offset, len(place))
    first = np.minimum.reduceat(found, starts)
    return np.asarray(starts[ring] + (first[ring] + offset) % size[ring])


def _inner(size: Ints) -> Ints:
    """Rows of the corners from which a segment goes to the next row: all but the last of each ring."""
    last = np.cumsum(size + 1) - 1
    return np.delete(np.arange(int((size + 1).sum())), last)


def _edges(place: Ints, size: Ints) -> Ints:
    """A number for the segment that begins at each corner, equal for equal segments; none at a ring's end."""
    inner = _inner(size)
    one, other = place[inner], place[inner + 1]
    width = int(place.max()) + 1
    _, number = distinct(np.minimum(one, other) * width + np.maximum(one, other))
    edge = np.full(len(place), np.iinfo(np.int64).max)
    edge[inner] = number
    return edge


def _collected(xy: Floats, place: Ints, *, edge: Ints, cut: Bools, size: Ints, owner: Ints) -> Arcs:
    last = np.cumsum(size + 1) - 1
    begins = cut.copy()
    begins[last] = False
    begin = np.flatnonzero(begins)
    # An arc ends where the next one begins; the last of a ring at the ring's last corner.
    ring = np.repeat(np.arange(len(size)), size + 1)
    end = np.append(begin[1:], len(place))
    end = np.where(np.append(ring[begin[1:]] == ring[begin[:-1]], False), end, last[ring[begin]])
    _, arc = distinct(np.minimum.reduceat(edge, begin))
    first = np.full(int(arc.max()) + 1, len(arc))
    np.minimum.at(first, arc, np.arange(len(arc)))
    shown = first[arc]
    forward = (place[begin] == place[begin[shown]]) & (place[begin + 1] == place[begin[shown] + 1])
    length = end[first] - begin[first] + 1
    start = np.concatenate([[0], np.cumsum(length)])
    rows = np.repeat(begin[first] - start[:-1], length) + np.arange(start[-1])
    rings = np.concatenate([[0], np.cumsum(np.bincount(ring[begin], minlength=len(size)))])
    return Arcs(xy[rows], start, np.where(forward, arc, -1 - arc), rings, owner)


def simplified_coverage(polygons: Geometries) -> Geometries:
    """A coverage with fewer corners that is still one: what is common stays common.

    Corners go that make an area of less than :data:`FINEST_M` squared, of larger ones until no more than
    :data:`MOST_CORNERS` are left.
    """
    tolerance = FINEST_M
    answer = shapely.coverage_simplify(polygons, tolerance)
    while shapely.get_num_coordinates(answer).sum() > MOST_CORNERS:
        tolerance *= 2
        answer = shapely.coverage_simplify(polygons, tolerance)
    return np.asarray(answer, dtype=object)


def simplified(arcs: Arcs, *, tolerance_m: float = FINEST_M) -> Arcs:
    """The same arcs with fewer corners; none is off by more than `tolerance_m`, their ends stay."""
    if not len(arcs):
        return arcs
    arc = np.repeat(np.arange(len(arcs)), np.diff(arcs.start))
    lines = shapely.linestrings(arcs.xy, indices=arc)
    xy, arc = shapely.get_coordinates(shapely.simplify(lines, tolerance_m), return_index=True)
    start = np.concatenate([[0], np.cumsum(np.bincount(arc, minlength=len(arcs)))])
    return replace(arcs, xy=xy, start=start.astype(np.int64))


def packed_arcs(arcs: Arcs, *, crs: object, rings: bool = True) -> dict[str, str]:
    """Arcs as the page unpacks them: CGCS2000 degrees in millionths, corner after corner by differences."""
    lon, lat = transform_points(arcs.xy[:, 0], arcs.xy[:, 1], source=crs, target="cgcs2000")
    steps = np.rint(np.column_stack([lon, lat]) * STEPS_A_DEGREE).astype(np.int64)
    answer = {
        "xy": packed(np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel()),
        "size": packed(np.diff(arcs.start)),
    }
    if rings:
        answer |= {
            "refs": packed(arcs.refs),
            "ring": packed(np.diff(arcs.ring)),
            "owner": packed_differences(arcs.owner),
        }
    return answer

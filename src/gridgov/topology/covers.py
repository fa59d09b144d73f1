"""Which polygons cover which faces, from the borders that lie between the faces."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gridgov.topology.components import components
from gridgov.topology.distinct import firsts, in_order
from gridgov.topology.mesh import NOBODY, Mesh
from gridgov.topology.ragged import spread, starts

__all__ = ["Borders", "covers"]

Ints = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Borders:
    """Where the polygons of a layer end: along which arcs of a mesh.

    Attributes
    ----------
    arc, row
        (n,) parallel: polygon `row` ends along arc `arc`, any number of times.
    on_left
        (n,) whether it lies on the left of the arc there, or on the right.
    """

    arc: Short
    row: Short
    on_left: Bools

    def only(self, kept: Bools) -> "Borders":
        """Answer those along arcs that are kept, by the numbers that these have among themselves."""
        number = np.cumsum(kept, dtype=np.int32) - 1
        mine = kept[self.arc]
        return Borders(number[self.arc[mine]], self.row[mine], self.on_left[mine])


@dataclass(frozen=True, slots=True)
class _Doors:
    """The ways from place to place across one arc, sorted by `start`; `gain` is 1 leftward, else -1."""

    start: Ints
    end: Ints
    arc: Ints
    gain: Ints


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often (`times`) polygon `row` is there, in places; sorted by place, then row."""

    place: Ints
    row: Ints
    times: Ints


def covers(mesh: Mesh, borders: Borders) -> tuple[Ints, Ints]:
    """Answer faces and rows, parallel: polygon `row` covers `face`; sorted by face, then row.

    Notes
    -----
    On the ground outside there is no polygon. On the way across an arc those that end there come or go,
    and the ones that have come once more often than they have gone are there. So what a polygon covers is
    exactly what its border, as noded, goes around.
    """
    place = _places(mesh, borders)
    found = _walk_in(mesh, borders, place)
    many = np.bincount(found.place, minlength=int(place.max()) + 1)
    here = place[:-1]
    face, item = spread((np.cumsum(many) - many)[here], many[here])
    return face, found.row[item]


def _places(mesh: Mesh, borders: Borders) -> Ints:
    """Number the connected groups of faces that no border parts; the last face is the ground outside."""
    parted = np.zeros(len(mesh.left), dtype=bool)
    parted[borders.arc] = True
    left, right = mesh.left[~parted].astype(np.int64), mesh.right[~parted].astype(np.int64)
    left[left == NOBODY] = len(mesh)
    right[right == NOBODY] = len(mesh)
    return components(len(mesh) + 1, left, right)


def _walk_in(mesh: Mesh, borders: Borders, place: Ints) -> _Counts:
    """Answer the polygons of all places, going inward from the ground outside, all ways at a time."""
    doors = _doors(mesh, borders, place)
    begin = starts(doors.start, int(place.max()) + 1)
    many = np.bincount(borders.arc, minlength=len(mesh.left))
    first = np.cumsum(many) - many
    order = in_order(borders.arc)
    seen = np.zeros(len(begin) - 1, dtype=bool)
    here, now = place[-1:], _Counts(*np.zeros((3, 0), dtype=np.int64))
    found = [now]
    while len(here):
        seen[here] = True
        _, door = spread(begin[here], np.diff(begin)[here])
        door = door[~seen[doors.end[door]]]
        door = door[firsts(doors.end[door])[0]]
        which, item = spread(first[doors.arc[door]], many[doors.arc[door]])
        item = order[item]
        times = doors.gain[door][which] * np.where(borders.on_left[item], 1, -1)
        come = _Counts(doors.end[door][which], borders.row[item].astype(np.int64), times)
        now = _carried(now, come, start=doors.start[door], end=doors.end[door])
        found.append(now)
        here = doors.end[door]
    return _there(found)


def _doors(mesh: Mesh, borders: Borders, place: Ints) -> _Doors:
    some = np.zeros(len(mesh.left), dtype=bool)
    some[borders.arc] = True
    arc = np.flatnonzero(some)
    # Face -1 is the last one here, too: the ground outside.
    left, right = place[mesh.left[arc]], place[mesh.right[arc]]
    apart = left != right
    arc, left, right = arc[apart], left[apart], right[apart]
    start, end = np.concatenate([right, left]), np.concatenate([left, right])
    gain = np.repeat([1, -1], len(arc))
    key = start * len(place) + end
    order = in_order(key)
    key = key[order]
    one = order[np.concatenate([[True], key[1:] != key[:-1]])] if len(order) else order
    return _Doors(start[one], end[one], np.concatenate([arc, arc])[one], gain[one])


def _carried(now: _Counts, come: _Counts, *, start: Ints, end: Ints) -> _Counts:
    """Take what is there from `start` to `end` and add what has come there, in any order."""
    low = np.searchsorted(now.place, start, side="left")
    which, item = spread(low, np.searchsorted(now.place, start, side="right") - low)
    place, row = np.concatenate([end[which], come.place]), np.concatenate([now.row[item], come.row])
    times = np.concatenate([now.times[item], come.times])
    order = in_order(place * (int(row.max(initial=0)) + 1) + row)
    place, row, times = place[order], row[order], times[order]
    begins = np.flatnonzero(
        np.concatenate([[True], (place[1:] != place[:-1]) | (row[1:] != row[:-1])]) if len(place) else place
    )
    times = np.add.reduceat(times, begins) if len(begins) else times
    some = times != 0
    return _Counts(place[begins][some], row[begins][some], times[some])


def _there(found: list[_Counts]) -> _Counts:
    place, row, times = (
        np.concatenate([getattr(part, name) for part in found]) for name in ("place", "row", "times")
    )
    order = in_order(place)
    order = order[times[order] > 0]
    return _Counts(place[order], row[order], times[order])

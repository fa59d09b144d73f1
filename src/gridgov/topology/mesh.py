"""A mesh: arcs with the face on each side, and the polygons of faces and of groups of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgov.topology.arcs import Arcs
from gridgov.topology.distinct import distinct_only, in_order
from gridgov.topology.edges import Neighbours
from gridgov.topology.middles import middles
from gridgov.topology.outlines import Outlines
from gridgov.topology.ragged import spread, starts
from gridgov.topology.rings import Border, outlines_around

__all__ = ["Mesh"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

NOBODY = -1

#: For fewer faces than one in so many it pays to look at their arcs only.
MANY = 4
#: In so many faces a point is sought at a time.
SOME = 1 << 16


@dataclass(frozen=True)  # no slots: they have no place for what is made once
class Mesh:
    """Arcs that cut the plane into faces; polygons are made of them when they are asked for.

    Attributes
    ----------
    xy
        (v, 2) vertices in grid steps.
    scale
        Grid steps in a metre.
    arcs
        (n,) they run between rows of `xy`.
    left, right
        (n,) int32 face on each side of each arc; -1 is the ground outside.
    turn
        (n,) twice the area that each arc sweeps, seen from the origin, in grid steps squared.
    area
        (f,) square metres of each face.
    """

    xy: Ints
    scale: float
    arcs: Arcs
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    turn: Ints
    area: Floats

    def __len__(self) -> int:
        return len(self.area)

    @cached_property
    def faces(self) -> Geometries:
        """(f,) the polygons of all faces; made when first asked for, at about 0.5 kB each."""
        return self.polygons(np.arange(len(self)))

    @cached_property
    def pairs(self) -> Neighbours:
        """Which faces share a border, and how long it is; made when first asked for."""
        return self.neighbours()

    @cached_property
    def first_pair(self) -> Ints:
        """(f + 1,) the borders `first_pair[k]:first_pair[k + 1]` of `pairs` are those of face `k` as `i`."""
        return starts(self.pairs.i, len(self))

    @cached_property
    def _around_faces(self) -> tuple[npt.NDArray[np.int32], Ints]:
        """The arcs around each face: on the left of arc k is k, on the right k + the number of arcs."""
        side = np.concatenate([self.left, self.right]).astype(np.int64) + 1  # the ground outside comes first
        order = in_order(side).astype(np.int32)
        return order, starts(side[order], len(self) + 1)[1:]

    @cached_property
    def perimeter(self) -> Floats:
        """(f,) metres around each face, with its holes; made when first asked for."""
        length = self._length
        sides = [np.bincount(side[side != NOBODY], length[side != NOBODY], len(self)) for side in self.sides]
        return np.asarray((sides[0] + sides[1]) / self.scale)

    def forget(self) -> None:
        """Drop what was made when first asked for; it is made again when asked for again."""
        for name in (
            "faces",
            "pairs",
            "first_pair",
            "perimeter",
            "_around_faces",
            "_length",
            "_spots",
            "_narrow",
        ):
            self.__dict__.pop(name, None)

    @property
    def sides(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """The face on the left and on the right of each arc."""
        return self.left, self.right

    @cached_property
    def _narrow(self) -> dict[float, Ints]:
        return {}

    def narrow(self, width_m: float) -> Ints:
        """(f,) a place with no room for a circle of this diameter that each face lies in; -1 for none known.

        Whoever finds such a place puts its number here: what lies in it as a whole has no room either.
        """
        return self._narrow.setdefault(width_m, np.full(len(self), NOBODY, dtype=np.int64))

    def polygons(self, face: Ints) -> Geometries:
        """Answer the polygons of some faces."""
        return self.dissolve(face, np.arange(len(face)))

    @cached_property
    def _spots(self) -> Floats:
        """(f, 2) a point inside each face that was asked for one; NaN for the others."""
        return np.full((len(self), 2), np.nan)

    def spots(self, face: Ints) -> Floats:
        """Answer (n, 2) a point inside each of some faces, in metres; each is sought once."""
        new = distinct_only(face[np.isnan(self._spots[face, 0])])
        for part in np.split(new, np.arange(SOME, len(new), SOME)):
            self._spots[part] = self._middles(part)
        return self._spots[face]

    def _middles(self, face: Ints) -> Floats:
        item, arc, _, on_left = self._sides_of(face)
        count = np.diff(self.arcs.first)[arc]
        vertex = self.arcs.vertex[spread(self.arcs.first[arc], count)[1]]
        return middles(self.xy.take(vertex, axis=0) / self.scale, count, item, on_left)

    def dissolve(self, face: Ints, region: Ints) -> Geometries:
        """Join the faces of each region, as `outlines` does: a Polygon or MultiPolygon of each."""
        return self.outlines(face, region).polygons()

    def outlines(self, face: Ints, region: Ints) -> Outlines:
        """Join the faces of each region.

        Parameters
        ----------
        face, region
            (n,) parallel: face `face` is in region `region`. A face in several regions stands there several
            times with each. Regions are numbered from 0.
        """
        count = int(region.max(initial=NOBODY)) + 1
        regions = np.full(len(self) + 1, NOBODY, dtype=np.int64)  # the last one is the ground outside
        regions[face] = region
        if not np.array_equal(regions[face], region):
            return self._outlines_overlapping(face, region, count)
        if len(face) * MANY > len(self):
            left, right = regions[self.left], regions[self.right]
            lefts = np.flatnonzero((left != right) & (left != NOBODY))
            rights = np.flatnonzero((left != right) & (right != NOBODY))
            along = np.repeat([True, False], [len(lefts), len(rights)])
            mine = np.concatenate([left[lefts], right[rights]])
            return self._around(np.concatenate([lefts, rights]), along, mine, count)
        item, arc, other, on_left = self._sides_of(face)
        border = regions[other] != region[item]
        return self._around(arc[border], on_left[border], region[item[border]], count)

    def _outlines_overlapping(self, face: Ints, region: Ints, count: int) -> Outlines:
        item, arc, other, on_left = self._sides_of(face)
        key = np.sort(face * count + region)
        wanted = other * count + region[item]
        # An arc with the region on both sides is inside it; on the ground outside, -1, nobody is.
        border = key[np.minimum(np.searchsorted(key, wanted), len(key) - 1)] != wanted
        return self._around(arc[border], on_left[border], region[item[border]], count)

    def _sides_of(self, face: Ints) -> tuple[Ints, Ints, Ints, npt.NDArray[np.bool_]]:
        """Answer the arcs around faces: item of `face`, arc, face beyond it, and on which side."""
        sides, first = self._around_faces
        item, at = spread(first[face], first[face + 1] - first[face])
        side = sides[at].astype(np.int64)
        on_left = side < len(self.arcs)
        arc = np.where(on_left, side, side - len(self.arcs))
        return item, arc, np.where(on_left, self.right[arc], self.left[arc]).astype(np.int64), on_left

    def _around(self, arc: Ints, on_left: npt.NDArray[np.bool_], region: Ints, count: int) -> Outlines:
        """Build the outlines of regions on the left, or else on the right, of some arcs."""
        turn = np.where(on_left, self.turn[arc], -self.turn[arc])
        border = Border(arc, on_left, region, turn)
        return outlines_around(self.xy, self.arcs, border, count=count, scale=self.scale)

    def neighbours(self, rows: Ints | None = None) -> Neighbours:
        """Answer which faces share a border, and how long it is.

        `rows` asks for some faces only; the answer then numbers them as they stand there.
        """
        number = np.arange(len(self) + 1)
        number[-1] = NOBODY
        if rows is not None:
            number[:] = NOBODY
            number[rows] = np.arange(len(rows))
        left, right = number[self.left], number[self.right]
        inner = np.flatnonzero((left != NOBODY) & (right != NOBODY))
        left, right = left[inner], right[inner]
        i, j = np.minimum(left, right), np.maximum(left, right)
        width = max(len(number), 1)
        key = i * width + j
        order = in_order(key)
        key = key[order]
        first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else order
        total = np.add.reduceat(self._length[inner[order]], first) if len(key) else np.zeros(0)
        return Neighbours(key[first] // width, key[first] % width, total / self.scale)

    @cached_property
    def _length(self) -> Floats:
        """(n,) grid steps along each arc."""
        return self.arcs.lengths(self.xy)

"""A mesh: noded segments with the face on each side, and the polygons of faces and of groups of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgov.topology.distinct import distinct, in_order
from gridgov.topology.edges import Neighbours
from gridgov.topology.ragged import spread, starts
from gridgov.topology.rings import polygons_around

__all__ = ["Mesh"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

NOBODY = -1

#: For fewer faces than one in so many it pays to look at their segments only.
MANY = 4


@dataclass(frozen=True)  # no slots: they have no place for what is made once
class Mesh:
    """Segments that cut the plane into faces; polygons are made of them when they are asked for.

    Attributes
    ----------
    xy
        (v, 2) vertices in grid steps.
    scale
        Grid steps in a metre.
    a, b
        (n,) int32 rows of the end points of each segment.
    left, right
        (n,) int32 face on each side, seen from a to b; -1 is the ground outside.
    area
        (f,) square metres of each face.
    """

    xy: Ints
    scale: float
    a: npt.NDArray[np.int32]
    b: npt.NDArray[np.int32]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
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
        """The segments around each face: on the left of segment k is k, on the right k + the segments."""
        side = np.concatenate([self.left, self.right]).astype(np.int64) + 1  # the ground outside comes first
        order = in_order(side).astype(np.int32)
        return order, starts(side[order], len(self) + 1)[1:]

    @cached_property
    def perimeter(self) -> Floats:
        """(f,) metres around each face, with its holes; made when first asked for."""
        length = self._length
        sides = [np.bincount(side[side != NOBODY], length[side != NOBODY], len(self)) for side in self.sides]
        return np.asarray(sides[0] + sides[1])

    def forget(self) -> None:
        """Drop what was made when first asked for; it is made again when asked for again."""
        for name in ("faces", "pairs", "first_pair", "perimeter", "_around_faces", "_length"):
            self.__dict__.pop(name, None)

    @property
    def sides(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """The face on the left and on the right of each segment."""
        return self.left, self.right

    def polygons(self, face: Ints) -> Geometries:
        """Answer the polygons of some faces."""
        return self.dissolve(face, np.arange(len(face)))

    def dissolve(self, face: Ints, region: Ints) -> Geometries:
        """Join the faces of each region.

        Parameters
        ----------
        face, region
            (n,) parallel: face `face` is in region `region`. A face in several regions stands there several
            times with each. Regions are numbered from 0.

        Returns
        -------
        One Polygon for each region, or a MultiPolygon if it is not connected.
        """
        count = int(region.max(initial=NOBODY)) + 1
        regions = np.full(len(self) + 1, NOBODY, dtype=np.int64)  # the last one is the ground outside
        regions[face] = region
        if not np.array_equal(regions[face], region):
            return self._dissolve_overlapping(face, region, count)
        if len(face) * MANY > len(self):
            left, right = regions[self.left], regions[self.right]
            lefts = np.flatnonzero((left != right) & (left != NOBODY))
            rights = np.flatnonzero((left != right) & (right != NOBODY))
            return self._around(lefts, rights, np.concatenate([left[lefts], right[rights]]), count)
        item, edge, other, on_left = self._sides_of(face)
        border = regions[other] != region[item]
        return self._bordered(edge[border], on_left[border], region[item[border]], count)

    def _dissolve_overlapping(self, face: Ints, region: Ints, count: int) -> Geometries:
        item, edge, other, on_left = self._sides_of(face)
        key = np.sort(face * count + region)
        wanted = other * count + region[item]
        # A segment with the region on both sides is inside it; on the ground outside, -1, nobody is.
        border = key[np.minimum(np.searchsorted(key, wanted), len(key) - 1)] != wanted
        return self._bordered(edge[border], on_left[border], region[item[border]], count)

    def _sides_of(self, face: Ints) -> tuple[Ints, Ints, Ints, npt.NDArray[np.bool_]]:
        """Answer the segments around faces: item of `face`, segment, face beyond it, and on which side."""
        sides, first = self._around_faces
        item, at = spread(first[face], first[face + 1] - first[face])
        side = sides[at].astype(np.int64)
        on_left = side < len(self.a)
        edge = np.where(on_left, side, side - len(self.a))
        return item, edge, np.where(on_left, self.right[edge], self.left[edge]).astype(np.int64), on_left

    def _bordered(self, edge: Ints, on_left: npt.NDArray[np.bool_], region: Ints, count: int) -> Geometries:
        order = np.concatenate([np.flatnonzero(on_left), np.flatnonzero(~on_left)])
        return self._around(edge[on_left], edge[~on_left], region[order], count)

    def _around(self, left: Ints, right: Ints, region: Ints, count: int) -> Geometries:
        """Build the polygons of regions on the left of some segments, and on the right of others."""
        start = np.concatenate([self.a[left], self.b[right]]).astype(np.int64)
        end = np.concatenate([self.b[left], self.a[right]]).astype(np.int64)
        if len(start) * MANY < len(self.xy):
            vertex, first = distinct(start)
            last = np.searchsorted(vertex, end)
        else:
            used = np.zeros(len(self.xy), dtype=bool)
            used[start] = True
            number = np.cumsum(used) - 1
            vertex, first, last = used, number[start], number[end]
        xy = self.xy.take(np.flatnonzero(vertex) if vertex.dtype == bool else vertex, axis=0)
        return polygons_around(xy, first, last, region, count=count, places=xy / self.scale)

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
        return Neighbours(key[first] // width, key[first] % width, total)

    @cached_property
    def _length(self) -> Floats:
        """(n,) metres of each segment."""
        along = (self.xy.take(self.b, axis=0) - self.xy.take(self.a, axis=0)) / self.scale
        return np.asarray(np.hypot(along[:, 0], along[:, 1]))

"""A mesh: noded segments with the face on each side, and the polygons of faces and of groups of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgov.topology.edges import Neighbours
from gridgov.topology.ragged import spread
from gridgov.topology.rings import polygons_around

__all__ = ["Mesh"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

NOBODY = -1


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
        left, right = regions[self.left], regions[self.right]
        lefts = np.flatnonzero((left != right) & (left != NOBODY))
        rights = np.flatnonzero((left != right) & (right != NOBODY))
        start = np.concatenate([self.a[lefts], self.b[rights]]).astype(np.int64)
        end = np.concatenate([self.b[lefts], self.a[rights]]).astype(np.int64)
        return self._around(start, end, np.concatenate([left[lefts], right[rights]]), count)

    def _dissolve_overlapping(self, face: Ints, region: Ints, count: int) -> Geometries:
        order = np.argsort(face, kind="stable")
        many = np.bincount(face, minlength=len(self))
        first = np.cumsum(many) - many
        found = []
        for side in (self.left, self.right):
            edge = np.flatnonzero(side != NOBODY)
            which, item = spread(first[side[edge]], many[side[edge]])
            found.append(edge[which] * count + region[order[item]])
        # A segment with the region on both sides is inside it.
        left, right = (np.setdiff1d(one, other) for one, other in (found, found[::-1]))
        start = np.concatenate([self.a[left // count], self.b[right // count]]).astype(np.int64)
        end = np.concatenate([self.b[left // count], self.a[right // count]]).astype(np.int64)
        return self._around(start, end, np.concatenate([left, right]) % count, count)

    def _around(self, start: Ints, end: Ints, region: Ints, count: int) -> Geometries:
        used = np.zeros(len(self.xy), dtype=bool)
        used[start] = True
        number = np.cumsum(used) - 1
        xy = self.xy[used]
        return polygons_around(xy, number[start], number[end], region, count=count, places=xy / self.scale)

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
        length = self._length(inner)
        width = max(len(number), 1)
        order = np.argsort(i * width + j, kind="stable")
        key = (i * width + j)[order]
        first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else order
        total = np.add.reduceat(length[order], first) if len(key) else np.zeros(0)
        return Neighbours(key[first] // width, key[first] % width, total)

    def _length(self, edge: Ints) -> Floats:
        along = (self.xy[self.b[edge]] - self.xy[self.a[edge]]) / self.scale
        return np.asarray(np.hypot(along[:, 0], along[:, 1]))

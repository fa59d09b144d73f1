"""The polygons themselves: asked with GEOS where the raster cannot tell, and far from any border."""

import threading
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridgov import datum
from gridgov.index.store import Packed, content_hash
from gridgov.index.systems import Systems

__all__ = ["Shapes", "first_of_each"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]

#: Areas that differ by less than this (m2) are equal, so that the same polygon drawn from another vertex
#: does not win by a rounding error.
_AREA_DECIMALS = 3

#: Nearness is first tested with this margin by GEOS's fast test, then by the distance itself.
_MARGIN = 1 + 1e-9

#: A polygon asked more often than this at a time is worth preparing.
_OFTEN = 8

#: Less than one polygon in so many at a time are read from a saved index without the others, which take their
#: memory for good; until as many were read as if all had been so many times.
_ONE_IN, _TIMES = 8, 4


class Shapes:
    """Polygons in the cells' own coordinates, and in metres.

    Trees and prepared polygons are made when they are first needed. GEOS builds more at the first question,
    which is not safe when several threads ask at once: they wait for each other.
    """

    def __init__(
        self,
        polygons: NDArray[Any] | Callable[[], NDArray[Any]],
        systems: Systems,
        *,
        rank: Ints | None = None,
        content_hash: str | None = None,
    ) -> None:
        self.systems = systems
        self._polygons, self._hash = polygons, content_hash
        #: Polygons that nobody else has, so that they may be prepared.
        self._own: NDArray[np.bool_] | None = None
        self._lock = threading.RLock()
        self._trees: dict[bool, shapely.STRtree] = {}
        self._measured: NDArray[Any] | None = None
        self._read = 0
        self.rank: Ints = self._ranked() if rank is None else rank

    def __getstate__(self) -> tuple[Any, ...]:
        """Leave out what is made again: trees, and the lock."""
        return self.polygons, self.systems, np.array(self.rank), self._hash

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        polygons, systems, rank, content = state
        self.__init__(lambda: polygons, systems, rank=rank, content_hash=content)  # type: ignore[misc]

    def __len__(self) -> int:
        return len(self.rank)

    @property
    def polygons(self) -> NDArray[Any]:
        """The polygons in the cells' own coordinates; those of a saved index are read when first needed."""
        if not isinstance(self._polygons, np.ndarray):
            with self._lock:
                self._polygons = self._polygons()
                self._own = np.ones(len(self._polygons), dtype=np.bool_)
        return self._polygons

    @cached_property
    def corners(self) -> int:
        """Number of corners."""
        return int(shapely.get_num_coordinates(self.polygons).sum())

    @property
    def content_hash(self) -> str:
        """Name of the polygons' content and of where they stand."""
        if self._hash is None:
            self._hash = content_hash(self.polygons, self.systems.cells.crs.to_wkt())
        return self._hash

    def _ranked(self) -> Ints:
        """Order in which polygons are the answer: the smallest first, of equal ones the lowest row."""
        area = np.round(shapely.area(self.measured()), _AREA_DECIMALS)
        rank = np.empty(len(area), dtype=np.int64)
        rank[np.argsort(area, kind="stable")] = np.arange(len(area))
        return rank

    def measured(self) -> NDArray[Any]:
        """The polygons in metres."""
        if self.systems.measured:
            return self.polygons
        if self._measured is None:
            with self._lock:
                straight = shapely.segmentize(self.polygons, self.systems.longest_edge)
                source, target = self.systems.cells, self.systems.metres
                self._measured = datum.transform_geometries(straight, source=source, target=target)
        return self._measured

    def covering(self, x: Floats, y: Floats) -> tuple[Ints, Rows]:
        """Pairs of a point, in the cells' coordinates, and a polygon that holds it, edges included."""
        usable = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        if not len(usable):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
        with self._lock:
            point, row = self._tree(in_metres=False).query(shapely.points(x[usable], y[usable]))
        point = usable[point]
        holds = self._asked(shapely.intersects_xy, row, x[point], y[point])
        return point[holds].astype(np.int64), row[holds].astype(np.int32)

    def touching(self, point: Ints, row: Rows, x: Floats, y: Floats) -> tuple[Ints, Rows]:
        """Of pairs of a point (its number in `x`, `y`) and a polygon, those that meet, edges included."""
        holds = self._asked(shapely.intersects_xy, row, x[point], y[point])
        return point[holds], row[holds]

    def meeting(self, rows: Iterable[int], x: float, y: float) -> tuple[list[int], list[int]]:
        """Of some polygons those that meet one place, edges included, and those that hold it inside."""
        with self._lock:
            listed = list(rows)
            polygons = self._at(np.array(listed, dtype=np.int64))
            holds, inside = shapely.intersects_xy(polygons, x, y), shapely.contains_xy(polygons, x, y)
            held = [row for row, meets in zip(listed, holds.tolist(), strict=True) if meets]
            return held, [row for row, within in zip(listed, inside.tolist(), strict=True) if within]

    def best(self, point: Ints, row: Rows, x: Floats, y: Floats) -> tuple[Ints, Rows, NDArray[np.bool_]]:
        """Of pairs that meet, the answer for each point, and whether it is inside several polygons.

        Inside several the first by rank; inside of none, on edges, the lowest row.
        """
        inside = self._asked(shapely.contains_xy, row, x[point], y[point])
        order = np.lexsort((np.where(inside, self.rank[row], row), ~inside, point))
        best = order[first_of_each(point[order])]
        number = np.bincount(point[inside], minlength=len(x))
        return point[best], row[best], number[point[best]] > 1

    def near(self, x: Floats, y: Floats, within_m: float) -> tuple[Ints, Rows, Floats]:
        """Pairs of a point, in metres, and a polygon at most `within_m` from it, with the distance."""
        usable = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        if not len(usable):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32), np.zeros(0)
        x, y = x[usable], y[usable]
        reach = within_m * _MARGIN
        places: NDArray[Any] = np.asarray(shapely.points(x, y), dtype=object)
        with self._lock:
            place, row = self._tree(in_metres=True).query(
                shapely.box(x - reach, y - reach, x + reach, y + reach)
            )
            close = shapely.dwithin(self.measured()[row], places[place], reach)
        place, row = place[close], row[close]
        distance: Floats = np.asarray(shapely.distance(self.measured()[row], places[place]))
        close = distance <= within_m
        return usable[place[close]].astype(np.int64), row[close].astype(np.int32), distance[close]

    def nearest(self, x: Floats, y: Floats) -> tuple[Ints, Rows, Floats]:
        """Pairs of a point, in metres, and the polygons nearest to it, however far."""
        usable = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        with self._lock:
            (place, row), distance = self._tree(in_metres=True).query_nearest(
                shapely.points(x[usable], y[usable]), return_distance=True, all_matches=True
            )
        return usable[place].astype(np.int64), row.astype(np.int32), distance

    def distance_to(self, rows: NDArray[Any], x: Floats, y: Floats) -> Floats:
        """Metres from each point, in metres, to the nearest of some polygons; NaN stays NaN."""
        distance = np.full(len(x), np.nan)
        usable = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        if not len(usable) or not len(rows):
            return distance
        if len(rows) == 1:
            places = np.asarray(shapely.points(x[usable], y[usable]), dtype=object)
            distance[usable] = shapely.distance(self.measured()[rows[0]], places)
            return distance
        tree = shapely.STRtree(self.measured()[rows])
        (place, _), away = tree.query_nearest(
            shapely.points(x[usable], y[usable]), return_distance=True, all_matches=False
        )
        distance[usable[place]] = away
        return distance

    def _tree(self, *, in_metres: bool) -> shapely.STRtree:
        in_metres = in_metres and not self.systems.measured
        if in_metres not in self._trees:
            if in_metres:
                shapely.prepare(self.measured())
            else:
                self._prepare(np.arange(len(self)))
            self._trees[in_metres] = shapely.STRtree(self.measured() if in_metres else self.polygons)
        return self._trees[in_metres]

    def _asked(self, question: Any, row: NDArray[Any], x: Floats, y: Floats) -> NDArray[np.bool_]:
        with self._lock:
            often = np.flatnonzero(np.bincount(row, minlength=len(self)) > _OFTEN)
            if len(often):
                self._prepare(often)
            return np.asarray(question(self._at(row), x, y))

    def _at(self, row: NDArray[Any]) -> NDArray[Any]:
        """The polygon of each row; of a saved index a few are read without the others."""
        if isinstance(self._polygons, Packed):
            few, place = np.unique(row, return_inverse=True)
            self._read += len(few)
            if len(few) * _ONE_IN < len(self) and self._read < _TIMES * len(self):
                return self._polygons.some(few)[place]
        polygons: NDArray[Any] = self.polygons[row]
        return polygons

    def _prepare(self, rows: Ints) -> None:
        """Prepare some polygons: copies of those that others may have, which are not touched."""
        polygons = self.polygons
        if self._own is None:
            self._own = np.zeros(len(polygons), dtype=np.bool_)
        strange = rows[~self._own[rows]]
        polygons[strange] = shapely.force_2d(polygons[strange])
        self._own[strange] = True
        shapely.prepare(polygons[rows])


def first_of_each(ordered: Ints) -> NDArray[np.bool_]:
    """Marks the first of each run of equal values."""
    first = np.ones(len(ordered), dtype=np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return first

"""Answers where points lie among polygons."""

import warnings
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridgov import datum
from gridgov.errors import ArgumentError, FormatError, GridgovWarning
from gridgov.index.answers import located, located_within, nearest_pairs, plainly
from gridgov.index.borders import Borders
from gridgov.index.one import Seen, View
from gridgov.index.pairs import Pairs, merged_pairs
from gridgov.index.raster import NOBODY
from gridgov.index.ready import Drawn, Ready
from gridgov.index.saved import Kept, SavedPolygons, index_beside, read_index, write_index
from gridgov.index.shapes import Shapes, first_of_each
from gridgov.index.systems import Systems
from gridgov.index.widths import located_of_widths
from gridgov.words.locating import WORDS

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["CellIndex", "Pairs"]

Floats = NDArray[np.float64]

#: Points within so many metres of a border are told from the rest without looking into other pixels.
REACH_M = 1.0

#: Points asked of a tree of polygons in the time it takes to draw one of their corners.
POINTS_PER_CORNER = 0.1


class CellIndex:
    """Answers where points lie among polygons; rows are those of the table given.

    Parameters
    ----------
    cells
        Polygons with a CRS, in the order that settles ties: the lowest row wins on a common edge. They
        may overlap. Not kept and not changed.
    points_crs
        Where points will stand: anything `gridgov.datum.parse_crs` takes. None: in the cells' own CRS.
    later
        Draw the raster only when so many points were asked that it pays; ask the polygons themselves until
        then. The answers are the same.

    Notes
    -----
    Every answer is the one that bringing the point to the cells' own CRS and testing it there against every
    polygon, with GEOS, would give. A raster settles nearly all points without either: docs/locating.md.
    Distances are in metres: in the cells' CRS if it is in metres, else in :func:`gridgov.datum.metric_crs`
    of their extent (true to 1 % for a city or a province). Threads may share one index.
    """

    __slots__ = ("_asked", "_beside", "_others", "_ready", "_systems", "_view")
    _ready: Ready

    def __init__(self, cells: "gpd.GeoDataFrame", *, points_crs: object = None, later: bool = False) -> None:
        polygons: NDArray[Any] = np.array(cells.geometry.array, dtype=object)
        if shapely.has_z(polygons).any():
            polygons = shapely.force_2d(polygons)
        systems = Systems.of(cells.crs, points=points_crs, bounds=tuple(cells.total_bounds))
        self._begin(Ready(Shapes(polygons, systems), systems), systems)
        if not later and self._corners:
            self._ready = _drawn(self._ready.shapes, systems)

    def _begin(self, ready: Ready, systems: Systems) -> None:
        self._systems, self._ready, self._asked = systems, ready, 0
        self._others: dict[object, CellIndex] = {}
        self._beside: Path | None = None
        self._view: View | None = None

    @classmethod
    def of_saved(cls, saved: SavedPolygons) -> "CellIndex":
        """An index of polygons that a saved one holds, for points in their own system; drawn later."""
        index = cls.__new__(cls)
        systems = Systems.of(saved.crs, points=None, bounds=saved.bounds)
        shapes = Shapes(saved.polygons, systems, rank=saved.rank, content_hash=saved.content_hash)
        index._begin(Ready(shapes, systems), systems)  # noqa: SLF001 (its own)
        return index

    def asked_in(self, points_crs: object) -> "CellIndex":
        """The index of the same cells for points in another system; its raster is drawn when it pays."""
        points = datum.parse_crs(points_crs)
        # Names are quicker to compare than what they stand for, and say as much if they are an authority's.
        key = points.name if points.offset or points.name.startswith("EPSG:") else points
        if key not in self._others:
            systems = self._systems.asked_in(points)
            other = self
            if systems.points != self._systems.points:
                other = CellIndex.__new__(CellIndex)
                other._begin(Ready(self._ready.shapes, systems), systems)  # noqa: SLF001 (one of its own kind)
                other._asked = self._asked  # noqa: SLF001
            other._take_saved(self._beside)  # noqa: SLF001
            self._others[key] = other
        return self._others[key]

    def expect(self, points: int) -> None:
        """Say that so many points will be asked: the raster is drawn with the first of them if that pays."""
        for index in {self, *self._others.values()}:
            index._asked += points  # noqa: SLF001 (one of its own kind)

    @property
    def _corners(self) -> int:
        return self._ready.shapes.corners

    def _take_saved(self, network: Path | None) -> None:
        """Answer with a saved index of the same cells, if there is one."""
        path = network and index_beside(network, self._systems)
        if path is None or isinstance(self._ready, Drawn):
            return
        try:
            saved, systems = read_index(path)
        except FormatError:
            # Of an earlier version, or half copied: the cells are there, and another can be made of them.
            warnings.warn(WORDS("unreadable_index", path=path.name), GridgovWarning, stacklevel=4)
            return
        if saved.shapes.content_hash != self.content_hash or systems != self._systems:
            warnings.warn(WORDS("other_index", path=path.name), GridgovWarning, stacklevel=4)
            return
        drawn_in = self._systems if saved.drawn == systems else self._systems.own()
        self._ready = Drawn(self._ready.shapes, drawn_in, saved.raster, saved.borders)

    def saved_beside(self, network: str | Path) -> None:
        """Use the index saved beside a network file if it is of these cells; warn of one that is not."""
        self._beside = Path(network)

    def save(self, path: str | Path, *, overwrite: bool = False, kept: Kept | None = None) -> None:
        """Write the index to one file, which any process can map into its memory.

        `kept` is written too if it is of the same polygons.

        Raises
        ------
        ArgumentError
            There are no cells.
        OutputExistsError, OutputLockedError
            The file is there; it cannot be written.
        """
        if not self._corners:
            raise ArgumentError(WORDS("no_cells_index"))
        write_index(path, self._now_drawn(), self._systems, overwrite=overwrite, kept=kept)

    def draw_for(self, points: int) -> None:
        """Draw the raster now if so many points, to be asked later, are worth it."""
        if not isinstance(self._ready, Drawn) and points > self._corners * POINTS_PER_CORNER > 0:
            self._ready = _drawn(self._ready.shapes, self._systems)

    def draw(self) -> None:
        """Draw the raster now, however few points were asked: before the index is sent to other processes."""
        if self._corners:
            self._now_drawn()

    def _now_drawn(self) -> Drawn:
        ready = self._ready
        if not isinstance(ready, Drawn):
            ready = self._ready = _drawn(ready.shapes, self._systems)
        return ready

    @classmethod
    def load(cls, path: str | Path) -> "CellIndex":
        """An index that was saved; its arrays are mapped into memory, and read when they are used.

        Raises
        ------
        InputMissingError, FormatError
            There is no such file; it is no index, or not whole.
        """
        index = cls.__new__(cls)
        ready, systems = read_index(path)
        index._begin(ready, systems)  # noqa: SLF001 (its own)
        return index

    @property
    def content_hash(self) -> str:
        """Name of the cells' content: polygons in their order, and their CRS."""
        return self._ready.shapes.content_hash

    def __len__(self) -> int:
        return len(self._ready.shapes)

    def locate(self, *, lon: Any, lat: Any) -> NDArray[np.int32]:
        """Row of the cell each point lies in, -1 for none (also for NaN).

        Exactly on a common edge the lowest row; inside several polygons the smallest, then the lowest row.

        Parameters
        ----------
        lon, lat
            Arrays of one length: degrees, or x and y if `points_crs` is projected.
        """
        return self.locate_overlapping(lon=lon, lat=lat)[0]

    def locate_overlapping(self, *, lon: Any, lat: Any) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """Rows as :meth:`locate` gives them, and whether the point is inside several polygons."""
        ready, x, y = self._asked_in(lon, lat)
        return located(ready, x, y)

    def look(self, lon: float, lat: float, *, within_m: float) -> Seen | None:
        """What one point lies in and what is within some metres of it, if a look tells; else None.

        Then :meth:`locate_overlapping` and :meth:`candidates` say the same. Some ten microseconds.
        """
        ready = self._ready
        if not isinstance(ready, Drawn):
            return None
        view = self._view
        if view is None or view.ready is not ready:
            view = self._view = View(ready)
        if ready.drawn is self._systems:
            return view.seen(lon, lat, within_m=within_m)
        if not (isfinite(lon) and isfinite(lat)):
            return None
        return view.seen(*self._systems.point_to_cells(lon, lat), within_m=within_m)

    def candidates(self, *, lon: Any, lat: Any, border_m: "float | Floats") -> Pairs:
        """Every cell that lies within `border_m` metres of each point; 0 m for those it lies in.

        `border_m` is one width for all points, or one for each. With millions of points ask
        :meth:`locate_within`, whose answer is a quarter as large.
        """
        row, _, pairs = self.locate_within(lon=lon, lat=lat, border_m=border_m)
        row[pairs.point] = NOBODY
        return merged_pairs(row, pairs)

    def locate_within(
        self, *, lon: Any, lat: Any, border_m: "float | Floats"
    ) -> tuple[NDArray[np.int32], NDArray[np.bool_], Pairs]:
        """What :meth:`locate_overlapping` says, and the :meth:`candidates` of points that have others.

        Of the rest, most of all points, the cell they lie in, if any, is the only candidate.
        """
        ready, x, y = self._asked_in(lon, lat)
        if np.ndim(border_m) == 0:
            return located_within(ready, x, y, float(border_m))  # type: ignore[arg-type]
        widths = np.asarray(border_m, dtype=np.float64)
        return located_of_widths(lambda some, width: located_within(ready, x[some], y[some], width), widths)

    def plain(self, *, lon: Any, lat: Any, border_m: float) -> NDArray[np.int32] | None:
        """Row of each point that :meth:`locate` says, and whose only candidate that is; -1 for the others.

        None where one look does not tell: it is asked with numba, of a raster that was drawn.
        """
        ready, x, y = self._asked_in(lon, lat)
        return plainly(ready, x, y, border_m)

    def nearest(self, *, lon: Any, lat: Any, within_m: float = np.inf) -> tuple[NDArray[np.int32], Floats]:
        """Row of and distance to the nearest cell within `within_m` metres; -1 and NaN for none.

        Without a limit every point is measured against whole polygons: for a few points only.
        """
        ready, x, y = self._asked_in(lon, lat)
        rows = np.full(len(x), NOBODY, dtype=np.int32)
        distances = np.full(len(x), np.nan)
        if not len(self) or within_m <= 0:
            return rows, distances
        if np.isfinite(within_m):
            rows, _, pairs = located_within(ready, x, y, within_m)
            distances[rows != NOBODY] = 0.0
        else:
            pairs = nearest_pairs(ready, x, y)
        best = first_of_each(pairs.point)
        rows[pairs.point[best]] = pairs.row[best]
        distances[pairs.point[best]] = pairs.distance_m[best]
        return rows, distances

    def distance_to(self, rows: Any, *, lon: Any, lat: Any) -> Floats:
        """Metres from each point to the nearest of some cells, 0 inside; NaN for no place, or no cells.

        Every point is measured against whole polygons, of these cells only.
        """
        ready, x, y = self._asked_in(lon, lat)
        there = ready.drawn.to_metres(*ready.drawn.to_cells(x, y))
        return ready.shapes.distance_to(np.asarray(rows, dtype=np.int64), *there)

    def _asked_in(self, lon: Any, lat: Any) -> tuple[Ready, Floats, Floats]:
        """What answers, and the points in the coordinates it is drawn in."""
        x, y = (np.ascontiguousarray(values, dtype=np.float64) for values in (lon, lat))
        if x.shape != y.shape or x.ndim != 1:
            raise ArgumentError(WORDS("one_length", shape=x.shape, shape2=y.shape))
        ready = self._answering(len(x))
        if not isinstance(ready, Drawn) or ready.drawn is not self._systems:
            # Infinity, which a raster knows to be nowhere, is not brought anywhere.
            usable = np.isfinite(x) & np.isfinite(y)
            x, y = np.where(usable, x, np.nan), np.where(usable, y, np.nan)
        if ready.drawn is not self._systems:
            x, y = self._systems.to_cells(x, y)
        return ready, x, y

    def _answering(self, points: int) -> Ready:
        """What answers; the raster is drawn once so many points were asked that it pays."""
        if not isinstance(self._ready, Drawn):
            self._asked += points
            self.draw_for(self._asked)
        return self._ready


def _drawn(shapes: Shapes, systems: Systems) -> Drawn:
    # A short job, or one with a saved index, draws nothing.
    from gridgov.index.chart import chart_of
    from gridgov.index.pieces import pieces_of
    from gridgov.index.records import drawn

    pieces = pieces_of(shapes.polygons, longest=systems.longest_edge)
    chart, drawn_in = chart_of(pieces, systems, cells=len(shapes))
    raster = drawn(chart, reach_m=REACH_M, rank=shapes.rank, spare=pieces.spare)
    return Drawn(shapes, drawn_in, raster, Borders.of(pieces, drawn_in))

"""Where points, cells and metres stand, and the one way from each to the next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gridgov import datum

if TYPE_CHECKING:
    from pyproj import CRS

__all__ = ["Systems"]

Floats = NDArray[np.float64]
Way = Callable[[Floats, Floats], tuple[Floats, Floats]]
PlaceWay = Callable[[float, float], tuple[float, float]]

#: So far from the cells projections may come round to them again; what is farther still is nowhere (PROJ
#: takes no longitude over 573 degrees).
_FAR_DEGREES, _FAR = (150.0, 1000.0), (5e6, 1e9)

#: An edge that is straight in degrees or on a web map is not straight in metres: edges are split at this
#: length (m of the map; degrees of about as much) before they are measured: under 1 mm apart.
_LONGEST_M, _LONGEST_DEGREES = 200.0, 0.002


@dataclass(frozen=True, slots=True)
class Systems:
    """Three coordinate systems: of the points asked about, of the cells, and the metres to measure in.

    Points are brought to the cells, and from there to metres, in one fixed way each, so that a point moves
    to the same place whoever asks. `points` may be the system of the cells, and that may be in metres.
    """

    points: datum.PointCRS
    cells: datum.PointCRS
    metres: datum.PointCRS
    #: Ways once found.
    _ways: dict[str, Way] = field(default_factory=dict, init=False, compare=False, repr=False)
    _place_ways: dict[str, PlaceWay] = field(default_factory=dict, init=False, compare=False, repr=False)

    @classmethod
    def of(cls, cells: "CRS", *, points: object, bounds: tuple[float, float, float, float]) -> "Systems":
        """The systems for cells with those bounds; `points` None: points stand where cells do."""
        # What is parsed may be said in other words; the cells' own numbers stay where they are.
        own = datum.PointCRS(datum.parse_crs(cells).name, cells)
        drawn = bool(np.isfinite(bounds).all())
        metres = datum.parse_crs(datum.metric_crs(cells, bounds=bounds)) if drawn else own
        systems = cls(own, own, own if metres.crs == cells else metres)
        return systems if points is None else systems.asked_in(points)

    def asked_in(self, points: object) -> "Systems":
        """The same for points that stand in another system."""
        there = datum.parse_crs(points)
        stated = datum.parse_crs(self.cells.crs)
        if there.offset is None and there.crs in {self.cells.crs, stated.crs}:
            there = self.cells
        return Systems(there, self.cells, self.metres)

    def strange(self, x: Floats, y: Floats, *, west: float, south: float) -> NDArray[np.bool_]:
        """Points so far from a place among the cells that they may stand for another place.

        A longitude of 474 degrees is one of 114.
        """
        far, farthest = _FAR_DEGREES if self.points.crs.is_geographic else _FAR
        away = np.maximum(np.abs(x - west), np.abs(y - south))
        return np.asarray((away > far) & (away < farthest))

    @property
    def same(self) -> bool:
        """Whether points stand in the cells' own system."""
        return self.points is self.cells

    @property
    def measured(self) -> bool:
        """Whether the cells' own system is the one in metres."""
        return self.metres is self.cells

    @property
    def longest_edge(self) -> float:
        """Edges of cells longer than this bend when they are brought to metres; in the cells' units."""
        if self.measured:
            return np.inf
        if self.cells.crs.is_geographic:
            return _LONGEST_DEGREES
        return _LONGEST_M / float(self.cells.crs.axis_info[0].unit_conversion_factor)

    def own(self) -> "Systems":
        """The same for points that stand in the cells' own system."""
        return Systems(self.cells, self.cells, self.metres)

    def to_cells(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Points brought to the cells; NaN where they cannot be."""
        return (x, y) if self.same else self._way("to cells", self.points, self.cells)(x, y)

    def to_points(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Corners of cells brought to the points."""
        return (x, y) if self.same else self._way("to points", self.cells, self.points)(x, y)

    def to_metres(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Places in the cells' system brought to metres."""
        return (x, y) if self.measured else self._way("to metres", self.cells, self.metres)(x, y)

    @property
    def place_to_cells(self) -> PlaceWay:
        """What brings one point to the cells, as :meth:`to_cells` brings it but for the last digits."""
        return self._place_way("to cells", self.points, self.cells)

    def point_to_cells(self, x: float, y: float) -> tuple[float, float]:
        """One point brought to the cells to the last digit as :meth:`to_cells` does: half a millisecond."""
        there = self.to_cells(np.array([x]), np.array([y]))
        return float(there[0][0]), float(there[1][0])

    @property
    def place_to_metres(self) -> PlaceWay:
        """What brings one place in the cells' system to metres."""
        return self._place_way("to metres", self.cells, self.metres)

    def _way(self, name: str, source: datum.PointCRS, target: datum.PointCRS) -> Way:
        if name not in self._ways:
            self._ways[name] = datum.way(source, target)
        return self._ways[name]

    def _place_way(self, name: str, source: datum.PointCRS, target: datum.PointCRS) -> PlaceWay:
        if name not in self._place_ways:
            self._place_ways[name] = datum.place_way(source, target)
        return self._place_ways[name]

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave out the ways, which are found again."""
        return Systems, (self.points, self.cells, self.metres)

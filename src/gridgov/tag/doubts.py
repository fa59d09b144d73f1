"""Coordinates that are numbers but hardly places: one point for many rows, two decimals, or in no cell."""

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import polars as pl

__all__ = ["CoordinateDoubts", "elsewhere_doubts", "metre_doubts"]

Floats = NDArray[np.float64]

#: So many rows on one point are a building's; more than this share of all rows are a default.
_SAME_POINT_ROWS = 20
_SAME_POINT_SHARE = 0.02
#: Of more rows than this a sample is looked at; so many points are remembered.
_SAMPLE = 20_000
_POINTS_KEPT = 50_000
#: Two decimals of a degree are 0.9-1.1 km.
_DECIMALS = 2
_COARSE_SHARE = 0.01
#: When more of the points than this lie in no cell, they are hardly meant for these cells.
_ELSEWHERE_SHARE = 0.5


class CoordinateDoubts:
    """Points that many rows share, and degrees given to two decimals only, counted batch by batch.

    Parameters
    ----------
    degrees
        True for longitude and latitude, False for metres.
    """

    def __init__(self, *, degrees: bool) -> None:
        self._degrees = degrees
        self._usable = self._coarse = 0
        self._points = Counter[tuple[float, float]]()

    def add(self, lon: Floats, lat: Floats) -> None:
        """Count (n,) coordinates as they came; NaN for unusable ones."""
        usable = np.isfinite(lon) & np.isfinite(lat)
        if not usable.all():
            lon, lat = lon[usable], lat[usable]
        self._usable += len(lon)
        if not len(lon):
            return
        if self._degrees:
            rounded = (lon.round(_DECIMALS) == lon) & (lat.round(_DECIMALS) == lat)
            self._coarse += int(np.count_nonzero(rounded))
        self._points.update(_often(lon, lat))
        if len(self._points) > _POINTS_KEPT:
            self._points = Counter(dict(self._points.most_common(_POINTS_KEPT // 2)))

    def sentences(self) -> list[str]:
        """What is doubtful, in words."""
        return [*self._same_point(), *self._two_decimals()]

    def _same_point(self) -> list[str]:
        rows = max(self._points.values(), default=0)
        if rows < _SAME_POINT_ROWS or rows < _SAME_POINT_SHARE * self._usable:
            return []
        x, y = min(other for other, many in self._points.items() if many == rows)
        said = f"{rows:,} rows ({rows / self._usable:.0%}) have one and the same point, {x:.10g}, {y:.10g}"
        return [f"{said}: perhaps a default, not a place."]

    def _two_decimals(self) -> list[str]:
        if self._coarse < max(1, _COARSE_SHARE * self._usable):
            return []
        rows = f"{self._coarse:,} of {self._usable:,} rows"
        return [f"Coordinates of two decimals only, which is about 1 km: {rows}."]


def _often(lon: Floats, lat: Floats) -> dict[tuple[float, float], int]:
    """Points with the rows that have them.

    Of many rows only points that a noticeable share of a sample has: a point that 2 % of all rows have is one
    of 2 % of some batch, and hardly ever of less than 0.5 % of a sample of it.
    """
    import polars as pl

    if len(lon) <= _SAMPLE:
        return {(x, y): rows for x, y, rows in _grouped(lon, lat).iter_rows()}
    some = np.random.default_rng(0).integers(0, len(lon), _SAMPLE)
    often = _grouped(lon[some], lat[some]).filter(pl.col("len") >= _SAMPLE * _SAME_POINT_SHARE / 4)
    return {(x, y): int(np.count_nonzero((lon == x) & (lat == y))) for x, y, _ in often.iter_rows()}


def _grouped(lon: Floats, lat: Floats) -> "pl.DataFrame":
    import polars as pl

    return pl.DataFrame({"x": lon, "y": lat}).group_by("x", "y").len()


def elsewhere_doubts(*, outside: int, located: int) -> list[str]:
    """Say so when most points lie in no cell; `located` of them lie in one or near one."""
    points = outside + located
    if outside <= _ELSEWHERE_SHARE * points:
        return []
    said = f"{outside:,} of {points:,} points lie in no cell"
    return [f"{said}: is their coordinate system (--crs) right, and are these the cells of their city?"]


def metre_doubts(*, no_degrees: int, rows: int) -> list[str]:
    """Say so when most rows have numbers that are no longitude and latitude."""
    if no_degrees <= _ELSEWHERE_SHARE * rows:
        return []
    said = f"{no_degrees:,} of {rows:,} rows have numbers that are no longitude and latitude"
    return [f"{said}: if they are metres, say in which system, --crs EPSG:N. gridgov info shows candidates."]

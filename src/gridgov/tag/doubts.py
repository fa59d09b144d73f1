"""Coordinates that are numbers but hardly places: one point for many rows, two decimals, or in no cell."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["coordinate_doubts", "elsewhere_doubts", "metre_doubts"]

Floats = NDArray[np.float64]

#: So many rows on one point are a building's; more than this share of all rows are a default.
_SAME_POINT_ROWS = 20
_SAME_POINT_SHARE = 0.02
#: Two decimals of a degree are 0.9-1.1 km.
_DECIMALS = 2
_COARSE_SHARE = 0.01
#: When more of the points than this lie in no cell, they are hardly meant for these cells.
_ELSEWHERE_SHARE = 0.5


def coordinate_doubts(lon: Floats, lat: Floats, *, degrees: bool) -> list[str]:
    """Sentences on points that many rows share and on degrees given to two decimals only.

    Parameters
    ----------
    lon, lat
        (n,) coordinates as they came; NaN for unusable ones.
    degrees
        True for longitude and latitude, False for metres.
    """
    usable = np.isfinite(lon) & np.isfinite(lat)
    lon, lat = lon[usable], lat[usable]
    if not len(lon):
        return []
    return [*_same_point(lon, lat), *(_coarse(lon, lat) if degrees else [])]


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


def _same_point(lon: Floats, lat: Floats) -> list[str]:
    points, rows = np.unique(np.column_stack([lon, lat]), axis=0, return_counts=True)
    most = int(rows.argmax())
    share = rows[most] / len(lon)
    if rows[most] < _SAME_POINT_ROWS or share < _SAME_POINT_SHARE:
        return []
    x, y = points[most]
    said = f"{rows[most]:,} rows ({share:.0%}) have one and the same point, {x:.10g}, {y:.10g}"
    return [f"{said}: perhaps a default, not a place."]


def _coarse(lon: Floats, lat: Floats) -> list[str]:
    coarse = np.count_nonzero((lon.round(_DECIMALS) == lon) & (lat.round(_DECIMALS) == lat))
    if coarse < max(1, _COARSE_SHARE * len(lon)):
        return []
    return [f"Coordinates of two decimals only, which is about 1 km: {coarse:,} of {len(lon):,} rows."]

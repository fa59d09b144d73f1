"""GCJ-02 and BD-09: the degrees that Chinese web maps publish, and the way back.

The formulas are public knowledge, not a published standard: GCJ-02 adds a smooth offset of 300-700 m to
WGS 84 inside China; BD-09 (Baidu) adds about 0.0065 degrees and a ripple to GCJ-02. Neither has a closed
inverse: it is found by fixed-point steps, each of which shrinks the error by 50 times or more.
"""

import math
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "BD09_TO_GCJ02",
    "GCJ02_TO_BD09",
    "GCJ02_TO_WGS84",
    "WGS84_TO_GCJ02",
    "OffsetStep",
    "bd09_to_gcj02",
    "gcj02_to_bd09",
    "gcj02_to_wgs84",
    "in_china",
    "wgs84_to_gcj02",
]

Floats = NDArray[np.float64]
_Shift = Callable[[Any, Any, Any], tuple[Any, Any]]


class OffsetStep(NamedTuple):
    """One change of offset, for arrays of points and for one place as plain numbers."""

    points: Callable[[Floats, Floats], tuple[Floats, Floats]]
    place: Callable[[float, float], tuple[float, float]]


#: Krassovsky 1940, the ellipsoid of the published GCJ-02 formula: semi-major axis in metres and
#: eccentricity squared.
_SEMI_MAJOR_M: Final = 6378245.0
_ECCENTRICITY2: Final = 0.00669342162296594323
_FLATTER: Final = 1.0 - _ECCENTRICITY2

#: Outside of this box the published formula leaves coordinates alone (west, east, south, north).
_GCJ02_BOX: Final = (72.004, 137.8347, 0.8293, 55.8271)

#: What gridgov calls China where it must choose a default (west, east, south, north).
_CHINA: Final = (73.0, 135.0, 18.0, 54.0)

#: BD-09: the constant part of the shift in degrees, and the frequency of its ripple.
_BD09_LON: Final = 0.0065
_BD09_LAT: Final = 0.006
_BD09_RIPPLE: Final = math.pi * 3000.0 / 180.0

_PI: Final = math.pi
_SIX_PI: Final = 6.0 * _PI
_TWO_PI: Final = 2.0 * _PI
_THIRD_PI: Final = _PI / 3.0
_TWELFTH_PI: Final = _PI / 12.0
_THIRTIETH_PI: Final = _PI / 30.0

#: Steps of the inverse: the largest error in China falls to 0.01 mm (BD-09) and 0.001 mm (GCJ-02).
_STEPS: Final = 4


def in_china(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Whether degrees lie in the box 73-135 E, 18-54 N; NaN does not.

    >>> in_china([113.7, -77.0], [34.7, 38.9]).tolist()
    [True, False]
    """
    return _inside(_CHINA, np.asarray(lon, np.float64), np.asarray(lat, np.float64))


def wgs84_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """GCJ-02 degrees (Amap, Tencent, most Chinese apps) of WGS 84 or CGCS2000 degrees.

    Parameters
    ----------
    lon, lat
        Degrees, any shape that broadcasts. NaN stays NaN. Outside of 72.004-137.8347 E, 0.8293-55.8271 N
        the answer is the input.

    Returns
    -------
    lon, lat
        New float64 arrays.

    Notes
    -----
    0.3 s for a million points; the inverse takes four times as long.

    >>> lon, lat = wgs84_to_gcj02(113.73, 34.72)
    >>> round(float(lon), 6), round(float(lat), 6)
    (113.736183, 34.718955)
    """
    x, y = _degrees(lon, lat)
    east, north = _gcj02_shift(x, y, np)
    shifted = _inside(_GCJ02_BOX, x, y)
    return np.where(shifted, x + east, x), np.where(shifted, y + north, y)


def gcj02_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """WGS 84 degrees of GCJ-02 degrees, to better than 0.1 mm; see `wgs84_to_gcj02`."""
    x, y = _degrees(lon, lat)
    there = _undo(_gcj02_shift, x, y, np)
    shifted = _inside(_GCJ02_BOX, x, y)
    return np.where(shifted, there[0], x), np.where(shifted, there[1], y)


def gcj02_to_bd09(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """BD-09 degrees (Baidu maps) of GCJ-02 degrees; NaN stays NaN."""
    x, y = _degrees(lon, lat)
    east, north = _bd09_shift(x, y, np)
    return x + east, y + north


def bd09_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """GCJ-02 degrees of BD-09 degrees (Baidu maps), to better than 0.1 mm; NaN stays NaN."""
    x, y = _degrees(lon, lat)
    return _undo(_bd09_shift, x, y, np)


def _degrees(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    x, y = np.broadcast_arrays(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
    return x, y


def _inside(box: tuple[float, float, float, float], x: Floats, y: Floats) -> NDArray[np.bool_]:
    west, east, south, north = box
    return np.asarray((x >= west) & (x <= east) & (y >= south) & (y <= north))


def _place_wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    if not _holds(_GCJ02_BOX, lon, lat):
        return lon, lat
    east, north = _gcj02_shift(lon, lat, math)
    return lon + east, lat + north


def _place_gcj02_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    return _undo(_gcj02_shift, lon, lat, math) if _holds(_GCJ02_BOX, lon, lat) else (lon, lat)


def _place_gcj02_to_bd09(lon: float, lat: float) -> tuple[float, float]:
    east, north = _bd09_shift(lon, lat, math)
    return lon + east, lat + north


def _place_bd09_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    return _undo(_bd09_shift, lon, lat, math)


WGS84_TO_GCJ02: Final = OffsetStep(wgs84_to_gcj02, _place_wgs84_to_gcj02)
GCJ02_TO_WGS84: Final = OffsetStep(gcj02_to_wgs84, _place_gcj02_to_wgs84)
GCJ02_TO_BD09: Final = OffsetStep(gcj02_to_bd09, _place_gcj02_to_bd09)
BD09_TO_GCJ02: Final = OffsetStep(bd09_to_gcj02, _place_bd09_to_gcj02)


def _holds(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    west, east, south, north = box
    return west <= x <= east and south <= y <= north


# The formulas stand once, for `maths` of arrays (numpy) and of plain numbers (math).


def _undo(shift: _Shift, x: Any, y: Any, maths: Any) -> tuple[Any, Any]:
    """Points that `shift` moves to (x, y)."""
    lon, lat = x, y
    for _ in range(_STEPS):
        east, north = shift(lon, lat, maths)
        lon, lat = x - east, y - north
    return lon, lat


def _gcj02_shift(lon: Any, lat: Any, maths: Any) -> tuple[Any, Any]:
    """Degrees east and north that GCJ-02 adds at WGS 84 degrees, as if all the world were China."""
    sin, sqrt, degrees = maths.sin, maths.sqrt, maths.degrees
    x, y = lon - 105.0, lat - 35.0
    root = sqrt(maths.fabs(x))
    ripple = 20.0 * sin(_SIX_PI * x) + 20.0 * sin(_TWO_PI * x)
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    waves = 20.0 * sin(y * _PI) + 40.0 * sin(y * _THIRD_PI)
    waves_on = 160.0 * sin(y * _TWELFTH_PI) + 320.0 * sin(y * _THIRTIETH_PI)
    north_m = north_m + (ripple + waves + waves_on) * 2.0 / 3.0
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    waves = 20.0 * sin(x * _PI) + 40.0 * sin(x * _THIRD_PI)
    waves_on = 150.0 * sin(x * _TWELFTH_PI) + 300.0 * sin(x * _THIRTIETH_PI)
    east_m = east_m + (ripple + waves + waves_on) * 2.0 / 3.0
    angle = maths.radians(lat)
    sine = sin(angle)
    curve = 1.0 - _ECCENTRICITY2 * sine * sine
    bend = sqrt(curve)
    meridian_m = _SEMI_MAJOR_M * _FLATTER / (curve * bend)
    parallel_m = _SEMI_MAJOR_M / bend * maths.cos(angle)
    return degrees(east_m / parallel_m), degrees(north_m / meridian_m)


def _bd09_shift(lon: Any, lat: Any, maths: Any) -> tuple[Any, Any]:
    """Degrees east and north that BD-09 adds at GCJ-02 degrees."""
    atan2 = np.arctan2 if maths is np else maths.atan2
    radius = maths.hypot(lon, lat) + 0.00002 * maths.sin(lat * _BD09_RIPPLE)
    angle = atan2(lat, lon) + 0.000003 * maths.cos(lon * _BD09_RIPPLE)
    return radius * maths.cos(angle) + _BD09_LON - lon, radius * maths.sin(angle) + _BD09_LAT - lat

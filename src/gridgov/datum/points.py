"""Points and polygons moved from one coordinate system to another."""

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from gridgov.datum.crs import PointCRS, describe_crs, geographic_crs, legacy_datum, parse_crs
from gridgov.datum.offsets import (
    BD09_TO_GCJ02,
    GCJ02_TO_BD09,
    GCJ02_TO_WGS84,
    WGS84_TO_GCJ02,
    Floats,
    OffsetStep,
)
from gridgov.datum.words import WORDS
from gridgov.errors import CRSError
from gridgov.language import examples

__all__ = ["place_way", "transform_geometries", "transform_points", "way"]

#: Datums that agree to the centimetre.
_MODERN: Final = (
    "china2000",
    "cgcs2000",
    "chinageodeticcoordinatesystem2000",
    "worldgeodeticsystem1984",
    "wgs84",
)


def transform_points(x: ArrayLike, y: ArrayLike, *, source: object, target: object) -> tuple[Floats, Floats]:
    """Points moved from one coordinate system to another.

    Parameters
    ----------
    x, y
        Float arrays of one shape: lon, lat in degrees or easting, northing (never northing first,
        whatever the coordinate system's own order).
    source, target
        Anything `parse_crs` takes.

    Returns
    -------
    x, y
        New float64 arrays. NaN stays NaN; a point that the target cannot hold becomes NaN.

    Raises
    ------
    CRSError
        One side is Xian 80 or Beijing 54 and the other is not the same datum: no shift between them is
        published, and PROJ would silently apply none (about 70 m wrong). Or one side is a local system.

    Notes
    -----
    WGS 84 and CGCS2000 count as equal (they agree to centimetres). A million points take 0.1 s to or from a
    projected system, 1.1 s more from GCJ-02 or BD-09. A plan of operations once made is kept.
    """
    return way(source, target)(np.array(x, np.float64), np.array(y, np.float64))


def way(source: object, target: object) -> Callable[[Floats, Floats], tuple[Floats, Floats]]:
    """The way from one coordinate system to another, for those who go it often: see `transform_points`."""
    start, end = parse_crs(source), parse_crs(target)
    if (start.crs, start.offset) == (end.crs, end.offset):
        return lambda lon, lat: (lon, lat)
    _refuse_legacy(start, end)
    if _same_degrees(start, end):
        return lambda lon, lat: _change_offset(lon, lat, start.offset, end.offset)
    with _in_words(start, end):
        transformer = _transformer(start.crs, end.crs)

    def move(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        lon, lat = _change_offset(lon, lat, start.offset, None)
        with _in_words(start, end):
            there = transformer.transform(lon, lat)
        lon, lat = (np.where(np.isfinite(there[0]) & np.isfinite(there[1]), axis, np.nan) for axis in there)
        return _change_offset(lon, lat, None, end.offset)

    return move


def place_way(source: object, target: object) -> Callable[[float, float], tuple[float, float]]:
    """As :func:`way`, for one place at a time: plain numbers, a hundredth of the time.

    It says the same but for the last digits: numpy and the C library round sines in their own ways.
    """
    start, end = parse_crs(source), parse_crs(target)
    if (start.crs, start.offset) == (end.crs, end.offset):
        return _stay
    _refuse_legacy(start, end)
    off, on = _place_offset(start.offset, None), _place_offset(None, end.offset)
    if _same_degrees(start, end):
        return _place_offset(start.offset, end.offset)
    with _in_words(start, end):
        transformer = _transformer(start.crs, end.crs)

    def move(lon: float, lat: float) -> tuple[float, float]:
        try:
            x, y = transformer.transform(*off(lon, lat))
        except ProjError as error:
            raise _refused(start, end, error) from error
        return on(x, y) if math.isfinite(x) and math.isfinite(y) else (math.nan, math.nan)

    return move


def _stay(lon: float, lat: float) -> tuple[float, float]:
    return lon, lat


@contextmanager
def _in_words(start: PointCRS, end: PointCRS) -> Iterator[None]:
    try:
        yield
    except ProjError as error:
        raise _refused(start, end, error) from error


def _refused(start: PointCRS, end: PointCRS, error: ProjError) -> CRSError:
    return CRSError(WORDS("cannot_convert", start=describe_crs(start), end=describe_crs(end), error=error))


def transform_geometries(geometries: ArrayLike, *, source: object, target: object) -> NDArray[Any]:
    """Shapely geometries moved from one coordinate system to another, without Z; None stays None.

    Corners are moved, edges stay straight between them. Raises CRSError as `transform_points` does, and
    for corners that the target cannot hold.
    """
    shapes = np.asarray(geometries, object)
    start, end = parse_crs(source), parse_crs(target)
    moved = shapely.transform(shapes, lambda corners: _corners(corners, start, end))
    return np.asarray(moved, object)


def _corners(corners: Floats, start: PointCRS, end: PointCRS) -> Floats:
    x, y = transform_points(corners[:, 0], corners[:, 1], source=start, target=end)
    lost = np.flatnonzero(np.isnan(x) & ~np.isnan(corners[:, 0]))
    if lost.size:
        places = [f"{corners[i, 0]:g},{corners[i, 1]:g}" for i in lost[:6]]
        raise CRSError(WORDS("corners_cannot", start=describe_crs(start), places=examples(places)))
    return np.column_stack([x, y])


def _refuse_legacy(start: PointCRS, end: PointCRS) -> None:
    old = legacy_datum(start.crs), legacy_datum(end.crs)
    if old[0] == old[1]:
        return
    side = start if old[0] else end
    raise CRSError(
        WORDS("legacy", start=describe_crs(start), end=describe_crs(end), old=legacy_datum(side.crs))
    )


def _change_offset(lon: Floats, lat: Floats, start: str | None, end: str | None) -> tuple[Floats, Floats]:
    for step in _steps(start, end):
        lon, lat = step.points(lon, lat)
    return lon, lat


def _place_offset(start: str | None, end: str | None) -> Callable[[float, float], tuple[float, float]]:
    steps = [step.place for step in _steps(start, end)]
    if len(steps) <= 1:
        return steps[0] if steps else _stay

    def move(lon: float, lat: float) -> tuple[float, float]:
        for step in steps:
            lon, lat = step(lon, lat)
        return lon, lat

    return move


def _steps(start: str | None, end: str | None) -> tuple[OffsetStep, ...]:
    """How one offset becomes another: by way of GCJ-02."""
    if start == end:
        return ()
    first = {"bd09": (BD09_TO_GCJ02,), None: (WGS84_TO_GCJ02,)}.get(start, ())
    last = {"bd09": (GCJ02_TO_BD09,), None: (GCJ02_TO_WGS84,)}.get(end, ())
    return (*first, *last)


def _same_degrees(start: PointCRS, end: PointCRS) -> bool:
    return start.crs == end.crs or (_is_modern_degrees(start.crs) and _is_modern_degrees(end.crs))


def _is_modern_degrees(crs: CRS) -> bool:
    if not crs.is_geographic or crs.datum is None or crs.is_bound:
        return False
    if crs.axis_info and not crs.axis_info[0].unit_name.startswith("degree"):
        return False
    return re.sub(r"[\s_\-]", "", crs.datum.name).lower().removeprefix("d").startswith(_MODERN)


@lru_cache(maxsize=64)
def _transformer(source: CRS, target: CRS) -> Transformer:
    geographic_crs(source), geographic_crs(target)
    return Transformer.from_crs(source, target, always_xy=True)

"""Whether numbers can be in the coordinate system that is stated for them."""

from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gridgov.datum.candidates import Candidate, crs_candidates, sample
from gridgov.datum.crs import PointCRS, describe_crs, geographic_crs, parse_crs
from gridgov.datum.guesses import look_like_degrees
from gridgov.datum.offsets import Floats, in_china
from gridgov.datum.points import transform_points
from gridgov.datum.words import WORDS
from gridgov.language import listed

__all__ = ["check_crs_fits"]

#: Degrees that a layer may reach beyond the area EPSG states for its system.
_MARGIN: Final = 3.0

#: Share of points that decides; a stray polygon does not condemn a layer.
_MOST: Final = 0.5

#: Degrees under a system in metres: a city spans less than this and lies farther than that from 0,0.
_CITY_SPAN: Final = 5.0
_CITY_AWAY: Final = 10.0

#: Candidates that say nothing about the place.
_ANYWHERE: Final = ("EPSG:4326", "EPSG:4326 swapped")

_SHOWN: Final = 3


def check_crs_fits(x: ArrayLike, y: ArrayLike, *, crs: object, outline: Any = None) -> str | None:
    """Why numbers cannot be in the coordinate system stated, and what they look like; None if they can.

    Parameters
    ----------
    x, y
        Coordinates as they stand in the file (corners of polygons will do), of one shape.
    crs
        What is stated: anything `parse_crs` takes.
    outline
        Where the data should lie, in EPSG:4490, if known; see `crs_candidates`.

    Returns
    -------
    str or None
        A sentence without the file's name. Found are metres or feet under degrees, degrees under metres,
        eastings with a zone number under a system without it and the reverse, and x and y exchanged. Not
        found: a neighbouring zone, an older datum, GCJ-02: such numbers fit, only the outline tells.

    >>> check_crs_fits([474352.0], [3843563.0], crs="EPSG:4547") is None
    True
    """
    east, north = sample(x, y)
    stated = parse_crs(crs)
    if not east.size or not _doubtful(east, north, stated):
        return None
    meridian = _meridian(stated)
    found = _likely(east, north, outline, meridian)
    if not (found or stated.crs.is_geographic or _are_city_degrees(east, north)):
        return None
    guess = _guess(found, meridian) or (
        "degrees" if look_like_degrees(east, north) else WORDS("metres_or_feet")
    )
    return WORDS("cannot_be", numbers=_numbers(east, north), stated=describe_crs(stated), guess=guess)


def _doubtful(x: Floats, y: Floats, stated: PointCRS) -> bool:
    if stated.crs.is_geographic:
        return not _share((np.abs(x) <= 180) & (np.abs(y) <= 90)) or _share(in_china(y, x) & ~in_china(x, y))  # noqa: PLR2004
    if not stated.crs.is_projected:
        return False
    return _are_city_degrees(x, y) or not _share(_mapped(x, y, stated))


def _share(rows: NDArray[np.bool_]) -> bool:
    return bool(rows.mean() > _MOST)


def _are_city_degrees(x: Floats, y: Floats) -> bool:
    middle = max(abs(float(np.median(x))), abs(float(np.median(y))))
    span = max(float(np.ptp(np.quantile(axis, [0.1, 0.9]))) for axis in (x, y))
    return look_like_degrees(x, y) and span < _CITY_SPAN and middle > _CITY_AWAY


def _mapped(x: Floats, y: Floats, stated: PointCRS) -> NDArray[np.bool_]:
    """Points within the area that EPSG states for a projected system, or anywhere if it states none."""
    lon, lat = transform_points(x, y, source=stated.crs, target=geographic_crs(stated.crs))
    area = stated.crs.area_of_use
    if area is None:
        return np.isfinite(lon) & np.isfinite(lat)
    width = (area.east - area.west) % 360 or 360
    inside = (lon - area.west + _MARGIN) % 360 <= width + 2 * _MARGIN
    return np.asarray(inside & (lat >= area.south - _MARGIN) & (lat <= area.north + _MARGIN))


def _meridian(stated: PointCRS) -> float | None:
    """Middle of the area of a projected system: the central meridian of a zone."""
    area = stated.crs.area_of_use
    return (area.west + area.east) / 2 if stated.crs.is_projected and area else None


def _likely(x: Floats, y: Floats, outline: Any, meridian: float | None) -> list[Candidate]:
    """Candidates that most points fit, those near the central meridian of the stated system first."""
    near = {} if meridian is None else {"meridian": meridian}
    found = [one for one in crs_candidates(x, y, outline=outline, **near) if one.share > _MOST]
    return [one for one in found if outline is not None or one.name not in _ANYWHERE]


def _numbers(x: Floats, y: Floats) -> str:
    low_x, high_x, low_y, high_y = (f"{edge:.8g}" for edge in (x.min(), x.max(), y.min(), y.max()))
    return WORDS("numbers", low_x=low_x, high_x=high_x, low_y=low_y, high_y=high_y)


def _guess(found: list[Candidate], meridian: float | None) -> str:
    """What the numbers look like; of systems that position cannot tell apart only the first is named."""
    apart: list[Candidate] = []
    for one in found:
        if not any(one.name.split()[0] in other.alike and one.swapped == other.swapped for other in apart):
            apart.append(one)
    if not apart:
        return ""
    first = parse_crs(apart[0].name.split()[0])
    if len(apart) == 1 or (meridian is not None and _meridian(first) == meridian):
        return f"{apart[0].name} ({apart[0].label})"
    named = listed(one.name for one in apart[:_SHOWN])
    more = WORDS("others", apart=len(apart) - _SHOWN) if len(apart) > _SHOWN else ""
    return WORDS("one_of", listed=named, more=more)

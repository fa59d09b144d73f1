"""Coordinate systems worth trying for numbers of a given size; nothing is tried here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from pyproj.aoi import AreaOfInterest
from pyproj.database import query_crs_info
from pyproj.enums import PJType

from gridgov.datum.offsets import Floats

__all__ = ["Guess", "abroad", "degree_guesses", "look_like_degrees", "metre_guesses"]

#: EPSG code less the zone number, for CGCS2000, Xian 80 and Beijing 54: zones of 3 degrees with the zone
#: number before the easting and without it, zones of 6 degrees with it. (Those of 6 degrees without it have
#: the central meridians, and so the numbers, of every second zone of 3.)
_GK3_PREFIXED: Final = (4513 - 25, 2349 - 25, 2401 - 25)
_GK3: Final = (4534 - 25, 2370 - 25, 2422 - 25)
_GK6_PREFIXED: Final = (4491 - 13, 2327 - 13, 21413 - 13)

_ZONES3: Final = range(25, 46)
_ZONES6: Final = range(13, 24)
_UTM_CHINA: Final = range(43, 54)

#: Metres: eastings of a zone without its number, northings of China, and the edge of Web Mercator.
_EASTING: Final = (100_000.0, 900_000.0)
_NORTHING: Final = (1_900_000.0, 6_050_000.0)
_MERCATOR: Final = 20_037_509.0
_PREFIX: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Guess:
    """A system to try, the older datums that share its numbers to 100 m, its central meridian in degrees."""

    name: str
    twins: tuple[str, ...] = ()
    meridian: float | None = None


def look_like_degrees(x: Floats, y: Floats) -> bool:
    """Whether more than half of the points could be longitude and latitude, in either order."""
    small = (np.maximum(np.abs(x), np.abs(y)) <= 180) & (np.minimum(np.abs(x), np.abs(y)) <= 90)  # noqa: PLR2004
    return bool(small.mean() > 0.5)  # noqa: PLR2004


def degree_guesses(*, china: bool) -> Iterator[Guess]:
    """What degrees could be."""
    if not china:
        yield Guess("EPSG:4326")
        return
    yield Guess("EPSG:4490", ("EPSG:4610", "EPSG:4214"))
    yield Guess("gcj02")
    yield Guess("bd09")


def metre_guesses(x: Floats, y: Floats) -> Iterator[Guess]:
    """What metres in China could be, x being the easting."""
    east, north = float(np.median(x)), float(np.median(y))
    if _NORTHING[0] <= north <= _NORTHING[1]:
        zone, rest = divmod(east, _PREFIX)
        if _EASTING[0] <= east <= _EASTING[1]:
            yield from (_epsg(_GK3, zone, 3 * zone) for zone in _ZONES3)
            yield from (Guess(f"EPSG:{32600 + zone}", (), 6 * zone - 183) for zone in _UTM_CHINA)
        elif _EASTING[0] <= rest <= _EASTING[1] and zone in _ZONES3:
            yield _epsg(_GK3_PREFIXED, int(zone), 3 * zone)
        elif _EASTING[0] <= rest <= _EASTING[1] and zone in _ZONES6:
            yield _epsg(_GK6_PREFIXED, int(zone), 6 * zone - 3)
    if abs(east) <= _MERCATOR and abs(north) <= _MERCATOR:
        yield Guess("EPSG:3857")


def abroad(bounds: tuple[float, float, float, float]) -> Iterator[Guess]:
    """Every projected system that EPSG lists for a place (bounds in degrees), feet too."""
    known = query_crs_info(
        auth_name="EPSG",
        pj_types=PJType.PROJECTED_CRS,
        area_of_interest=AreaOfInterest(*bounds),
        contains=True,
    )
    yield from (Guess(f"EPSG:{info.code}") for info in known)
    yield Guess("EPSG:3857")


def _epsg(bases: tuple[int, ...], zone: int, meridian: float) -> Guess:
    first, *others = (f"EPSG:{base + zone}" for base in bases)
    return Guess(first, tuple(others), meridian)

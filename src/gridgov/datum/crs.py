"""Any coordinate system gridgov knows, named."""

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from pyproj import CRS
from pyproj.exceptions import CRSError as UnknownCRS

from gridgov.datum.words import WORDS
from gridgov.errors import CRSError
from gridgov.language import listed

__all__ = [
    "POINT_DATUMS",
    "PointCRS",
    "describe_crs",
    "geographic_crs",
    "legacy_datum",
    "parse_crs",
]

#: What degrees in China can be; `parse_crs` takes each by this name.
POINT_DATUMS: Final = ("gcj02", "bd09", "wgs84", "cgcs2000")

_NAMELESS: Final = frozenset({"unnamed", "unknown", "undefined"})
_OLD_NAMES: Final = ("Xian 1980", "New Beijing", "Beijing 1954")
#: How PROJ names Chinese zones: ' / 3-degree Gauss-Kruger CM 114E', ' / Gauss-Kruger zone 19'.
_ZONE: Final = re.compile(
    r" / (?:(?P<width>3)-degree )?Gauss-Kruger(?: zone (?P<number>\d+)| CM (?P<degrees>\d+)E)?"
)
_EPSG_OF: Final = {"gcj02": 4490, "bd09": 4490, "wgs84": 4326, "cgcs2000": 4490}

#: Surveying datums of China without a published shift to any other, by what their names hold.
_LEGACY: Final = {
    "xian1980": "Xian 80",
    "xian80": "Xian 80",
    "西安80": "Xian 80",
    "iag1975": "Xian 80",
    "beijing1954": "Beijing 54",
    "beijing54": "Beijing 54",
    "北京54": "Beijing 54",
    "krassovsky": "Beijing 54",
    "krassowsky": "Beijing 54",
    "newbeijing": "New Beijing 54",
}


@dataclass(frozen=True, slots=True)
class PointCRS:
    """A coordinate system, and the offset of a Chinese web map on top of it.

    `name` is what the user called it (``gcj02``, ``EPSG:4547``); `crs` is where the numbers stand once the
    offset is taken off.
    """

    name: str
    crs: CRS
    offset: Literal["gcj02", "bd09"] | None = None


def parse_crs(value: object, *, where: str = "") -> PointCRS:
    """The coordinate system that a name, an EPSG number, WKT or a pyproj CRS stands for.

    Parameters
    ----------
    value
        ``gcj02``, ``bd09``, ``wgs84``, ``cgcs2000`` (any case, ``GCJ-02`` too), ``EPSG:4547``, ``4547``,
        anything else pyproj takes, or a `PointCRS`.
    where
        File and layer, for the message.

    Raises
    ------
    CRSError
        Nothing, or nothing known, was given.

    >>> parse_crs("GCJ-02").offset, parse_crs("4547").name
    ('gcj02', 'EPSG:4547')
    """
    if isinstance(value, PointCRS):
        return value
    prefix = f"{where}: " if where else ""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise CRSError(WORDS("crs_unknown", prefix=prefix))
    word = re.sub(r"[\s_\-]", "", str(value)).lower() if isinstance(value, str) else ""
    if word in _EPSG_OF:
        offset: Any = word if word in ("gcj02", "bd09") else None
        return PointCRS(word, CRS.from_epsg(_EPSG_OF[word]), offset)
    try:
        crs = CRS.from_user_input(int(str(value)) if _is_number(value) else value)
    except (UnknownCRS, ValueError, TypeError):
        raise CRSError(WORDS("no_crs", prefix=prefix, value=value, datums=listed(POINT_DATUMS))) from None
    crs = _plane(crs)
    return PointCRS(_authority(crs) or crs.name, crs)


def describe_crs(crs: object) -> str:
    """Short words for a coordinate system, for messages.

    >>> describe_crs(4547)
    'EPSG:4547 CGCS2000 3-degree zone, CM 114E'
    >>> describe_crs("gcj02")
    'GCJ-02, the shifted degrees of Amap and Tencent maps'
    """
    known = parse_crs(crs)
    if known.offset is not None:
        return WORDS(f"shifted.{known.offset}")
    name = _spoken(known.crs).replace("China Geodetic Coordinate System 2000", "CGCS2000")
    name = _ZONE.sub(_in_words, name)
    old = next((old for old in _OLD_NAMES if name.startswith(old)), None)
    if old is not None:
        name = WORDS(f"datum.{old}") + name.removeprefix(old)
    if known.crs.is_geographic:
        name = WORDS("in_degrees", name=name)
    code = _authority(known.crs)
    return f"{code} {name}" if code else name


def _in_words(found: "re.Match[str]") -> str:
    """Say a Gauss-Kruger zone: by its number, or by its central meridian."""
    said = WORDS(f"zone.{found['width'] or '6'}")
    if found["number"]:
        return WORDS("zone.numbered", zone=said, number=found["number"])
    return WORDS("zone.meridian", zone=said, degrees=found["degrees"]) if found["degrees"] else said


def geographic_crs(crs: CRS) -> CRS:
    """The degrees under a coordinate system; CRSError for a local one, which has none."""
    degrees = crs.geodetic_crs
    if degrees is None:
        raise CRSError(WORDS("local_system", crs=crs.name))
    return degrees


def legacy_datum(crs: CRS) -> str | None:
    """``Xian 80``, ``Beijing 54`` or ``New Beijing 54`` for a system on one of them, else None."""
    if crs.is_bound and crs.coordinate_operation is not None and any(crs.coordinate_operation.towgs84):
        return None
    datum = crs.datum or (crs.geodetic_crs.datum if crs.geodetic_crs else None)
    names = [crs.name, datum.name if datum else ""]
    squeezed = [re.sub(r"[\s_\-,.()]", "", name).lower() for name in names]
    return next((old for part, old in _LEGACY.items() if any(part in name for name in squeezed)), None)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, np.integer)) or (isinstance(value, str) and value.strip().isdigit())


def _spoken(crs: CRS) -> str:
    """Name of a system; MapInfo gives none, then what it is made of."""
    geodetic = crs.geodetic_crs
    if crs.name not in _NAMELESS or geodetic is None:
        return crs.name
    if code := _authority(crs):
        return CRS(code).name
    names = [part.name for part in (geodetic, geodetic.datum, geodetic.ellipsoid) if part is not None]
    ground = next((name for name in names if name not in _NAMELESS), "an unknown datum")
    made = None if crs.is_geographic else crs.coordinate_operation
    if made is None:
        return f"a system without name on {ground}"
    centre = [f"CM {p.value:g}E" for p in made.params if p.name == "Longitude of natural origin"]
    return listed([WORDS("nameless", ground=ground), made.method_name, *centre])


def _authority(crs: CRS) -> str:
    found = crs.to_authority(min_confidence=70)
    return ":".join(found) if found else ""


def _plane(crs: CRS) -> CRS:
    """The system without heights, and as EPSG has it where it is surely that one: then its area is known."""
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    if len(crs.axis_info) > 2:  # noqa: PLR2004 (a height)
        crs = crs.to_2d()
    code = None if crs.is_bound else crs.to_epsg(min_confidence=100)
    return CRS.from_epsg(code) if code else crs

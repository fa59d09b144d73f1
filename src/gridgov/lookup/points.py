"""Coordinates as they come, brought to the cells' own coordinate system, or a reason why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

from gridgov import datum
from gridgov.coordinates import Coordinates, all_usable, parse_coordinates
from gridgov.datum.control import ControlFit
from gridgov.errors import ArgumentError, CRSError
from gridgov.language import both, listed
from gridgov.lookup.atlas import Atlas
from gridgov.lookup.words import WORDS
from gridgov.schema import REASON_CODES

__all__ = ["DEFAULT_CRS", "Around", "Points", "read_points"]

Floats = NDArray[np.float64]

#: West, south, east and north.
Box = tuple[float, float, float, float]

#: What points in degrees are outside of China unless stated.
DEFAULT_CRS = "wgs84"

#: The datums that degrees in China may be in; WGS 84 is the same as CGCS2000 here.
CHOICES = ("gcj02", "bd09", "cgcs2000")

#: So many points are quicker brought to the cells than looked at.
_FEW = 500

#: Percentage points by which a datum must be ahead of the next to be told from it.
_TELLING = 1.0

#: Places along each side at which the extent of the cells is looked at, and what still is near it: as far
#: again, and a little more in degrees or metres.
_OUTLINE, _NEARBY = 9, 0.1

#: (coordinates, datum) -> share of points that fall where they were recorded; None if nothing is recorded.
Agreement = Callable[[Coordinates, str], float | None]


@dataclass(frozen=True, eq=False)
class Points:
    """Points as given, and, for those who ask, in the cells' own coordinate system.

    `lon` and `lat` are NaN where nothing can be read; `code` is of schema.REASON_CODES where there is no
    usable coordinate, else -1. `numbers` are all that could be read, usable or not. `doubt` says so if all of
    them look like metres of a coordinate system that was not stated.
    """

    lon: Floats
    lat: Floats
    code: NDArray[np.int8]
    crs: datum.PointCRS
    cells_crs: CRS
    numbers: tuple[Floats, Floats]
    doubt: str = ""

    def __len__(self) -> int:
        return len(self.lon)

    @cached_property
    def usable(self) -> NDArray[np.bool_]:
        """Whether each point has a usable coordinate."""
        return np.asarray(self.code < 0)

    @cached_property
    def in_cells_crs(self) -> tuple[Floats, Floats]:
        """The points in the cells' own coordinate system; NaN where there is no usable coordinate."""
        return datum.transform_points(self.lon, self.lat, source=self.crs, target=self.cells_crs)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the cells before points of one coordinate system are read.

    Attributes
    ----------
    china
        Whether any of them may lie in China.
    box
        A wide box around them, in the points' coordinates; None if they have no place there.
    usable
        Whether every pair of numbers in the box is a usable coordinate.
    """

    china: bool
    box: Box | None
    usable: bool

    @classmethod
    def of(cls, atlas: Atlas, crs: object) -> "Around":
        """Of the points' coordinate system as it was stated, or None."""
        known = datum.parse_crs(DEFAULT_CRS if crs is None else crs)
        china, box = atlas.in_china(), _nearby(atlas, known)
        usable = box is not None and all_usable(box, geographic=known.crs.is_geographic, china=china)
        return cls(china, box, usable)


def read_points(
    atlas: Atlas,
    *,
    lon: Any,
    lat: Any,
    crs: object = None,
    agreement: Agreement | None = None,
    whole: bool = True,
    control: ControlFit | None = None,
    around: Around | None = None,
) -> Points:
    """Coordinates read, and those found that cannot stand where the cells do.

    Parameters
    ----------
    lon, lat
        One value per point: numbers or text; x and y for a projected `crs`. `lat` None: `lon` holds both.
    crs
        What `datum.parse_crs` takes. None: WGS 84, except in China.
    agreement
        What share of the points a datum would put where the incidents were recorded; asked only to help
        someone who did not say `crs` in China.
    whole
        Whether these are all points there are; False: others may be degrees although these look like metres,
        so that this is no error but the `doubt` of the answer.
    control
        What brings the points from a system of their own to a known one; `crs` is then not said.
    around
        What is known of the cells already, for those who read the points of one table batch by batch.

    Raises
    ------
    ArgumentError
        `lon` and `lat` have different shapes, or more than one dimension.
    CRSError
        `crs` is missing where it must be said, is unknown, or cannot be converted.
    """
    _check_shapes(lon, lat)
    if control is not None:
        return _fitted(atlas, lon, lat, crs, control)
    china = around.china if around is not None else atlas.in_china()
    known = datum.parse_crs(DEFAULT_CRS if crs is None else crs)
    given = parse_coordinates(lon, lat, geographic=known.crs.is_geographic, china=china)
    doubt = ""
    if crs is None:
        if china and datum.in_china(given.lon, given.lat).any():
            raise CRSError(_which_datum(given, agreement))
        doubt = _metres_doubt(atlas, given, lon, lat)
        if doubt and whole:
            raise CRSError(doubt)
    code = given.code.copy()
    code[_beyond(atlas, known, given, around)] = REASON_CODES["range"]
    return Points(given.lon, given.lat, code, known, atlas.crs, given.numbers, doubt)


def _fitted(atlas: Atlas, lon: Any, lat: Any, crs: object, control: ControlFit) -> Points:
    """Points in metres of a system of their own, brought to a known one by control points."""
    if crs is not None and datum.parse_crs(crs).crs != control.crs.crs:
        raise ArgumentError(WORDS("control_and_crs"))
    given = parse_coordinates(lon, lat, geographic=False)
    x, y = control.apply(given.lon, given.lat)
    moved = replace(given, lon=x, lat=y, numbers=control.apply(*given.numbers))
    code = given.code.copy()
    code[_beyond(atlas, control.crs, moved)] = REASON_CODES["range"]
    return Points(x, y, code, control.crs, atlas.crs, moved.numbers)


def _beyond(
    atlas: Atlas, crs: datum.PointCRS, given: Coordinates, around: Around | None = None
) -> NDArray[np.intp]:
    """Points that have no place in the cells' coordinate system."""
    asked = np.isfinite(given.lon)
    if around is not None or len(given.lon) > _FEW:
        box = around.box if around is not None else _nearby(atlas, crs)
        asked &= _away(box, given)
        if box is not None and not asked.any():
            return np.zeros(0, dtype=np.intp)
    away = np.flatnonzero(asked)
    x, _ = datum.transform_points(given.lon[away], given.lat[away], source=crs, target=atlas.crs)
    return away[np.isnan(x)]


def _away(box: Box | None, given: Coordinates) -> NDArray[np.bool_]:
    """Points well away from the cells. Those near them surely have a place where the cells have one."""
    if box is None:
        return np.ones(len(given.lon), dtype=np.bool_)
    west, south, east, north = box
    near = (given.lon > west) & (given.lon < east) & (given.lat > south) & (given.lat < north)
    return np.asarray(~near)


def _nearby(atlas: Atlas, crs: datum.PointCRS) -> Box | None:
    """A wide box around the cells, in the points' coordinates; None if the cells have no place there."""
    west, south, east, north = atlas.bounds
    along = np.linspace(0, 1, _OUTLINE)
    x, y = (
        axis.ravel() for axis in np.meshgrid(west + along * (east - west), south + along * (north - south))
    )
    try:
        lon, lat = datum.transform_points(x, y, source=atlas.crs, target=crs)
    except CRSError:
        return None
    west, south, east, north = lon.min(), lat.min(), lon.max(), lat.max()
    wide, high = east - west + _NEARBY, north - south + _NEARBY
    if not (np.isfinite(wide) and np.isfinite(high)):
        return None
    return float(west - wide), float(south - high), float(east + wide), float(north + high)


def _check_shapes(lon: Any, lat: Any) -> None:
    shapes = [np.shape(values) for values in (lon, lat) if values is not None]
    if any(len(shape) != 1 for shape in shapes) or len(set(shapes)) > 1:
        said = both(shapes)
        raise ArgumentError(WORDS("one_length", said=said))


def _which_datum(given: Coordinates, agreement: Agreement | None) -> str:
    shares = {name: agreement(given, name) for name in CHOICES} if agreement else {}
    agreeing = [f"{name} {share:.1%}" for name, share in shares.items() if share is not None]
    hint = WORDS("agreeing", agreeing=listed(agreeing)) if agreeing else ""
    hint += _margin({name: share for name, share in shares.items() if share is not None})
    return WORDS("which_datum", hint=hint)


def _margin(shares: Mapping[str, float]) -> str:
    """By how much the best datum is ahead of the next."""
    if len(shares) < 2:  # noqa: PLR2004 (two to compare)
        return ""
    best, next_best = sorted(shares, key=lambda name: -shares[name])[:2]
    ahead = 100 * (shares[best] - shares[next_best])
    if ahead < _TELLING:
        return WORDS("hardly", best=best, next_best=next_best)
    return WORDS("fits_best", best=best, ahead=ahead, next_best=next_best)


def _metres_doubt(atlas: Atlas, given: Coordinates, lon: Any, lat: Any) -> str:
    """Words if no point is in degrees but some, as metres, lie among the cells: the CRS was forgotten."""
    if (
        not atlas.crs.is_projected
        or not (given.code == REASON_CODES["range"]).any()
        or (given.code < 0).any()
    ):
        return ""
    metres = parse_coordinates(lon, lat, geographic=False)
    west, south, east, north = atlas.bounds
    within = (metres.lon >= west) & (metres.lon <= east) & (metres.lat >= south) & (metres.lat <= north)
    if not within.any():
        return ""
    name = datum.parse_crs(atlas.crs).name
    return WORDS("not_degrees", name=name)

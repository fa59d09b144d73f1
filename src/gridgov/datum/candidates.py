"""Which coordinate system numbers of unknown origin could be in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from gridgov.datum.crs import describe_crs, parse_crs
from gridgov.datum.guesses import Guess, abroad, degree_guesses, look_like_degrees, metre_guesses
from gridgov.datum.offsets import Floats, in_china
from gridgov.datum.points import transform_points
from gridgov.datum.words import WORDS
from gridgov.errors import CRSError
from gridgov.language import listed

__all__ = ["Candidate", "crs_candidates", "sample"]

_Inside = Callable[[Floats, Floats], NDArray[np.bool_]]

#: Points looked at; more would not change a share by a hundredth.
_SAMPLE: Final = 10_000

#: Shares closer than this do not tell two systems apart ...
_SAME_SHARE: Final = 0.02
#: ... that put a point within so many metres: Beijing 54 is about 70 off, GCJ-02 up to 700, BD-09 1,400.
_SAME_PLACE_M: Final = 1_500.0

#: Borders of departments lie up to 40 m outside of the outline; in degrees.
_OUTLINE_MARGIN: Final = 0.0005

#: Layers reach beyond the zone they are mapped in: degrees around the area that EPSG states.
_ZONE_MARGIN: Final = 2.0

#: With nothing else to go by, zones are listed from here: most people of China live within 105-122 E.
_LIKELY_MERIDIAN: Final = 114.0

_METRES_A_DEGREE: Final = 111_320.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A coordinate system that numbers could be in.

    `name` is what ``--crs`` takes; `label` goes on in words, with `alike`, the systems that position alone
    cannot tell from it; `share` (0-1) of the points falls where it should. With `swapped`, x and y stand
    exchanged in the data: no ``--crs`` mends that, and `name` says so too.
    """

    name: str
    label: str
    share: float
    swapped: bool = False
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tried:
    """A guess with the share of points inside, and where the points would lie on average, in degrees."""

    guess: Guess
    swapped: bool
    share: float
    place: tuple[float, float]


def crs_candidates(
    x: ArrayLike, y: ArrayLike, *, outline: Any = None, meridian: float = _LIKELY_MERIDIAN
) -> list[Candidate]:
    """Coordinate systems that numbers could be in, the likeliest first; none is ever chosen for you.

    Parameters
    ----------
    x, y
        Coordinates as they stand in the file, of one shape; NaN is left out. 10,000 of them are looked at.
    outline
        Where the data should lie: a shapely geometry in EPSG:4490 (lon, lat), e.g. all districts. Without it
        China is the measure, and the zone of eastings without zone number cannot be known.
    meridian
        Degrees; candidates with equal shares are listed from here.

    Returns
    -------
    list of Candidate
        By share, to a hundredth; empty if nothing fits. Beyond China, metres and feet are only known with an
        outline (every projected system that EPSG lists there is tried), degrees always.

    Notes
    -----
    0.3 s in China, 2 s elsewhere.

    >>> [c.name for c in crs_candidates([38474352.0], [3843563.0])]
    ['EPSG:4526', 'EPSG:2362', 'EPSG:2414']
    """
    east, north = sample(x, y)
    if not east.size:
        return []
    tried: list[_Tried] = []
    for swapped, (first, second) in ((False, (east, north)), (True, (north, east))):
        tried += _try_all(first, second, swapped=swapped, outline=outline)
    tried = [one for one in tried if one.share > 0]
    tried.sort(
        key=lambda one: (-round(one.share, 2), one.swapped, abs((one.guess.meridian or meridian) - meridian))
    )
    return _in_words(tried)


def sample(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Up to 10,000 finite points, evenly picked."""
    east, north = np.asarray(x, np.float64).ravel(), np.asarray(y, np.float64).ravel()
    rows = np.flatnonzero(np.isfinite(east) & np.isfinite(north))
    rows = rows[:: max(1, -(-rows.size // _SAMPLE))]
    return east[rows], north[rows]


def _try_all(x: Floats, y: Floats, *, swapped: bool, outline: Any) -> list[_Tried]:
    china = outline is None or bool(in_china(outline.centroid.x, outline.centroid.y))
    inside = None if outline is None else _within(outline)
    if look_like_degrees(x, y):
        if outline is None and not swapped and not in_china(x, y).any() and not in_china(y, x).any():
            return [_Tried(Guess("EPSG:4326"), swapped, float((np.abs(y) <= 90).mean()), (0, 0))]  # noqa: PLR2004
        return [_try(guess, x, y, swapped, inside) for guess in degree_guesses(china=china)]
    guesses = metre_guesses(x, y) if china else abroad(outline.bounds)
    return [_try(guess, x, y, swapped, inside) for guess in guesses]


def _try(guess: Guess, x: Floats, y: Floats, swapped: bool, inside: _Inside | None) -> _Tried:
    try:
        lon, lat = transform_points(x, y, source=guess.name, target="EPSG:4490")
    except CRSError:
        return _Tried(guess, swapped, 0.0, (0.0, 0.0))
    share = float((inside or _mapped(guess))(lon, lat).mean())
    placed = np.isfinite(lon) & np.isfinite(lat)
    place = (float(lon[placed].mean()), float(lat[placed].mean())) if placed.any() else (0.0, 0.0)
    return _Tried(guess, swapped, share, place)


def _within(outline: Any) -> _Inside:
    area = shapely.buffer(shapely.simplify(outline, _OUTLINE_MARGIN / 2), _OUTLINE_MARGIN)
    shapely.prepare(area)
    return lambda lon, lat: np.asarray(shapely.contains_xy(area, lon, lat))


def _mapped(guess: Guess) -> _Inside:
    """Inside of China, and of the area that EPSG states for the system."""
    area = parse_crs(guess.name).crs.area_of_use
    west, south, east, north = area.bounds if area else (-180.0, -90.0, 180.0, 90.0)

    def inside(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
        close = (lon > west - _ZONE_MARGIN) & (lon < east + _ZONE_MARGIN)
        close &= (lat > south - _ZONE_MARGIN) & (lat < north + _ZONE_MARGIN)
        return np.asarray(close & in_china(lon, lat))

    return inside


def _in_words(tried: Sequence[_Tried]) -> list[Candidate]:
    """Candidates of all that was tried: each guess, then the older datums that share its numbers."""
    first = [_candidate(one, one.guess.name, tried) for one in tried]
    older = [_candidate(one, twin, tried) for one in tried for twin in one.guess.twins]
    return sorted(first + older, key=lambda candidate: -round(candidate.share, 2))


def _candidate(one: _Tried, name: str, tried: Sequence[_Tried]) -> Candidate:
    label = describe_crs(name).removeprefix(f"{name} ")
    if one.swapped:
        label += WORDS("swapped_hint")
    alike = tuple(
        other
        for near in tried
        if near.swapped == one.swapped and (near is one or _alike(one, near))
        for other in (near.guess.name, *near.guess.twins)
        if other != name
    )
    if alike:
        label += WORDS("alike", alike=listed(alike))
    shown = f"{name} swapped" if one.swapped else name
    return Candidate(shown, label, one.share, one.swapped, alike)


def _alike(one: _Tried, other: _Tried) -> bool:
    east = (one.place[0] - other.place[0]) * np.cos(np.radians(one.place[1]))
    apart_m = np.hypot(east, one.place[1] - other.place[1]) * _METRES_A_DEGREE
    return bool(abs(one.share - other.share) < _SAME_SHARE and apart_m < _SAME_PLACE_M)

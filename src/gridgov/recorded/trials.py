"""Points read in other datums, or moved as a whole: where they agree best with what was recorded."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gridgov import datum
from gridgov.coordinates import Coordinates
from gridgov.lookup import Atlas
from gridgov.recorded.units import NO_UNIT, Units

__all__ = ["Shift", "TriedDatum", "datum_agreement", "find_shift", "surely_more", "try_datums"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: What degrees in China may be; CGCS2000 is WGS 84 here.
_DATUMS: Final = ("gcj02", "bd09", "wgs84")

#: A shift is looked for on rings of so many metres, then ever finer around the best.
_RADIUS_M: Final = 800.0
_STEPS_M: Final = (100.0, 33.0, 11.0, 4.0, 1.5)
_SAMPLE: Final = 5000
#: So many rows must differ for a shift to be looked for, and it must mend this share of them.
_ROWS: Final = 20
_MENDS: Final = 0.5
#: Shifts tried are many: chance must be far off.
_DEVIATIONS: Final = 4.0
#: Points that lie on borders are mended by the least shift off them, and not by the whole of it only.
_LITTLE: Final = 0.25
#: So little is no datum, but how exactly points stand on borders.
_LEAST_M: Final = 2.0
#: Length of a degree of latitude.
_DEGREE_M: Final = 111_320.0


@dataclass(frozen=True, slots=True)
class TriedDatum:
    """Points read in one datum.

    Attributes
    ----------
    name
        ``gcj02``, ``bd09``, ``wgs84``, what was stated, or ``swapped``: as stated with x and y exchanged.
    stated
        Whether it is the one stated.
    agreement
        Share of the points (0-1) that lie in the unit recorded for them.
    margin
        By how much that is more than the best of the others (0-1); negative for all but the best.
    sure
        Whether the margin is more than chance would give.
    """

    name: str
    stated: bool
    agreement: float
    margin: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """Metres by which all points would have to be moved, and the share that agrees then (0-1)."""

    east_m: float
    north_m: float
    agreement: float

    @property
    def length_m(self) -> float:
        """How far that is."""
        return float(np.hypot(self.east_m, self.north_m))


def surely_more(one: Flags, other: Flags, *, deviations: float = 2.0) -> bool:
    """Whether more rows agree in one way than in the other, beyond chance (McNemar's test)."""
    gained, lost = np.count_nonzero(one & ~other), np.count_nonzero(other & ~one)
    return bool(gained - lost > deviations * np.sqrt(gained + lost))


def datum_agreement(units: Units, given: Coordinates, name: str, recorded: Ints) -> float | None:
    """Share of points (0-1) that a datum puts into the unit recorded; None if none is."""
    some = np.flatnonzero(np.isfinite(given.lon) & (recorded != NO_UNIT))
    some = some[:: max(1, -(-len(some) // _SAMPLE))]
    if not len(some):
        return None
    x, y = _located(units.atlas, given.lon[some], given.lat[some], datum.parse_crs(name))
    return float(_agrees(units, x, y, recorded[some]).mean())


def try_datums(units: Units, crs: datum.PointCRS, sample: tuple[Floats, Floats, Ints]) -> list[TriedDatum]:
    """Agreement in the datum stated and in those it may be instead, the best first; empty without a row.

    `sample` holds coordinates as they were given, and the number of the unit recorded.
    """
    x, y, recorded = sample
    if not len(x):
        return []
    tried = {
        name: _agrees(units, *_located(units.atlas, *way), recorded) for name, way in _ways(units, crs, x, y)
    }
    shares = {name: float(agrees.mean()) for name, agrees in tried.items()}
    # x and y exchanged are always tried, so that there are two at least.
    first, second, *_ = order = sorted(tried, key=lambda name: (-shares[name], name != crs.name))
    told = []
    for name in order:
        rival = second if name == first else first
        better, worse = (name, rival) if name == first else (rival, name)
        told.append(
            TriedDatum(
                name,
                stated=name == crs.name,
                agreement=shares[name],
                margin=shares[name] - shares[rival],
                sure=surely_more(tried[better], tried[worse]),
            )
        )
    return told


def find_shift(units: Units, crs: datum.PointCRS, sample: tuple[Floats, Floats, Ints]) -> Shift | None:
    """The one vector that brings most differing points to the unit recorded, or None if there is none.

    Some hundred shifts of up to 800 m are tried, on up to 5,000 points: about a second.
    """
    step = max(1, -(-len(sample[0]) // _SAMPLE))
    recorded = sample[2][::step]
    x, y = _located(units.atlas, sample[0][::step], sample[1][::step], crs)
    stays = _agrees(units, x, y, recorded)
    wrong = np.count_nonzero(~stays)
    if wrong < _ROWS:
        return None
    unit_x, unit_y = _per_metre(units.atlas, y)

    def agrees(east: float, north: float) -> Flags:
        return _agrees(units, x + east * unit_x, y + north * unit_y, recorded)

    east, north = _best_shift(lambda e, n: int(np.count_nonzero(agrees(e, n))))
    moved, little = agrees(east, north), agrees(_LITTLE * east, _LITTLE * north)
    mended = np.count_nonzero(moved) - np.count_nonzero(stays)
    if mended < _MENDS * wrong or not surely_more(moved, stays, deviations=_DEVIATIONS):
        return None
    if (
        np.count_nonzero(little) - np.count_nonzero(stays) > _MENDS * mended
        or np.hypot(east, north) < _LEAST_M
    ):
        return None
    return Shift(round(east, 1), round(north, 1), float(moved.mean()))


def _best_shift(agreeing: Callable[[float, float], int]) -> tuple[float, float]:
    east, north, radius = 0.0, 0.0, _RADIUS_M
    for step in _STEPS_M:
        along = np.arange(-radius, radius + step / 2, step)
        found = [(agreeing(east + e, north + n), e, n) for e in along for n in along]
        most = max(rows for rows, _, _ in found)
        # Shifts that are as good as the best lie around it: their middle is the likeliest.
        best = np.array([(e, n) for rows, e, n in found if rows == most])
        east, north = east + float(best[:, 0].mean()), north + float(best[:, 1].mean())
        radius = step * 1.5
    return east, north


def _ways(
    units: Units, crs: datum.PointCRS, x: Floats, y: Floats
) -> Iterator[tuple[str, tuple[Floats, Floats, datum.PointCRS]]]:
    yield crs.name, (x, y, crs)
    if crs.crs.is_geographic and units.atlas.in_china():
        for other in map(datum.parse_crs, _DATUMS):
            if other.offset != crs.offset:
                yield other.name, (x, y, other)
    yield "swapped", (y, x, crs)


def _located(atlas: Atlas, x: Floats, y: Floats, crs: datum.PointCRS) -> tuple[Floats, Floats]:
    """Points in the coordinates of the cells, NaN where they have no place there."""
    return datum.transform_points(x, y, source=crs, target=atlas.crs)


def _agrees(units: Units, x: Floats, y: Floats, recorded: Ints) -> Flags:
    return np.asarray(units.of_row[units.atlas.index.locate(lon=x, lat=y)] == recorded)


def _per_metre(atlas: Atlas, y: Floats) -> tuple[float, float]:
    """What a metre to the east and to the north is in the cells' coordinates."""
    if atlas.crs.is_geographic:
        return 1 / (_DEGREE_M * float(np.cos(np.radians(np.nanmedian(y))))), 1 / _DEGREE_M
    factors = [axis.unit_conversion_factor for axis in atlas.crs.axis_info[:2]]
    return 1 / factors[0], 1 / factors[-1]

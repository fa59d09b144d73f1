"""Control points: places known in two systems, and the four parameters that lead from one to the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from gridgov.datum.crs import PointCRS, describe_crs, parse_crs
from gridgov.datum.fit import check_crs_fits
from gridgov.datum.guesses import look_like_degrees
from gridgov.datum.metric import metric_crs
from gridgov.datum.offsets import Floats
from gridgov.datum.points import transform_points
from gridgov.datum.words import WORDS
from gridgov.errors import CoordinateError
from gridgov.language import Many, examples, listed

__all__ = ["MOST_RESIDUAL_M", "ControlFit", "fit_control"]

#: A control point may miss its place by so many metres; borders are drawn to less.
MOST_RESIDUAL_M: Final = 1.0

#: Two points always fit; the third is the first to tell.
_LEAST: Final = 3
#: Data may lie so many times the extent of the control points beyond them before a note is due, and so many
#: before they cannot be meant.
_BEYOND: Final = 1.0
_FAR: Final = 5.0
#: Residuals shown in a refusal.
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class ControlFit:
    """Four parameters (shift, rotation, scale) that bring coordinates to a known system.

    Attributes
    ----------
    crs
        The system in metres that coordinates are brought to.
    source
        What the control points were read from, for messages.
    names
        Names of the control points.
    x, y
        (n,) where they stand in the system that is left.
    scale, rotation
        Of the fit; radians, counter-clockwise.
    east_m, north_m
        (n,) by how much each point misses its place in the known system: fitted less stated.
    """

    crs: PointCRS
    source: str
    names: tuple[str, ...]
    x: Floats
    y: Floats
    scale: float
    rotation: float
    centre: tuple[float, float, float, float]
    east_m: Floats
    north_m: Floats

    @property
    def residuals_m(self) -> Floats:
        """How far each point is from its place."""
        return np.hypot(self.east_m, self.north_m)

    def apply(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """Coordinates brought to `crs`; NaN stays NaN."""
        return _moved(np.asarray(x, np.float64), np.asarray(y, np.float64), self._parameters())

    def moved(self, geometries: ArrayLike) -> NDArray[Any]:
        """Shapely geometries brought to `crs`, without Z; None stays None."""
        shapes = np.asarray(geometries, object)
        return np.asarray(
            shapely.transform(
                shapes, lambda corners: np.column_stack(self.apply(corners[:, 0], corners[:, 1]))
            )
        )

    def check_near(self, x: ArrayLike, y: ArrayLike, *, where: str) -> list[str]:
        """A note if data reach far beyond the control points.

        Raises CoordinateError if they cannot be in the system of the control points at all.
        """
        x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
        finite = np.isfinite(x) & np.isfinite(y)
        if not finite.any():
            return []
        beyond = self._beyond(x[finite], y[finite])
        if np.median(beyond) > _FAR:
            exchanged = np.median(self._beyond(y[finite], x[finite])) <= _FAR
            hint = WORDS("exchanged") if exchanged else WORDS("other_file")
            raise CoordinateError(WORDS("far_from_control", where=where, source=self.source, hint=hint))
        if (share := float((beyond > _BEYOND).mean())) > 0:
            said = WORDS("beyond_control", share=share)
            return [WORDS("not_proved", said=said)]
        return []

    def told(self) -> dict[str, Any]:
        """The fit as plain values: where from, where to, parameters and the largest residual."""
        return {
            "source": self.source,
            "crs": self.crs.name,
            "points": len(self.names),
            "scale": self.scale,
            "rotation": self.rotation,
            "centre": list(self.centre),
            "residual_m": float(self.residuals_m.max()),
        }

    def lines(self) -> list[str]:
        """The fit in words: the parameters, and the residual of every control point."""
        worst, mean = self.residuals_m.max(), float(np.sqrt((self.residuals_m**2).mean()))
        a, b, c, d = self.centre
        points = WORDS("control_to", n=Many(len(self.names)), source=self.source, crs=describe_crs(self.crs))
        shift = WORDS("shift", east=c - a, north=d - b)
        turn = WORDS("rotation", rotation=np.degrees(self.rotation) * 3600, scale=self.scale)
        missed = WORDS("residuals", worst=worst, mean=mean)
        said = [f"{points}: {shift}, {turn}; {missed}"]
        width = max(len(name) for name in self.names)
        each = zip(self.names, self.residuals_m, self.east_m, self.north_m, strict=True)
        return said + [
            WORDS("residual", name=f"{name:<{width}}", away=away, east=east, north=north)
            for name, away, east, north in each
        ]

    def _parameters(self) -> tuple[float, float, tuple[float, float, float, float]]:
        return self.scale * np.cos(self.rotation), self.scale * np.sin(self.rotation), self.centre

    def _beyond(self, x: Floats, y: Floats) -> Floats:
        """How far places lie beyond the box of the control points, in extents of that box."""
        extent = max(float(np.ptp(self.x)), float(np.ptp(self.y)))
        east = np.maximum(np.maximum(self.x.min() - x, x - self.x.max()), 0)
        north = np.maximum(np.maximum(self.y.min() - y, y - self.y.max()), 0)
        return np.asarray(np.maximum(east, north) / extent)


def fit_control(
    *,
    x: ArrayLike,
    y: ArrayLike,
    to_x: ArrayLike,
    to_y: ArrayLike,
    crs: object,
    names: Sequence[str] | None = None,
    source: str = WORDS("control_points"),
) -> ControlFit:
    """The four parameters between a system nobody publishes and a known one, by least squares.

    Parameters
    ----------
    x, y
        (n,) easting and northing of places in metres, in the system to leave: a city's own, Xian 80.
    to_x, to_y
        (n,) the same places in `crs`: easting and northing in metres, or longitude and latitude.
    crs
        Anything `parse_crs` takes. Degrees are brought to the zone in metres of their place.
    names, source
        Of the points, and of where they come from, for messages.

    Returns
    -------
    ControlFit

    Raises
    ------
    CoordinateError
        Fewer than three different points, points in one line, degrees where metres are needed, or a point
        that misses its place by more than 1 m: the residuals are told, and the one point without which the
        others fit.
    CRSError
        `crs` is unknown, or the numbers cannot be in it.

    Notes
    -----
    X = scale (x cos r - y sin r) + east, Y = scale (x sin r + y cos r) + north: shapes keep their form. Two
    points always fit; from the third on the residuals tell. Points in one line fit as well when x and y are
    exchanged, which would turn everything beside the line over.

    >>> fit = fit_control(
    ...     x=[0, 1000, 0], y=[0, 0, 1000],
    ...     to_x=[475000, 476000, 475000], to_y=[3843000, 3843000, 3844000], crs=4547,
    ... )
    >>> [axis.round(3).tolist() for axis in fit.apply([500], [500])]
    [[475500.0], [3843500.0]]
    """
    given = [np.asarray(axis, np.float64) for axis in (x, y, to_x, to_y)]
    called = tuple(names) if names is not None else tuple(str(n + 1) for n in range(len(given[0])))
    _check_points(given, called, source)
    known, to_x, to_y = _metric(given[2], given[3], crs, source)
    there = (given[0], given[1], to_x, to_y)
    parameters = _least_squares(*there)
    east, north = _residuals(parameters, *there)
    if np.hypot(east, north).max() > MOST_RESIDUAL_M:
        raise CoordinateError(_refusal(there, called, np.hypot(east, north), source))
    if _worst(given[1], given[0], to_x, to_y) <= MOST_RESIDUAL_M:
        raise CoordinateError(WORDS("control_in_line", source=source))
    a, b, centre = parameters
    scale, rotation = float(np.hypot(a, b)), float(np.arctan2(b, a))
    return ControlFit(known, source, called, given[0], given[1], scale, rotation, centre, east, north)


def _check_points(given: Sequence[Floats], names: Sequence[str], source: str) -> None:
    finite = np.logical_and.reduce([np.isfinite(axis) for axis in given])
    if not finite.all():
        wrong = [name for name, good in zip(names, finite, strict=True) if not good]
        raise CoordinateError(WORDS("four_numbers", source=source, wrong=examples(wrong)))
    if len(np.unique(np.column_stack(given[:2]), axis=0)) < _LEAST:
        raise CoordinateError(WORDS("three_needed", source=source, n=Many(len(given[0]))))
    if look_like_degrees(given[0], given[1]):
        raise CoordinateError(WORDS("control_degrees", source=source))


def _metric(x: Floats, y: Floats, crs: object, source: str) -> tuple[PointCRS, Floats, Floats]:
    """The known side of the points in metres, and the system it is in."""
    stated = parse_crs(crs, where=source)
    if misfit := check_crs_fits(x, y, crs=stated):
        raise CoordinateError(WORDS("no_such_places", source=source, misfit=misfit))
    bounds = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
    metres = parse_crs(metric_crs(stated.crs, bounds=bounds))
    if stated.offset is None and metres.crs == stated.crs:
        return stated, x, y
    return metres, *transform_points(x, y, source=stated, target=metres)


_Parameters = tuple[float, float, tuple[float, float, float, float]]


def _least_squares(x: Floats, y: Floats, to_x: Floats, to_y: Floats) -> _Parameters:
    """a, b, and the centres of both sides: X = a x - b y, Y = b x + a y around them."""
    centre = (float(x.mean()), float(y.mean()), float(to_x.mean()), float(to_y.mean()))
    u, v, p, q = x - centre[0], y - centre[1], to_x - centre[2], to_y - centre[3]
    square = float((u * u + v * v).sum())
    return float((u * p + v * q).sum()) / square, float((u * q - v * p).sum()) / square, centre


def _moved(x: Floats, y: Floats, parameters: _Parameters) -> tuple[Floats, Floats]:
    a, b, (mid_x, mid_y, to_x, to_y) = parameters
    u, v = x - mid_x, y - mid_y
    return a * u - b * v + to_x, b * u + a * v + to_y


def _residuals(
    parameters: _Parameters, x: Floats, y: Floats, to_x: Floats, to_y: Floats
) -> tuple[Floats, Floats]:
    east, north = _moved(x, y, parameters)
    return east - to_x, north - to_y


def _worst(x: Floats, y: Floats, to_x: Floats, to_y: Floats) -> float:
    east, north = _residuals(_least_squares(x, y, to_x, to_y), x, y, to_x, to_y)
    return float(np.hypot(east, north).max())


def _refusal(points: Sequence[Floats], names: Sequence[str], away: Floats, source: str) -> str:
    """Why the points are refused, the worst first, and what may be wrong with them."""
    order: list[int] = np.argsort(-away).tolist()
    shown = listed(f"{names[k]} {away[k]:,.2f} m" for k in order[:_SHOWN])
    more = WORDS("in_all", n=len(names)) if len(names) > _SHOWN else ""
    missed = WORDS("control_misses", most_m=MOST_RESIDUAL_M, shown=shown, more=more)
    return f"{source}: {missed}{_hint(points, names)}"


def _hint(points: Sequence[Floats], names: Sequence[str]) -> str:
    x, y, to_x, to_y = points
    if _worst(y, x, to_x, to_y) <= MOST_RESIDUAL_M:
        return WORDS("control_exchanged")
    for one in range(len(names) if len(names) > _LEAST else 0):
        others = np.arange(len(names)) != one
        if (worst := _worst(*(axis[others] for axis in points))) <= MOST_RESIDUAL_M:
            return WORDS("control_mistyped", name=names[one], worst=worst)
    return WORDS("control_same")

"""Halving a place: each spot goes to the nearer of several grounds."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.schema import PRECISION_M
from gridgov.told import Told, told

__all__ = ["TOUCH_M", "CannotError", "divide", "shore"]

Geometries = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]

#: The line between the halves is as fine as this part of the place's width, within limits, ...
FINENESS, FINEST_M, COARSEST_M = 1 / 8, 0.25, 5.0
#: ... and the shores of a place are never walked in more steps than this.
MOST_STEPS = 20_000

#: A ground adjoins a place that is no farther than rounding moves a border.
TOUCH_M = 5 * PRECISION_M

#: Points on one circle have no sound Voronoi cells: they are moved by this much, or more if need be.
NUDGES_M = (0.001, 0.01, 0.1)


class CannotError(Exception):
    """A decision cannot be carried out; `why` says why, as the end of a sentence."""

    def __init__(self, why: Told) -> None:
        super().__init__(why)
        self.why = why


def divide(place: Any, grounds: Geometries, *, width_m: float) -> Geometries | None:
    """Divide a place among the grounds that adjoin it.

    Parameters
    ----------
    place
        Polygon or MultiPolygon in metres.
    grounds
        (n,) Polygons that do not overlap the place.
    width_m
        How wide the place is: narrow ones need a finer line.

    Returns
    -------
    (n,) the part of each ground, empty for one that does not adjoin: together they are the place. None if
    no ground adjoins it.

    Raises
    ------
    CannotError
        No line could be drawn.

    Notes
    -----
    The parts are the Voronoi cells of points along the shores, every `width_m / 8` (0.25 to 5 m).
    """
    shores = np.array([shore(place, ground) for ground in grounds], dtype=object)
    near = np.flatnonzero(shapely.length(shores) > TOUCH_M)
    parts = np.array([shapely.Polygon()] * len(grounds), dtype=object)
    if not len(near):
        return None
    if len(near) == 1:
        parts[near] = place
        return parts
    step = np.clip(FINENESS * width_m, FINEST_M, COARSEST_M)
    step = max(step, shapely.length(shores[near]).sum() / MOST_STEPS)
    points, owner = _walked(shores[near], step)
    rest = place
    for number, ground in enumerate(near[:-1]):
        mine = shapely.union_all(_nearest(points, place)[owner == number])
        mine = _smooth(mine, step)
        parts[ground] = _polygonal(shapely.intersection(rest, mine, grid_size=PRECISION_M))
        rest = _polygonal(shapely.difference(rest, mine, grid_size=PRECISION_M))
    parts[near[-1]] = rest
    return parts


def shore(place: Any, ground: Any) -> Any:
    """Answer the part of a place's outline along which a ground lies."""
    along = shapely.boundary(place)
    return shapely.intersection(along, shapely.buffer(ground, TOUCH_M, quad_segs=2))


def _walked(shores: Geometries, step: float) -> tuple[Geometries, Ints]:
    """Points along the shores; where two shores meet, neither has any, as they would be as near to both."""
    lines, owner = shapely.get_parts(shores, return_index=True)
    walk, line = shapely.get_coordinates(shapely.segmentize(lines, step), return_index=True)
    points, of = np.asarray(shapely.points(walk)), owner[line]
    clear = np.ones(len(points), dtype=bool)
    for number, one in enumerate(shores):
        clear &= (of == number) | (shapely.distance(points, one) > step / 2)
    # A short shore keeps its points all the same.
    lone = ~np.isin(of, of[clear])
    kept = clear | lone
    points, of = points[kept], of[kept]
    unique = np.unique(shapely.get_coordinates(points), axis=0, return_index=True)[1]
    return points[unique], of[unique].astype(np.int64)


def _nearest(points: Geometries, place: Any) -> Geometries:
    """Answer the Voronoi cell of each point, as far as the place reaches."""
    around = shapely.envelope(shapely.buffer(place, 1.0))
    exact = shapely.get_coordinates(points)
    for nudge in NUDGES_M:
        moved = exact + np.random.default_rng(0).uniform(-nudge, nudge, exact.shape)
        cells = shapely.voronoi_polygons(shapely.multipoints(moved), extend_to=around, ordered=True)
        answer = np.asarray(shapely.get_parts(cells))
        if len(answer) == len(points) and shapely.intersects(answer, shapely.points(moved)).all():
            return answer
    raise CannotError(told("too_tangled"))


def _smooth(ground: Any, step: float) -> Any:
    """Take the corners of single steps out of the line."""
    return shapely.make_valid(shapely.simplify(ground, step / 2))


def _polygonal(shape: Any) -> Any:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])

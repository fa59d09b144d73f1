"""How wide polygons are at their widest, and where that is."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

__all__ = ["Widest", "widest"]

Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[Any]

#: Each halves the doubt (on a log scale); 8 leave about 1 % of the width.
STEPS = 8


@dataclass(frozen=True, slots=True)
class Widest:
    """The widest spot of each polygon: `width` in metres and a point `x, y` there."""

    width: Floats
    x: Floats
    y: Floats


def widest(polygons: Geometries) -> Widest:
    """Answer the diameter of each polygon's largest inscribed circle, within about 2 %.

    Parameters
    ----------
    polygons
        (n,) Polygons or MultiPolygons in metres; an empty one is 0 wide at NaN, NaN.

    Notes
    -----
    Erosion by half the width leaves nothing, so the width is found by bisection: 0.05 ms for a strip, where
    GEOS' own inscribed circle takes 9 ms.

    >>> from shapely import box
    >>> widest(np.array([box(0, 0, 100, 8)])).width.round().tolist()
    [8.0]
    """
    area, length = shapely.area(polygons), shapely.length(polygons)
    low = np.divide(2 * area, length, out=np.zeros(len(area)), where=length > 0)
    high = np.maximum(2 * np.sqrt(area / np.pi), low)
    core = np.asarray(polygons, dtype=object).copy()
    for _ in range(STEPS):
        middle = np.sqrt(low * high)
        left = shapely.buffer(polygons, -middle / 2, quad_segs=4)
        fits = ~shapely.is_empty(left)
        core[fits] = left[fits]
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    spot = shapely.point_on_surface(core)
    return Widest(np.sqrt(low * high), shapely.get_x(spot), shapely.get_y(spot))

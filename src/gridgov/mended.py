"""What reading mended in a layer, as the problems that it tells of itself."""

from typing import Any, Self

import numpy as np
import shapely

__all__ = ["Problem", "Problems", "inner_point", "problem"]

#: One entry of a layer's ``problems``: plain JSON values.
Problem = dict[str, Any]


class Problems(list[Problem]):
    """Problems, each of which nobody changes: pandas copies what a table says of itself with every column."""

    __slots__ = ()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return type(self)(self)


def inner_point(shape: Any) -> Any:
    """A point inside a polygon, to find it by; None for None."""
    return None if shape is None else shapely.point_on_surface(shape)


def problem(kind: str, grid_ids: list[str], note: str, area_m2: float | None, place: Any) -> Problem:
    """One problem; `area_m2` may be None or NaN, `place` is a point or None, in the layer's coordinates."""
    return {
        "kind": kind,
        "grid_ids": grid_ids,
        "area_m2": None if area_m2 is None or np.isnan(area_m2) else round(float(area_m2), 2),
        "note": note,
        "wkt": None if place is None else shapely.to_wkt(place, rounding_precision=9),
    }

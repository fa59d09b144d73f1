"""The plane that checks and merges work on: one CRS in metres, coordinates rounded to 1 cm."""

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from gridgov.datum import metric_crs, transform_geometries
from gridgov.errors import SchemaError
from gridgov.schema import ATTRS, PRECISION_M

__all__ = ["flat", "plane_crs"]


def plane_crs(layers: Iterable[gpd.GeoDataFrame]) -> pyproj.CRS:
    """Answer the CRS of the first layer with grids if it is in metres, else the zone of its centre.

    Raises SchemaError when every layer is empty.
    """
    for layer in layers:
        if len(layer):
            return metric_crs(layer.crs, bounds=tuple(layer.total_bounds))
    raise SchemaError("there is not one grid: every layer is empty")


def flat(layer: gpd.GeoDataFrame, crs: pyproj.CRS) -> gpd.GeoDataFrame:
    """Project a layer and round it to 1 cm, the places that reading recorded too.

    Rows stay as they are; a grid that vanishes in the rounding becomes an empty polygon.
    """
    shapes = transform_geometries(layer.geometry.to_numpy(), source=layer.crs, target=crs)
    rounded = np.asarray(shapely.set_precision(shapes, PRECISION_M, mode="valid_output"), dtype=object)
    answer = gpd.GeoDataFrame(layer.drop(columns=layer.geometry.name), geometry=rounded, crs=crs)
    answer.attrs = _projected(layer.attrs, layer.crs, crs)
    return answer


def _projected(attrs: dict[Any, Any], source: Any, target: pyproj.CRS) -> dict[Any, Any]:
    told = attrs.get(ATTRS)
    if not told or not told.get("problems"):
        return dict(attrs)
    shapes = shapely.from_wkt([problem.get("wkt") for problem in told["problems"]])
    moved = shapely.to_wkt(transform_geometries(shapes, source=source, target=target), rounding_precision=3)
    problems = [
        {**problem, "wkt": None if shape is None else str(wkt)}
        for problem, shape, wkt in zip(told["problems"], shapes, moved, strict=True)
    ]
    return {**attrs, ATTRS: {**told, "problems": problems}}

"""The plane that checks and merges work on: one CRS in metres, coordinates rounded to 1 cm."""

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from gridgov.datum import describe_crs, metric_crs, transform_geometries
from gridgov.errors import CRSError, SchemaError
from gridgov.language import examples
from gridgov.mended import Problems
from gridgov.schema import ATTRS, PRECISION_M
from gridgov.words.merging import WORDS

__all__ = ["flat", "flat_rungs", "plane_crs"]

#: No grid is larger, and farther from its meridian no zone measures: the size of a continent.
WIDEST_M = 5_000_000


def plane_crs(layers: Iterable[gpd.GeoDataFrame]) -> pyproj.CRS:
    """Answer the CRS of the first layer with grids if it is in metres, else the zone of its centre.

    Raises SchemaError when every layer is empty.
    """
    for layer in layers:
        if len(layer):
            return metric_crs(layer.crs, bounds=tuple(layer.total_bounds))
    raise SchemaError(WORDS("not_one_grid"))


def flat(layer: gpd.GeoDataFrame, crs: pyproj.CRS) -> gpd.GeoDataFrame:
    """Project a layer and round it to 1 cm, the places that reading recorded too.

    Rows stay as they are; a grid that vanishes in the rounding becomes an empty polygon. Raises CRSError for
    grids too far away to be drawn on that plane.
    """
    shapes = transform_geometries(layer.geometry.to_numpy(), source=layer.crs, target=crs)
    _check_near(layer, shapes, crs)
    rounded = _rounded(shapes)
    answer = gpd.GeoDataFrame(_values(layer), geometry=rounded, crs=crs)
    answer.attrs = _projected(layer.attrs, layer.crs, crs)
    return answer


def _values(layer: gpd.GeoDataFrame) -> pd.DataFrame:
    """What a layer says of its grids, without their polygons."""
    values: pd.DataFrame = pd.DataFrame(layer).drop(columns=layer.geometry.name)
    return values


def _rounded(shapes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Round every corner by itself, so that neighbours that meet still do; mend what that breaks."""
    rounded = np.asarray(shapely.set_precision(shapes, PRECISION_M, mode="pointwise"), dtype=object)
    broken = ~shapely.is_valid(rounded)
    rounded[broken] = shapely.set_precision(shapes[broken], PRECISION_M, mode="valid_output")
    return rounded


def flat_rungs(rungs: Mapping[str, gpd.GeoDataFrame], crs: pyproj.CRS) -> dict[str, gpd.GeoDataFrame]:
    """Project and round rungs as `flat` does. Raises SchemaError for one that bounds nothing."""
    answer = {name: flat(layer, crs) for name, layer in rungs.items()}
    for name, rung in answer.items():
        if rung.is_empty.all():
            raise SchemaError(WORDS("not_one_polygon", name=name))
    return answer


def _check_near(layer: gpd.GeoDataFrame, shapes: npt.NDArray[Any], crs: pyproj.CRS) -> None:
    """A zone shows its surroundings; what lies on the other side of the Earth has no place in it."""
    size = np.ptp(shapely.bounds(shapes).reshape(-1, 2, 2), axis=1).max(axis=1, initial=0)
    far = ~shapely.is_empty(shapes) & ~(size <= WIDEST_M)
    corners, owner = shapely.get_coordinates(shapes, return_index=True)
    for along in corners.T:  # column by column: that takes a fifth of the time of both at once
        far[owner[~np.isfinite(along)]] = True
    if far.any():
        name = layer.attrs.get(ATTRS, {}).get("department", "a layer")
        raise CRSError(
            WORDS(
                "too_large",
                name=name,
                grids=examples(list(layer["grid_id"][far])),
                crs=describe_crs(crs),
                most_km=WIDEST_M / 1000,
            )
        )


def _projected(attrs: dict[Any, Any], source: Any, target: pyproj.CRS) -> dict[Any, Any]:
    told = attrs.get(ATTRS)
    if not told or not told.get("problems"):
        return dict(attrs)
    shapes = shapely.from_wkt([problem.get("wkt") for problem in told["problems"]])
    moved = shapely.to_wkt(transform_geometries(shapes, source=source, target=target), rounding_precision=3)
    problems = Problems(
        {**problem, "wkt": None if shape is None else str(wkt)}
        for problem, shape, wkt in zip(told["problems"], shapes, moved, strict=True)
    )
    return {**attrs, ATTRS: {**told, "problems": problems}}

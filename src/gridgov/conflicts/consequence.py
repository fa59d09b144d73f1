"""Households and incidents in the places of conflicts."""

from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from gridgov.crosswalk.weights import burden_of
from gridgov.datum import transform_geometries

__all__ = ["weight_of_faces"]

Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[Any]


def weight_of_faces(weights: gpd.GeoDataFrame, faces: Geometries, *, crs: Any) -> Floats:
    """Answer the weight on each face: points exactly (on a common border the first face), polygons by area.

    Parameters
    ----------
    weights
        From `read_weights`: Points or Polygons with `weight`; without that column each row counts one.
    faces
        (n,) Polygons of a coverage in `crs`.

    Raises
    ------
    SchemaError
        The weights are neither points nor polygons, or have no coordinate system.
    """
    burden = burden_of(weights, None)
    shapes = transform_geometries(burden.shapes, source=burden.crs, target=crs)
    there = np.flatnonzero(~shapely.is_missing(shapes))
    shapely.prepare(faces)
    face, row = shapely.STRtree(shapes[there]).query(faces, predicate="intersects")
    row = there[row]
    if burden.polygons:
        common = shapely.area(shapely.intersection(faces[face], shapes[row]))
        whole = shapely.area(shapes)[row]
        weight = np.divide(burden.weight[row] * common, whole, out=np.zeros(len(row)), where=whole > 0)
    else:
        row, first = np.unique(row, return_index=True)
        face, weight = face[first], burden.weight[row]
    return np.bincount(face, weights=weight, minlength=len(faces)).astype(np.float64)

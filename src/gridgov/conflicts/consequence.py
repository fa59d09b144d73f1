"""Households and incidents in the places of conflicts."""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from gridgov.conflicts.ground import Listing, Merged
from gridgov.conflicts.packed import Packed
from gridgov.crosswalk.weights import burden_of
from gridgov.datum import transform_geometries
from gridgov.topology.distinct import distinct_only

__all__ = ["weight_of_faces", "with_consequence"]

Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[Any]


def with_consequence(
    listings: Sequence[Listing],
    merged: Merged | None,
    *,
    weights: gpd.GeoDataFrame | None,
    incidents: gpd.GeoDataFrame | None,
    crs: Any,
) -> list[Packed]:
    """Answer the rows of listings with what is at stake in each row: `weight_changed`, `incidents_changed`.

    Parameters
    ----------
    listings
        Rows, and the faces of `merged` that count for them; None: faces of nothing, which count for nothing.
    weights, incidents
        What is counted; NaN where nothing was given to count.
    crs
        That of `merged`.
    """
    if not listings:
        return []
    asked = distinct_only(np.concatenate([listing.face for listing in listings]))
    columns = {}
    for name, given in {"weight_changed": weights, "incidents_changed": incidents}.items():
        on_face = np.zeros(0 if merged is None else len(merged.area))
        if given is not None and merged is not None and len(asked):
            on_face[asked] = weight_of_faces(given, merged.arrangement.mesh.polygons(asked), crs=crs)
        columns[name] = [
            np.full(len(listing.table), np.nan) if given is None else _sums(listing, on_face)
            for listing in listings
        ]
    return [
        Packed.of(
            listing.table.assign(**{name: counted[k] for name, counted in columns.items()}), listing.shapes
        )
        for k, listing in enumerate(listings)
    ]


def _sums(listing: Listing, on_face: Floats) -> Floats:
    weights = on_face[listing.face]
    return np.bincount(listing.row, weights=weights, minlength=len(listing.table)).astype(np.float64)


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

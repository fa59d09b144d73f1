"""Where coordinates stand: the shifted degrees of Chinese web maps, coordinate systems, and guesses.

``offsets``     GCJ-02 and BD-09, the degrees Chinese web maps publish
``crs``         any coordinate system gridgov knows, named
``points``      points and polygons moved from one coordinate system to another
``metric``      the coordinate system in metres to work in
``candidates``  which coordinate system numbers of unknown origin could be in (``guesses``: those worth a try)
``fit``         whether numbers can be in the one stated
"""

from gridgov.datum.candidates import Candidate, crs_candidates
from gridgov.datum.crs import (
    POINT_DATUMS,
    PointCRS,
    describe_crs,
    geographic_crs,
    legacy_datum,
    parse_crs,
)
from gridgov.datum.fit import check_crs_fits
from gridgov.datum.metric import metric_crs
from gridgov.datum.offsets import (
    bd09_to_gcj02,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    in_china,
    wgs84_to_gcj02,
)
from gridgov.datum.points import place_way, transform_geometries, transform_points, way

__all__ = [
    "POINT_DATUMS",
    "Candidate",
    "PointCRS",
    "bd09_to_gcj02",
    "check_crs_fits",
    "crs_candidates",
    "describe_crs",
    "gcj02_to_bd09",
    "gcj02_to_wgs84",
    "geographic_crs",
    "in_china",
    "legacy_datum",
    "metric_crs",
    "parse_crs",
    "place_way",
    "transform_geometries",
    "transform_points",
    "way",
    "wgs84_to_gcj02",
]

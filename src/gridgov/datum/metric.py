"""The coordinate system in metres to work in."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from pyproj import CRS, Proj

from gridgov.datum.crs import geographic_crs, legacy_datum, parse_crs
from gridgov.datum.offsets import in_china
from gridgov.datum.points import transform_points
from gridgov.datum.words import WORDS
from gridgov.errors import CRSError

__all__ = ["metric_crs"]

#: EPSG code of the 3-degree Gauss-Kruger zone with central meridian 0 (75 E is the first that exists),
#: eastings without zone number, by datum; one more for every 3 degrees.
_GK3_AT_0: Final = {None: 4534 - 25, "Xian 80": 2370 - 25, "Beijing 54": 2422 - 25}

#: Metres of a projection may differ from metres on the ground by so much before areas and widths mislead;
#: 6-degree zones stay within 0.0014, Web Mercator is 0.2 off at Zhengzhou.
_SCALE_ERROR: Final = 0.005


def metric_crs(crs: object, *, bounds: Sequence[float]) -> CRS:
    """The coordinate system to measure and merge in.

    Parameters
    ----------
    crs
        Anything `parse_crs` takes: where the data stand.
    bounds
        (min x, min y, max x, max y) of the data in `crs`.

    Returns
    -------
    CRS
        `crs` itself if it is projected and its metres are metres on the ground to 0.5 % (Web Mercator's are
        not). Else, in China, the CGCS2000 3-degree Gauss-Kruger zone of the centre, easting without zone
        number (EPSG 4534-4554; for Xian 80 and Beijing 54 the zone of the same datum); elsewhere the UTM
        zone on WGS 84.

    >>> metric_crs("EPSG:4490", bounds=(113.4, 34.5, 114.0, 34.9)).to_epsg()
    4547
    """
    known = parse_crs(crs)
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    if known.crs.is_projected and _true_metres(known.crs, x, y):
        return known.crs
    if not (np.isfinite(x) and np.isfinite(y)):
        raise CRSError(WORDS("nothing_placed"))
    lon, lat = _degrees(known.crs, x, y)
    if in_china(lon, lat):
        zone = round(lon / 3)
        return CRS.from_epsg(_GK3_AT_0.get(legacy_datum(known.crs), _GK3_AT_0[None]) + zone)
    zone = int((lon + 180) % 360 // 6) + 1
    return CRS.from_epsg((32600 if lat >= 0 else 32700) + zone)


def _true_metres(crs: CRS, x: float, y: float) -> bool:
    if any(axis.unit_conversion_factor != 1 for axis in crs.axis_info):
        return False
    if not (np.isfinite(x) and np.isfinite(y)):
        return True
    projection = Proj(crs)
    lon, lat = projection(x, y, inverse=True)
    factors = projection.get_factors(lon, lat)
    scales = np.array([factors.meridional_scale, factors.parallel_scale])
    return bool((np.abs(scales - 1) < _SCALE_ERROR).all())


def _degrees(crs: CRS, x: float, y: float) -> tuple[float, float]:
    lon, lat = transform_points([x], [y], source=crs, target=geographic_crs(crs))
    return float(lon[0]), float(lat[0])

"""The rings of polygons, against those that GEOS copies out."""

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from gridgov.topology.segments import rings_in

HOLED = box(0, 0, 9, 9).difference(box(1, 1, 2, 2)).difference(box(4, 4, 6, 6))
POLYGONS = [box(0, 0, 1, 1), HOLED, MultiPolygon([box(20, 0, 21, 1), HOLED]), Polygon(), MultiPolygon(), None]


@pytest.mark.parametrize("seed", range(20))
def test_rings_are_those_that_geos_copies(seed):
    rng = np.random.default_rng(seed)
    polygons = np.array(POLYGONS, dtype=object)[rng.integers(0, len(POLYGONS), 12)]
    parts, of = shapely.get_parts(polygons, return_index=True)
    copied, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(copied, return_index=True)
    rings = rings_in(polygons)
    assert rings.size.tolist() == shapely.get_num_coordinates(copied).tolist()
    assert rings.polygon.tolist() == of[part].tolist()
    assert rings.hole.tolist() == [k > 0 and part[k] == part[k - 1] for k in range(len(part))]
    assert rings.segments().tolist() == np.flatnonzero(ring[1:] == ring[:-1]).tolist()
    assert xy.tolist() == shapely.get_coordinates(polygons).tolist()

"""Pieces that were cut once more join those that were not, though their borders differ by a grid step."""

import numpy as np
import pytest
import shapely
from shapely import box

from gridgov.topology.pieces import united


def test_pieces_that_overlap_by_less_than_a_step_are_united_on_the_grid():
    # Seen in a city of 20,000 grids a layer: two crumbs along the border of a piece that was not cut again.
    wide = [(0, 11.47), (178.44, 1.25), (178.519, 1.226), (178.519, 1.227), (206.83, 117.85), (49.86, 210.52)]
    crumbs = [
        [(178.457, 1.244), (178.518, 1.224), (178.461, 1.244), (178.457, 1.245)],
        [(178.461, 1.244), (178.518, 1.224), (178.519, 1.226)],
    ]
    above = [(206.83, 117.85), (206.83, 210.52), (49.86, 210.52)]
    shapes = np.array([shapely.Polygon(ring) for ring in (wide, *crumbs, above)])
    shapes = np.append(shapes, [box(300, 0, 310, 10), box(310, 0, 320, 10)])
    with pytest.raises(shapely.errors.GEOSException):
        shapely.coverage_union_all(shapes[:4])
    group = np.array([0, 0, 0, 0, 1, 1])
    found = united(shapes, group, step_m=0.001)
    assert shapely.get_type_id(found).tolist() == [3, 3]
    assert shapely.is_valid(found).all()
    assert found[0].area == pytest.approx(shapely.area(shapes[:4]).sum(), abs=0.001)
    assert found[1].equals(box(300, 0, 320, 10))
    assert united(shapes[[4, 5, 0]], np.array([1, 1, 0]), step_m=0.001)[0].equals(shapes[0])
